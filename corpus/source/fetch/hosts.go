package fetch

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"
)

// maxHosts is how many hosts are remembered, with their robots.txt.
const maxHosts = 128

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

// makeRoom forgets the hosts that nobody is at when there are too many.
func (s *hosts) makeRoom() {
	if s.byName == nil {
		s.byName = map[string]*host{}
	}
	if len(s.byName) < maxHosts {
		return
	}
	for name, h := range s.byName {
		if h.users == 0 {
			delete(s.byName, name)
		}
	}
}

func (s *hosts) leave(h *host) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.users--
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
