package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

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

// sweep erases the articles that are past being restored. What is kept beside them
// goes first: an article that is still there is found again, should the program be
// killed between the two.
func (a *app) sweep(ctx context.Context, store *corpus.Store, erase eraser) error {
	ctx = corpus.WithActor(ctx, sweeper)
	until := a.Now().Add(-corpus.RestoreTime)
	ids, err := store.Due(ctx, until)
	if err != nil {
		return err
	}
	for _, id := range ids {
		answers, err := erase(ctx, id)
		if err != nil {
			return err
		}
		err = store.PurgeDue(ctx, id, until)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // brought back, or erased by another process
		}
		if err != nil {
			return err
		}
		a.logger.Debug("erased what was removed", slog.String("article", id), slog.Int("answers", len(answers)))
	}
	return nil
}

// sweepUnserved sweeps the data folder unless a process serves it, which does so
// itself. An error is no reason not to go on: the next process tries again.
func (a *app) sweepUnserved(ctx context.Context, store *corpus.Store) {
	if servingProcess(a.dataDir) != 0 {
		return
	}
	if err := a.sweep(ctx, store, a.eraseAnswers); err != nil && ctx.Err() == nil {
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

// sweepOwn sweeps the collection, be it current or not. The engine follows.
func (v *conversation) sweepOwn(ctx context.Context, j *journal.Journal) {
	_, err := v.inOwn(func(own *corpus.Store) (string, error) {
		return "", v.sweep(ctx, own, j.EraseArticle)
	})
	if err != nil && ctx.Err() == nil {
		v.logger.Warn("erasing what was removed", slog.Any("error", err))
	}
}
