package bot

import (
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

const urgent = "Urgent: the mayor of the town has resigned\n" + englishPage

// A headline with a link is news by itself when the page behind it is no article, and the page when it is one.
func TestChannelHeadlineOverPage(t *testing.T) {
	for name, tt := range map[string]struct {
		page any
		want string // the beginning of the article
	}{
		"gone": {refused(source.Gone, 404), "Urgent"}, "not now": {refused(source.Timeout, 0), "Urgent"},
		"there": {corpus.Article{Title: "Mayor", Source: "The Times", URL: englishPage, Body: bridge}, bridge},
	} {
		t.Run(name, func(t *testing.T) {
			w := channelled(newWorld(t))
			w.cover(harbour)
			w.Fetcher = web{englishPage: tt.page}
			e := w.post(harbour, 1, urgent)
			e.Post.Links, e.Post.Worded = []string{englishPage}, true
			w.silently(e)
			a := w.only()
			if got := a.Body[:len(tt.want)]; got != tt.want {
				t.Errorf("the article is %q", a.Body)
			}
			saysNot(t, w.send(admin, "/feeds"), "tried again")
		})
	}
}

func TestForwardedHeadlineOverPage(t *testing.T) {
	headlined := func(message int) Post {
		p := post(message, urgent)
		p.Links, p.Worded = []string{"https://desk.example/gone"}, true
		return p
	}
	w := newWorld(t)
	online(w)
	r := w.forward(headlined(12))
	saysAll(t, r, "Added:\n\nUrgent: the mayor", "https://t.me/the_desk/12")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "Undone.")

	w = newWorld(t)
	online(w)
	posts := hourly(2)
	saysAll(t, w.handle(w.gathered(posts[0], headlined(12), posts[1])), "Added: 3, updated: 0", "There is no such page")
	w = newWorld(t)
	saysAll(t, w.handle(w.gathered(posts[0], headlined(12), posts[1])), "Added: 3, updated: 0")
}

// A link that is put below news that is an article takes nothing away, whatever is behind it.
func TestChannelLinkBelowNews(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.silently(w.post(harbour, 1, "Urgent: the mayor of the town has resigned"))
	w.Fetcher = web{englishPage: corpus.Article{Title: "Mayor", Source: "The Times", URL: englishPage, Body: bridge}}
	e := w.post(harbour, 1, urgent)
	e.Edited, e.Post.Edited, e.Post.Links, e.Post.Worded = true, w.now, []string{englishPage}, true
	w.silently(e)
	if a := w.only(); a.Body != urgent {
		t.Errorf("the article is %q", a.Body)
	}
}
