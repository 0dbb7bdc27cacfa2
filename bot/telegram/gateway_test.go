package telegram

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/google/go-cmp/cmp"

	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
)

// A received is a call as Telegram received it.
type received struct {
	Method, Chat, Text string
	After              time.Duration // since the test began
}

// An exchange is a Bot API server that notes what it is asked for.
type exchange struct {
	// answer gives the answer to a call; nil says that it was carried out.
	answer func(http.ResponseWriter, *http.Request)

	mu    sync.Mutex
	begun time.Time
	calls []received
	forms []map[string][]string
}

func (e *exchange) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseMultipartForm(1 << 20)
	e.mu.Lock()
	e.calls = append(e.calls, received{path.Base(r.URL.Path), r.FormValue("chat_id"), r.FormValue("text"), time.Since(e.begun)})
	e.forms = append(e.forms, r.Form)
	number := len(e.calls)
	e.mu.Unlock()
	if e.answer != nil {
		e.answer(w, r)
		return
	}
	result := "true"
	if path.Base(r.URL.Path) == "sendMessage" {
		result = fmt.Sprintf(`{"message_id":%d,"date":1,"chat":{"id":1,"type":"private"}}`, 100+number)
	}
	_, _ = fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
}

func (e *exchange) received() []received {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.calls)
}

// gatewayTo returns a gateway to a server in memory.
func gatewayTo(t *testing.T, e *exchange, j *journal.Journal) *gateway {
	t.Helper()
	e.begun = time.Now()
	p := telegramtest.NewPipe()
	s := &http.Server{Handler: telegramtest.Judged(t, e), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.Serve(p) })
	c := newClient(testToken, p.Dial)
	t.Cleanup(func() {
		c.close()
		_ = s.Close()
		serving.Wait()
	})
	b, err := tg.New(testToken, tg.WithServerURL("http://127.0.0.1"), tg.WithSkipGetMe(), tg.WithHTTPClient(time.Minute, c))
	if err != nil {
		t.Fatal(err)
	}
	return newGateway(gatewayConfig{
		bot: b, log: slog.New(slog.DiscardHandler), quiet: newThrottle(time.Now), now: time.Now, pause: pause,
		unauthorized: func() {}, doubtful: maxDoubtful, journal: j,
	})
}

func committed(int) error { return nil }

func ok(w http.ResponseWriter) {
	_, _ = io.WriteString(w, `{"ok":true,"result":true}`)
}

// A message goes where it is to go, and its number is committed.
func TestSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := new(exchange)
		g := gatewayTo(t, e, nil)
		number := 0
		to, err := g.send(t.Context(), 1, place{7, 5}, message{html: "x", replyTo: 33}, func(n int) error {
			number = n
			return nil
		})
		if err != nil || to != (place{7, 5}) || number != 101 {
			t.Errorf("send = %v, %v, number %d", to, err, number)
		}
		form := e.forms[0]
		if diff := cmp.Diff([]string{"5"}, form["message_thread_id"]); diff != "" {
			t.Errorf("topic -want +got:\n%s", diff)
		}
		if diff := cmp.Diff([]string{`{"message_id":33,"allow_sending_without_reply":true}`}, form["reply_parameters"]); diff != "" {
			t.Errorf("reply -want +got:\n%s", diff)
		}
	})
}

// Of a message that may be out no number is known.
func TestSendInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &exchange{answer: func(w http.ResponseWriter, _ *http.Request) { cut(w) }}
		g := gatewayTo(t, e, nil)
		number := -1
		_, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, func(n int) error {
			number = n
			return nil
		})
		if err != nil || number != 0 || len(e.received()) != 1 {
			t.Errorf("send = %v, number %d, %d calls", err, number, len(e.received()))
		}
	})
}

// The text for when the markup is refused is sent then.
func TestSendPlain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &exchange{answer: func(w http.ResponseWriter, r *http.Request) {
			if r.FormValue("parse_mode") != "" {
				refusal(400, "Bad Request: can't parse entities", "")(w, r)
				return
			}
			ok(w)
		}}
		g := gatewayTo(t, e, nil)
		_, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "<b>x</b>", plain: "*x*"}, committed)
		if calls := e.received(); err != nil || len(calls) != 2 || calls[1].Text != "*x*" {
			t.Errorf("send = %v, calls %+v", err, calls)
		}
	})
}

// While Telegram wants a chat to be left alone, it is not called about it at all.
func TestFloodHoldsUpAllMethods(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flooded := false
		e := new(exchange)
		e.answer = func(w http.ResponseWriter, r *http.Request) {
			if r.FormValue("chat_id") == "7" && !flooded {
				flooded = true
				refusal(429, "Too Many Requests: retry after 9", `"retry_after":9`)(w, r)
				return
			}
			ok(w)
		}
		g := gatewayTo(t, e, nil)
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		stop := g.typing(t.Context(), place{chat: 7})
		defer stop()
		all.Go(func() {
			if err := g.edit(t.Context(), 2, 7, 1, message{html: "y"}); err != nil {
				t.Error(err)
			}
		})
		if _, err := g.send(t.Context(), 3, place{chat: 8}, message{html: "z"}, committed); err != nil {
			t.Error(err)
		}
		all.Wait()
		var late []string
		for _, c := range e.received()[1:] {
			if c.Chat == "7" && c.After < 9*time.Second || c.Chat == "8" && c.After > time.Second {
				t.Errorf("%+v", c)
			}
			if c.Chat == "7" {
				late = append(late, c.Method)
			}
		}
		if !slices.Equal(late[:2], []string{"sendMessage", "editMessageText"}) {
			t.Errorf("calls after the flood: %v", late)
		}
	})
}

