package corpus

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"newsbot/corpus/database"
)

// renamedAtOnce is how many posts of a channel that is renamed share a transaction: it takes some hundredths of a second, and
// others wait for it no longer.
const renamedAtOnce = 200

// renameChannel gives a channel another name, "" for none, and its articles the addresses that go with it. Names are
// unique: another channel that was known by this one has it no more, so that two may also swap theirs. The name is written
// last: a process killed in the middle leaves the rest to the next NoteChannel.
func (s *Store) renameChannel(ctx context.Context, id int64, from, to string) error {
	holder, err := s.nameHolder(ctx, to)
	if err != nil {
		return err
	}
	if holder.ID != 0 && holder.ID != id {
		if err := s.renameChannel(ctx, holder.ID, holder.Name, ""); err != nil {
			return err
		}
	}
	for after, more := 0, true; more; {
		err := s.write(ctx, func(tx *sql.Tx) error {
			r := renaming{Store: s, tx: tx, channel: id, from: from, to: to}
			after, more, err = r.batch(ctx, after)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.write(ctx, func(tx *sql.Tx) error { return s.setName(ctx, tx, id, from, to) })
}

// nameHolder returns the channel that has a name now as far as is known; the zero value for none.
func (s *Store) nameHolder(ctx context.Context, name string) (holder Channel, err error) {
	const query = `SELECT c.id, c.name FROM channel_name n JOIN channel c ON c.id = n.channel WHERE n.name = ?1 AND lower(c.name) = ?1`
	err = s.query(ctx, query, []any{strings.ToLower(name)}, func(rows *sql.Rows) error {
		return rows.Scan(&holder.ID, &holder.Name)
	})
	return holder, err
}

// setName writes the name of a channel, and notes in the audit what it was.
func (s *Store) setName(ctx context.Context, tx *sql.Tx, id int64, from, to string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE channel SET name = ? WHERE id = ?", to, id); err != nil {
		return err
	}
	if to != "" {
		const query = "INSERT INTO channel_name VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET channel = excluded.channel"
		if _, err := tx.ExecContext(ctx, query, strings.ToLower(to), id); err != nil {
			return err
		}
	}
	if from == "" {
		return nil // it is new, or has become public
	}
	return s.audit(ctx, tx, "channel rename", "", "@"+from+" "+Channel{ID: id, Name: to}.label())
}

// A renaming gives the articles of a channel other addresses, in one transaction.
type renaming struct {
	*Store
	tx       *sql.Tx
	channel  int64
	from, to string // names
}

// queryChannelPosts walks through the posts of a channel that are part of an article.
const queryChannelPosts = `SELECT message, article FROM post
	WHERE channel = ? AND message > ? AND article != '' AND NOT noted ORDER BY message LIMIT ?`

// batch goes on after a message, and returns how far it came and whether there may be more.
func (r *renaming) batch(ctx context.Context, after int) (last int, more bool, err error) {
	rows, err := r.tx.QueryContext(ctx, queryChannelPosts, r.channel, after, renamedAtOnce)
	if err != nil {
		return after, false, err
	}
	var messages []int
	var articles []string
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var message int
		var id string
		err := rows.Scan(&message, &id)
		messages, articles = append(messages, message), append(articles, id)
		return err
	})
	if err != nil || len(messages) == 0 {
		return after, false, err
	}
	for i, message := range messages {
		if err := r.follow(ctx, message, articles[i]); err != nil {
			return after, false, err
		}
	}
	return messages[len(messages)-1], len(messages) == renamedAtOnce, nil
}

// follow gives the article of a post its new address, if the post is the first of it, unless the address was set by hand or
// is that of another article by now.
func (r *renaming) follow(ctx context.Context, message int, article string) error {
	first, err := firstPost(ctx, r.tx, article)
	if err != nil || first != message {
		return err
	}
	old, err := lookup(ctx, r.tx, article)
	if errors.Is(err, ErrDamaged) {
		return nil // whoever reads it is told
	}
	if err != nil {
		return err
	}
	address := PostURL(r.channel, r.to, message)
	switch {
	case old == nil: // erased: whoever has the name next may publish under its address
		was := Article{URL: PostURL(r.channel, r.from, message)}
		h, _ := addressHash(&was)
		return unbury(ctx, r.tx, []Hash{h})
	case old.Edited&FieldURL != 0 || old.URL == address:
		return nil
	}
	return r.readdress(ctx, old, address)
}

// readdress writes the address of an article. It is no version and no correction: the text is what it was.
func (r *renaming) readdress(ctx context.Context, old *known, address string) error {
	next := Article{URL: address}
	h, _ := addressHash(&next)
	twin, err := twinBy(ctx, r.tx, h[:], nil, old.pk)
	if err != nil || twin != nil && twin.Removed.IsZero() {
		return err
	}
	removed := !old.Removed.IsZero()
	if removed {
		err = unburyRow(ctx, r.tx, old.pk)
	}
	if err != nil {
		return err
	}
	if _, err := r.tx.ExecContext(ctx, "UPDATE article SET url = ?, address = ? WHERE pk = ?", address, h[:], old.pk); err != nil {
		return err
	}
	if removed {
		return r.bury(ctx, r.tx, old.pk)
	}
	return r.logChanges(ctx, r.tx, []Change{{ArticleID: old.ID}})
}

// queryFirstPost finds the first post of an article.
const queryFirstPost = "SELECT message FROM post WHERE article = ?1 AND article != '' AND NOT noted ORDER BY message LIMIT 1"

// firstPost returns the number of the first post of an article, 0 when it is of none.
func firstPost(ctx context.Context, q database.Querier, article string) (message int, err error) {
	err = q.QueryRowContext(ctx, queryFirstPost, article).Scan(&message)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return message, err
}
