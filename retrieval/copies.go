package retrieval

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// What several outlets print of one agency's report is one report to whoever asks: its
// copies would be its rivals, take the place of what else there is, and be quoted side by
// side. Searching tells of them all.

// loadFamilies reads which articles are copies of each other.
func (e *Engine) loadFamilies(ctx context.Context) (err error) {
	e.families, err = e.store.Families(ctx, nil)
	return err
}

// refreshFamilies does so for the articles that have come, changed or gone, and for those
// that they are copies of. An article is in no index yet when its family is known.
func (e *Engine) refreshFamilies(ctx context.Context, changes []corpus.Change) error {
	var ids []string
	for _, c := range changes {
		e.uncounted = e.uncounted || e.families[c.ArticleID] != 0
		if c.Encoder == "" {
			ids = append(ids, c.ArticleID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := e.store.Families(ctx, ids)
	if err != nil {
		return fmt.Errorf("taking in copies: %w", err)
	}
	e.uncounted = e.uncounted || len(found) > 0
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, id := range ids {
		delete(e.families, id)
	}
	maps.Copy(e.families, found)
	return nil
}

// recountCopies tells the spaces what has changed. Only Refresh changes what it reads of the
// engine.
func (e *Engine) recountCopies() {
	if !e.uncounted {
		return
	}
	for s := range e.spaces {
		again := e.copiesIn(s)
		e.mu.Lock()
		s.again = again
		e.mu.Unlock()
	}
	e.uncounted = false
}

// copiesIn returns the means of the passages of every family but for one article of it: where
// a language's passages lie around must not depend on how often a report is printed.
func (e *Engine) copiesIn(s *space) map[text.Language]*mean {
	again, counted := map[text.Language]*mean{}, map[report]bool{}
	for _, id := range slices.Sorted(maps.Keys(e.families)) {
		a := e.articles[id]
		if a == nil {
			continue // hidden
		}
		r := report{e.families[id], a.Language}
		if !counted[r] {
			counted[r] = true
			continue
		}
		m := again[a.Language]
		if m == nil {
			m = newMean(s.encoder.Dim())
			again[a.Language] = m
		}
		for _, p := range a.passages {
			if v, ok := s.vectors[p]; ok {
				m.add(v.floats())
			}
		}
	}
	return again
}

// newestWithin is how far below the best of a family another may score to stand for it
// when the newest is asked for: what a report's later version says, but not a copy that
// lacks what is asked about.
const newestWithin = 1.0

// A report is a family in one language: what some tool has put into two languages at once
// may be there for whoever asks for either.
type report struct {
	family   int64
	language text.Language
}

// joinCopies leaves of every family, in place, only the passages of the article that
// stands for it: that of the best passage and of such the oldest, or when the newest is
// asked for the newest of those nearly as good. The candidates of a language are sorted
// and stay so.
func joinCopies(all []candidate, newest bool) []candidate {
	best, stands := map[report]float64{}, map[report]*article{}
	for i := range all {
		c := &all[i]
		if c.family == 0 {
			continue
		}
		r := report{c.family, c.article.Language}
		top, known := best[r]
		switch {
		case !known:
			best[r], stands[r] = c.score, c.article
		case newest && c.score >= top-newestWithin && c.article.Published.Time.After(stands[r].Published.Time):
			stands[r] = c.article
		case !newest && c.score == top && older(c.article, stands[r]):
			stands[r] = c.article
		}
	}
	if len(stands) == 0 {
		return all
	}
	out := all[:0]
	for i := range all {
		c := &all[i]
		if c.family == 0 || stands[report{c.family, c.article.Language}] == c.article {
			out = append(out, *c)
		}
	}
	return out
}

// older reports whether one article was published before another; what has no date comes last.
func older(a, b *article) bool {
	return !a.Published.IsZero() && (b.Published.IsZero() || a.Published.Time.Before(b.Published.Time))
}
