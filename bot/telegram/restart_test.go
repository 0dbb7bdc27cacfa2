package telegram

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
)

// met makes the server know a person, as it would if he had written in an
// earlier run.
func met(d *desk, id int64) *telegramtest.Person {
	p := d.server.Person(id, "en")
	p.SendMessage(map[string]any{"text": nil, "pinned_message": map[string]any{}})
	return p
}

// written is a message of an earlier run.
func written(text string) any {
	return private(map[string]any{"text": text})
}

// What is left from before is handled first, and in order.
func TestResume(t *testing.T) {
	d := newDesk(t)
	var want []string
	var updates []any
	for i := range 5 {
		text := fmt.Sprintf("%s %d", secret, i)
		updates = append(updates, written(text))
		want = append(want, "re "+text)
	}
	d.receive(updates...)
	p := d.server.Person(7, "en")
	d.server.Update(map[string]any{"update_id": 1000, "message": map[string]any{
		"message_id": 3, "date": 1700000000, "chat": map[string]any{"id": 7, "type": "private"},
		"from": map[string]any{"id": 7, "is_bot": false, "first_name": "x"}, "text": "new " + secret,
	}})
	d.run()
	if diff := cmp.Diff(append(want, "re new "+secret), texts(p.Wait(6))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	for i, e := range d.handled() {
		if e.Again != (i < 5) {
			t.Errorf("event %d: Again = %v", i, e.Again)
		}
	}
}

// Messages that are out are not sent again at the next start.
func TestResumeInMidReply(t *testing.T) {
	d := newDesk(t)
	d.receive(written(secret))
	if err := d.journal.Sent(t.Context(), 1, 2, 0); err != nil {
		t.Fatal(err)
	}
	d.respond = func(context.Context, bot.Event) (reply, error) { return says("one", "two", "three"), nil }
	p := met(d, 7)
	d.run()
	if diff := cmp.Diff([]string{"re three"}, texts(p.Wait(1))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
}

// What is out is not sent again either when a message cannot be edited, and what
// was to take its place is, once.
func TestResumeUneditable(t *testing.T) {
	for sent, want := range [][]string{{"re one", "re two", "open"}, {"re two", "open"}, {"open"}, {}} {
		d := newDesk(t)
		d.server.AllowRefusals(true)
		d.receive(press(nil)) // under a message that there is not
		if sent > 0 {
			if err := d.journal.Sent(t.Context(), 1, sent, 0); err != nil {
				t.Fatal(err)
			}
		}
		d.respond = func(context.Context, bot.Event) (reply, error) {
			r := says("one", "two")
			r.edit = &message{html: "open"}
			return r, nil
		}
		p := met(d, 7)
		d.run()
		d.settled()
		if diff := cmp.Diff(want, append([]string{}, texts(p.Received())...)); diff != "" {
			t.Errorf("%d are out: messages -want +got:\n%s", sent, diff)
		}
	}
}

// A reply that is shorter when it is made again has nothing left to send.
func TestResumeWithAShorterReply(t *testing.T) {
	d := newDesk(t)
	d.receive(written(secret))
	if err := d.journal.Sent(t.Context(), 1, 2, 0); err != nil {
		t.Fatal(err)
	}
	p := met(d, 7)
	d.run()
	d.settled()
	if n := len(p.Received()); n != 0 {
		t.Errorf("%d messages", n)
	}
}

// What stops the program each time is given up: with an apology, and if even
// that stops it, without.
func TestGivenUp(t *testing.T) {
	tests := []struct {
		name  string
		tries int // before
		want  []string
		asks  int // how often the handler is asked
	}{
		{"tried before", maxTries - 1, []string{"re " + secret}, 1},
		{"too often", maxTries, []string{"re sorry " + secret}, 0},
		{"with an apology too", maxTries + 1, nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.receive(written(secret))
			for range tt.tries {
				if _, err := d.journal.Retry(t.Context(), 1); err != nil {
					t.Fatal(err)
				}
			}
			p := met(d, 7)
			d.run()
			d.settled()
			if diff := cmp.Diff(tt.want, texts(p.Received())); diff != "" {
				t.Errorf("messages -want +got:\n%s", diff)
			}
			if n := len(d.handled()); n != tt.asks {
				t.Errorf("the handler was asked %d times, want %d", n, tt.asks)
			}
		})
	}
}

// Only what is begun counts as tried, not what waited for that until the stop.
func TestTriesCountBeginnings(t *testing.T) {
	const chats = 6
	d := newDesk(t)
	d.config.Handlers, d.config.Drain = 1, time.Millisecond
	begun := make(chan struct{})
	d.respond = func(ctx context.Context, _ bot.Event) (reply, error) {
		close(begun)
		<-ctx.Done()
		return reply{}, ctx.Err()
	}
	var updates []any
	for i := range chats {
		updates = append(updates, private(map[string]any{"text": secret, "chat": map[string]any{"id": i + 1, "type": "private"}}))
	}
	d.receive(updates...)
	stop := d.run()
	<-begun
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	left, tries := 0, 0
	err := d.journal.EachUnfinished(t.Context(), func(u journal.Update) error {
		left, tries = left+1, tries+u.Tries
		return nil
	})
	if err != nil || left != chats || tries != 1 {
		t.Errorf("%d updates are left with %d tries, %v; want %d with the one that was begun", left, tries, err, chats)
	}
}

// An update that is done by the time its turn comes is passed over.
func TestDoneMeanwhile(t *testing.T) {
	d := newDesk(t)
	d.receive(written("one "+secret), written("two "+secret))
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		return says(e.Text), d.journal.Done(ctx, 2, 0)
	}
	p := met(d, 7)
	d.run()
	d.settled()
	p.Send("three " + secret)
	if diff := cmp.Diff([]string{"re one " + secret, "re three " + secret}, texts(p.Wait(2))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	if d.log.has("left for the next start") {
		t.Errorf("what is done is said to be left:\n%s", d.log.text())
	}
}

// An apology is sent whole, however much of another reply was out.
func TestApologyAfterHalfAReply(t *testing.T) {
	d := newDesk(t)
	d.receive(written(secret))
	if err := d.journal.Sent(t.Context(), 1, 2, 0); err != nil {
		t.Fatal(err)
	}
	d.respond = func(context.Context, bot.Event) (reply, error) { panic(secret) }
	p := met(d, 7)
	d.run()
	if diff := cmp.Diff([]string{"re sorry " + secret}, texts(p.Wait(1))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
}

// An update that was committed and not confirmed is delivered again at the next
// start, and not answered again.
func TestRedelivery(t *testing.T) {
	d := newDesk(t)
	p := d.server.Person(7, "en")
	id := p.Send(secret)
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if offset, _ := r.Params["offset"].(int64); r.Method == "getUpdates" && offset > id {
			return &telegramtest.Failure{Hold: make(chan struct{}), Cut: telegramtest.CutBefore}
		}
		return nil
	})
	stop := d.run()
	p.Wait(1)
	d.settled()
	if err := stop(); err != nil || d.server.Confirmed() >= id {
		t.Fatalf("Run = %v, confirmed up to %d; the test is about what is not", err, d.server.Confirmed())
	}
	d.server.Fail(nil)
	d.run()
	d.server.WaitConfirmed(id)
	p.Send("more " + secret)
	p.Wait(2)
	if diff := cmp.Diff([]string{"re " + secret, "re more " + secret}, texts(p.Received())); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
}

