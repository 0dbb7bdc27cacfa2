package feed

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
)

// poll polls a feed once. That it does not work is noted and counted; the error is that of ctx or of the store.
func (p *Poller) poll(ctx context.Context, b budget, f corpus.Feed) (Tally, error) {
	known, err := p.Store.FeedItems(ctx, f.URL)
	if err != nil {
		return Tally{}, err
	}
	r := fetch.Request{URL: f.URL, Accept: acceptFeed, ETag: f.ETag, LastModified: f.LastModified, Robots: true}
	if p.anyDue(known) {
		r.ETag, r.LastModified = "", "" // to see the items once more
	}
	response, err := p.Client.Get(b.asking, r)
	switch {
	case ctx.Err() != nil:
		return Tally{}, ctx.Err()
	case err != nil && b.spent():
		return Tally{Left: 1}, nil
	case err != nil:
		return p.failed(ctx, f, err)
	case response.NotModified:
		response.ETag, response.LastModified = f.ETag, f.LastModified
		return p.take(ctx, b, f, known, response, nil)
	}
	doc, err := Parse(response.ContentType, response.URL, response.Body)
	if err != nil {
		return p.failed(ctx, f, err)
	}
	return p.take(ctx, b, f, known, response, &doc)
}

// anyDue tells whether something that was tried in vain is to be tried again.
func (p *Poller) anyDue(known map[corpus.Hash]corpus.FeedItem) bool {
	for _, it := range known {
		if p.isDue(it) {
			return true
		}
	}
	return false
}

func (p *Poller) isDue(it corpus.FeedItem) bool {
	return !it.Again.IsZero() && !it.Again.After(p.Now())
}

// take takes in what a feed says; doc is nil for nothing new. known is what was remembered of its items before.
func (p *Poller) take(ctx context.Context, b budget, f corpus.Feed, known map[corpus.Hash]corpus.FeedItem, response fetch.Response, doc *Document) (Tally, error) {
	v := newVisit(p, b, f, known)
	acting := corpus.WithActor(ctx, actor(f.URL))
	if doc == nil {
		v.tally.Unmodified = 1
		doc = &Document{}
	} else if err := v.items(acting, *doc); err != nil {
		return v.tally, err
	}
	if err := v.goneItems(acting, *doc); err != nil {
		return v.tally, err
	}
	return v.tally, v.worked(ctx, response)
}

// actor is whom the audit names for what a feed brings.
func actor(url string) string { return "feed:" + corpus.RedactURL(url) }

// worked notes a poll that worked. When something is left the next one is soon, and sees all of the feed again.
func (v *visit) worked(ctx context.Context, response fetch.Response) error {
	f, now := v.feed, v.Now()
	f.Tried, f.Read, f.Next = now, now, now.Add(v.vary(v.Interval))
	f.Failing, f.Failures, f.Problem, f.Gone = time.Time{}, 0, "", false
	f.ETag, f.LastModified = response.ETag, response.LastModified
	if v.tally.Left > 0 {
		f.Next, f.ETag, f.LastModified = now.Add(soon), "", ""
	}
	return v.Store.NotePoll(ctx, f, v.notes())
}

// failed notes a poll that did not work, if it is a refusal. A feed that is gone for good is paused.
func (p *Poller) failed(ctx context.Context, f corpus.Feed, problem error) (Tally, error) {
	var refusal *source.Refusal
	if !errors.As(problem, &refusal) {
		return Tally{}, problem
	}
	now := p.Now()
	if f.Failing.IsZero() {
		f.Failing = now
	}
	f.Failures++
	f.Tried, f.Problem, f.Gone = now, string(refusal.Problem()), refusal.Reason == source.Gone
	f.Next = now.Add(max(p.vary(backoff(p.Interval, f.Failures)), refusal.RetryAfter))
	p.Logger.Info("a feed does not work", hostOf(f.URL), slog.Int("failures", f.Failures), slog.String("problem", refusal.Problem().String()))
	t := Tally{Feeds: 1, Failed: 1}
	if err := p.Store.NotePoll(ctx, f, nil); err != nil || refusal.Status != http.StatusGone {
		return t, err
	}
	return t, p.Store.PauseFeed(corpus.WithActor(ctx, actor(f.URL)), f.URL, true)
}

// backoff is the time until a feed is polled again after failures in a row.
func backoff(interval time.Duration, failures int) time.Duration {
	for range failures - 1 {
		if interval *= 2; interval >= maxBackoff {
			return maxBackoff
		}
	}
	return interval
}

// vary makes a time a little shorter or longer.
func (p *Poller) vary(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (1 + jitter*(2*p.Rand()-1)))
}

// A visit is a poll of a feed that has answered.
type visit struct {
	*Poller
	budget
	feed    corpus.Feed
	known   map[corpus.Hash]corpus.FeedItem // what is remembered of its items by now
	brought map[string]bool                 // the articles that it had brought before
	noted   map[corpus.Hash]bool            // what is to be noted at the end of the poll
	fresh   []corpus.FeedItem               // those not noted yet that cost something
	began   time.Time
	tally   Tally
}

func newVisit(p *Poller, b budget, f corpus.Feed, known map[corpus.Hash]corpus.FeedItem) *visit {
	v := &visit{
		Poller: p, budget: b, feed: f, known: map[corpus.Hash]corpus.FeedItem{}, brought: map[string]bool{},
		noted: map[corpus.Hash]bool{}, began: p.Now(), tally: Tally{Feeds: 1},
	}
	for key, it := range known {
		v.known[key] = it
		if it.Article != "" {
			v.brought[it.Article] = true
		}
	}
	return v
}

// note remembers an item.
func (v *visit) note(it corpus.FeedItem) { v.known[it.Key], v.noted[it.Key] = it, true }

// notes are what is to be noted.
func (v *visit) notes() (list []corpus.FeedItem) {
	for key := range v.noted {
		list = append(list, v.known[key])
	}
	return list
}

// noteEvery is after how many new items they are noted, so that a poll that is cut off need not read their pages again.
const noteEvery = 25

// items takes in what is listed, the oldest first: it is the first of two copies that stays.
func (v *visit) items(ctx context.Context, doc Document) error {
	if doc.Title != "" {
		v.feed.Title = doc.Title
	}
	for _, it := range slices.Backward(doc.Items) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if doc.Withdrawn[it.Key] {
			continue
		}
		note, err := v.item(ctx, it)
		if errors.Is(err, errSpent) {
			v.left(it)
			continue
		}
		if err != nil {
			return err
		}
		if note.Content != v.known[it.Key].Content {
			v.fresh = append(v.fresh, note)
		}
		v.note(note)
		if len(v.fresh) < noteEvery {
			continue
		}
		if err := v.Store.NoteItems(ctx, v.feed.URL, v.fresh); err != nil {
			return err
		}
		v.fresh = v.fresh[:0]
	}
	return nil
}

// left leaves an item to the next poll.
func (v *visit) left(it Item) {
	v.tally.Left++
	if old, ok := v.known[it.Key]; ok {
		old.Listed = v.began
		v.note(old)
	}
}
