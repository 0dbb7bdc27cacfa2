package journal

import (
	"context"
	"database/sql"
	"errors"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// Group is what the administrators of a group have chosen for it; the zero one have chosen nothing.
type Group struct {
	Language text.Language // of what the bot says there; "" for that of whoever it says it to
	Managers bool          // only administrators of the group may ask
}

// Group returns what was chosen for a group.
func (j *Journal) Group(ctx context.Context, id int64) (g Group, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT language, managers FROM group_chat WHERE id = ?", id), &g.Language, &g.Managers)
	if errors.Is(err, ErrNotFound) {
		return Group{}, nil
	}
	return g, wrap(err, "read what was chosen for a group")
}

// SetGroupLanguage keeps in which language the bot speaks in a group, until it leaves; "" forgets the choice.
func (j *Journal) SetGroupLanguage(ctx context.Context, id int64, lang text.Language) (err error) {
	switch lang {
	case "", text.Arabic, text.English:
		_, err = j.exec(ctx, `INSERT INTO group_chat (id, language) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET language = excluded.language`, id, string(lang))
	default:
		err = errors.New("it is neither Arabic nor English")
	}
	return wrap(err, "set the language of a group")
}

// SetGroupManagers keeps whether only the administrators of a group may ask there, until the bot leaves.
func (j *Journal) SetGroupManagers(ctx context.Context, id int64, managers bool) error {
	_, err := j.exec(ctx, `INSERT INTO group_chat (id, managers) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET managers = excluded.managers`, id, managers)
	return wrap(err, "set who may ask in a group")
}

// Join keeps that an update has brought the bot into a group, until Leave. It tells whether it was this one, as it still
// is when the update is handled again: another one in the same stay was not.
func (j *Journal) Join(ctx context.Context, id, update int64) (first bool, err error) {
	var joined int64
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		return scan(tx.QueryRowContext(ctx, `INSERT INTO group_chat (id, joined) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET joined = iif(joined = 0, excluded.joined, joined) RETURNING joined`, id, update), &joined)
	})
	return joined == update, wrap(err, "note with update %d that the bot is in a group", update)
}

// Leave forgets a group that the bot has left: what was chosen there, a request that is not decided, and what it is called.
// What was decided about it stays, under its number alone.
func (j *Journal) Leave(ctx context.Context, id int64) error {
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		for _, query := range []string{
			"DELETE FROM group_chat WHERE id = ?",
			"DELETE FROM access WHERE person = ? AND state = 'asked'",
			"UPDATE access SET name = '', language = '', asked = 0 WHERE person = ?",
		} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "note that the bot has left a group")
}

// Called keeps what a group calls itself now, and the language to speak to it in, with its entry on the list of who may
// ask, if there is one.
func (j *Journal) Called(ctx context.Context, id int64, title string, lang text.Language) error {
	err := bounded("title of a group", len(title), maxName)
	if err == nil {
		_, err = j.exec(ctx, "UPDATE access SET name = ?, language = ? WHERE person = ?", title, string(lang), id)
	}
	return wrap(err, "keep what a group is called")
}

// Now returns the number that a chat has now: another one when it has moved.
func (j *Journal) Now(ctx context.Context, chat int64) (now int64, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT coalesce((SELECT moved_to FROM chat WHERE id = ?1), ?1)", chat), &now)
	return now, wrap(err, "read which number a chat has")
}
