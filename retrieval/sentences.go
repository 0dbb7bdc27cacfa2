package retrieval

import (
	"cmp"
	"context"
	"errors"
	"math"
	"regexp"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// evidencePassages is how many of the best passages give sentences.
const evidencePassages = 5

// A sentence is a candidate for being quoted.
type sentence struct {
	*candidate
	text.Span     // in the body
	index     int // among the article's sentences
	from      int // index of the sentence that names whom it speaks of; index when none is needed
	page      *page
	covers    []float64 // by group of the question, how well it is covered, 0 to 1
	signs     signs
	score     float64
}

// signs are what a sentence is chosen by.
type signs struct {
	coverage float64 // share of the question's idf it covers, its context's words counting less
	local    float64 // the same, words that most of the sentences have weighing little
	cosine   float64 // in deviations
	behind   float64 // how far its passage is behind the best passage, at most 0
	noNumber float64 // 1 when a number is asked for and it has none
	date     float64 // 1 when a date is asked for and it has one
	numbers  float64 // share of the question's numbers it has, less a half; 0 when there are none
}

// choice are the weights of the signs.
var choice = signs{coverage: 0.5, local: 0.6, cosine: 0.2, behind: 0.4, noNumber: -0.5, date: 1.5, numbers: 0.15}

// inContext is what a word of the question counts that is found only in the
// sentence that names whom the quote speaks of.
const inContext = 0.8

func (s signs) sum(w signs) float64 {
	return w.coverage*s.coverage + w.local*s.local + w.cosine*s.cosine + w.behind*s.behind +
		w.noNumber*s.noNumber + w.date*s.date + w.numbers*s.numbers
}

// A page is an article opened for quoting.
type page struct {
	article   corpus.Article
	sentences []text.Span
	hashes    []corpus.Hash
	needs     []bool // by sentence: does it leave open whom it speaks of?
}

func (e *Engine) open(ctx context.Context, id string) (*page, error) {
	a, passages, err := e.store.Full(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &page{article: a}
	for _, passage := range passages {
		for _, s := range passage.Sentences {
			content := a.Body[s.Start:s.End]
			p.sentences = append(p.sentences, s)
			p.hashes = append(p.hashes, corpus.TextHash(content))
			p.needs = append(p.needs, needsName(content, e.analyzer.Terms(content)))
		}
	}
	return p, nil
}

// sentences returns the sentences of the best passages, best first.
func (e *Engine) sentences(ctx context.Context, q *query, ranked []candidate) ([]sentence, error) {
	pages := map[string]*page{}
	var all []sentence
	for i := range ranked[:min(evidencePassages, len(ranked))] {
		c := &ranked[i]
		p, ok := pages[c.ArticleID]
		if !ok {
			var err error
			if p, err = e.open(ctx, c.ArticleID); errors.Is(err, corpus.ErrNotFound) {
				continue // removed since it was ranked
			} else if err != nil {
				return nil, err
			}
			pages[c.ArticleID] = p
		}
		all = append(all, e.passageSentences(q, c, p, ranked[0].score)...)
	}
	tellApart(q, all)
	slices.SortFunc(all, func(a, b sentence) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Start, b.Start))
	})
	return all, nil
}

// passageSentences scores the sentences of one passage. When the article has
// changed since it was indexed there are none: the next refresh mends that.
func (e *Engine) passageSentences(q *query, c *candidate, p *page, top float64) []sentence {
	var out []sentence
	for k, span := range c.Sentences {
		i, ok := slices.BinarySearchFunc(p.sentences, span.Start, func(s text.Span, start int) int {
			return cmp.Compare(s.Start, start)
		})
		if !ok || p.sentences[i] != span || p.hashes[i] != c.sentences[k] {
			return nil
		}
		s := sentence{candidate: c, Span: span, index: i, from: antecedent(p.needs, i), page: p}
		s.covers = e.covered(q, &s)
		s.signs = read(q, &s)
		s.signs.cosine, s.signs.behind = e.cosineOf(q, &s), c.score-top
		out = append(out, s)
	}
	return out
}

// cosineOf is a sentence's cosine, or its passage's while it has no vector. One
// that leaves open whom it speaks of is helped halfway up to the sentence that
// says: its own vector lacks the name.
func (e *Engine) cosineOf(q *query, s *sentence) float64 {
	own, ok := e.spanZ(q, s.page, s.index)
	if !ok {
		return s.candidate.cosine
	}
	if naming, ok := e.spanZ(q, s.page, s.from); ok && naming > own {
		return (own + naming) / 2
	}
	return own
}

// spanZ is the cosine of the i-th sentence of a page.
func (e *Engine) spanZ(q *query, p *page, i int) (float64, bool) {
	return e.sentenceZ(q, p.article.Language, p.hashes[i])
}

// read returns the signs that the text itself gives.
func read(q *query, s *sentence) signs {
	content := s.page.article.Body[s.Start:s.End]
	out := signs{coverage: q.share(s.article.Language, s.covers, nil)}
	numbers := text.Numbers(content)
	if q.wants.number && len(numbers) == 0 {
		out.noNumber = 1
	}
	if q.wants.date && hasDate(content) {
		out.date = 1
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
		for g, c := range all[i].covers {
			counts[g] += c
		}
	}
	rarity := make([]float64, len(counts))
	for g, n := range counts {
		rarity[g] = math.Log(1 + float64(len(all))/(1+n))
	}
	for i := range all {
		s := &all[i]
		s.signs.local = q.share(s.article.Language, s.covers, rarity)
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
			weight *= ranking.unknown
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

// covered says how well a sentence's words cover each group of the question;
// words that only its context has count less.
func (e *Engine) covered(q *query, s *sentence) []float64 {
	body := s.page.article.Body
	own := wordSet(e.analyzer.Terms(body[s.Start:s.End]))
	near := own
	if s.from != s.index {
		naming := s.page.sentences[s.from]
		near = wordSet(e.analyzer.Terms(body[naming.Start:naming.End]))
	}
	out := make([]float64, len(q.groups))
	for i := range q.groups {
		g := &q.groups[i]
		out[i] = max(g.best(own), inContext*g.best(near))
	}
	return out
}

// best is the weight of the group's best alternative that words holds, at
// most 1.
func (g *group) best(words map[string]bool) float64 {
	best := 0.0
	for _, a := range g.alternatives {
		if all(words, a.stems) {
			best = max(best, a.weight)
		}
	}
	return min(best, 1)
}

func all(words map[string]bool, stems []string) bool {
	for _, s := range stems {
		if !words[s] {
			return false
		}
	}
	return true
}

func wordSet(terms []text.Term) map[string]bool {
	words := make(map[string]bool, len(terms))
	for _, t := range terms {
		if !t.Stop {
			words[t.Stem] = true
		}
	}
	return words
}

var yearOrTime = regexp.MustCompile(`(^|[^0-9])(1[0-9]{3}|20[0-9]{2}|[0-2]?[0-9]:[0-5][0-9])($|[^0-9])`)

// months and weekdays, normalised, in English and in the three Arabic
// families.
var dayNames = set(`january february march april may june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday
	يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
	شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين كانون
	جانفي فيفري افريل ماي جوان جويليه اوت يوليوز غشت شتنبر نونبر دجنبر
	الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت`)

// hasDate reports whether a sentence says when.
func hasDate(content string) bool {
	if yearOrTime.MatchString(text.FoldDigits(content)) {
		return true
	}
	for _, w := range text.Words(content) {
		if dayNames[w.Norm] {
			return true
		}
	}
	return false
}
