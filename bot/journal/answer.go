package journal

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsbot/corpus/database"
)

// MaxAnswer is the size in bytes of the largest Data KeepAnswer takes: 4 MiB.
const MaxAnswer = 4 << 20

// Answer is what the buttons under an answer need, and what the next question may refer to.
type Answer struct {
	// Key is 10 characters of [a-z2-7] that nobody can guess; KeepAnswer ignores it.
	Key string
	// Update is the number of the update that was answered, Chat where.
	Update, Chat int64
	// Data is the answer in the caller's own form, at most MaxAnswer bytes.
	Data []byte
	// At is when it was first kept; UTC, milliseconds. KeepAnswer ignores it.
	At time.Time
}

// KeepAnswer keeps an answer for 30 days and returns its key. The same update always gets the same key; its Data is
// replaced, its place in the order of answers stays.
func (j *Journal) KeepAnswer(ctx context.Context, a Answer) (key string, err error) {
	if err := bounded("answer", len(a.Data), MaxAnswer); err != nil {
		return "", fmt.Errorf("keep the answer to update %d: %w", a.Update, err)
	}
	const query = `INSERT INTO answer (id, key, chat, data, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET chat = excluded.chat, data = excluded.data RETURNING key`
	at := j.now().UnixMilli()
	err = database.Update(ctx, j.db, func(tx *sql.Tx) error {
		return scan(tx.QueryRowContext(ctx, query, a.Update, newKey(), a.Chat, notNull(a.Data), at), &key)
	})
	return key, wrap(err, "keep the answer to update %d", a.Update)
}

// Answer returns the answer with a key. A key comes from outside: compare the answer's Chat with the one that sent it.
// The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) Answer(ctx context.Context, key string) (Answer, error) {
	a, err := j.answer(ctx, "WHERE key = ?", key)
	return a, wrap(err, "read an answer")
}

// LastAnswer returns the answer kept last in a chat. The error wraps ErrNotFound when there is none, or none any more.
func (j *Journal) LastAnswer(ctx context.Context, chat int64) (Answer, error) {
	a, err := j.answer(ctx, "WHERE chat = ? ORDER BY seq DESC LIMIT 1", chat)
	return a, wrap(err, "read the last answer in chat %d", chat)
}

func (j *Journal) answer(ctx context.Context, where string, arg any) (Answer, error) {
	var a Answer
	var at int64
	row := j.db.QueryRowContext(ctx, "SELECT key, id, chat, data, at FROM answer "+where, arg)
	if err := scan(row, &a.Key, &a.Update, &a.Chat, &a.Data, &at); err != nil {
		return Answer{}, err
	}
	a.At = fromMillis(at)
	return a, nil
}
