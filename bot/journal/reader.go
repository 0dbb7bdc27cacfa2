package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// Language returns the language a person has chosen, "" when none was.
func (j *Journal) Language(ctx context.Context, person int64) (lang text.Language, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT language FROM reader WHERE person = ?", person), &lang)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return lang, wrap(err, "read the language of a person")
}

// SetLanguage keeps the language a person has chosen, for good; "" forgets the choice.
func (j *Journal) SetLanguage(ctx context.Context, person int64, lang text.Language) (err error) {
	switch lang {
	case "":
		_, err = j.exec(ctx, "DELETE FROM reader WHERE person = ?", person)
	case text.Arabic, text.English:
		_, err = j.exec(ctx, "INSERT INTO reader VALUES (?, ?) ON CONFLICT DO UPDATE SET language = excluded.language",
			person, string(lang))
	default:
		err = errors.New("it is neither Arabic nor English")
	}
	return wrap(err, "set the language of a person")
}

// Speaks returns the language to write to a person in who has not just written: the one he has chosen or, when he has
// chosen none, that of his app as far as it is kept; else "".
func (j *Journal) Speaks(ctx context.Context, person int64) (lang text.Language, err error) {
	const query = `SELECT coalesce((SELECT language FROM reader WHERE person = ?1),
		(SELECT nullif(language, '') FROM present WHERE person = ?1), (SELECT language FROM access WHERE person = ?1), '')`
	err = scan(j.db.QueryRowContext(ctx, query, person), &lang)
	return lang, wrap(err, "read the language of a person")
}

// Question is one question of one person.
type Question struct {
	// Update is the number of the update that brought it.
	Update int64
	// Person is who asked.
	Person int64
	// At is when.
	At time.Time
}

// Limits are how many questions one person may ask in 60 seconds and in 24 hours; 0 means any number.
type Limits struct{ Minute, Day int }

// Count is what Journal.Count found out about a question.
type Count struct {
	// Over is the limit the question is over: Minute or Day, the longer one when it is over both; 0 when it is within
	// them.
	Over Window
	// Free is when the person may ask again; the zero time when Over is 0.
	Free time.Time
}

// Window is a stretch of time that questions are counted in.
type Window time.Duration

// The windows of Limits.
const (
	Minute = Window(time.Minute)
	Day    = Window(24 * time.Hour)
)

// Count decides whether a question is within the limits, and counts it when it is, under a code in place of the person's
// number, which the journal does not keep. A question that is refused is not counted: somebody who keeps asking is heard
// again as soon as enough of the questions he had answered are old enough. One that was counted before is not counted
// twice, and is within the limits whatever they are, so that an update handled again has the same answer.
func (j *Journal) Count(ctx context.Context, q Question, limits Limits) (Count, error) {
	var c Count
	q.Person = j.code(q.Person)
	err := database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		c, err = count(ctx, tx, q, limits)
		return err
	})
	if err != nil {
		return Count{}, fmt.Errorf("count question %d: %w", q.Update, err)
	}
	return c, nil
}

// count is Count with a code in the person's place.
func count(ctx context.Context, tx *sql.Tx, q Question, limits Limits) (Count, error) {
	var counted bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM question WHERE id = ?)", q.Update).Scan(&counted)
	if err != nil || counted {
		return Count{}, err
	}
	for _, w := range []struct {
		window Window
		limit  int
	}{{Day, limits.Day}, {Minute, limits.Minute}} {
		free, err := free(ctx, tx, q, w.window, w.limit)
		if err != nil || !free.IsZero() {
			return Count{Over: w.window, Free: free}, err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO question VALUES (?, ?, ?)", q.Update, q.Person, q.At.UnixMilli())
	return Count{}, err
}

// free returns the zero time when a window has room for one more question, and else when it will have. The limit-th
// last question is the one whose age decides. One that is a window or more ahead comes from a clock that has been
// put right since, and is left out.
func free(ctx context.Context, tx *sql.Tx, q Question, w Window, limit int) (time.Time, error) {
	if limit <= 0 {
		return time.Time{}, nil
	}
	at, length := q.At.UnixMilli(), time.Duration(w).Milliseconds()
	err := tx.QueryRowContext(ctx, "SELECT at FROM question WHERE person = ? AND at > ? AND at < ? ORDER BY at DESC LIMIT 1 OFFSET ?",
		q.Person, at-length, at+length, limit-1).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return fromMillis(at + length), err
}
