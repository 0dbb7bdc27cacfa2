package telegram

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
)

// Answers that hang get an apology when their time is up, and keep nobody else
// from being answered. They are not begun again.
func TestHandlerHangs(t *testing.T) {
	d := newDesk(t)
	d.config.Handlers, d.config.handleTime = 2, 20*time.Millisecond
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		if e.Text == "quick" {
			return says(e.Text), nil
		}
		<-ctx.Done()
		return reply{}, ctx.Err()
	}
	d.run()
	hung := []int64{1, 2, 3}
	for _, id := range hung {
		d.server.Person(id, "en").Send("hang " + secret)
	}
	other := d.server.Person(7, "en")
	other.Send("quick")
	if diff := cmp.Diff([]string{"re quick"}, texts(other.Wait(1))); diff != "" {
		t.Errorf("to somebody else -want +got:\n%s", diff)
	}
	for _, id := range hung {
		if diff := cmp.Diff([]string{"re sorry " + secret}, texts(d.server.Person(id, "en").Wait(1))); diff != "" {
			t.Errorf("to %d -want +got:\n%s", id, diff)
		}
	}
	d.settled()
	if n := d.log.count("handling an update took too long"); n != 3 || len(d.handled()) != 4 {
		t.Errorf("%d complaints, %d events handled; want 3 and 4:\n%s", n, len(d.handled()), d.log.text())
	}
}

// A reply that comes although the time is up is sent.
func TestHandlerIsLate(t *testing.T) {
	d := newDesk(t)
	d.config.handleTime = time.Millisecond
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		<-ctx.Done()
		return says(e.Text), nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send("late")
	if diff := cmp.Diff([]string{"re late"}, texts(p.Wait(1))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A handler has a minute when nothing else is said.
func TestHandleTime(t *testing.T) {
	d := newDesk(t)
	left := make(chan time.Duration, 1)
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		deadline, _ := ctx.Deadline()
		left <- time.Until(deadline)
		return says(e.Text), nil
	}
	d.run()
	d.server.Person(7, "en").Send("how long?")
	if got := <-left; got <= 30*time.Second || got > time.Minute {
		t.Errorf("a handler has %v; want a minute", got)
	}
}
