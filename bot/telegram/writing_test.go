package telegram

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// untilStopped is a handler that shows the beginning of what it repeats, and writes no more of it when it is stopped. A
// command has said whether it has stopped anything.
func (d *desk) untilStopped() (begun <-chan *writing) {
	c := make(chan *writing, 10)
	d.writes = func(ctx context.Context, e bot.Event, w *writing) (reply, error) {
		if e.Cancels() {
			return says(fmt.Sprintf("stopped %v", e.Stopped)), nil
		}
		w.show(message{html: "re"})
		c <- w
		select {
		case <-w.stopped:
			w.show(message{html: "too late"})
			return says(e.Text), nil
		case <-ctx.Done():
			return reply{}, ctx.Err()
		}
	}
	return c
}

// shown waits for the first draft of a person.
func shown(p *telegramtest.Person) telegramtest.Draft {
	return p.WaitDrafts(func(d []telegramtest.Draft) bool { return len(d) > 0 })[0]
}

// The button beside a draft stops what it shows: while the chat waits for that very reply, and with nothing kept of it.
func TestStopButton(t *testing.T) {
	for _, thread := range []int{0, 3} {
		t.Run(fmt.Sprint("thread ", thread), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				d.untilStopped()
				d.run()
				p := d.server.Person(7, "en")
				if thread == 0 {
					p.Send(secret)
				} else {
					p.SendIn(thread, secret)
				}
				id := p.Stop(shown(p).ID)
				d.done(id)
				if diff := cmp.Diff([]string{"re " + secret}, texts(p.Received())); diff != "" {
					t.Errorf("messages -want +got:\n%s", diff)
				}
				if diff := cmp.Diff([]string{"re"}, draftedTexts(p.Drafts())); diff != "" {
					t.Errorf("drafts -want +got:\n%s", diff)
				}
				if n := len(d.handled()); n != 1 {
					t.Errorf("%d events are handled", n)
				}
				if _, err := d.journal.Update(t.Context(), id); err == nil {
					t.Error("the stop is kept")
				}
			})
		})
	}
}

// It stops nothing else: not what another chat is shown, what was shown before, nor what is shown in another topic.
func TestStopOfAnotherDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		begun := d.untilStopped()
		d.run()
		p, other := d.server.Person(7, "en"), d.server.Person(8, "en")
		p.SendIn(3, secret)
		w := <-begun
		draft := shown(p)
		other.StopForeign(draft.ID, 0)
		p.StopForeign(draft.ID+1, 0)
		p.StopForeign(draft.ID, 4)
		for _, odd := range []string{
			`{"stopped_message_generation":{}}`, `{"stopped_message_generation":7}`, `{"stopped_message_generation":{"chat":{"id":7}}}`,
			`{"stopped_message_generation":{"chat":{"id":"x"},"draft_id":{}}}`, `{"stopped_message_generation":{"chat":{"id":7},"draft_id":0}}`,
			`{"stopped_message_generation":{"chat":{"id":7},"draft_id":-1e99}}`,
		} {
			d.server.Update(odd)
		}
		d.server.WaitConfirmed(p.StopForeign(0, 0))
		if isClosed(w.stopped) {
			t.Fatal("the reply is stopped by what is about others")
		}
		d.done(p.Stop(draft.ID))
		late := p.StopForeign(draft.ID, 3) // which is a message by now
		d.done(late)
		if n := len(p.Received()); n != 1 || len(d.handled()) != 1 {
			t.Errorf("%d messages, %d events", n, len(d.handled()))
		}
	})
}

// A command stops the reply to whoever sends it when it arrives, and says so when its turn has come.
func TestCancel(t *testing.T) {
	for _, command := range []string{"/cancel", "/Cancel@" + serverBot, "cancel", "إلغاء", "Cancel!"} {
		t.Run(command, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				d.untilStopped()
				d.run()
				p := d.server.Person(7, "en")
				p.Send(secret)
				shown(p)
				d.done(p.Send(command))
				if diff := cmp.Diff([]string{"re " + secret, "re stopped true"}, texts(p.Received())); diff != "" {
					t.Errorf("messages -want +got:\n%s", diff)
				}
				d.done(p.Send(command))
				if got := p.Received(); len(got) != 3 || got[2].Text != "re stopped false" {
					t.Errorf("messages %q", texts(got))
				}
			})
		})
	}
}

// serverBot is the name of the server's bot.
const serverBot = "newsbot_test_bot"

