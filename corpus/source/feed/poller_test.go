package feed

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

func TestNewAndChanged(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(2), story(1))
	w.want(w.add(), Tally{Feeds: 1, Added: 2})
	list := w.articles()
	if len(list) != 2 || list[0].Title != "Story 2" || list[0].Source != "Valley Voice" || list[0].Body != prose(2) ||
		list[0].Published.String() != "2025-08-16T02:00:00Z" || list[0].URL != w.URL+"/story/2" {
		t.Fatalf("stored %+v", list)
	}
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 2})

	w.putFeed(story(3), strings.Replace(story(2), "Delegates", "The delegates", 1), story(1))
	w.want(w.fetch(), Tally{Feeds: 1, Added: 1, Updated: 1, Unchanged: 1})
	if a, err := w.store.Article(t.Context(), list[0].ID); err != nil || !strings.HasPrefix(a.Body, "The delegates") {
		t.Errorf("after the change: %q, %v", a.Body, err)
	}
	f := w.stored()
	if f.Title != "Valley Voice" || f.Articles != 3 || f.Newest.String() != "2025-08-16T03:00:00Z" || f.Next != w.clock().Add(DefaultInterval) {
		t.Errorf("the feed is %+v", f)
	}
	audit, err := w.store.Audit(t.Context(), corpus.AuditOptions{Limit: 1})
	if err != nil || audit[0].Actor != "feed:"+w.feedURL() {
		t.Errorf("the audit says %+v, %v", audit, err)
	}
}

// TestRespectsPeople: what was removed stays away, what was edited stays as it is.
func TestRespectsPeople(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(2), story(1))
	w.add()
	list := w.articles()
	if err := w.store.Purge(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	_, _, err := w.store.Edit(t.Context(), list[1].ID, func(a *corpus.Article) error {
		a.Title = "By hand"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.putFeed(strings.Replace(story(2), "Story 2", "Story two", 1), strings.Replace(story(1), "Story 1", "Story one", 1))
	w.want(w.fetch(), Tally{Feeds: 1, RemovedBefore: 1, Kept: 1})
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 2})
	if list := w.articles(); len(list) != 1 || list[0].Title != "By hand" {
		t.Errorf("stored %+v", list)
	}
	items, err := w.store.FeedItems(t.Context(), w.feedURL())
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range items {
		if strings.HasSuffix(it.Link, "/story/2") {
			t.Error("the link of a purged article stays")
		}
	}
}

func TestConditional(t *testing.T) {
	w := newWorld(t)
	w.put("/rss", resource{header: map[string]string{"ETag": `"1"`}, body: rss(story(1))})
	w.add()
	w.want(w.fetch(), Tally{Feeds: 1, Unmodified: 1})
	w.want(w.fetch(), Tally{Feeds: 1, Unmodified: 1})
	w.put("/rss", resource{header: map[string]string{"ETag": `"2"`}, body: rss(story(1), story(2))})
	w.want(w.fetch(), Tally{Feeds: 1, Added: 1, Unchanged: 1})
}

func TestStubIsReadFromItsPage(t *testing.T) {
	w := newWorld(t)
	w.putFeed(stub(1))
	w.put("/story/1", resource{header: map[string]string{"Content-Type": "text/html"}, body: article(1)})
	w.want(w.add(), Tally{Feeds: 1, Added: 1})
	list := w.articles()
	if len(list) != 1 || !strings.HasPrefix(list[0].Body, prose(1)) || list[0].Source != "The Valley Voice" ||
		list[0].Published.String() != "2025-08-16T01:00:00Z" {
		t.Errorf("stored %+v", list)
	}
	w.fetch()
	if n := w.requests("/story/1"); n != 1 {
		t.Errorf("the page was read %d times, want once", n)
	}
}

// TestRefusedPage: a page that may come back is asked for again, at longer and longer intervals; at last, or when it
// cannot be had, the item's own text has to do if it is worth it.
func TestRefusedPage(t *testing.T) {
	w := newWorld(t)
	worth := entry(1, "<description>"+words(40)+"…</description>")
	w.put("/rss", resource{header: map[string]string{"ETag": `"1"`}, body: rss(worth, stub(2))})
	for _, path := range []string{"/story/1", "/story/2"} {
		w.put(path, resource{status: http.StatusInternalServerError})
	}
	w.want(w.add(), Tally{Feeds: 1, Refused: 2})
	w.want(w.fetch(), Tally{Feeds: 1, Unmodified: 1}) // not yet due
	for range 3 {
		w.pass(5 * time.Hour)
		w.want(w.fetch(), Tally{Feeds: 1, Refused: 2})
	}
	w.pass(5 * time.Hour)
	w.want(w.fetch(), Tally{Feeds: 1, Added: 1, Refused: 1})
	if n := w.requests("/story/2"); n != maxTries {
		t.Errorf("the page was asked for %d times, want %d", n, maxTries)
	}
	if list := w.articles(); len(list) != 1 || list[0].Body != words(40)+"…" {
		t.Errorf("stored %+v", list)
	}
	// What has no text of its own is not given up as long as it is listed.
	for range 5 {
		w.pass(maxBackoff)
		w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 1, Refused: 1})
	}
	w.put("/story/2", resource{body: article(2)})
	w.pass(maxBackoff)
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 1, Added: 1})
	w.pass(maxBackoff)
	w.want(w.fetch(), Tally{Feeds: 1, Unmodified: 1})
}

