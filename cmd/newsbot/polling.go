package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/source/feed"
	"newsbot/corpus/source/page"
)

var _ bot.Feeds = (*conversation)(nil)

// chatPatience is how long who adds a feed in a chat, or has all read, waits at
// most: well under what a handler has.
const chatPatience = 40 * time.Second

// newPoller returns what polls the feeds of a store. patience is how long it may
// take when asked to; 0 is until it is done.
func (a *app) newPoller(store *corpus.Store, client feed.Client, interval, patience time.Duration) *feed.Poller {
	return feed.New(feed.Config{
		Store: store, Client: client, Extract: page.Extract, Interval: interval, Patience: patience, Now: a.Now, Logger: a.logger,
	})
}

// pollBehind polls the feeds whenever they are due, until ctx ends or the function
// it returns is called, which waits for the end. Answers come to know the
// articles as they do those of other processes.
func (v *conversation) pollBehind(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { v.poller.Run(ctx) })
	return func() {
		cancel()
		running.Wait()
	}
}

// Feeds implements [bot.Feeds].
func (v *conversation) Feeds(ctx context.Context) ([]corpus.Feed, error) { return v.poller.Feeds(ctx) }

// AddFeed implements [bot.Feeds].
func (v *conversation) AddFeed(ctx context.Context, url string) (corpus.Feed, feed.Tally, error) {
	f, t, err := v.poller.AddFeed(ctx, url)
	v.knowFeeds(ctx)
	return f, t, err
}

// RemoveFeed implements [bot.Feeds].
func (v *conversation) RemoveFeed(ctx context.Context, url string) error {
	return v.poller.RemoveFeed(ctx, url)
}

// PauseFeed implements [bot.Feeds].
func (v *conversation) PauseFeed(ctx context.Context, url string, paused bool) error {
	return v.poller.PauseFeed(ctx, url, paused)
}

// FetchFeeds implements [bot.Feeds].
func (v *conversation) FetchFeeds(ctx context.Context) (feed.Tally, error) {
	t, err := v.poller.FetchFeeds(ctx)
	v.knowFeeds(ctx)
	return t, err
}

// knowFeeds makes answers know what feeds have brought. What is not known now is
// soon.
func (v *conversation) knowFeeds(ctx context.Context) {
	if err := v.know(ctx, ""); err != nil && ctx.Err() == nil {
		v.logger.Warn("taking in what feeds have brought", slog.Any("error", err))
	}
}
