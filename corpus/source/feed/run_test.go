package feed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
	"newsbot/corpus/source/page"
)

// clientFunc is a Client.
type clientFunc func(ctx context.Context, r fetch.Request) (fetch.Response, error)

func (f clientFunc) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	return f(ctx, r)
}

func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = store.Close() }()
		for _, url := range []string{"https://a.example/rss", "https://b.example/rss", "https://paused.example/rss"} {
			if err := store.AddFeed(t.Context(), corpus.Feed{URL: url}); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.PauseFeed(t.Context(), "https://paused.example/rss", true); err != nil {
			t.Fatal(err)
		}
		polls := map[string]int{}
		var mu sync.Mutex
		p := New(Config{Store: store, Extract: page.Extract, Client: clientFunc(func(_ context.Context, r fetch.Request) (fetch.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			polls[r.URL]++
			return fetch.Response{URL: r.URL, Status: 200, Body: []byte(rss())}, nil
		})})
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { p.Run(ctx) })
		time.Sleep(4*time.Hour + time.Second)
		stop()
		running.Wait()
		for _, url := range []string{"https://a.example/rss", "https://b.example/rss"} {
			// The first at once, and another every 15 minutes, more or less, as seen at a look every 10 seconds.
			if n := polls[url]; n < 15 || n > 18 {
				t.Errorf("%s was polled %d times in 4 hours", url, n)
			}
		}
		if polls["https://paused.example/rss"] > 0 {
			t.Error("a paused feed was polled")
		}
	})
}

// slowSite is a Client of feeds of stubs whose pages each take a while.
func slowSite(stubs int, pause time.Duration) Client {
	var items []string
	for n := range stubs {
		items = append(items, stub(n))
	}
	return clientFunc(func(ctx context.Context, r fetch.Request) (fetch.Response, error) {
		base, path, _ := strings.Cut(strings.TrimPrefix(r.URL, "https://"), "/")
		var n int
		if _, err := fmt.Sscanf(path, "story/%d", &n); err != nil {
			return fetch.Response{URL: r.URL, Status: 200, Body: []byte(strings.ReplaceAll(rss(items...), "SITE", "https://"+base))}, nil
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return fetch.Response{}, ctx.Err()
		}
		body := strings.ReplaceAll(article(n), "Delegates", "Delegates of "+base) // no two sites have the same text
		return fetch.Response{URL: r.URL, Status: 200, ContentType: "text/html", Body: []byte(body)}, nil
	})
}

// inBubble opens a store and a poller in a bubble of its own time.
func inBubble(t *testing.T, c Config, do func(t *testing.T, p *Poller, store *corpus.Store)) {
	synctest.Test(t, func(t *testing.T) {
		store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = store.Close() }()
		c.Store, c.Extract = store, page.Extract
		do(t, New(c), store)
	})
}

// running runs the poller for a while.
func running(t *testing.T, p *Poller, d time.Duration) {
	ctx, stop := context.WithCancel(t.Context())
	var polls sync.WaitGroup
	polls.Go(func() { p.Run(ctx) })
	time.Sleep(d)
	stop()
	polls.Wait()
}

// count counts the articles.
func count(t *testing.T, store *corpus.Store) int {
	t.Helper()
	stats, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stats.Articles
}

// TestRunBudget: one poll asks for some pages, or as many as there is time for, and the next ones, which are soon, for the
// others. A feed that is slow does not keep the fast ones waiting.
func TestRunBudget(t *testing.T) {
	for _, tt := range []struct {
		pause       time.Duration
		first, then int // articles after half a minute, and after a minute and a half more
	}{{0, pollPages, 2 * pollPages}, {10 * time.Second, 2, 5}} {
		inBubble(t, Config{Client: slowSite(45, tt.pause)}, func(t *testing.T, p *Poller, store *corpus.Store) {
			if err := store.AddFeed(t.Context(), corpus.Feed{URL: "https://a.example/rss"}); err != nil {
				t.Fatal(err)
			}
			running(t, p, 29*time.Second)
			if n := count(t, store); n != tt.first {
				t.Errorf("pages of %v: %d articles at first, want %d", tt.pause, n, tt.first)
			}
			running(t, p, 91*time.Second)
			if n := count(t, store); n < tt.then || n > tt.then+4 {
				t.Errorf("pages of %v: then %d articles, want %d", tt.pause, n, tt.then)
			}
			running(t, p, time.Hour)
			if n := count(t, store); n != 45 {
				t.Errorf("pages of %v: %d articles in the end", tt.pause, n)
			}
		})
	}
}

