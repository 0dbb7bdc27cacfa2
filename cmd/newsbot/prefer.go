package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/retrieval/encoder/remote"
)

// preferBehind takes the encoder that is set into use as soon as it answers: while it was
// never measured for the collection, questions are asked with what there is. It ends when
// that is done, or with ctx.
func (v *conversation) preferBehind(ctx context.Context, c *collection) {
	for !v.models.takes(*c.encoders.Load()) {
		err := v.prefer(ctx, c)
		if err == nil || ctx.Err() != nil {
			return
		}
		if c.fault.note(v.Now(), err) {
			v.logger.Warn(v.models.name+" cannot be used yet", slog.Any("error", err))
		}
		c.work.stepped() // who waits for it looks
		select {
		case <-ctx.Done():
		case <-time.After(retryEvery):
		}
	}
}

// prefer has the encoder that is set measured, and everything encoded and asked with it.
func (v *conversation) prefer(ctx context.Context, c *collection) error {
	known, err := v.models.other.Probe(ctx)
	if err != nil {
		return err
	}
	c.fault.clear() // it answers; to measure it takes a while
	encoders, err := v.models.measure(ctx, c.store, known)
	if err != nil {
		return err
	}
	if err := c.asker.Prefer(ctx, encoders); err != nil {
		return err
	}
	c.fault.clear()
	c.encoders.Store(&encoders)
	c.work.restart()
	c.work.stepped()
	return nil
}

// encoderState is how the encoder is that somebody else runs.
func (v *conversation) encoderState() bot.EncoderState {
	v.mu.RLock()
	c := v.current
	v.mu.RUnlock()
	state := bot.EncoderState{Name: v.models.name, Known: v.models.takes(*c.encoders.Load())}
	state.Down, state.Reason = c.fault.now()
	if since, reason := c.asker.Down(); reason != "" && (state.Reason == "" || since.Before(state.Down)) {
		state.Down, state.Reason = since, reason
	}
	return state
}

// A fault is what is wrong with an encoder that somebody else runs, and since when. The zero
// value is that nothing is. Its methods are safe for concurrent use.
type fault struct {
	mu     sync.Mutex
	since  time.Time
	reason string
}

// note takes in an error, and tells whether it says something new. One that the encoder did
// not cause is left out.
func (f *fault) note(now time.Time, err error) (news bool) {
	reason := remote.Reason(err)
	f.mu.Lock()
	defer f.mu.Unlock()
	if reason == "" {
		return true
	}
	if f.reason == "" {
		f.since = now
	}
	news = f.reason != reason
	f.reason = reason
	return news
}

// clear says that nothing is wrong any more.
func (f *fault) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.since, f.reason = time.Time{}, ""
}

func (f *fault) now() (since time.Time, reason string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.since, f.reason
}
