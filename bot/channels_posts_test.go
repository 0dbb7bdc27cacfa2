package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// Every post of a covered channel is an article, from the decision on; an edit updates it, be it of a post that nobody knew.
func TestChannelPosts(t *testing.T) {
	w := channelled(newWorld(t))
	w.promote(admin, harbour)
	w.publish(harbour, 1, "What is published before the decision is not taken.")
	w.press(admin, channelButton("yes", harbour.ID))
	e := w.post(harbour, 2, bridge)
	e.Post.Author = "Salma Q."
	w.silently(e)
	w.again(e)
	a := w.only()
	if a.Body != bridge || a.Source != harbour.Title || a.URL != "https://t.me/harbour_news/2" || a.Author != "Salma Q." || !a.Published.Time.Equal(w.now) {
		t.Errorf("the article is %+v", a)
	}
	entries, err := w.store.Audit(t.Context(), corpus.AuditOptions{Article: a.ID})
	if err != nil || len(entries) != 1 || entries[0].Actor != "telegram channel:@harbour_news" {
		t.Errorf("the audit is %+v, %v", entries, err)
	}
	edit := w.post(harbour, 2, strings.Replace(bridge, "900", "950", 1))
	edit.Edited = true
	w.silently(edit)
	if got := w.only(); got.ID != a.ID || got.Body == bridge {
		t.Errorf("after an edit the article is %+v", got)
	}
	edit = w.post(harbour, 1, "It was published before, and is corrected now.")
	edit.Edited, edit.Post.Date = true, w.now.Add(-time.Hour)
	w.silently(edit)
	if n := len(w.articles()); n != 2 {
		t.Errorf("%d articles, want the edited one, too", n)
	}
	w.publish(harbour, 3, "Too short")
	w.publish(harbour, 4, "")
	e = w.post(harbour, 5, "")
	e.Post = nil // a note of the channel's
	w.silently(e)
	edit = w.post(harbour, 3, "Still short")
	edit.Edited = true
	w.silently(edit)
	if n := len(w.articles()); n != 2 {
		t.Errorf("%d articles, want no short ones", n)
	}
	edit = w.post(harbour, 2, "No news.")
	edit.Edited = true
	w.silently(edit)
	if got, err := w.store.Article(t.Context(), a.ID); err != nil || got.Body != "No news." {
		t.Errorf("a known article after an edit to two words: %q, %v", got.Body, err)
	}
}

// While a channel is paused, declined or removed nothing is taken.
func TestChannelLeftAlone(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.send(admin, "/feeds pause @harbour_news")
	w.publish(harbour, 1, bridge)
	w.send(admin, "/feeds remove @harbour_news")
	w.publish(harbour, 2, bridge)
	w.promote(admin, hostile)
	w.press(admin, channelButton("no", hostile.ID))
	w.publish(hostile, 1, bridge)
	if n := len(w.articles()); n != 0 {
		t.Errorf("%d articles", n)
	}
	w.send(admin, "/feeds add @harbour_news")
	w.publish(harbour, 3, bridge)
	if n := len(w.articles()); n != 1 {
		t.Errorf("%d articles, want one after the channel is added again", n)
	}
}

// While a channel is paused its articles follow what it corrects: they are quoted still.
func TestChannelPausedEdit(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.publish(harbour, 1, bridge)
	w.send(admin, "/feeds pause @harbour_news")
	corrected := strings.Replace(bridge, "900", "950", 1)
	w.correct(harbour, 1, corrected)
	w.correct(harbour, 2, "The ferry, of which nothing was known before, sails again.")
	if a := w.only(); a.Body != corrected {
		t.Errorf("the article is %q", a.Body)
	}
}

