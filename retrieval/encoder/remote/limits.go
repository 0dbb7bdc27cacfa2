package remote

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A delay is what a provider asks for that has too much to do.
type delay struct {
	asked  bool
	length time.Duration // at most maxWait
}

// delayOf reads the delay that a refusal asks for.
func delayOf(answer *http.Response, now time.Time) delay {
	if answer.StatusCode != http.StatusTooManyRequests && answer.StatusCode != http.StatusServiceUnavailable {
		return delay{}
	}
	h := answer.Header
	if ms, err := strconv.ParseUint(h.Get("Retry-After-Ms"), 10, 32); err == nil {
		return delayFor(time.Duration(ms) * time.Millisecond)
	}
	after := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(after, 64); err == nil && s >= 0 { // also no number and the infinite one
		return delayFor(time.Duration(min(s, maxWait.Seconds()) * float64(time.Second)))
	}
	if at, err := http.ParseTime(after); err == nil {
		return delayFor(at.Sub(now))
	}
	if d := spentFor(h, now); d > 0 {
		return delayFor(d)
	}
	return delay{}
}

func delayFor(d time.Duration) delay { return delay{true, min(max(d, 0), maxWait)} }

// spentFor is how long nothing more is granted by the headers that OpenAI and others
// send with every answer; 0 when something is.
func spentFor(h http.Header, now time.Time) (longest time.Duration) {
	for _, kind := range []string{"-Requests", "-Tokens", ""} {
		for _, begin := range []string{"X-Ratelimit-", "Ratelimit-"} {
			left, err := strconv.ParseFloat(h.Get(begin+"Remaining"+kind), 64)
			if err == nil && left < 1 {
				longest = max(longest, resetIn(h.Get(begin+"Reset"+kind), now))
			}
		}
	}
	return min(longest, maxWait)
}

// resetIn reads "1s", "6m0s", "30" or a time since 1970 in seconds.
func resetIn(s string, now time.Time) time.Duration {
	if d, err := time.ParseDuration(s); err == nil {
		return max(d, 0)
	}
	seconds, err := strconv.ParseInt(s, 10, 64)
	const longAgo = 1_000_000_000
	switch {
	case err != nil || seconds < 0:
		return 0
	case seconds > longAgo:
		return max(time.Unix(seconds, 0).Sub(now), 0)
	}
	return time.Duration(min(seconds, int64(maxWait/time.Second))) * time.Second
}

// heed takes in how much is still granted.
func (l *link) heed(h http.Header) {
	d := spentFor(h, l.now())
	if d == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.spent = l.now().Add(d)
}

// rest leaves the provider alone.
func (l *link) rest(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.resting = l.now().Add(d)
}

// restLeft is for how long it still wants that.
func (l *link) restLeft() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.resting.Sub(l.now())
}

// wait waits until the provider grants something to bulk again. Questions come first, and
// try what is granted to them even then.
func (l *link) wait(ctx context.Context) error {
	l.mu.Lock()
	left := max(l.resting.Sub(l.now()), l.spent.Sub(l.now()))
	l.mu.Unlock()
	if left <= 0 {
		return ctx.Err()
	}
	return l.pause(ctx, left)
}

// pause waits, but not longer than ctx lasts.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func random() float64 { return rand.Float64() }
