package bot

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// What an administrator can be asked for: the kinds of prompts and the names of
// the buttons that begin them.
const (
	promptDate    = "d"
	promptOutlet  = "o"
	promptTitle   = "t"
	promptAddress = "url"
	promptAuthor  = "author"
	promptEmbargo = "embargo"
)

// promptPatience is how long the next message is taken as the reply to what was
// asked. One that is sent as a reply to it is so for as long as it is remembered.
const promptPatience = 10 * time.Minute

// asks is what the button of a field does.
func asks(kind string) func(t turn, ctx context.Context, id string) (Reply, error) {
	return func(t turn, ctx context.Context, id string) (Reply, error) { return t.ask(ctx, kind, id) }
}

// ask asks for a field of an article.
func (t turn) ask(ctx context.Context, kind, id string) (Reply, error) {
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	f, ok := fieldOf(kind)
	if isHidden(a) || !ok {
		return t.notice(keySourceGone), nil
	}
	if err := t.Journal.SetPrompt(ctx, journal.Prompt{Chat: t.Chat, Kind: kind, Article: id}); err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.add(
		line{spans: []span{{role: roleOutside, text: a.Title}}},
		line{spans: []span{{text: say(t.lang, keyLabelID)}, {role: roleCode, text: a.ID}}}, // tells what a reply is about
		sentence(say(t.lang, f.ask)),
	)
	return Reply{Messages: []Outgoing{{Document: d, Asks: true}}}, nil
}

// cancel forgets what was asked for, unless it has stopped something else.
func (t turn) cancel(ctx context.Context) (Reply, error) {
	if t.Stopped {
		return t.says(keyStopped), nil
	}
	p, err := t.Journal.Prompt(ctx, t.Chat, t.ID)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keyCancelNothing), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return t.says(keyCancelled), t.Journal.TakePrompt(ctx, p, t.ID)
}

// answersPrompt takes a message as the reply to what was asked for, if it is
// one: done is false for any other message.
func (t turn) answersPrompt(ctx context.Context) (r Reply, done bool, err error) {
	if !t.admin {
		return Reply{}, false, nil
	}
	p, asked := t.promptRepliedTo()
	if !asked {
		p, asked, err = t.promptBefore(ctx)
	}
	if !asked || err != nil {
		return Reply{}, false, err
	}
	r, err = t.set(ctx, p.Kind, p.Article, t.Text)
	return r, true, err
}

// articleID matches the ID of an article.
var articleID = regexp.MustCompile(`\b[a-z2-7]{16}\b`)

// promptRepliedTo reads from the message that is replied to what it asks for, in
// either language, and about which article: several may have been asked about.
func (t turn) promptRepliedTo() (journal.Prompt, bool) {
	if t.Replied == nil || !t.Replied.FromBot {
		return journal.Prompt{}, false
	}
	shown := plainWords(t.Replied.Text)
	ids := articleID.FindAllString(shown, -1)
	if ids == nil {
		return journal.Prompt{}, false
	}
	for _, f := range fields() {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			if strings.HasSuffix(shown, plainWords(say(lang, f.ask))) {
				return journal.Prompt{Chat: t.Chat, Kind: f.kind, Article: ids[len(ids)-1]}, true
			}
		}
	}
	return journal.Prompt{}, false
}

// promptBefore is what was asked for last, if the message may be the reply
// although it does not say so: one that comes soon, and is no question.
func (t turn) promptBefore(ctx context.Context) (journal.Prompt, bool, error) {
	if t.Replied != nil || isQuestion(t.Text) {
		return journal.Prompt{}, false, nil
	}
	p, err := t.Journal.Prompt(ctx, t.Chat, t.ID)
	if errors.Is(err, journal.ErrNotFound) {
		return journal.Prompt{}, false, nil
	}
	if err != nil || t.Now().Sub(p.At) > promptPatience {
		return journal.Prompt{}, false, err
	}
	return p, couldBe(p.Kind, strings.TrimSpace(t.Text)), nil
}

// couldBe reports whether a text has the form of what was asked for.
func couldBe(kind, s string) bool {
	switch kind {
	case promptDate, promptEmbargo:
		return isEmptyValue(s) || strings.ContainsFunc(s, unicode.IsDigit)
	case promptAddress:
		return isEmptyValue(s) || isLink(s)
	}
	return true
}

