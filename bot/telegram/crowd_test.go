package telegram

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// hold has the first event whose text is "hold" wait; release lets it go on.
func (d *desk) hold() (begun <-chan struct{}, release func()) {
	waits, free := make(chan struct{}), make(chan struct{})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Text == "hold" {
			close(waits)
			<-free
		}
		r := says(e.Text)
		r.messages[0].markup = inline("show", "s:1")
		return r, nil
	}
	return waits, func() { close(free) }
}

// patient is what is said about messages that wait.
func patient(e bot.Event, a bot.Aside) reply {
	switch {
	case a != bot.Refused:
		return says("wait")
	case e.Press != "":
		return reply{notice: "full"}
	}
	r := says("full")
	r.messages[0].replyTo = e.Message
	return r
}

// A chat with more to say than is kept is told which messages are not taken, and
// gets the answers to all others in order.
func TestTooMany(t *testing.T) {
	d := newDesk(t)
	begun, release := d.hold()
	d.aside = patient
	d.run()
	p := d.server.Person(7, "en")
	p.Send("first")
	button := p.Wait(1)[0]
	p.Send("hold")
	<-begun
	var want []string
	for i := range maxQueue {
		p.Send(fmt.Sprint(i))
		want = append(want, "re "+fmt.Sprint(i))
	}
	answer := func(press telegramtest.Callback) {
		t.Helper()
		if a := d.server.WaitAnswer(press.ID); a.Text != "full" {
			t.Errorf("a press that is not taken is answered %q", a.Text)
		}
	}
	answer(p.Press(button, "s:1")) // which does not keep those that follow from being told
	last := int64(0)
	for range 3 {
		last = p.Send("too much " + secret)
	}
	told := p.WaitFor(func(m []telegramtest.Message) bool { return len(m) == 3 })
	d.server.WaitConfirmed(last)
	d.until("the others are passed over", func() bool {
		n, err := d.journal.Backlog(t.Context())
		return err == nil && n == maxQueue+1
	})
	find := func(text string) telegramtest.Message {
		i := slices.IndexFunc(p.Messages(), func(m telegramtest.Message) bool { return m.Text == text })
		if i < 0 {
			t.Fatalf("no message %q among %q", text, texts(told))
		}
		return p.Messages()[i]
	}
	find("re wait")
	if full, refused := find("re full"), find("too much "+secret); full.ReplyTo != refused.ID {
		t.Errorf("message %d is a reply to %d, want it to be to %d", full.ID, full.ReplyTo, refused.ID)
	}
	answer(p.Press(button, "s:1"))
	release()
	got := texts(p.Wait(4 + maxQueue))[3:]
	if diff := cmp.Diff(append([]string{"re hold"}, want...), got); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
	p.Send("again")
	if m := p.Wait(5 + maxQueue); m[len(m)-1].Text != "re again" {
		t.Errorf("after the spell, the answer is %q", m[len(m)-1].Text)
	}
}

// Somebody with many messages is asked to wait, once, and only if the first of
// them is not answered soon.
func TestPatience(t *testing.T) {
	for _, soon := range []bool{true, false} {
		t.Run(fmt.Sprint("soon ", soon), func(t *testing.T) {
			d := newDesk(t)
			begun, release := d.hold()
			d.aside = patient
			waits, over := make(chan struct{}), make(chan struct{})
			d.config.pause = func(_ context.Context, wait time.Duration) error {
				if wait == patience {
					close(waits) // panics when there are two
					<-over
				}
				return nil
			}
			d.run()
			p := d.server.Person(7, "en")
			p.Send("hold")
			<-begun
			for i := range 3 * manyWaiting {
				p.Send(fmt.Sprint(i))
			}
			<-waits
			if soon {
				release()
				p.Wait(2)
				d.settled()
			}
			close(over)
			want := 3*manyWaiting + 1
			if !soon {
				if m := p.Wait(1); m[0].Text != "re wait" {
					t.Errorf("the first message is %q", m[0].Text)
				}
				want++
				release()
			}
			p.Wait(want)
			d.settled()
			if n := len(p.Received()); n != want {
				t.Errorf("%d messages, want %d", n, want)
			}
		})
	}
}

// What could not be refused before a stop is answered after it.
func TestStopBeforeRefusal(t *testing.T) {
	d := newDesk(t)
	d.config.Drain = time.Millisecond
	begun := d.stall()
	refusing := make(chan struct{}, 1)
	d.aside = func(e bot.Event, a bot.Aside) reply {
		if a != bot.Refused {
			return reply{}
		}
		refusing <- struct{}{}
		return patient(e, a)
	}
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if r.Params["text"] != "re full" {
			return nil
		}
		return &telegramtest.Failure{Code: 500, Description: "Internal Server Error"}
	})
	stop := d.run()
	p := d.server.Person(7, "en")
	p.Send("first")
	<-begun
	want, last := []string{"re first"}, int64(0)
	for i := range maxQueue + 1 {
		last = p.Send(fmt.Sprint(i))
		want = append(want, "re "+fmt.Sprint(i))
	}
	<-refusing
	d.server.WaitConfirmed(last)
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	d.run()
	if diff := cmp.Diff(want, texts(p.Wait(len(want)))); diff != "" {
		t.Errorf("messages -want +got:\n%s", diff)
	}
	d.settled()
}

// A handler that breaks down about what waits costs what it would have said.
func TestAsidePanics(t *testing.T) {
	d := newDesk(t)
	begun, release := d.hold()
	asked := make(chan struct{}, 2)
	d.aside = func(bot.Event, bot.Aside) reply {
		asked <- struct{}{}
		panic(secret)
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send("hold")
	<-begun
	for range maxQueue + 1 {
		p.Send("x")
	}
	<-asked
	<-asked
	release()
	p.Wait(maxQueue + 1)
	d.settled()
	if n := len(p.Received()); n != maxQueue+1 {
		t.Errorf("%d messages, want the answers to those taken", n)
	}
}
