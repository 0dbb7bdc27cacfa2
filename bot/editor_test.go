package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// addReplying sends /add in reply to a message.
func addReplying(w *world, to Replied, argument string) Reply {
	w.t.Helper()
	e := w.event(admin, strings.TrimSpace("/add "+argument))
	e.Replied = &to
	return w.handle(e)
}

func TestAdd(t *testing.T) {
	const card = "Added:\n\nTalks began on Friday, an Egyptian official said.\nOutlet: unknown\nDate: unknown\nLanguage: English\nWords: 16\nID: "
	tests := []struct {
		name string
		send func(w *world) Reply
		want string
		n    int
	}{
		{"text", func(w *world) Reply { return w.send(admin, "/add "+undated) }, card, 1},
		{"text below", func(w *world) Reply { return w.send(admin, "/add\n"+undated) }, card, 1},
		{"in reply", func(w *world) Reply { return addReplying(w, Replied{Text: undated}, "") }, card, 1},
		{"both", func(w *world) Reply { return addReplying(w, Replied{Text: undated}, "and more") }, "which of them is the article?", 0},
		{"both, to the bot", func(w *world) Reply { return addReplying(w, Replied{Text: undated, FromBot: true}, undated) }, "which of them is the article?", 0},
		{"in reply to the bot", func(w *world) Reply { return addReplying(w, Replied{Text: undated, FromBot: true}, "") }, "one of mine", 0},
		{"in reply to a picture", func(w *world) Reply { return addReplying(w, Replied{}, "") }, "I found no text", 0},
		{"in reply to a link", func(w *world) Reply { return addReplying(w, Replied{Text: "https://news.example/1"}, "") }, "I have no access to the web", 0},
		{"nothing", func(w *world) Reply { return w.send(admin, "/add") }, "Write the text of the article", 0},
		{"a link", func(w *world) Reply { return w.send(admin, "/add HTTPS://news.example/1 http://news.example/2") }, "I have no access to the web", 0},
		{"a link and text", func(w *world) Reply { return w.send(admin, "/add https://news.example/1 says that talks began.") }, "Added:", 1},
		{"no words", func(w *world) Reply { return w.send(admin, "/add … !") }, "I found no text", 0},
		{"invisible", func(w *world) Reply { return w.send(admin, "/add \u200f\u200e") }, "I found no text", 0},
		{"front matter alone", func(w *world) Reply { return w.send(admin, "/add ---\ntitle: A\n---") }, "I found no text", 0},
		{"dateline", func(w *world) Reply { return w.send(admin, "/add "+englishDispatch) }, "Outlet: Xinhua\nDate: 15 August 2025\nLanguage: English\n", 1},
		{"Arabic dateline", func(w *world) Reply { return w.send(admin, "/add "+arabicDispatch) }, "Outlet: شينخوا\nDate: 15 August 2025\nLanguage: Arabic\n", 1},
		{"front matter", func(w *world) Reply {
			return w.send(admin, "/add ---\ntitle: A title\nsource: Daily\ndate: 2025-08-17\nurl: https://news.example/1\n---\n"+undated)
		}, "A title\nOutlet: Daily\nDate: 17 August 2025\n", 1},
		{"bad date", func(w *world) Reply { return w.send(admin, "/add ---\ndate: soon\n---\n"+undated) }, "The article was not added. The reason:\nfront matter: date:", 0},
		{"bad address", func(w *world) Reply { return w.send(admin, "/add ---\nurl: javascript:alert(1)\n---\n"+undated) }, "The article was not added.", 0},
		{"front matter not closed", func(w *world) Reply { return w.send(admin, "/add ---\ntitle: A\n"+undated) }, "The article was not added.", 0},
		{"as long as a message gets", func(w *world) Reply {
			return w.send(admin, "/add "+strings.Repeat(undated+" ", 4000/len(undated)))
		}, "If the article goes on, undo this", 1},
		{"other language", func(w *world) Reply {
			return w.send(admin, "/add Президенты встретились в пятницу и говорили три часа.")
		}, "Language: another language", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			saysAll(t, tt.send(w), tt.want)
			if n := len(w.articles()); n != tt.n {
				t.Errorf("there are %d articles, want %d", n, tt.n)
			}
		})
	}
	t.Run("can be asked at once", func(t *testing.T) {
		w := newWorld(t)
		w.send(admin, "/add "+undated)
		saysAll(t, w.send(reader, "Who are the delegations?"), "The delegations will meet again in a week.")
	})
}

