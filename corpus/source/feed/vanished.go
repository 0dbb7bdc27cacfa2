package feed

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
)

// maxChecks is how many pages of vanished items one poll asks for.
const maxChecks = 5

// goneItems withdraws what the outlet has withdrawn: items that the feed says are deleted, and those that have vanished
// from it before older ones and whose page is gone for good.
func (v *visit) goneItems(ctx context.Context, doc Document) error {
	for _, key := range doc.Withdrawn {
		if it, ok := v.known[key]; ok && it.Article != "" && !it.Withdrawn {
			if err := v.withdraw(ctx, it); err != nil {
				return err
			}
		}
	}
	for _, it := range v.vanished(doc) {
		if err := v.check(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// vanished returns the items whose pages are to be asked for, the newest first, and forgets to ask for those that
// cannot be told from items that have merely become old.
func (v *visit) vanished(doc Document) []corpus.FeedItem {
	listed := map[corpus.Hash]bool{}
	for _, it := range doc.Items {
		listed[it.Key] = true
	}
	older := secondOldest(doc.Items)
	var gone []corpus.FeedItem
	for key, it := range v.known {
		switch {
		case listed[key] || slices.Contains(doc.Withdrawn, key):
		case it.Article != "" && it.Link != "" && !it.Withdrawn && it.Published.Time.After(older) && (it.Tries == 0 || v.isDue(it)):
			gone = append(gone, it)
		case v.isDue(it):
			it.Again = time.Time{}
			v.notes = append(v.notes, it)
		}
	}
	slices.SortFunc(gone, func(a, b corpus.FeedItem) int {
		return cmp.Or(b.Published.Time.Compare(a.Published.Time), slices.Compare(a.Key[:], b.Key[:]))
	})
	return gone[:min(len(gone), maxChecks)]
}

// secondOldest returns the date of an item since which all items should be listed: the oldest may be pinned. Without
// one it lies beyond all dates.
func secondOldest(items []Item) time.Time {
	var dates []time.Time
	for _, it := range items {
		if !it.Published.IsZero() {
			dates = append(dates, it.Published.Time)
		}
	}
	if len(dates) < 2 {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	slices.SortFunc(dates, time.Time.Compare)
	return dates[1]
}

// check asks for the page of a vanished item, and withdraws its article when that is gone for good.
func (v *visit) check(ctx context.Context, it corpus.FeedItem) error {
	_, err := v.Client.Get(ctx, fetch.Request{URL: it.Link, Robots: true})
	var refusal *source.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Status == http.StatusGone:
		return v.withdraw(ctx, it)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	it.Tries++
	it.Again = time.Time{}
	if it.Tries < maxTries {
		it.Again = v.began.Add(v.vary(firstRetry << (2 * it.Tries)))
	}
	v.notes = append(v.notes, it)
	return nil
}

// withdraw hides an article. One that is removed or purged already is withdrawn in any case.
func (v *visit) withdraw(ctx context.Context, it corpus.FeedItem) error {
	err := v.Store.Withdraw(ctx, it.Article)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		v.tally.Withdrawn++
	}
	it.Withdrawn, it.Tries, it.Again = true, 0, time.Time{}
	v.notes = append(v.notes, it)
	return nil
}
