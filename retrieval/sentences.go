package retrieval

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
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
	covers    []float64 // the same, its article's words counting too
	signs     signs
	score     float64
}

// signs are what a sentence is chosen by.
type signs struct {
	coverage float64 // share of the question's idf it covers, its context's words counting less
	local    float64 // the same, words that most of the sentences have weighing little
	cosine   float64 // in deviations
	focus    float64 // cosine with the question of what it says beyond its article's topic
	behind   float64 // how far its article's best passage is behind the best of all, at most 0
	within   float64 // how far its passage is behind its article's best, at most 0
	noNumber float64 // 1 when a number or duration is asked for and it has none
	date     float64 // 1 when a date is asked for and it has one
	place    float64 // 1 when a place is asked for and it speaks of one
	numbers  float64 // share of the question's numbers it has, less a half; 0 when there are none
}

// choice are the weights of the signs.
var choice = signs{coverage: 0.1, local: 1.8, cosine: 0.22, focus: 0.15, behind: 1, within: 0.2, noNumber: -0.45, date: 1, place: 0.9, numbers: 0.05}

// What a word of the question counts that the sentence itself lacks: found in
// the sentence that names whom it speaks of, or elsewhere in the article or its
// title, since an article names its subject once and goes on.
const (
	inContext = 0.8
	inArticle = 0.8
)

func (s signs) sum(w signs) float64 {
	return w.coverage*s.coverage + w.local*s.local + w.cosine*s.cosine + w.focus*s.focus + w.behind*s.behind + w.within*s.within +
		w.noNumber*s.noNumber + w.date*s.date + w.place*s.place + w.numbers*s.numbers
}

// A page is an article opened for quoting. Sentences without a word, such as a line
// of stars, say nothing and are not on it.
type page struct {
	article   corpus.Article
	sentences []text.Span
	hashes    []corpus.Hash
	terms     [][]text.Term // of the sentences looked at
	topic     []float32     // centred vector of the first sentence; nil when it was not read
	covers    []float64     // by group of the question, how well title and passages cover it
	kin       []float64     // by group, whether they tell of its country in other words
	best      float64       // score of its best passage
}

