package bot

import (
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
// asked. One that is sent as a reply to it is so for as long as it is remembered.
const promptPatience = 10 * time.Minute

// prompts are the questions of the kinds of prompts; it is read only.
var prompts = map[string]key{promptDate: keyAskDate, promptOutlet: keyAskOutlet, promptTitle: keyAskTitle}

func (t turn) askDate(ctx context.Context, id string) (Reply, error) {
	return t.ask(ctx, promptDate, id)
}

func (t turn) askOutlet(ctx context.Context, id string) (Reply, error) {
	return t.ask(ctx, promptOutlet, id)
}

func (t turn) askTitle(ctx context.Context, id string) (Reply, error) {
	return t.ask(ctx, promptTitle, id)
}

// ask asks for something about an article.
func (t turn) ask(ctx context.Context, kind, id string) (Reply, error) {
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
	d.add(
		line{spans: []span{{role: roleOutside, text: a.Title}}},
		line{spans: []span{{text: say(t.lang, keyLabelID)}, {role: roleCode, text: a.ID}}}, // tells what a reply is about
		sentence(say(t.lang, prompts[kind])),
	)
	return Reply{Messages: []Outgoing{{Document: d, Asks: true}}}, nil
}

// cancel forgets what was asked for.
func (t turn) cancel(ctx context.Context) (Reply, error) {
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
	change, ok := changeFor(p.Kind, t.Text)
	switch {
	case ok:
		r, err = t.change(ctx, p, change)
		return r, true, err
	case p.Kind == promptDate:
		return t.says(keyBadDate), true, nil
	}
	return t.says(keyTextOnly), true, nil
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
	for kind, k := range prompts {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			if strings.HasSuffix(shown, plainWords(say(lang, k))) {
				return journal.Prompt{Chat: t.Chat, Kind: kind, Article: ids[len(ids)-1]}, true
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
	date := strings.ContainsFunc(t.Text, unicode.IsDigit)
	return p, p.Kind != promptDate || date, nil
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

// changeFor returns what a reply changes, or not ok when it cannot be understood.
func changeFor(kind, reply string) (change func(*corpus.Article) error, ok bool) {
	value := strings.Join(strings.Fields(text.Valid(reply)), " ")
	if len(text.Words(value)) == 0 {
		return nil, false
	}
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
		return t.says(keySourceGone), t.Journal.TakePrompt(ctx, p, t.ID)
	}
	c, err := t.keepChange(ctx, p.Article, before)
	if err != nil {
		return Reply{}, err
	}
	a, _, err := t.Editor.Edit(ctx, p.Article, change)
	if errors.Is(err, fs.ErrNotExist) {
		return t.says(keySourceGone), t.Journal.TakePrompt(ctx, p, t.ID)
	}
	if err != nil {
		return Reply{}, err
	}
	return t.card(keyEdited, a, c.Key), t.Journal.TakePrompt(ctx, p, t.ID)
}
