package feed

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
)

func TestWithdrawn(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(5), story(4), story(3), story(2), story(1))
	w.add()
	w.put("/story/4", resource{status: http.StatusGone})
	w.put("/story/3", resource{body: article(3)})
	w.putFeed(story(5), story(2), story(1))
	for _, want := range []Tally{{Feeds: 1, Unchanged: 3, Withdrawn: 1}, {Feeds: 1, Unchanged: 3}} {
		w.pass(time.Minute)
		w.want(w.fetch(), want)
	}
	if w.requests("/story/3") != 1 || len(w.articles()) != 4 {
		t.Errorf("the page of 3 was asked for %d times, and there are %d articles", w.requests("/story/3"), len(w.articles()))
	}
	news, err := w.store.FeedNews(t.Context())
	if err != nil || len(news.Withdrawn) != 1 || news.Withdrawn[0].Title != "Story 4" {
		t.Fatalf("news %+v, %v", news, err)
	}
	if err := w.store.FeedNewsTold(t.Context(), news); err != nil {
		t.Fatal(err)
	}
	if news, err := w.store.FeedNews(t.Context()); err != nil || !news.Empty() {
		t.Errorf("told, and still news: %+v, %v", news, err)
	}
	// It comes back only when somebody wants it.
	w.putFeed(story(5), strings.Replace(story(4), "Delegates", "The delegates", 1), story(2), story(1))
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 3, RemovedBefore: 1})
}

// TestOldestWithdrawn: an item that leaves the list at its end may be withdrawn, too, and is looked for once.
func TestOldestWithdrawn(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(4), story(3), story(2), story(1))
	w.add()
	w.put("/story/1", resource{status: http.StatusGone})
	w.putFeed(story(5), story(4), story(3))
	for _, want := range []Tally{{Feeds: 1, Added: 1, Unchanged: 2, Withdrawn: 1}, {Feeds: 1, Unchanged: 3}} {
		w.pass(time.Minute)
		w.want(w.fetch(), want)
	}
	if w.requests("/story/1") != 1 || w.requests("/story/2") != 1 {
		t.Errorf("the pages were asked for %d and %d times", w.requests("/story/1"), w.requests("/story/2"))
	}
}

// TestListedWithdrawn: the pages of what is listed are looked for once a day, a few at a time, and not for ever.
func TestListedWithdrawn(t *testing.T) {
	w := newWorld(t)
	var items []string
	for n := range 8 {
		items = append(items, story(n))
		w.put(fmt.Sprintf("/story/%d", n), resource{body: article(n)})
	}
	w.put("/rss", resource{header: map[string]string{"ETag": `"1"`}, body: rss(items...)})
	w.add()
	asked := func() (all int) {
		for n := range 8 {
			all += w.requests(fmt.Sprintf("/story/%d", n))
		}
		return all
	}
	w.pass(checkEvery - time.Second)
	w.want(w.fetch(), Tally{Feeds: 1, Unmodified: 1})
	if asked() > 0 {
		t.Error("pages were asked for too soon")
	}
	w.put("/story/6", resource{status: http.StatusGone})
	w.pass(time.Second)
	withdrawn := 0
	for i, want := range []int{5, 8, 8} {
		w.pass(time.Minute)
		withdrawn += w.fetch().Withdrawn
		if asked() != want {
			t.Errorf("poll %d: %d pages were asked for, want %d", i, asked(), want)
		}
	}
	if withdrawn != 1 || len(w.articles()) != 7 {
		t.Errorf("%d withdrawn, %d articles", withdrawn, len(w.articles()))
	}
	w.pass(checkFor)
	if w.fetch(); asked() != 8 {
		t.Error("the pages of old articles were asked for")
	}
}

