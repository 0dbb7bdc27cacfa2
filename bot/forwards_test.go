package bot

import (
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
)

const (
	quay  = "The new quay opened on Friday, the harbour authority said."
	grain = "… and ships with grain may moor there from Monday, the authority said."
)

func TestForwardedPost(t *testing.T) {
	w := newWorld(t)
	p := post(12, quay+"\n\nRead more: https://desk.example/1")
	p.Author = "A. Writer"
	r := w.forward(p)
	saysAll(t, r, "Added:", "Outlet: The Desk", "Author: A. Writer", "Date: 15 August 2025", "Address: https://t.me/the_desk/12")
	if a := w.only(); a.Body != p.Text || !a.Published.Time.Equal(posted) || a.Published.DayOnly || a.URL != "https://t.me/the_desk/12" {
		t.Errorf("the article is %+v", a)
	}
	saysAll(t, w.forward(p), "Already in the collection:")

	saysAll(t, w.press(admin, button(t, r, "Undo")), "Undone.")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	r = w.forward(p)
	saysAll(t, r, "Back again:", "Address: https://t.me/the_desk/12")
	saysAll(t, w.send(admin, "/undo"), "Undone.")
	w.forward(p)
	w.only()
}

// What a post was before it was changed and forwarded again comes back by Undo.
func TestForwardedChange(t *testing.T) {
	w := newWorld(t)
	w.forward(post(12, quay))
	r := w.forward(post(12, grain))
	saysAll(t, r, "Updated:")
	if a := w.only(); a.Body != grain {
		t.Errorf("the text is %q", a.Body)
	}
	saysAll(t, w.press(admin, button(t, r, "Undo")), "The article is as it was before:")
	if a := w.only(); a.Body != quay {
		t.Errorf("the text is %q", a.Body)
	}
}

// What a channel has corrected is not put back by somebody who forwards what he has kept.
func TestForwardedLater(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(deskChannel)
	w.publish(deskChannel, 12, quay)
	w.correct(deskChannel, 12, grain)
	id := w.only().ID
	for range 2 {
		saysAll(t, w.forward(post(12, quay)), "Known already, in a later wording", id)
	}
	saysAll(t, w.send(admin, "/remove "+id), "Removed:")
	saysAll(t, w.forward(post(12, quay)), "Back again:")
	if a := w.only(); a.Body != grain {
		t.Errorf("the text is %q", a.Body)
	}
}

// The words of a post are somebody else's: they neither describe the article nor tell the bot to do anything.
func TestForwardedFrontMatter(t *testing.T) {
	w := newWorld(t)
	front := "---\nsource: Another Desk\ndate: 2020-01-01\n---\n" + quay
	saysAll(t, w.forward(post(12, front)), "Outlet: The Desk", "Date: 15 August 2025")
	r := w.pressReplying(buttonForward+":", &Replied{Message: 4, Text: strings.ReplaceAll(front, "Friday", "Monday"), Written: posted})
	saysAll(t, r, "Added:", "Outlet: unknown", "Date: 15 August 2025")
	order := post(13, "/remove everything at once")
	order.Date = order.Date.Add(time.Hour)
	saysAll(t, w.forward(order), "Added:", "the_desk/13")
}

