package telegram

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// A scribe writes words one after the other, and shows those that it has.
func scribe(words []string, each time.Duration) func(context.Context, bot.Event, *writing) (reply, error) {
	return func(ctx context.Context, _ bot.Event, w *writing) (reply, error) {
		for i := range words {
			w.show(message{html: "re " + strings.Join(words[:i+1], " ")})
			if err := pause(ctx, each); err != nil {
				return reply{}, err
			}
		}
		return says(strings.Join(words, " ")), nil
	}
}

// drafted are the texts of drafts.
func draftedTexts(drafts []telegramtest.Draft) (out []string) {
	for _, d := range drafts {
		out = append(out, d.Text)
	}
	return out
}

// isDraft tells the requests for drafts.
func isDraft(r telegramtest.Request) bool { return r.Method == draftMethod }

// What is written is shown as it grows, and then sent. That it is at work needs no saying meanwhile.
func TestDrafts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.writes = scribe([]string{"one", "<b>two</b>", "three"}, 2*time.Second)
		d.run()
		p := d.server.Person(7, "en")
		id := p.SendIn(3, secret)
		got := p.Wait(1)
		drafts := p.Drafts()
		if diff := cmp.Diff([]string{"re one", "re one two", "re one two three"}, draftedTexts(drafts)); diff != "" {
			t.Errorf("drafts -want +got:\n%s", diff)
		}
		for _, draft := range drafts {
			if draft.ID != draftID(id) || !draft.CanStop || draft.KeepOnStop || draft.Received != 0 || draft.Thread != 3 {
				t.Errorf("shown as %+v", draft)
			}
		}
		if len(got) != 1 || got[0].Thread != 3 || !strings.HasPrefix(got[0].HTML, "re one") {
			t.Errorf("messages %+v", got)
		}
		if n := d.calls("sendChatAction"); n != 0 {
			t.Errorf("typing is shown %d times beside drafts", n)
		}
		d.done(id)
	})
}

// Only the newest is shown, a second after the one before at the earliest, and what stays as it is again before Telegram
// takes it away.
func TestDraftsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.writes = func(_ context.Context, _ bot.Event, w *writing) (reply, error) {
			for i := range 40 {
				w.show(message{html: fmt.Sprint(i)})
				time.Sleep(250 * time.Millisecond)
			}
			time.Sleep(45 * time.Second)
			return says("all"), nil
		}
		d.run()
		p := d.server.Person(7, "en")
		d.done(p.Send(secret))
		drafts := p.Drafts()
		for i, draft := range drafts[1:] {
			gap := draft.Time.Sub(drafts[i].Time)
			if gap < time.Second || gap > 25*time.Second || gap > 3*time.Second && draft.Text != "39" {
				t.Errorf("%q comes %v after %q", draft.Text, gap, drafts[i].Text)
			}
		}
		if n := len(drafts); n < 8 || n > 12 {
			t.Errorf("%d drafts: %q", n, draftedTexts(drafts))
		}
		last := p.Received()[0].Sent.Sub(drafts[len(drafts)-1].Time)
		if last > 25*time.Second {
			t.Errorf("nothing is shown for %v before the message", last)
		}
	})
}

// Nothing is shown in a group, and the reply to the bot can be stopped there all the same.
func TestNoDraftsInGroups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.server.Group(testGroup, false)
		d.writes = func(_ context.Context, e bot.Event, w *writing) (reply, error) {
			if w.draft != nil || w.stopped == nil || (renderer{}).follows(w).Show != nil {
				t.Error("something is shown in a group")
			}
			w.show(message{html: "nothing"})
			return says(e.Text), nil
		}
		d.run()
		d.done(d.server.Person(7, "en").Say(testGroup, d.ask(secret)))
		if n := d.calls(draftMethod); n != 0 {
			t.Errorf("%d drafts", n)
		}
	})
}

