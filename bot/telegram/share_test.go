package telegram

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/go-telegram/bot/models"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// shareLink is where the button of a message leads by which it is shared; "" for none.
func shareLink(t *testing.T, m telegramtest.Message) string {
	t.Helper()
	for _, row := range m.Buttons {
		for _, b := range row {
			if shared, ok := strings.CutPrefix(b.URL, "https://t.me/share/url?"); ok {
				query, err := url.ParseQuery(shared)
				if err != nil {
					t.Fatal(err)
				}
				return query.Get("url")
			}
		}
	}
	return ""
}

// startOf is the /start of a link to the bot.
func startOf(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil || u.Host != "t.me" || !strings.HasPrefix(u.Query().Get("start"), "q_") {
		t.Fatalf("%q leads to no answer: %v", link, err)
	}
	return "/start " + u.Query().Get("start")
}

// labelledData is the data of the button with a label that begins so.
func labelledData(t *testing.T, m telegramtest.Message, label string) string {
	t.Helper()
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Text, label) {
				return b.Data
			}
		}
	}
	t.Fatalf("no button %q under %+v", label, m)
	return ""
}

// An answer is handed on by its link, which stays under it, and its buttons work for whoever opens it.
func TestShareAnswer(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	handler, store := dialogue(t, d)
	handler.Asker, d.config.Handler = brief(stored(t, store, "They ended.")), handler
	running.Go(func() {
		if err := Run(ctx, d.config); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	defer running.Wait()
	defer cancel()

	edited := func(n int) func([]telegramtest.Message) bool {
		return func(m []telegramtest.Message) bool { return len(m) >= n && m[n-1].Edits == 1 }
	}
	asker, opener := d.server.Person(2, "en"), d.server.Person(3, "en")
	asker.Send("how did it end?")
	answer := asker.Wait(1)[0]
	link := shareLink(t, answer)
	asker.Press(answer, labelledData(t, answer, "Passage"))
	if got := shareLink(t, asker.WaitFor(edited(1))[0]); got != link {
		t.Errorf("with the passage it has the link %q, before %q", got, link)
	}
	opener.Send(startOf(t, link))
	opened := opener.Wait(1)[0]
	if !strings.Contains(opened.Text, "how did it end?") || !strings.Contains(opened.Text, "They ended.") || shareLink(t, opened) != link {
		t.Errorf("opened it is %+v", opened)
	}
	opener.Press(opened, labelledData(t, opened, "Passage"))
	if got := shareLink(t, opener.WaitFor(edited(1))[0]); got != link {
		t.Errorf("with the passage it has the link %q", got)
	}
	asker.Send("/forget")
	asker.Wait(2)
	opener.Send(startOf(t, link))
	if got := opener.Wait(2)[1]; strings.Contains(got.Text, "They ended.") || !strings.Contains(got.Text, "not kept any more") {
		t.Errorf("forgotten it is %+v", got)
	}
	d.settled()
	if d.log.has(`"level":"ERROR"`) || d.log.has(`"level":"WARN"`) {
		t.Errorf("complaints:\n%s", d.log.text())
	}
}

// Links stand below the buttons, in a message and in what takes its place.
func TestRenderLinks(t *testing.T) {
	d := newDesk(t)
	handler, _ := dialogue(t, d)
	r := renderer{handler, "OurName"}
	help, err := handler.Handle(t.Context(), bot.Event{ID: 1, Chat: 2, Person: bot.Person{ID: 2}, Command: "help"})
	if err != nil {
		t.Fatal(err)
	}
	o := help.Messages[0]
	o.Buttons = [][]bot.Button{{{Label: "press", Data: "x"}}}
	o.Links = []bot.Link{{Label: "open", Start: "a_3f"}, {Label: "share", Start: "q_abc", Share: true}}
	got := r.render(bot.Reply{Messages: []bot.Outgoing{o}, Edit: &o})
	last := got.messages[len(got.messages)-1]
	for _, m := range []message{last, *got.edit} {
		keyboard, ok := m.markup.(models.InlineKeyboardMarkup)
		if !ok || len(keyboard.InlineKeyboard) != 3 || keyboard.InlineKeyboard[1][0].URL != r.address(o.Links[0]) ||
			keyboard.InlineKeyboard[2][0].URL != r.address(o.Links[1]) {
			t.Errorf("the markup is %+v", m.markup)
		}
	}
	for l, want := range map[bot.Link]string{
		o.Links[0]: "https://t.me/OurName?start=a_3f",
		o.Links[1]: "https://t.me/share/url?url=https%3A%2F%2Ft.me%2FOurName%3Fstart%3Dq_abc",
	} {
		if got := r.address(l); got != want {
			t.Errorf("%q leads to %s, want %s", l.Label, got, want)
		}
	}
}
