package telegram

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// A mill is a Bot API server that remembers nothing: it hands out updates and
// notes when a message arrives.
type mill struct {
	*httptest.Server
	updates chan string   // each a list
	sent    chan struct{} // one for each message
}

func newMill(tb testing.TB) *mill {
	m := &mill{updates: make(chan string, 1), sent: make(chan struct{}, 10_000)}
	m.Server = httptest.NewServer(telegramtest.Judged(tb, http.HandlerFunc(m.serve)))
	tb.Cleanup(m.Close)
	return m
}

func (m *mill) serve(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	result := "true"
	switch path.Base(r.URL.Path) {
	case "getMe":
		result = `{"id":42,"is_bot":true,"first_name":"x","username":"OurName"}`
	case "getUpdates":
		select {
		case result = <-m.updates:
		case <-r.Context().Done():
		}
	case "sendMessage":
		m.sent <- struct{}{}
		result = `{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}`
	}
	_, _ = fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
}

// question is a list of one update.
func question(id, chat int64) string {
	return fmt.Sprintf(`[{"update_id":%d,"message":{"message_id":1,"date":1,"chat":{"id":%d,"type":"private"},
		"from":{"id":%d,"is_bot":false,"first_name":"x"},"text":"من فاز بالمباراة أمس؟"}}]`, id, chat, chat)
}

// work starts a bot that says one thing, and returns its journal-backed server.
func (m *mill) work(tb testing.TB) {
	c := Config{
		Token: testToken, URL: m.URL, Journal: openJournal(tb), Logger: slog.New(slog.DiscardHandler),
		pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, // limits cost no time
	}
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		err := run(ctx, c.withDefaults(), func(identity) responder { return monotone{} })
		if err != nil {
			tb.Error(err)
		}
	})
	tb.Cleanup(done.Wait)
	tb.Cleanup(cancel)
}

// A monotone says one thing.
type monotone struct{}

func (monotone) respond(context.Context, bot.Event, *writing) (reply, error) { return says("yes"), nil }
func (monotone) apologize(context.Context, bot.Event) reply                  { return says("sorry") }
func (monotone) aside(context.Context, bot.Event, bot.Aside) reply           { return reply{} }

// BenchmarkUpdate is the time from an update in to a message out, with a
// handler that takes none: receiving, committing, deciding, sending.
func BenchmarkUpdate(b *testing.B) {
	m := newMill(b)
	m.work(b)
	var took []time.Duration
	id := int64(0)
	for b.Loop() {
		id++
		begun := time.Now()
		m.updates <- question(id, 1+id%10)
		<-m.sent
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func BenchmarkDecodeUpdate(b *testing.B) {
	raw := []byte(question(1, 7))
	raw = raw[1 : len(raw)-1]
	b.ReportAllocs()
	for b.Loop() {
		if in, err := decodeUpdate(1, raw, testBot); err != nil || in.action != handle {
			b.Fatal(err)
		}
	}
}

// Chats that have nothing to do cost nothing, however many there are.
func TestIdleChats(t *testing.T) {
	chats := int64(10_000)
	if testing.Short() {
		chats = 1000
	}
	m := newMill(t)
	m.work(t)
	id := int64(0)
	converse := func(n int64) {
		for range n {
			id++
			m.updates <- question(id, id)
			<-m.sent
		}
	}
	converse(20)
	before, routines := heap(), runtime.NumGoroutine()
	converse(chats)
	grown := heap() - before
	t.Logf("%d chats that are idle take %d kB", chats, grown/1000)
	if grown > 20_000_000 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
	if n := runtime.NumGoroutine(); n > routines+20 {
		t.Errorf("%d goroutines, %d before", n, routines)
	}
}

// heap is the size of what is in use.
func heap() int64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&s)
	return int64(s.HeapAlloc)
}

func (monotone) downloads(bot.Event) bool { return false }

func (monotone) gathers([]bot.Event, bot.Event) bool { return false }
