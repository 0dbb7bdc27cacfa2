package journal

import (
	"context"
	"time"
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
