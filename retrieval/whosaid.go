package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

const (
	// wordedPassages is in how many passages words are looked for, those that share most
	// with them.
	wordedPassages = 12
	// heldLeast is which share of the words, by what they tell, such a passage has at
	// least; of a question that may be an ordinary one pastedLeast.
	heldLeast   = 0.2
	pastedLeast = 0.45
	// wordedLeast is how much of the words must stand in a sentence, in order, for it to
	// be where they are from.
	wordedLeast = 0.6
	// pastedWorded is how much of a text must stand there that may be an ordinary question.
	pastedWorded = 0.7
	// wordedAgain is how much less another article may have of them that has them too.
	wordedAgain = 0.1
)

// whoSaid tells which article words are from. It is an answer whether they stand there as
// they are or nearly, which the answer says.
func (e *Engine) whoSaid(ctx context.Context, r *request, answer *Answer) (bool, error) {
	w, err := e.wording(r.Text)
	if err != nil {
		return false, err
	}
	least := heldLeast
	if r.form.pasted {
		least = pastedLeast
	}
	found, err := e.standing(ctx, w, e.holding(w, r, least))
	if err != nil {
		return false, err
	}
	if len(found) == 0 || r.form.pasted && found[0].score < pastedWorded {
		return !r.form.pasted, nil
	}
	best := found[0]
	c := best.citation(e)
	c.N = 1
	for _, f := range found[1:] {
		if f.score >= best.score-wordedAgain && len(c.Also) < maxAlso {
			c.Also = append(c.Also, ReportOf(&f.page.article))
		}
	}
	slices.SortStableFunc(c.Also, func(a, b Report) int { return a.Published.Time.Compare(b.Published.Time) })
	answer.Citations, answer.Verdict = []Citation{c}, Answered
	answer.Probability, answer.Verbatim = min(best.score, 1), best.exact
	answer.AsOf, answer.Languages = latest(answer.Citations), languagesOf(answer.Citations)
	return true, nil
}

// A wording is words that are looked for, with what each tells.
type wording struct {
	words   []text.Term
	weights []float64
	whole   float64
	lang    text.Language
	alike   map[string][]float64 // by a word of an article, how much each is like it; nil for not at all
}

// functionWeight is what a function word tells beside others.
const functionWeight = 0.8

// wording reads the words that are looked for.
func (e *Engine) wording(s string) (*wording, error) {
	if err := check(s); err != nil {
		return nil, err
	}
	w := &wording{words: e.analyzer.Terms(s), lang: text.Detect(s), alike: map[string][]float64{}}
	e.mu.RLock()
	defer e.mu.RUnlock()
	f := e.words[w.lang]
	for _, t := range w.words {
		weight := functionWeight
		if !t.Stop && f != nil {
			weight = min(idf(float64(len(f.stems.lookup(t.Stem))), f.stems.count, 0), mostWeight)
		}
		w.weights = append(w.weights, weight)
		w.whole += weight
	}
	return w, nil
}

// mostWeight bounds what a word tells: one that nobody has written may be mistyped.
const mostWeight = 5

// holding returns the passages that share most with a wording, best first, of the articles
// that may be quoted.
func (e *Engine) holding(w *wording, r *request, least float64) []*passage {
	chosen := e.selection(r.Question)
	e.mu.RLock()
	defer e.mu.RUnlock()
	f := e.words[w.lang]
	if f == nil {
		return nil
	}
	a := f.account()
	defer f.accounts.Put(a)
	seen := map[string]bool{}
	whole := 0.0
	for i, t := range w.words {
		if t.Stop || seen[t.Stem] {
			continue
		}
		seen[t.Stem] = true
		whole += w.weights[i]
		for _, p := range f.stems.lookup(t.Stem) {
			a.scores.at(p.doc).bm25 += w.weights[i]
		}
	}
	var out []*passage
	for _, doc := range a.scores.best(wordedPassages) {
		p := e.passages[doc]
		c := candidate{passage: p}
		if a.scores.at(doc).bm25 >= least*whole && chosen.takes(&c) && r.form.takes(p.article) {
			out = append(out, p)
		}
	}
	return out
}

// A wordedAt is where a wording stands: in the sentences first to last of a page.
type wordedAt struct {
	page        *page
	first, last int
	score       float64
	exact       bool
}

// standing returns where a wording stands in the articles of passages, the best place of
// each article, best first, of equal ones the oldest.
func (e *Engine) standing(ctx context.Context, w *wording, passages []*passage) ([]wordedAt, error) {
	var found []wordedAt
	pages := map[string]*page{}
	for _, p := range passages {
		opened, known := pages[p.ArticleID]
		if !known {
			var err error
			if opened, err = e.open(ctx, p.ArticleID); err != nil && !errors.Is(err, corpus.ErrNotFound) {
				return nil, err
			}
			pages[p.ArticleID] = opened
		}
		if opened == nil {
			continue // removed since
		}
		at, ok := e.align(w, opened, p.Start, p.End)
		if !ok {
			continue
		}
		i := slices.IndexFunc(found, func(f wordedAt) bool { return f.page == at.page })
		switch {
		case i < 0:
			found = append(found, at)
		case at.before(&found[i]) < 0:
			found[i] = at
		}
	}
	slices.SortStableFunc(found, func(a, b wordedAt) int { return a.before(&b) })
	return found, nil
}

// before compares two places: the better is the first, of equal ones that which is older.
func (f *wordedAt) before(o *wordedAt) int {
	exact := func(f *wordedAt) int {
		if f.exact {
			return 0
		}
		return 1
	}
	const near = 0.005
	if d := o.score - f.score; exact(f) == exact(o) && (d > near || d < -near) {
		return cmp.Compare(o.score, f.score)
	}
	return cmp.Or(exact(f)-exact(o), f.page.article.Published.Time.Compare(o.page.article.Published.Time),
		cmp.Compare(f.page.article.ID, o.page.article.ID))
}

// citation quotes the place: the sentences, when they are not too many, else the best.
func (f *wordedAt) citation(e *Engine) Citation {
	s := e.sentenceAt(f.page, f.last)
	s.from = e.naming(f.page, f.first)
	if s.from < f.first && (f.last-s.from >= maxJoined || f.page.parted(s.from, f.first)) {
		s.from = f.first
	}
	return s.citation()
}

// parted reports whether a paragraph ends between two sentences of a page.
func (p *page) parted(first, last int) bool {
	return strings.Contains(p.article.Body[p.sentences[first].Start:p.sentences[last].End], "\n\n")
}
