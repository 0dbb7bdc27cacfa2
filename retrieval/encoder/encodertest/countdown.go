package encodertest

import (
	"context"
	"sync/atomic"
)

// Countdown is a context that ends when it has been asked for its error a number
// of times. Work that looks at its context now and then is so cancelled in its
// middle, on a fast machine and on a slow one. It is safe for concurrent use.
type Countdown struct {
	context.Context
	cancel context.CancelFunc
	calls  int64
	asked  atomic.Int64
}

// NewCountdown makes a context that says calls times that it goes on, and then
// that it was cancelled. It ends with its parent too.
func NewCountdown(parent context.Context, calls int) *Countdown {
	ctx, cancel := context.WithCancel(parent)
	return &Countdown{Context: ctx, cancel: cancel, calls: int64(calls)}
}

// Err implements [context.Context].
func (c *Countdown) Err() error {
	if c.asked.Add(1) > c.calls {
		c.cancel()
	}
	return c.Context.Err()
}

// Asked returns how often Err was called.
func (c *Countdown) Asked() int { return int(c.asked.Load()) }

// Late returns how often Err was called after the first time it said that the
// countdown is over.
func (c *Countdown) Late() int { return int(max(0, c.asked.Load()-c.calls-1)) }
