package telegram

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// A town crier has one thing to tell, to some people.
type crier struct {
	document bot.Document
	people   []int64

	noted chan struct{} // gets a value when it is noted that it is told

	mu   sync.Mutex
	told int
}

func (c *crier) Notice(context.Context) (bot.Notice, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told > 0 {
		return bot.Notice{}, nil
	}
	n := bot.Notice{Told: func(context.Context) error {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.told++
		c.noted <- struct{}{}
		return nil
	}}
	for _, person := range c.people {
		n.Messages = append(n.Messages, bot.Outgoing{Document: c.document, Chat: person})
	}
	return n, nil
}

func newCrier(t *testing.T, d *desk, people ...int64) *crier {
	return &crier{document: anything(t, d), people: people, noted: make(chan struct{}, 10)}
}

// wait waits until it is noted that it is told.
func (c *crier) wait() { <-c.noted }

func (c *crier) times() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.told
}

// anything is some message of the bot's.
func anything(t *testing.T, d *desk) bot.Document {
	t.Helper()
	actual, _ := dialogue(t, d)
	r, err := actual.Handle(t.Context(), bot.Event{ID: 1, Chat: 1, Person: bot.Person{ID: 1}, Command: "id"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Messages[0].Document
}

// What is to be told reaches everybody who can be reached, and is told once, be
// there somebody who has blocked the bot.
func TestNotices(t *testing.T) {
	d := newDesk(t)
	alice, bob, carol := d.server.Person(1, "en"), d.server.Person(2, "en"), d.server.Person(3, "en")
	for _, p := range []*telegramtest.Person{alice, bob, carol} {
		p.Send("hello")
	}
	bob.Block()
	c := newCrier(t, d, bob.ID, alice.ID, carol.ID)
	d.config.Notifier = c
	stop := d.run()
	for _, p := range []*telegramtest.Person{alice, carol} {
		p.Wait(2)
	}
	c.wait()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := c.times(); n != 1 {
		t.Errorf("it was noted %d times that it is told, want once", n)
	}
}

// A notice that reaches nobody waits, and one that breaks down stops nothing.
func TestNoticeWaits(t *testing.T) {
	d := newDesk(t)
	alice := d.server.Person(1, "en")
	alice.Send("hello")
	d.server.AllowRefusals(true)
	c := newCrier(t, d, 99) // who has never written
	d.config.Notifier = c
	stop := d.run()
	alice.Wait(1)
	d.server.WaitRequests(func(list []telegramtest.Request) bool {
		return slices.ContainsFunc(list, func(r telegramtest.Request) bool { return r.Answered && r.Params["chat_id"] == int64(99) })
	})
	d.settled()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := c.times(); n != 0 {
		t.Errorf("it was noted %d times that it is told, want never", n)
	}
	d = newDesk(t)
	d.config.Notifier = breaking{}
	bob := d.server.Person(2, "en")
	bob.Send("hello")
	d.run()
	bob.Wait(1)
}

type breaking struct{}

func (breaking) Notice(context.Context) (bot.Notice, error) {
	panic(errors.New("broken"))
}
