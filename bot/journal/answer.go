package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// MaxAnswer is the size in bytes of the largest Data KeepAnswer takes: 4 MiB.
const MaxAnswer = 4 << 20

// MaxQuestion is the size in bytes of the longest Question KeepAnswer takes: 16 KiB.
const MaxQuestion = 16 << 10

// ErrTaken is the error of what another update has taken before.
var ErrTaken = errors.New("taken by another update")

// Answer is what the buttons under an answer need, and what the next question may refer to.
type Answer struct {
	// Key is 10 characters of [a-z2-7] that nobody can guess; KeepAnswer ignores it.
	Key string
	// Update is the number of the update that was answered, Chat where, and Person whose it was.
	Update, Chat, Person int64
	// Thread is the topic of the chat, 0 for none.
	Thread int
	// Message is the number of the message that was answered, 0 when it was a press of a button.
	Message int
	// Reply is the number of the bot's first message with the answer, 0 until it is known.
	Reply int
	// Question is what was asked, at most MaxQuestion bytes.
	Question string
	// Empty says that the answer quotes nothing.
	Empty bool
	// Cites are the IDs of the articles it quotes, at most 256 bytes each; what is read back has none.
	Cites []string
	// Data is the answer in the caller's own form, at most MaxAnswer bytes. It has the IDs of articles as they are, or
	// EraseArticle does not find them.
	Data []byte
	// Shared is the key of the answer that this one is, opened in another chat; "" for an answer of its own. It goes when
	// that one goes.
	Shared string
	// Tally is what its question counts as; the zero one counts as none. What is read back has none.
	Tally Tally
	// Edited is the update that TakeEdit has noted and More the one that TakeMore has, 0 for none; KeepAnswer ignores
	// both.
	Edited, More int64
	// At is when it was first kept; UTC, milliseconds. KeepAnswer ignores it.
	At time.Time
}

// KeepAnswer keeps an answer for Config.Retention and returns its key. The same update always gets the same key; what is kept of
// it is replaced, but for a Reply that is known, and its place in the order of answers stays. With the first one Tally is
// counted. One that is Shared has the same key as before when it is opened in the same chat again, and comes last in the
// order then; the error wraps ErrNotFound when there is no such answer to share, or none any more.
func (j *Journal) KeepAnswer(ctx context.Context, a Answer) (key string, err error) {
	if err := a.bounded(); err != nil {
		return "", fmt.Errorf("keep the answer to update %d: %w", a.Update, err)
	}
	err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		key, err = keepAnswer(ctx, tx, a, j.now())
		return err
	})
	return key, wrap(err, "keep the answer to update %d", a.Update)
}

// keepAnswer keeps an answer, whose sizes are within the bounds.
func keepAnswer(ctx context.Context, tx *sql.Tx, a Answer, now time.Time) (key string, err error) {
	const query = `INSERT INTO answer (id, key, chat, person, thread, message, reply, question, empty, data, shared, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)
		ON CONFLICT (id) DO UPDATE SET chat = excluded.chat, person = excluded.person, thread = excluded.thread,
			message = excluded.message, reply = iif(reply = 0, excluded.reply, reply), question = excluded.question,
			empty = excluded.empty, data = excluded.data, shared = excluded.shared
		RETURNING key, seq`
	if err := a.Tally.add(ctx, tx, a.Update); err != nil {
		return "", err
	}
	fresh, err := newKeyOf(ctx, tx, a)
	if err != nil {
		return "", err
	}
	var seq int64
	err = scan(tx.QueryRowContext(ctx, query, a.Update, fresh, a.Chat, a.Person, a.Thread, a.Message, a.Reply,
		a.Question, a.Empty, notNull(a.Data), a.Shared, now.UnixMilli()), &key, &seq)
	if err != nil {
		return "", err
	}
	return key, cite(ctx, tx, seq, a.Cites)
}

// newKeyOf returns the key of an answer that was not kept before: that of the one in its place, which it deletes, when the
// same answer was opened in the same chat.
func newKeyOf(ctx context.Context, tx *sql.Tx, a Answer) (key string, err error) {
	if a.Shared == "" {
		return newKey(), nil
	}
	if err := scan(tx.QueryRowContext(ctx, "SELECT key FROM answer WHERE key = ?", a.Shared), &key); err != nil {
		return "", err
	}
	const query = "DELETE FROM answer WHERE shared = ? AND chat = ? AND id != ? RETURNING key"
	err = scan(tx.QueryRowContext(ctx, query, a.Shared, a.Chat, a.Update), &key)
	if errors.Is(err, ErrNotFound) {
		return newKey(), nil
	}
	return key, err
}

// AmendAnswer puts other Data into an answer that is kept, and adds to what it cites: IDs of articles, at most 256 bytes
// each. The error wraps ErrNotFound when there is no such answer, or none any more.
func (j *Journal) AmendAnswer(ctx context.Context, key string, data []byte, cites []string) error {
	a := Answer{Data: data, Cites: cites}
	if err := a.bounded(); err != nil {
		return wrap(err, "amend an answer")
	}
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		var seq int64
		row := tx.QueryRowContext(ctx, "UPDATE answer SET data = ? WHERE key = ? RETURNING seq", notNull(data), key)
		if err := scan(row, &seq); err != nil {
			return err
		}
		return citeToo(ctx, tx, seq, cites)
	})
	return wrap(err, "amend an answer")
}

