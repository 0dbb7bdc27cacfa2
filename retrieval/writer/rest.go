package writer

import (
	"sync"
	"time"
)

// A model that fails so many times in a row is left alone for so long, and is then
// tried once.
const (
	mostFailures = 3
	restFor      = 30 * time.Second
)

// A rest says whether a model is asked. It is safe for concurrent use.
type rest struct {
	mu       sync.Mutex
	failures int       // in a row
	until    time.Time // the model is not asked before; zero when it works
	trying   bool      // somebody finds out whether it works again
}

// An outcome is how asking a model has ended.
type outcome int

const (
	neither outcome = iota // it was broken off, or not asked after all
	worked
	failed
)

// begin reports whether the model may be asked at a moment, and whether that is the
// one try after a rest. Whoever may must call end.
func (r *rest) begin(now time.Time) (may, try bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.until.IsZero() {
		return true, false
	}
	if r.trying || now.Before(r.until) {
		return false, false
	}
	r.trying = true
	return true, true
}

// end says how it went. It reports whether the model is left alone from now on.
func (r *rest) end(o outcome, try bool, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if try {
		r.trying = false
	}
	switch o {
	case worked:
		r.failures, r.until = 0, time.Time{}
	case failed:
		r.failures++
		if r.failures >= mostFailures {
			r.until = now.Add(restFor)
			return true
		}
	}
	return false
}