func (e *Engine) open(ctx context.Context, id string) (*page, error) {
	a, passages, err := e.store.Full(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &page{article: a}
	for _, passage := range passages {
		_, hashes := a.Hashes(passage)
		for i, s := range passage.Sentences {
			if wordless(&a, s) {
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
	needs := func(j int) need { return needOf(p.text(j), e.terms(p, j)) }
	names := func(j int) bool { return namesSomebody(p.text(j), e.terms(p, j)) }
	return antecedent(i, needs, names)
}

// sentences returns the sentences of the articles of the best passages, best first, of which it looks at so many.
func (e *Engine) sentences(ctx context.Context, q *query, ranked []candidate, looks int) ([]sentence, error) {
	looked, err := e.lookInto(ctx, q, ranked, looks)
	if err != nil {
		return nil, err
	}
	var all []sentence
	for _, l := range looked {
		p := l.page
		if p == nil {
			continue // removed since it was ranked
		}
		p.best, p.covers, p.kin = l.score, q.coverer.cover(l.words), kinCoverer(q.groups).cover(l.words)
		if err := q.strong.read(ctx, e.store, hashesOf(l.passages)); err != nil {
			return nil, err
		}
		p.topic = q.topicOf(p)
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
		if wordless(&p.article, span) {
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
		s.signs = read(q, &s)
		s.signs.cosine = q.cosineOf(&s)
		s.signs.focus = q.focusOf(&s)
		s.signs.behind, s.signs.within = p.best-top, min(c.score-p.best, 0)
		out = append(out, s)
	}
	return out
}

// cosineOf is a sentence's cosine, or what its words let expect while it has no vector. One
// that leaves open whom it speaks of is helped halfway up to the sentence that
// says: its own vector lacks the name.
func (q *query) cosineOf(s *sentence) float64 {
	lang, hashes := s.article.Language, s.page.hashes
	own, ok := q.strong.sentence(lang, hashes[s.index])
	if !ok {
		return worded * q.share(lang, s.own, nil)
	}
	if naming, ok := q.strong.sentence(lang, hashes[s.from]); ok && naming > own {
		return (own + naming) / 2
	}
	return own
}

// focusOf compares question and sentence after the topic, which is what the
// article's first sentence says, is taken out of both: the first sentence has
// most of the question's words and meaning whatever is asked about its topic,
// and the answer often stands further down. It is 0 for the first sentence
// itself, in deviations.
func (q *query) focusOf(s *sentence) float64 {
	lang := s.page.article.Language
	own, ok := q.strong.sentenceOf(lang, s.page.hashes[s.index])
	topic := s.page.topic
	if !ok || topic == nil {
		return 0
	}
	beyond := dot(q.strong.vector, own) - dot(q.strong.vector, topic)*dot(own, topic)
	return beyond / q.strong.space.known.SentenceSpread(q.strong.direction(lang)).Deviation
}

// topicOf returns the vector of what a page's first sentence says.
func (q *query) topicOf(p *page) []float32 {
	if len(p.hashes) == 0 {
		return nil
	}
	topic, _ := q.strong.sentenceOf(p.article.Language, p.hashes[0])
	return topic
}

// read returns the signs that the text itself gives.
func read(q *query, s *sentence) signs {
	content := s.page.text(s.index)
	out := signs{coverage: q.share(s.article.Language, s.covers, nil)}
	var numbers []string
	if q.wants.number || len(q.numbers) > 0 {
		numbers = text.Numbers(content)
	}
	if q.wants.number && len(numbers) == 0 || q.wants.duration && !hasDuration(content) {
		out.noNumber = 1
	}
	if q.wants.date && hasDate(content) {
		out.date = 1
	}
	if q.wants.place && hasPlace(content) {
		out.place = 1
	}
	if len(q.numbers) > 0 {
		out.numbers = shared(q.numbers, numbers) - 0.5
	}
	return out
}

// tellApart adds to each sentence what its words tell within these sentences:
// a word that most of them have tells little, however rare it is elsewhere.
func tellApart(q *query, all []sentence) {
	counts := make([]float64, len(q.groups))
	for i := range all {
		for g, c := range all[i].own {
			counts[g] += c
		}
	}
	rarity := make([]float64, len(counts))
	for g, n := range counts {
		rarity[g] = math.Log(1 + float64(len(all))/(1+n))
	}
	for i := range all {
		s := &all[i]
		s.signs.local = q.share(s.article.Language, s.own, rarity)
		s.score = s.signs.sum(choice)
	}
}

// share is the part of the question's idf that is covered, each group's weight
// multiplied by rarity where that is given.
func (q *query) share(lang text.Language, covers, rarity []float64) float64 {
	var found, whole float64
	for i, c := range covers {
		weight := q.idf(lang, i)
		if rarity != nil {
			weight *= rarity[i]
		}
		if c == 0 && !q.groups[i].scripts[lang] {
			weight *= unknownWeight
		}
		found += weight * c
		whole += weight
	}
	return found / max(whole, 1e-9)
}

// shared is the part of wanted that have holds.
func shared(wanted, have []string) float64 {
	n := 0
	for _, w := range wanted {
		if slices.Contains(have, w) {
			n++
		}
	}
	return float64(n) / float64(len(wanted))
}

// cover says how well a sentence's words cover each group of the question;
// words that only its context or its article has count less.
func (e *Engine) cover(q *query, s *sentence) {
	s.own = q.coverer.cover(wordSet(e.terms(s.page, s.index)))
	if s.from != s.index {
		near := q.coverer.cover(wordSet(e.terms(s.page, s.from)))
		for i := range s.own {
			s.own[i] = max(s.own[i], inContext*near[i])
		}
	}
	s.covers = make([]float64, len(s.own))
	for i := range s.own {
		s.covers[i] = max(s.own[i], inArticle*s.page.covers[i])
	}
}
