package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
)

const (
	// pageAgain is after how long a page that a post leads to and that could not be read is read again at first; then after
	// twice as long each time, up to pagePause.
	pageAgain = 5 * time.Minute
	pagePause = 6 * time.Hour
	// pageKept is how long after its post a page is read again: who publishes a link sees within a day or two whether it
	// works, and what comes later is no news.
	pageKept = 3 * 24 * time.Hour
	// mostPages is how many pages are read again at a time, and readTime how long that may take when somebody waits for it
	// who waits for feeds, too. What does not come in time is read again.
	mostPages = 20
	readTime  = 15 * time.Second
	// mostReading is how many posts have their pages read at a time when they come: a site that hangs must not take the places
	// of people who wait for answers, of which there are a few more. The pages of other posts are read within a minute.
	mostReading = 2
)

// problemElse is a problem that has no name.
const problemElse = "else"

// problemOf is why something is not taken in, as it is kept.
func problemOf(err error) string {
	if refusal, ok := errors.AsType[*source.Refusal](err); ok {
		return string(refusal.Problem())
	}
	if errors.Is(err, corpus.ErrTooLarge) {
		return string(source.TooLarge)
	}
	return problemElse
}

// mayPass tells whether a page that could not be read may be readable later.
func mayPass(err error) bool {
	refusal, ok := errors.AsType[*source.Refusal](err)
	if !ok {
		return false
	}
	switch refusal.Reason {
	case source.Unreachable, source.Timeout:
		return true
	case source.HTTPStatus:
		return refusal.Status >= http.StatusInternalServerError || refusal.Status == http.StatusTooManyRequests
	}
	return false
}

