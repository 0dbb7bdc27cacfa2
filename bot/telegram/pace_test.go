package telegram

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/bot"
)

// A rush is a Bot API server that hands out one batch of questions and sometimes
// fails, and judges how it is called.
type rush struct {
	t      *testing.T
	mu     sync.Mutex
	batch  string
	random *rand.Rand
	sent   counter
	got    map[string][]string  // texts, by chat
	floods map[string]time.Time // until when a chat is to be left alone
	left   int
	done   chan struct{} // closed when as many answers have arrived as are left
}

func (u *rush) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseMultipartForm(1 << 20)
	switch path.Base(r.URL.Path) {
	case "getMe":
		_, _ = io.WriteString(w, `{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"x","username":"OurName"}}`)
	case "getUpdates":
		u.mu.Lock()
		batch := u.batch
		u.batch = ""
		u.mu.Unlock()
		if batch == "" {
			<-r.Context().Done()
			return
		}
		_, _ = fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, batch)
	case "sendMessage":
		u.message(w, r)
	default:
		ok(w)
	}
}

// message takes a message, or does not.
func (u *rush) message(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	defer u.mu.Unlock()
	chat, text := r.FormValue("chat_id"), r.FormValue("text")
	var number int64
	_, _ = fmt.Sscan(chat, &number)
	u.sent.note(number)
	if time.Now().Before(u.floods[chat]) {
		u.t.Errorf("chat %s is called although it is to be left alone", chat)
	}
	switch u.random.IntN(20) {
	case 0:
		u.floods[chat] = time.Now().Add(3 * time.Second)
		refusal(429, "Too Many Requests: retry after 3", `"retry_after":3`)(w, r)
		return
	case 1:
		refusal(500, "Internal Server Error", "")(w, r)
		return
	}
	u.got[chat] = append(u.got[chat], text)
	if u.left--; u.left == 0 {
		close(u.done)
	}
	ok(w)
}

// A numbered responder answers with the number of the question.
type numbered struct{}

func (numbered) respond(_ context.Context, e bot.Event) (reply, error) {
	return says(fmt.Sprint(e.ID)), nil
}

func (numbered) apologize(context.Context, bot.Event) reply { return says("sorry") }

// A whole bot keeps the limits and the order of answers while Telegram fails, in
// the time that this takes and no more.
func TestPace(t *testing.T) {
	const chats, each = 40, 5
	synctest.Test(t, func(t *testing.T) {
		u := &rush{
			t: t, random: rand.New(rand.NewPCG(1, 2)), left: chats * each, done: make(chan struct{}),
			sent: counter{per: map[int64][]time.Time{}}, got: map[string][]string{}, floods: map[string]time.Time{},
		}
		var batch []string
		for i := range chats * each {
			batch = append(batch, strings.Trim(question(int64(i+1), int64(i%chats+1)), "[]"))
		}
		u.batch = strings.Join(batch, ",")
		p := newPipe()
		s := &http.Server{Handler: u, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
		var all sync.WaitGroup
		all.Go(func() { _ = s.Serve(p) })
		ctx, stop := context.WithCancel(t.Context())
		c := Config{Token: testToken, URL: "http://127.0.0.1", Journal: openJournal(t), dial: p.dial}
		all.Go(func() {
			if err := run(ctx, c.withDefaults(), func(identity) responder { return numbered{} }); err != nil {
				t.Error(err)
			}
		})
		begun := time.Now()
		<-u.done
		took := time.Since(begun)
		stop()
		_ = s.Close()
		all.Wait()
		if most(u.sent.all, time.Second) > 30 || took > 30*time.Second {
			t.Errorf("%d calls in %v, up to %d a second", len(u.sent.all), took, most(u.sent.all, time.Second))
		}
		for chat, at := range u.sent.per {
			texts := u.got[fmt.Sprint(chat)]
			if most(at, 3*time.Second) > 3 || len(texts) != each {
				t.Errorf("chat %d: up to %d calls in 3 s; %q", chat, most(at, 3*time.Second), texts)
			}
			for i, text := range texts {
				if want := fmt.Sprintf("re %d", int64(i*chats)+chat); text != want {
					t.Errorf("chat %d: answer %d is %q, want %q", chat, i, text, want)
				}
			}
		}
	})
}