// cite keeps which articles an answer quotes, in place of what it quoted before.
func cite(ctx context.Context, tx *sql.Tx, seq int64, articles []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM cited WHERE answer = ?", seq); err != nil {
		return err
	}
	return citeToo(ctx, tx, seq, articles)
}

// citeToo keeps that an answer quotes some articles beside others.
func citeToo(ctx context.Context, tx *sql.Tx, seq int64, articles []string) error {
	for _, id := range articles {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO cited (article, answer) VALUES (?, ?)", id, seq); err != nil {
			return err
		}
	}
	return nil
}

func (a *Answer) bounded() error {
	if err := bounded("question", len(a.Question), MaxQuestion); err != nil {
		return err
	}
	for _, id := range a.Cites {
		if err := bounded("name of an article", len(id), maxName); err != nil {
			return err
		}
	}
	if err := a.Tally.bounded(); err != nil {
		return err
	}
	return bounded("answer", len(a.Data), MaxAnswer)
}

// Answer returns the answer with a key. A key comes from outside: compare the answer's Chat with the one that sent it.
// The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) Answer(ctx context.Context, key string) (Answer, error) {
	a, err := j.answer(ctx, "WHERE key = ?", key)
	return a, wrap(err, "read an answer")
}

// AnswerOf returns the answer to an update. The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) AnswerOf(ctx context.Context, update int64) (Answer, error) {
	a, err := j.answer(ctx, "WHERE id = ?", update)
	return a, wrap(err, "read the answer to update %d", update)
}

// AnswerTo returns the answer to a message, the first one when it was changed and answered again. The error wraps
// ErrNotFound when there is none, or none any more.
func (j *Journal) AnswerTo(ctx context.Context, chat int64, message int) (Answer, error) {
	a, err := j.answer(ctx, "WHERE chat = ? AND message = ? AND message != 0 ORDER BY seq LIMIT 1", chat, message)
	return a, wrap(err, "read the answer to a message")
}

// AnswerIn returns the answer that one of the bot's messages shows: the last one when it was edited. The error wraps
// ErrNotFound when there is none, or none any more.
func (j *Journal) AnswerIn(ctx context.Context, chat int64, reply int) (Answer, error) {
	a, err := j.answer(ctx, "WHERE chat = ? AND reply = ? AND reply != 0 ORDER BY seq DESC LIMIT 1", chat, reply)
	return a, wrap(err, "read the answer in a message")
}

// LastAnswer returns the answer kept last in a topic of a chat, 0 for none: another topic is another talk. The error wraps
// ErrNotFound when there is none, or none any more.
func (j *Journal) LastAnswer(ctx context.Context, chat int64, thread int) (Answer, error) {
	a, err := j.answer(ctx, "WHERE chat = ? AND thread = ? ORDER BY seq DESC LIMIT 1", chat, thread)
	return a, wrap(err, "read the last answer in a chat")
}

// LastQuoting returns the answer kept last in a topic of a chat, 0 for none, of those that quote something. The error
// wraps ErrNotFound when there is none, or none any more.
func (j *Journal) LastQuoting(ctx context.Context, chat int64, thread int) (Answer, error) {
	a, err := j.answer(ctx, "WHERE chat = ? AND thread = ? AND empty = 0 ORDER BY seq DESC LIMIT 1", chat, thread)
	return a, wrap(err, "read the last quoting answer in a chat")
}

func (j *Journal) answer(ctx context.Context, where string, args ...any) (Answer, error) {
	row := j.db.QueryRowContext(ctx, answerQuery+where, args...)
	return scanAnswer(func(dest ...any) error { return scan(row, dest...) })
}

// answerQuery selects answers as scanAnswer reads them.
const answerQuery = `SELECT key, id, chat, person, thread, message, reply, question, empty, data,
	coalesce(shared, ''), coalesce(edited, 0), coalesce(more, 0), at FROM answer `

func scanAnswer(scan func(dest ...any) error) (a Answer, err error) {
	var at int64
	err = scan(&a.Key, &a.Update, &a.Chat, &a.Person, &a.Thread,
		&a.Message, &a.Reply, &a.Question, &a.Empty, &a.Data, &a.Shared, &a.Edited, &a.More, &at)
	if err != nil {
		return Answer{}, err
	}
	a.At = fromMillis(at)
	return a, nil
}

// TakeEdit notes that an update changed the question of an answer and is answered. No other one is then, but the same
// one still is when it is handled again: the error wraps ErrTaken for another, and ErrNotFound when there is no such
// answer, or none any more.
func (j *Journal) TakeEdit(ctx context.Context, key string, update int64) error {
	const query = "UPDATE answer SET edited = coalesce(edited, ?) WHERE key = ? RETURNING edited"
	return wrap(j.take(ctx, query, key, update), "take the change of a question")
}

// TakeMore notes that an update asked for more than an answer holds, and gets it. Its errors are as TakeEdit's.
func (j *Journal) TakeMore(ctx context.Context, key string, update int64) error {
	const query = "UPDATE answer SET more = coalesce(more, ?) WHERE key = ? RETURNING more"
	return wrap(j.take(ctx, query, key, update), "take more of an answer")
}

// take runs a query that notes an update and returns the one that is noted.
func (j *Journal) take(ctx context.Context, query, key string, update int64) error {
	var by int64
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		return scan(tx.QueryRowContext(ctx, query, update, key), &by)
	})
	if err == nil && by != update {
		err = ErrTaken
	}
	return err
}
