package feed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
)

// acceptFeed asks for feeds.
const acceptFeed = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, " +
	"application/json;q=0.8, */*;q=0.1"

// Feeds lists the feeds, in the order of their addresses.
func (p *Poller) Feeds(ctx context.Context) ([]corpus.Feed, error) { return p.Store.Feeds(ctx) }

// AddFeed reads a feed for the first time and adds it, with its articles, as far as Patience lasts. The address may be
// that of a page that names its feed. The error wraps [fs.ErrExist] for a known one, with which the feed is returned, and
// is or wraps a [*source.Refusal] for one that cannot be read.
func (p *Poller) AddFeed(ctx context.Context, url string) (corpus.Feed, Tally, error) {
	b, end := p.byHand(ctx)
	defer end()
	found, doc, err := p.find(b.asking, strings.TrimSpace(url))
	if ctx.Err() == nil {
		err = b.blame(url, err)
	}
	if err != nil {
		return found.feed, Tally{}, err
	}
	done, err := p.await(ctx, found.feed.URL)
	if err != nil {
		return corpus.Feed{}, Tally{}, err
	}
	defer done()
	if err := p.Store.AddFeed(ctx, corpus.Feed{URL: found.feed.URL, Title: doc.Title}); err != nil {
		return found.feed, Tally{}, err
	}
	f, err := p.Store.Feed(ctx, found.feed.URL)
	if err != nil {
		return found.feed, Tally{}, err
	}
	t, err := p.take(ctx, b, f, nil, found.response, &doc)
	if err != nil {
		return f, t, err
	}
	f, err = p.Store.Feed(ctx, f.URL)
	return f, t, err
}

// A candidate is a feed that may be added.
type candidate struct {
	feed     corpus.Feed
	response fetch.Response
}

// find reads the feed at an address, or the one that the page there names.
func (p *Poller) find(ctx context.Context, url string) (candidate, Document, error) {
	c, doc, err := p.try(ctx, url)
	var refusal *source.Refusal
	if !errors.As(err, &refusal) || refusal.Reason != source.NoFeed || c.response.Body == nil {
		return c, doc, err
	}
	link := Discover(c.response.URL, c.response.Body)
	if link == "" {
		return c, doc, err
	}
	return p.try(ctx, link)
}

// try reads the feed at an address, unless it is known.
func (p *Poller) try(ctx context.Context, url string) (candidate, Document, error) {
	c := candidate{feed: corpus.Feed{URL: url}}
	if _, err := corpus.CanonicalURL(url); err != nil {
		return c, Document{}, &source.Refusal{Reason: source.BadAddress, URL: url}
	}
	known, err := p.Store.Feed(ctx, url)
	if err == nil {
		c.feed = known
		return c, Document{}, fmt.Errorf("add feed %s: %w", url, fs.ErrExist)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return c, Document{}, err
	}
	c.response, err = p.Client.Get(ctx, fetch.Request{URL: url, Accept: acceptFeed, Robots: true})
	if err != nil {
		return c, Document{}, err
	}
	doc, err := Parse(c.response.ContentType, c.response.URL, c.response.Body)
	return c, doc, err
}

// RemoveFeed ends the polling of a feed; its articles stay. The error wraps [fs.ErrNotExist] for an unknown one.
func (p *Poller) RemoveFeed(ctx context.Context, url string) error {
	return p.Store.RemoveFeed(ctx, url)
}

// PauseFeed rests a feed, or has it polled again. The error wraps [fs.ErrNotExist] for an unknown one.
func (p *Poller) PauseFeed(ctx context.Context, url string, paused bool) error {
	return p.Store.PauseFeed(ctx, url, paused)
}

// FetchFeeds polls all feeds that are not paused, now, as far as Patience lasts. A feed that does not work is counted; the
// error is that of ctx or of the store.
func (p *Poller) FetchFeeds(ctx context.Context) (Tally, error) {
	list, err := p.Store.Feeds(ctx)
	if err != nil {
		return Tally{}, err
	}
	b, end := p.byHand(ctx)
	defer end()
	var polls sync.WaitGroup
	var mu sync.Mutex
	var all Tally
	var errs []error
	for _, f := range list {
		if f.Paused {
			continue
		}
		polls.Go(func() {
			t, err := p.pollNow(ctx, b, f.URL)
			mu.Lock()
			defer mu.Unlock()
			all.add(t)
			errs = append(errs, err)
		})
	}
	polls.Wait()
	if ctx.Err() != nil {
		return all, ctx.Err()
	}
	return all, errors.Join(errs...)
}

// pollNow polls a feed as soon as nobody else does, or leaves it to Run when there is no time for it.
func (p *Poller) pollNow(ctx context.Context, b budget, url string) (Tally, error) {
	t, err := p.pollInTurn(ctx, b, url)
	if b.spent() && ctx.Err() == nil && errors.Is(err, b.asking.Err()) {
		t, err = Tally{Left: 1}, nil
	}
	if t.Feeds == 0 && t.Left > 0 {
		p.wanted(url)
	}
	return t, err
}

func (p *Poller) pollInTurn(ctx context.Context, b budget, url string) (Tally, error) {
	done, err := p.await(b.asking, url)
	if err != nil {
		return Tally{}, err
	}
	defer done()
	if err := p.enter(b.asking); err != nil {
		return Tally{}, err
	}
	defer p.exit()
	return p.pollBusy(ctx, b, url)
}
