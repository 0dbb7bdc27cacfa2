package remote

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"
)

func TestDelayOf(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, tt := range map[string]struct {
		status int
		header map[string]string
		want   delay
	}{
		"nothing":           {429, nil, delay{}},
		"seconds":           {429, map[string]string{"Retry-After": "7"}, delay{true, 7 * time.Second}},
		"parts of seconds":  {429, map[string]string{"Retry-After": "1.5"}, delay{true, 1500 * time.Millisecond}},
		"milliseconds":      {429, map[string]string{"Retry-After-Ms": "250", "Retry-After": "7"}, delay{true, 250 * time.Millisecond}},
		"too long":          {503, map[string]string{"Retry-After": "86400"}, delay{true, time.Minute}},
		"endless":           {503, map[string]string{"Retry-After": "inf"}, delay{true, time.Minute}},
		"no number":         {503, map[string]string{"Retry-After": "NaN"}, delay{}},
		"below 0":           {503, map[string]string{"Retry-After": "-5"}, delay{}},
		"date":              {429, map[string]string{"Retry-After": now.Add(9 * time.Second).Format(http.TimeFormat)}, delay{true, 9 * time.Second}},
		"date to come":      {429, map[string]string{"Retry-After": now.AddDate(1, 0, 0).Format(http.TimeFormat)}, delay{true, time.Minute}},
		"date that is past": {429, map[string]string{"Retry-After": now.AddDate(-1, 0, 0).Format(http.TimeFormat)}, delay{true, 0}},
		"reset":             {429, map[string]string{"X-Ratelimit-Remaining-Tokens": "0", "X-Ratelimit-Reset-Tokens": "6m0s"}, delay{true, time.Minute}},
		"not busy":          {500, map[string]string{"Retry-After": "7"}, delay{}},
	} {
		h := http.Header{}
		for k, v := range tt.header {
			h.Set(k, v)
		}
		if got := delayOf(&http.Response{StatusCode: tt.status, Header: h}, now); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestResetIn(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for s, want := range map[string]time.Duration{
		"1s": time.Second, "20ms": 20 * time.Millisecond, "6m0s": 6 * time.Minute, "30": 30 * time.Second,
		"1800000012": 12 * time.Second, "1700000000": 0, "": 0, "soon": 0, "-3": 0, "-3s": 0, "900000000": time.Minute,
	} {
		if got := resetIn(s, now); got != want {
			t.Errorf("resetIn(%q) = %s, want %s", s, got, want)
		}
	}
}

// TestRetryAfter has a provider that wants to be left alone: bulk waits as long, and a
// question is not sent at all meanwhile.
func TestRetryAfter(t *testing.T) {
	p := newProvider(t)
	refused := false
	p.refuses(func(w http.ResponseWriter, r *http.Request, texts []string) bool {
		if refused {
			return false
		}
		refused = true
		return answering(429, "", "Retry-After", "20")(w, r, texts)
	})
	e, clock := proven(t, p, nil)
	if _, err := e.Question(t.Context(), "one"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("first Question: %v", err)
	}
	if _, err := e.Question(t.Context(), "two"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("second Question: %v", err)
	}
	if n := len(p.requests()); n != 1 {
		t.Errorf("%d requests to a provider that wants to be left alone, want the 1 that found out", n)
	}
	if _, err := e.Passages(t.Context(), []string{"three"}); err != nil {
		t.Error(err)
	}
	if want := []time.Duration{20 * time.Second}; !slices.Equal(clock.pauses, want) {
		t.Errorf("pauses %v, want %v", clock.pauses, want)
	}
	if _, err := e.Question(t.Context(), "four"); err != nil {
		t.Errorf("Question afterwards: %v", err)
	}
}

// TestSpent has a provider that says when nothing more is granted: bulk waits, a question
// tries.
func TestSpent(t *testing.T) {
	p := newProvider(t)
	p.refuses(func(w http.ResponseWriter, _ *http.Request, _ []string) bool {
		w.Header().Set("X-Ratelimit-Remaining-Requests", "0")
		w.Header().Set("X-Ratelimit-Reset-Requests", "12s")
		return false
	})
	e, clock := proven(t, p, nil)
	for range 2 {
		if _, err := e.Question(t.Context(), "q"); err != nil {
			t.Error(err)
		}
	}
	if len(clock.pauses) != 0 {
		t.Errorf("a question paused for %v", clock.pauses)
	}
	for range 2 {
		if _, err := e.Passages(t.Context(), []string{"p"}); err != nil {
			t.Error(err)
		}
	}
	if want := []time.Duration{12 * time.Second, 12 * time.Second}; !slices.Equal(clock.pauses, want) {
		t.Errorf("pauses %v, want %v", clock.pauses, want)
	}
}

func TestBackOff(t *testing.T) {
	l := newLink()
	defer l.http.CloseIdleConnections()
	for try := range 20 {
		longest := min(firstWait<<try, maxWait)
		if d := l.backOff(try); d < longest/2 || d > longest {
			t.Errorf("try %d: %s", try, d)
		}
	}
}
