package telegram

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// A backoff spaces out attempts: 0.2 s at first, doubling to 30 s, each up to
// half as short at random so that chats do not move in step.
type backoff struct{ next time.Duration }

// delay returns how long to wait before the next attempt.
func (b *backoff) delay() time.Duration {
	if b.next == 0 {
		b.next = 200 * time.Millisecond
	}
	d := b.next
	b.next = min(2*d, 30*time.Second)
	return d - rand.N(d/2)
}

// A backoffInStep is the one between the library's polls: none at first, then 0.1 s,
// doubling to 5 s. It has no chance in it.
type backoffInStep struct{ next time.Duration }

// jitter returns how much longer to wait: up to half of the backoff, so that
// programs that Telegram has thrown out together do not come back together.
func (b backoffInStep) jitter() time.Duration {
	if b.next == 0 {
		return 0
	}
	return rand.N(b.next / 2)
}

// note notes how a poll has ended.
func (b *backoffInStep) note(well bool) {
	switch {
	case well:
		b.next = 0
	case b.next == 0:
		b.next = 100 * time.Millisecond
	default:
		b.next = min(2*b.next, 5*time.Second)
	}
}

// pause waits; the error is that of ctx when it ends before.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A throttle lets a kind of complaint through once a minute.
type throttle struct {
	now func() time.Time

	mu     sync.Mutex
	last   map[string]time.Time
	missed map[string]int
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, last: map[string]time.Time{}, missed: map[string]int{}}
}

// pass tells whether a complaint is to be made now, and for how many it stands.
func (t *throttle) pass(kind string) (count int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	t.missed[kind]++
	if last, known := t.last[kind]; known && now.Sub(last) < time.Minute {
		return 0, false
	}
	count = t.missed[kind]
	t.last[kind], t.missed[kind] = now, 0
	return count, true
}