// The pages of a paused channel wait.
func TestChannelPausedPages(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
	w.link(harbour, 1, englishPage)
	w.Fetcher = web{englishPage: corpus.Article{Title: "Bridge", URL: englishPage, Body: bridge}}
	w.send(admin, "/feeds pause @harbour_news")
	for range 2 {
		if tally, err := w.ReadPages(t.Context(), true); err != nil || tally != (PageTally{}) {
			t.Errorf("ReadPages of a paused channel = %+v, %v", tally, err)
		}
	}
	w.send(admin, "/feeds resume @harbour_news")
	if tally, err := w.ReadPages(t.Context(), true); err != nil || tally != (PageTally{Added: 1}) {
		t.Errorf("ReadPages = %+v, %v", tally, err)
	}
	w.link(harbour, 2, "https://news.example/gone")
	w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
	w.link(harbour, 3, englishPage)
	w.send(admin, "/feeds pause @harbour_news")
	w.now = w.now.Add(pageKept + time.Hour)
	if _, err := w.ReadPages(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Journal.CountPages(t.Context()); err != nil || len(n) != 0 {
		t.Errorf("pages that are no news any more: %v, %v", n, err)
	}
}

// A busy store is [Channels] that cannot decide for some time.
type busyStore struct {
	*corpus.Store
	fails int
}

func (s *busyStore) DecideChannel(ctx context.Context, id int64, covered bool) (corpus.Channel, error) {
	if s.fails--; s.fails >= 0 {
		return corpus.Channel{}, errors.New("busy")
	}
	return s.Store.DecideChannel(ctx, id, covered)
}

// A decision that could not be written holds as soon as anything is heard of the channel.
func TestChannelHalfDecided(t *testing.T) {
	again := map[string]func(t *testing.T, w *world){
		"pressed": func(t *testing.T, w *world) {
			saysAll(t, w.press(deputy, channelButton("no", harbour.ID)), "decided already", "That is so from now on")
		},
		"a post": func(*testing.T, *world) {},
		"listed": func(t *testing.T, w *world) {
			saysAll(t, w.send(admin, "/feeds"), "[1] @harbour_news", "Newest article")
		},
	}
	for name, seen := range again {
		t.Run(name, func(t *testing.T) {
			w := channelled(newWorld(t))
			w.Channels = &busyStore{w.store, 1}
			w.promote(admin, harbour)
			saysNot(t, w.press(admin, channelButton("yes", harbour.ID)), "You have decided")
			seen(t, w)
			w.publish(harbour, 1, bridge)
			w.only()
			if c := w.channelNow(harbour); c.State != corpus.ChannelCovered {
				t.Errorf("the channel is %q", c.State)
			}
		})
	}
}

// A collection that was restored, or is another one, knows nothing of what was decided: the journal does. What was published
// before a decision is not taken, though it may be handled after it.
func TestChannelRestored(t *testing.T) {
	w := channelled(newWorld(t))
	early := w.post(harbour, 1, "What comes before the answer is not taken.")
	w.cover(harbour)
	restored, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := restored.Close(); err != nil {
			t.Error(err)
		}
	})
	w.Channels = restored
	w.silently(early)
	w.publish(harbour, 2, bridge)
	list, err := restored.List(t.Context(), corpus.ListOptions{})
	if err != nil || len(list) != 1 || list[0].URL != harbour.Link(2) {
		t.Errorf("the articles are %+v, %v", list, err)
	}
}

// A channel that is renamed takes the addresses of its articles along; one that is made private has others. What is shared from
// another channel is that one's.
func TestChannelRenamed(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.publish(harbour, 1, bridge)
	renamed := harbour
	renamed.Name, renamed.Title = "harbour_daily", "Harbour Daily"
	note := w.post(renamed, 2, "")
	note.Post = nil
	w.silently(note)
	if a := w.only(); a.URL != "https://t.me/harbour_daily/1" || a.Source != "Harbour News" {
		t.Errorf("after a change of name the article is %+v", a)
	}
	saysAll(t, w.send(admin, "/feeds"), "Harbour Daily", "@harbour_daily")
	private := renamed
	private.Name = ""
	w.publish(private, 3, "The old bridge is to be taken down by the end of the year.")
	for _, a := range w.articles() {
		if !strings.HasPrefix(a.URL, "https://t.me/c/1000000001/") {
			t.Errorf("of a private channel: %s", a.URL)
		}
	}
	e := w.post(private, 4, "The ferry sails again from Monday on.")
	e.Post.Channel, e.Post.Message = hostile, 77
	w.silently(e)
	id, err := w.store.PostArticle(t.Context(), hostile.Link(77))
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.store.Article(t.Context(), id)
	if err != nil || a.URL != hostile.Link(77) || !strings.HasPrefix(a.Source, "<b>Free") {
		t.Errorf("what was shared from another channel is %+v, %v", a, err)
	}
	if c := w.channelNow(hostile); c.State != corpus.ChannelSeen {
		t.Errorf("the other channel is %q", c.State)
	}
}