func TestAddTwice(t *testing.T) {
	for name, message := range map[string]string{
		"plain":         "/add " + undated,
		"dateline":      "/add " + englishDispatch,
		"headline":      "/add Talks begin in Cairo\n\n" + englishDispatch,
		"address":       "/add ---\nurl: https://news.example/1\n---\n" + undated,
		"title, source": "/add ---\ntitle: A\nsource: B\n---\n" + undated,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			saysAll(t, w.send(admin, message), "Added:")
			id := w.only().ID
			r := w.send(admin, message)
			saysAll(t, r, "Already in the collection:")
			if got := strings.Join(labels(r), " "); got != "Edit" {
				t.Errorf("an unchanged article has the buttons %q", got)
			}
			w.press(admin, "d:"+id)
			w.reply(admin, "1 May 2024")
			w.press(admin, "o:"+id)
			w.reply(admin, "Reuters")
			w.press(admin, "t:"+id)
			saysAll(t, w.reply(admin, "A better title"), "Changed:\n\nA better title\nOutlet: Reuters\nDate: 1 May 2024")

			r = w.send(admin, message)
			if a := w.only(); a.ID != id {
				t.Fatalf("the ID is %s, want %s", a.ID, id)
			}
			saysAll(t, r, "Already in the collection:\n\nA better title\nOutlet: Reuters\nDate: 1 May 2024")
		})
	}
}

// The same address with another text is an update. What was set by hand stays.
func TestUpdate(t *testing.T) {
	w := newWorld(t)
	const message = "/add ---\nurl: https://news.example/1\n---\n"
	w.send(admin, message+undated)
	first := w.only()
	w.press(admin, "d:"+first.ID)
	w.reply(admin, "1 May 2024")
	edited := w.only()
	r := w.send(admin, message+"Talks ended on Sunday. Nobody will meet again.")
	saysAll(t, r, "Updated:\n\nTalks ended on Sunday.\nOutlet: unknown\nDate: 1 May 2024")

	saysAll(t, w.press(admin, button(t, r, "Undo")), "Undone. The article is as it was before:\n\nTalks began on Friday, an Egyptian official said.\nOutlet: unknown\nDate: 1 May 2024")
	got := w.only()
	got.Changed = edited.Changed
	if got != edited {
		t.Errorf("after Undo there is %+v, want %+v", got, edited)
	}
	if r := w.press(admin, button(t, r, "Undo")); r.Notice != "There is nothing left to undo." || len(outgoing(r)) > 0 {
		t.Errorf("Undo pressed twice: %s", show(r))
	}
}

func TestUndoAdded(t *testing.T) {
	w := newWorld(t)
	r := w.send(admin, "/add "+undated)
	undone := w.press(admin, button(t, r, "Undo"))
	saysAll(t, undone, "Undone. The article is no longer there: Talks began on Friday, an Egyptian official said.")
	if undone.Edit == nil || len(w.articles()) > 0 {
		t.Errorf("Undo leaves %d articles: %s", len(w.articles()), show(undone))
	}
	saysAll(t, w.press(admin, button(t, r, "Undo")), "There is nothing left to undo.")
	saysAll(t, w.send(admin, "/add "+undated), "Back again:")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "There is nothing left to undo.")
	if len(w.articles()) != 1 {
		t.Error("an old Undo has removed what was added anew")
	}
}

func TestUndoEdited(t *testing.T) {
	w := newWorld(t)
	w.send(admin, "/add "+undated)
	before := w.only()
	w.press(admin, "t:"+before.ID)
	r := w.reply(admin, "A better title")
	saysAll(t, r, "Changed:\n\nA better title\n")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "Undone. The article is as it was before:\n\nTalks began")
	got := w.only()
	got.Changed = before.Changed
	if got != before {
		t.Errorf("after Undo there is %+v, want %+v", got, before)
	}
	saysAll(t, w.press(admin, button(t, r, "Undo")), "There is nothing left to undo.")
}

