package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/corpus"
)

// sweepEvery is how often a process that serves looks for removed articles that
// are past being restored.
const sweepEvery = time.Minute

// sweeper is who the audit says has erased them.
const sweeper = "newsbot"

// An eraser erases what is kept of an article beside the collection, and returns
// the answers that quoted it.
type eraser func(ctx context.Context, id string) ([]journal.Erased, error)

// An erasedArticle is one that was erased, as it was, and the answers that quoted it.
type erasedArticle struct {
	article corpus.Article
	answers []journal.Erased
}

// sweep erases the articles that are past being restored. What is kept beside them
// goes first: an article that is still there is found again, should the program be
// killed between the two. It returns those that it has erased, after an error too.
func (a *app) sweep(ctx context.Context, store *corpus.Store, erase eraser) (all []erasedArticle, err error) {
	ctx = corpus.WithActor(ctx, sweeper)
	a.removeWorkDirs()
	until := a.Now().Add(-corpus.RestoreTime)
	ids, err := store.Due(ctx, until)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		article, err := toErase(ctx, store, id)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // erased by another process
		}
		if err != nil {
			return all, err
		}
		answers, err := erase(ctx, id)
		if err != nil {
			return all, err
		}
		err = store.PurgeDue(ctx, id, until)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // brought back, or erased by another process
		}
		if err != nil {
			return all, err
		}
		more, err := erase(ctx, id) // what was kept between the two
		answers = append(answers, more...)
		if err != nil {
			return append(all, erasedArticle{article, answers}), err
		}
		a.logger.Debug("erased what was removed", slog.String("article", id), slog.Int("answers", len(answers)))
		all = append(all, erasedArticle{article, answers})
	}
	store.Tidy(ctx) // what a process that has ended could not
	return all, nil
}

// toErase returns an article that is to be erased, as it is. Of a damaged one only
// the ID is known.
func toErase(ctx context.Context, store *corpus.Store, id string) (corpus.Article, error) {
	article, err := store.Lookup(ctx, id)
	if errors.Is(err, corpus.ErrDamaged) {
		return corpus.Article{ID: id}, nil
	}
	return article, err
}

// sweepUnserved sweeps the data folder unless a process serves it, which does so
// itself. An error is no reason not to go on: the next process tries again.
func (a *app) sweepUnserved(ctx context.Context, store *corpus.Store) {
	if servingProcess(a.dataDir) != 0 {
		return
	}
	if _, err := a.sweep(ctx, store, a.eraseAnswers); err != nil && ctx.Err() == nil {
		a.logger.Warn("erasing what was removed", slog.Any("error", err))
	}
}

// sweepBehind sweeps the collection of a conversation now and then, until ctx ends
// or the function it returns is called, which waits for the end.
func (v *conversation) sweepBehind(ctx context.Context, j *journal.Journal) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() {
		for {
			v.sweepOwn(ctx, j)
			select {
			case <-ctx.Done():
				return
			case <-time.After(sweepEvery):
			}
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}

// sweepOwn sweeps the collection, be it current or not, and reports what is left of
// what was erased.
func (v *conversation) sweepOwn(ctx context.Context, j *journal.Journal) {
	var all []erasedArticle
	err := v.inOwn(func(own *corpus.Store) (err error) {
		all, err = v.sweep(ctx, own, j.EraseArticle)
		return err
	})
	if err != nil && ctx.Err() == nil {
		v.logger.Warn("erasing what was removed", slog.Any("error", err))
	}
	if len(all) == 0 {
		return
	}
	if err := v.know(ctx, ""); err != nil && ctx.Err() == nil {
		v.logger.Warn("taking in what was erased", slog.Any("error", err))
	}
	for _, s := range all {
		left, err := v.traces(ctx, s.article)
		if err != nil && ctx.Err() == nil {
			v.logger.Warn("searching for what was erased", slog.Any("error", err))
		}
		v.erased.add(bot.Erasure{Article: s.article.ID, Left: left, Answers: s.answers})
	}
}

// mostErasures is how many erasures wait to be told of; older ones are in the audit.
const mostErasures = 50

// erasures are what administrators are to be told of erased articles. What was not
// told when the program ends is only in the audit. Its methods are safe for
// concurrent use.
type erasures struct {
	mu   sync.Mutex
	list []bot.Erasure
}

func (e *erasures) add(one bot.Erasure) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = append(e.list, one)
	e.list = e.list[max(0, len(e.list)-mostErasures):]
}

// Erasures implements [bot.News].
func (e *erasures) Erasures() []bot.Erasure {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.list)
}

// ErasuresTold implements [bot.News].
func (e *erasures) ErasuresTold(told []bot.Erasure) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = slices.DeleteFunc(e.list, func(one bot.Erasure) bool {
		return slices.ContainsFunc(told, func(t bot.Erasure) bool { return t.Article == one.Article })
	})
}

// news is what administrators are to be told of.
type news struct {
	*corpus.Store
	*erasures
}
