package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// openStore opens the store in dir for reading and writing; it is created when
// it is not there. What is past being restored is erased.
func (a *app) openStore(ctx context.Context, dir string) (*corpus.Store, error) {
	store, err := a.open(ctx, corpus.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	a.sweepUnserved(ctx, store)
	return store, nil
}

// openReadOnly opens the collection for reading: nothing is locked, written or
// created, and a folder that is not there is an empty collection. Only a folder
// of an older version is brought up to date first.
func (a *app) openReadOnly(ctx context.Context) (*corpus.Store, error) {
	c := corpus.Config{Dir: a.dataDir, ReadOnly: true}
	store, err := a.open(ctx, c)
	if !errors.Is(err, corpus.ErrOlder) {
		return store, err
	}
	store, err = a.openStore(ctx, a.dataDir)
	if err != nil {
		return nil, err
	}
	closeStore(store)
	return a.open(ctx, c)
}

func (a *app) open(ctx context.Context, c corpus.Config) (*corpus.Store, error) {
	c.Logger, c.Now = a.logger, a.Now
	const hint = "-data DIR before the command, or DATA_DIR, names another folder"
	if info, err := os.Stat(c.Dir); err == nil && !info.IsDir() {
		return nil, withHint(fmt.Errorf("%s is a file, not a folder", c.Dir), hint)
	}
	store, err := corpus.Open(ctx, c)
	var path *fs.PathError
	if errors.As(err, &path) && !errors.Is(err, syscall.ENOSPC) { // the folder is at fault, not what is in it
		return nil, withHint(err, hint)
	}
	return store, err
}

// closeStore closes a store whose every write is committed: an error can cost
// nothing by then.
func closeStore(s *corpus.Store) { _ = s.Close() }

func openEncoder(open func() (retrieval.Encoder, error)) (retrieval.Encoder, error) {
	e, err := open()
	if errors.As(err, new(hinted)) { // it knows the remedy
		return nil, err
	}
	if err != nil {
		return nil, withHint(fmt.Errorf("opening the encoder: %w", err), "install newsbot again")
	}
	return e, nil
}

func (a *app) indexer(store *corpus.Store, encoders retrieval.Encoders, dir string) *retrieval.Indexer {
	return &retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir, Logger: a.logger, Now: a.Now}
}

// describeArticle names an article on one line.
func describeArticle(a corpus.Article) string {
	outlet := a.Source
	if outlet == "" {
		outlet = "outlet unknown"
	}
	return fmt.Sprintf("%s %s (%s, %s)", a.ID, oneLine(a.Title), oneLine(outlet), dateOrUnknown(a.Published))
}

func dateOrUnknown(d corpus.Date) string {
	if d.IsZero() {
		return "date unknown"
	}
	return d.String()
}

// oneLine makes text of an article fit for a line of the program's own, which
// are in English.
func oneLine(s string) string { return bot.PrintableLine(s, text.English) }
