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
)

const (
	// maxChecks is how many pages one poll asks for to learn whether they are gone.
	maxChecks = 5
	// checkEvery is how often that is asked of an item, as long as it is new enough for an outlet to think better of it.
	checkEvery = 24 * time.Hour
	checkFor   = 14 * 24 * time.Hour
)

// goneItems withdraws what the outlet has withdrawn: items that the feed says are deleted, and those whose page is gone
// for good. It forgets to ask again for items without an article that are not listed any more.
func (v *visit) goneItems(ctx context.Context, doc Document) error {
	for key := range doc.Withdrawn {
		if it, ok := v.known[key]; ok && it.Article != "" && !it.Withdrawn {
			if err := v.withdraw(ctx, it); err != nil {
				return err
			}
		}
	}
	latest := v.latest()
	for _, it := range v.known {
		if it.Listed.Before(latest) && !it.Again.IsZero() {
			it.Again = time.Time{}
			v.note(it)
		}
	}
	for _, it := range v.toCheck(latest) {
		if err := v.check(ctx, it); errors.Is(err, errSpent) {
			return nil // the next poll does it
		} else if err != nil {
			return err
		}
	}
	return nil
}

// latest is when the feed was read last.
func (v *visit) latest() (t time.Time) {
	for _, it := range v.known {
		if it.Listed.After(t) {
			t = it.Listed
		}
	}
	return t
}

// toCheck returns the items whose pages are to be asked for: those that have left the list since they were last, the newest
// first, and then those of the last days, from which it is longest.
func (v *visit) toCheck(latest time.Time) []corpus.FeedItem {
	var left, recent []corpus.FeedItem
	for _, it := range v.known {
		switch {
		case it.Article == "" || it.Link == "" || it.Withdrawn:
		case it.Listed.Before(latest) && !it.Checked.After(it.Listed):
			left = append(left, it)
		case v.began.Sub(it.Published.Time) < checkFor && v.began.Sub(it.Checked) >= checkEvery:
			recent = append(recent, it)
		}
	}
	slices.SortFunc(left, func(a, b corpus.FeedItem) int {
		return cmp.Or(b.Published.Time.Compare(a.Published.Time), slices.Compare(a.Key[:], b.Key[:]))
	})
	slices.SortFunc(recent, func(a, b corpus.FeedItem) int {
		return cmp.Or(a.Checked.Compare(b.Checked), slices.Compare(a.Key[:], b.Key[:]))
	})
	all := append(left, recent...)
	return all[:min(len(all), maxChecks)]
}

// check asks for the page of an item, and withdraws its article when that is gone for good.
func (v *visit) check(ctx context.Context, it corpus.FeedItem) error {
	_, err := v.get(it.Link)
	var refusal *source.Refusal
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errSpent):
		return err
	case errors.As(err, &refusal) && refusal.Status == http.StatusGone:
		return v.withdraw(ctx, it)
	}
	it.Checked = v.began
	v.note(it)
	return nil
}

// withdraw hides an article, if it is the feed's to withdraw. One that is removed or purged already is withdrawn in any
// case.
func (v *visit) withdraw(ctx context.Context, it corpus.FeedItem) error {
	it.Checked = v.began
	mine, err := v.mayChange(ctx, it.Article, it.Link)
	if err != nil {
		return err
	}
	if !mine {
		v.note(it)
		return nil
	}
	err = v.Store.Withdraw(ctx, it.Article)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		v.tally.Withdrawn++
	}
	it.Withdrawn, it.Tries, it.Again = true, 0, time.Time{}
	v.note(it)
	return nil
}