// TestPatience: who adds a feed or has all read waits no longer than that, and Run goes on with the rest.
func TestPatience(t *testing.T) {
	inBubble(t, Config{Client: slowSite(12, 9*time.Second), Patience: 40 * time.Second}, func(t *testing.T, p *Poller, store *corpus.Store) {
		began := time.Now()
		f, tally, err := p.AddFeed(t.Context(), "https://a.example/rss")
		if want := (Tally{Feeds: 1, Added: 4, Left: 8}); err != nil || tally != want || f.Articles != 4 {
			t.Errorf("AddFeed: %+v, %+v, %v; want %+v", f, tally, err, want)
		}
		if took := time.Since(began); took != 40*time.Second {
			t.Errorf("AddFeed took %v", took)
		}
		for i := range 8 {
			if err := store.AddFeed(t.Context(), corpus.Feed{URL: fmt.Sprintf("https://b%d.example/rss", i)}); err != nil {
				t.Fatal(err)
			}
		}
		began = time.Now()
		tally, err = p.FetchFeeds(t.Context())
		if took := time.Since(began); err != nil || took != 40*time.Second || tally.Feeds != parallel || tally.Left < 9-parallel {
			t.Errorf("FetchFeeds: %+v, %v, after %v", tally, err, took)
		}
		running(t, p, time.Hour)
		if n := count(t, store); n != 9*12 {
			t.Errorf("%d articles in the end", n)
		}
	})
}

// TestImpatientAdd: a site that does not answer in time is one that takes too long.
func TestImpatientAdd(t *testing.T) {
	silent := clientFunc(func(ctx context.Context, r fetch.Request) (fetch.Response, error) {
		<-ctx.Done()
		return fetch.Response{}, ctx.Err()
	})
	inBubble(t, Config{Client: silent, Patience: 40 * time.Second}, func(t *testing.T, p *Poller, store *corpus.Store) {
		var refusal *source.Refusal
		if _, _, err := p.AddFeed(t.Context(), "https://a.example/rss"); !errors.As(err, &refusal) || refusal.Reason != source.Timeout {
			t.Errorf("the error is %v", err)
		}
		if err := store.AddFeed(t.Context(), corpus.Feed{URL: "https://a.example/rss"}); err != nil {
			t.Fatal(err)
		}
		if tally, err := p.FetchFeeds(t.Context()); err != nil || tally != (Tally{Left: 1}) {
			t.Errorf("FetchFeeds: %+v, %v", tally, err)
		}
		if due, err := p.due(t.Context()); err != nil || len(due) == 0 {
			t.Errorf("what is left is not due: %v, %v", due, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if _, _, err := p.AddFeed(ctx, "https://c.example/rss"); !errors.Is(err, context.Canceled) {
			t.Errorf("cut off: %v", err)
		}
	})
}

// TestRunLeavesAlone: when the store does not work, the site is not asked every 10 seconds.
func TestRunLeavesAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = store.Close() }()
		if err := store.AddFeed(t.Context(), corpus.Feed{URL: "https://a.example/rss"}); err != nil {
			t.Fatal(err)
		}
		polls := 0
		p := New(Config{Store: fullDisk{store}, Extract: page.Extract, Client: clientFunc(func(_ context.Context, r fetch.Request) (fetch.Response, error) {
			polls++
			return fetch.Response{URL: r.URL, Status: 200, Body: []byte(rss())}, nil
		})})
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { p.Run(ctx) })
		time.Sleep(time.Hour)
		stop()
		running.Wait()
		if polls < 3 || polls > 5 {
			t.Errorf("%d polls in an hour", polls)
		}
	})
}

