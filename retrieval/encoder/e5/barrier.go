package e5

import (
	"context"
	"sync"
	"sync/atomic"
)

// spins is how often a thread looks whether the others have come before it
// sleeps: a few microseconds. Spinning longer starves the thread waited for when
// other programs use the processors.
const spins = 2000

// barrier is where the threads of one text meet once a layer. The last to come
// asks whether to go on, so that all of them get the same answer.
type barrier struct {
	threads int32
	ctx     context.Context // of the run between two resets
	arrived atomic.Int32
	phase   atomic.Uint32
	stopped bool // written before phase, read after it
	mu      sync.Mutex
	cond    *sync.Cond
}

// reset prepares for a number of threads. None may be waiting.
func (b *barrier) reset(ctx context.Context, threads int) {
	b.threads, b.ctx = int32(threads), ctx
	b.cond = sync.NewCond(&b.mu)
}

// wait returns when all threads have come: true, or false when the context has
// ended and all of them are to stop.
func (b *barrier) wait() bool {
	phase := b.phase.Load()
	if b.arrived.Add(1) == b.threads {
		b.release(phase)
		return !b.stopped
	}
	for range spins {
		if b.phase.Load() != phase {
			return !b.stopped
		}
	}
	b.mu.Lock()
	for b.phase.Load() == phase {
		b.cond.Wait()
	}
	b.mu.Unlock()
	return !b.stopped
}

// release lets the others go on.
func (b *barrier) release(phase uint32) {
	b.stopped = b.ctx.Err() != nil
	b.arrived.Store(0)
	b.mu.Lock()
	b.phase.Store(phase + 1)
	b.mu.Unlock()
	b.cond.Broadcast()
}
