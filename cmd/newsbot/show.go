package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"
	"unicode"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

func listCommand() command {
	return command{
		name:    "list",
		summary: "list the articles, newest first",
		example: `newsbot list`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("list takes no arguments, but there is %q", args[0])
				}
				return a.list(ctx)
			}
		},
	}
}

func (a *app) list(ctx context.Context) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	summaries, err := store.List(ctx, corpus.ListOptions{})
	if err != nil {
		return err
	}
	rows := make([][]string, len(summaries))
	for i, s := range summaries {
		rows[i] = []string{s.ID, dateColumn(s.Published), string(s.Language), oneLine(orDash(s.Source)), oneLine(s.Title)}
	}
	a.printTable(rows)
	return nil
}

// dateColumn is the day alone, so that the column stays narrow.
func dateColumn(d corpus.Date) string {
	if d.IsZero() {
		return "-"
	}
	return d.Time.Format(time.DateOnly)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// printTable prints rows with their columns below each other; the last one is
// as wide as it is.
func (a *app) printTable(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-columns(cell)+2))
			}
		}
		a.printf("%s\n", b.String())
	}
}

// columns is the width of a text on a terminal: marks and format characters
// take no room.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

func showCommand() command {
	return command{
		name:     "show",
		synopsis: "[-json] ID",
		summary:  "show an article with its whole text",
		example:  `newsbot show -json 5kx2m7qhd3tza6vw`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			asJSON := flags.Bool("json", false, "print the article as JSON")
			return func(ctx context.Context, args []string) error {
				if len(args) != 1 {
					return misuse("show takes the ID of one article, not %d", len(args))
				}
				return a.show(ctx, args[0], *asJSON)
			}
		},
	}
}

func (a *app) show(ctx context.Context, id string, asJSON bool) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	article, err := store.Article(ctx, strings.ToLower(id))
	if errors.Is(err, corpus.ErrNotFound) {
		return unknownArticle(id)
	}
	if err != nil {
		return err
	}
	if !asJSON {
		a.printf("%s", bot.ArticleText(article, text.English))
		return nil
	}
	passages, err := store.Passages(ctx, article.ID)
	if err != nil {
		return err
	}
	return a.printJSON(newArticleJSON(article, len(passages)))
}

func unknownArticle(id string) error {
	return withHint(fmt.Errorf("no article %q", id), "newsbot list shows them")
}

// An articleJSON is an article as show -json prints it.
type articleJSON struct {
	ID           string        `json:"id"`
	Title        string        `json:"title"`
	TitleDerived bool          `json:"title_derived"`
	Source       *string       `json:"source"` // null when unknown
	URL          *string       `json:"url"`    // null when there is none
	Published    corpus.Date   `json:"published_at"`
	Language     text.Language `json:"language"`
	Body         string        `json:"body"`
	Added        time.Time     `json:"added_at"`
	Words        int           `json:"words"`
	Passages     int           `json:"passages"`
}

func newArticleJSON(a corpus.Article, passages int) articleJSON {
	return articleJSON{
		ID: a.ID, Title: a.Title, TitleDerived: a.TitleDerived,
		Source: nullable(a.Source), URL: nullable(a.URL),
		Published: a.Published, Language: a.Language, Body: a.Body,
		Added: a.Added, Words: len(text.Words(a.Body)), Passages: passages,
	}
}
