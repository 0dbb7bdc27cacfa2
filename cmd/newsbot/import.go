package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"syscall"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

func importCommand() command {
	return command{
		name:     "import",
		synopsis: "[-title T] [-source OUTLET] [-url URL] [-published DATE] [-lang ar|en|other] [-wait=false] FILE...",
		summary:  "add articles from text and Markdown files",
		example:  `newsbot import -source Reuters -published 2025-08-15 summit.txt`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			var meta source.Meta
			flags.StringVar(&meta.Title, "title", "", "`title` (default that in the file, else the first sentence)")
			flags.StringVar(&meta.Source, "source", "", "`outlet` (default that in the file or its dateline)")
			flags.StringVar(&meta.URL, "url", "", "`address` of the article")
			flags.StringVar(&meta.Published, "published", "", "`date`, 2025-08-15 or 2025-08-15T14:30:00Z (default that in the file or its dateline)")
			flags.StringVar(&meta.Lang, "lang", "", "`language` of the text: ar, en or other (default is to detect it)")
			wait := flags.Bool("wait", true, "go on encoding until every article is fully indexed")
			return func(ctx context.Context, files []string) error {
				if err := checkImport(meta, files); err != nil {
					return err
				}
				return a.importFiles(ctx, files, meta, *wait)
			}
		},
	}
}

// checkImport refuses wrong flags before any file is touched.
func checkImport(meta source.Meta, files []string) error {
	if len(files) == 0 {
		return misuse("no file to import")
	}
	if len(files) > 1 && (meta.Title != "" || meta.URL != "") {
		return misuse("-title and -url describe one article, but there are %d files", len(files))
	}
	if _, err := source.Apply(corpus.Article{}, meta); err != nil {
		return misuse("%v", err)
	}
	return nil
}

// importFiles adds the files, reports those that cannot be added and goes on
// with the others; then it encodes.
func (a *app) importFiles(ctx context.Context, files []string, meta source.Meta, wait bool) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	i := &importer{app: a, meta: meta, articles: map[string]bool{}}
	if err := i.add(ctx, store, files); err != nil {
		return err
	}
	if i.stored == 0 {
		return errReported
	}
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	a.printf("searchable: %s\n", ofCollection(len(i.articles), stats.Articles))
	if wait {
		if err := a.encodeAll(ctx, store); err != nil {
			return err
		}
	}
	if i.failed {
		return errReported
	}
	return nil
}

// ofCollection counts the articles of an import, and those of the collection
// when they are not the same.
func ofCollection(n, all int) string {
	if n == all {
		return articles(n)
	}
	return fmt.Sprintf("%s (%d in the collection)", articles(n), all)
}

// An importer adds files and keeps account of them.
type importer struct {
	*app
	meta     source.Meta
	names    []string        // of the files read, in order
	stored   int             // files
	articles map[string]bool // by ID: several files may hold the same one
	failed   bool
}

// add adds the files. Those that cannot be added are reported; an error means
// that going on is useless.
func (i *importer) add(ctx context.Context, store *corpus.Store, files []string) error {
	err := store.AddAll(ctx, i.read(ctx, files), i.account)
	return i.cut(ctx, err, len(files))
}

// cut says how much of an import that ended too early is done; files is how
// many there are.
func (i *importer) cut(ctx context.Context, err error, files int) error {
	done := fmt.Sprintf("%d of %d files are stored, the others are not", i.stored, files)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("interrupted: %s", done)
	case errors.Is(err, corpus.ErrFull):
		return withRoomHint(cutError{"no room left on the disk: " + done, err})
	case err != nil:
		return cutError{fmt.Sprintf("%v: %s", err, done), err}
	}
	return nil
}

// A cutError is an error told in other words.
type cutError struct {
	message string
	cause   error
}

func (c cutError) Error() string { return c.message }

func (c cutError) Unwrap() error { return c.cause }

// read yields the articles of those files that can be read, until ctx ends.
func (i *importer) read(ctx context.Context, files []string) iter.Seq[corpus.Article] {
	return func(yield func(corpus.Article) bool) {
		for _, file := range files {
			if ctx.Err() != nil {
				return
			}
			article, err := readArticle(file, i.meta)
			if err != nil {
				i.refuse(err)
				continue
			}
			i.names = append(i.names, file)
			if !yield(article) {
				return
			}
		}
	}
}

func readArticle(file string, meta source.Meta) (corpus.Article, error) {
	name, data, err := source.ReadFile(file)
	if err != nil {
		return corpus.Article{}, err
	}
	article, err := source.Parse(name, data)
	if err != nil {
		return corpus.Article{}, err
	}
	return source.Apply(article, meta)
}

// account says what became of an article that was read.
func (i *importer) account(o corpus.Outcome) error {
	if o.Err != nil {
		i.refuse(fmt.Errorf("%s: %w", i.names[o.N], o.Err))
		return nil
	}
	i.stored++
	i.articles[o.Article.ID] = true
	i.printf("%s %s\n", o.Status, describeArticle(o.Article))
	return nil
}

func (i *importer) refuse(err error) {
	report(i.Stderr, err)
	i.failed = true
}

// encodeAll encodes until nothing is left. Being interrupted is no failure:
// whatever is not encoded by then is so later.
func (a *app) encodeAll(ctx context.Context, store *corpus.Store) error {
	encoders, err := a.encoders()
	if err != nil {
		return err
	}
	p := a.newProgress()
	err = a.indexer(store, encoders, a.dataDir).Run(ctx, p.show)
	p.end()
	if errors.Is(err, corpus.ErrFull) || errors.Is(err, syscall.ENOSPC) {
		return withRoomHint(cutError{"no room left on the disk: the articles are stored, but not all are encoded; the next newsbot goes on", err})
	}
	if err != nil && ctx.Err() == nil {
		return err
	}
	left, _, countErr := store.Backlog(context.WithoutCancel(ctx), encoders.Names()...)
	if countErr != nil {
		return countErr
	}
	if left == 0 {
		a.printf("fully indexed\n")
		return nil
	}
	a.printf("interrupted: nothing is lost, %s still to be encoded; the next newsbot goes on\n", articles(left))
	return nil
}