// Words that only speak of it do not.
func TestNotCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		begun := d.untilStopped()
		d.server.Group(testGroup, false)
		d.run()
		p := d.server.Person(7, "en")
		p.Send(secret)
		w := <-begun
		message := p.Messages()[0].ID
		p.Send("why was it cancelled?")
		p.Send("/cancel@another_bot")
		p.Send("/cancellation")
		p.Edit(message, "/cancel")
		p.SendMessage(map[string]any{"text": "/cancel", "forward_origin": map[string]any{
			"type": "hidden_user", "sender_user_name": "X", "date": 1700000000,
		}})
		p.Say(testGroup, "/cancel@"+serverBot) // is about the group
		d.server.WaitConfirmed(d.server.Person(8, "en").Send("/cancel"))
		if isClosed(w.stopped) {
			t.Error("the reply is stopped")
		}
		w.stop()
		for range 4 {
			(<-begun).stop()
		}
		d.settled()
	})
}

// In a group whoever has asked stops the reply to him, and nobody else does.
func TestCancelInGroup(t *testing.T) {
	for _, command := range []string{"/cancel", "/cancel@" + serverBot, "@" + serverBot + " إلغاء"} {
		t.Run(command, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				begun := d.untilStopped()
				d.server.Group(testGroup, false)
				d.run()
				asker, other := d.server.Person(7, "en"), d.server.Person(8, "en")
				asker.Say(testGroup, d.ask(secret))
				w := <-begun
				d.server.WaitConfirmed(other.Say(testGroup, command))
				if isClosed(w.stopped) {
					t.Fatal("somebody else has stopped the reply")
				}
				d.done(asker.Say(testGroup, command))
				var said []string
				for _, m := range d.server.Messages(testGroup) {
					if m.FromBot {
						said = append(said, m.Text)
					}
				}
				if diff := cmp.Diff([]string{"re " + secret, "re stopped false", "re stopped true"}, said); diff != "" {
					t.Errorf("messages -want +got:\n%s", diff)
				}
			})
		})
	}
}

// In a group nobody waits for what is written for more than one other.
func TestCrowdInGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		begun := d.untilStopped()
		d.server.Group(testGroup, false)
		d.run()
		a, b := d.server.Person(7, "en"), d.server.Person(8, "en")
		a.Say(testGroup, d.ask("one"))
		first := <-begun
		b.Say(testGroup, d.ask("two"))
		a.Say(testGroup, d.ask("three"))
		d.server.WaitConfirmed(a.Say(testGroup, d.ask("four")))
		writings := []*writing{first}
		first.stop()
		for range 3 {
			w := <-begun
			writings = append(writings, w)
			w.stop()
		}
		var crowded []bool
		for _, w := range writings {
			crowded = append(crowded, w.crowded)
		}
		// Behind the first nobody waited yet, and behind the third only its own author.
		if want := []bool{false, true, false, false}; !slices.Equal(crowded, want) {
			t.Errorf("others wait: %v, want %v", crowded, want)
		}
		if r := (renderer{}); !r.follows(writings[1]).Crowded || r.follows(first).Crowded {
			t.Error("the dialogue is not told")
		}
		d.settled()
	})
}

// Another topic of the group is another place.
func TestCancelInAnotherTopic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const forum = -1_000_000_000_077
		d := bubbleDesk(t)
		begun := d.untilStopped()
		d.server.Group(forum, true)
		p := d.server.Person(7, "en")
		one, two := d.server.Topic(forum, p, "one"), d.server.Topic(forum, p, "two")
		d.run()
		p.SayIn(forum, one, d.ask(secret))
		w := <-begun
		d.server.WaitConfirmed(p.SayIn(forum, two, "/cancel@"+serverBot))
		if isClosed(w.stopped) {
			t.Error("a reply in another topic is stopped")
		}
		d.done(p.SayIn(forum, one, "/cancel@"+serverBot))
		if !isClosed(w.stopped) {
			t.Error("the reply is not stopped")
		}
	})
}

// What was asked before the command is not written either when its turn comes only then, as after a stop of the program.
func TestCancelledBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.receive(written("one "+secret), written("two "+secret), written("/cancel"), written("three "+secret))
		begun := d.untilStopped()
		d.server.Person(7, "en")
		p := met(d, 7)
		d.run()
		for range 2 {
			if w := <-begun; !isClosed(w.stopped) {
				t.Error("a reply is written that was cancelled")
			}
		}
		w := <-begun
		synctest.Wait()
		if isClosed(w.stopped) {
			t.Error("a reply is cancelled by what came before it")
		}
		w.stop()
		want := []string{"re one " + secret, "re two " + secret, "re stopped true", "re three " + secret}
		if diff := cmp.Diff(want, texts(p.Wait(4))); diff != "" {
			t.Errorf("messages -want +got:\n%s", diff)
		}
		d.settled()
	})
}