// A reader who presses a button twice at once gets two answers, one after the
// other.
func TestPressedTwice(t *testing.T) {
	d := newDesk(t)
	open := false // by one goroutine at a time, or the race detector says so
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press == "" {
			r := says(e.Text)
			r.messages[0].markup = inline("show", "s:1")
			return r, nil
		}
		open = !open
		if open {
			return reply{edit: &message{html: "open", markup: inline("hide", "s:1")}}, nil
		}
		return reply{edit: &message{html: "shut", markup: inline("show", "s:1")}}, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	m := p.Wait(1)[0]
	one, two := p.Press(m, "s:1"), p.Press(m, "s:1")
	d.server.WaitAnswer(one.ID)
	d.server.WaitAnswer(two.ID)
	got := p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 2 })
	if got[0].Text != "shut" {
		t.Errorf("the message is %q after two presses", got[0].Text)
	}
}

// Buttons of long ago, of other messages, and without a message get an answer
// that leaves no clock running, and nothing that cannot be.
func TestOddPresses(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press == "" {
			return says(e.Text), nil
		}
		return reply{edit: &message{html: "x " + secret}, notice: strings300, messages: says("pressed").messages}, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	m := p.Wait(1)[0]
	foreign := p.PressForeign(m.ID, "zzz:"+secret)
	if a := d.server.WaitAnswer(foreign.ID); len([]rune(a.Text)) != 200 {
		t.Errorf("a notice of %d characters", len([]rune(a.Text)))
	}
	p.Wait(2)
	p.Delete(m.ID)
	d.server.WaitAnswer(p.PressForeign(m.ID, "s:1").ID)
	p.Wait(3)
	inlineMessage := map[string]any{"callback_query": map[string]any{
		"id": "9", "from": map[string]any{"id": 99, "is_bot": false, "first_name": "x"}, "inline_message_id": "i", "chat_instance": "c", "data": "s:1",
	}}
	d.server.AllowRefusals(true) // the server knows no such query
	d.server.Update(inlineMessage)
	d.until("it is answered", func() bool { return d.calls("answerCallbackQuery") == 3 })
	d.settled()
	if e := d.handled(); !e[2].Fixed || !e[3].Fixed || e[1].Fixed {
		t.Errorf("events %+v", e[1:])
	}
	if n := d.calls("editMessageText"); n != 1 {
		t.Errorf("%d edits, want only of the message within reach", n)
	}
	if n := d.calls("sendMessage"); n != 3 {
		t.Errorf("%d messages, want none to somebody who never wrote", n)
	}
}

var strings300 = fmt.Sprintf("%0300d", 0)

// Presses that come too late are in the nature of things.
func TestLatePress(t *testing.T) {
	d := newDesk(t)
	d.server.AllowRefusals(true)
	d.fail("answerCallbackQuery", 1, telegramtest.Failure{Code: 400, Description: "Bad Request: query is too old and response timeout expired or query ID is invalid"})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press != "" {
			return says("pressed"), nil
		}
		r := says(e.Text)
		r.messages[0].markup = inline("show", "s:1")
		return r, nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Press(p.Wait(1)[0], "s:1")
	p.Wait(2)
	d.settled()
	if d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) {
		t.Errorf("a late press is complained about:\n%s", d.log.text())
	}
}
