package telegram

import (
	"context"
	"errors"
	"slices"
	"testing"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// While a message is being answered, that is shown; not after the answer, nor
// when there is none.
func TestTypingWhileAnswering(t *testing.T) {
	for name, end := range map[string]func(context.Context) (reply, error){
		"answer":  func(context.Context) (reply, error) { return says("one", "two"), nil },
		"nothing": func(context.Context) (reply, error) { return reply{}, nil },
		"error":   func(context.Context) (reply, error) { return reply{}, errors.New(secret) },
		"panic":   func(context.Context) (reply, error) { panic(secret) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.respond = func(ctx context.Context, e bot.Event) (reply, error) {
				d.server.WaitRequests(func(r []telegramtest.Request) bool {
					return slices.ContainsFunc(r, isTyping)
				})
				return end(ctx)
			}
			d.run()
			d.done(d.server.Person(7, "en").Send(secret))
			requests := d.server.Requests()
			last := slices.IndexFunc(requests, func(r telegramtest.Request) bool { return r.Method == "sendMessage" })
			if last >= 0 && slices.ContainsFunc(requests[last:], isTyping) {
				t.Error("typing is shown after the answer")
			}
		})
	}
}

func isTyping(r telegramtest.Request) bool { return r.Method == "sendChatAction" }

// Somebody who has blocked the bot is not called, until he comes back.
func TestNoCallsToTheBlocked(t *testing.T) {
	d := newDesk(t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		r := says(e.Text)
		if e.Text != "next" { // which is what the update before it is done by
			r.messages[0].chat = 8
		}
		return r, nil
	}
	blocked := met(d, 8)
	d.run()
	p := d.server.Person(7, "en")
	blocked.Block()
	d.done(p.Send("next"))
	d.done(p.Send("one"))
	if n := d.calls("sendMessage"); n != 1 {
		t.Errorf("%d calls for somebody who has blocked the bot", n)
	}
	blocked.Unblock()
	d.done(p.Send("next"))
	d.done(p.Send("two"))
	if got := texts(blocked.Received()); len(got) != 1 || got[0] != "re two" {
		t.Errorf("messages %q, want the second", got)
	}
}
