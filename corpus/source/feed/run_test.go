package feed

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/corpus"
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
