package bot

import (
	"testing"
	"time"

	"newsbot/corpus"
)

// An article of posts is known by any link to one of them, also after the channel has another name.
func TestRemoveByPostLink(t *testing.T) {
	w := newWorld(t)
	channel := corpus.Channel{ID: -1001234567890, Name: "HarbourNews", Title: "Harbour News"}
	for i, words := range []string{"The new quay of the harbour opened on Wednesday.", "… and four ships moored there in the first hour."} {
		at := time.Date(2025, 8, 20, 9, 0, i, 0, time.UTC)
		p := corpus.Post{Channel: channel, Message: 12 + i, Published: at, Text: words}
		if _, err := w.store.AddPost(t.Context(), p, corpus.AddOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	channel.Name = "PortDaily"
	if _, err := w.store.NoteChannel(t.Context(), channel); err != nil {
		t.Fatal(err)
	}
	const title = "The new quay of the harbour opened on Wednesday."
	for _, link := range []string{
		"https://t.me/HarbourNews/12", "https://t.me/s/portdaily/13", "t.me/PortDaily/13?single", "https://telegram.me/PortDaily/12?comment=7",
		"<https://t.me/c/1234567890/13>",
	} {
		saysAll(t, w.send(admin, "/article "+link), title)
	}
	saysAll(t, w.send(admin, "/remove https://t.me/HarbourNews/13"), title)
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	saysAll(t, w.send(admin, "/remove https://t.me/HarbourNews/14"), "There is no article")
}

// The page of a post is not read from the web: the post itself is wanted, unless it is an article already.
func TestPagesOfPosts(t *testing.T) {
	w := newWorld(t)
	online(w)
	saysAll(t, w.send(admin, "/add https://t.me/the_desk/12"), "not added", "a post in Telegram. Forward it to me")
	linked := post(13, "https://t.me/other_desk/7")
	linked.Links = []string{"https://t.me/other_desk/7"}
	saysAll(t, w.forward(linked), "a post in Telegram. Forward it to me")
	if n := len(w.articles()); n != 0 {
		t.Fatalf("there are %d articles", n)
	}
	w.forward(post(12, quay))
	saysAll(t, w.send(admin, "/add https://t.me/s/the_desk/12"), "Already in the collection:", "The new quay")
	saysAll(t, w.send(admin, "https://t.me/the_desk/12"), "Already in the collection:", "The new quay")
	saysAll(t, w.send(admin, "https://t.me/the_desk/99"), say("en", keyLinkHint))
	saysAll(t, w.send(reader, "/read https://t.me/the_desk/12"), quay)
	saysAll(t, w.send(reader, "/read https://t.me/the_desk/99"), said(w.send(reader, "/read nothing")))
	w.remove(w.only().ID)
	saysNot(t, w.send(reader, "/read https://t.me/the_desk/12"), quay)
}
