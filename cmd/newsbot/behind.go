package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsbot/retrieval"
)

const (
	// lookEvery is how often a chat looks for articles that another process
	// has left for it to encode.
	lookEvery = 2 * time.Second
	// retryEvery is how soon it tries again what went wrong.
	retryEvery = time.Minute
)

// encodeBehind encodes what the store lacks, now, when the work is to be hurried
// and whenever another process leaves something, until ctx ends.
func (v *conversation) encodeBehind(ctx context.Context, c *collection) {
	seen := int64(-1) // no version of the data
	var with *retrieval.Encoders
	for {
		turn, end := c.work.begin(ctx)
		if e := c.encoders.Load(); e != with {
			with, seen = e, -1
		}
		version, err := c.store.DataVersion(turn)
		if err == nil && version != seen {
			err = v.indexer(c.store, *with, c.dir).Run(turn, func(p retrieval.Progress) { v.progressed(c, p) })
			c.progress.Store(nil)
		}
		again := turn.Err() != nil // with other encoders
		end()
		if ctx.Err() != nil {
			return
		}
		if again {
			continue
		}
		pause := lookEvery
		if err != nil {
			if c.fault.note(v.Now(), err) {
				v.logger.Warn("encoding", slog.Any("error", err))
			}
			pause = retryEvery
			c.work.stepped() // nobody is to wait for it
		} else {
			seen = version
			c.asker.encoded()
			c.work.stepped()
			if v.models.takes(*with) {
				c.fault.clear()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-c.work.wake:
		case <-time.After(pause):
		}
	}
}

// progressed tells everybody how far the encoding is. What a person has just
// changed is not worth a note: it is waited for.
func (v *conversation) progressed(c *collection, p retrieval.Progress) {
	c.progress.Store(&p)
	c.work.stepped()
	if v.changing.Load() == 0 {
		v.notes.Indexing(p.Articles)
	}
}

// A work is the encoding behind a collection: what hurries it, and who waits for
// it. Its methods are safe for concurrent use.
type work struct {
	wake chan struct{} // holds one wish

	mu   sync.Mutex
	next chan struct{}      // closed at the next step, and then another
	stop context.CancelFunc // ends what is being done; nil while nothing is
}

func newWork() *work {
	return &work{wake: make(chan struct{}, 1), next: make(chan struct{})}
}

// begin returns the context of a turn of the work; end is due behind it.
func (w *work) begin(ctx context.Context) (turn context.Context, end func()) {
	turn, stop := context.WithCancel(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stop = stop
	return turn, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.stop = nil
		stop()
	}
}

// restart makes the work begin anew, and now.
func (w *work) restart() {
	w.mu.Lock()
	if w.stop != nil {
		w.stop()
	}
	w.mu.Unlock()
	w.hurry()
}

// hurry makes the work begin now, if it rests.
func (w *work) hurry() {
	select {
	case w.wake <- struct{}{}:
	default: // it is going to begin
	}
}

// stepped says that some of the work, or all, is done.
func (w *work) stepped() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.next)
	w.next = make(chan struct{})
}

// step is closed when more is done than when it was asked for.
func (w *work) step() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.next
}

// A patientAsker is an engine that gives the articles that are being encoded
// when a chat starts a moment, so that a first question finds them by meaning
// as well as by words. Its methods are safe for concurrent use.
type patientAsker struct {
	*retrieval.Engine
	lists    *lists
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
	p.takeLists()
	return p.Engine.Ask(ctx, q)
}

// wait waits for the moment to end; its only error is ctx's.
func (p *patientAsker) wait(ctx context.Context) error {
	if p.Pending() == 0 {
		return nil
	}
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
