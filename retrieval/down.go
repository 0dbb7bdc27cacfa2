package retrieval

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode"

	"newsbot/retrieval/background"
)

// leaveAlone is how long an encoder that has failed is not asked: nobody waits for one
// that is down, question after question.
const leaveAlone = 30 * time.Second

// mostReason is how many runes the reason has that an encoder fails for.
const mostReason = 160

// Down returns since when the strong encoder that serves does not answer, and why, in at most 160
// runes without a line break or the text of a question; zero when it does. It is
// known from questions: nobody else asks the encoder.
func (e *Engine) Down() (since time.Time, reason string) {
	e.mu.RLock()
	serving := e.serving.encoder.ID()
	e.mu.RUnlock()
	return e.breaker.state(serving)
}

// strongView encodes a question with the encoder that serves. When that fails nothing is
// seen by it, and the question is answered all the same. The only error is ctx's.
func (e *Engine) strongView(ctx context.Context, s *space, known *background.Vectors, a analysis) (view, error) {
	blind, err := newView(ctx, nil, nil, a)
	if err != nil || !e.breaker.enter(s.encoder.ID(), e.wall()) {
		return blind, err
	}
	v, err := newView(ctx, s, known, a)
	switch {
	case ctx.Err() != nil:
		e.breaker.leave(s.encoder.ID())
		return blind, ctx.Err()
	case err != nil:
		reason := reasonOf(err, a.meant)
		e.logger.Warn("answering without the encoder", slog.String("encoder", s.encoder.ID()), slog.String("reason", reason))
		e.breaker.fail(s.encoder.ID(), e.wall(), reason)
		return blind, nil
	}
	e.breaker.succeed(s.encoder.ID())
	return v, nil
}

// reasonOf says in a few words why a question could not be encoded, without the question.
func reasonOf(err error, question string) string {
	reason := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, err.Error()))
	if q := strings.TrimSpace(question); strings.Contains(string(reason), q) || strings.Contains(string(reason), asWritten(q)) {
		return "the encoder refuses questions"
	}
	return string(reason[:min(len(reason), mostReason)])
}

// A breaker remembers that an encoder fails, by its ID: when another serves it is well. The zero
// value is ready, and safe for concurrent use.
type breaker struct {
	mu      sync.Mutex
	encoder string
	since   time.Time // of the first failure; zero when it is well
	failed  time.Time // of the last
	reason  string
	trying  bool // a question tries whether it is well again
}

// enter says whether a question may ask the encoder at a time. One that it lets in calls
// fail, succeed or leave.
func (b *breaker) enter(encoder string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.encoder != encoder || b.since.IsZero() {
		return true
	}
	if rested := now.Sub(b.failed); b.trying || rested >= 0 && rested < leaveAlone { // less than 0 by a clock set back
		return false
	}
	b.trying = true
	return true
}

func (b *breaker) fail(encoder string, now time.Time, reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.encoder != encoder || b.since.IsZero() {
		b.encoder, b.since = encoder, now
	}
	b.failed, b.reason, b.trying = now, reason, false
}

func (b *breaker) succeed(encoder string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.encoder == encoder {
		b.encoder, b.since, b.failed, b.reason, b.trying = "", time.Time{}, time.Time{}, "", false
	}
}

// leave lets the next question try what this one has not found out.
func (b *breaker) leave(encoder string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.encoder == encoder {
		b.trying = false
	}
}

func (b *breaker) state(encoder string) (since time.Time, reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.encoder != encoder {
		return time.Time{}, ""
	}
	return b.since, b.reason
}
