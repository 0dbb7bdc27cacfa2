package feed

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/url"
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
	// maxBackoff is the longest time between two polls of a feed that does not work, and between two looks at a page.
	maxBackoff = 6 * time.Hour
)

// A Store keeps feeds and articles; [corpus.Store] is one, and says what the methods do.
type Store interface {
	Feeds(ctx context.Context) ([]corpus.Feed, error)
	DueFeeds(ctx context.Context, now time.Time) ([]string, error)
	FeedsOf(ctx context.Context, id string) ([]string, error)
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
	// Patience is how long AddFeed and FetchFeeds take at most, and a little more; Run goes on with what is left. 0 is
	// until they are done.
	Patience time.Duration
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
	want map[string]bool          // the feeds that FetchFeeds has left to Run, by address
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
	return &Poller{
		Config: c, slots: make(chan struct{}, parallel), busy: map[string]chan struct{}{}, rest: map[string]time.Time{}, want: map[string]bool{},
	}
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
		for _, url := range due {
			if done := p.begin(url); done != nil {
				polls.Go(func() {
					defer done()
					p.pollDue(ctx, url)
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

// pollDue polls a busy feed within a budget of its own.
func (p *Poller) pollDue(ctx context.Context, url string) {
	if err := p.enter(ctx); err != nil {
		return
	}
	defer p.exit()
	b, end := byItself(ctx)
	defer end()
	if t, err := p.pollBusy(ctx, b, url); ctx.Err() == nil && (err != nil || t.Feeds == 0) { // it is logged
		p.leave(url)
	}
}

// due returns the addresses of the feeds that are to be polled now.
func (p *Poller) due(ctx context.Context) (due []string, err error) {
	now := p.Now()
	list, err := p.Store.DueFeeds(ctx, now)
	p.mu.Lock()
	defer p.mu.Unlock()
	for url := range p.want {
		list = append(list, url)
	}
	clear(p.want)
	for _, url := range list {
		if !p.rest[nameOf(url)].After(now) {
			due = append(due, url)
		}
	}
	return due, err
}

// wanted has Run poll a feed as soon as it can.
func (p *Poller) wanted(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.want[url] = true
}

// leave has Run leave a feed alone for a while: without a store that works a poll is in vain.
func (p *Poller) leave(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rest[nameOf(url)] = p.Now().Add(p.Interval)
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

// enter waits until fewer than parallel other feeds are being polled. The error is that of ctx.
func (p *Poller) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Poller) exit() { <-p.slots }

// pollBusy polls a busy feed. One that is removed or paused meanwhile is no error.
func (p *Poller) pollBusy(ctx context.Context, b budget, url string) (Tally, error) {
	f, err := p.Store.Feed(ctx, url)
	var t Tally
	if err == nil && !f.Paused {
		t, err = p.poll(ctx, b, f)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Tally{}, nil
	}
	if err != nil && ctx.Err() == nil {
		p.Logger.Warn("polling a feed", hostOf(url), slog.Any("error", err))
	}
	return t, err
}

// hostOf names a feed in the log: the rest of its address may hold a secret.
func hostOf(address string) slog.Attr {
	u, err := url.Parse(address)
	if err != nil {
		u = &url.URL{}
	}
	return slog.String("host", u.Host)
}