// A notice is not worth much trouble.
func TestNotice(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		calls  int
	}{
		"doubtful":         {func(w http.ResponseWriter, _ *http.Request) { cut(w) }, 1},
		"refused":          {refusal(400, "Bad Request: message is too long", ""), 1},
		"later than it is": {refusal(429, "Too Many Requests: retry after 60", `"retry_after":60`), 1},
		"soon":             {refusal(429, "Too Many Requests: retry after 20", `"retry_after":20`), 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &exchange{answer: tt.answer}
				g := gatewayTo(t, e, nil)
				begun := time.Now()
				g.notice(t.Context(), 1, place{chat: 7}, message{html: "wait"})
				if took := time.Since(begun); len(e.received()) != tt.calls || took > noticeTime {
					t.Errorf("%d calls in %v", len(e.received()), took)
				}
			})
		})
	}
}

// An edit that changes nothing has succeeded.
func TestEditNotModified(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &exchange{answer: refusal(400, "Bad Request: message is not modified: specified new message content", "")}
		if err := gatewayTo(t, e, nil).edit(t.Context(), 1, 7, 1, message{html: "x"}); err != nil {
			t.Errorf("edit = %v", err)
		}
	})
}

// Who has blocked the bot is sent nothing, after a restart too, until he returns.
func TestBlockedIsRemembered(t *testing.T) {
	e := &exchange{answer: refusal(403, "Forbidden: bot was blocked by the user", "")}
	j := openJournal(t)
	for range 2 {
		g := gatewayTo(t, e, j)
		_, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed)
		if !errors.Is(err, errBlocked) {
			t.Errorf("send = %v", err)
		}
		if err := g.edit(t.Context(), 1, 7, 1, message{html: "x"}); !errors.Is(err, errBlocked) {
			t.Errorf("edit = %v", err)
		}
		stop := g.typing(t.Context(), place{chat: 7})
		stop()
	}
	if n := len(e.received()); n != 1 {
		t.Errorf("%d calls, want the one that was refused", n)
	}
	e.answer = nil
	g := gatewayTo(t, e, j)
	g.returned(t.Context(), 7)
	for _, g := range []*gateway{g, gatewayTo(t, e, j)} {
		if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); err != nil {
			t.Errorf("send to somebody who has returned = %v", err)
		}
	}
	g.gone(t.Context(), 7)
	if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); !errors.Is(err, errBlocked) {
		t.Errorf("send to somebody who has gone = %v", err)
	}
}

// A group that the bot may not write in is tried again: nobody says when it may.
func TestBlockedGroup(t *testing.T) {
	e := &exchange{answer: refusal(403, "Forbidden: bot was kicked from the group chat", "")}
	g := gatewayTo(t, e, openJournal(t))
	for range 2 {
		if _, err := g.send(t.Context(), 1, place{chat: -7}, message{html: "x"}, committed); !errors.Is(err, errBlocked) {
			t.Errorf("send = %v", err)
		}
	}
	if n := len(e.received()); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

// A group that has moved is written to where it is, after a restart too.
func TestMoveIsRemembered(t *testing.T) {
	e := new(exchange)
	e.answer = func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("chat_id") == "-5" {
			refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", `"migrate_to_chat_id":-100`)(w, r)
			return
		}
		ok(w)
	}
	j := openJournal(t)
	for range 2 {
		g := gatewayTo(t, e, j)
		for range 2 {
			to, err := g.send(t.Context(), 1, place{chat: -5}, message{html: "x"}, committed)
			if err != nil || to.chat != -100 {
				t.Errorf("send = %v, %v", to, err)
			}
		}
	}
	g := gatewayTo(t, e, j)
	g.move(t.Context(), -100, -200) // as a message in the chat says
	if to, err := g.send(t.Context(), 1, place{chat: -5}, message{html: "x"}, committed); err != nil || to.chat != -200 {
		t.Errorf("send = %v, %v", to, err)
	}
	var chats []string
	for _, c := range e.received() {
		chats = append(chats, c.Chat)
	}
	if diff := cmp.Diff([]string{"-5", "-100", "-100", "-100", "-100", "-200"}, chats); diff != "" {
		t.Errorf("chats -want +got:\n%s", diff)
	}
}

// What is remembered is bounded.
func TestRemember(t *testing.T) {
	m := map[int64]bool{}
	for i := range int64(maxRemembered + 10) {
		remember(m, i, true)
	}
	if len(m) != maxRemembered || !m[maxRemembered+9] {
		t.Errorf("%d are remembered, want %d with the last one", len(m), maxRemembered)
	}
}
