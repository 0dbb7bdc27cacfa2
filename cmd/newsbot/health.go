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

	"newsbot/bot"
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
	// unfinished counts the unfinished updates in the journal but one, and says when the first came.
	unfinished func(ctx context.Context, but int64) (int, time.Time, error)
	folder     string // of the data

	mu   sync.Mutex
	last time.Time // the last poll of Telegram; zero before the first
	// Polls that failed since then: the first and the last one, and why that did.
	failedFirst, failedLast time.Time
	failure                 error
}

// newMonitor returns a monitor of a conversation and a journal, which must be
// open as long as it is asked.
func (a *app) newMonitor(v *conversation, j *journal.Journal) *monitor {
	m := &monitor{metrics: metrics.New(), now: a.Now, started: a.Now(), unfinished: j.Unfinished, folder: a.dataDir}
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
func (m *monitor) refused() bot.Problem {
	if m.failedLast.Sub(m.failedFirst) < failWithin {
		return ""
	}
	switch {
	case errors.Is(m.failure, telegram.ErrConflict):
		return bot.ProblemConflict
	case errors.Is(m.failure, telegram.ErrUnauthorized):
		return bot.ProblemToken
	}
	return ""
}

// look looks how the program is, for whoever asks with an update; 0 for none.
func (m *monitor) look(ctx context.Context, update int64) bot.Health {
	m.mu.Lock()
	h, now, refused := bot.Health{LastPoll: m.last}, m.now(), m.refused()
	m.mu.Unlock()
	if refused != "" {
		h.Problems = append(h.Problems, refused)
	}
	if now.Sub(m.lastOrStart(h.LastPoll)) > pollsWithin {
		h.Problems = append(h.Problems, bot.ProblemSilent)
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	var err error
	if h.Unfinished, h.Oldest, err = m.unfinished(ctx, update); err != nil {
		h.Problems = append(h.Problems, bot.ProblemJournal)
	}
	if free, err := freeSpace(m.folder); err == nil { // else it is not known
		h.Free = free
		if free < bot.LowDisk {
			h.Problems = append(h.Problems, bot.ProblemDisk)
		}
	}
	h.Memory = metrics.Memory()
	return h
}

// lastOrStart is the last poll; before the first one, when the program started.
func (m *monitor) lastOrStart(last time.Time) time.Time {
	if last.IsZero() {
		return m.started
	}
	return last
}

// A health is what /healthz answers.
type health struct {
	Status   string   `json:"status"`            // ok or failing
	Reasons  []string `json:"reasons"`           // why it fails
	LastPoll *float64 `json:"last_poll_seconds"` // since then; null before the first poll
}

// health looks what fails. A disk that is getting full fails nothing yet, and the program is not to be started again for it.
func (m *monitor) health(ctx context.Context) health {
	looked := m.look(ctx, 0)
	h := health{Status: "ok", Reasons: []string{}}
	silent := m.now().Sub(m.lastOrStart(looked.LastPoll))
	if !looked.LastPoll.IsZero() {
		seconds := math.Round(silent.Seconds()*10) / 10
		h.LastPoll = &seconds
	}
	for _, p := range looked.Problems {
		if reason := reasonOf(p, silent); reason != "" {
			h.Reasons = append(h.Reasons, reason)
		}
	}
	if len(h.Reasons) > 0 {
		h.Status = "failing"
	}
	return h
}

// reasonOf is a problem as /healthz names it; "" for one that fails nothing.
func reasonOf(p bot.Problem, silent time.Duration) string {
	switch p {
	case bot.ProblemConflict:
		return "another program polls for this bot, or a webhook is set"
	case bot.ProblemToken:
		return "Telegram refuses the token"
	case bot.ProblemSilent:
		return fmt.Sprintf("no poll of Telegram has succeeded for %s", silent.Round(time.Second))
	case bot.ProblemJournal:
		return "the journal cannot be read"
	case bot.ProblemDisk, bot.ProblemCollection:
	}
	return ""
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
