package retrieval

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// Sentences are taken from the articles of the best passages: of each article
// all passages when it is short, else those that were candidates themselves.
const (
	evidencePassages = 5
	shortArticle     = 12 // passages
)

// A sentence is a candidate for being quoted.
type sentence struct {
	*candidate
	text.Span     // in the body
	index     int // among the article's sentences
	from      int // index of the sentence that names whom it speaks of; index when none is needed
	page      *page
	own       []float64 // by group of the question, how well its words cover it, 0 to 1
	alike     []float64 // the same, words counting too that mean something like it
	signs     signs
	score     float64
}

// A page is an article opened for quoting. Sentences without a word, such as a line
// of stars, say nothing and are not on it, and neither is its headline.
type page struct {
	article   corpus.Article
	sentences []text.Span
	hashes    []corpus.Hash
	terms     [][]text.Term // of the sentences looked at
	passages  []corpus.Passage
	openings  []int     // by sentence, which opened the quotation that it begins in; nil until asked for
	covers    []float64 // by group of the question, how well title and passages cover it
	certain   []float64 // the same without guesses; nil until asked for, see [Engine.certain]
	kin       []float64 // by group, whether they tell of its country in other words
	best      float64   // score of its best passage
}

func (e *Engine) open(ctx context.Context, id string) (*page, error) {
	a, passages, err := e.store.Full(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &page{article: a, passages: passages}
	for _, passage := range passages {
		_, hashes := a.Hashes(passage)
		for i, s := range passage.Sentences {
			if unquotable(&a, s) {
				continue
			}
			p.sentences, p.hashes = append(p.sentences, s), append(p.hashes, hashes[i])
		}
	}
	p.terms = make([][]text.Term, len(p.sentences))
	return p, nil
}

// terms returns the words of a page's i-th sentence. It is looked at again as what
// names whom others speak of, so they are kept.
func (e *Engine) terms(p *page, i int) []text.Term {
	if p.terms[i] == nil {
		p.terms[i] = e.analyzer.Terms(p.text(i))
	}
	return p.terms[i]
}

// wordless reports whether there is no word in a sentence of an article, which may
// have become shorter.
func wordless(a *corpus.Article, s text.Span) bool {
	return s.End <= len(a.Body) && !strings.ContainsFunc(a.Body[s.Start:s.End], wordRune)
}

// text returns a page's i-th sentence.
func (p *page) text(i int) string {
	return p.article.Body[p.sentences[i].Start:p.sentences[i].End]
}

// naming returns the index of the sentence that names whom the i-th speaks of.
func (e *Engine) naming(p *page, i int) int {
	needs := func(j int) need {
		if e.spoken(p, j) {
			return somebody
		}
		if p.goesOn(j) {
			return something
		}
		return needOf(p.text(j), e.terms(p, j))
	}
	names := func(j int) bool { return namesSomebody(p.text(j), e.terms(p, j)) }
	if e.spoken(p, i) {
		return e.speaker(p, i, needs, names)
	}
	return antecedent(i, needs, names)
}

// sentences returns the sentences of the articles of the best passages, best first, of which it looks at so many.
func (e *Engine) sentences(ctx context.Context, q *query, ranked []candidate, looks int) ([]sentence, error) {
	looked, err := e.lookInto(ctx, q, ranked, looks)
	if err != nil {
		return nil, err
	}
	if q.alike == nil {
		if q.alike, err = e.alike(ctx, q); err != nil {
			return nil, err
		}
	}
	var all []sentence
	for _, l := range looked {
		p := l.page
		if p == nil {
			continue // removed since it was ranked
		}
		q.keep(p)
		p.best, p.covers, p.kin = l.score, q.coverer.cover(l.words), kinCoverer(q.groups).cover(l.words)
		if err := q.strong.read(ctx, e.store, hashesOf(l.passages)); err != nil {
			return nil, err
		}
		for i := range l.passages {
			all = append(all, e.passageSentences(q, &l.passages[i], p, ranked[0].score)...)
		}
	}
	tellApart(q, all)
	slices.SortFunc(all, func(a, b sentence) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Start, b.Start))
	})
	return all, nil
}

// A look is an article that is looked at for its sentences.
type look struct {
	page     *page // nil when it is there no more
	score    float64
	passages []candidate
	words    map[string]bool // of the title and the passages
}

// lookInto opens the articles of so many of the best passages, beside each other.
func (e *Engine) lookInto(ctx context.Context, q *query, ranked []candidate, looks int) ([]*look, error) {
	var looked []*look
	var tasks []func(context.Context) error
	seen := map[string]bool{}
	for _, c := range ranked[:min(looks, len(ranked))] {
		if seen[c.ArticleID] {
			continue
		}
		seen[c.ArticleID] = true
		l := &look{score: c.score, passages: e.passagesOf(q, c.article, ranked)}
		looked = append(looked, l)
		tasks = append(tasks, func(ctx context.Context) error { return e.fill(ctx, l, c.ArticleID) })
	}
	return looked, together(ctx, tasks...)
}

// fill opens the article of a look, and reads the words that it is looked at for.
func (e *Engine) fill(ctx context.Context, l *look, id string) error {
	p, err := e.open(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	l.page, l.words = p, e.pageWords(p, l.passages)
	for i, s := range p.sentences {
		if slices.ContainsFunc(l.passages, func(c candidate) bool { return c.Start <= s.Start && s.End <= c.End }) {
			e.terms(p, i)
		}
	}
	return nil
}

// passagesOf returns an article's passages that may give sentences: those that
// were ranked and, when it is short, the rest too.
func (e *Engine) passagesOf(q *query, a *article, ranked []candidate) []candidate {
	var out []candidate
	have := map[int32]bool{}
	for _, c := range ranked {
		if c.article == a {
			out = append(out, c)
			have[c.slot] = true
		}
	}
	if len(a.passages) > shortArticle {
		return out
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, p := range a.passages {
		if !have[p.slot] {
			c := q.candidate(p)
			c.guess()
			c.judge()
			out = append(out, c)
		}
	}
	return out
}

// pageWords returns the words of the title and the passages looked at: of a
// short article all of them.
func (e *Engine) pageWords(p *page, passages []candidate) map[string]bool {
	words := wordSet(e.analyzer.Terms(p.article.Title))
	for _, c := range passages {
		if c.End <= len(p.article.Body) {
			maps.Copy(words, wordSet(e.analyzer.Terms(p.article.Body[c.Start:c.End])))
		}
	}
	return words
}

// hashesOf returns those of the sentences of passages.
func hashesOf(passages []candidate) []corpus.Hash {
	var hashes []corpus.Hash
	for i := range passages {
		hashes = append(hashes, passages[i].sentences...)
	}
	return hashes
}

// passageSentences scores the sentences of one passage. When the article has
// changed since it was indexed there are none: the next refresh mends that.
func (e *Engine) passageSentences(q *query, c *candidate, p *page, top float64) []sentence {
	var out []sentence
	for k, span := range c.Sentences {
		if unquotable(&p.article, span) || asksItself(p.article.Body[span.Start:span.End]) || !q.tellsOf(c.passage, k) {
			continue
		}
		i, ok := slices.BinarySearchFunc(p.sentences, span.Start, func(s text.Span, start int) int {
			return cmp.Compare(s.Start, start)
		})
		if !ok || p.sentences[i] != span || p.hashes[i] != c.sentences[k] {
			return nil
		}
		s := sentence{candidate: c, Span: span, index: i, from: e.naming(p, i), page: p}
		e.cover(q, &s)
		s.signs = e.read(q, &s, top)
		out = append(out, s)
	}
	return out
}
