package telegram

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// ask is a text that mentions the bot of a desk.
func (d *desk) ask(words string) string { return "@" + d.server.Username() + " " + words }

// inReplyTo is an echo that replies to what it repeats, with a button.
func inReplyTo(_ context.Context, e bot.Event) (reply, error) {
	r := says(e.Text)
	r.messages[0].replyTo, r.messages[0].markup = e.Message, inline("show", "s:1")
	return r, nil
}

// What people say to each other in a group is nowhere, not even on the disk, and takes nobody's turn.
func TestUnheard(t *testing.T) {
	d := newDesk(t)
	d.respond = inReplyTo
	d.run()
	d.server.Group(testGroup, false)
	p := d.server.Person(7, "ar")
	for range 3 * maxQueue {
		p.Say(testGroup, "بيننا "+secret)
	}
	p.Say(testGroup, d.ask("من فاز؟"))
	last := p.Say(testGroup, "بيننا "+secret)
	answers := d.server.WaitGroup(testGroup, func(m []telegramtest.Message) bool { return len(m) > 3*maxQueue+2 })
	d.done(last)
	got := answers[len(answers)-1]
	if got.Text != "re من فاز؟" || got.ReplyTo != answers[3*maxQueue].ID || len(d.handled()) != 1 {
		t.Errorf("%d events, the answer is %+v", len(d.handled()), got)
	}
	if d.log.has("passed over") {
		t.Errorf("what is not for the bot is logged:\n%s", d.log.text())
	}
	d.keepsNo(secret)
}

// keepsNo fails when the journal's files have some words.
func (d *desk) keepsNo(words string) {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.dir, "*"))
	if err != nil || len(files) == 0 {
		d.t.Fatalf("the journal is in %q, %v", files, err)
	}
	for _, f := range files {
		if raw, err := os.ReadFile(f); err != nil || strings.Contains(string(raw), words) {
			d.t.Errorf("%s has what people say to each other; %v", filepath.Base(f), err)
		}
	}
}

// A button in a group works for everybody there, whether or not he has written to the bot.
func TestGroupPress(t *testing.T) {
	d := newDesk(t)
	d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
		if e.Press != "" {
			m := message{html: "shown", markup: inline("hide", "s:1")}
			return reply{edit: &m, notice: "done"}, nil
		}
		return inReplyTo(ctx, e)
	}
	d.run()
	d.server.Group(testGroup, true)
	asker, other := d.server.Person(7, "ar"), d.server.Person(8, "en")
	topic := d.server.Topic(testGroup, asker, "News")
	asker.SayIn(testGroup, topic, d.ask("من فاز؟"))
	m := d.server.WaitGroup(testGroup, func(m []telegramtest.Message) bool { return len(m) == 3 })[2]
	press := other.PressIn(testGroup, m, "s:1")
	if a := d.server.WaitAnswer(press.ID); a.Text != "done" {
		t.Errorf("the press is answered %q", a.Text)
	}
	d.done(press.Update)
	m = d.server.Messages(testGroup)[2]
	e := d.handled()[1]
	if m.Text != "shown" || m.Thread != topic || e.Person.ID != 8 || !e.Group || e.Thread != topic || e.Chat != testGroup {
		t.Errorf("the message is %+v after %+v", m, e)
	}
}

// Who has added the bot and who has put it out is told once each, and nothing is sent where it is no more.
func TestPresence(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.server.Group(testGroup, false)
	p := d.server.Person(7, "ar")
	d.server.AddBot(testGroup, p)
	d.server.PromoteBot(testGroup, p)
	d.done(d.server.RemoveBot(testGroup, p))
	var got []bot.Presence
	for _, e := range d.handled() {
		got = append(got, e.Presence)
		if e.Person.ID != 7 || e.Title != "Group" || !e.Group {
			t.Errorf("event %+v", e)
		}
	}
	if diff := cmp.Diff([]bot.Presence{bot.PresenceJoined, bot.PresenceLeft}, got); diff != "" {
		t.Errorf("presences -want +got:\n%s", diff)
	}
	if n := d.calls("sendMessage"); n > 1 || d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) {
		t.Errorf("%d messages; log:\n%s", n, d.log.text())
	}
}

// A group that becomes a supergroup neither puts the bot out nor adds it, in whatever order Telegram tells of it.
func TestUpgrade(t *testing.T) {
	d := newDesk(t)
	d.server.Group(-5, false)
	p := d.server.Person(7, "ar")
	to := d.server.Upgrade(-5, p)
	d.run()
	last := p.Say(to, d.ask("من فاز؟"))
	d.server.WaitGroup(to, func(m []telegramtest.Message) bool {
		return slices.ContainsFunc(m, func(m telegramtest.Message) bool { return m.Text == "re من فاز؟" })
	})
	d.done(last)
	if e := d.handled(); len(e) != 1 || e[0].Presence != bot.PresenceSame {
		t.Errorf("events %+v, want the question alone", e)
	}
	d.done(d.server.RemoveBot(to, p))
	d.done(d.server.AddBot(to, p))
	if e := d.handled(); len(e) != 3 || e[1].Presence != bot.PresenceLeft || e[2].Presence != bot.PresenceJoined {
		t.Errorf("events %+v, want that it left and joined", e)
	}
}

// Where the bot may not write nothing is sent, and that holds up nobody.
func TestMayNotWrite(t *testing.T) {
	for name, forbid := range map[string]func(*desk, int){
		"in the group":        func(d *desk, _ int) { d.server.Mute(testGroup, true) },
		"in the topic":        func(d *desk, topic int) { d.server.CloseTopic(testGroup, topic) },
		"as a restricted one": func(d *desk, _ int) { d.fail("sendMessage", 1, closedFailure) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
				r := says("one", "two")
				if !e.Group {
					r = says(e.Text)
				}
				return r, nil
			}
			d.server.Group(testGroup, true)
			p := d.server.Person(7, "ar")
			topic := d.server.Topic(testGroup, p, "News")
			forbid(d, topic)
			d.run()
			d.done(p.SayIn(testGroup, topic, d.ask("من فاز؟")))
			if n := d.calls("sendMessage"); n != 1 {
				t.Errorf("%d calls, want one that is refused", n)
			}
			if d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) || !d.log.has("takes no messages of the bot") {
				t.Errorf("log:\n%s", d.log.text())
			}
			p.Send("private")
			p.Wait(1)
			d.settled()
		})
	}
}

var closedFailure = telegramtest.Failure{Code: 400, Description: "Bad Request: CHAT_WRITE_FORBIDDEN"}
