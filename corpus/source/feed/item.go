package feed

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

const (
	// maxTries is how often the page of an item is asked for until the item's own text has to do, or that of a page
	// which is not likely to come back at all.
	maxTries = 5
	// firstRetry is how long the second time waits; later ones wait twice as long each, up to maxBackoff.
	firstRetry = 30 * time.Minute
)

// item takes in an item and returns what is to be remembered of it. The error is errSpent for one that is left to the
// next poll, or that of ctx or of the store.
func (v *visit) item(ctx context.Context, it Item) (corpus.FeedItem, error) {
	old, content := v.known[it.Key], it.content()
	note := old
	note.Key, note.Listed, note.Content = it.Key, v.began, content
	if old.Content == content && !v.isDue(old) {
		v.tally.Unchanged++
		return note, nil
	}
	if v.spent() {
		return note, errSpent
	}
	if old.Content != content {
		note.Tries, note.Again = 0, time.Time{}
	}
	a, err := v.article(it, &note)
	if err == nil {
		a, err = corpus.Prepare(a) // or an article that cannot be would seem an error of the store
	}
	if err != nil {
		return v.refused(ctx, note, err)
	}
	return v.add(ctx, it, note, a)
}

// add takes in the article of an item.
func (v *visit) add(ctx context.Context, it Item, note corpus.FeedItem, a corpus.Article) (corpus.FeedItem, error) {
	mine, err := v.mayChange(ctx, a.ID, a.URL)
	if err != nil {
		return note, err
	}
	out, err := v.Store.AddWith(ctx, a, corpus.AddOptions{OnlyNew: !mine})
	if err != nil {
		return note, err
	}
	v.tally.count(out)
	note.Tries, note.Again = 0, time.Time{}
	switch out.Status {
	case corpus.Added, corpus.Updated, corpus.Unchanged, corpus.Kept:
		note.Article, note.Link, note.Published = out.Article.ID, it.Link, a.Published
		note.Withdrawn = false
		if note.Checked.IsZero() {
			note.Checked = v.began
		}
	case corpus.Duplicate:
		note.Published = a.Published // the feed is alive; but what it changes or withdraws is not another's article
	}
	return note, nil
}

// mayChange tells whether the feed may change or withdraw an article: one of its own site, by the link that names the
// article, or one that it has brought, and no other feed. Anybody can put another's link into a feed.
func (v *visit) mayChange(ctx context.Context, id, link string) (bool, error) {
	if source.SameSite(link, v.feed.URL) && corpus.NewID((&corpus.Article{URL: link}).Key()) == id {
		return true, nil
	}
	if !v.brought[id] {
		return false, nil
	}
	feeds, err := v.Store.FeedsOf(ctx, id)
	return len(feeds) == 1, err
}

// refused notes that nothing became of an item, and when to try again. The page of one that is listed may come back any day.
func (v *visit) refused(ctx context.Context, note corpus.FeedItem, err error) (corpus.FeedItem, error) {
	if ctx.Err() != nil {
		return note, ctx.Err()
	}
	if errors.Is(err, errSpent) {
		return note, err
	}
	v.tally.Refused++
	note.Tries++
	note.Again = time.Time{}
	var refusal *source.Refusal
	if errors.As(err, &refusal) && (note.Tries < maxTries || mayPass(err)) {
		wait := v.vary(min(firstRetry<<min(note.Tries-1, maxTries), maxBackoff))
		note.Again = v.began.Add(max(wait, refusal.RetryAfter))
	}
	return note, nil
}

// article makes the article of an item: of its own text when that is all, else of its page, or of the beginning that the
// item gives when the page cannot be had.
func (v *visit) article(it Item, note *corpus.FeedItem) (corpus.Article, error) {
	if it.Full || it.Link == "" {
		note.Own = false
		return v.own(it), nil
	}
	found, err := v.page(it.Link)
	if err == nil {
		note.Own, note.Checked = false, v.began
		return v.merged(it, found), nil
	}
	if errors.Is(err, errSpent) || corpus.CountWords(it.Text) < enough {
		return corpus.Article{}, err
	}
	last := note.Tries+1 >= maxTries
	if note.Own || note.Article == "" && (last || !mayPass(err)) {
		note.Own = true
		return v.own(it), nil
	}
	return corpus.Article{}, err
}

// own is the article that an item says itself.
func (v *visit) own(it Item) corpus.Article {
	a := corpus.Article{
		Title: it.Title, Source: v.feed.Title, URL: it.Link, Body: it.Text, Author: it.Author,
		Published: it.Published, Modified: it.Modified,
	}
	v.settleDates(&a, it)
	return a
}

// merged is the article of a page, with what the item knows of it.
func (v *visit) merged(it Item, found source.Found) corpus.Article {
	a := found.Article
	paged := a.Published
	if it.Title != "" && !strings.HasSuffix(it.Title, "…") && !strings.HasSuffix(it.Title, "...") {
		a.Title = it.Title
	}
	if isHost(a.Source, a.URL) { // the page does not say whose it is
		a.Source = cmp.Or(v.feed.Title, a.Source)
	}
	a.Author = cmp.Or(a.Author, it.Author)
	a.URL = cmp.Or(a.URL, it.Link)
	if a.Modified.IsZero() {
		a.Modified = it.Modified
	}
	if paged.IsZero() || !it.Undated {
		a.Published = it.Published
	}
	v.settleDates(&a, it)
	if a.Published.IsZero() {
		a.Published = paged
	}
	return a
}

// isHost tells whether an outlet is but the host of an address, or unknown.
func isHost(outlet, address string) bool {
	u, err := url.Parse(address)
	return outlet == "" || err == nil && outlet == strings.TrimPrefix(u.Hostname(), "www.")
}

// settleDates takes out a date that cannot be. An item that was changed and gives but one date, the date of the change,
// keeps the date that it had.
func (v *visit) settleDates(a *corpus.Article, it Item) {
	source.CheckDate(a, v.began)
	if old := v.known[it.Key].Published; it.Undated && !old.IsZero() && a.Published.Time.After(old.Time) {
		a.Published, a.Modified = old, a.Published
	}
}

// page reads the page of an item. The error is errSpent, or a [*source.Refusal].
func (v *visit) page(link string) (source.Found, error) {
	r, err := v.get(link)
	if err != nil {
		return source.Found{}, err
	}
	return v.Extract(r.URL, r.ContentType, r.Body, v.began)
}

// mayPass tells whether what is refused now may be had later.
func mayPass(err error) bool {
	var r *source.Refusal
	if !errors.As(err, &r) {
		return false
	}
	switch r.Reason {
	case source.Unreachable, source.Timeout, source.HTTPStatus:
		return true
	}
	return false
}
