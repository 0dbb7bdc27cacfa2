package telegramtest

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A paced request comes some time after the one before.
type paced struct {
	after  time.Duration
	method string
	p      params
}

func paceOf(n int, every time.Duration, method string, p params) []paced {
	out := make([]paced, n)
	for i := range out {
		out[i] = paced{every, method, p}
	}
	return out
}

func TestLimits(t *testing.T) {
	const group = -5
	text := func(chat int64) params { return params{"chat_id": chat, "text": "x"} }
	typing := func(chat int64) params { return params{"chat_id": chat, "action": "typing"} }
	limits := Limits{PerSecond: 30, PerChatBurst: 3, PerGroupMinute: 20}
	tests := []struct {
		name   string
		limits Limits
		calls  []paced
		broken int
		want   string
	}{
		{"within a second", limits, paceOf(30, 33*time.Millisecond, "sendChatAction", typing(reader)), 0, ""},
		{"too many within a second", limits, paceOf(31, 32*time.Millisecond, "sendChatAction", typing(reader)), 1, "within a second"},
		{"thirty a second for long", limits, paceOf(90, time.Second/30+1, "sendChatAction", typing(reader)), 0, ""},
		{"burst", limits, paceOf(3, 0, "sendMessage", text(reader)), 0, ""},
		{"too large a burst", limits, paceOf(4, 0, "sendMessage", text(reader)), 1, "private chat"},
		{"burst and one a second", limits, append(paceOf(3, 0, "sendMessage", text(reader)), paceOf(9, time.Second, "sendMessage", text(reader))...), 0, ""},
		{"burst after a rest", limits, append(paceOf(3, 0, "sendMessage", text(reader)), append(paceOf(1, 3*time.Second, "sendMessage", text(reader)), paceOf(2, 0, "sendMessage", text(reader))...)...), 0, ""},
		{"no rest after a burst", limits, append(paceOf(3, 0, "sendMessage", text(reader)), paceOf(1, 999*time.Millisecond, "sendMessage", text(reader))...), 1, "private chat"},
		{"slack", Limits{PerChatBurst: 3, Slack: time.Millisecond}, append(paceOf(3, 0, "sendMessage", text(reader)), paceOf(1, 999*time.Millisecond, "sendMessage", text(reader))...), 0, ""},
		{"group", limits, append(paceOf(20, 0, "sendMessage", text(group)), paceOf(20, time.Minute, "sendMessage", text(group))...), 0, ""},
		{"too many in a group", limits, append(paceOf(19, time.Second, "sendMessage", text(group)), paceOf(2, time.Second, "sendChatAction", typing(group))...), 1, "for a group"},
		{"no limits", Limits{}, paceOf(50, 0, "sendMessage", text(group)), 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, rec, b := newBubble(t)
				s.Group(group, false)
				s.Person(reader, "ar").Send("x")
				s.Limit(tt.limits)
				for _, c := range tt.calls {
					time.Sleep(c.after)
					if r := b.call(c.method, c.p); !r.OK {
						t.Errorf("%s: %s", c.method, r.Description)
					}
				}
				if got := rec.end(); len(got) != tt.broken || tt.broken > 0 && !contains(got, tt.want) {
					t.Errorf("broken rules: %q, want %d %q", got, tt.broken, tt.want)
				}
			})
		})
	}
}

// newBubble starts a server and a bot that live in memory.
func newBubble(t *testing.T) (*Server, *recorder, *bot) {
	t.Helper()
	rec := &recorder{TB: t}
	pipe := NewPipe()
	s := NewAt(rec, pipe)
	transport := &http.Transport{DialContext: pipe.Dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		rec.end()
	})
	return s, rec, &bot{t, s, &http.Client{Transport: transport}}
}

func TestFloodWait(t *testing.T) {
	const other = 8
	tests := []struct {
		name   string
		after  time.Duration
		method string
		chat   int64
		code   int
		broken int
	}{
		{"on its way", 0, "sendMessage", reader, 429, 0},
		{"during the wait", time.Second, "sendMessage", reader, 429, 1},
		{"another method", time.Second, "sendChatAction", reader, 429, 1},
		{"after the wait", 2 * time.Second, "sendMessage", reader, 0, 0},
		{"another chat", time.Second, "sendMessage", other, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, rec, b := newBubble(t)
				s.Person(reader, "ar").Send("x")
				s.Person(other, "ar").Send("x")
				s.Limit(Limits{PerSecond: 30})
				s.Fail(func(Request) *Failure {
					return &Failure{Code: 429, RetryAfter: 2, Description: "Too Many Requests: retry after 2"}
				})
				b.call("sendMessage", params{"chat_id": reader, "text": "x"})
				s.Fail(nil)
				time.Sleep(tt.after)
				p := params{"chat_id": tt.chat, "text": "x"}
				if tt.method == "sendChatAction" {
					p = params{"chat_id": tt.chat, "action": "typing"}
				}
				r := b.call(tt.method, p)
				if r.ErrorCode != tt.code {
					t.Errorf("%s = %+v, want code %d", tt.method, r, tt.code)
				}
				if got := rec.end(); len(got) != tt.broken || tt.broken > 0 && !strings.Contains(got[0], "flood wait") {
					t.Errorf("broken rules: %q, want %d", got, tt.broken)
				}
			})
		})
	}
}

func TestPipeCloses(t *testing.T) {
	s, rec, b := newBubble(t)
	s.Close()
	if _, err := b.try(t.Context(), "getMe", nil); err == nil || !strings.Contains(err.Error(), "dial") {
		t.Errorf("getMe of a closed server: %v, want a failure to dial", err)
	}
	if got := rec.end(); len(got) != 0 {
		t.Errorf("broken rules: %q", got)
	}
}