// TestRestingHost: a host that wants to be left alone is, for as long as it says.
func TestRestingHost(t *testing.T) {
	w := newWorld(t)
	w.putFeed(stub(1))
	pages := newSite(t)
	w.put("/rss", resource{body: strings.ReplaceAll(rss(stub(1)), "SITE", pages.URL)})
	pages.put("/story/1", resource{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "18000"}})
	w.want(w.add(), Tally{Feeds: 1, Refused: 1})
	w.pass(4 * time.Hour)
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 1})
	w.pass(time.Hour)
	w.want(w.fetch(), Tally{Feeds: 1, Refused: 1})
}

func TestPageForbidden(t *testing.T) {
	w := newWorld(t)
	w.put("/robots.txt", resource{body: "User-agent: *\nDisallow: /story/"})
	w.putFeed(entry(1, "<description>"+words(40)+"</description>"), stub(2))
	w.want(w.add(), Tally{Feeds: 1, Added: 1, Refused: 1})
	if w.requests("/story/1")+w.requests("/story/2") > 0 {
		t.Error("a page that robots.txt forbids was asked for")
	}
}

// TestOneDate: an Atom entry that gives only the date of its last change keeps the date it had first.
func TestOneDate(t *testing.T) {
	w := newWorld(t)
	atom := func(text, updated string) resource {
		return resource{body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title><entry><id>tag:1</id><title>T</title><link href="SITE/1"/><updated>` +
			updated + `</updated><content>` + text + `</content></entry></feed>`}
	}
	w.put("/rss", atom(prose(1), "2025-08-16T10:00:00Z"))
	w.add()
	w.put("/rss", atom(prose(2), "2025-08-18T10:00:00Z"))
	w.want(w.fetch(), Tally{Feeds: 1, Updated: 1})
	a := w.articles()[0]
	if a.Published.String() != "2025-08-16T10:00:00Z" || a.Modified.String() != "2025-08-18T10:00:00Z" || a.Corrected.String() != a.Modified.String() {
		t.Errorf("published %s, modified %s, corrected %s", a.Published, a.Modified, a.Corrected)
	}
}

func TestDatesThatCannotBe(t *testing.T) {
	w := newWorld(t)
	w.putFeed(
		strings.Replace(story(1), "Aug 2025", "Aug 2035", 1),
		strings.Replace(story(2), "Aug 2025", "Foo 2025", 1),
		strings.Replace(story(3), "Sat, 16 Aug 2025 03", "Thu, 01 Jan 1970 00", 1),
	)
	w.want(w.add(), Tally{Feeds: 1, Added: 3})
	for _, a := range w.articles() {
		if !a.Published.IsZero() {
			t.Errorf("%s: published %s", a.Title, a.Published)
		}
	}
}

func TestDuplicates(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	other := newSite(t)
	other.put("/rss", resource{body: strings.Replace(rss(story(1)), "Story 1", "The same from another", 1)})
	_, tally, err := w.poller.AddFeed(t.Context(), other.URL+"/rss")
	if err != nil {
		t.Fatal(err)
	}
	w.want(tally, Tally{Feeds: 1, Duplicate: 1})
}

func TestFailing(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	w.put("/rss", resource{status: http.StatusInternalServerError})
	began := w.clock()
	var next []time.Duration
	for range 8 {
		w.want(w.fetch(), Tally{Feeds: 1, Failed: 1})
		next = append(next, w.stored().Next.Sub(w.clock()))
		w.pass(time.Minute)
	}
	if next[0] != 15*time.Minute || next[1] != 30*time.Minute || next[7] != maxBackoff {
		t.Errorf("polled again after %v", next)
	}
	f := w.stored()
	if f.Failures != 8 || !f.Failing.Equal(began) || !strings.Contains(f.Problem, "500") {
		t.Errorf("the feed is %+v", f)
	}
	w.toldOnce(1)
	w.fetch()
	w.toldOnce(0)
	w.putFeed(story(1))
	w.fetch()
	if f := w.stored(); f.Failures != 0 || f.Problem != "" || !f.Failing.IsZero() {
		t.Errorf("it works again, and is %+v", f)
	}
	w.put("/rss", resource{body: "<html>maintenance</html>"})
	w.fetch()
	w.fetch()
	w.toldOnce(0) // too early
	w.fetch()
	w.toldOnce(1) // another outage
}

// toldOnce has admins told, and wants so many feeds failing in the news.
func (w *world) toldOnce(failing int) {
	w.Helper()
	news, err := w.store.FeedNews(w.Context())
	if err != nil || len(news.Failing) != failing {
		w.Errorf("failing in the news: %+v, %v; want %d", news.Failing, err, failing)
	}
	if err := w.store.FeedNewsTold(w.Context(), news); err != nil {
		w.Fatal(err)
	}
}

func TestGoneFeed(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	w.put("/rss", resource{status: http.StatusNotFound})
	w.want(w.fetch(), Tally{Feeds: 1, Failed: 1})
	if f := w.stored(); f.Paused || !f.Gone {
		t.Errorf("not found: %+v", f)
	}
	w.toldOnce(1)
	w.put("/rss", resource{status: http.StatusGone})
	w.want(w.fetch(), Tally{Feeds: 1, Failed: 1})
	if f := w.stored(); !f.Paused || !f.Gone {
		t.Errorf("gone: %+v", f)
	}
	w.want(w.fetch(), Tally{})
	w.putFeed(story(1), story(2))
	if err := w.poller.PauseFeed(t.Context(), w.feedURL(), false); err != nil {
		t.Fatal(err)
	}
	w.want(w.fetch(), Tally{Feeds: 1, Added: 1, Unchanged: 1})
}

func TestRetryAfter(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	w.put("/rss", resource{status: http.StatusServiceUnavailable, header: map[string]string{"Retry-After": "7200"}})
	w.fetch()
	if wait := w.stored().Next.Sub(w.clock()); wait != 2*time.Hour {
		t.Errorf("polled again after %v, want the 2h the server asked for", wait)
	}
}

func TestMovedFeed(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	w.put("/rss", resource{status: http.StatusMovedPermanently, header: map[string]string{"Location": "/new/rss"}})
	w.put("/new/rss", resource{body: rss(story(1), story(2))})
	w.want(w.fetch(), Tally{Feeds: 1, Added: 1, Unchanged: 1})
	if f := w.stored(); f.URL != w.feedURL() {
		t.Errorf("its name is %s", f.URL)
	}
}

func TestAddFeed(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.put("/", resource{body: `<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>`})
	f, tally, err := w.poller.AddFeed(t.Context(), w.URL+"/")
	if err != nil || f.URL != w.feedURL() || f.Articles != 1 {
		t.Fatalf("by its page: %+v, %v", f, err)
	}
	w.want(tally, Tally{Feeds: 1, Added: 1})
	for _, again := range []string{w.feedURL(), w.feedURL() + "/?utm_source=x", w.URL + "/"} {
		if f, _, err := w.poller.AddFeed(t.Context(), again); !errors.Is(err, fs.ErrExist) || f.URL != w.feedURL() {
			t.Errorf("%s again: %+v, %v", again, f, err)
		}
	}
	w.put("/page", resource{body: "<html>no feed</html>"})
	for url, reason := range map[string]source.Reason{
		w.URL + "/page": source.NoFeed, w.URL + "/none": source.Gone, "ftp://news.example/": source.BadAddress, "x": source.BadAddress,
	} {
		var refusal *source.Refusal
		if _, _, err := w.poller.AddFeed(t.Context(), url); !errors.As(err, &refusal) || refusal.Reason != reason {
			t.Errorf("%s: %v, want %s", url, err, reason)
		}
	}
	list, err := w.poller.Feeds(t.Context())
	if err != nil || len(list) != 1 {
		t.Errorf("feeds: %+v, %v", list, err)
	}
	if err := w.poller.RemoveFeed(t.Context(), w.feedURL()+"/"); err != nil {
		t.Fatal(err)
	}
	if err := w.poller.RemoveFeed(t.Context(), w.feedURL()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed twice: %v", err)
	}
	if len(w.articles()) != 1 {
		t.Error("its articles went with it")
	}
}

// TestOwnTextChanges: when the feed's own text stands for a page that is closed, its corrections are taken.
func TestOwnTextChanges(t *testing.T) {
	w := newWorld(t)
	said := func(first string) string { return entry(1, "<description>"+first+" "+words(40)+"…</description>") }
	w.putFeed(said("Wrong"))
	w.want(w.add(), Tally{Feeds: 1, Added: 1}) // its page is not there
	w.putFeed(said("Right"))
	w.want(w.fetch(), Tally{Feeds: 1, Updated: 1})
	w.put("/story/1", resource{status: http.StatusInternalServerError})
	w.putFeed(said("Better"))
	w.want(w.fetch(), Tally{Feeds: 1, Updated: 1})
	if a := w.articles()[0]; !strings.HasPrefix(a.Body, "Better") {
		t.Errorf("stored %q", a.Body)
	}
	w.put("/story/1", resource{body: article(1)})
	w.putFeed(said("Best"))
	w.want(w.fetch(), Tally{Feeds: 1, Updated: 1})
	w.put("/story/1", resource{status: http.StatusNotFound})
	w.putFeed(said("Worse"))
	w.want(w.fetch(), Tally{Feeds: 1, Refused: 1})
	if a := w.articles()[0]; !strings.HasPrefix(a.Body, prose(1)) {
		t.Errorf("stored %q", a.Body)
	}
}

// TestKeptAndUpdated: what stays as people have set it is reported, though something else has changed.
func TestKeptAndUpdated(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1))
	w.add()
	if _, _, err := w.store.Edit(t.Context(), w.articles()[0].ID, func(a *corpus.Article) error { a.Title = "By hand"; return nil }); err != nil {
		t.Fatal(err)
	}
	w.putFeed(strings.Replace(strings.Replace(story(1), "Story 1", "Story one", 1), "Delegates", "The delegates", 1))
	w.want(w.fetch(), Tally{Feeds: 1, Updated: 1, Kept: 1})
}

// TestSecretStaysOut: a secret in a feed's address comes neither into the log nor into the audit.
func TestSecretStaysOut(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.poller.Logger = slog.New(slog.NewTextHandler(&log, nil))
	w.putFeed(story(1))
	address := w.feedURL() + "?token=s3cret"
	if _, _, err := w.poller.AddFeed(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	w.put("/rss", resource{status: http.StatusInternalServerError})
	w.want(w.fetch(), Tally{Feeds: 1, Failed: 1})
	w.poller.Store = fullDisk{w.store}
	if _, err := w.poller.FetchFeeds(t.Context()); !errors.Is(err, corpus.ErrFull) {
		t.Fatal(err)
	}
	if strings.Contains(log.String(), "s3cret") || strings.Count(log.String(), "host=127.0.0.1:") != 3 {
		t.Errorf("the log is %s", log.String())
	}
	audit, err := w.store.Audit(t.Context(), corpus.AuditOptions{})
	if s := fmt.Sprint(audit); err != nil || strings.Contains(s, "s3cret") || !strings.Contains(s, "feed:"+w.feedURL()+"?… add") {
		t.Errorf("the audit is %s, %v", s, err)
	}
	if list, err := w.poller.Feeds(t.Context()); err != nil || list[0].URL != address {
		t.Errorf("the feeds are %+v, %v", list, err)
	}
}

// TestFullTextStays: when a page cannot be read any more, the beginning in the feed does not take the place of the text.
func TestFullTextStays(t *testing.T) {
	w := newWorld(t)
	beginning := "<description>" + words(40) + "…</description>"
	w.putFeed(entry(1, beginning))
	w.put("/story/1", resource{body: article(1)})
	w.add()
	w.put("/story/1", resource{status: http.StatusNotFound})
	w.putFeed(strings.Replace(entry(1, beginning), "Story 1", "Story one", 1))
	w.want(w.fetch(), Tally{Feeds: 1, Refused: 1})
	if a := w.articles()[0]; !strings.HasPrefix(a.Body, prose(1)) {
		t.Errorf("stored %q", a.Body)
	}
}

// TestOutletOfAPage: a page that does not say whose it is is its feed's.
func TestOutletOfAPage(t *testing.T) {
	w := newWorld(t)
	w.putFeed(stub(1))
	w.put("/story/1", resource{body: strings.Replace(article(1), "og:site_name", "x", 1)})
	w.add()
	if a := w.articles()[0]; a.Source != "Valley Voice" {
		t.Errorf("the outlet is %q", a.Source)
	}
}

// TestVanishedIsForgotten: an item whose page is to be asked for again and that has become old meanwhile does not keep
// the polls from being conditional.
func TestVanishedIsForgotten(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(4), story(3), story(2), story(1))
	w.add()
	w.putFeed(stub(9), story(4), story(3), story(2), story(1))
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 4, Refused: 1}) // asks for the page of 9
	w.put("/rss", resource{header: map[string]string{"ETag": `"1"`}, body: rss(story(6), story(5))})
	w.pass(100 * time.Hour)
	w.want(w.fetch(), Tally{Feeds: 1, Added: 2})
	w.want(w.fetch(), Tally{Feeds: 1, Unmodified: 1})
}
