package fetch

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// What is remembered.
const (
	maxHosts = 128     // hosts, with their robots.txt, beside those that are being visited
	maxRules = 8 << 20 // bytes of what the robots.txt files of idle hosts say
)

// hosts are the hosts that are being visited, or were so lately. The zero value
// is ready for use.
type hosts struct {
	mu     sync.Mutex
	byName map[string]*host
}

// A host is what is known of one.
type host struct {
	gate   chan struct{} // full while a request is under way
	asking chan struct{} // full while its robots.txt is being read

	users int // who is at it, or waits; under the mutex of hosts
	// The rest belongs to whoever has filled gate; robots to whoever has filled asking.
	last   time.Time // when the latest request ended
	rest   rest
	robots robots
}

// enter returns a host. Call leave after use.
func (s *hosts) enter(u *url.URL) *host {
	name := hostName(u)
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.byName[name]
	if h == nil {
		s.makeRoom()
		h = &host{gate: make(chan struct{}, 1), asking: make(chan struct{}, 1)}
		s.byName[name] = h
	}
	h.users++
	return h
}

// makeRoom forgets an idle host when there are too many: the one that was left alone for longest. Those that asked for
// it come last.
func (s *hosts) makeRoom() {
	if s.byName == nil {
		s.byName = map[string]*host{}
	}
	if len(s.byName) < maxHosts {
		return
	}
	if idle := s.idle(); len(idle) > 0 {
		delete(s.byName, idle[0])
	}
}

// idle returns the names of the hosts that nobody is at. First come those whose latest visit, or the rest that it led to,
// ended first.
func (s *hosts) idle() (names []string) {
	for name, h := range s.byName {
		if h.users == 0 { // and what belongs to users is ours
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return s.byName[a].free().Compare(s.byName[b].free()) })
	return names
}

// free is when a host could be visited again, or when it was visited last if that is later.
func (h *host) free() time.Time {
	if h.rest.until.After(h.last) {
		return h.rest.until
	}
	return h.last
}

func (s *hosts) leave(h *host) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.users--
	s.forgetRules()
}

// forgetRules forgets what robots.txt files say, as makeRoom does, until that of the idle hosts is little enough. It is
// read again when it is needed.
func (s *hosts) forgetRules() {
	idle, sum := s.idle(), 0
	for _, name := range idle {
		sum += s.byName[name].robots.rules.size
	}
	for _, name := range idle {
		if sum <= maxRules {
			return
		}
		if h := s.byName[name]; h.robots.rules.size > 0 {
			sum -= h.robots.rules.size
			h.robots = robots{}
		}
	}
}

// hostName is a host's name with its port, unless that is the usual one.
func hostName(u *url.URL) string {
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		name += ":" + p
	}
	return name
}

// fill waits until a gate is free and fills it. The error is that of ctx.
func fill(ctx context.Context, gate chan struct{}) error {
	select {
	case gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
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
