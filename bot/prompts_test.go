package bot

import (
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
)

func TestPromptsOfTwoArticles(t *testing.T) {
	w := newWorld(t)
	w.send(admin, "/add "+undated)
	first := w.only().ID
	w.press(admin, "t:"+first)
	asked := w.asks
	w.send(admin, "/add "+englishDispatch)
	for _, a := range w.articles() {
		if a.ID != first {
			w.press(admin, "o:"+a.ID)
		}
	}
	w.asks = asked
	saysAll(t, w.reply(admin, "A title"), "Changed:\n\nA title\nOutlet: unknown\n", first)
	saysAll(t, w.send(admin, "Reuters"), "Changed:", "Outlet: Reuters\nDate: 15 August 2025")
}

func TestPrompts(t *testing.T) {
	tests := []struct {
		name, button, reply string
		want                string
	}{
		{"English date", "d", "15 August 2025", "Date: 15 August 2025"},
		{"Arabic date", "d", "15 أغسطس 2025", "Date: 15 August 2025"},
		{"Arabic digits", "d", "١٥ آب ٢٠٢٥", "Date: 15 August 2025"},
		{"ISO date", "d", "2025-08-15", "Date: 15 August 2025"},
		{"date with space", "d", "  2025-08-15 \n", "Date: 15 August 2025"},
		{"outlet", "o", "  Agence\nFrance-Presse ", "Outlet: Agence France-Presse"},
		{"Arabic outlet", "o", "شينخوا", "Outlet: شينخوا"},
		{"title", "t", "A <b>better</b> title", "A <b>better</b> title\nOutlet"},
		{"long title", "t", strings.Repeat("title ", 800), "title…\nOutlet"},
	}
	for _, tt := range tests {
		for _, way := range []string{"in reply", "next"} {
			t.Run(tt.name+" "+way, func(t *testing.T) {
				w := newWorld(t)
				w.send(admin, "/add "+undated)
				asked := w.press(admin, tt.button+":"+w.only().ID)
				if len(asked.Messages) != 1 || !asked.Messages[0].Asks || asked.Edit != nil {
					t.Errorf("asked: %s", show(asked))
				}
				send := w.send
				if way == "in reply" {
					w.now = w.now.Add(time.Hour)
					send = w.reply
				}
				saysAll(t, send(admin, tt.reply), "Changed:", tt.want)
				saysAll(t, w.send(admin, "/cancel"), "There is nothing to cancel.")
				if len(w.asked) > 0 {
					t.Errorf("asked %q", w.asked)
				}
			})
		}
	}
}

