package feed

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsbot/corpus"
	"newsbot/corpus/source/fetch"
	"newsbot/corpus/source/page"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A resource is what a site has at a path.
type resource struct {
	status int // 0 for 200
	header map[string]string
	body   string
}

// A site is a web server on loopback whose content tests change.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	has   map[string]resource
	asked map[string]int // requests by path
	ages  map[string]int // those of them that were conditional
}

func newSite(t testing.TB) *site {
	s := &site{has: map[string]resource{}, asked: map[string]int{}, ages: map[string]int{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) put(path string, r resource) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.has[path] = r
}

func (s *site) requests(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r.URL.Path]++
	if r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "" {
		s.ages[r.URL.Path]++
	}
	it, ok := s.has[r.URL.Path]
	if !ok {
		it.status = http.StatusNotFound
	}
	for k, v := range it.header {
		w.Header().Set(k, v)
	}
	if etag := it.header["ETag"]; etag != "" && r.Header.Get("If-None-Match") == etag {
		it.status, it.body = http.StatusNotModified, ""
	}
	if it.status != 0 {
		w.WriteHeader(it.status)
	}
	_, _ = fmt.Fprint(w, strings.ReplaceAll(it.body, "SITE", s.URL))
}

// A world is a store, a poller and a site.
type world struct {
	*testing.T
	*site
	store  *corpus.Store
	poller *Poller
	mu     sync.Mutex
	now    time.Time
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, site: newSite(t), now: time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)}
	w.store = openStore(t, w.clock)
	client := fetch.New(fetch.Config{AllowPrivate: true})
	t.Cleanup(client.Close)
	w.poller = New(Config{
		Store: w.store, Client: client, Extract: page.Extract, Now: w.clock, Rand: func() float64 { return 0.5 },
	})
	return w
}

func openStore(t testing.TB, now func() time.Time) *corpus.Store {
	store, err := corpus.Open(context.Background(), corpus.Config{Dir: t.TempDir(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// feed is the address of the feed that tests put at /rss.
func (w *world) feedURL() string { return w.URL + "/rss" }

// putFeed has the site serve an RSS feed with these items.
func (w *world) putFeed(items ...string) { w.put("/rss", resource{body: rss(items...)}) }

// add adds the feed.
func (w *world) add() Tally {
	w.Helper()
	_, tally, err := w.poller.AddFeed(w.Context(), w.feedURL())
	if err != nil {
		w.Fatal(err)
	}
	return tally
}

// fetch polls all feeds.
func (w *world) fetch() Tally {
	w.Helper()
	tally, err := w.poller.FetchFeeds(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return tally
}

// stored returns the feed as it is stored.
func (w *world) stored() corpus.Feed {
	w.Helper()
	f, err := w.store.Feed(w.Context(), w.feedURL())
	if err != nil {
		w.Fatal(err)
	}
	return f
}

// articles returns the articles, newest first.
func (w *world) articles() []corpus.Article {
	w.Helper()
	list, err := w.store.List(w.Context(), corpus.ListOptions{})
	if err != nil {
		w.Fatal(err)
	}
	var articles []corpus.Article
	for _, m := range list {
		a, err := w.store.Article(w.Context(), m.ID)
		if err != nil {
			w.Fatal(err)
		}
		articles = append(articles, a)
	}
	return articles
}

// want compares a tally.
func (w *world) want(got, want Tally) {
	w.Helper()
	if got != want {
		w.Errorf("the tally is %+v, want %+v", got, want)
	}
}

// story is the n-th item, with its full text; item n was published n hours after the first.
func story(n int, more ...string) string {
	return entry(n, fmt.Sprintf("<content:encoded><![CDATA[<p>%s</p>]]></content:encoded>", prose(n)), more...)
}

// stub is the n-th item without a text.
func stub(n int) string { return entry(n, "<description>Only the beginning…</description>") }

func entry(n int, text string, more ...string) string {
	day := time.Date(2025, 8, 16, n, 0, 0, 0, time.UTC)
	return fmt.Sprintf("<item><guid isPermaLink=\"false\">id-%d</guid><title>Story %d</title><link>SITE/story/%d</link><pubDate>%s</pubDate>%s%s</item>",
		n, n, n, day.Format(time.RFC1123Z), text, strings.Join(more, ""))
}

// prose is an article's text.
func prose(n int) string {
	return fmt.Sprintf("Delegates met for round %d of the talks in Geneva. ", n) + words(100+n)
}

// article is the web page of the n-th item.
func article(n int) string {
	return fmt.Sprintf(`<html><head><title>Story %d | Valley Voice</title><meta property="og:site_name" content="The Valley Voice">
		<meta property="og:type" content="article"></head><body><article><h1>Story %d</h1><p>%s</p><p>%s</p></article></body></html>`,
		n, n, prose(n), strings.Repeat("The delegates will meet again in spring, the hosts said. ", 8))
}
