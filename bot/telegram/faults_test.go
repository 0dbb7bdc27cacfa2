package telegram

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// A message that may be out is not sent again; one that is surely not out is,
// until it is.
func TestSendingFails(t *testing.T) {
	sorry := "Internal Server Error"
	tests := []struct {
		name    string
		failure telegramtest.Failure
		calls   int      // of sendMessage, for two messages
		want    []string // what the person gets
	}{
		{"cut after delivery", telegramtest.Failure{Cut: telegramtest.CutAfter}, 2, []string{"re one", "re two"}},
		{"cut before delivery, for all we know after", telegramtest.Failure{Cut: telegramtest.CutBefore}, 2, []string{"re two"}},
		{"unreadable", telegramtest.Failure{Code: 502, Body: "<html>" + secret}, 2, []string{"re two"}},
		{"server error", telegramtest.Failure{Code: 500, Description: sorry}, 3, []string{"re one", "re two"}},
		{"flood", telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}, 3, []string{"re one", "re two"}},
		{"refused", telegramtest.Failure{Code: 400, Description: `Bad Request: something about "` + secret + `"`}, 2, []string{"re two"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.respond = func(context.Context, bot.Event) (reply, error) { return says("one", "two"), nil }
			d.fail("sendMessage", 1, tt.failure)
			d.run()
			p := d.server.Person(7, "en")
			p.Send(secret)
			if diff := cmp.Diff(tt.want, texts(p.Wait(len(tt.want)))); diff != "" {
				t.Errorf("messages -want +got:\n%s", diff)
			}
			d.settled()
			if n := d.calls("sendMessage"); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}

// Who may not have got an answer is told so, once and not about what is said
// beside it.
func TestDoubt(t *testing.T) {
	d := newDesk(t)
	d.respond = func(context.Context, bot.Event) (reply, error) { return says("one", "two"), nil }
	d.aside = func(_ bot.Event, a bot.Aside) reply {
		if a != bot.Doubtful {
			t.Errorf("aside %d", a)
		}
		return says("doubt")
	}
	d.fail("sendMessage", 1, telegramtest.Failure{Cut: telegramtest.CutBefore})
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	if diff := cmp.Diff([]string{"re two", "re doubt"}, texts(p.Wait(2))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	d.fail("sendMessage", 3, telegramtest.Failure{Cut: telegramtest.CutAfter})
	p.Send(secret)
	if diff := cmp.Diff([]string{"re one", "re two", "re doubt"}, texts(p.Wait(5))[2:]); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
}

// However long Telegram is out of order, the reply goes out in the end.
func TestLongOutage(t *testing.T) {
	d := newDesk(t)
	d.fail("sendMessage", 12, telegramtest.Failure{Code: 503, Description: "Service Unavailable"})
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Wait(1)
	waits := d.waited()
	if len(waits) != 12 || waits[0] > 200*time.Millisecond || waits[11] < 15*time.Second || waits[11] > 30*time.Second {
		t.Errorf("waited %v between the attempts", waits)
	}
	if n := d.log.count("telegram cannot be reached"); n != 1 {
		t.Errorf("complained %d times, want once", n)
	}
}

// Telegram says how long a chat is to be left alone; others are served meanwhile.
func TestFloodHoldsUpOneChat(t *testing.T) {
	d := newDesk(t)
	waiting, release := make(chan struct{}), make(chan struct{})
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		_ = d.pause(ctx, wait)
		close(waiting)
		<-release
		return nil
	}
	flood := telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 33", RetryAfter: 33}
	d.fail("sendMessage", 1, flood)
	d.config.Handlers = 1 // which the chat that waits must not hold
	d.run()
	one, other := d.server.Person(1, "en"), d.server.Person(2, "en")
	one.Send("a " + secret)
	one.Send("b " + secret)
	<-waiting
	other.Send(secret)
	other.Wait(1)
	if n := len(one.Received()); n != 0 {
		t.Errorf("%d messages to the chat that is to be left alone", n)
	}
	close(release)
	if diff := cmp.Diff([]string{"re a " + secret, "re b " + secret}, texts(one.Wait(2))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	if w := d.waited(); len(w) != 1 || w[0] < 33*time.Second || w[0] > 34*time.Second {
		t.Errorf("waited %v, want 33 s and a little", w)
	}
}

// However much a chat that has to wait has written, others are served.
func TestFloodOfOneChat(t *testing.T) {
	d := newDesk(t)
	d.config.pause = func(ctx context.Context, wait time.Duration) error {
		if wait < 30*time.Second { // until what was sent before the start counts no longer
			return d.pause(ctx, wait)
		}
		<-ctx.Done()
		return ctx.Err()
	}
	d.config.Drain = time.Millisecond
	d.fail("sendMessage", 1, telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 33", RetryAfter: 33})
	d.receive(slices.Repeat([]any{written(secret)}, 10_300)...)
	bad, good := met(d, 7), d.server.Person(2, "en")
	stop := d.run()
	d.server.WaitRequests(func(r []telegramtest.Request) bool {
		return slices.ContainsFunc(r, func(r telegramtest.Request) bool { return r.Method == "sendMessage" && r.Answered })
	})
	good.Send(secret)
	good.Wait(1)
	if err := stop(); err != nil || len(bad.Received()) > 0 {
		t.Errorf("Run = %v, with %d messages to the chat that is to be left alone", err, len(bad.Received()))
	}
}

// Who blocks the bot is sent no more of a reply, and answered again when he
// comes back.
func TestBlocked(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) { return says(e.Text, e.Text), nil }
	p := d.server.Person(7, "en")
	id := p.Send(secret)
	p.Block()
	d.run()
	d.done(id)
	if n := d.calls("sendMessage"); n != 1 || !d.log.has(`"level":"INFO","msg":"a chat does not want`) {
		t.Errorf("%d calls for a chat that refused the first; log:\n%s", n, d.log.text())
	}
	p.Unblock()
	p.Send("back " + secret)
	p.Wait(2)
}

// What cannot take the place of a message comes below it, once, after the other
// messages of the reply.
func TestUneditable(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"too old": {Code: 400, Description: "Bad Request: message can't be edited"},
		"gone":    {Code: 400, Description: "Bad Request: message to edit not found"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.respond = func(_ context.Context, e bot.Event) (reply, error) {
				r := says("pressed", "too")
				if e.Press == "" {
					r = says(e.Text)
					r.messages[0].markup = inline("show", "s:1")
					return r, nil
				}
				r.edit = &message{html: "open", markup: inline("hide", "s:0")}
				return r, nil
			}
			d.fail("editMessageText", 1, f)
			d.run()
			p := d.server.Person(7, "en")
			p.Send(secret)
			press := p.Press(p.Wait(1)[0], "s:1")
			got := p.Wait(4)[1:]
			d.done(press.Update)
			if diff := cmp.Diff([]string{"re pressed", "re too", "open"}, texts(got)); diff != "" || len(p.Received()) != 4 {
				t.Fatalf("%d messages -want +got:\n%s", len(p.Received()), diff)
			}
			if m := got[2]; len(m.Buttons) != 1 || m.ReplyTo != p.Received()[0].ID {
				t.Errorf("instead of the edit: %+v", m)
			}
			d.done(p.Press(got[2], "s:0").Update) // which is edited in its place
			if got := p.Received(); len(got) != 6 || got[3].Edits != 0 {
				t.Errorf("after a press under it: %q", texts(got))
			}
		})
	}
}

// A press that changes nothing is no reason to send anything.
func TestUnmodified(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		m := message{html: "open", markup: inline("show", "s:1")}
		if e.Press != "" {
			return reply{edit: &m}, nil
		}
		return reply{messages: []message{m}}, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	d.done(p.Press(p.Wait(1)[0], "s:1").Update)
	if got := p.Received(); d.calls("editMessageText") != 1 || len(got) != 1 {
		t.Errorf("%d messages after %d edits", len(got), d.calls("editMessageText"))
	}
}

// A press is over when nothing more can be done about it.
func TestPressFails(t *testing.T) {
	for _, method := range []string{"editMessageText", "answerCallbackQuery"} {
		t.Run(method, func(t *testing.T) {
			d := newDesk(t)
			d.respond = func(_ context.Context, e bot.Event) (reply, error) {
				if e.Press != "" {
					return reply{edit: &message{html: "open"}, messages: says("pressed").messages}, nil
				}
				r := says(e.Text)
				r.messages[0].markup = inline("show", "s:1")
				return r, nil
			}
			d.fail(method, 1, telegramtest.Failure{Code: 400, Description: "Bad Request: message can't be edited"})
			d.run()
			p := d.server.Person(7, "en")
			p.Send(secret)
			press := p.Press(p.Wait(1)[0], "s:1")
			p.Wait(2)
			d.done(press.Update)
		})
	}
}

// A chat that has another ID since it was written in is answered there.
func TestMigration(t *testing.T) {
	d := newDesk(t)
	d.respond = func(context.Context, bot.Event) (reply, error) { return says("one", "two"), nil }
	const old = -5
	text := "/help@" + d.server.Username()
	id := d.server.Update(map[string]any{"message": map[string]any{
		"message_id": 1, "date": 1700000000, "chat": map[string]any{"id": old, "type": "group", "title": "x"},
		"from": map[string]any{"id": 7, "is_bot": false, "first_name": "x"}, "text": text,
		"entities": []map[string]any{{"type": "bot_command", "offset": 0, "length": len(text)}},
	}})
	now := d.server.Supergroup(old)
	d.run()
	d.done(id)
	if diff := cmp.Diff([]string{"re one", "re two"}, texts(d.server.Messages(now))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	if n := d.calls("sendMessage"); n != 3 {
		t.Errorf("%d calls, want that the new ID is remembered for the second message", n)
	}
}

// A chat that is always elsewhere is not followed for ever.
func TestEndlessMigration(t *testing.T) {
	d := newDesk(t)
	d.fail("sendMessage", -1, telegramtest.Failure{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateToChatID: -9})
	d.run()
	d.done(d.server.Person(7, "en").Send(secret))
	if n := d.calls("sendMessage"); n == 0 || n > 5 {
		t.Errorf("%d calls", n)
	}
}

// Markup that Telegram does not take costs the markup, not the message.
func TestMarkupRefused(t *testing.T) {
	d := newDesk(t)
	d.server.AllowRefusals(true)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		m := message{html: "<b>a &lt; b</b> <x>" + secret, markup: inline("show", "s:1")}
		if e.Press != "" {
			m.html = "<b>c &amp; d</b> <x>" + secret
			return reply{edit: &m}, nil
		}
		return reply{messages: []message{m}}, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	got := p.Wait(1)[0]
	if got.Text != "a < b "+secret || got.HTML != "" || len(got.Buttons) != 1 {
		t.Errorf("message %+v, want it as plain text with its button", got)
	}
	d.done(p.Press(got, "s:1").Update)
	d.done(p.Press(got, "s:1").Update) // changes nothing, which is refused too
	if got := p.Received()[0]; got.Text != "c & d "+secret || got.Edits != 1 || len(got.Buttons) != 1 {
		t.Errorf("message %+v, want it as plain text with its button", got)
	}
}

// A poll that fails is made again, whatever it is that fails.
func TestPollingFails(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"cut before": {Cut: telegramtest.CutBefore}, "cut after": {Cut: telegramtest.CutAfter},
		"server error": {Code: 500, Description: "Internal Server Error"}, "proxy": {Code: 502, Body: "<html>" + secret},
		"not JSON": {Code: 200, Status: 200, Body: "1" + strings.Repeat(secret, 100)},
		"no list":  {Code: 200, Status: 200, Body: `{"ok":true,"result":{"a":"` + secret + `"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			p := d.server.Person(7, "en")
			p.Send(secret)
			d.fail("getUpdates", 1, f)
			d.run()
			p.Wait(1)
			d.settled()
			if n := len(p.Received()); n != 1 || d.log.count("updates cannot be received") != 1 {
				t.Errorf("%d messages; log:\n%s", n, d.log.text())
			}
		})
	}
}

// While the journal cannot be written, a reply waits: what was sent is not sent
// again, and the rest follows.
func TestJournalFailsInMidReply(t *testing.T) {
	d := newDesk(t)
	db := sabotage(t, d.dir)
	d.respond = func(context.Context, bot.Event) (reply, error) {
		db.exec("ALTER TABLE inbox RENAME COLUMN sent TO gone")
		return says("one", "two"), nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	d.until("a commit has failed", func() bool { return d.log.count("the journal cannot be written") > 0 })
	if n := len(p.Received()); n != 1 {
		t.Errorf("%d messages, want that the second one waits", n)
	}
	db.exec("ALTER TABLE inbox RENAME COLUMN gone TO sent")
	if diff := cmp.Diff([]string{"re one", "re two"}, texts(p.Wait(2))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
}
