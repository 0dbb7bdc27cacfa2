package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"syscall"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// An importOrder is what an import is asked to do.
type importOrder struct {
	meta source.Meta
	args []string
	// verbose prints a line for every article, removed takes in those that were
	// removed or purged before, dry stores nothing, and wait goes on encoding.
	verbose, removed, dry, wait bool
}

func importCommand() command {
	return command{
		name:     "import",
		synopsis: "[-title T] [-source OUTLET] [-url URL] [-published DATE] [-lang ar|en|other] [-removed] [-dry-run] [-v] [-wait=false] FILE|FOLDER|ADDRESS|-...",
		summary:  "add articles from files, folders, web pages or lines of JSON on standard input (-)",
		details: `Files are text (.txt), Markdown (.md), web pages (.html), Word documents (.docx), PDF
(.pdf), tables (.csv), lines of JSON (.jsonl) or archives of these (.zip); their content
decides. Front matter, the columns of a table and the keys of a line have the same names:
title, text, source, url, published, lang, author, modified, embargo and id, or as an
editor calls them (outlet, link, date, العنوان, المصدر); only the text is required.
-title, -source, -url and -published describe one article, and are refused with several
files, a folder, a table, lines or an archive: what is true of one is hardly ever true of
all. -lang may go with any number, since whole archives are in one language.
A folder is read with all that is below it, but for what is linked from it. What cannot be
added is reported, and the rest goes in. Interrupted, the same command goes on where it was.`,
		example: `newsbot import -source Reuters -published 2025-08-15 summit.txt`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			var o importOrder
			flags.StringVar(&o.meta.Title, "title", "", "`title` (default that in the file, else the first sentence)")
			flags.StringVar(&o.meta.Source, "source", "", "`outlet` (default that in the file or its dateline)")
			flags.StringVar(&o.meta.URL, "url", "", "`address` of the article")
			flags.StringVar(&o.meta.Published, "published", "", "`date`, 2025-08-15 or 2025-08-15T14:30:00Z (default that in the file or its dateline)")
			flags.StringVar(&o.meta.Lang, "lang", "", "`language` of the text: ar, en or other (default is to detect it)")
			flags.BoolVar(&o.removed, "removed", false, "add what was removed or purged before, too; without it that stays away")
			flags.BoolVar(&o.dry, "dry-run", false, "say what would become of the articles, and store nothing")
			flags.BoolVar(&o.verbose, "v", false, "print a line for every article, not only for files and addresses that are named")
			flags.BoolVar(&o.wait, "wait", true, "go on encoding until every article is fully indexed")
			return func(ctx context.Context, args []string) error {
				o.args = args
				if err := o.check(a.Now()); err != nil {
					return err
				}
				return a.runImport(ctx, o)
			}
		},
	}
}

// check refuses wrong flags before anything is touched.
func (o *importOrder) check(now time.Time) error {
	if len(o.args) == 0 {
		return misuse("no file to import")
	}
	if err := o.checkMany(); err != nil {
		return err
	}
	if repeated(o.args, standardInput) {
		return misuse("- is the standard input, which can be read only once")
	}
	article, err := source.Apply(corpus.Article{}, o.meta)
	if err != nil {
		return misuse("%v", err)
	}
	if d := source.CheckDate(&article, now); !d.IsZero() {
		return misuse("-published: %s cannot be; a date to come stands in the file, with an embargo until then", d)
	}
	return nil
}

// repeated tells whether a value stands in a list more than once.
func repeated(list []string, value string) bool {
	n := 0
	for _, s := range list {
		if s == value {
			n++
		}
	}
	return n > 1
}

// runImport adds what the order names, reports what cannot be added, and
// encodes.
func (a *app) runImport(ctx context.Context, o importOrder) error {
	in, err := a.newInputs(o)
	if err != nil {
		return a.reportSettings(err)
	}
	defer in.close()
	store, err := a.openForImport(ctx, o)
	if err != nil {
		return err
	}
	defer closeStore(store)
	i := &importer{app: a, order: o, in: in, pace: a.newPace()}
	if err := i.add(ctx, store); err != nil {
		return err
	}
	i.sum()
	if i.in.failed.n > 0 && i.taken() == 0 {
		return errReported
	}
	if !o.dry {
		if err := i.index(ctx, store); err != nil {
			return err
		}
	}
	if i.in.failed.n > 0 {
		return errReported
	}
	return nil
}

// openForImport opens the collection; a dry run creates and writes nothing.
func (a *app) openForImport(ctx context.Context, o importOrder) (*corpus.Store, error) {
	if o.dry {
		return a.openReadOnly(ctx)
	}
	return a.openStore(ctx, a.dataDir)
}

// index says how many articles words find now, and encodes.
func (i *importer) index(ctx context.Context, store *corpus.Store) error {
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	i.printf("searchable: %s\n", articles(stats.Articles))
	if !i.order.wait {
		return nil
	}
	return i.encodeAll(ctx, store)
}

// encodeAll encodes until nothing is left. Being interrupted is no failure:
// whatever is not encoded by then is so later.
func (a *app) encodeAll(ctx context.Context, store *corpus.Store) error {
	m, err := a.models()
	if err != nil {
		return err
	}
	defer m.close()
	encoders, err := a.settled(ctx, m, store)
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
		return encodingHint(err)
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

// A cutError is an error told in other words.
type cutError struct {
	message string
	cause   error
}

func (c cutError) Error() string { return c.message }

func (c cutError) Unwrap() error { return c.cause }

// importCut says how much of an import that ended too early is done; n is how
// many articles were looked after.
func importCut(ctx context.Context, err error, n int) error {
	done := fmt.Sprintf("%s done and kept; the same command goes on from there", articles(n))
	switch {
	case err == nil && ctx.Err() == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("interrupted: %s", done)
	case errors.Is(err, corpus.ErrFull):
		return withRoomHint(cutError{"no room left on the disk: " + done, err})
	}
	return cutError{fmt.Sprintf("%v: %s", err, done), err}
}
