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

// Tally is what a question counts as: nothing in it tells whose it was, or what was asked.
type Tally struct {
	// Day is when it was asked, as time.DateOnly has it, where the bot's people are.
	Day string
	// Verdict is what became of it, in the caller's own words, at most 256 bytes.
	Verdict string
	// Language is that of the question, at most 256 bytes.
	Language text.Language
}

// A Tallied is how many questions counted as the same.
type Tallied struct {
	Tally
	Count int
}

func (t Tally) bounded() error {
	if t == (Tally{}) {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, t.Day); err != nil {
		return errors.New("it is counted for no day")
	}
	return bounded("verdict", max(len(t.Verdict), len(t.Language)), maxName)
}

// add counts the question of an update, unless its answer is there already.
func (t Tally) add(ctx context.Context, tx *sql.Tx, update int64) error {
	if t == (Tally{}) {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO tally (day, verdict, language, count)
		SELECT ?1, ?2, ?3, 1 WHERE NOT EXISTS (SELECT 1 FROM answer WHERE id = ?4)
		ON CONFLICT DO UPDATE SET count = count + 1`, t.Day, t.Verdict, string(t.Language), update)
	return err
}

// Tallies returns how many questions there were from a day on, as time.DateOnly has it, oldest first. They are counted for
// 400 days. Forget leaves them alone, as there is nothing of a person in them.
func (j *Journal) Tallies(ctx context.Context, from string) (list []Tallied, err error) {
	rows, err := j.db.QueryContext(ctx, "SELECT day, verdict, language, count FROM tally WHERE day >= ? ORDER BY day, verdict, language", from)
	if err != nil {
		return nil, wrap(database.Explain(err), "read how many questions there were")
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var t Tallied
		err := rows.Scan(&t.Day, &t.Verdict, &t.Language, &t.Count)
		list = append(list, t)
		return err
	})
	return list, wrap(err, "read how many questions there were")
}

// Askers returns how many people have asked since some time, which is no longer ago than 24 hours. Administrators, whose
// questions have no limits, are not among them, and a digest, whose numbers are negative, has nobody asked for.
func (j *Journal) Askers(ctx context.Context, since time.Time) (n int, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT count(DISTINCT person) FROM question WHERE at > ? AND id > 0", since.UnixMilli()), &n)
	return n, wrap(err, "count who has asked")
}

// RatedSince returns how many times an answer was found helpful since some time, and how many times not, of those that are
// kept.
func (j *Journal) RatedSince(ctx context.Context, since time.Time) (helpful, not int, err error) {
	err = scan(j.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE helpful = 1), count(*) FILTER (WHERE helpful = 0)
		FROM feedback WHERE reported = 0 AND at >= ?`, since.UnixMilli()), &helpful, &not)
	return helpful, not, wrap(err, "count what is said of answers")
}

// Unfinished returns how many updates but one are not done, and when the first of them arrived; the zero time when there is
// none. None of Telegram's is 0.
func (j *Journal) Unfinished(ctx context.Context, but int64) (n int, first time.Time, err error) {
	var at int64
	const query = "SELECT count(*), coalesce(min(received), 0) FROM inbox WHERE done IS NULL AND id != ?"
	err = scan(j.db.QueryRowContext(ctx, query, but), &n, &at)
	if n > 0 {
		first = fromMillis(at)
	}
	return n, first, wrap(err, "count unfinished updates")
}

// AnsweredSince calls f with the answers that were kept since some time and not opened in another chat, newest first, until
// it returns an error, which is returned then. Their Person is a code that is the same for the same person, and their Chat 0:
// it is for those who are not to know whose a question was.
func (j *Journal) AnsweredSince(ctx context.Context, since time.Time, f func(Answer) error) error {
	rows, err := j.db.QueryContext(ctx, `SELECT key, id, question, empty, data, at, person FROM answer
		WHERE at >= ? AND shared IS NULL ORDER BY seq DESC`, since.UnixMilli())
	if err != nil {
		return wrap(database.Explain(err), "read the answers of some time")
	}
	return database.ForRows(rows, func(rows *sql.Rows) error {
		var a Answer
		var at int64
		if err := rows.Scan(&a.Key, &a.Update, &a.Question, &a.Empty, &a.Data, &at, &a.Person); err != nil {
			return fmt.Errorf("read the answers of some time: %w", err)
		}
		a.At, a.Person = fromMillis(at), j.code(a.Person)
		return f(a)
	})
}

// A Reports is what was reported of an answer's sources.
type Reports struct {
	Answer string // its key
	Data   []byte // of the answer
	Source int    // its number from 1
	Count  int    // of people
	Newest time.Time
}

// Reports returns what was reported of the sources of answers that are kept, the newest first.
func (j *Journal) Reports(ctx context.Context) (list []Reports, err error) {
	rows, err := j.db.QueryContext(ctx, `SELECT f.answer, a.data, f.reported, count(*), max(f.at) FROM feedback f
		JOIN answer a ON a.key = f.answer WHERE f.reported != 0
		GROUP BY f.answer, f.reported ORDER BY max(f.at) DESC, f.answer, f.reported`)
	if err != nil {
		return nil, wrap(database.Explain(err), "read which sources were reported")
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var r Reports
		var at int64
		if err := rows.Scan(&r.Answer, &r.Data, &r.Source, &r.Count, &at); err != nil {
			return err
		}
		r.Newest = fromMillis(at)
		list = append(list, r)
		return nil
	})
	return list, wrap(err, "read which sources were reported")
}
