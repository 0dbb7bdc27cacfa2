package journal

import (
	"context"
	"database/sql"
	"time"

	"newsbot/corpus/database"
)

// Talk is what one person has asked in one topic of a chat, 0 for none.
type Talk struct {
	Chat, Person int64
	Thread       int
}

// Before returns the answer that was kept last in a talk before that to an update, if there is one to it, and before all
// that is kept later. It is no older than since, and no NewSubject came after it. The error wraps ErrNotFound when there is
// none, or none any more.
func (j *Journal) Before(ctx context.Context, t Talk, update int64, since time.Time) (Answer, error) {
	a, err := j.answer(ctx, `WHERE chat = ?1 AND person = ?2 AND thread = ?3 AND id != ?4 AND closed IS NULL AND at >= ?5
		AND seq < coalesce((SELECT seq FROM answer WHERE id = ?4), 9223372036854775807) ORDER BY seq DESC LIMIT 1`,
		t.Chat, t.Person, t.Thread, update, since.UnixMilli())
	return a, wrap(err, "read the answer before that to update %d", update)
}

// Recent returns the answers that were kept last in a talk, newest first: at most limit, none from before since.
func (j *Journal) Recent(ctx context.Context, t Talk, since time.Time, limit int) (list []Answer, err error) {
	rows, err := j.db.QueryContext(ctx, answerQuery+`WHERE chat = ? AND person = ? AND thread = ? AND at >= ? ORDER BY seq DESC LIMIT ?`,
		t.Chat, t.Person, t.Thread, since.UnixMilli(), limit)
	if err == nil {
		err = database.ForRows(rows, func(rows *sql.Rows) error {
			a, err := scanAnswer(rows.Scan)
			list = append(list, a)
			return err
		})
	}
	return list, wrap(err, "read what was asked last")
}

// AnswerAround returns the answer that a message of the bot's may belong to, when an answer is more than one message: the
// last one that begins with it or before it. The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) AnswerAround(ctx context.Context, chat int64, message int) (Answer, error) {
	a, err := j.answer(ctx, "WHERE chat = ? AND reply <= ? AND reply != 0 ORDER BY reply DESC, seq DESC LIMIT 1", chat, message)
	return a, wrap(err, "read the answer around a message")
}

// NewSubject keeps that nothing goes on from what was answered in a talk until now, because of an update.
func (j *Journal) NewSubject(ctx context.Context, t Talk, update int64) error {
	_, err := j.exec(ctx, "UPDATE answer SET closed = ? WHERE chat = ? AND person = ? AND thread = ? AND closed IS NULL",
		update, t.Chat, t.Person, t.Thread)
	return wrap(err, "begin a new subject")
}
