package journal

import (
	"context"
	"time"
)

// Prompt is what a chat was last asked for, so that the next message can be taken as the reply.
type Prompt struct {
	// Chat is where it was asked.
	Chat int64
	// Kind is what was asked for, in the caller's own words, at most 256 bytes.
	Kind string
	// Article is the ID of the article concerned, at most 256 bytes; "" for none.
	Article string
	// At is when; UTC, milliseconds. SetPrompt fills in a zero one.
	At time.Time
}

// SetPrompt keeps what a chat was asked for, in place of what it was asked for before, for 24 hours.
func (j *Journal) SetPrompt(ctx context.Context, p Prompt) (err error) {
	if p.At.IsZero() {
		p.At = j.now()
	}
	if err = bounded("prompt", max(len(p.Kind), len(p.Article)), maxName); err == nil {
		_, err = j.exec(ctx, "INSERT OR REPLACE INTO prompt (chat, kind, article, at) VALUES (?, ?, ?, ?)", p.Chat, p.Kind, p.Article, p.At.UnixMilli())
	}
	return wrap(err, "keep a prompt")
}

// Prompt returns what a chat was last asked for, if the reply may be update: the error wraps ErrNotFound when it was
// asked for nothing, or when another update was taken as the reply.
func (j *Journal) Prompt(ctx context.Context, chat, update int64) (Prompt, error) {
	p := Prompt{Chat: chat}
	var at int64
	row := j.db.QueryRowContext(ctx, "SELECT kind, article, at FROM prompt WHERE chat = ? AND coalesce(taken, ?2) = ?2", chat, update)
	if err := scan(row, &p.Kind, &p.Article, &at); err != nil {
		return Prompt{}, wrap(err, "read the prompt for update %d", update)
	}
	p.At = fromMillis(at)
	return p, nil
}

// TakePrompt takes an update as the reply to p. No other one is it then, but the same one still is when it is handled
// again. That the chat was not asked for it, or for something else since, is no error.
func (j *Journal) TakePrompt(ctx context.Context, p Prompt, update int64) error {
	_, err := j.exec(ctx, "UPDATE prompt SET taken = ? WHERE chat = ? AND kind = ? AND article = ? AND taken IS NULL",
		update, p.Chat, p.Kind, p.Article)
	return wrap(err, "take the prompt for update %d", update)
}
