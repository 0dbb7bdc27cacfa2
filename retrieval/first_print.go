package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"newsbot/corpus"
)

// firstPrinted puts in place of each sentence the oldest copy of its article that has it:
// the day that "on Thursday" means, and the day of what tells none, are those of that copy.
// What only a later copy has stays when it opens it or says itself when it happened: else it
// would make a report of its own of that copy. The sentences are in order, and stay so.
func (e *Engine) firstPrinted(ctx context.Context, q *query, sentences []sentence) ([]sentence, error) {
	copies := map[*page][]*article{}
	again := map[*page]bool{} // of which a sentence was printed before
	for i := range sentences {
		s := &sentences[i]
		if _, looked := copies[s.page]; !looked {
			copies[s.page] = e.olderCopies(s.page)
		}
		first := e.firstWith(copies[s.page], s.page.hashes[s.index])
		if first == nil {
			continue
		}
		p, err := e.likePage(ctx, q, first.ID, s.page)
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if at := slices.Index(p.hashes, s.page.hashes[s.index]); at >= 0 {
			again[s.page] = true
			e.reprint(s, p, at)
		}
	}
	return slices.DeleteFunc(sentences, func(s sentence) bool {
		if !again[s.page] || s.index == 0 {
			return false
		}
		d, _ := e.dated(&s)
		return !d.stated
	}), nil
}

// likePage opens a copy of a page, unless it is open, which covers of the question what that
// covers.
func (e *Engine) likePage(ctx context.Context, q *query, id string, of *page) (*page, error) {
	if p := q.pages[id]; p != nil {
		return p, nil
	}
	p, err := e.open(ctx, id)
	if err != nil {
		return nil, err
	}
	p.best, p.covers, p.kin = of.best, of.covers, of.kin
	q.keep(p)
	return p, nil
}

// reprint makes a sentence the one at a place of another page that has the same words.
func (e *Engine) reprint(s *sentence, p *page, at int) {
	same := e.sentenceAt(p, at)
	c := *s.candidate
	c.passage = same.passage
	e.terms(p, at)
	e.mu.RLock()
	defer e.mu.RUnlock()
	if a := e.articles[p.article.ID]; a != nil {
		for _, in := range a.passages {
			if in.Start <= same.Start && same.End <= in.End {
				c.passage = in
				break
			}
		}
	}
	s.candidate, s.page, s.Span, s.index, s.from = &c, p, same.Span, at, same.from
}

// olderCopies are the copies of a page's article in its language that were published before
// it, the oldest first.
func (e *Engine) olderCopies(p *page) []*article {
	e.mu.RLock()
	defer e.mu.RUnlock()
	own := e.articles[p.article.ID]
	if own == nil {
		return nil
	}
	copies := slices.DeleteFunc(e.family(own), func(a *article) bool { return a.Language != own.Language || !older(a, own) })
	slices.SortFunc(copies, func(a, b *article) int { return cmp.Or(byAge(a, b), cmp.Compare(a.ID, b.ID)) })
	return copies
}

// firstWith is the first of some copies that has a sentence; nil when none does.
func (e *Engine) firstWith(copies []*article, sentence corpus.Hash) *article {
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, a := range copies {
		if a.holds([]corpus.Hash{sentence}) {
			return a
		}
	}
	return nil
}
