package answers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// An Article has the name that questions know it by: that of its file, without ".md".
type Article struct {
	Name string
	corpus.Article
}

// A collection is an engine over articles, in a folder of its own.
type collection struct {
	dir    string
	store  *corpus.Store
	engine *retrieval.Engine
	names  map[string]string // of articles, by ID
}

// calendar is the same on every machine.
var calendar = dates.Calendar{Location: time.UTC, WeekStart: time.Monday}

// open imports articles into a temporary folder. Close the collection after use.
func open(ctx context.Context, o *Options, name string) (*collection, error) {
	dir, err := os.MkdirTemp("", "newsbot-eval")
	if err != nil {
		return nil, err
	}
	c := &collection{dir: dir, names: map[string]string{}}
	if c.store, err = corpus.Open(ctx, corpus.Config{Dir: dir, Logger: o.Logger, Now: o.Now}); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := c.fill(ctx, o, name); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (c *collection) fill(ctx context.Context, o *Options, name string) error {
	if err := c.add(ctx, o.Collections[name]); err != nil {
		return err
	}
	indexer := &retrieval.Indexer{Store: c.store, Encoders: o.Encoders, Dir: c.dir, Logger: o.Logger, Now: o.Now}
	report := func(p retrieval.Progress) { o.Progress(Progress{Collection: name, Encoding: p}) }
	if err := indexer.Run(ctx, report); err != nil {
		return err
	}
	var err error
	c.engine, err = retrieval.Open(ctx, retrieval.Config{
		Store: c.store, Encoders: o.Encoders, Caution: o.Caution, Logger: o.Logger, Now: o.Now, Calendar: &calendar,
	})
	return err
}

// add stores the articles, and learns their IDs.
func (c *collection) add(ctx context.Context, all []Article) error {
	bare := make([]corpus.Article, len(all))
	for i := range all {
		bare[i] = all[i].Article
	}
	return c.store.AddAll(ctx, slices.Values(bare), func(o corpus.Outcome) error {
		if o.Err != nil {
			return fmt.Errorf("article %s: %w", all[o.N].Name, o.Err)
		}
		c.names[o.Article.ID] = all[o.N].Name
		return nil
	})
}

// Close deletes the collection.
func (c *collection) Close() error { return errors.Join(c.store.Close(), os.RemoveAll(c.dir)) }