// The bot may have been an administrator of a channel for long: its next post asks.
func TestChannelFound(t *testing.T) {
	w := channelled(newWorld(t))
	r := w.handle(w.post(harbour, 1, bridge))
	if len(r.Messages) != 2 {
		t.Fatalf("the first post of a channel: %s", show(r))
	}
	saysNot(t, r, "Who has made")
	w.publish(harbour, 2, bridge)
	w.press(admin, channelButton("yes", harbour.ID))
	w.publish(harbour, 3, bridge)
	w.only()
}

// A page that a post leads to is the article; one that cannot be read is read again, and shown as a problem.
func TestChannelLinks(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	story := corpus.Article{Title: "Bridge", Source: "The Times", URL: englishPage, Body: bridge}
	w.Fetcher = web{englishPage: refused(source.Unreachable, 0), arabicPage: refused(source.NoArticle, 0)}
	w.link(harbour, 1, arabicPage)
	saysAll(t, w.send(admin, "/feeds"), "The last page that a post leads to", "I found no article")
	w.link(harbour, 2, englishPage)
	saysAll(t, w.send(admin, "/feeds"), "cannot be reached", "tried again: 1")
	tally := func(all bool, want PageTally) {
		t.Helper()
		if got, err := w.ReadPages(t.Context(), all); err != nil || got != want {
			t.Fatalf("ReadPages = %+v, %v; want %+v", got, err, want)
		}
	}
	tally(false, PageTally{})
	tally(true, PageTally{Left: 1})
	w.now = w.now.Add(pageAgain * 4)
	w.Fetcher = web{englishPage: story}
	tally(false, PageTally{Added: 1})
	tally(true, PageTally{})
	a := w.only()
	if a.Source != "The Times" || a.URL != englishPage {
		t.Errorf("the article is %+v", a)
	}
	if id, err := w.store.PostArticle(t.Context(), harbour.Link(2)); err != nil || id != a.ID {
		t.Errorf("the post is about %q, %v; want %q", id, err, a.ID)
	}
	saysNot(t, w.send(admin, "/feeds"), "tried again", "cannot be reached")

	w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
	w.link(harbour, 3, englishPage)
	w.now = w.now.Add(pageKept)
	tally(true, PageTally{Left: 1})
	tally(true, PageTally{})
	saysAll(t, w.send(admin, "/feeds"), "did not come in time")
	w.Fetcher = nil
	w.link(harbour, 4, englishPage)
	saysAll(t, w.send(admin, "/feeds"), "tried again: 1")
	w.Fetcher = web{arabicPage: corpus.Article{Title: "Other", URL: arabicPage, Body: "The other bridge is closed to lorries."}}
	edit := w.post(harbour, 4, arabicPage)
	edit.Edited, edit.Post.Links = true, []string{arabicPage, arabicPage}
	w.silently(edit)
	saysNot(t, w.send(admin, "/feeds"), "tried again")
	w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
	w.link(harbour, 5, englishPage)
	w.send(admin, "/feeds remove @harbour_news")
	tally(true, PageTally{})
	if n, err := w.Journal.CountPages(t.Context()); err != nil || len(n) != 0 {
		t.Errorf("of a removed channel %v pages are still to be read, %v", n, err)
	}
	if n := len(w.articles()); n != 2 {
		t.Errorf("%d articles, want two", n)
	}
}

// fetching are pages at whose reading something happens.
type fetching struct {
	web
	meanwhile func()
}

func (f fetching) Fetch(ctx context.Context, url string) (source.Found, error) {
	f.meanwhile()
	return f.web.Fetch(ctx, url)
}

// While pages of a few posts are read, those of others wait: a site that hangs holds up nobody.
func TestChannelManyLinks(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	pages := web{}
	url := func(n int) string { return fmt.Sprint("https://news.example/", n) }
	for i := range 4 {
		pages[url(i)] = corpus.Article{Title: "Bridge", URL: url(i), Body: fmt.Sprint(bridge, " It is bridge number ", i)}
	}
	read := 0
	w.Fetcher = fetching{pages, func() {
		if read++; read < 4 {
			w.link(harbour, 1+read, url(read)) // comes while the page before it is read
		}
	}}
	w.link(harbour, 1, url(0))
	if n := len(w.articles()); n != mostReading || read != mostReading {
		t.Errorf("%d pages were read, and %d are articles; want %d", read, n, mostReading)
	}
	saysAll(t, w.send(admin, "/feeds"), "tried again: 1")
	w.Fetcher = pages
	if tally, err := w.ReadPages(t.Context(), false); err != nil || tally != (PageTally{Added: 1}) {
		t.Errorf("ReadPages = %+v, %v", tally, err)
	}
	w.link(harbour, 9, url(3))
	if n := len(w.articles()); n != mostReading+2 {
		t.Errorf("%d articles", n)
	}
}

