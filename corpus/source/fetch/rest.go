package fetch

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"newsbot/corpus/source"
)

// How long a host is left alone that asks for it: as long as it says, within
// reason. One that does not say is left alone for longer every time.
const (
	firstRest = time.Minute
	maxRest   = 6 * time.Hour
)

// A rest is the time during which a host is left alone.
type rest struct {
	status int // that asked for it
	until  time.Time
	length time.Duration // of all of it; 0 after an answer
}

// refuse returns a refusal while the host is left alone.
func (r *rest) refuse(now time.Time) error {
	left := r.until.Sub(now)
	if left <= 0 {
		return nil
	}
	return &source.Refusal{
		Reason:     source.HTTPStatus,
		Status:     r.status,
		RetryAfter: left,
		Err:        fmt.Errorf("it wants to be left alone for %s more", left.Round(time.Second)),
	}
}

// note notes what a host has answered.
func (r *rest) note(answer *http.Response, now time.Time) {
	if !busy(answer.StatusCode) {
		*r = rest{}
		return
	}
	d := retryAfter(answer, now)
	if d == 0 {
		d = min(max(firstRest, 2*r.length), maxRest)
	}
	*r = rest{status: answer.StatusCode, until: now.Add(d), length: d}
}

// busy tells whether a status asks to come back later.
func busy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// retryAfter returns how long a host wants to be left alone, at most maxRest; 0
// when it does not say.
func retryAfter(answer *http.Response, now time.Time) time.Duration {
	s := answer.Header.Get("Retry-After")
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return time.Duration(min(n, uint64(maxRest/time.Second))) * time.Second
	}
	at, err := http.ParseTime(s)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), maxRest)
}
