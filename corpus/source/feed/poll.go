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
func (p *Poller) poll(ctx context.Context, f corpus.Feed) (Tally, error) {
	known, err := p.Store.FeedItems(ctx, f.URL)
	if err != nil {
		return Tally{}, err
	}
	r := fetch.Request{URL: f.URL, Accept: acceptFeed, ETag: f.ETag, LastModified: f.LastModified, Robots: true}
	if p.anyDue(known) {
		r.ETag, r.LastModified = "", "" // to see the items once more
	}
	response, err := p.Client.Get(ctx, r)
	if err != nil {
		return p.failed(ctx, f, err)
	}
	if response.NotModified {
		response.ETag, response.LastModified = f.ETag, f.LastModified
		return Tally{Feeds: 1, Unmodified: 1}, p.worked(ctx, f, response, nil)
	}
	doc, err := Parse(response.ContentType, response.URL, response.Body)
	if err != nil {
		return p.failed(ctx, f, err)
	}
	return p.take(ctx, f, known, response, doc)
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

// take takes in what a feed says. known is what was remembered of its items before.
func (p *Poller) take(ctx context.Context, f corpus.Feed, known map[corpus.Hash]corpus.FeedItem, response fetch.Response, doc Document) (Tally, error) {
	v := visit{Poller: p, feed: f, known: known, began: p.Now(), tally: Tally{Feeds: 1}}
	if doc.Title != "" {
		v.feed.Title = doc.Title
	}
	acting := corpus.WithActor(ctx, "feed:"+f.URL)
	if err := v.items(acting, doc); err != nil {
		return v.tally, err
	}
	if err := v.goneItems(acting, doc); err != nil {
		return v.tally, err
	}
	return v.tally, p.worked(ctx, v.feed, response, v.notes)
}

// worked notes a poll that worked.
func (p *Poller) worked(ctx context.Context, f corpus.Feed, response fetch.Response, notes []corpus.FeedItem) error {
	now := p.Now()
	f.Tried, f.Read, f.Next = now, now, now.Add(p.vary(p.Interval))
	f.Failing, f.Failures, f.Problem, f.Gone = time.Time{}, 0, "", false
	f.ETag, f.LastModified = response.ETag, response.LastModified
	return p.Store.NotePoll(ctx, f, notes)
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
	f.Next = now.Add(max(p.vary(backoff(p.Interval, f.Failures)), min(refusal.RetryAfter, maxRetryAfter)))
	p.Logger.Info("a feed does not work", slog.String("feed", f.URL), slog.Int("failures", f.Failures), slog.Any("error", refusal))
	t := Tally{Feeds: 1, Failed: 1}
	if err := p.Store.NotePoll(ctx, f, nil); err != nil || refusal.Status != http.StatusGone {
		return t, err
	}
	return t, p.Store.PauseFeed(corpus.WithActor(ctx, "feed:"+f.URL), f.URL, true)
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

// A visit is a poll of a feed that had something to say.
type visit struct {
	*Poller
	feed  corpus.Feed
	known map[corpus.Hash]corpus.FeedItem
	began time.Time
	notes []corpus.FeedItem // for the end of the poll
	fresh []corpus.FeedItem // those not noted yet that cost something
	tally Tally
}

// noteEvery is after how many new items they are noted, so that a poll that is cut off need not read their pages again.
const noteEvery = 25

// items takes in what is listed, the oldest first: it is the first of two copies that stays.
func (v *visit) items(ctx context.Context, doc Document) error {
	for _, it := range slices.Backward(doc.Items) {
		if slices.Contains(doc.Withdrawn, it.Key) {
			continue
		}
		note, err := v.item(ctx, it)
		if err != nil {
			return err
		}
		v.notes = append(v.notes, note)
		if note.Content == v.known[it.Key].Content {
			continue
		}
		if v.fresh = append(v.fresh, note); len(v.fresh) >= noteEvery {
			if err := v.Store.NoteItems(ctx, v.feed.URL, v.fresh); err != nil {
				return err
			}
			v.fresh = v.fresh[:0]
		}
	}
	return nil
}
