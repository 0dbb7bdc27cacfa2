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
// articles, vectors and what was measured of encoders, by this process or another, and what no longer is, or by
// a clock set back is again, under an embargo. It is cheap when nothing has.
func (e *Engine) Refresh(ctx context.Context) error {
	if err := e.lockRefresh(ctx); err != nil {
		return err
	}
	defer e.unlockRefresh()
	version, err := e.store.DataVersion(ctx)
	if err != nil {
		return err
	}
	now := e.wall()
	if version == e.version && !e.turns(now) {
		return nil
	}
	turned, err := e.turned(ctx, now)
	if err != nil {
		return err
	}
	if err := e.takeIn(ctx, turned); err != nil {
		return err
	}
	return e.lookedAt(ctx, version, now)
}

// wall is the time as a clock on the wall shows it, which may be set back.
func (e *Engine) wall() time.Time { return e.now().Round(0) }

// lookedAt notes which version of the data has been taken in, and when.
func (e *Engine) lookedAt(ctx context.Context, version int64, now time.Time) error {
	release, err := e.store.NextRelease(ctx, now)
	if err != nil {
		return err
	}
	e.version, e.looked, e.release = version, now, release
	return nil
}

// turns tells whether an embargo may end between the last look and now, or between
// now and the last look by a clock that was set back.
func (e *Engine) turns(now time.Time) bool {
	return now.Before(e.looked) || !e.release.IsZero() && !now.Before(e.release)
}

// turned returns the articles whose embargo ends between the last look and now.
func (e *Engine) turned(ctx context.Context, now time.Time) ([]corpus.Change, error) {
	from, to := e.looked, now
	if to.Before(from) {
		from, to = to, from
	}
	ids, err := e.store.Released(ctx, from, to)
	if err != nil {
		return nil, err
	}
	turned := make([]corpus.Change, len(ids))
	for i, id := range ids {
		turned[i].ArticleID = id
	}
	return turned, nil
}

// lockRefresh makes the caller the only one who changes the engine; its error is
// ctx's.
func (e *Engine) lockRefresh(ctx context.Context) error {
	select {
	case e.refresh <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *Engine) unlockRefresh() { <-e.refresh }

// takeIn goes through what has happened since, in order, and then through the
// articles that have turned, which the store has no change of.
func (e *Engine) takeIn(ctx context.Context, turned []corpus.Change) error {
	changes, err := e.store.Changes(ctx, e.seq)
	if errors.Is(err, corpus.ErrTooOld) {
		return e.reload(ctx)
	}
	if err != nil {
		return err
	}
	changes = append(changes, turned...)
	if err := e.refreshFamilies(ctx, changes); err != nil {
		return err
	}
	if err := e.replaceAll(ctx, changes); err != nil {
		return err
	}
	for s := range e.spaces {
		if err := e.fetchVectors(ctx, s, changes); err != nil {
			return err
		}
	}
	e.recountCopies()
	if err := e.refreshKnown(ctx); err != nil {
		return err
	}
	if len(changes) > 0 {
		if err := e.refreshVocabulary(ctx); err != nil {
			return err
		}
	}
	for _, c := range changes { // only now: an error makes the next look begin here again
		e.seq = max(e.seq, c.Seq)
	}
	e.moveOn()
	return nil
}

// replaceAll takes in the articles that have come, changed or gone.
func (e *Engine) replaceAll(ctx context.Context, changes []corpus.Change) error {
	for _, c := range changes {
		if c.Encoder != "" {
			continue
		}
		if err := e.replace(ctx, c); err != nil {
			return fmt.Errorf("taking in article %s: %w", c.ArticleID, err)
		}
	}
	return nil
}

// replace puts one article as it is now in place of what was indexed of it.
func (e *Engine) replace(ctx context.Context, c corpus.Change) error {
	var a corpus.Article
	var ps []corpus.Passage
	if !c.Removed {
		var err error
		if a, ps, err = e.store.Full(ctx, c.ArticleID); errors.Is(err, corpus.ErrNotFound) {
			c.Removed = true // hidden, or gone since, as a later change says too
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

// fetchVectors reads the vectors that passages of changed and of newly encoded
// articles lack. Only Refresh changes what it reads of the engine.
func (e *Engine) fetchVectors(ctx context.Context, s *space, changes []corpus.Change) error {
	var hashes []corpus.Hash
	for _, c := range changes {
		if entry := e.articles[c.ArticleID]; entry != nil && (c.Encoder == "" || c.Encoder == s.encoder.ID()) {
			hashes = append(hashes, s.lacks(entry)...)
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	found, err := e.store.Vectors(ctx, s.encoder.ID(), hashes)
	if err != nil {
		return fmt.Errorf("reading new vectors: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, v := range found {
		if err := s.attach(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// moveOn lets the strong encoder's vectors serve as soon as they are complete.
func (e *Engine) moveOn() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.coming != nil && len(e.coming.missing) == 0 {
		e.serving, e.coming = e.coming, nil
	}
}

// reload starts anew, when the store no longer remembers all that changed.
func (e *Engine) reload(ctx context.Context) error {
	fresh, err := Open(ctx, Config{
		Store: e.store, Encoders: e.encoders, Lexicon: e.lexicon.Load(), Logger: e.logger, Now: e.now,
		Caution: e.caution, Calendar: &e.calendar, StaleAfter: e.stale,
	})
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.articles, e.passages, e.moments, e.free, e.byID = fresh.articles, fresh.passages, fresh.moments, fresh.free, fresh.byID
	e.words, e.serving, e.coming, e.quick, e.vocabulary = fresh.words, fresh.serving, fresh.coming, fresh.quick, fresh.vocabulary
	e.families, e.outlets, e.seq = fresh.families, fresh.outlets, fresh.seq
	return nil
}
