package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"go.uber.org/goleak"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// secret is part of every text that people and the bot write in these tests. It
// must never be logged.
const secret = "قرمزي-secret"

// A desk is a bot at work for a test, with its server.
type desk struct {
	t       testing.TB
	server  *telegramtest.Server
	dir     string // of the journal
	journal *journal.Journal
	log     *logbook
	config  Config
	// respond and apology say what the bot says; nil stands for an echo.
	respond func(context.Context, bot.Event) (reply, error)
	// writes is respond with the writing, which may be nil; nil leaves it to respond.
	writes  func(context.Context, bot.Event, *writing) (reply, error)
	apology func(context.Context, bot.Event) reply
	// aside says what is said beside replies; nil says nothing.
	aside   func(e bot.Event, a bot.Aside) reply
	gathers func(before []bot.Event, e bot.Event) bool
	// cancel ends the context of run.
	cancel context.CancelFunc

	mu     sync.Mutex
	pauses []time.Duration // those waited for, each for no time at all
	events []bot.Event     // those handled
}

// newDesk prepares a bot. Change its fields before run.
func newDesk(t testing.TB) *desk {
	return newDeskAt(t, telegramtest.New(t))
}

// bubbleDesk is newDesk for a test in a bubble, with real pauses and Telegram's limits.
func bubbleDesk(t testing.TB) *desk {
	pipe := telegramtest.NewPipe()
	d := newDeskAt(t, telegramtest.NewAt(t, pipe))
	d.config.dial, d.config.pause = pipe.Dial, nil
	d.server.Patience = time.Hour
	d.server.Limit(telegramtest.Limits{PerSecond: 30, PerChatBurst: 3, PerGroupMinute: 20})
	return d
}

func newDeskAt(t testing.TB, s *telegramtest.Server) *desk {
	d := &desk{t: t, server: s, dir: t.TempDir(), log: new(logbook)}
	d.journal = openJournalIn(t, d.dir)
	d.config = Config{
		Token: d.server.Token(), URL: d.server.URL(), Journal: d.journal,
		Logger: slog.New(slog.NewJSONHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		pause:  d.pause,
	}
	t.Cleanup(func() {
		for _, s := range []string{d.server.Token(), secret} {
			if d.log.has(s) {
				t.Errorf("%q was logged:\n%s", s, d.log.text())
			}
		}
	})
	return d
}

// stall lets an answer take until it is cut; begun is closed when it is begun. At
// the next start there is an echo.
func (d *desk) stall() (begun <-chan struct{}) {
	c := make(chan struct{})
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		if e.Again {
			return says(e.Text), nil
		}
		close(c)
		<-ctx.Done()
		return reply{}, ctx.Err()
	}
	return c
}

// pause notes what would be waited for, and lets the others go on.
func (d *desk) pause(ctx context.Context, wait time.Duration) error {
	d.mu.Lock()
	d.pauses = append(d.pauses, wait)
	d.mu.Unlock()
	return pause(ctx, time.Millisecond)
}

func (d *desk) waited() []time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.pauses)
}

func (d *desk) handled() []bot.Event {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.events)
}

// A play is a [responder] for a desk.
type play struct{ *desk }

func (p play) respond(ctx context.Context, e bot.Event, w *writing) (reply, error) {
	p.mu.Lock()
	p.events = append(p.events, e)
	p.mu.Unlock()
	if p.writes != nil {
		return p.writes(ctx, e, w)
	}
	if p.desk.respond != nil {
		return p.desk.respond(ctx, e)
	}
	return says(e.Text), nil
}

func (p play) apologize(ctx context.Context, e bot.Event) reply {
	if p.apology != nil {
		return p.apology(ctx, e)
	}
	return says("sorry " + secret)
}

func (p play) aside(_ context.Context, e bot.Event, a bot.Aside) reply {
	if p.desk.aside == nil {
		return reply{}
	}
	return p.desk.aside(e, a)
}

