package e5

import (
	"context"
	"sync"
	"sync/atomic"
)

const (
	// longSpin is how often a thread looks whether the others have come before it
	// sleeps: some fifty microseconds, as long as waking it again would take.
	longSpin = 50_000
	// shortSpin is what is left of it where looking does not help: when the
	// threads share one processor, or other programs use the rest, it only starves
	// the thread waited for.
	shortSpin = 2000
)

// barrier is where the threads of one text meet once a layer. It begins with one
// thread. Others join when they really run, and count from the next meeting on:
// nobody waits for a thread that has not begun. The last to come lets those who
// joined in and asks whether to go on, so that all of them get the same answer.
type barrier struct {
	ctx     context.Context // of the run between two resets
	threads int             // who meet; written before phase, read after it
	stopped bool            // written before phase, read after it
	arrived atomic.Int32
	phase   atomic.Uint32 // meetings so far
	closed  atomic.Bool
	spins   atomic.Int32 // from shortSpin to longSpin, by how it went so far
	mu      sync.Mutex   // held to change phase, closed and joining
	joining int          // who count from the next meeting on
	cond    *sync.Cond
}

// reset prepares for a run of one thread. None may be waiting.
func (b *barrier) reset(ctx context.Context) {
	b.ctx, b.threads, b.joining, b.stopped = ctx, 1, 0, false
	b.arrived.Store(0)
	b.phase.Store(0)
	b.closed.Store(false)
	b.spins.Store(longSpin)
	b.cond = sync.NewCond(&b.mu)
}

// wait returns when all threads have come: true, or false when the context has
// ended and all of them are to stop. Until it is called again, threads is how
// many they are.
func (b *barrier) wait() bool {
	// Both are read before arriving: the last to come may change them at once.
	phase, threads := b.phase.Load(), int32(b.threads)
	if b.arrived.Add(1) == threads {
		b.release()
	} else {
		b.await(phase)
	}
	return !b.stopped
}

// join returns when a new thread has been let in, as if from wait. Its place is
// from 1 to threads-1 and its own, and meetings is how many there were before
// the one it came out of. It is not ok when the thread is to go away: the context
// has ended, or the barrier is closed.
func (b *barrier) join() (place, meetings int, ok bool) {
	b.mu.Lock()
	place = b.threads + b.joining
	b.joining++
	phase := b.phase.Load()
	b.mu.Unlock()
	b.await(phase)
	// The phase alone tells: it may have closed since it let this thread in.
	if b.phase.Load() == phase {
		return 0, 0, false
	}
	return place, int(phase), !b.stopped
}

// close sends away those who join too late. No meeting may follow.
func (b *barrier) close() {
	b.mu.Lock()
	b.closed.Store(true)
	b.mu.Unlock()
	b.cond.Broadcast()
}

// await returns when the phase is over or the barrier closed.
func (b *barrier) await(phase uint32) {
	if b.spin(phase) {
		return
	}
	b.mu.Lock()
	for !b.over(phase) {
		b.cond.Wait()
	}
	b.mu.Unlock()
}

// spin looks for a while whether the phase is over: longer the next time if it
// was, and less long if not.
func (b *barrier) spin(phase uint32) bool {
	spins := b.spins.Load()
	for range spins {
		if b.over(phase) {
			b.spins.Store(min(2*spins, longSpin))
			return true
		}
	}
	b.spins.Store(max(spins/4, shortSpin))
	return false
}

func (b *barrier) over(phase uint32) bool {
	return b.phase.Load() != phase || b.closed.Load()
}

// release lets the others go on, and those in who have joined.
func (b *barrier) release() {
	b.stopped = b.ctx.Err() != nil
	b.arrived.Store(0)
	b.mu.Lock()
	b.threads += b.joining
	b.joining = 0
	b.phase.Add(1)
	b.mu.Unlock()
	b.cond.Broadcast()
}
