package telegram

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// while lets time pass in a bubble.
func while(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// actions lists when it was shown that the bot is at work.
func (e *exchange) actions() (at []time.Duration) {
	for _, c := range e.received() {
		if c.Method == "sendChatAction" {
			at = append(at, c.After)
		}
	}
	return at
}

// As long as an answer takes it is shown that the bot is at work, and not after it.
func TestTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := new(exchange)
		g := gatewayTo(t, e, nil)
		to := place{7, 5}
		stop := g.typing(t.Context(), to)
		while(10 * time.Second)
		if _, err := g.send(t.Context(), 1, to, message{html: "x"}, committed); err != nil {
			t.Error(err)
		}
		while(time.Minute)
		stop()
		stop()
		want := []time.Duration{400 * time.Millisecond, 4900 * time.Millisecond, 9400 * time.Millisecond}
		if diff := cmp.Diff(want, e.actions()); diff != "" {
			t.Errorf("shown -want +got:\n%s", diff)
		}
		if f := e.forms[0]; f["action"][0] != "typing" || f["message_thread_id"][0] != "5" {
			t.Errorf("shown as %v", f)
		}
		if len(g.typists.at) > 0 {
			t.Errorf("%v are at work still", g.typists.at)
		}
	})
}

// It ends whatever comes, and is never waited for.
func TestTypingEnds(t *testing.T) {
	tests := []struct {
		name   string
		answer http.HandlerFunc // to what shows it
		after  time.Duration    // when it is stopped
		want   int              // how often it is shown
		stop   time.Duration    // how long it takes to stop it
	}{
		{"a quick answer", nil, 300 * time.Millisecond, 0, 0},
		{"never", nil, time.Hour, 27, 0},
		{"blocked", refusal(403, "Forbidden: bot was blocked by the user", ""), time.Minute, 1, 0},
		{"refused", refusal(400, "Bad Request: chat not found", ""), time.Minute, 1, 0},
		{"failing", refusal(500, "Internal Server Error", ""), 10 * time.Second, 3, 0},
		{"flood", refusal(429, "Too Many Requests: retry after 20", `"retry_after":20`), 24 * time.Second, 2, 0},
		{"hanging", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 2 * time.Second, 1, typingGrace},
		{"hanging for long", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 11 * time.Second, 2, typingGrace},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &exchange{answer: tt.answer}
				g := gatewayTo(t, e, nil)
				stop := g.typing(t.Context(), place{chat: 7})
				while(tt.after)
				begun := time.Now()
				stop()
				if took := time.Since(begun); took != tt.stop {
					t.Errorf("stop took %v, want %v", took, tt.stop)
				}
				while(time.Minute)
				if n := len(e.actions()); n != tt.want {
					t.Errorf("shown %d times, want %d: %v", n, tt.want, e.actions())
				}
			})
		})
	}
}

// It ends with what it is shown for.
func TestTypingEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := new(exchange)
		ctx, cancel := context.WithCancel(t.Context())
		stop := gatewayTo(t, e, nil).typing(ctx, place{chat: 7})
		while(time.Second)
		cancel()
		while(time.Minute)
		stop()
		if n := len(e.actions()); n != 1 {
			t.Errorf("shown %d times", n)
		}
	})
}

// An answer waits until what was on its way is there, so that it is the last;
// whether it is stopped before or not.
func TestTypingBeforeAnswer(t *testing.T) {
	for _, stopped := range []bool{false, true} {
		t.Run(fmt.Sprintf("stopped %v", stopped), func(t *testing.T) { testTypingBeforeAnswer(t, stopped) })
	}
}

func testTypingBeforeAnswer(t *testing.T, stopped bool) {
	synctest.Test(t, func(t *testing.T) {
		arrived := map[string]time.Time{}
		e := new(exchange)
		e.answer = func(w http.ResponseWriter, r *http.Request) {
			method := path.Base(r.URL.Path)
			if method == "sendChatAction" {
				time.Sleep(typingGrace / 2)
			}
			arrived[method] = time.Now()
			ok(w)
		}
		g := gatewayTo(t, e, nil)
		stop := g.typing(t.Context(), place{chat: 7})
		while(500 * time.Millisecond)
		if stopped {
			stop()
		}
		if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); err != nil {
			t.Error(err)
		}
		stop()
		if arrived["sendMessage"].Before(arrived["sendChatAction"]) || len(e.received()) != 2 {
			t.Errorf("arrived at %v", arrived)
		}
	})
}

// What shows that the bot is at work does not take the place of an answer.
func TestTypingLeavesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := new(exchange)
		g := gatewayTo(t, e, nil)
		for range 2 {
			if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); err != nil {
				t.Error(err)
			}
		}
		stop := g.typing(t.Context(), place{chat: 7})
		while(time.Second)
		stop()
		begun := time.Now()
		if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); err != nil {
			t.Error(err)
		}
		if waited := time.Since(begun); waited > 0 || len(e.actions()) > 0 {
			t.Errorf("the answer has waited for %v; shown %d times", waited, len(e.actions()))
		}
	})
}