// What there is no answer for by itself is not shown either.
func TestNoDraftsOfOtherThings(t *testing.T) {
	d := newDesk(t)
	d.writes = func(_ context.Context, e bot.Event, w *writing) (reply, error) {
		if want := e.Text == "a question"; (w != nil) != want {
			t.Errorf("%+v can be followed: %v, want %v", e, w != nil, want)
		}
		return reply{}, nil
	}
	d.server.OfferInline(true)
	d.server.Group(testGroup, false)
	d.run()
	p := d.server.Person(7, "en")
	p.Send("a question")
	p.Send("/cancel")
	p.Send("إلغاء")
	p.SendDocument(telegramtest.Document{Name: "a.txt", Data: []byte("x")})
	channel := d.server.Channel(-1_000_000_000_009, "news", "News")
	channel.Promote(p)
	channel.Post("news")
	d.server.AddBot(testGroup, p)
	p.Inline("half a que")
	d.done(p.Send("a question"))
	if n := len(d.handled()); n != 9 {
		t.Errorf("%d events are handled: %+v", n, d.handled())
	}
}

// Of a reply that is shown too late nothing is shown.
func TestDraftAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := new(exchange)
		d := gatewayTo(t, e, nil).newDraft(t.Context(), 1, place{chat: 7})
		d.show(message{html: " "}) // nothing to see
		while(time.Minute)
		d.end()
		d.end()
		d.show(message{html: "late"})
		while(time.Minute)
		if calls := e.received(); len(calls) > 0 {
			t.Errorf("calls %v", calls)
		}
	})
}

// The message waits for a draft that is on its way, but not for long.
func TestMessageAfterDraft(t *testing.T) {
	for name, way := range map[string]time.Duration{"slow": draftGrace / 2, "hanging": time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
					if isDraft(r) {
						return &telegramtest.Failure{Delay: way}
					}
					return nil
				})
				ended := make(chan time.Time, 1)
				d.writes = func(_ context.Context, _ bot.Event, w *writing) (reply, error) {
					w.show(message{html: "re one"})
					time.Sleep(100 * time.Millisecond)
					ended <- time.Now()
					return says("one two"), nil
				}
				d.run()
				p := d.server.Person(7, "en")
				p.Send(secret)
				m := p.Wait(1)[0]
				if waited := m.Sent.Sub(<-ended); waited > draftGrace || waited < min(draftGrace, way-100*time.Millisecond) {
					t.Errorf("the message has waited for %v", waited)
				}
				if drafts := p.Drafts(); way < draftGrace && (len(drafts) != 1 || drafts[0].Received != 0) {
					t.Errorf("drafts %+v, want one before the message", drafts)
				}
			})
		})
	}
}

// When Telegram wants a chat to be left alone, it is: by drafts and by the message, which then comes at once and once.
func TestDraftFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.fail(draftMethod, 1, telegramtest.Failure{Code: 429, RetryAfter: 3, Description: "Too Many Requests: retry after 3"})
		d.writes = scribe([]string{"one", "two"}, time.Second)
		d.run()
		p := d.server.Person(7, "en")
		begun := time.Now()
		d.done(p.Send(secret))
		if got := p.Received(); len(got) != 1 || got[0].Text != "re one two" || got[0].Sent.Sub(begun) > 4*time.Second {
			t.Errorf("messages %+v, after %v", got, got[0].Sent.Sub(begun))
		}
		if n := d.calls(draftMethod); n != 1 {
			t.Errorf("%d drafts were tried", n)
		}
	})
}

// A chat that was left alone is shown the newest afterwards.
func TestDraftAfterFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.fail(draftMethod, 1, telegramtest.Failure{Code: 429, RetryAfter: 3, Description: "Too Many Requests: retry after 3"})
		d.writes = scribe([]string{"one", "two", "three"}, 2*time.Second)
		d.run()
		p := d.server.Person(7, "en")
		d.done(p.Send(secret))
		if diff := cmp.Diff([]string{"re one two", "re one two three"}, draftedTexts(p.Drafts())); diff != "" {
			t.Errorf("drafts -want +got:\n%s", diff)
		}
	})
}

// After three failures nothing more is shown of a reply; of the next one it is.
func TestDraftsFail(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"500":    {Code: 500, Description: "Internal Server Error"},
		"proxy":  {Status: 502, Body: "<html>502</html>"},
		"cut":    {Cut: telegramtest.CutBefore},
		"markup": {Code: 400, Description: "Bad Request: can't parse entities: Unclosed start tag at byte offset 3"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				d.fail(draftMethod, 3, f)
				d.writes = scribe([]string{"one", "two", "three", "four", "five", "six"}, 2*time.Second)
				d.run()
				p := d.server.Person(7, "en")
				d.done(p.Send(secret))
				if n := d.calls(draftMethod); n != 3 || len(p.Received()) != 1 {
					t.Errorf("%d drafts were tried, %d messages sent", n, len(p.Received()))
				}
				d.done(p.Send(secret))
				if n := len(p.Drafts()); n != 6 {
					t.Errorf("%d drafts of the next reply", n)
				}
			})
		})
	}
}

