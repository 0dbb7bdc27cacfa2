package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsbot/bot"
)

// readEvery is how often it is looked whether pages that posts of channels lead to are to be read again.
const readEvery = time.Minute

// readBehind reads such pages whenever they are due, until ctx ends or the function it returns is called, which waits for
// the end.
func (a *app) readBehind(ctx context.Context, d *bot.Dialogue) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() {
		next := time.NewTicker(readEvery)
		defer next.Stop()
		for {
			if _, err := d.ReadPages(ctx, false); err != nil && ctx.Err() == nil {
				a.logger.Warn("reading pages that posts lead to", slog.Any("error", err))
			}
			select {
			case <-next.C:
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}
