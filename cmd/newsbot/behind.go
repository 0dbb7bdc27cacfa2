package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/retrieval"
)

const (
	// lookEvery is how often a chat looks for articles that another process
	// has left for it to encode.
	lookEvery = 2 * time.Second
	// retryEvery is how soon it tries again what went wrong.
	retryEvery = time.Minute
)

// encodeBehind encodes what the store lacks, now and whenever another process
// leaves something, until ctx ends.
// It calls encoded whenever nothing is lacking.
func (a *app) encodeBehind(ctx context.Context, x *retrieval.Indexer, c *bot.Chat, encoded func()) {
	seen := int64(-1) // no version of the data
	for {
		version, err := x.Store.DataVersion(ctx)
		if err == nil && version != seen {
			err = x.Run(ctx, func(p retrieval.Progress) { c.Indexing(p.Articles) })
		}
		if ctx.Err() != nil {
			return
		}
		pause := lookEvery
		if err != nil {
			a.logger.Warn("encoding", slog.Any("error", err))
			pause = retryEvery
		} else {
			seen = version
			encoded()
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// A patientAsker is an engine that gives the articles that are being encoded
// when a chat starts a moment, so that a first question finds them by meaning
// as well as by words. Its methods are safe for concurrent use.
type patientAsker struct {
	*retrieval.Engine
	logger   *slog.Logger
	once     sync.Once
	indexed  chan struct{}    // closed when all has been encoded once
	patience <-chan time.Time // ends the moment
	// waiting is called when a question begins to wait.
	waiting func(context.Context)
}

// encoded says that nothing lacks a vector.
func (p *patientAsker) encoded() { p.once.Do(func() { close(p.indexed) }) }

// Ask implements [bot.Asker]. It takes in first what has changed since the last
// question.
func (p *patientAsker) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	if err := p.wait(ctx); err != nil {
		return retrieval.Answer{}, err
	}
	if err := p.Refresh(ctx); err != nil && ctx.Err() == nil {
		p.logger.Warn("taking in changes", slog.Any("error", err))
	}
	return p.Engine.Ask(ctx, q)
}

// wait waits for the moment to end; its only error is ctx's.
func (p *patientAsker) wait(ctx context.Context) error {
	select {
	case <-p.indexed:
		return nil
	case <-p.patience:
		p.encoded() // enough, for all questions to come
		return nil
	default:
		p.waiting(ctx)
	}
	select {
	case <-p.indexed:
	case <-p.patience:
		p.encoded()
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