// The last change is undone first; what came before it can be undone then.
func TestUndoInOrder(t *testing.T) {
	w := newWorld(t)
	w.send(admin, "/add "+undated)
	id := w.only().ID
	w.press(admin, "o:"+id)
	first := w.reply(admin, "AFP")
	w.now = w.now.Add(time.Second)
	w.press(admin, "o:"+id)
	second := w.reply(admin, "Reuters")
	saysAll(t, w.press(admin, button(t, first, "Undo")), "A later change of this article stands.")
	saysAll(t, w.press(admin, button(t, second, "Undo")), "as it was before:", "Outlet: AFP")
	saysAll(t, w.press(admin, button(t, first, "Undo")), "as it was before:", "Outlet: unknown")
}

// Two articles are asked about: a reply changes the one that it replies to.
// An event that is handled again has the reply that it had, or should have had.
func TestHandledAgain(t *testing.T) {
	w := newWorld(t)
	added := w.send(admin, "/add "+undated)
	id := w.only().ID
	w.press(admin, "t:"+id)
	title := w.event(admin, "A better title")
	saysAll(t, w.handle(title), "Changed:\n\nA better title")
	saysAll(t, w.again(title), "Changed:\n\nA better title")
	w.press(admin, "o:"+id)
	cancel := w.event(admin, "/cancel")
	saysAll(t, w.handle(cancel), "the article stays as it is")
	saysAll(t, w.again(cancel), "the article stays as it is")
	undo := w.pressed(admin, button(t, added, "Undo"))
	saysAll(t, w.handle(undo), "The article is no longer there: A better title")
	saysAll(t, w.again(undo), "The article is no longer there: A better title")
}

func TestUndoRemoved(t *testing.T) {
	w := newWorld(t)
	r := w.send(admin, "/add "+undated)
	w.remove(w.only().ID)
	saysAll(t, w.press(admin, button(t, r, "Undo")), "There is nothing left to undo.")
}

// After a crash the reply is what it would have been.
func TestAddAgain(t *testing.T) {
	const addressed = "/add ---\nurl: https://news.example/1\n---\n"
	tests := []struct{ name, before, message, want string }{
		{"added", "", "/add " + undated, "Added:"},
		{"added with an address", "", addressed + undated, "Added:"},
		{"unchanged", "/add " + undated, "/add " + undated, "Already in the collection:"},
		{"unchanged with an address", addressed + undated, addressed + undated, "Already in the collection:"},
		{"updated", addressed + undated, addressed + "Nobody will meet again.", "Updated:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if tt.before != "" {
				w.send(admin, tt.before)
				w.now = w.now.Add(time.Hour)
			}
			e := w.event(admin, tt.message)
			first := w.handle(e)
			saysAll(t, first, tt.want)
			second := w.again(e)
			if show(first) != show(second) {
				t.Errorf("handled again it says\n%s\nand at first\n%s", show(second), show(first))
			}
			if len(w.articles()) != 1 {
				t.Errorf("there are %d articles", len(w.articles()))
			}
			if tt.want == "Already in the collection:" {
				return
			}
			if got, want := button(t, second, "Undo"), button(t, first, "Undo"); got != want {
				t.Errorf("its Undo is %q, want %q", got, want)
			}
			w.press(admin, button(t, second, "Undo"))
			if n := len(w.articles()); (n == 1) != (tt.before != "") {
				t.Errorf("after Undo there are %d articles", n)
			}
		})
	}
}

func TestRemove(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	saysAll(t, w.send(admin, "/remove"), "Write the ID")
	for _, id := range []string{"aaaaaaaaaaaaaaaa", "' OR 1=1", strings.Repeat("x", 4000), "https://news.example/none"} {
		saysAll(t, w.send(admin, "/remove "+id), "There is no article")
	}
	e := w.event(admin, "/remove "+strings.ToUpper(a.ID))
	for _, r := range []Reply{w.handle(e), w.again(e)} {
		saysAll(t, r, "Removed:\n"+a.Title+", "+a.ID, "out of every answer and list")
		button(t, r, "Undo")
	}
	saysAll(t, w.send(admin, "/remove "+a.ID), "Removed before:\n"+a.Title)
	if len(w.articles()) > 0 {
		t.Error("the article is still there")
	}
}

