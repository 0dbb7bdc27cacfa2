package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"newsbot/bot/journal"
	"newsbot/bot/metrics"
	"newsbot/bot/telegram"
)

const (
	// pollsWithin is how long ago the last poll of Telegram may be. A poll takes up
	// to 50 seconds when nobody writes.
	pollsWithin = 3 * time.Minute
	// failWithin is for how long polls may fail for a reason that does not go away
	// by itself. A program that takes over from another one meets it for a moment.
	failWithin = time.Minute
	// lookTime is how long a look into a database may take.
	lookTime = 5 * time.Second
)

// A monitor is what the operator of a serving program may ask it. Its methods
// are safe for concurrent use.
type monitor struct {
	metrics *metrics.Metrics
	now     func() time.Time
	started time.Time
	// backlog counts the unfinished updates in the journal.
	backlog func(context.Context) (int, error)

	mu   sync.Mutex
	last time.Time // the last poll of Telegram; zero before the first
	// Polls that failed since then: the first and the last one, and why that did.
	failedFirst, failedLast time.Time
	failure                 error
}

// newMonitor returns a monitor of a conversation and a journal, which must be
// open as long as it is asked.
func (a *app) newMonitor(v *conversation, j *journal.Journal) *monitor {
	m := &monitor{metrics: metrics.New(), now: a.Now, started: a.Now(), backlog: j.Backlog}
	info, _ := debug.ReadBuildInfo()
	m.metrics.Build(buildVersion(info))
	m.metrics.Process(m.started)
	m.gauge("newsbot_unfinished_updates", "Updates in the journal that are not done.", func(ctx context.Context) (float64, error) {
		n, err := j.Backlog(ctx)
		return float64(n), err
	})
	m.gauge("newsbot_backlog_articles", "Articles that are not fully indexed yet.", func(ctx context.Context) (float64, error) {
		p, err := v.Backlog(ctx)
		return float64(p.Articles), err
	})
	m.gauge("newsbot_newest_article_age_seconds", "Age of the newest article by its publication; NaN when no date is known.",
		func(ctx context.Context) (float64, error) {
			stats, err := v.Stats(ctx)
			if err != nil || stats.Newest.IsZero() {
				return math.NaN(), err
			}
			return max(0, a.Now().Sub(stats.Newest.Time).Seconds()), nil
		})
	return m
}

// gauge adds a number that is looked up; NaN when that fails.
func (m *monitor) gauge(name, help string, look func(context.Context) (float64, error)) {
	m.metrics.Gauge(name, help, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), lookTime)
		defer cancel()
		n, err := look(ctx)
		if err != nil {
			return math.NaN()
		}
		return n
	})
}

// polled notes a poll of Telegram.
func (m *monitor) polled() {
	now := m.now()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last, m.failedFirst, m.failedLast, m.failure = now, time.Time{}, time.Time{}, nil
}

// pollFailed notes a poll of Telegram that failed.
func (m *monitor) pollFailed(err error) {
	now := m.now()
	m.mu.Lock()
	defer m.mu.Unlock()
	if !sameRefusal(m.failure, err) {
		m.failedFirst = now
	}
	m.failedLast, m.failure = now, err
}

// sameRefusal tells whether two polls failed for the same reason, as far as /healthz
// names it. nil is no failure.
func sameRefusal(before, err error) bool {
	if before == nil {
		return false
	}
	for _, reason := range []error{telegram.ErrConflict, telegram.ErrUnauthorized} {
		if errors.Is(before, reason) != errors.Is(err, reason) {
			return false
		}
	}
	return true
}

// refused says why polls are refused for good, it seems; "" when they are not.
// m.mu is held.
func (m *monitor) refused() string {
	if m.failedLast.Sub(m.failedFirst) < failWithin {
		return ""
	}
	switch {
	case errors.Is(m.failure, telegram.ErrConflict):
		return "another program polls for this bot, or a webhook is set"
	case errors.Is(m.failure, telegram.ErrUnauthorized):
		return "Telegram refuses the token"
	}
	return ""
}

// A health is what /healthz answers.
type health struct {
	Status   string   `json:"status"`            // ok or failing
	Reasons  []string `json:"reasons"`           // why it fails
	LastPoll *float64 `json:"last_poll_seconds"` // since then; null before the first poll
}

// health looks what fails.
func (m *monitor) health(ctx context.Context) health {
	h := health{Status: "ok", Reasons: []string{}}
	m.mu.Lock()
	last, now, refused := m.last, m.now(), m.refused()
	m.mu.Unlock()
	if refused != "" {
		h.Reasons = append(h.Reasons, refused)
	}
	silent := now.Sub(last)
	if last.IsZero() {
		silent = now.Sub(m.started)
	} else {
		seconds := math.Round(silent.Seconds()*10) / 10
		h.LastPoll = &seconds
	}
	if silent > pollsWithin {
		h.Reasons = append(h.Reasons, fmt.Sprintf("no poll of Telegram has succeeded for %s", silent.Round(time.Second)))
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	if _, err := m.backlog(ctx); err != nil {
		h.Reasons = append(h.Reasons, "the journal cannot be read")
	}
	if len(h.Reasons) > 0 {
		h.Status = "failing"
	}
	return h
}

// handler serves /healthz and /metrics.
func (m *monitor) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", m.serveHealth)
	mux.HandleFunc("GET /metrics", m.serveMetrics)
	return mux
}

func (m *monitor) serveHealth(w http.ResponseWriter, r *http.Request) {
	h := m.health(r.Context())
	body, err := json.Marshal(h)
	if err != nil {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	setHeaders(w, "application/json")
	if len(h.Reasons) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(body, '\n')) // who asked may have gone
}

func (m *monitor) serveMetrics(w http.ResponseWriter, _ *http.Request) {
	var b bytes.Buffer
	_, _ = m.metrics.WriteTo(&b)
	setHeaders(w, "text/plain; version=0.0.4; charset=utf-8")
	_, _ = b.WriteTo(w)
}

// setHeaders says what an answer is, and that it is true for now only.
func setHeaders(w http.ResponseWriter, contentType string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}
