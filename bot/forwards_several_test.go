package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
)

// gathered is the event of posts that were forwarded together.
func (w *world) gathered(posts ...Post) Event {
	var pieces []Event
	for _, p := range posts {
		pieces = append(pieces, w.forwarded(admin, p))
	}
	first := pieces[0]
	first.Pieces = pieces[1:]
	return first
}

// hourly are posts of different hours.
func hourly(n int) (posts []Post) {
	for i := range n {
		p := post(100+i, fmt.Sprintf("Ferry number %d has left the harbour, the authority said.", i+1))
		p.Date = p.Date.Add(time.Duration(i) * time.Hour)
		posts = append(posts, p)
	}
	return posts
}

// What is forwarded with one gesture is answered with one message, and undone with one button.
func TestForwardedTogether(t *testing.T) {
	w := newWorld(t)
	w.forward(hourly(2)...)
	changed := hourly(2)[1]
	changed.Text += " It is late."
	short := post(90, "Hm, well")
	short.Date = short.Date.Add(-time.Hour)
	posts := append([]Post{hourly(1)[0], changed, short}, hourly(14)[2:]...)
	r := w.handle(w.gathered(posts...))
	saysAll(t, r, "Added: 12, updated: 1, there already: 1, not added: 1", "Added: Ferry number 3 ", "and more articles: 4", "https://t.me/the_desk/90", "too few words")
	if len(r.Messages) != 1 || len(w.articles()) != 14 {
		t.Fatalf("there are %d messages, and %d articles", len(r.Messages), len(w.articles()))
	}
	undone := w.press(admin, button(t, r, "Undo"))
	saysAll(t, undone, "Undone.", "No longer there:", "As before again:", "one by one")
	list := w.articles()
	if len(list) != 2 {
		t.Fatalf("there are %d articles, want 2", len(list))
	}
	for _, s := range list {
		a, err := w.store.Article(t.Context(), s.ID)
		if err != nil || strings.Contains(a.Body, "late") || a.Edited != 0 || !a.Corrected.IsZero() {
			t.Errorf("the article is %+v, %v", a, err)
		}
	}
}

// A text of several posts and an album are one article each; pictures that have no words are told of once.
func TestForwardedTogetherParts(t *testing.T) {
	w := newWorld(t)
	album := func(message int, name, words string) Post {
		p := post(message, words)
		p.Album, p.Date = name, p.Date.Add(time.Duration(message)*time.Hour)
		return p
	}
	r := w.handle(w.gathered(
		album(20, "a", ""), album(21, "a", quay), album(22, "a", ""),
		album(30, "b", ""), album(31, "b", ""),
	))
	saysAll(t, r, "Added: 1, updated: 0, there already: 0, not added: 1", "This message has no text")
	w.only()
}

func TestForwardedTogetherLinks(t *testing.T) {
	w := newWorld(t)
	online(w)
	posts := hourly(3)
	posts[0].Links = []string{englishPage}
	posts[1].Links = []string{"https://desk.example/gone"}
	e := w.gathered(posts...)
	r := w.handle(e)
	saysAll(t, r, "Added: 2, updated: 0, there already: 0, not added: 1", "Summit ends in Anchorage", "There is no such page")
	if _, err := w.store.PostArticle(t.Context(), "https://t.me/the_desk/100"); err != nil {
		t.Errorf("the post that leads to a page: %v", err)
	}
	if show(r) != show(w.again(e)) {
		t.Errorf("again it is said: %s", show(w.again(e)))
	}
	w.Fetcher = nil
	saysAll(t, w.handle(w.gathered(posts...)), "I have no access to the web here.")
}

// After a crash the same is said, though the others have been forgotten or more have come.
func TestForwardedTogetherAgain(t *testing.T) {
	w := newWorld(t)
	e := w.gathered(hourly(3)...)
	first := w.handle(e)
	if again := w.again(e); show(first) != show(again) {
		t.Errorf("the first time: %s\nagain: %s", show(first), show(again))
	}
	alone := e
	alone.Pieces = nil
	r := w.again(alone)
	saysAll(t, r, "Added: 3")
	w.press(admin, button(t, r, "Undo"))
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}

	single := w.forwarded(admin, hourly(1)[0])
	w.handle(single)
	more := w.gathered(hourly(2)...)
	more.ID = single.ID
	saysAll(t, w.again(more), "Added: 2")
}

// allChannels lets them be embedded beside their method of that name.
type allChannels = Channels