// takePages adds the pages that a post leads to, which says nothing itself. One that cannot be read now is read again.
func (d *Dialogue) takePages(ctx context.Context, e Event, p corpus.Post) error {
	urls := distinct(e.Post.Links)
	urls = urls[:min(len(urls), mostAtOnce)]
	var pages []page
	now := d.reading.Add(1) <= mostReading
	if now {
		pages = d.read(ctx, e, urls)
	}
	d.reading.Add(-1)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if e.Post.Worded && !slices.ContainsFunc(pages, func(p page) bool { return p.err == nil }) {
		return d.takeWords(ctx, e, p)
	}
	if err := d.Journal.DropPages(ctx, p.Channel.ID, p.Message); err != nil { // it may have led elsewhere before
		return err
	}
	if e.Edited { // the words that it may have had are gone, whether its pages can be read or not
		silent := p
		silent.Text = ""
		if _, err := d.Channels.AddPost(ctx, silent, corpus.AddOptions{}); err != nil {
			return err
		}
	}
	if !now {
		return d.postpone(ctx, p, urls)
	}
	// Those that fail come first: that the post is about an article is what is kept in the end.
	slices.SortStableFunc(pages, func(a, b page) int {
		switch {
		case a.err != nil && b.err == nil:
			return -1
		case a.err == nil && b.err != nil:
			return 1
		}
		return 0
	})
	for _, page := range pages {
		err := d.takePage(ctx, p, page, journal.Page{
			Channel: p.Channel.ID, Message: p.Message, URL: page.url, Published: p.Published,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// postpone keeps pages that a post leads to, so that they are read behind the scenes, as others that wait.
func (d *Dialogue) postpone(ctx context.Context, p corpus.Post, urls []string) error {
	for _, url := range urls {
		kept := journal.Page{Channel: p.Channel.ID, Message: p.Message, URL: url, Published: p.Published, Again: d.Now()}
		err := d.Journal.KeepPage(ctx, kept)
		if errors.Is(err, journal.ErrTooLarge) {
			err = d.noteProblem(ctx, p, problemElse)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// read reads pages; without access to the web none can be.
func (d *Dialogue) read(ctx context.Context, e Event, urls []string) []page {
	if d.Fetcher != nil {
		return turn{Dialogue: d, Event: e}.fetch(ctx, urls)
	}
	pages := make([]page, len(urls))
	for i, u := range urls {
		pages[i] = page{url: u, err: &source.Refusal{Reason: source.Unreachable, URL: u}}
	}
	return pages
}

// takePage adds the article of a page that a post leads to, or keeps the page to be read again.
func (d *Dialogue) takePage(ctx context.Context, p corpus.Post, read page, kept journal.Page) error {
	if read.err == nil {
		o, err := d.Editor.Add(ctx, read.found.Article, corpus.AddOptions{})
		if err == nil {
			if err := d.Channels.NotePost(ctx, p, o.Article.ID); err != nil {
				return err
			}
			return d.Journal.DropPage(ctx, kept)
		}
		if read.err = err; !permanent(err) {
			return err
		}
	}
	now := d.Now()
	if kept.Published.IsZero() {
		kept.Published = now
	}
	kept.Tries++
	kept.Again = now.Add(min(pageAgain<<min(kept.Tries-1, 10), pagePause))
	lost := !mayPass(read.err) || kept.Again.Sub(kept.Published) > pageKept
	if lost || kept.Tries == 1 {
		if err := d.noteProblem(ctx, p, problemOf(read.err)); err != nil {
			return err
		}
	}
	if lost {
		return d.Journal.DropPage(ctx, kept)
	}
	err := d.Journal.KeepPage(ctx, kept)
	if errors.Is(err, journal.ErrTooLarge) {
		return nil // the problem is kept
	}
	return err
}

// A PageTally counts pages that posts of channels lead to.
type PageTally struct {
	Added int // or known already
	Left  int // to be read again
	Lost  int // of those that were to be read again and are not any more
}

// ReadPages reads pages again that posts of channels lead to and that could not be read before: those that are due, or all
// of them at once, for somebody who waits, but not more than a few at a time.
func (d *Dialogue) ReadPages(ctx context.Context, all bool) (PageTally, error) {
	at := d.Now()
	if all {
		at = at.Add(pagePause + pageKept)
	}
	waiting, err := d.Journal.Pages(ctx, at, mostPages)
	if err != nil || len(waiting) == 0 || d.Channels == nil {
		return PageTally{}, err
	}
	channels, err := d.Channels.Channels(ctx)
	if err != nil {
		return PageTally{}, err
	}
	byID := map[int64]corpus.Channel{}
	for _, c := range channels {
		byID[c.ID] = c
	}
	var wanted []journal.Page
	for _, w := range waiting {
		c := byID[w.Channel]
		switch late := d.Now().Sub(w.Published) > pageKept; {
		case c.State == corpus.ChannelDeclined, c.Paused && late:
			err = d.Journal.DropPage(ctx, w)
		case c.Paused:
			w.Again = d.Now().Add(pageAgain)
			err = d.Journal.KeepPage(ctx, w)
		default:
			wanted = append(wanted, w)
		}
		if err != nil {
			return PageTally{}, err
		}
	}
	patience := pagesTime
	if all {
		patience = readTime
	}
	return d.readAgain(ctx, patience, wanted, byID)
}

func (d *Dialogue) readAgain(ctx context.Context, patience time.Duration, waiting []journal.Page, channels map[int64]corpus.Channel) (tally PageTally, err error) {
	var urls []string
	for _, w := range waiting {
		urls = append(urls, w.URL)
	}
	urls = distinct(urls)
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	read := map[string]page{}
	for i, p := range d.read(limited, Event{}, urls) {
		read[urls[i]] = p
	}
	if ctx.Err() != nil {
		return tally, ctx.Err()
	}
	waiting, err = d.stillWanted(ctx, waiting)
	if err != nil {
		return tally, err
	}
	for _, w := range waiting {
		c := channels[w.Channel]
		ctx := corpus.WithActor(ctx, channelActor(Channel{ID: w.Channel, Name: c.Name}))
		p := corpus.Post{
			Channel: corpus.Channel{ID: w.Channel, Name: c.Name, Title: c.Title}, Message: w.Message, Published: w.Published,
		}
		if err := d.takePage(ctx, p, read[w.URL], w); err != nil {
			return tally, err
		}
		tally.count(read[w.URL].err)
	}
	return tally, nil
}

// stillWanted returns the pages that are still to be read: their posts may have been changed meanwhile, and lead elsewhere.
func (d *Dialogue) stillWanted(ctx context.Context, pages []journal.Page) (wanted []journal.Page, err error) {
	for _, p := range pages {
		kept, err := d.Journal.HasPage(ctx, p)
		if err != nil {
			return nil, err
		}
		if kept {
			wanted = append(wanted, p)
		}
	}
	return wanted, nil
}

func (t *PageTally) count(err error) {
	switch {
	case err == nil:
		t.Added++
	case mayPass(err):
		t.Left++
	default:
		t.Lost++
	}
}
