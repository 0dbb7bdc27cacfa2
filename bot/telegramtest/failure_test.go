package telegramtest

import (
	"testing"
)

func TestFailures(t *testing.T) {
	tests := []struct {
		name      string
		failure   Failure
		status    int  // 0 when the connection breaks
		parsed    bool // whether the answer is the Bot API's JSON
		delivered int  // messages
	}{
		{"none", Failure{}, 200, true, 1},
		{"flood", Failure{Code: 429, Description: "Too Many Requests: retry after 3", RetryAfter: 3}, 429, true, 0},
		{"upgraded", Failure{Code: 400, Description: "x", MigrateToChatID: -100}, 400, true, 0},
		{"proxy", Failure{Status: 502, Body: "<html>Bad Gateway</html>"}, 502, false, 0},
		{"code and status", Failure{Code: 500, Status: 200, Description: "Internal Server Error"}, 200, true, 0},
		{"cut before", Failure{Cut: CutBefore}, 0, false, 0},
		{"cut after", Failure{Cut: CutAfter}, 0, false, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t) // injected failures break no rule
			b := newBot(t, s)
			p := s.Person(reader, "en")
			p.Send("x")
			var seen Request
			s.Fail(func(r Request) *Failure {
				seen = r
				return &tt.failure
			})
			r, err := b.try(t.Context(), "sendMessage", params{"chat_id": reader, "text": "x"})
			if r.status != tt.status || (err == nil) != tt.parsed {
				t.Errorf("sendMessage = %+v, %v, want status %d", r, err, tt.status)
			}
			if r.Parameters["retry_after"] != int64(tt.failure.RetryAfter) || r.Parameters["migrate_to_chat_id"] != tt.failure.MigrateToChatID {
				t.Errorf("parameters are %v", r.Parameters)
			}
			if got := len(p.Received()); got != tt.delivered {
				t.Errorf("%d messages were delivered, want %d", got, tt.delivered)
			}
			if seen.Method != "sendMessage" || seen.Params["chat_id"] != int64(reader) {
				t.Errorf("the hook saw %+v", seen)
			}
			s.WaitRequests(func(r []Request) bool { return r[0].Answered })
		})
	}
}

func TestHold(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	s.Person(reader, "en").Send("x")
	release := make(chan struct{})
	s.Fail(func(r Request) *Failure { return &Failure{Hold: release} })
	done := b.poll(t.Context(), nil)
	if r := s.WaitRequests(func(r []Request) bool { return len(r) == 1 }); r[0].Answered {
		t.Error("a held request is answered")
	}
	s.Fail(nil)
	if ids, _ := b.updates(nil); len(ids) != 1 { // another request is not held
		t.Errorf("getUpdates = %v", ids)
	}
	close(release)
	if r := <-done; !r.OK {
		t.Errorf("held request = %+v", r)
	}
}

func TestHoldEndsWhenTheServerCloses(t *testing.T) {
	s := New(t)
	s.Fail(func(Request) *Failure { return &Failure{Hold: make(chan struct{})} })
	done := newBot(t, s).poll(t.Context(), nil)
	s.WaitRequests(func(r []Request) bool { return len(r) == 1 })
	s.Close()
	<-done // or the test hangs
}

// Requests with wrong parameters are not excused by a failure.
func TestHookSeesNoMisuse(t *testing.T) {
	s, rec := newRecorded(t)
	s.Fail(func(Request) *Failure { return &Failure{Code: 500} })
	if r := newBot(t, s).call("getMe", params{"x": "1"}); r.ErrorCode != 400 {
		t.Errorf("getMe = %+v", r)
	}
	if got := rec.end(); len(got) != 1 {
		t.Errorf("broken rules: %q", got)
	}
}
