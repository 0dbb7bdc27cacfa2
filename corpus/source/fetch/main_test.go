package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsbot/corpus/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A site is a server with a client that may connect to it, and to nothing else
// that is private. The client's clock stands still, and goes on when it waits.
type site struct {
	*httptest.Server
	client *Client
	now    time.Time
	waited time.Duration
}

func newSite(tb testing.TB, handler http.HandlerFunc) *site {
	tb.Helper()
	s := &site{Server: httptest.NewServer(handler), now: time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)}
	tb.Cleanup(s.Close)
	s.client = New(Config{Now: func() time.Time { return s.now }})
	tb.Cleanup(s.client.Close)
	s.client.pause = func(ctx context.Context, d time.Duration) error {
		if d > 0 {
			s.now, s.waited = s.now.Add(d), s.waited+d
		}
		return ctx.Err()
	}
	s.permit(tb, s.Server)
	return s
}

// permit lets the client connect to a server, too.
func (s *site) permit(tb testing.TB, server *httptest.Server) {
	tb.Helper()
	address := netip.MustParseAddrPort(strings.TrimPrefix(server.URL, "http://"))
	judge := s.client.judge
	s.client.judge = func(a netip.AddrPort) error {
		if a == address {
			return nil
		}
		return judge(a)
	}
}

// get visits a page of the site.
func (s *site) get(tb testing.TB, path string) (Response, error) {
	tb.Helper()
	return s.client.Get(tb.Context(), Request{URL: s.URL + path})
}

// mustGet visits a page that is to be had.
func (s *site) mustGet(tb testing.TB, r Request) Response {
	tb.Helper()
	response, err := s.client.Get(tb.Context(), r)
	if err != nil {
		tb.Fatalf("Get(%s): %v", r.URL, err)
	}
	return response
}

// checkRefused makes sure that an error is a refusal for a reason, whose text
// holds some words.
func checkRefused(tb testing.TB, err error, reason source.Reason, words string) *source.Refusal {
	tb.Helper()
	var r *source.Refusal
	if !errors.As(err, &r) {
		tb.Fatalf("the error is %v; want a refusal for %q", err, reason)
	}
	if r.Reason != reason || !strings.Contains(r.Error(), words) {
		tb.Errorf("refused for %q: %v; want %q with %q", r.Reason, r, reason, words)
	}
	if len(r.Error()) > 700 {
		tb.Errorf("the refusal has %d bytes", len(r.Error()))
	}
	return r
}