// A fullDisk is a store that cannot note a poll.
type fullDisk struct{ Store }

func (fullDisk) NotePoll(context.Context, corpus.Feed, []corpus.FeedItem) error {
	return corpus.ErrFull
}

// TestCutOff: a poll that is cut off is made again; nothing is lost or doubled, and few pages are read twice.
func TestCutOff(t *testing.T) {
	w := newWorld(t)
	var items []string
	for n := range 60 {
		items = append(items, stub(n))
		w.put(fmt.Sprintf("/story/%d", n), resource{header: map[string]string{"Content-Type": "text/html"}, body: article(n)})
	}
	w.putFeed(items...)
	if err := w.store.AddFeed(t.Context(), corpus.Feed{URL: w.feedURL()}); err != nil {
		t.Fatal(err)
	}
	web := w.poller.Client
	ctx, stop := context.WithCancel(t.Context())
	gets := 0
	w.poller.Client = clientFunc(func(ctx context.Context, r fetch.Request) (fetch.Response, error) {
		if gets++; gets == 40 {
			stop()
		}
		return web.Get(ctx, r)
	})
	if _, err := w.poller.FetchFeeds(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("cut off: %v", err)
	}
	if f := w.stored(); !f.Tried.IsZero() {
		t.Errorf("a poll that was cut off is noted: %+v", f)
	}
	before := len(w.articles())
	tally := w.fetch()
	if before != 38 || tally.Added != 60-before || len(w.articles()) != 60 || w.stored().Articles != 60 {
		t.Errorf("%d articles before, then %+v, and %d in the end, %d counted", before, tally, len(w.articles()), w.stored().Articles)
	}
	twice := 0
	for n := range 60 {
		if w.requests(fmt.Sprintf("/story/%d", n)) > 1 {
			twice++
		}
	}
	if twice > noteEvery {
		t.Errorf("%d pages were read twice", twice)
	}
}

// TestCrashBeforeNote: articles are committed and the poll is not noted.
func TestCrashBeforeNote(t *testing.T) {
	w := newWorld(t)
	w.put("/rss", resource{header: map[string]string{"ETag": `"1"`}, body: rss(story(1), story(2))})
	if err := w.store.AddFeed(t.Context(), corpus.Feed{URL: w.feedURL()}); err != nil {
		t.Fatal(err)
	}
	w.poller.Store = fullDisk{w.store}
	if _, err := w.poller.FetchFeeds(t.Context()); !errors.Is(err, corpus.ErrFull) {
		t.Fatalf("the disk is full, and the error %v", err)
	}
	w.poller.Store = w.store
	w.want(w.fetch(), Tally{Feeds: 1, Unchanged: 2})
	if f := w.stored(); f.Articles != 2 {
		t.Errorf("%d articles counted, want 2", f.Articles)
	}
}

// TestTogether: polls of one feed wait for each other, and one that is removed meanwhile is no error.
func TestTogether(t *testing.T) {
	w := newWorld(t)
	w.putFeed(story(1), story(2), story(3))
	w.add()
	polling := 0
	var mu sync.Mutex
	web := w.poller.Client
	w.poller.Client = clientFunc(func(ctx context.Context, r fetch.Request) (fetch.Response, error) {
		mu.Lock()
		polling++
		if polling > 1 {
			t.Error("two polls of the feed at once")
		}
		mu.Unlock()
		defer func() { mu.Lock(); polling--; mu.Unlock() }()
		return web.Get(ctx, r)
	})
	var polls sync.WaitGroup
	for range 8 {
		polls.Go(func() {
			if _, err := w.poller.FetchFeeds(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	polls.Wait()
	w.poller.Client = clientFunc(func(ctx context.Context, r fetch.Request) (fetch.Response, error) {
		if err := w.store.RemoveFeed(ctx, r.URL); err != nil {
			t.Error(err)
		}
		return web.Get(ctx, r)
	})
	w.want(w.fetch(), Tally{})
}
