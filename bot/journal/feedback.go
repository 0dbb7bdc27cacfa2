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
	return wrap(err, "keep what update %d says of an answer", f.Update)
}

// Report keeps that a source of an answer is wrong, by its number from 1. The error wraps ErrTaken when the person has
// said so with another update.
func (j *Journal) Report(ctx context.Context, f Feedback, source int) error {
	err := bounded("key of an answer", len(f.Answer), maxName)
	if err == nil {
		err = j.report(ctx, f, source)
	}
	return wrap(err, "keep the report of update %d", f.Update)
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

// TellReport notes that the update of a report tells the administrators of it. It returns whether that update does: no
// other one has before, and it still does when it is handled again.
func (j *Journal) TellReport(ctx context.Context, f Feedback, source int) (tells bool, err error) {
	var by int64
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		return scan(tx.QueryRowContext(ctx, `UPDATE feedback SET told = iif(told = 0, ?, told)
			WHERE answer = ? AND person = ? AND reported = ? RETURNING told`, f.Update, f.Answer, f.Person, source), &by)
	})
	return err == nil && by == f.Update, wrap(err, "note that update %d tells of a report", f.Update)
}

// TellWaiting notes that an update tells the administrators of the reports that nobody was told of: of all those of up
// to limit answers, what was reported first being first. It returns the keys of these answers and how many reports wait,
// these included; the same when it is called again for the update. A report whose answer is not kept any more does not
// count.
func (j *Journal) TellWaiting(ctx context.Context, update int64, limit int) (answers []string, waiting int, err error) {
	err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		answers, waiting, err = tellWaiting(ctx, tx, update, limit)
		return err
	})
	if err != nil {
		return nil, 0, wrap(err, "note that update %d tells of reports", update)
	}
	return answers, waiting, nil
}

// waits is the condition of a report that waits, or that an update has told of.
const waits = "reported != 0 AND told IN (0, ?1) AND answer IN (SELECT key FROM answer)"

func tellWaiting(ctx context.Context, tx *sql.Tx, update int64, limit int) (answers []string, waiting int, err error) {
	var told int
	err = tx.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE told = ?1) FROM feedback WHERE "+waits, update).
		Scan(&waiting, &told)
	if err == nil && told == 0 && waiting > 0 { // not handled again
		_, err = tx.ExecContext(ctx, `UPDATE feedback SET told = ?1 WHERE `+waits+` AND answer IN
			(SELECT answer FROM feedback WHERE `+waits+" GROUP BY answer ORDER BY min(at), answer LIMIT ?2)", update, limit)
	}
	if err != nil || waiting == 0 {
		return nil, 0, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT answer FROM feedback WHERE "+waits+
		" AND told != 0 GROUP BY answer ORDER BY min(at), answer", update)
	if err == nil {
		answers, err = database.Column[string](rows)
	}
	return answers, waiting, err
}

// Reported returns the numbers of an answer's sources that were reported, each once and in order, by whomever.
func (j *Journal) Reported(ctx context.Context, key string) (sources []int, err error) {
	rows, err := j.db.QueryContext(ctx,
		"SELECT DISTINCT reported FROM feedback WHERE answer = ? AND reported != 0 ORDER BY reported", key)
	if err == nil {
		sources, err = database.Column[int](rows)
	}
	return sources, wrap(database.Explain(err), "read which sources of an answer were reported")
}

// Ratings returns how many people found an answer helpful, and how many did not.
func (j *Journal) Ratings(ctx context.Context, key string) (helpful, not int, err error) {
	err = scan(j.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE helpful = 1), count(*) FILTER (WHERE helpful = 0)
		FROM feedback WHERE answer = ? AND reported = 0`, key), &helpful, &not)
	return helpful, not, wrap(err, "count what is said of an answer")
}