// tornPosts are channels of which one post cannot be stored.
type tornPosts struct {
	allChannels
	message int
	err     error
}

func (b tornPosts) AddPost(ctx context.Context, p corpus.Post, o corpus.AddOptions) (corpus.Outcome, error) {
	if p.Message == b.message {
		return corpus.Outcome{}, b.err
	}
	return b.allChannels.AddPost(ctx, p, o)
}

// One that cannot be stored does not take the others with it.
func TestForwardedTogetherBroken(t *testing.T) {
	w := newWorld(t)
	channels := w.Channels
	w.Channels = tornPosts{channels, 101, errors.New("torn")}
	saysAll(t, w.handle(w.gathered(hourly(3)...)), "Added: 2", "not added: 1", "https://t.me/the_desk/101", "An internal error")
	w.Channels = tornPosts{channels, 101, corpus.ErrTooLarge}
	saysAll(t, w.handle(w.gathered(hourly(3)...)), "there already: 2, not added: 1", "https://t.me/the_desk/101")
	w.Channels = tornPosts{channels, 101, corpus.ErrFull}
	saysAll(t, w.handle(w.gathered(hourly(3)...)), "disk")
}

// rivals are channels whose posts somebody else adds just before.
type rivals struct{ allChannels }

func (r rivals) AddPost(ctx context.Context, p corpus.Post, o corpus.AddOptions) (corpus.Outcome, error) {
	if !o.DryRun && p.Message == 101 {
		if _, err := r.allChannels.AddPost(ctx, p, o); err != nil {
			return corpus.Outcome{}, err
		}
	}
	return r.allChannels.AddPost(ctx, p, o)
}

// What somebody else has added meanwhile is not taken away by Undo.
func TestForwardedTogetherWithRivals(t *testing.T) {
	w := newWorld(t)
	w.Channels = rivals{w.Channels}
	r := w.handle(w.gathered(hourly(3)...))
	saysAll(t, r, "Added: 2, updated: 0, there already: 1")
	w.press(admin, button(t, r, "Undo"))
	if a := w.only(); a.URL != "https://t.me/the_desk/101" {
		t.Errorf("the article is of %s", a.URL)
	}
}

func TestGathers(t *testing.T) {
	w := newWorld(t)
	first := w.forwarded(admin, post(12, quay))
	change := func(f func(*Event)) Event {
		e := w.forwarded(admin, post(13, grain))
		f(&e)
		return e
	}
	linked := func(n int) Event {
		return change(func(e *Event) { e.Post.Links = make([]string, n) })
	}
	many := make([]Event, mostForwards)
	for i := range many {
		many[i] = first
	}
	tests := []struct {
		name   string
		before []Event
		e      Event
		want   bool
	}{
		{"the first", nil, first, true},
		{"the second", []Event{first}, change(func(*Event) {}), true},
		{"of a reader", nil, w.forwarded(reader, post(13, grain)), false},
		{"behind a reader's", []Event{w.forwarded(reader, post(12, quay))}, first, false},
		{"a person's words", []Event{first}, w.elsewhere(admin, OriginHidden, grain), false},
		{"a question", []Event{first}, w.event(admin, grain), false},
		{"a file", []Event{first}, change(func(e *Event) { e.File, e.Post.Text = &File{}, "" }), false},
		{"a change", []Event{first}, change(func(e *Event) { e.Edited = true }), false},
		{"a picture", []Event{first}, change(func(e *Event) { e.Post.Text = "" }), true},
		{"a picture of an album", []Event{first}, change(func(e *Event) { e.Post.Text, e.Post.Album = "", "a" }), true},
		{"the last", many[1:], first, true},
		{"one too many", many, first, false},
		{"pages", []Event{linked(mostAtOnce - 1)}, linked(1), true},
		{"a page too many", []Event{linked(mostAtOnce)}, linked(1), false},
	}
	for _, tt := range tests {
		if got := w.Gathers(tt.before, tt.e); got != tt.want {
			t.Errorf("%s: %t, want %t", tt.name, got, tt.want)
		}
	}
}

// A picture without words between stories parts them from nothing, and is named with its reason.
func TestForwardedTogetherWithPictures(t *testing.T) {
	w := newWorld(t)
	posts := hourly(3)
	posts[1].Text = ""
	r := w.handle(w.gathered(posts...))
	saysAll(t, r, "Added: 2, updated: 0, there already: 0, not added: 1", posts[1].Channel.Link(posts[1].Message))
	if len(r.Messages) != 1 {
		t.Errorf("%d messages", len(r.Messages))
	}
}
