package telegram

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/bot"
)

// forwardedPost is an update with a post that a person has forwarded.
func forwardedPost(person, n int) map[string]any {
	m := fromChannel(map[string]any{
		"chat": map[string]any{"id": person, "type": "private"}, "from": map[string]any{"id": person, "language_code": "en"},
		"text": fmt.Sprintf("Ferry number %d has left, says %s.", n, secret),
	}, map[string]any{"message_id": n, "date": published.Add(time.Duration(n) * time.Hour).Unix()})
	return private(m)
}

// Posts that an administrator forwards with one gesture are answered with one message.
func TestRunForwardedTogether(t *testing.T) {
	d := newDesk(t)
	handler, store := dialogue(t, d)
	d.config.Handler = handler
	var updates []any
	for n := range 120 {
		updates = append(updates, forwardedPost(1, n+1))
	}
	d.receive(updates...)
	met(d, 1)
	admin := d.begin()
	m := admin.Wait(2)
	if len(m) != 2 || !strings.HasPrefix(m[0].Text, "Added: 100, ") || !strings.HasPrefix(m[1].Text, "Added: 20, ") {
		t.Errorf("the forwards are answered with %q", texts(m))
	}
	if n := len(all(t, store)); n != 120 {
		t.Errorf("there are %d articles, want 120", n)
	}
	admin.Press(m[1], m[1].Buttons[0][0].Data)
	admin.Wait(3)
	if n := len(all(t, store)); n != 100 {
		t.Errorf("after Undo there are %d articles, want 100", n)
	}
	d.settled()
}

// What is gathered ends where something else comes in between, and of a reader nothing is.
func TestGathered(t *testing.T) {
	d := newDesk(t)
	d.gathers = func(before []bot.Event, e bot.Event) bool {
		return e.Post != nil && e.Person.ID == 1 && len(before) < 4
	}
	d.respond = func(_ context.Context, e bot.Event) (reply, error) { return says(fmt.Sprint(1 + len(e.Pieces))), nil }
	question := func(person int) map[string]any {
		return private(map[string]any{
			"chat": map[string]any{"id": person, "type": "private"}, "from": map[string]any{"id": person}, "text": "x " + secret,
		})
	}
	d.receive(forwardedPost(1, 1), forwardedPost(1, 2), question(1), forwardedPost(1, 3), forwardedPost(7, 4), forwardedPost(1, 5),
		forwardedPost(1, 6), forwardedPost(1, 7), forwardedPost(1, 8), forwardedPost(7, 9))
	met(d, 1)
	met(d, 7)
	d.run()
	for person, want := range map[int64]string{1: "[re 2 re 1 re 4 re 1]", 7: "[re 1 re 1]"} {
		p := d.server.Person(person, "en")
		if got := fmt.Sprint(texts(p.Wait(strings.Count(want, "re")))); got != want {
			t.Errorf("to %d it is said %s, want %s", person, got, want)
		}
	}
	d.settled()
}

// More posts may wait than other messages, and neither counts for the other.
func TestForwardsWait(t *testing.T) {
	b := &box{}
	put := func(t ticket, most int) crowd { return b.put(t, most) }
	for range maxForwarded {
		if c := put(ticket{gathered: true}, maxForwarded); c != taken {
			t.Fatalf("a forward is %v", c)
		}
	}
	for i := range maxQueue {
		if c := put(ticket{upload: true}, maxQueue); c != taken {
			t.Fatalf("message %d behind forwards is %v", i, c)
		}
	}
	if c := put(ticket{gathered: true}, maxForwarded); c != turnedAway {
		t.Errorf("a forward too many is %v", c)
	}
}

// What downloads takes one of few places before its time begins to run; a reader's file does not.
func TestUploadsTakeTurns(t *testing.T) {
	d := newDesk(t)
	handler, _ := dialogue(t, d)
	handler.Downloads = downloads(t, d)
	s := newService(t.Context(), d.config.withDefaults(), &line{inbox: &inbox{}})
	s.responder = renderer{handler, "newsbot"}
	for person, want := range map[int64]bool{1: true, 7: false} {
		e := bot.Event{Person: bot.Person{ID: person}, File: &bot.File{ID: "1"}}
		got := s.ticketOf(incoming{action: handle, event: e})
		if got.slow != want || !got.upload {
			t.Errorf("of %d the ticket is %+v", person, got)
		}
	}
	if n := cap(s.uploads); n != bot.MostUploads {
		t.Errorf("%d uploads are begun at once, want %d", n, bot.MostUploads)
	}
}
