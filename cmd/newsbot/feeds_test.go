package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
)

// A newsSite is a site with a feed of articles, each the only one about its number.
type newsSite struct {
	*httptest.Server
	mu       sync.Mutex
	articles int
	broken   bool
}

func newNewsSite(t *testing.T, articles int) *newsSite {
	p := &newsSite{articles: articles}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

// change changes what the site does.
func (p *newsSite) change(articles int, broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.articles, p.broken = articles, broken
}

func (p *newsSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case r.URL.Path == "/":
		_, _ = fmt.Fprint(w, `<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>`)
		return
	case r.URL.Path != "/rss":
		http.NotFound(w, r)
		return
	case p.broken:
		http.Error(w, "down", http.StatusInternalServerError)
		return
	}
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Voice</title>`)
	for n := range p.articles {
		day := time.Date(2024, 5, 1+n, 9, 0, 0, 0, time.UTC)
		text := fmt.Sprintf("Tram line %d opened on Monday. ", 12+n) + strings.Repeat("It runs along the river until midnight, the city said. ", 10)
		fmt.Fprintf(&b, "<item><title>Tram line %d opens</title><link>/tram/%d</link><pubDate>%s</pubDate><content:encoded>%s</content:encoded></item>",
			12+n, n, day.Format(time.RFC1123Z), text)
	}
	b.WriteString("</channel></rss>")
	_, _ = fmt.Fprint(w, b.String())
}

// runWeb runs newsbot, which may fetch from the tests' own servers.
func runWeb(t *testing.T, dir string, args ...string) (code int, out, warnings string) {
	t.Helper()
	p := startWith(t, []string{"ALLOW_PRIVATE_FETCH=true"}, append([]string{"-data", dir}, args...)...)
	code = p.end()
	return code, p.seen.String(), p.stderr.String()
}

// wantRun runs newsbot, and wants it to say something.
func wantRun(t *testing.T, dir string, code int, want string, args ...string) {
	t.Helper()
	got, out, warnings := runWeb(t, dir, args...)
	if got != code || !strings.Contains(out+warnings, want) {
		t.Errorf("newsbot %s: exit code %d, says %q %q; want %d and %q", strings.Join(args, " "), got, out, warnings, code, want)
	}
}

func TestFeedsCommand(t *testing.T) {
	dir, site := t.TempDir(), newNewsSite(t, 6)
	rss := site.URL + "/rss"
	wantRun(t, dir, 0, "There are no feeds. newsbot feeds add URL adds one.\n", "feeds")
	wantRun(t, dir, 0, "added "+rss+" (Valley Voice): 6 added\nfully indexed\n", "feeds", "add", site.URL)
	wantRun(t, dir, 0, "known already: "+rss+"\n", "feeds", "add", rss+"/?utm_source=x")
	wantRun(t, dir, 1, "is not there, or no longer", "feeds", "add", site.URL+"/none")
	wantRun(t, dir, 1, "is not an http or https address", "feeds", "add", "news")
	wantRun(t, dir, 0, rss+"  6 articles  newest ", "feeds", "list")
	wantRun(t, dir, 0, "quiet: there is usually an article every 24 hours\n", "feeds")
	wantRun(t, dir, 0, "polled 1 feed: nothing new\n", "feeds", "fetch")
	site.change(7, false)
	wantRun(t, dir, 0, "polled 1 feed: 1 added\n", "feeds", "fetch")
	site.change(7, true)
	wantRun(t, dir, 1, "1 of 1 feed could not be read\nhint: newsbot feeds says why\n", "feeds", "fetch")
	wantRun(t, dir, 0, "failing since ", "feeds")
	wantRun(t, dir, 0, `"feeds":[{"url":"`+rss+`","title":"Valley Voice","paused":false,"articles":7,"newest":"2024-05-07T09:00:00Z","newest_age_seconds":`,
		"status", "-json")
	wantRun(t, dir, 0, "feed                "+rss+", 7 articles, newest ", "status")
	wantRun(t, dir, 0, "paused "+rss, "feeds", "pause", rss)
	wantRun(t, dir, 0, "polled 0 feeds: nothing new\n", "feeds", "fetch")
	wantRun(t, dir, 0, " paused\n", "feeds")
	wantRun(t, dir, 0, "resumed "+rss, "feeds", "resume", rss)
	wantRun(t, dir, 0, "removed "+rss, "feeds", "remove", rss)
	wantRun(t, dir, 1, "there is no feed "+rss+"\nhint: newsbot feeds lists them\n", "feeds", "remove", rss)
	wantRun(t, dir, 0, "feed remove", "audit", "-n", "1")
	wantStatus(t, dir, "articles", "7 (en 7)")
}

// TestServePolls: a serving process polls a feed that a command adds beside it, and answers from it.
func TestServePolls(t *testing.T) {
	s, dir, site := telegramtest.New(t), t.TempDir(), newNewsSite(t, 1)
	p := startWith(t, []string{
		"TELEGRAM_API_URL=" + s.URL(), "TELEGRAM_BOT_TOKEN=" + s.Token(), "ALLOW_PRIVATE_FETCH=true", fmt.Sprint("ADMIN_IDS=", theAdmin),
	}, "-data", dir)
	p.until("Stop with Ctrl-C.\n")
	wantRun(t, dir, 0, "1 added", "feeds", "add", site.URL+"/rss")
	reader := s.Person(7, "en")
	reader.Send("When did tram line 12 open?")
	if got := last(reader.Wait(1)); !strings.Contains(got, "Tram line 12 opened on Monday.") {
		t.Errorf("the answer is %q", got)
	}
	site.change(2, false)
	wantRun(t, dir, 0, "resumed", "feeds", "resume", site.URL+"/rss") // it is due at once then
	wantStored(t, dir, 2)
	p.signal(syscall.SIGTERM)
	ended(t, s, p)
}

// wantStored waits until another process has stored so many articles.
func wantStored(t *testing.T, dir string, articles int) {
	t.Helper()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: dir, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for seen := int64(-1); ; <-time.After(20 * time.Millisecond) {
		version, err := store.DataVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if version == seen {
			continue
		}
		seen = version
		stats, err := store.Stats(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if stats.Articles == articles {
			return
		}
	}
}
