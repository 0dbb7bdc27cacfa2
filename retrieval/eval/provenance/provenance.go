// Package provenance holds answers against the articles they are from: whether every quote
// is what the store has at that place, byte for byte, and whether it is told with the
// article's own title, outlet, date and link. Anything less than all is a defect.
//
// Begin with [Check].
package provenance

import (
	"context"
	"errors"
	"fmt"

	"newsbot/corpus"
	"newsbot/retrieval"
)

// A Count is of what answers show.
type Count struct {
	Quotes   int // texts shown as an article's own words
	Verbatim int // of these, those that stand there
	Cited    int // articles told of
	Right    int // of these, those that are there and are as they are told
}

// Merge adds another count.
func (c *Count) Merge(o Count) {
	c.Quotes += o.Quotes
	c.Verbatim += o.Verbatim
	c.Cited += o.Cited
	c.Right += o.Right
}

// A check goes through one answer.
type check struct {
	ctx   context.Context
	store *corpus.Store
	count Count
}

// Check counts what an answer shows, and what of it is as the store has it. Its errors are
// the store's; that an article is not there is a fault of the answer.
func Check(ctx context.Context, store *corpus.Store, a *retrieval.Answer) (Count, error) {
	c := &check{ctx: ctx, store: store}
	for i := range a.Citations {
		if err := c.citation(&a.Citations[i]); err != nil {
			return Count{}, err
		}
	}
	for _, d := range a.Disagreements {
		for i := range d.Figures {
			if err := c.figure(&d.Figures[i]); err != nil {
				return Count{}, err
			}
		}
	}
	for _, r := range listed(a) {
		if _, err := c.told(r); err != nil {
			return Count{}, err
		}
	}
	return c.count, nil
}

// listed are the articles that an answer names without a quote.
func listed(a *retrieval.Answer) []retrieval.Report {
	all := append([]retrieval.Report(nil), a.Reports...)
	for _, c := range a.Citations {
		all = append(all, c.Also...)
	}
	if a.Near != nil {
		all = append(all, *a.Near)
	}
	return all
}

// citation counts a citation with all that it quotes.
func (c *check) citation(cited *retrieval.Citation) error {
	body, err := c.told(reportOf(cited))
	if err != nil {
		return err
	}
	c.quote(body, cited.Quote.Start, cited.Quote.End, cited.Quote.Text)
	if q := cited.Context; q != nil {
		c.quote(body, q.Start, q.End, q.Text)
	}
	if who := cited.Claim; who != nil && who.Speaker != "" {
		c.quote(body, who.Start, who.End, who.Speaker)
	}
	return nil
}

// figure counts a figure with its sentence. The number must stand in the sentence.
func (c *check) figure(f *retrieval.Figure) error {
	body, err := c.told(reportOf(&f.Citation))
	if err != nil {
		return err
	}
	q := f.Quote
	if f.From < q.Start || f.To > q.End || f.From >= f.To {
		q.Text = "" // so that it is no quote
	}
	c.quote(body, q.Start, q.End, q.Text)
	return nil
}

func (c *check) quote(body string, start, end int, quoted string) {
	c.count.Quotes++
	if 0 <= start && start < end && end <= len(body) && body[start:end] == quoted {
		c.count.Verbatim++
	}
}

// reportOf is what a citation tells of its article.
func reportOf(c *retrieval.Citation) retrieval.Report {
	return retrieval.Report{
		ArticleID: c.ArticleID, Title: c.Title, Source: c.Source, URL: c.URL,
		Published: c.Published, Corrected: c.Corrected, Language: c.Language,
	}
}

// told counts an article that is told of, and returns its body; "" when it is not there.
func (c *check) told(r retrieval.Report) (body string, err error) {
	c.count.Cited++
	a, _, err := c.store.Full(c.ctx, r.ArticleID)
	if errors.Is(err, corpus.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading article %s: %w", r.ArticleID, err)
	}
	if isAsTold(&a, r) {
		c.count.Right++
	}
	return a.Body, nil
}

func isAsTold(a *corpus.Article, r retrieval.Report) bool {
	return a.Title == r.Title && a.Source == r.Source && a.URL == r.URL &&
		isSame(a.Published, r.Published) && isSame(a.Corrected, r.Corrected) && a.Language == r.Language
}

func isSame(a, b corpus.Date) bool { return a.Time.Equal(b.Time) && a.DayOnly == b.DayOnly }
