package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval/figures"
)

// One report is printed on many days. What it tells was so when it was first printed, and
// whoever prints it again later still says so: "on Thursday" is the Thursday before the
// first print, and a report with another figure is compared with the print nearest to it.

// A printed page is an article as if published at a time.
type printed struct {
	page      *page
	published time.Time
}

// updated are the newest copies of the anchors' articles that do not have their sentences,
// one for each way in which they tell their figures.
func (c *comparison) updated(ctx context.Context, anchors []stated) ([]counterpart, error) {
	var out []counterpart
	looked, opened := map[string]bool{}, 0
	for i := range anchors {
		id := anchors[i].page.article.ID
		if looked[id] {
			continue
		}
		looked[id] = true
		var told [][]corpus.Hash
		for _, a := range c.changed(&anchors[i]) {
			if len(out) == updatedCopies || opened == openedCopies {
				return out, nil
			}
			if slices.ContainsFunc(told, a.holds) {
				continue
			}
			p, err := c.pageOf(ctx, a.ID)
			if errors.Is(err, corpus.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			opened++
			if sentences := c.telling(p); len(sentences) > 0 {
				out, told = append(out, counterpart{article: a, passages: a.passages}), append(told, sentences)
			}
		}
	}
	return out, nil
}

// changed are the copies of an anchor's article in its language that do not have its
// sentence, newest first.
func (c *comparison) changed(s *stated) []*article {
	c.e.mu.RLock()
	defer c.e.mu.RUnlock()
	own := c.e.articles[s.page.article.ID]
	if own == nil {
		return nil
	}
	quoted := own.quoted(s.citation.Quote)
	copies := slices.DeleteFunc(slices.Clone(c.family(own)), func(a *article) bool { return a.Language != own.Language || a.holds(quoted) })
	slices.SortFunc(copies, func(a, b *article) int { return cmp.Or(byAge(b, a), cmp.Compare(a.ID, b.ID)) })
	return copies
}

// family are the other copies of an article. The engine is locked.
func (c *comparison) family(own *article) []*article {
	copies, known := c.families[own]
	if !known {
		copies = c.e.family(own)
		c.families[own] = copies
	}
	return copies
}

// pageOf opens an article, unless it is open.
func (c *comparison) pageOf(ctx context.Context, id string) (*page, error) {
	if p := c.q.pages[id]; p != nil {
		return p, nil
	}
	p, err := c.e.open(ctx, id)
	if err == nil {
		c.q.keep(p)
	}
	return p, err
}

// telling are the hashes of a page's sentences that have figures such as the anchors'.
func (c *comparison) telling(p *page) []corpus.Hash {
	var out []corpus.Hash
	for k := range p.sentences[:min(figures.Telling, len(p.sentences))] {
		if c.speaks(p, k) && len(c.read(p, k)) > 0 {
			out = append(out, p.hashes[k])
		}
	}
	return out
}

// printedNear is an anchor as the copy of its article has it that has its sentence and was
// published nearest to another article.
func (c *comparison) printedNear(s *stated, other *article) *stated {
	at := c.nearestPrint(s, other)
	if at.Equal(s.page.article.Published.Time) {
		return s
	}
	for _, again := range c.readAs(s.page, s.index, at) {
		if again.figure.Start == s.figure.Start && again.figure.Thing == s.figure.Thing {
			again.citation = s.citation
			return &again
		}
	}
	return s
}

// nearestPrint is when a copy of an anchor's article with its sentence was published, the
// nearest to another article.
func (c *comparison) nearestPrint(s *stated, other *article) time.Time {
	at := s.page.article.Published.Time
	if at.IsZero() || other.Published.IsZero() {
		return at
	}
	c.e.mu.RLock()
	defer c.e.mu.RUnlock()
	own := c.e.articles[s.page.article.ID]
	if own == nil {
		return at
	}
	apart := func(t time.Time) time.Duration { return t.Sub(other.Published.Time).Abs() }
	for _, a := range c.family(own) {
		t := a.Published.Time
		if !t.IsZero() && apart(t) < apart(at) && a.holds([]corpus.Hash{s.page.hashes[s.index]}) {
			at = t
		}
	}
	return at
}

// onceEach leaves out, in place, figures that another has in the same words, or a copy of
// its article has with the same value.
func (e *Engine) onceEach(all []Figure) []Figure {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var out []Figure
	for _, f := range all {
		again := slices.ContainsFunc(out, func(o Figure) bool {
			family := e.families[f.ArticleID]
			return f.Value == o.Value && (f.Quote.Text == o.Quote.Text || family != 0 && family == e.families[o.ArticleID] && f.Language == o.Language)
		})
		if !again {
			out = append(out, f)
		}
	}
	return out
}