func TestAtomTombstone(t *testing.T) {
	w := newWorld(t)
	atom := func(items string) resource {
		return resource{body: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>V</title>` + items + `</feed>`}
	}
	w.put("/rss", atom(`<entry><id>tag:1</id><title>T</title><link href="SITE/1"/><updated>2025-08-16T10:00:00Z</updated><content>`+prose(1)+`</content></entry>`))
	w.want(w.add(), Tally{Feeds: 1, Added: 1})
	w.put("/rss", atom(`<at:deleted-entry ref="tag:1" when="2025-08-17T10:00:00Z"/>`))
	w.want(w.fetch(), Tally{Feeds: 1, Withdrawn: 1})
	w.want(w.fetch(), Tally{Feeds: 1})
	if len(w.articles()) != 0 {
		t.Error("the article is still there")
	}
}

// TestDuplicateIsNotWithdrawn: what one outlet withdraws is not another's copy. Of two copies the older one stays.
func TestDuplicateIsNotWithdrawn(t *testing.T) {
	w := newWorld(t)
	same := strings.Replace(story(2), prose(2), prose(1), 1)
	w.putFeed(story(4), story(3), same, story(1), story(0))
	w.want(w.add(), Tally{Feeds: 1, Added: 4, Duplicate: 1})
	if list := w.articles(); list[2].Title != "Story 1" {
		t.Errorf("of two copies %q stays", list[2].Title)
	}
	w.put("/story/2", resource{status: http.StatusGone})
	w.putFeed(story(4), story(3), story(1), story(0))
	w.pass(time.Minute)
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 4})
}

// TestForeignLinks: a feed neither changes nor withdraws what another has brought or people have added, whatever it calls
// its items.
func TestForeignLinks(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	before := w.articles()[0]
	byHand, _, err := w.store.Add(t.Context(), corpus.Article{Title: "By hand", Body: "Talks ended in Geneva on Monday.", URL: w.URL + "/story/7"})
	if err != nil {
		t.Fatal(err)
	}
	other := newSite(t)
	forged := func(items ...string) {
		other.put("/rss", resource{body: strings.ReplaceAll(strings.ReplaceAll(rss(items...), "SITE", w.URL), "Delegates", "Impostors")})
	}
	poll := func(want Tally) {
		t.Helper()
		w.pass(time.Minute)
		w.want(w.fetch(), want)
	}
	forged(story(1), story(7))
	if _, tally, err := w.poller.AddFeed(t.Context(), other.URL+"/rss"); err != nil || tally != (Tally{Feeds: 1, Duplicate: 2}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	// The same item with a link of its own at first, and another's afterwards.
	forged(strings.Replace(story(2), "SITE/story/2", other.URL+"/story/2", 1))
	poll(Tally{Feeds: 2, Unchanged: 1, Added: 1})
	forged(strings.Replace(story(2), "SITE/story/2", "SITE/story/1", 1))
	poll(Tally{Feeds: 2, Unchanged: 1, Duplicate: 1})
	// What it says is deleted, or whose page is.
	other.put("/rss", resource{body: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>V</title>
		<at:deleted-entry ref="id-1"/><at:deleted-entry ref="id-7"/></feed>`})
	poll(Tally{Feeds: 2, Unchanged: 1})
	for _, want := range []corpus.Article{before, byHand} {
		if a, err := w.store.Article(t.Context(), want.ID); err != nil || a.Body != want.Body || a.Title != want.Title {
			t.Errorf("%s is %+v, %v", want.Title, a, err)
		}
	}
}

// TestAggregator: a feed of links to others adds new articles, and changes them until their outlet's own feed is there.
func TestAggregator(t *testing.T) {
	w := newWorld(t)
	other := newSite(t)
	publish := func(text string) {
		other.put("/rss", resource{body: strings.ReplaceAll(strings.ReplaceAll(rss(story(1)), "SITE", w.URL), "Delegates", text)})
	}
	publish("Delegates")
	if _, tally, err := w.poller.AddFeed(t.Context(), other.URL+"/rss"); err != nil || tally != (Tally{Feeds: 1, Added: 1}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	publish("Two delegates")
	w.want(w.fetch(), Tally{Feeds: 1, Updated: 1})
	w.putFeed(story(1))
	w.want(w.add(), Tally{Feeds: 1, Updated: 1})
	publish("Three delegates")
	w.want(w.fetch(), Tally{Feeds: 2, Unchanged: 1, Duplicate: 1})
	other.put("/rss", resource{body: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>V</title><at:deleted-entry ref="id-1"/></feed>`})
	w.want(w.fetch(), Tally{Feeds: 2, Unchanged: 1})
	if a := w.articles(); len(a) != 1 || a[0].Body != prose(1) {
		t.Errorf("stored %+v", a)
	}
}