// Two failures in a row are passed over.
func TestDraftsRecover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		calls := 0
		d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
			if !isDraft(r) {
				return nil
			}
			if calls++; calls%3 != 0 {
				return &telegramtest.Failure{Code: 500, Description: "Internal Server Error"}
			}
			return nil
		})
		d.writes = scribe([]string{"one", "two", "three", "four", "five", "six"}, 3*time.Second)
		d.run()
		p := d.server.Person(7, "en")
		d.done(p.Send(secret))
		if n := len(p.Drafts()); n < 3 {
			t.Errorf("%d drafts: %q", n, draftedTexts(p.Drafts()))
		}
	})
}

// A server that does not know drafts is asked once.
func TestDraftsUnknown(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"404":           {Code: 404, Description: "Not Found"},
		"400":           {Code: 400, Description: "Bad Request: method not found"},
		"of its own":    {Status: 500, Body: `{"message":"API method 'sendMessageDraft' is not supported"}`},
		"404 as a page": {Status: 404, Body: "404 page not found"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				d.fail(draftMethod, 1000, f)
				d.writes = scribe([]string{"one", "two", "three"}, 2*time.Second)
				stop := d.run()
				p := d.server.Person(7, "en")
				d.done(p.Send(secret))
				d.done(d.server.Person(8, "en").Send(secret))
				if n := d.calls(draftMethod); n != 1 || len(p.Received()) != 1 {
					t.Errorf("%d drafts were tried, %d messages sent", n, len(p.Received()))
				}
				if n := d.log.count("the server takes no drafts"); n != 1 {
					t.Errorf("that is logged %d times:\n%s", n, d.log.text())
				}
				if err := stop(); err != nil {
					t.Error(err)
				}
				d.server.Fail(nil)
				d.run()
				d.done(p.Send(secret))
				if n := len(p.Drafts()); n != 3 {
					t.Errorf("%d drafts after the next start", n)
				}
			})
		})
	}
}

// One that has taken a draft knows them, whatever goes wrong with another.
func TestDraftsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.writes = scribe([]string{"one", "two"}, 2*time.Second)
		d.run()
		p := d.server.Person(7, "en")
		d.done(p.Send(secret))
		d.fail(draftMethod, 1, telegramtest.Failure{Status: 500, Body: "<html>500</html>"})
		d.done(p.Send(secret))
		before := len(p.Drafts())
		d.done(p.Send(secret))
		if n := len(p.Drafts()) - before; n == 0 {
			t.Error("nothing is shown after the failure")
		}
	})
}

// What is refused to one is not refused to all.
func TestDraftsRefusedOnce(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"the chat":      {Code: 400, Description: "Bad Request: chat not found"},
		"the peer":      {Code: 400, Description: "Bad Request: TEXTDRAFT_PEER_INVALID"},
		"somebody away": {Code: 403, Description: "Forbidden: bot was blocked by the user"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := bubbleDesk(t)
				d.fail(draftMethod, 1, f)
				d.writes = scribe([]string{"one", "two"}, 2*time.Second)
				d.run()
				p := d.server.Person(7, "en")
				d.done(p.Send(secret))
				if n := d.calls(draftMethod); n != 1 || len(p.Received()) != 1 {
					t.Errorf("%d drafts were tried, %d messages sent", n, len(p.Received()))
				}
				d.done(p.Send(secret))
				if n := len(p.Drafts()); n != 2 {
					t.Errorf("%d drafts of the next reply", n)
				}
			})
		})
	}
}