// A text that goes on in the next post is one article, and so is an album. Its further parts are told of in a line at most.
func TestForwardedParts(t *testing.T) {
	t.Run("continued", func(t *testing.T) {
		w := newWorld(t)
		first := w.forward(post(12, quay))
		r := w.forward(post(13, grain))
		saysAll(t, r, "Joined to the article that it belongs to: The new quay opened", w.only().ID)
		if len(labels(r)) != 0 {
			t.Errorf("there are the buttons %q", labels(r))
		}
		if a := w.only(); a.Body != quay+"\n\n"+grain || a.URL != "https://t.me/the_desk/12" {
			t.Errorf("the article at %s is %q", a.URL, a.Body)
		}
		saysAll(t, w.press(admin, button(t, first, "Undo")), "Undone.")
		if n := len(w.articles()); n != 0 {
			t.Errorf("there are %d articles, want none", n)
		}
		saysAll(t, w.forward(post(12, quay)), "Back again:")
		if a := w.only(); a.Body != quay+"\n\n"+grain {
			t.Errorf("the article is %q", a.Body)
		}
	})
	t.Run("changed", func(t *testing.T) {
		w := newWorld(t)
		w.forward(post(12, quay), post(13, grain))
		r := w.forward(post(13, strings.ReplaceAll(grain, "Monday", "Sunday")))
		saysAll(t, r, "Updated:", "Address: https://t.me/the_desk/12")
		saysAll(t, w.forward(post(13, strings.ReplaceAll(grain, "Monday", "Sunday"))), "Already in the collection:")
		saysAll(t, w.press(admin, button(t, r, "Undo")), "The article is as it was before:")
		if a := w.only(); a.Body != quay+"\n\n"+grain {
			t.Errorf("the article is %q", a.Body)
		}
	})
	t.Run("another minute", func(t *testing.T) {
		w := newWorld(t)
		later := post(13, grain)
		later.Date = later.Date.Add(time.Minute)
		saysAll(t, w.forward(post(12, quay), later), "Added:", "the_desk/13")
	})
	album := func(message int, text string) Post {
		p := post(message, text)
		p.Album = "g1"
		return p
	}
	t.Run("album", func(t *testing.T) {
		w := newWorld(t)
		saysAll(t, w.forward(album(12, quay)), "Added:")
		for _, n := range []int{13, 14} {
			if r := w.forward(album(n, "")); said(r) != "" {
				t.Errorf("of a picture it is said: %s", said(r))
			}
		}
		saysAll(t, w.forward(album(15, grain)), "Joined to")
		if a := w.only(); a.Body != quay+"\n\n"+grain || a.URL != "https://t.me/the_desk/12" {
			t.Errorf("the article at %s is %q", a.URL, a.Body)
		}
	})
	t.Run("album without words", func(t *testing.T) {
		w := newWorld(t)
		saysAll(t, w.forward(album(12, "")), "This message has no text")
		if r := w.forward(album(13, "")); said(r) != "" {
			t.Errorf("of the second picture it is said: %s", said(r))
		}
		if n := len(w.articles()); n != 0 {
			t.Errorf("there are %d articles, want none", n)
		}
	})
	t.Run("album whose words come late", func(t *testing.T) {
		w := newWorld(t)
		w.forward(album(12, ""))
		saysAll(t, w.forward(album(13, quay)), "Added:", "the_desk/12")
	})
}

// A forward that is handled again after a crash is told of as the first time, and changes nothing more.
func TestForwardedAgain(t *testing.T) {
	tests := []struct {
		name   string
		before []Post
		post   Post
		want   string
	}{
		{"added", nil, post(12, quay), "Added:"},
		{"updated", []Post{post(12, grain)}, post(12, quay), "Updated:"},
		{"unchanged", []Post{post(12, quay)}, post(12, quay), "Already in the collection:"},
		{"joined", []Post{post(12, quay)}, post(13, grain), "Joined to"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.forward(tt.before...)
			e := w.forwarded(admin, tt.post)
			first := w.handle(e)
			body := w.only().Body
			again := w.again(e)
			saysAll(t, again, tt.want)
			if show(first) != show(again) || w.only().Body != body {
				t.Errorf("the first time: %s\nagain: %s\nand the text %q has become %q", show(first), show(again), body, w.only().Body)
			}
			if tt.want == "Added:" {
				saysAll(t, w.press(admin, button(t, again, "Undo")), "Undone.")
			}
		})
	}
}

// A channel is the same by whatever name: what is there of it is known, and its address follows.
func TestForwardedFromRenamed(t *testing.T) {
	w := newWorld(t)
	w.forward(post(12, quay))
	id := w.only().ID
	for _, name := range []string{"the_new_desk", "", "the_desk"} {
		p := post(12, quay)
		p.Channel.Name, p.Channel.Title = name, "The New Desk"
		url := corpus.PostURL(p.Channel.ID, name, 12)
		saysAll(t, w.forward(p), "Already in the collection:", "Outlet: The Desk", "Address: "+url)
		if a := w.only(); a.ID != id || a.URL != url {
			t.Errorf("the channel %q has article %s at %s, want %s at %s", name, a.ID, a.URL, id, url)
		}
	}
}