// A post whose link has become words has these words: the page is not read any more, and nothing takes them away.
func TestChannelLinkThenWords(t *testing.T) {
	story := corpus.Article{Title: "Ferry", URL: englishPage, Body: "The ferry sails again from Monday on."}
	for name, pages := range map[string]web{
		"readable": {englishPage: story}, "refused": {englishPage: refused(source.Paywall, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			w := channelled(newWorld(t))
			w.cover(harbour)
			read := func() {
				t.Helper()
				if _, err := w.ReadPages(t.Context(), true); err != nil {
					t.Fatal(err)
				}
				if a := w.only(); a.Body != bridge {
					t.Errorf("the article is %q", a.Body)
				}
			}
			w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
			w.link(harbour, 1, englishPage)
			w.correct(harbour, 1, bridge)
			w.Fetcher = pages
			read()
			w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
			w.correctLink(harbour, 1, englishPage) // the words are gone
			w.Fetcher = fetching{pages, func() { w.correct(harbour, 1, bridge) }}
			read()
			p := post(1, englishPage)
			p.Channel, p.Links = harbour, []string{englishPage}
			w.Fetcher = web{englishPage: story}
			w.forward(p)
			if id, err := w.store.PostArticle(t.Context(), harbour.Link(1)); err != nil {
				t.Error(err)
			} else if a, err := w.store.Article(t.Context(), id); err != nil || a.Body != bridge {
				t.Errorf("after an older copy was forwarded the article is %q, %v", a.Body, err)
			}
		})
	}
}

// A full store is [Channels] on a full disk.
type fullStore struct{ *corpus.Store }

func (fullStore) AddPost(context.Context, corpus.Post, corpus.AddOptions) (corpus.Outcome, error) {
	return corpus.Outcome{}, corpus.ErrFull
}

// A post that cannot be taken in is to be handled again. One that is given up is a problem of its channel. In the channel nothing
// is said of either.
func TestChannelErrors(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.Channels = fullStore{w.store}
	e := w.post(harbour, 1, bridge)
	if r, err := w.Handle(t.Context(), e); !errors.Is(err, corpus.ErrFull) || len(r.Messages) > 0 {
		t.Errorf("Handle = %s, %v; want the error alone", show(r), err)
	}
	if r := w.Apology(t.Context(), e); len(r.Messages) > 0 {
		t.Errorf("the apology is %s", show(r))
	}
	saysAll(t, w.send(admin, "/feeds"), "something went wrong inside")
	w.Channels = w.store
	e = w.post(harbour, 2, strings.Repeat("long ", corpus.MaxBody))
	w.silently(e)
	saysAll(t, w.send(admin, "/feeds"), "too large")
	w.silently(w.post(harbour, 3, bridge))
	saysNot(t, w.send(admin, "/feeds"), "too large")
	// An edit that cannot be taken leaves the article as it is.
	edit := w.post(harbour, 3, strings.Repeat("long ", corpus.MaxBody))
	edit.Edited = true
	w.silently(edit)
	saysAll(t, w.send(admin, "/feeds"), "too large")
	w.Channels = fullStore{w.store}
	if edit.Post.Text = strings.Replace(bridge, "900", "950", 1); w.Apology(t.Context(), edit).Messages != nil {
		t.Error("an edit that is given up is answered")
	}
	saysAll(t, w.send(admin, "/feeds"), "something went wrong inside")
	w.Channels = w.store
	if a := w.only(); a.Body != bridge {
		t.Errorf("after edits that were not taken the article is %q", a.Body)
	}
	w.Fetcher = web{englishPage: refused(source.Paywall, 0)}
	edit = w.post(harbour, 3, englishPage)
	edit.Edited, edit.Post.Links = true, []string{englishPage}
	w.silently(edit)
	if n := len(w.articles()); n != 0 {
		t.Errorf("%d articles, want none as the words are gone", n)
	}
	w.Channels = nil
	w.silently(w.post(harbour, 4, bridge))
	if r := w.Apology(t.Context(), e); len(r.Messages) > 0 {
		t.Errorf("the apology is %s", show(r))
	}
}
