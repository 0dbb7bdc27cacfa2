package feed

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
)

const (
	// DefaultInterval is the time between two polls of a feed.
	DefaultInterval = 15 * time.Minute
	// parallel is how many feeds are polled at once.
	parallel = 4
	// lookEvery is how often it is looked for feeds that are due: other processes add some, too.
	lookEvery = 10 * time.Second
	// jitter is the part of the interval by which polls vary, so that feeds do not fall into step.
	jitter = 0.1
	// maxBackoff is the longest time between two polls of a feed that does not work, unless its server wants
	// more, of which maxRetryAfter is granted.
	maxBackoff    = 6 * time.Hour
	maxRetryAfter = 24 * time.Hour
)

// A Store keeps feeds and articles; [corpus.Store] is one, and says what the methods do.
type Store interface {
	Feeds(ctx context.Context) ([]corpus.Feed, error)
	Feed(ctx context.Context, url string) (corpus.Feed, error)
	AddFeed(ctx context.Context, f corpus.Feed) error
	RemoveFeed(ctx context.Context, url string) error
	PauseFeed(ctx context.Context, url string, paused bool) error
	FeedItems(ctx context.Context, url string) (map[corpus.Hash]corpus.FeedItem, error)
	NoteItems(ctx context.Context, url string, items []corpus.FeedItem) error
	NotePoll(ctx context.Context, f corpus.Feed, items []corpus.FeedItem) error
	AddWith(ctx context.Context, a corpus.Article, o corpus.AddOptions) (corpus.Outcome, error)
	Withdraw(ctx context.Context, id string) error
}

// A Client gets feeds and pages; [fetch.Client] is one. It is to make one request at a time to a host.
type Client interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Response, error)
}

// A Config is what a [Poller] is made of. Store, Client and Extract must be set.
type Config struct {
	Store  Store
	Client Client
	// Extract finds the article in a page, as page.Extract does; its error is a [*source.Refusal].
	Extract func(address, contentType string, body []byte, now time.Time) (source.Found, error)
	// Interval is the time between two polls of a feed; 0 is DefaultInterval.
	Interval time.Duration
	Now      func() time.Time // nil is [time.Now]
	Rand     func() float64   // in [0, 1); nil is [rand.Float64]
	Logger   *slog.Logger     // nil discards
}

// A Poller polls feeds. Its methods are safe for concurrent use; two polls of the same feed wait for each other.
type Poller struct {
	Config
	slots chan struct{} // holds one value for each poll that is going on

	mu   sync.Mutex
	busy map[string]chan struct{} // the feeds being polled, by canonical address; closed at the end
	rest map[string]time.Time     // until when Run leaves a feed alone that the store had trouble with
}

// New returns a poller.
func New(c Config) *Poller {
	if c.Interval == 0 {
		c.Interval = DefaultInterval
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Rand == nil {
		c.Rand = rand.Float64
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Poller{Config: c, slots: make(chan struct{}, parallel), busy: map[string]chan struct{}{}, rest: map[string]time.Time{}}
}

// Run polls every feed that is not paused whenever it is due, until ctx ends. Polls that are cut off then are made
// again at the next start. It returns when all has ended.
func (p *Poller) Run(ctx context.Context) {
	var polls sync.WaitGroup
	defer polls.Wait()
	for {
		due, err := p.due(ctx)
		if err != nil && ctx.Err() == nil {
			p.Logger.Warn("looking for feeds to poll", slog.Any("error", err))
		}
		for _, f := range due {
			if done := p.begin(f.URL); done != nil {
				polls.Go(func() {
					defer done()
					if _, err := p.inSlot(ctx, f.URL); err != nil { // it is logged
						p.leave(f.URL)
					}
				})
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(lookEvery):
		}
	}
}

// due returns the feeds that are to be polled now.
func (p *Poller) due(ctx context.Context) (due []corpus.Feed, err error) {
	list, err := p.Store.Feeds(ctx)
	for _, f := range list {
		if now := p.Now(); !f.Paused && !f.Next.After(now) && !p.isLeft(f.URL, now) {
			due = append(due, f)
		}
	}
	return due, err
}

// leave has Run leave a feed alone for a while: without a store that works a poll is in vain.
func (p *Poller) leave(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rest[nameOf(url)] = p.Now().Add(p.Interval)
}

func (p *Poller) isLeft(url string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rest[nameOf(url)].After(now)
}

// begin makes a feed busy; done ends that. It returns nil when the feed is busy already.
func (p *Poller) begin(url string) (done func()) {
	name := nameOf(url)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[name] != nil {
		return nil
	}
	end := make(chan struct{})
	p.busy[name] = end
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.busy, name)
		close(end)
	}
}

// await is begin that waits until the feed is not busy. The error is that of ctx.
func (p *Poller) await(ctx context.Context, url string) (done func(), err error) {
	for {
		if done := p.begin(url); done != nil {
			return done, nil
		}
		p.mu.Lock()
		end := p.busy[nameOf(url)]
		p.mu.Unlock()
		if end == nil {
			continue
		}
		select {
		case <-end:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// nameOf is what tells feeds apart.
func nameOf(url string) string {
	if name, err := corpus.CanonicalURL(url); err == nil {
		return name
	}
	return url
}

// inSlot polls a busy feed when fewer than parallel others are being polled. A feed that is removed meanwhile is
// no error.
func (p *Poller) inSlot(ctx context.Context, url string) (Tally, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return Tally{}, ctx.Err()
	}
	f, err := p.Store.Feed(ctx, url)
	var t Tally
	if err == nil {
		t, err = p.poll(ctx, f)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Tally{}, nil
	}
	if err != nil && ctx.Err() == nil {
		p.Logger.Warn("polling a feed", slog.String("feed", url), slog.Any("error", err))
	}
	return t, err
}