// isQuestion reports whether a text has the form of a question: it ends like one
// or begins like one.
func isQuestion(s string) bool {
	s = plainWords(s)
	first, _, _ := strings.Cut(text.Normalize(s), " ")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟") || slices.Contains(strings.Fields(questionWords), first)
}

// questionWords open questions, as text.Normalize writes them.
const questionWords = `who whom whose what which when where why how is are was were do does did has have had can could
will would should من ما ماذا متي اين كيف لماذا لم هل كم اي ايه بكم بما بماذا لمن عم عما اليس`

// plainWords returns a text as it reads, whatever was done to its white space and
// its invisible characters on the way.
func plainWords(s string) string {
	visible := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(visible), " ")
}

// set sets a field of an article and shows the article. A value that cannot be
// changes nothing, and another one may follow.
func (t turn) set(ctx context.Context, kind, id, value string) (Reply, error) {
	if kind == promptAddress {
		value = oneAddress(value)
	}
	p := journal.Prompt{Chat: t.Chat, Kind: kind, Article: id}
	was, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	if isHidden(was) {
		return t.says(keySourceGone), t.Journal.TakePrompt(ctx, p, t.ID)
	}
	change, err := t.changeFor(kind, value)
	if err == nil {
		trial := *was
		err = change(&trial)
	}
	if w, ok := errors.AsType[wrong](err); ok {
		return t.says(key(w)), nil
	}
	if first, err := t.addressTaken(ctx, kind, id, value); first != nil || err != nil {
		return t.card(keyAddressTaken, *cmp.Or(first, was), ""), err
	}
	c, err := t.keepChange(ctx, id, was)
	if err != nil {
		return Reply{}, err
	}
	a, done, err := t.change(ctx, c, change)
	w, refused := errors.AsType[wrong](err)
	switch {
	case refused: // it has become another article meanwhile
		return t.says(key(w)), t.Journal.DropChange(ctx, c.Key)
	case errors.Is(err, fs.ErrNotExist):
		return t.says(keySourceGone), errors.Join(t.Journal.TakePrompt(ctx, p, t.ID), t.Journal.DropChange(ctx, c.Key))
	case errors.Is(err, corpus.ErrDuplicate): // another has got it meanwhile
		return t.card(keyAddressTaken, *was, ""), t.Journal.DropChange(ctx, c.Key)
	case err != nil:
		return Reply{}, err
	case !done:
		return t.card(keySoAlready, a, ""), errors.Join(t.Journal.TakePrompt(ctx, p, t.ID), t.Journal.DropChange(ctx, c.Key))
	}
	return t.card(keyEdited, a, c.Key), t.Journal.TakePrompt(ctx, p, t.ID)
}

// addressTaken returns the other article that has an address which is to be set,
// nil for none.
func (t turn) addressTaken(ctx context.Context, kind, id, value string) (*corpus.Article, error) {
	if kind != promptAddress || isEmptyValue(value) {
		return nil, nil
	}
	return t.taken(ctx, id, value)
}

// change edits an article and keeps what that has made of it. done is false when it
// was so already, but not because the event is handled again.
func (t turn) change(ctx context.Context, c journal.Change, change func(*corpus.Article) error) (a corpus.Article, done bool, err error) {
	var seen corpus.Article
	a, status, err := t.Editor.Edit(ctx, c.Article, func(a *corpus.Article) error {
		seen = *a
		return change(a)
	})
	switch {
	case err != nil:
		return corpus.Article{}, false, err
	case status == corpus.Updated:
		return a, true, t.noteChange(ctx, c, seen, a)
	case !t.Again:
		return a, false, nil
	}
	was, err := before(c)
	if err != nil || doneBefore(a, was) == corpus.Unchanged {
		return a, false, err
	}
	return a, true, t.noteMissing(ctx, c, was, a)
}

// noteMissing makes up for what a crash has kept from being noted.
func (t turn) noteMissing(ctx context.Context, c journal.Change, was *changed, made corpus.Article) error {
	if was == nil || was.Made != nil {
		return nil
	}
	return t.noteChange(ctx, c, was.Article, made)
}
