package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsbot/corpus/source"
)

func TestOneRequestAHost(t *testing.T) {
	var under, most, all atomic.Int32
	s := newSite(t, func(http.ResponseWriter, *http.Request) {
		n := under.Add(1)
		defer under.Add(-1)
		if n > most.Load() {
			most.Store(n)
		}
		all.Add(1)
	})
	var visits sync.WaitGroup
	for i := range 30 {
		visits.Go(func() {
			if _, err := s.client.Get(t.Context(), Request{URL: fmt.Sprint(s.URL, "/", i)}); err != nil {
				t.Error(err)
			}
		})
	}
	visits.Wait()
	if most.Load() != 1 || all.Load() != 30 {
		t.Errorf("%d requests at once, %d together; want 1 and 30", most.Load(), all.Load())
	}
}

// Two hosts are visited at once: each answers when the other is asked.
func TestHostsDoNotWaitForEachOther(t *testing.T) {
	var both sync.WaitGroup
	both.Add(2)
	meet := func(http.ResponseWriter, *http.Request) { both.Done(); both.Wait() }
	s := newSite(t, meet)
	other := httptest.NewServer(http.HandlerFunc(meet))
	defer other.Close()
	s.permit(t, other)
	var visits sync.WaitGroup
	for _, address := range []string{s.URL, other.URL} {
		visits.Go(func() {
			if _, err := s.client.Get(t.Context(), Request{URL: address}); err != nil {
				t.Error(err)
			}
		})
	}
	visits.Wait()
}

// Waiting for a host ends with the context, and does not count as the host's time.
func TestWaitingForAHost(t *testing.T) {
	arrived, leave := make(chan struct{}), make(chan struct{})
	s := newSite(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(arrived)
			<-leave
		}
	})
	var visits sync.WaitGroup
	visits.Go(func() {
		if _, err := s.get(t, "/slow"); err != nil {
			t.Error(err)
		}
	})
	<-arrived
	ctx, cancel := context.WithCancel(t.Context())
	visits.Go(func() {
		if _, err := s.client.Get(ctx, Request{URL: s.URL}); !errors.Is(err, context.Canceled) {
			t.Errorf("Get: %v; want that of the context", err)
		}
	})
	cancel()
	visits.Go(func() { <-ctx.Done(); close(leave) })
	visits.Wait()
}

func TestRest(t *testing.T) {
	var status int
	var after string
	var visits int
	s := newSite(t, func(w http.ResponseWriter, _ *http.Request) {
		visits++
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(status)
	})
	for _, step := range []struct {
		status int
		after  string
		want   time.Duration
	}{
		{429, "90", 90 * time.Second},
		{503, "Fri, 15 Aug 2025 12:11:30 GMT", 10 * time.Minute}, // 90 s after noon
		{200, "", 0},
		{429, "", time.Minute},
		{503, "", 2 * time.Minute},
		{429, "soon", 4 * time.Minute},
		{429, "-5", 8 * time.Minute},
		{404, "", 0},
		{429, "99999999999999", maxRest},
		{429, "", maxRest},
		{503, "0", maxRest},
		{500, "30", 0},
		{503, "Fri, 15 Aug 2000 12:00:00 GMT", time.Minute},
	} {
		status, after = step.status, step.after
		before := visits
		_, err := s.get(t, "/")
		if visits != before+1 {
			t.Fatalf("%+v: %d visits", step, visits-before)
		}
		if step.want == 0 {
			continue
		}
		r := checkRefused(t, err, source.HTTPStatus, fmt.Sprintf("(status %d)", step.status))
		if r.RetryAfter != step.want {
			t.Errorf("%+v: retry after %v", step, r.RetryAfter)
		}
		s.now = s.now.Add(step.want - time.Second)
		_, err = s.get(t, "/other")
		r = checkRefused(t, err, source.HTTPStatus, "left alone for 1s more")
		if visits != before+1 || r.RetryAfter != time.Second || r.Status != step.status {
			t.Errorf("%+v: %d visits while it rests, and %+v", step, visits-before, r)
		}
		s.now = s.now.Add(time.Second)
	}
}

// What is remembered of hosts does not grow without end, and a host that is
// being visited is not forgotten.
func TestHostsAreForgotten(t *testing.T) {
	var h hosts
	address := func(n int) string { return fmt.Sprintf("http://host%d.example/", n) }
	u, err := parseAddress(address(0))
	if err != nil {
		t.Fatal(err)
	}
	first := h.enter(u)
	for n := range 10 * maxHosts {
		u, err := parseAddress(address(n + 1))
		if err != nil {
			t.Fatal(err)
		}
		h.leave(h.enter(u))
		if len(h.byName) > maxHosts {
			t.Fatalf("%d hosts are remembered", len(h.byName))
		}
	}
	if h.enter(u) != first {
		t.Error("a host that is being visited was forgotten")
	}
}

func TestHostName(t *testing.T) {
	for address, want := range map[string]string{
		"http://News.Example/a": "news.example", "https://news.example.:443": "news.example", "http://news.example:80": "news.example",
		"http://news.example:8080": "news.example:8080", "http://[::1]:80/": "::1",
	} {
		u, err := parseAddress(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := hostName(u); got != want {
			t.Errorf("hostName(%s) = %s; want %s", address, got, want)
		}
	}
}

func TestPause(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := errors.Join(pause(ctx, -1), pause(ctx, time.Nanosecond)); err != nil {
		t.Error(err)
	}
	cancel()
	for _, d := range []time.Duration{0, time.Hour} {
		if err := pause(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("pause(%v) = %v", d, err)
		}
	}
}

// visited enters and leaves hosts, one a second, the first of which asks to be left alone for an hour.
func visited(t *testing.T, h *hosts, count, rules int) {
	t.Helper()
	at := time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)
	for n := range count {
		u, err := parseAddress(fmt.Sprintf("http://host%d.example/", n))
		if err != nil {
			t.Fatal(err)
		}
		one := h.enter(u)
		one.last = at.Add(time.Duration(n) * time.Second)
		one.robots.rules.size = rules
		if n == 0 {
			one.rest.until = at.Add(time.Hour)
		}
		h.leave(one)
	}
}

// The host that is forgotten is the one that was left alone for longest, unless it asked for that.
func TestOldestHostIsForgotten(t *testing.T) {
	var h hosts
	visited(t, &h, maxHosts+2, 0)
	for n, want := range map[int]bool{0: true, 1: false, 2: false, 3: true, maxHosts + 1: true} {
		if _, got := h.byName[fmt.Sprintf("host%d.example", n)]; got != want {
			t.Errorf("host %d is remembered: %v", n, got)
		}
	}
}

// What robots.txt files say is bounded for all hosts together, and the oldest goes first.
func TestRulesAreForgotten(t *testing.T) {
	var h hosts
	visited(t, &h, 11, maxRules/8)
	kept := 0
	for _, one := range h.byName {
		kept += one.robots.rules.size
	}
	if len(h.byName) != 11 || kept != maxRules || h.byName["host0.example"].robots.rules.size == 0 || h.byName["host1.example"].robots.rules.size > 0 {
		t.Errorf("%d hosts with %d bytes of rules", len(h.byName), kept)
	}
}

// The size of rules is about what they take.
func TestSizeOfRules(t *testing.T) {
	r := parseRobots("User-agent: *\n" + strings.Repeat("Disallow: /archive/old\n", 1000))
	if r.size < 1000*(len("/archive/old")+16) || r.size > 100_000 {
		t.Errorf("%d bytes", r.size)
	}
}
