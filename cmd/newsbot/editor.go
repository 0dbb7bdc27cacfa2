package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
)

// encodeWait is how long a change waits until it can be found by its meaning,
// if a question would wait as long; an article of usual length takes a fraction
// of it.
const encodeWait = 3 * time.Second

// Stored implements [bot.Editor].
func (v *conversation) Stored(ctx context.Context, id string) (corpus.Article, error) {
	var a corpus.Article
	err := v.inOwn(func(own *corpus.Store) (err error) {
		a, err = own.Lookup(ctx, id)
		return err
	})
	return a, err
}

// Summaries implements [bot.Editor].
func (v *conversation) Summaries(ctx context.Context, o corpus.ListOptions) (list []corpus.Summary, n int, err error) {
	o.Embargoed = true
	err = v.inOwn(func(own *corpus.Store) (err error) {
		if n, err = own.Count(ctx, o); err != nil {
			return err
		}
		list, err = own.List(ctx, o)
		return err
	})
	return list, n, err
}

// Copies implements [bot.Editor].
func (v *conversation) Copies(ctx context.Context, id string) (list []corpus.Summary, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		list, err = own.Copies(ctx, id)
		return err
	})
	return list, err
}

// Versions implements [bot.Editor].
func (v *conversation) Versions(ctx context.Context, id string, limit int) (list []corpus.Version, n int, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		list, n, err = own.Versions(ctx, id, limit)
		return err
	})
	return list, n, err
}

// Version implements [bot.Editor].
func (v *conversation) Version(ctx context.Context, id string, n int) (one corpus.Version, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		one, err = own.Version(ctx, id, n)
		return err
	})
	return one, err
}

// Audit implements [bot.Editor].
func (v *conversation) Audit(ctx context.Context, o corpus.AuditOptions) (list []corpus.Entry, err error) {
	err = v.inOwn(func(own *corpus.Store) (err error) {
		list, err = own.Audit(ctx, o)
		return err
	})
	return list, err
}

// Add implements [bot.Editor]. A conversation about the samples leaves them.
func (v *conversation) Add(ctx context.Context, a corpus.Article, o corpus.AddOptions) (out corpus.Outcome, err error) {
	err = v.change(ctx, func(own *corpus.Store) (id string, err error) {
		if out, err = own.AddWith(ctx, a, o); err != nil || o.DryRun {
			return "", err
		}
		return out.Article.ID, nil
	})
	return out, err
}

// AddAll implements [bot.Editor].
func (v *conversation) AddAll(ctx context.Context, articles []corpus.Article, o corpus.AddOptions) (list []corpus.Outcome, err error) {
	err = v.change(ctx, func(own *corpus.Store) (string, error) {
		return "", own.AddAllWith(ctx, slices.Values(articles), o, func(o corpus.Outcome) error {
			list = append(list, o)
			return nil
		})
	})
	return list, err
}

// Edit implements [bot.Editor].
func (v *conversation) Edit(ctx context.Context, id string, change func(*corpus.Article) error) (corpus.Article, corpus.Status, error) {
	var stored corpus.Article
	var status corpus.Status
	err := v.change(ctx, func(own *corpus.Store) (_ string, err error) {
		stored, status, err = own.Edit(ctx, id, change)
		return stored.ID, err
	})
	return stored, status, err
}

// Remove implements [bot.Editor].
func (v *conversation) Remove(ctx context.Context, id string) error {
	return v.change(ctx, func(own *corpus.Store) (string, error) { return "", own.Remove(ctx, id) })
}

// RemoveAll implements [bot.Editor].
func (v *conversation) RemoveAll(ctx context.Context, ids []string) error {
	return v.change(ctx, func(own *corpus.Store) (string, error) { return "", own.RemoveAll(ctx, ids) })
}

// Restore implements [bot.Editor].
func (v *conversation) Restore(ctx context.Context, id string) error {
	return v.change(ctx, func(own *corpus.Store) (string, error) { return id, own.Restore(ctx, id) })
}

// Purge implements [bot.Editor]. What is erased stays so when the search for
// what the indexes have of it fails.
func (v *conversation) Purge(ctx context.Context, id string) (retrieval.Traces, error) {
	var gone corpus.Article
	err := v.change(ctx, func(own *corpus.Store) (_ string, err error) {
		if gone, err = toErase(ctx, own, id); err != nil {
			return "", err
		}
		return "", own.Purge(ctx, id)
	})
	if err != nil {
		return retrieval.Traces{}, err
	}
	return v.traces(ctx, gone)
}

// traces searches the indexes for an article that is gone.
func (v *conversation) traces(ctx context.Context, gone corpus.Article) (retrieval.Traces, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.asker.Traces(ctx, gone, corpus.Split(gone.Body))
}

// change makes a change to the collection, be it current or not, and lets
// answers know it. do returns the ID of an article that is to be encoded, "" for
// none. The error is do's: what it has committed stands, whatever happens to
// the rest.
func (v *conversation) change(ctx context.Context, do func(own *corpus.Store) (string, error)) error {
	v.changing.Add(1)
	defer v.changing.Add(-1)
	var id string
	err := v.inOwn(func(own *corpus.Store) (err error) {
		id, err = do(own)
		return err
	})
	if err != nil {
		return err
	}
	if err := v.know(ctx, id); err != nil && ctx.Err() == nil {
		v.logger.Warn("taking in a change", slog.Any("error", err))
	}
	return nil
}

// inOwn calls do with the collection's store.
func (v *conversation) inOwn(do func(own *corpus.Store) error) error {
	v.looking.Lock()
	if v.own != nil {
		defer v.looking.Unlock()
		return do(v.own)
	}
	v.looking.Unlock() // it is the current one, for good
	v.mu.RLock()
	defer v.mu.RUnlock()
	return do(v.current.store)
}

// know makes the conversation be about the collection, the engine know its
// words and, when that takes no longer than encodeWait, its meaning.
func (v *conversation) know(ctx context.Context, id string) error {
	if err := v.look(ctx); err != nil {
		return err
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	c := v.current
	if err := c.asker.Refresh(ctx); err != nil || id == "" {
		return err
	}
	if err := v.encode(ctx, c, id); err != nil {
		return err
	}
	return c.asker.Refresh(ctx)
}

// encode has an article encoded behind, and waits for it, but not for long, and not for an
// encoder that does not answer.
func (v *conversation) encode(ctx context.Context, c *collection, id string) error {
	c.work.hurry()
	enough := time.NewTimer(min(encodeWait, v.patience))
	defer enough.Stop()
	for {
		step := c.work.step()
		done, err := c.encoded(ctx, id)
		if err != nil || done || v.waitsInVain(c) {
			return err
		}
		select {
		case <-step:
		case <-enough.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// waitsInVain tells whether the encoder in use is one of somebody else that does not answer.
func (v *conversation) waitsInVain(c *collection) bool {
	_, reason := c.fault.now()
	return reason != "" && v.models.takes(*c.encoders.Load())
}

// encoded tells whether every text of an article has its strong vector, which is
// the last it gets. One that is hidden is not waited for.
func (c *collection) encoded(ctx context.Context, id string) (bool, error) {
	a, passages, err := c.store.Full(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	var hashes []corpus.Hash
	for _, t := range corpus.Texts(&a, passages) {
		hashes = append(hashes, t.Hash)
	}
	vectors, err := c.store.Vectors(ctx, c.encoders.Load().Strong.ID(), hashes)
	return len(vectors) == len(hashes), err
}