func TestPromptDeclined(t *testing.T) {
	begin := func(t *testing.T, button string) (*world, corpus.Article) {
		w := newWorld(t)
		w.send(admin, "/add "+undated)
		w.press(admin, button+":"+w.only().ID)
		return w, w.only()
	}
	unchanged := func(t *testing.T, w *world, before corpus.Article) {
		t.Helper()
		if got := w.only(); got != before {
			t.Errorf("the article is %+v, want %+v", got, before)
		}
	}
	t.Run("bad date in reply, then a good one", func(t *testing.T) {
		w, before := begin(t, "d")
		for _, bad := range []string{"soon", "31 February 2025", "2025", "15 August", strings.Repeat("9", 4096)} {
			saysAll(t, w.reply(admin, bad), "I do not understand this date.")
		}
		unchanged(t, w, before)
		saysAll(t, w.reply(admin, "15 August 2025"), "Date: 15 August 2025")
	})
	t.Run("no date, not in reply", func(t *testing.T) {
		w, before := begin(t, "d")
		saysAll(t, w.send(admin, "Egyptian talks"), "This is what the coverage says:")
		unchanged(t, w, before)
		saysAll(t, w.send(admin, "15 August 2025"), "Date: 15 August 2025")
	})
	t.Run("a question", func(t *testing.T) {
		for _, mark := range []string{"?", "؟", "? "} {
			w, before := begin(t, "o")
			saysAll(t, w.send(admin, "Who is Egyptian"+mark), "an Egyptian official said")
			unchanged(t, w, before)
		}
	})
	t.Run("too late", func(t *testing.T) {
		w, before := begin(t, "o")
		w.now = w.now.Add(promptPatience + time.Second)
		saysAll(t, w.send(admin, "Reuters"), "The coverage has no answer")
		unchanged(t, w, before)
	})
	t.Run("forgotten", func(t *testing.T) {
		w, before := begin(t, "o")
		w.now = w.now.Add(25 * time.Hour)
		if err := w.Journal.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		saysAll(t, w.send(admin, "Reuters"), "The coverage has no answer")
		unchanged(t, w, before)
		saysAll(t, w.reply(admin, "Reuters"), "Outlet: Reuters") // which says what it is about
	})
	t.Run("another message", func(t *testing.T) {
		w, before := begin(t, "t")
		e := w.event(admin, "Egyptian officials")
		e.Replied = &Replied{Text: "This is what the coverage says:\n" + before.ID, FromBot: true}
		saysAll(t, w.handle(e), "an Egyptian official said")
		unchanged(t, w, before)
	})
	t.Run("no question mark", func(t *testing.T) {
		for _, question := range []string{"who is Egyptian", "من هو المسؤول Egyptian", "\u200fأين التقى Egyptian"} {
			w, before := begin(t, "t")
			saysAll(t, w.send(admin, question), "an Egyptian official said")
			unchanged(t, w, before)
		}
	})
	t.Run("nothing to see", func(t *testing.T) {
		w, before := begin(t, "t")
		saysAll(t, w.reply(admin, "\u200f…"), "There is no letter and no digit")
		unchanged(t, w, before)
	})
	t.Run("a bad date, not in reply", func(t *testing.T) {
		w, before := begin(t, "d")
		saysAll(t, w.send(admin, "15 Augst 2025"), "I do not understand this date.")
		unchanged(t, w, before)
	})
	t.Run("cancelled", func(t *testing.T) {
		w, before := begin(t, "o")
		saysAll(t, w.send(admin, "/cancel"), "the article stays as it is")
		saysAll(t, w.send(admin, "/cancel"), "There is nothing to cancel.")
		saysAll(t, w.send(admin, "Reuters"), "The coverage has no answer")
		unchanged(t, w, before)
	})
	t.Run("a command", func(t *testing.T) {
		w, before := begin(t, "o")
		saysAll(t, w.send(admin, "/status"), "Uptime")
		unchanged(t, w, before)
		saysAll(t, w.send(admin, "Reuters"), "Outlet: Reuters")
	})
	t.Run("a picture", func(t *testing.T) {
		w, before := begin(t, "o")
		saysAll(t, w.reply(admin, ""), "I can read text only")
		unchanged(t, w, before)
	})
	t.Run("removed meanwhile", func(t *testing.T) {
		w, before := begin(t, "o")
		w.remove(before.ID)
		saysAll(t, w.reply(admin, "Reuters"), "has been removed")
		saysAll(t, w.send(admin, "/cancel"), "There is nothing to cancel.")
		for _, b := range []string{"d", "o", "t"} {
			saysAll(t, w.press(admin, b+":"+before.ID), "has been removed")
		}
	})
	t.Run("another button", func(t *testing.T) {
		w, _ := begin(t, "o")
		w.press(admin, "t:"+w.only().ID)
		saysAll(t, w.send(admin, "Reuters"), "Changed:\n\nReuters\nOutlet: unknown")
	})
	t.Run("no longer an admin", func(t *testing.T) {
		w, before := begin(t, "o")
		w.Admin = func(int64) bool { return false }
		saysAll(t, w.reply(admin, "Reuters"), "The coverage has no answer")
		unchanged(t, w, before)
	})
	t.Run("another chat", func(t *testing.T) {
		w, before := begin(t, "o")
		w.Admin = func(int64) bool { return true }
		saysAll(t, w.send(stranger, "Reuters"), "The coverage has no answer")
		unchanged(t, w, before)
	})
}
