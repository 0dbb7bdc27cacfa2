package telegram

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

var _ bot.Members = (*Members)(nil)

const testGroup = -1_000_000_000_005

// members are those of a desk, in a group of it.
func members(t *testing.T, d *desk) *Members {
	t.Helper()
	d.server.Group(testGroup, false)
	m, err := NewMembers(d.config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

func TestManages(t *testing.T) {
	d := newDesk(t)
	m := members(t, d)
	for i, status := range []string{"creator", "administrator", "member", "restricted", "left", "kicked"} {
		d.server.SetMember(testGroup, int64(10+i), status)
	}
	for person, want := range map[int64]bool{
		10: true, 11: true, 12: false, 13: false, 14: false, 15: false, 99: false, testGroup: true, -7: false, 0: false,
	} {
		if got, err := m.Manages(t.Context(), testGroup, person, false); got != want || err != nil {
			t.Errorf("person %d: %v, %v, want %v", person, got, err, want)
		}
	}
	if got, err := m.Manages(t.Context(), 7, 7, false); got || err != nil {
		t.Errorf("a private chat: %v, %v", got, err)
	}
	if n := d.calls(memberMethod); n != 7 {
		t.Errorf("%d calls, want one for each who can be in a group", n)
	}
}

// What was found out counts for a minute, whatever it was, and is not kept without end.
func TestManagesRemembers(t *testing.T) {
	d := newDesk(t)
	now := time.Unix(1_700_000_000, 0)
	d.config.Now = func() time.Time { return now }
	m := members(t, d)
	d.server.SetMember(testGroup, 10, "administrator")
	d.server.SetMember(testGroup, 11, "member")
	ask := func(calls int, first, second bool) {
		t.Helper()
		for person, want := range map[int64]bool{10: first, 11: second} {
			if got, err := m.Manages(t.Context(), testGroup, person, false); got != want || err != nil {
				t.Errorf("person %d: %v, %v, want %v", person, got, err, want)
			}
		}
		if n := d.calls(memberMethod); n != calls {
			t.Errorf("%d calls, want %d", n, calls)
		}
	}
	ask(2, true, false)
	d.server.SetMember(testGroup, 10, "member")
	d.server.SetMember(testGroup, 11, "administrator")
	now = now.Add(knownTime - time.Nanosecond)
	ask(2, true, false)
	if manages, err := m.Manages(t.Context(), testGroup, 10, true); manages || err != nil || d.calls(memberMethod) != 3 {
		t.Errorf("now the first is %v, %v after %d calls, want false after 3", manages, err, d.calls(memberMethod))
	}
	now = now.Add(time.Nanosecond)
	ask(4, false, true)
	for i := range int64(2 * maxKnown) {
		m.keep(member{testGroup, 100 + i}, true)
	}
	if len(m.known) > maxKnown {
		t.Errorf("%d members are known", len(m.known))
	}
	now = now.Add(knownTime)
	m.keep(member{testGroup, 99}, true)
	if len(m.known) != 1 {
		t.Errorf("%d members are known after a minute", len(m.known))
	}
}

func TestManagesFails(t *testing.T) {
	tests := []struct {
		name    string
		failure telegramtest.Failure
		times   int
		ok      bool
		calls   int
	}{
		{"left alone for a moment", telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 2", RetryAfter: 2}, 1, true, 2},
		{"left alone twice", telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 2", RetryAfter: 2}, 2, false, 2},
		{"left alone for long", telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 9", RetryAfter: 9}, 1, false, 1},
		{"a list that is hidden", telegramtest.Failure{Code: 400, Description: "Bad Request: CHAT_ADMIN_REQUIRED"}, 1, false, 1},
		{"not there", telegramtest.Failure{Code: 403, Description: "Forbidden: bot was kicked from the group chat"}, 1, false, 1},
		{"out of order", telegramtest.Failure{Code: 500, Description: "Internal Server Error"}, 1, false, 1},
		{"cut", telegramtest.Failure{Cut: telegramtest.CutAfter}, 1, false, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			m := members(t, d)
			d.server.SetMember(testGroup, 10, "administrator")
			d.fail(memberMethod, tt.times, tt.failure)
			got, err := m.Manages(t.Context(), testGroup, 10, false)
			if got != tt.ok || (err == nil) != tt.ok || d.calls(memberMethod) != tt.calls {
				t.Errorf("Manages = %v, %v after %d calls, want %v after %d", got, err, d.calls(memberMethod), tt.ok, tt.calls)
			}
			if got, err := m.Manages(t.Context(), testGroup, 10, false); !got || err != nil {
				t.Errorf("afterwards: %v, %v", got, err)
			}
		})
	}
}

// A server that does not answer keeps nobody waiting.
func TestManagesHangs(t *testing.T) {
	d := newDesk(t)
	m := members(t, d)
	m.limit = 50 * time.Millisecond
	d.fail(memberMethod, 2, telegramtest.Failure{Hold: make(chan struct{})})
	if _, err := m.Manages(t.Context(), testGroup, 10, false); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("Manages = %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Manages(ctx, testGroup, 10, false); !errors.Is(err, context.Canceled) {
		t.Errorf("without time: %v", err)
	}
}

func TestManagesMoved(t *testing.T) {
	d := newDesk(t)
	m := members(t, d)
	d.server.Group(-5, false)
	d.server.SetMember(-5, 10, "creator")
	d.server.Upgrade(-5, d.server.Person(10, "en"))
	if got, err := m.Manages(t.Context(), -5, 10, false); !got || err != nil {
		t.Errorf("of a group that is another one: %v, %v", got, err)
	}
	if _, err := NewMembers(Config{Token: "a/b"}); !errors.Is(err, ErrUnauthorized) {
		t.Errorf("NewMembers with no token: %v", err)
	}
	asked := slices.DeleteFunc(d.server.Requests(), func(r telegramtest.Request) bool { return r.Method != memberMethod })
	if len(asked) != 2 {
		t.Errorf("%d calls", len(asked))
	}
}