// A command that finds the queue full stops the reply all the same.
func TestCancelTurnedAway(t *testing.T) {
	w := new(writings)
	one := &writing{at: place{chat: 7}, person: 7, stopped: make(chan struct{})}
	w.begin(one)
	s := &service{}
	s.writings.begin(one)
	s.cancel(incoming{id: 5, place: one.at, event: bot.Event{Person: bot.Person{ID: 7}}}, turnedAway)
	if !isClosed(one.stopped) || s.writings.hasStopped(5) {
		t.Error("the reply is not stopped, or it is kept by what")
	}
}

// A stop of the program lets a reply be written to its end, and shows nothing of it any more.
func TestStopWhileWriting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.writes = scribe([]string{"one", "two", "three"}, 2*time.Second)
		stop := d.run()
		p := d.server.Person(7, "en")
		p.Send(secret)
		shown(p)
		d.cancel()
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"re one two three"}, texts(p.Received())); diff != "" {
			t.Errorf("messages -want +got:\n%s", diff)
		}
		if diff := cmp.Diff([]string{"re one"}, draftedTexts(p.Drafts())); diff != "" {
			t.Errorf("drafts -want +got:\n%s", diff)
		}
	})
}

// A reply that is cut off is written again at the next start, in place of what was shown of it, and sent once.
func TestCutWhileWriting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.writes = scribe([]string{"one", "two", "three", "four", "five"}, 2*time.Second)
		d.config.Drain = time.Millisecond
		stop := d.run()
		p := d.server.Person(7, "en")
		p.Send(secret)
		first := shown(p)
		if err := stop(); err != nil || len(p.Received()) > 0 {
			t.Errorf("Run = %v, with %d messages", err, len(p.Received()))
		}
		cut := len(p.Drafts())
		d.run()
		p.Wait(1)
		d.settled()
		for _, draft := range p.Drafts() {
			if draft.ID != first.ID {
				t.Errorf("draft %d, and %d before", draft.ID, first.ID)
			}
		}
		if n := len(p.Received()); n != 1 || len(p.Drafts()) < cut+3 {
			t.Errorf("%d messages, %d drafts after %d", n, len(p.Drafts()), cut)
		}
	})
}

// The handler's time is what it was, and what it shows ends with it.
func TestWritingTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.untilStopped()
		d.run()
		p := d.server.Person(7, "en")
		begun := time.Now()
		d.done(p.Send(secret))
		if took := p.Received()[0].Sent.Sub(begun); took < handleTime || took > handleTime+time.Second {
			t.Errorf("the apology came after %v", took)
		}
		if n := len(p.Drafts()); n != 3 {
			t.Errorf("%d drafts within a minute", n)
		}
	})
}

// A previewer is a [Handler] that answers with what a dialogue does, after it has shown it.
type previewer struct {
	Handler
	stopped chan bool
}

func (s previewer) Handle(ctx context.Context, e bot.Event) (bot.Reply, error) {
	r, err := s.Handler.Handle(ctx, e)
	if err != nil || e.Cancels() {
		return r, err
	}
	if e.Writing == nil || e.Writing.Show == nil {
		s.stopped <- false
		return r, nil
	}
	e.Writing.Show(r.Messages[0].Document)
	select {
	case <-e.Writing.Stop:
		s.stopped <- true
	case <-ctx.Done():
	}
	return r, nil
}

// What a dialogue shows looks like the message that follows, as far as one message goes.
func TestDraftOfDialogue(t *testing.T) {
	d := newDesk(t)
	talk, _ := dialogue(t, d)
	talk.Asker = verbose{}
	h := previewer{talk, make(chan bool, 1)}
	d.writes = renderer{handler: h, username: serverBot}.respond
	d.run()
	p := d.server.Person(7, "en")
	p.Send("What was said?")
	draft := shown(p)
	p.Stop(draft.ID)
	got := p.Wait(2)
	if !<-h.stopped || draft.Text != got[0].Text || !cmp.Equal(draft.Entities, got[0].Entities) {
		t.Errorf("shown\n%s\nsent\n%s", draft.Text, got[0].Text)
	}
	d.settled()
}
