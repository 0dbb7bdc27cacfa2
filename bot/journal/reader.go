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

// Reader is what a person has chosen; the zero one has chosen nothing.
type Reader struct {
	Language   text.Language // of menus and messages; "" for that of the app
	Months     string        // names of months in Arabic dates; "" for the bot's own
	Whole      bool          // whole passages in place of quotes
	Newest     bool          // the newest first
	QuotesOnly bool          // no answers that a language model writes
}

// Reader returns what a person has chosen.
func (j *Journal) Reader(ctx context.Context, person int64) (Reader, error) {
	r, err := readReader(ctx, j.db, person)
	return r, wrap(err, "read what a person has chosen")
}

// SetReader keeps what a person has chosen, for good; the zero Reader forgets it.
func (j *Journal) SetReader(ctx context.Context, person int64, r Reader) error {
	_, err := j.ChangeReader(ctx, person, func(chosen *Reader) { *chosen = r })
	return err
}

// ChangeReader changes what a person has chosen, which nobody else does meanwhile, and returns what it is then. What is
// neither Arabic nor English is no language to choose.
func (j *Journal) ChangeReader(ctx context.Context, person int64, change func(*Reader)) (r Reader, err error) {
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		if r, err = readReader(ctx, tx, person); err != nil {
			return err
		}
		change(&r)
		return keepReader(ctx, tx, person, r)
	})
	return r, wrap(err, "keep what a person has chosen")
}

func readReader(ctx context.Context, q database.Querier, person int64) (r Reader, err error) {
	err = scan(q.QueryRowContext(ctx, "SELECT language, months, whole, newest, quotes_only FROM reader WHERE person = ?", person),
		&r.Language, &r.Months, &r.Whole, &r.Newest, &r.QuotesOnly)
	if errors.Is(err, ErrNotFound) {
		return Reader{}, nil
	}
	return r, err
}

func keepReader(ctx context.Context, tx *sql.Tx, person int64, r Reader) error {
	if r.Language != "" && r.Language != text.Arabic && r.Language != text.English {
		return errors.New("it is neither Arabic nor English")
	}
	if err := bounded("name of months", len(r.Months), maxName); err != nil {
		return err
	}
	if r == (Reader{}) {
		_, err := tx.ExecContext(ctx, "DELETE FROM reader WHERE person = ?", person)
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO reader (person, language, months, whole, newest, quotes_only) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET language = excluded.language, months = excluded.months, whole = excluded.whole,
			newest = excluded.newest, quotes_only = excluded.quotes_only`,
		person, string(r.Language), r.Months, r.Whole, r.Newest, r.QuotesOnly)
	return err
}

// Language returns the language a person has chosen, "" when none was.
func (j *Journal) Language(ctx context.Context, person int64) (lang text.Language, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT language FROM reader WHERE person = ?", person), &lang)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return lang, wrap(err, "read the language of a person")
}

// SetLanguage keeps the language a person has chosen, for good; "" forgets that choice, and no other.
func (j *Journal) SetLanguage(ctx context.Context, person int64, lang text.Language) error {
	_, err := j.ChangeReader(ctx, person, func(r *Reader) { r.Language = lang })
	return wrap(err, "set the language of a person")
}

// Speaks returns the language to write to a person in who has not just written: the one he has chosen or, when he has
// chosen none, that of his app as far as it is kept; else "".
func (j *Journal) Speaks(ctx context.Context, person int64) (lang text.Language, err error) {
	const query = `SELECT coalesce((SELECT nullif(language, '') FROM reader WHERE person = ?1),
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