func (p play) downloads(e bot.Event) bool { return isUpload(e) }

func (p play) gathers(before []bot.Event, e bot.Event) bool {
	return p.desk.gathers != nil && p.desk.gathers(before, e)
}

// says is a reply of some messages.
func says(texts ...string) reply {
	var r reply
	for _, s := range texts {
		r.messages = append(r.messages, message{html: escape("re " + s)})
	}
	return r
}

// run starts the bot. The function it returns stops it and returns Run's error.
func (d *desk) run() (stop func() error) {
	var ctx context.Context
	ctx, d.cancel = context.WithCancel(context.Background())
	cancel, done := d.cancel, make(chan error, 1)
	go func() {
		done <- run(ctx, d.config.withDefaults(), func(identity) responder { return play{d} })
	}()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	d.t.Cleanup(func() {
		if err := stop(); err != nil && !errors.Is(err, ErrUnauthorized) {
			d.t.Errorf("Run: %v", err)
		}
	})
	return stop
}

// result waits until the bot stops by itself.
func (d *desk) result() error {
	return run(context.Background(), d.config.withDefaults(), func(identity) responder { return play{d} })
}

// settled waits until no update is unfinished.
func (d *desk) settled() {
	d.t.Helper()
	d.until("nothing is unfinished", func() bool {
		n, err := d.journal.Backlog(context.Background())
		return err == nil && n == 0
	})
}

// done waits until an update has been received, and none is unfinished.
func (d *desk) done(update int64) {
	d.t.Helper()
	d.server.WaitConfirmed(update)
	d.settled()
}

// until waits until a condition holds, which something is logged after.
func (d *desk) until(what string, holds func() bool) {
	d.t.Helper()
	deadline := time.After(d.server.Patience)
	for {
		written := d.log.next()
		if holds() {
			return
		}
		select {
		case <-written:
		case <-deadline:
			d.t.Fatalf("waited in vain until %s; log:\n%s", what, d.log.text())
		}
	}
}

// calls counts the requests for a method.
func (d *desk) calls(method string) int {
	n := 0
	for _, r := range d.server.Requests() {
		if r.Method == method {
			n++
		}
	}
	return n
}

// fail makes the first n requests for a method fail.
func (d *desk) fail(method string, n int, f telegramtest.Failure) {
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if r.Method != method || n == 0 {
			return nil
		}
		n--
		return &f
	})
}

// receive puts updates into the journal as if an earlier run had received them.
func (d *desk) receive(updates ...any) {
	d.t.Helper()
	var list []journal.Update
	for i, u := range updates {
		raw, err := json.Marshal(u)
		if err != nil {
			d.t.Fatal(err)
		}
		list = append(list, journal.Update{ID: int64(i + 1), Raw: raw})
	}
	if _, err := d.journal.Receive(context.Background(), list); err != nil {
		d.t.Fatal(err)
	}
}

// texts lists the texts of messages.
func texts(messages []telegramtest.Message) []string {
	var out []string
	for _, m := range messages {
		out = append(out, m.Text)
	}
	return out
}

// inline is a keyboard of one button.
func inline(label, data string) models.ReplyMarkup {
	return renderer{}.keyboard([][]bot.Button{{{Label: label, Data: data}}}, nil)
}

// A logbook is a log that can be read while it is written.
type logbook struct {
	mu      sync.Mutex
	b       bytes.Buffer
	written chan struct{} // closed by the next write; nil when nobody waits
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.written != nil {
		close(l.written)
		l.written = nil
	}
	return l.b.Write(p)
}

// next returns a channel that the next write closes.
func (l *logbook) next() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.written == nil {
		l.written = make(chan struct{})
	}
	return l.written
}

func (l *logbook) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logbook) has(s string) bool { return strings.Contains(l.text(), s) }

// count tells how many lines have a message.
func (l *logbook) count(message string) int {
	return strings.Count(l.text(), `"msg":"`+message)
}
