package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// emptyValue empties a field.
const emptyValue = "-"

// editable are the fields that edit sets: where their values go, and how they are
// emptied.
var editable = []struct {
	name  string
	value func(*source.Meta) *string
	empty func(*corpus.Article)
}{
	{"title", func(m *source.Meta) *string { return &m.Title }, func(a *corpus.Article) { a.Title, a.TitleDerived = "", true }},
	{"source", func(m *source.Meta) *string { return &m.Source }, func(a *corpus.Article) { a.Source = "" }},
	{"published", func(m *source.Meta) *string { return &m.Published }, func(a *corpus.Article) { a.Published = corpus.Date{} }},
	{"url", func(m *source.Meta) *string { return &m.URL }, func(a *corpus.Article) { a.URL = "" }},
	{"author", func(m *source.Meta) *string { return &m.Author }, func(a *corpus.Article) { a.Author = "" }},
	{"embargo", func(m *source.Meta) *string { return &m.Embargo }, func(a *corpus.Article) { a.Embargo = time.Time{} }},
	{"lang", func(m *source.Meta) *string { return &m.Lang }, func(a *corpus.Article) { a.Language = "" }},
}

// alsoCalled are what the chat calls some of them.
var alsoCalled = map[string]string{"outlet": "source", "date": "published", "address": "url", "language": "lang"}

func editCommand() command {
	return command{
		name:     "edit",
		synopsis: "ID FIELD VALUE",
		summary:  "set a field of an article by hand: no feed or import changes it again",
		details: `FIELD is title, source, published, url, author, embargo or lang; the VALUE - empties
it. Dates are as in 2025-08-15 or 2025-08-15T14:30:00Z. Until its embargo ends, which
for a day is as it begins in UTC, no answer quotes an article. /undo in a chat takes
back what was done in chats alone; newsbot show -versions tells what was there.`,
		example: `newsbot edit 5kx2m7qhd3tza6vw source Reuters`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) < 3 {
					return misuse("edit takes an ID, a field and its value")
				}
				change, err := a.editOf(args[1], strings.Join(args[2:], " "))
				if err != nil {
					return err
				}
				return a.edit(ctx, args[0], change)
			}
		},
	}
}

// edit makes a change to an article and says what has become of it.
func (a *app) edit(ctx context.Context, id string, change func(*corpus.Article) error) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	known, err := articleID(ctx, store, id)
	if err != nil {
		return err
	}
	article, status, err := store.Edit(ctx, known, change)
	if errors.Is(err, corpus.ErrNotFound) {
		return notThere(ctx, store, id)
	}
	if err != nil {
		return err
	}
	a.printf("%s %s\n", status, describeArticle(article))
	return nil
}

// editOf returns the change that gives a field a value.
func (a *app) editOf(field, value string) (func(*corpus.Article) error, error) {
	field = strings.ToLower(field)
	for _, f := range editable {
		switch {
		case f.name != cmp.Or(alsoCalled[field], field):
			continue
		case value == emptyValue:
			return a.checked(f.name, func(article *corpus.Article) { f.empty(article) }), nil
		case len(text.Words(value)) == 0:
			return nil, misuse("%s: %q holds no word; %s empties the field", f.name, value, emptyValue)
		}
		var m source.Meta
		*f.value(&m) = value
		given, err := source.Apply(corpus.Article{}, m)
		if err != nil {
			return nil, misuse("%s", strings.TrimPrefix(err.Error(), "-")) // it is no flag here
		}
		if !given.Embargo.IsZero() && !given.Embargo.After(a.Now()) {
			return nil, misuse("embargo: %s has passed; %s lifts it", minute(given.Embargo), emptyValue)
		}
		return a.checked(f.name, func(article *corpus.Article) { *article, _ = source.Apply(*article, m) }), nil
	}
	return nil, misuse("edit knows no field %q", field)
}

// checked makes a change that leaves no date which cannot be.
func (a *app) checked(field string, set func(*corpus.Article)) func(*corpus.Article) error {
	return func(article *corpus.Article) error {
		set(article)
		if field != "published" && field != "embargo" {
			return nil
		}
		if d := source.CheckDate(article, a.Now()); !d.IsZero() {
			return fmt.Errorf("the publication date would be %s, which cannot be; set another one first, or an embargo that lasts as long", d)
		}
		return nil
	}
}
