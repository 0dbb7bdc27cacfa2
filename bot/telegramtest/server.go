package telegramtest

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

const (
	botID    = 123456
	botToken = "123456:TEST-token-for-a-bot-that-does-not-exist"
	botName  = "newsbot_test_bot"
)

// A Server is a Bot API server for one bot. Its methods may be called from
// several goroutines; those that fail the test, from the test's own only.
type Server struct {
	// Now is the clock for dates and for what grows old: callback queries,
	// updates and messages. New sets it to time.Now; set it before the bot starts.
	Now func() time.Time
	// Patience is how long the Wait methods wait before they fail the test; New
	// sets it to 30 seconds.
	Patience time.Duration
	// Keep is how many requests at least are kept for [Server.Requests]; 0 keeps
	// all of them. Set it before a bot that sends very many starts.
	Keep int
	// Unchecked says that nothing is held against the schemas of the Bot API,
	// which takes some microseconds a request: for benchmarks only. Set it before
	// the bot starts.
	Unchecked bool

	t       testing.TB
	http    *httptest.Server
	closing chan struct{}
	once    sync.Once
	hookMu  sync.Mutex // serialises calls of hook

	mu              sync.Mutex
	changed         bell // rings whenever something happens
	hook            func(Request) *Failure
	refusalsAllowed bool
	broken          []string
	requests        []*Request
	people          map[int64]*Person
	chats           map[int64]*chat
	lastMessage     int
	lastAlbum       int
	queue           queue
	callbacks       []*callback
	callbackByID    map[string]*callback
	inline          []*InlineQuery
	inlineMode      bool
	actions         map[int64][]Action
	limiter         *limiter // nil without limits
	files           files
	profile         profile
}

// New starts a server on loopback that closes at the test's cleanup and then
// fails the test for every broken rule.
func New(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("telegramtest: %v", err)
	}
	return NewAt(t, l)
}

// NewAt is [New] with a listener, such as a [Pipe], which the server closes.
func NewAt(t testing.TB, l net.Listener) *Server {
	t.Helper()
	s := &Server{
		Now:          time.Now,
		Patience:     30 * time.Second,
		t:            t,
		closing:      make(chan struct{}),
		people:       map[int64]*Person{},
		chats:        map[int64]*chat{},
		callbackByID: map[string]*callback{},
		actions:      map[int64][]Action{},
		queue:        newQueue(),
		profile:      newProfile(),
	}
	s.http = &httptest.Server{Listener: l, Config: &http.Server{Handler: s}}
	s.http.Start()
	t.Cleanup(func() {
		s.Close()
		for _, b := range s.Broken() {
			t.Errorf("telegramtest: %s", b)
		}
	})
	return s
}

// URL is the address of the server without a slash at the end: methods are at
// URL/bot<token>/<method>.
func (s *Server) URL() string { return s.http.URL }

// Token is the bot's token; any other is refused with 401.
func (s *Server) Token() string { return botToken }

// Username is the bot's username, without "@".
func (s *Server) Username() string { return botName }

// Close ends long polls and held requests and closes the server. It may be called
// more than once.
func (s *Server) Close() {
	s.once.Do(func() {
		close(s.closing)
		s.http.Close()
	})
}

// AllowRefusals says whether Telegram's refusals are expected from now on: then
// they are not broken rules. Misuse stays one.
func (s *Server) AllowRefusals(allow bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusalsAllowed = allow
}

// Broken lists the rules broken so far, a line for each.
func (s *Server) Broken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.broken)
}

// Fail sets a hook that sees every request before it is carried out, unless its
// token, method or parameters are wrong; nil from it lets the request through, and a nil hook
// all of them. Calls of the hook do not overlap. It may call the server's
// methods, but must not wait.
func (s *Server) Fail(hook func(Request) *Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook = hook
}

// noteLocked records a broken rule.
func (s *Server) noteLocked(format string, args ...any) {
	s.broken = append(s.broken, fmt.Sprintf(format, args...))
}

// wakeLocked tells those who wait that something happened.
func (s *Server) wakeLocked() { s.changed.ring() }

// wait blocks until ready, called without the lock, reports true, and fails the
// test when that takes longer than the server's patience.
func (s *Server) wait(what string, ready func() bool) {
	s.t.Helper()
	s.waitAt(&s.changed, what, ready)
}

// waitAt is wait for what one bell tells of: with very many who wait, each must
// not wake for what happens to the others.
func (s *Server) waitAt(b *bell, what string, ready func() bool) {
	s.t.Helper()
	timer := time.NewTimer(s.Patience)
	defer timer.Stop()
	for {
		s.mu.Lock()
		changed := b.listen()
		s.mu.Unlock()
		if ready() {
			return
		}
		select {
		case <-changed:
		case <-s.closing:
			s.t.Fatalf("telegramtest: server closed while waiting for %s", what)
		case <-timer.C:
			s.t.Fatalf("telegramtest: gave up waiting for %s; broken rules: %q", what, s.Broken())
		}
	}
}
