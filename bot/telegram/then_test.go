package telegram

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot/models"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// followed is an echo with buttons that others follow.
func followed(d *desk, then func(ctx context.Context, e bot.Event) (models.ReplyMarkup, error)) {
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		r := says(e.Text)
		r.messages[0].markup = inline("show", "s:1")
		r.then = func(ctx context.Context) (models.ReplyMarkup, error) { return then(ctx, e) }
		return r, nil
	}
}

// over waits until some updates are done, and what follows their replies.
func (d *desk) over(updates int) {
	d.t.Helper()
	d.until("updates are done", func() bool { return d.log.count("update done") >= updates })
}

// Other buttons come under the last message when it is out, by one call.
func TestThen(t *testing.T) {
	d := newDesk(t)
	p := d.server.Person(7, "en")
	out := 0
	followed(d, func(context.Context, bot.Event) (models.ReplyMarkup, error) {
		out = len(p.Received())
		return inline("ask", "ask:1"), nil
	})
	d.run()
	p.Send(secret)
	got := p.WaitFor(func(m []telegramtest.Message) bool { return len(m) == 1 && m[0].Edits == 1 })
	if b := got[0].Buttons; len(b) != 1 || b[0][0].Data != "ask:1" || got[0].Text != "re "+secret {
		t.Errorf("the messages are %+v", got)
	}
	d.over(1)
	if n := d.calls("editMessageReplyMarkup"); n != 1 || out != 1 {
		t.Errorf("%d edits, want one; %d messages were out before, want it", n, out)
	}
}

// What a press has put into a message is followed, too.
func TestThenUnderEdit(t *testing.T) {
	d := newDesk(t)
	var ahead atomic.Int64 // of the clock
	d.config.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press == "" {
			r := says(e.Text)
			r.messages[0].markup = inline("show", "s:1")
			return r, nil
		}
		r := reply{edit: &message{html: "open " + secret}}
		r.then = func(context.Context) (models.ReplyMarkup, error) { return inline("ask", "ask:1"), nil }
		return r, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	got := p.Wait(1)
	d.over(1)
	ahead.Store(int64(time.Minute))
	p.Press(got[0], "s:1")
	p.WaitFor(func(m []telegramtest.Message) bool {
		return m[0].Edits == 2 && m[0].Buttons[0][0].Data == "ask:1" && m[0].Text == "open "+secret
	})
}

// Nothing follows in a group, behind an apology or where there is nothing to put.
func TestThenIsLeftOut(t *testing.T) {
	tests := []struct {
		name  string
		group bool
		then  func(context.Context) (models.ReplyMarkup, error)
		calls int64
	}{
		{"group", true, func(context.Context) (models.ReplyMarkup, error) { return inline("ask", "ask:1"), nil }, 0},
		{"nothing", false, func(context.Context) (models.ReplyMarkup, error) { return nil, nil }, 1},
		{"error", false, func(context.Context) (models.ReplyMarkup, error) { return nil, errors.New(secret) }, 1},
		{"panic", false, func(context.Context) (models.ReplyMarkup, error) { panic(secret) }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			var calls atomic.Int64
			followed(d, func(ctx context.Context, _ bot.Event) (models.ReplyMarkup, error) {
				calls.Add(1)
				return tt.then(ctx)
			})
			d.run()
			p := d.server.Person(7, "en")
			if tt.group {
				d.server.Group(-100, false)
				p.SendMessage(map[string]any{"chat": map[string]any{"id": -100, "type": "group", "title": "x"}, "text": "/ask@" + d.server.Username() + " x",
					"entities": []any{map[string]any{"type": "bot_command", "offset": 0, "length": 5 + len(d.server.Username())}}})
			} else {
				p.Send(secret)
			}
			d.over(1)
			if n := d.calls("editMessageReplyMarkup"); n != 0 || calls.Load() != tt.calls {
				t.Errorf("%d edits and %d calls, want none and %d", n, calls.Load(), tt.calls)
			}
		})
	}
}

