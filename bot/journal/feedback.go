package journal

import (
	"context"
	"database/sql"

	"newsbot/corpus/database"
)

// Feedback is what one person says of an answer.
type Feedback struct {
	// Answer is the answer's key, at most 256 bytes.
	Answer string
	// Update is the number of the update that brought it, Person whose it is.
	Update, Person int64
}

// Rate keeps whether an answer is helpful, in place of what the person said of it before, as long as the answer.
func (j *Journal) Rate(ctx context.Context, f Feedback, helpful bool) error {
	err := bounded("key of an answer", len(f.Answer), maxName)
	if err == nil {
		_, err = j.exec(ctx, `INSERT INTO feedback (answer, person, reported, helpful, id, at) VALUES (?, ?, 0, ?, ?, ?)
			ON CONFLICT DO UPDATE SET helpful = excluded.helpful, id = excluded.id, at = excluded.at`,
			f.Answer, f.Person, helpful, f.Update, j.now().UnixMilli())
	}
	return wrap(err, "keep what person %d says of an answer", f.Person)
}

// Report keeps that a source of an answer is wrong, by its number from 1. The error wraps ErrTaken when the person has
// said so with another update.
func (j *Journal) Report(ctx context.Context, f Feedback, source int) error {
	err := bounded("key of an answer", len(f.Answer), maxName)
	if err == nil {
		err = j.report(ctx, f, source)
	}
	return wrap(err, "keep a report of person %d", f.Person)
}

func (j *Journal) report(ctx context.Context, f Feedback, source int) error {
	var by int64
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		return scan(tx.QueryRowContext(ctx, `INSERT INTO feedback (answer, person, reported, id, at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET id = id RETURNING id`, f.Answer, f.Person, source, f.Update, j.now().UnixMilli()), &by)
	})
	if err == nil && by != f.Update {
		err = ErrTaken
	}
	return err
}

// Ratings returns how many people found an answer helpful, and how many did not.
func (j *Journal) Ratings(ctx context.Context, key string) (helpful, not int, err error) {
	err = scan(j.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE helpful = 1), count(*) FILTER (WHERE helpful = 0)
		FROM feedback WHERE answer = ? AND reported = 0`, key), &helpful, &not)
	return helpful, not, wrap(err, "count what is said of an answer")
}
