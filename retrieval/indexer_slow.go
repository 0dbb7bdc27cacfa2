package retrieval

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsbot/corpus"
)

// slowBatch is how long a batch takes until it is broken off when articles come: an
// encoder that somebody else runs may be tried for minutes, and they are to get the vectors
// of their words meanwhile. The built-in one takes a fraction of that.
const slowBatch = 10 * time.Second

// patiently encodes and stores a batch, unless it takes long and articles come or change
// after seq: then it says so.
func (r *run) patiently(ctx context.Context, enc Encoder, batch []corpus.Text, seq int64) (more bool, err error) {
	short, cancel := context.WithCancel(ctx)
	defer cancel()
	var watching sync.WaitGroup
	watching.Go(func() {
		if r.watch(short, seq) {
			more = true
			cancel()
		}
	})
	err = r.batch(short, enc, batch)
	cancel()
	watching.Wait()
	if more && err != nil && ctx.Err() == nil {
		return true, nil
	}
	return false, err
}

// watch waits until articles have come or changed after seq, and says so; false when ctx
// ends before. What goes wrong meanwhile is looked at again.
func (r *run) watch(ctx context.Context, seq int64) bool {
	tick := time.NewTicker(r.patience)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		if more, err := r.changed(ctx, seq); err == nil && more {
			return true
		}
	}
}

// measure finds out again how the strong encoder's vectors lie when the collection has
// outgrown what is known of them. What goes wrong but ctx waits for the next run.
func (r *run) measure(ctx context.Context) error {
	due, err := outgrown(ctx, r.Store, r.Encoders.Strong)
	if err == nil && due {
		err = Measure(ctx, r.Store, r.Encoders.Strong)
	}
	if err != nil && ctx.Err() == nil {
		r.Logger.Warn("measuring the encoder", slog.String("encoder", r.Encoders.Strong.ID()), slog.Any("error", err))
	}
	return ctx.Err()
}