// The next message of the person goes first, before it is begun and while it is under way.
func TestThenGivesWay(t *testing.T) {
	d := newDesk(t)
	begun := make(chan struct{})
	followed(d, func(ctx context.Context, e bot.Event) (models.ReplyMarkup, error) {
		if e.Text == "two" {
			close(begun)
			<-ctx.Done()
		}
		return inline("ask", "ask:"+e.Text), ctx.Err()
	})
	p := d.server.Person(7, "en")
	p.Send("one")
	last := p.Send("two")
	respond := d.respond
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) { // the answer is out when both have come
		if e.Text == "one" {
			d.server.WaitConfirmed(last)
		}
		return respond(ctx, e)
	}
	d.run()
	<-begun
	p.Send("three")
	d.over(3)
	got := p.Received()
	if got[0].Edits != 0 || got[1].Edits != 0 {
		t.Errorf("buttons came although somebody waited: %+v", got)
	}
}

// It gives way to anybody else, too, and is not begun while anybody is served.
func TestThenGivesWayToOthers(t *testing.T) {
	d := newDesk(t)
	begun := make(chan struct{})
	served, release := make(chan struct{}), make(chan struct{})
	var calls atomic.Int64
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		r := says(e.Text)
		switch e.Chat {
		case 7:
			r.then = func(ctx context.Context) (models.ReplyMarkup, error) {
				close(begun)
				<-ctx.Done()
				return inline("ask", "ask:1"), nil
			}
		case 8:
			close(served)
			<-release
		case 9:
			r.then = func(context.Context) (models.ReplyMarkup, error) {
				calls.Add(1)
				return inline("ask", "ask:1"), nil
			}
		}
		return r, nil
	}
	d.run()
	d.server.Person(7, "en").Send(secret)
	<-begun
	d.server.Person(8, "en").Send(secret)
	<-served
	d.over(1)
	d.server.Person(9, "en").Send(secret)
	d.over(2)
	close(release)
	d.over(3)
	if n := d.calls("editMessageReplyMarkup"); n != 0 || calls.Load() != 0 {
		t.Errorf("%d edits and %d calls, want none", n, calls.Load())
	}
}

// A stop does not wait for it.
func TestThenStops(t *testing.T) {
	d := newDesk(t)
	begun := make(chan struct{})
	followed(d, func(ctx context.Context, _ bot.Event) (models.ReplyMarkup, error) {
		close(begun)
		<-ctx.Done()
		return inline("ask", "ask:1"), nil
	})
	stop := d.run()
	d.server.Person(7, "en").Send(secret)
	<-begun
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	if n := d.calls("editMessageReplyMarkup"); n != 0 {
		t.Errorf("%d edits, want none", n)
	}
}

// One thing at a time is done in spare time, and one a second is begun.
func TestSpare(t *testing.T) {
	var s spare
	now := time.Unix(1_000_000, 0)
	begin := func(after time.Duration) (context.Context, func(), bool) {
		now = now.Add(after)
		return s.begin(t.Context(), now)
	}
	first, end, ok := begin(0)
	if !ok {
		t.Fatal("the first is not begun")
	}
	if _, _, ok := begin(5 * time.Second); ok {
		t.Error("two are under way")
	}
	s.interrupt()
	if first.Err() == nil {
		t.Error("an interrupt ends nothing")
	}
	end()
	if _, end, ok = begin(0); !ok {
		t.Fatal("after the end none is begun")
	}
	end()
	if _, _, ok := begin(spareEvery - time.Millisecond); ok {
		t.Error("two are begun within a second")
	}
	s.interrupt() // of nothing
	if second, _, ok := begin(time.Millisecond); !ok || second.Err() != nil {
		t.Errorf("the next is not begun: %v", ok)
	}
}

// The call waits for room after a long reply, and is given up when somebody else is first.
func TestRebuttonWaitsForRoom(t *testing.T) {
	for name, over := range map[string]bool{"room": false, "over": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := new(exchange)
				g := gatewayTo(t, e, nil)
				for range 2 {
					if _, err := g.send(t.Context(), 1, place{7, 0}, message{html: "x"}, committed); err != nil {
						t.Fatal(err)
					}
				}
				ended := make(chan struct{})
				if over {
					time.AfterFunc(time.Second, func() { close(ended) })
				}
				begun := time.Now()
				g.rebutton(t.Context(), ended, 1, 7, 2, inline("ask", "ask:1"))
				edits := 0
				for _, c := range e.received() {
					if c.Method == "editMessageReplyMarkup" {
						edits++
					}
				}
				took, want := time.Since(begun), 1
				if over {
					want = 0
				}
				if edits != want || took < time.Second || took > 4*time.Second {
					t.Errorf("%d edits after %v, want %d", edits, took, want)
				}
			})
		})
	}
}