func TestList(t *testing.T) {
	tests := []struct {
		n, from int
		heading string
		buttons string
	}{
		{0, 0, "There are no articles yet.", ""},
		{0, 8, "There are no articles yet.", ""},
		{1, 0, "Articles 1 to 1 of 1", ""},
		{8, 0, "Articles 1 to 8 of 8", ""},
		{8, 8, "Articles 1 to 8 of 8", ""},
		{9, 0, "Articles 1 to 8 of 9", "Next=l:8"},
		{9, 8, "Articles 9 to 9 of 9", "Previous=l:0"},
		{17, 8, "Articles 9 to 16 of 17", "Previous=l:0 Next=l:16"},
		{17, 9, "Articles 10 to 17 of 17", "Previous=l:1"},
		{17, 3, "Articles 4 to 11 of 17", "Previous=l:-5 Next=l:11"},
		{17, -1, "Articles 1 to 8 of 17", "Next=l:8"},
		{17, 1 << 40, "Articles 17 to 17 of 17", "Previous=l:8"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.n, " from ", tt.from), func(t *testing.T) {
			w := newWorld(t)
			shelve(w, tt.n)
			r := w.press(admin, fmt.Sprint("l:", tt.from))
			saysAll(t, r, tt.heading)
			var got []string
			for _, row := range r.Edit.Buttons {
				for _, b := range row {
					got = append(got, b.Label+"="+b.Data)
				}
			}
			if s := strings.Join(got, " "); s != tt.buttons {
				t.Errorf("the buttons are %q, want %q", s, tt.buttons)
			}
		})
	}
	t.Run("garbage", func(t *testing.T) {
		w := newWorld(t)
		for _, data := range []string{"l", "l:", "l:x", "l:1.5", "l:99999999999999999999"} {
			saysAll(t, w.press(admin, data), "This button no longer works.")
		}
	})
}

// A list of the longest titles is shown, all of it.
func TestLongList(t *testing.T) {
	w := newWorld(t)
	for i := range 10 {
		w.put(corpus.Article{Title: fmt.Sprint(i, strings.Repeat("🙂", 290)), Source: strings.Repeat("🙂", 120), Body: fmt.Sprint("Report ", i, ".")})
	}
	for _, r := range []Reply{w.send(admin, "/list"), w.press(admin, "l:0")} {
		saysAll(t, r, "Articles 1 to 8 of 10")
		if n := strings.Count(said(r), strings.Repeat("🙂", 290)); n != 8 {
			t.Errorf("%d titles are shown, want 8", n)
		}
	}
}

func TestStatus(t *testing.T) {
	w := newWorld(t)
	w.put(arabicStory())
	w.put(englishStory())
	saysAll(t, w.send(admin, "/status"), "Articles: 2 (Arabic: 1, English: 1)", "Passages: 2", "Articles not fully indexed: 2",
		"Newest article: 16 August 2025, Summit ends in Anchorage", "Version: 1.2.3", "Uptime – days: 2, hours: 1, minutes: 5")
}

func TestSources(t *testing.T) {
	w := newWorld(t)
	saysAll(t, w.send(reader, "/sources"), "There are no articles yet.")
	w.put(englishStory())
	w.put(corpus.Article{Body: "One.", Language: text.English})
	w.put(corpus.Article{Body: "Two.", Source: "<b>&", Language: text.English})
	saysAll(t, w.send(reader, "/sources"), "outlet unknown: 1", "<b>&: 1", "newsbot sample desk: 1")
}

// A busyShelf is one whose articles are being encoded.
type busyShelf struct {
	shelf
	progress retrieval.Progress
}

func (b busyShelf) Backlog(context.Context) (retrieval.Progress, error) { return b.progress, nil }

// While articles are being encoded, /status says how fast and how long it will
// take, as soon as that is known.
func TestStatusWhileEncoding(t *testing.T) {
	left := 2*time.Hour + 3*time.Minute + 4*time.Second
	tests := []struct {
		name     string
		progress retrieval.Progress
		want     string // "" for no such line
	}{
		{"known", retrieval.Progress{Articles: 7, Rate: 41.2, Left: left}, "Vectors a second: 42. Time left – hours: 2, minutes: 3, seconds: 4"},
		{"not known yet", retrieval.Progress{Articles: 7}, ""},
		{"words, which have no rate", retrieval.Progress{Articles: 7, Left: left}, ""},
		{"nothing left", retrieval.Progress{Rate: 41.2, Left: left}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.Library = busyShelf{shelf{w.store}, test.progress}
			reply := w.send(admin, "/status")
			saysAll(t, reply, fmt.Sprintf("Articles not fully indexed: %d", test.progress.Articles))
			if test.want == "" {
				saysNot(t, reply, "Time left")
				return
			}
			saysAll(t, reply, test.want)
		})
	}
}
