package retrieval

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsbot/corpus"
)

// followEvery is how often [Engine.Follow] looks for changes: other processes'
// articles are to be found within two seconds.
const followEvery = time.Second

// Follow takes in what other processes change in the store, until ctx ends;
// then it returns ctx's error. Errors of the store are logged and tried again.
func (e *Engine) Follow(ctx context.Context) error {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		if err := e.Refresh(ctx); err != nil && ctx.Err() == nil {
			e.logger.Error("following the store", slog.Any("error", err))
		}
	}
}

// Refresh takes in what has changed in the store since it was last read,
// articles and vectors, by this process or another. It is cheap when nothing
// has.
func (e *Engine) Refresh(ctx context.Context) error {
	select {
	case e.refresh <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.refresh }()
	version, err := e.store.DataVersion(ctx)
	if err != nil {
		return err
	}
	if version == e.version {
		return nil
	}
	if err := e.refreshArticles(ctx); err != nil {
		return err
	}
	if err := e.refreshVectors(ctx); err != nil {
		return err
	}
	e.version = version
	return nil
}

func (e *Engine) refreshArticles(ctx context.Context) error {
	changes, err := e.store.Changes(ctx, e.seq)
	if errors.Is(err, corpus.ErrTooOld) {
		return e.reload(ctx)
	}
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := e.apply(ctx, c); err != nil {
			return fmt.Errorf("taking in article %s: %w", c.ArticleID, err)
		}
		e.seq = max(e.seq, c.Seq)
	}
	return nil
}

// apply puts one article as it is now in place of what was indexed of it.
func (e *Engine) apply(ctx context.Context, c corpus.Change) error {
	var a corpus.Article
	var ps []corpus.Passage
	if !c.Removed {
		var err error
		if a, ps, err = e.store.Full(ctx, c.ArticleID); errors.Is(err, corpus.ErrNotFound) {
			c.Removed = true // gone since; a later change says so too
		} else if err != nil {
			return err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.remove(ctx, c.ArticleID); err != nil {
		return err
	}
	if !c.Removed {
		e.add(a, ps)
	}
	return nil
}

// reload starts anew, when the store no longer remembers all that changed.
func (e *Engine) reload(ctx context.Context) error {
	fresh, err := Open(ctx, Config{Store: e.store, Encoder: e.encoder, Lexicon: e.lexicon, Logger: e.logger})
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.articles, e.passages, e.byID, e.words = fresh.articles, fresh.passages, fresh.byID, fresh.words
	e.vectors, e.lacking, e.means, e.seq = fresh.vectors, fresh.lacking, fresh.means, fresh.seq
	e.free, e.pending = fresh.free, fresh.pending
	return nil
}

// refreshVectors asks the store for the vectors that passages still lack.
func (e *Engine) refreshVectors(ctx context.Context) error {
	e.mu.RLock()
	hashes := make([]corpus.Hash, 0, len(e.lacking))
	for h := range e.lacking {
		hashes = append(hashes, h)
	}
	e.mu.RUnlock()
	found, err := e.store.Vectors(ctx, e.encoder.ID(), hashes)
	if err != nil {
		return fmt.Errorf("reading new vectors: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, v := range found {
		if err := e.attach(ctx, v); err != nil {
			return err
		}
	}
	return nil
}