// Somebody who blocks the bot while it writes is sent the message, which finds that out.
func TestBlockedWhileWriting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		p := d.server.Person(7, "en")
		d.writes = func(_ context.Context, _ bot.Event, w *writing) (reply, error) {
			w.show(message{html: "one"})
			time.Sleep(2 * time.Second)
			p.Block()
			for i := range 5 {
				w.show(message{html: fmt.Sprint(i)})
				time.Sleep(2 * time.Second)
			}
			return says("all"), nil
		}
		d.run()
		d.done(p.Send(secret))
		if drafts, tries, messages := len(p.Drafts()), d.calls(draftMethod), d.calls("sendMessage"); drafts != 1 || tries > 2 || messages > 1 {
			t.Errorf("%d drafts after %d tries, and %d tries of a message", drafts, tries, messages)
		}
	})
}

// Many are shown what is written for them at once, and Telegram's limits hold: the server is their judge.
func TestManyDrafts(t *testing.T) {
	const people = 50
	synctest.Test(t, func(t *testing.T) {
		d := bubbleDesk(t)
		d.config.Handlers = people
		words := strings.Fields(strings.Repeat("word ", 12))
		d.writes = scribe(words, 500*time.Millisecond)
		d.run()
		var all sync.WaitGroup
		for i := range int64(people) {
			p := d.server.Person(100+i, "en")
			all.Go(func() {
				for n := range 2 {
					p.Send(secret)
					p.Wait(n + 1)
				}
			})
		}
		all.Wait()
		d.settled()
		for i := range int64(people) {
			p := d.server.Person(100+i, "en")
			got := p.Received()
			if len(got) != 2 || got[0].Text != got[1].Text {
				t.Errorf("%d: messages %q", p.ID, texts(got))
			}
			for _, draft := range p.Drafts() {
				if !strings.HasPrefix(got[0].Text, draft.Text) {
					t.Errorf("%d: shown %q", p.ID, draft.Text)
				}
			}
		}
		if n := d.calls(draftMethod); n < 2*people {
			t.Errorf("%d drafts in all", n)
		}
	})
}

// Whoever is answered waits for nobody's drafts.
func TestDraftsLeaveRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := new(exchange)
		g := gatewayTo(t, e, nil)
		drafts := make([]*draft, 40)
		for i := range drafts {
			drafts[i] = g.newDraft(t.Context(), int64(i), place{chat: int64(100 + i)})
			drafts[i].show(message{html: "x"})
		}
		synctest.Wait()
		begun := time.Now()
		for i := range 10 {
			if _, err := g.send(t.Context(), 1, place{chat: int64(100 + i)}, message{html: "y"}, committed); err != nil {
				t.Error(err)
			}
		}
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("the messages have waited for %v", waited)
		}
		for _, d := range drafts {
			d.end()
		}
	})
}

// The number of a draft is one that Telegram takes, and that of no other update of the time.
func TestDraftID(t *testing.T) {
	seen := map[int64]bool{}
	for _, update := range []int64{1, 2, 1<<31 - 2, 1<<31 - 1, 1 << 31, 1<<62 + 5} {
		id := draftID(update)
		if id < 1 || id > 1<<31-1 {
			t.Errorf("update %d is draft %d", update, id)
		}
		if update < 1<<31-1 && seen[id] {
			t.Errorf("update %d shares its draft", update)
		}
		seen[id] = true
	}
}

// A call that shows a draft has no more time than one that shows typing.
func TestDraftTime(t *testing.T) {
	if got := newClient(testToken, nil).timeOf(draftMethod); got != actionTime {
		t.Errorf("a draft may take %v", got)
	}
	if draftAgain+draftEvery+actionTime > 29*time.Second {
		t.Error("a draft is gone before it is shown again")
	}
}

// Of the answers of servers that are none of the Bot API some say that there is no such method.
func TestIsUnknown(t *testing.T) {
	for status, want := range map[int]bool{
		http.StatusNotFound: true, http.StatusInternalServerError: true, http.StatusMethodNotAllowed: true,
		http.StatusBadGateway: false, http.StatusServiceUnavailable: false, http.StatusOK: false,
	} {
		err := fmt.Errorf("error: %w", &unreadableError{status: status})
		if got := isUnknown(judge(err), err); got != want {
			t.Errorf("status %d says so: %v", status, got)
		}
	}
	if slices.ContainsFunc([]error{nil, &callError{text: "x"}, &callError{text: "x", written: true}, &apiError{code: 500}},
		func(err error) bool { return isUnknown(judge(err), err) }) {
		t.Error("a failure says that there is no such method")
	}
}