func TestForwardedLink(t *testing.T) {
	linked := func(message int, links ...string) Post {
		p := post(message, links[0])
		p.Links = links
		return p
	}
	t.Run("a page", func(t *testing.T) {
		w := newWorld(t)
		online(w)
		r := w.forward(linked(12, englishPage))
		saysAll(t, r, "Added:\n\nSummit ends in Anchorage", "Outlet: newsbot sample desk", "Date: 16 August 2025", "Address: "+englishPage)
		saysAll(t, w.forward(linked(12, englishPage)), "Already in the collection:")
		if id, err := w.store.PostArticle(t.Context(), "https://t.me/the_desk/12"); err != nil || id != w.only().ID {
			t.Errorf("the post is of article %q, %v", id, err)
		}
		saysAll(t, w.forward(post(13, quay)), "Added:", "the_desk/13")
		saysAll(t, w.press(admin, button(t, r, "Undo")), "Undone.")
	})
	t.Run("several pages", func(t *testing.T) {
		w := newWorld(t)
		online(w)
		saysAll(t, w.forward(linked(12, arabicPage, englishPage, "https://desk.example/gone")), "Added: 2, updated: 0, there already: 0, not added: 1")
	})
	t.Run("refused", func(t *testing.T) {
		w := newWorld(t)
		online(w)
		saysAll(t, w.forward(linked(12, "https://desk.example/gone")), "This page was not added:", "There is no such page")
	})
	t.Run("without access to the web", func(t *testing.T) {
		w := newWorld(t)
		saysAll(t, w.forward(linked(12, englishPage)), "I have no access to the web here.")
	})
}

// What no channel has published is added by a button, for as long as the message with its words is there.
func TestForwardedElsewhere(t *testing.T) {
	w := newWorld(t)
	offer := w.handle(w.elsewhere(admin, OriginHidden, quay))
	saysAll(t, offer, "somebody whose name is hidden", "15 August 2025")
	if n := len(w.articles()); n != 0 {
		t.Fatalf("there are %d articles, want none", n)
	}
	replied := &Replied{Message: offer.Messages[0].ReplyTo, Text: quay, Written: posted}
	data := button(t, offer, "Add as an article")
	r := w.pressReplying(data, replied)
	if saysAll(t, r, "Added:", "Outlet: unknown", "Date: 15 August 2025"); r.Edit == nil {
		t.Errorf("the card does not take the place of the offer: %s", show(r))
	}
	saysAll(t, w.pressReplying(data, replied), "Already in the collection:")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "Undone.")
	saysAll(t, w.pressReplying(data, replied), "Back again:")
	saysAll(t, addReplying(w, *replied, ""), "Already in the collection:")

	saysAll(t, w.press(admin, data), "no longer there")
	saysAll(t, w.press(reader, data), say("en", keyNotAdmin))
	saysAll(t, w.pressReplying(data, &Replied{Message: 3, Text: "Hm, well"}), "too short for an article")
	saysAll(t, w.handle(w.elsewhere(admin, OriginPerson, "Hm, well")), "too short for an article")
	saysAll(t, w.handle(w.elsewhere(admin, OriginPerson, "")), "This message has no text")
	saysAll(t, w.handle(w.elsewhere(admin, OriginOwn, quay)), "a message of mine")

	online(w)
	saysAll(t, w.handle(w.elsewhere(admin, OriginPerson, englishPage)), "This is a link that was forwarded.")
	saysAll(t, w.pressReplying(data, &Replied{Message: 3, Text: englishPage}), "Added:\n\nSummit ends in Anchorage")
}

// To add in reply to a forwarded post does what forwarding it does.
func TestAddReplyingToPost(t *testing.T) {
	w := newWorld(t)
	p := post(12, quay)
	saysAll(t, addReplying(w, Replied{Message: 4, Text: quay, Post: &p, Written: posted}, ""), "Added:", "Outlet: The Desk", "the_desk/12")
	saysAll(t, addReplying(w, Replied{Message: 4, Text: quay, Post: &p, Written: posted}, "words"), "which of them is the article?")
}

// What a reader forwards he asks about. What an administrator forwards is no reply to what he was asked, and no change
// of a message.
func TestForwardedByOthers(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	saysAll(t, w.handle(w.forwarded(reader, post(12, "The summit ended in Anchorage on Friday."))), "The summit ended in Anchorage")
	if a := w.only(); len(w.asked) != 1 || a.Source != englishStory().Source {
		t.Errorf("asked was %q, and the article is of %s", w.asked, a.Source)
	}
	story := w.only()
	w.press(admin, "t:"+story.ID) // asks for its title
	w.forward(post(12, quay))
	if a, err := w.store.Article(t.Context(), story.ID); err != nil || a.Title != story.Title {
		t.Errorf("the forwarded words have become the title %q, %v", a.Title, err)
	}
	e := w.forwarded(admin, post(14, grain))
	e.Edited = true
	if r := w.handle(e); said(r) != "" {
		t.Errorf("of a change it is said: %s", said(r))
	}
}

// What a channel calls itself and its authors cannot change what is around it in the messages.
func TestForwardedHostileNames(t *testing.T) {
	for name, s := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			p := post(12, quay)
			p.Channel.Title, p.Author = s, s
			saysAll(t, w.forward(p), "Added:", "the_desk/12")
		})
	}
}
