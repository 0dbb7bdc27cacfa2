package bot

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"newsbot/bot/journal"
)

// edited is the reply to a message that was changed. It is never taken as the
// reply to what an administrator was asked for: that was the message before.
func (t turn) edited(ctx context.Context) (Reply, error) {
	if t.Command == commandAsk && t.Argument != "" {
		t.Command, t.Text = "", t.Argument
	}
	switch {
	case t.Origin != OriginNone || t.Command == "" && strings.TrimSpace(t.Text) == "":
		return Reply{}, nil
	case t.Command != "":
		return inReply(t.says(keyEditedCommand), t.Message), nil
	case t.admin && t.File != nil:
		return inReply(t.says(keyUploadEdited), t.Message), nil
	}
	before, err := t.Journal.AnswerTo(ctx, t.Chat, t.Message)
	if errors.Is(err, journal.ErrNotFound) || err == nil && before.Update == t.ID {
		r, err := t.question(ctx)
		return inReply(r, t.Message), err
	}
	if err != nil || sameWords(before.Question, t.Text) {
		return Reply{}, err
	}
	if before.Edited != 0 && before.Edited != t.ID {
		return t.editedTwice(ctx, before.Edited)
	}
	return t.changedQuestion(ctx, before)
}

// changedQuestion answers a question that was answered before it was changed.
func (t turn) changedQuestion(ctx context.Context, before journal.Answer) (Reply, error) {
	t.lang = t.framed(t.Text)
	var err error
	if t.follows, err = t.before(ctx, before.Update); err != nil {
		return Reply{}, err
	}
	a, refused, err := t.inquire(ctx, t.Text, t.ordered(asking{head: headChanged}))
	if err != nil {
		return Reply{}, err
	}
	old := cmp.Or(before.Reply, t.Message)
	if refused != "" {
		return inReply(t.declines(refused), old), nil
	}
	err = t.Journal.TakeEdit(ctx, before.Key, t.ID)
	if errors.Is(err, journal.ErrTaken) {
		return inReply(t.says(keyEditedTwice), t.Message), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if a, err = t.write(ctx, a); err != nil {
		return Reply{}, err
	}
	o, err := t.keep(ctx, a, 0)
	o.ReplyTo = old
	return t.suggests(Reply{Messages: []Outgoing{o}}, a), err
}

// editedTwice is the reply to the change of a question that was answered again
// already, because of another update. An app may send the same change twice.
func (t turn) editedTwice(ctx context.Context, update int64) (Reply, error) {
	latest, err := t.Journal.AnswerOf(ctx, update)
	if err != nil && !errors.Is(err, journal.ErrNotFound) {
		return Reply{}, err
	}
	if err == nil && sameWords(latest.Question, t.Text) {
		return Reply{}, nil
	}
	t.lang = t.framed(t.Text)
	return inReply(t.says(keyEditedTwice), t.Message), nil
}

// sameWords reports whether two texts differ in their white space alone.
func sameWords(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// inReply makes the first message of a reply one that replies to another.
func inReply(r Reply, message int) Reply {
	if len(r.Messages) > 0 {
		r.Messages[0].ReplyTo = message
	}
	return r
}
