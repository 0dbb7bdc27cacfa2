package bot

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// What an administrator can be asked for: the kinds of prompts and the names of
// the buttons that begin them.
const (
	promptDate   = "d"
	promptOutlet = "o"
	promptTitle  = "t"
)

// promptPatience is how long the next message is taken as the reply to what was
// asked. A message that replies to the bot's is so for longer.
const promptPatience = 10 * time.Minute

func (t turn) askDate(ctx context.Context, id string) (Reply, error) {
	return t.ask(ctx, promptDate, id, keyAskDate)
}

func (t turn) askOutlet(ctx context.Context, id string) (Reply, error) {
	return t.ask(ctx, promptOutlet, id, keyAskOutlet)
}

func (t turn) askTitle(ctx context.Context, id string) (Reply, error) {
	return t.ask(ctx, promptTitle, id, keyAskTitle)
}

// ask asks for something about an article.
func (t turn) ask(ctx context.Context, kind, id string, k key) (Reply, error) {
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	if a == nil {
		return Reply{Notice: say(t.lang, keySourceGone)}, nil
	}
	if err := t.Journal.SetPrompt(ctx, journal.Prompt{Chat: t.Chat, Kind: kind, Article: id}); err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.add(line{spans: []span{{role: roleOutside, text: a.Title}}}, sentence(say(t.lang, k)))
	return Reply{Messages: []Outgoing{{Document: d, Asks: true}}}, nil
}

// cancel forgets what was asked for.
func (t turn) cancel(ctx context.Context) (Reply, error) {
	_, err := t.Journal.Prompt(ctx, t.Chat)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keyCancelNothing), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return t.says(keyCancelled), t.Journal.ClearPrompt(ctx, t.Chat)
}

// answersPrompt takes a message as the reply to what was asked for, if it is
// one: done is false for any other message.
func (t turn) answersPrompt(ctx context.Context) (r Reply, done bool, err error) {
	if !t.admin {
		return Reply{}, false, nil
	}
	p, err := t.Journal.Prompt(ctx, t.Chat)
	if errors.Is(err, journal.ErrNotFound) {
		return Reply{}, false, nil
	}
	if err != nil {
		return Reply{}, false, err
	}
	reply := t.Replied != nil && t.Replied.FromBot
	if !reply && (t.Now().Sub(p.At) > promptPatience || isQuestion(t.Text)) {
		return Reply{}, false, nil
	}
	change, ok := changeFor(p.Kind, t.Text)
	if !ok && !reply {
		return Reply{}, false, nil
	}
	if !ok {
		return t.says(keyBadDate), true, nil
	}
	r, err = t.change(ctx, p, change)
	return r, true, err
}

func isQuestion(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟")
}

// changeFor returns what a reply changes, or not ok when it cannot be understood.
func changeFor(kind, reply string) (change func(*corpus.Article) error, ok bool) {
	value := strings.Join(strings.Fields(text.Valid(reply)), " ")
	switch kind {
	case promptDate:
		read, err := source.Apply(corpus.Article{}, source.Meta{Published: value})
		return func(a *corpus.Article) error { a.Published = read.Published; return nil }, err == nil
	case promptOutlet:
		return func(a *corpus.Article) error { a.Source = value; return nil }, true
	case promptTitle:
		return func(a *corpus.Article) error { a.Title, a.TitleDerived = value, false; return nil }, true
	}
	return nil, false
}

// change changes the article that was asked about and shows it.
func (t turn) change(ctx context.Context, p journal.Prompt, change func(*corpus.Article) error) (Reply, error) {
	before, err := t.stored(ctx, p.Article)
	if err != nil {
		return Reply{}, err
	}
	if before == nil {
		return t.says(keySourceGone), t.Journal.ClearPrompt(ctx, t.Chat)
	}
	c, err := t.keepChange(ctx, p.Article, before)
	if err != nil {
		return Reply{}, err
	}
	a, _, err := t.Editor.Edit(ctx, p.Article, change)
	if errors.Is(err, fs.ErrNotExist) {
		return t.says(keySourceGone), t.Journal.ClearPrompt(ctx, t.Chat)
	}
	if err != nil {
		return Reply{}, err
	}
	return t.card(keyEdited, a, c.Key), t.Journal.ClearPrompt(ctx, t.Chat)
}
