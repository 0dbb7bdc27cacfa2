package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

func showCommand() command {
	return command{
		name:     "show",
		synopsis: "[-json] [-versions] ID",
		summary:  "show an article with its whole text, and what is known of it",
		example:  `newsbot show -json 5kx2m7qhd3tza6vw`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			asJSON := flags.Bool("json", false, "print the article as JSON")
			versions := flags.Bool("versions", false, "show what the article was before it was changed, too")
			return func(ctx context.Context, args []string) error {
				if len(args) != 1 {
					return misuse("show takes the ID of one article, not %d", len(args))
				}
				return a.show(ctx, args[0], *asJSON, *versions)
			}
		},
	}
}

// A dossier is what the store knows of one article.
type dossier struct {
	article  corpus.Article
	passages int
	versions []corpus.Version
	copies   []corpus.Summary
}

func (a *app) show(ctx context.Context, id string, asJSON, versions bool) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	known, err := articleID(ctx, store, id)
	if err != nil {
		return err
	}
	d, err := readDossier(ctx, store, known, versions)
	if errors.Is(err, corpus.ErrNotFound) {
		return unknownArticle(id)
	}
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(newDossierJSON(d, versions))
	}
	a.printf("%s", bot.ArticleText(d.article, text.English))
	if rows := a.details(d); len(rows) > 0 {
		a.printf("\n")
		a.printTable(rows)
	}
	if versions {
		a.printVersions(d.versions)
	}
	return nil
}

// readDossier reads an article that is not removed; one under an embargo is shown
// to whoever has the folder. texts wants those of its versions, too.
func readDossier(ctx context.Context, store *corpus.Store, id string, texts bool) (d dossier, err error) {
	if d.article, err = store.Lookup(ctx, id); err != nil {
		return d, err
	}
	if !d.article.Removed.IsZero() {
		return d, withHint(fmt.Errorf("article %s was removed at %s", id, minute(d.article.Removed)), "newsbot undo %s brings it back", id)
	}
	d.passages = len(corpus.Split(d.article.Body))
	if d.versions, _, err = store.Versions(ctx, id, 0); err != nil {
		return d, err
	}
	for i, v := range d.versions {
		if !texts {
			break
		}
		if d.versions[i], err = store.Version(ctx, id, v.N); err != nil {
			return d, err
		}
	}
	d.copies, err = store.Copies(ctx, id)
	return d, err
}

func unknownArticle(id string) error {
	return withHint(fmt.Errorf("no article %q", id), "newsbot list shows them")
}

// details are what an article has beside its text, as lines of a table.
func (a *app) details(d dossier) (rows [][]string) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, []string{name, oneLine(value)})
		}
	}
	add("author", d.article.Author)
	add("modified", d.article.Modified.String())
	add("corrected", d.article.Corrected.String())
	if d.article.Embargo.After(a.Now()) {
		add("embargo", "until "+minute(d.article.Embargo))
	}
	add("set by hand", d.article.Edited.String())
	if n := len(d.versions); n > 0 {
		add("versions", fmt.Sprintf("%d earlier; -versions shows them", n))
	}
	for _, c := range d.copies {
		add("copy", describeArticle(corpus.Article{ID: c.ID, Title: c.Title, Source: c.Source, Published: c.Published}))
	}
	return rows
}

func (a *app) printVersions(versions []corpus.Version) {
	for _, v := range versions {
		a.printf("\n--- version %d, until %s changed it at %s ---\n\n", v.N, oneLine(v.Actor), minute(v.Until))
		a.printf("%s", bot.ArticleText(v.Article, text.English))
	}
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
	Author       *string       `json:"author"` // null when unknown
	Modified     corpus.Date   `json:"modified_at"`
	Corrected    corpus.Date   `json:"corrected_at"` // null for never
	Embargo      *time.Time    `json:"embargo_until"`
}

// A dossierJSON is what show -json prints.
type dossierJSON struct {
	articleJSON
	Versions int           `json:"versions"` // earlier ones
	Copies   []string      `json:"copies"`   // IDs
	Earlier  []versionJSON `json:"earlier,omitempty"`
}

type versionJSON struct {
	Until time.Time   `json:"until"`
	Actor string      `json:"actor"`
	Was   articleJSON `json:"was"`
}

func newDossierJSON(d dossier, versions bool) dossierJSON {
	out := dossierJSON{articleJSON: newArticleJSON(d.article, d.passages), Versions: len(d.versions), Copies: []string{}}
	for _, c := range d.copies {
		out.Copies = append(out.Copies, c.ID)
	}
	if !versions {
		return out
	}
	for _, v := range d.versions {
		was := newArticleJSON(v.Article, len(corpus.Split(v.Article.Body)))
		out.Earlier = append(out.Earlier, versionJSON{v.Until, v.Actor, was})
	}
	return out
}

func newArticleJSON(a corpus.Article, passages int) articleJSON {
	out := articleJSON{
		ID: a.ID, Title: a.Title, TitleDerived: a.TitleDerived,
		Source: nullable(a.Source), URL: nullable(a.URL),
		Published: a.Published, Language: a.Language, Body: a.Body,
		Added: a.Added, Words: len(text.Words(a.Body)), Passages: passages,
		Author: nullable(a.Author), Modified: a.Modified, Corrected: a.Corrected,
	}
	if !a.Embargo.IsZero() {
		out.Embargo = &a.Embargo
	}
	return out
}
