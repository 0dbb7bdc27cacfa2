package retrieval

import (
	"math"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// The evidence that a sentence answers: features of it, of its passage and of its
// article, by name.
const (
	byAsked   = iota // idf of all that the question names
	byMissing        // idf of what of that its passage lacks, near words counting by how near they are
	byHeld           // share of the idf that its passage holds
	byCovered        // share of the idf that it holds itself, its context's and article's words counting less
	byAlike          // how near its words come to the question's, those that most sentences have weighing little
	byBest           // cosine of the best sentence of its passage, in deviations
	byCosine         // cosine of its passage, in deviations
	byAhead          // root of how far its passage's score is ahead of other articles'
	byAbsent         // share of the question's names, by idf, that its article lacks
	byUnmet          // how far it lacks what the question asks for: a time, a number, a name
	signals
)

var evidenceNames = [signals]string{"asked", "missing", "held", "covered", "alike", "best", "cosine", "ahead", "absent", "unmet"}

// An evidence has a number for each signal. None depends on how many articles there
// are but asked and missing, whose idf is blended with that of news in general.
type evidence [signals]float64

// rivals is how many passages of other articles the sentence's is compared with, and
// usualRival the score that stands in for those a small collection does not have, a little
// less than they reach in one of ten to twenty passages (2.6).
const (
	rivals     = 10
	usualRival = 2
)

// How near a word of the passage must come to one of the question to count at all, and
// to count for it: cosines of their meanings.
const (
	nearFrom, nearTo     = 0.35, 0.75
	acrossFrom, acrossTo = 0.3, 0.7
)

// inArticle is what a word of the question counts that only the sentence's article or
// its title has, since an article names its subject once and goes on.
const inArticle = 0.8

// leastIdf is what a word tells at least that a question has: where all articles are
// copies of one, none tells them apart, and yet they have the answer.
const leastIdf = 2

// weigh gathers the evidence that sentence s answers q.
func (e *Engine) weigh(q *query, s *sentence, ranked []candidate) evidence {
	v := e.weighPassage(q, s.candidate, ranked)
	covers := make([]float64, len(s.own))
	for i, own := range s.own {
		covers[i] = max(own, inArticle*s.page.covers[i])
	}
	v[byCovered], v[byAlike] = q.share(s.article.Language, covers, q.tells(s.candidate, covers)), s.signs.alike
	v[byBest] = max(v[byBest], s.signs.cosine)
	v[byAbsent] = q.absent(s.page)
	v[byUnmet] = s.signs.unmet
	return v
}

// weighPassage gathers what evidence a passage gives, whatever its sentences are.
func (e *Engine) weighPassage(q *query, c *candidate, ranked []candidate) (v evidence) {
	lang := c.article.Language
	words := map[string]bool{}
	e.mu.RLock()
	e.collect(c.passage, words)
	e.mu.RUnlock()
	held, near := q.coverer.cover(words), q.near(lang, words)
	var found float64
	tells := q.tells(c, held)
	for i := range q.groups {
		if tells != nil && tells[i] == 0 {
			continue
		}
		idf := max(q.idf(lang, i), leastIdf)
		v[byAsked] += idf
		found += idf * held[i]
		v[byMissing] += idf * (1 - max(held[i], near[i]))
	}
	v[byHeld] = found / max(v[byAsked], 1e-9)
	v[byCovered], v[byAlike] = v[byHeld], v[byHeld]
	v[byBest], v[byCosine] = c.best, c.cosine
	v[byAhead] = math.Sqrt(max(c.raw()-q.rival(c, ranked), 0))
	return v
}

// near is by group how near some words of a language come to it, 0 to 1.
func (q *query) near(lang text.Language, words map[string]bool) []float64 {
	out := make([]float64, len(q.groups))
	if q.alike == nil {
		return out
	}
	from, to := nearFrom, nearTo
	if lang != q.lang {
		from, to = acrossFrom, acrossTo
	}
	for w := range words {
		for i, cosine := range q.alike.word(lang, w) {
			out[i] = max(out[i], min((cosine-from)/(to-from), 1))
		}
	}
	return out
}

// raw is the score before it is made comparable across languages.
func (c *candidate) raw() float64 {
	f := c.featured()
	return f.score()
}

// rival is the mean score of the best passages of other articles in the same language,
// those apart that say the same.
func (q *query) rival(c *candidate, ranked []candidate) float64 {
	var sum float64
	n := 0
	for i := range ranked {
		if n == rivals {
			break
		}
		other := &ranked[i]
		if other.article == c.article || other.article.Language != c.article.Language || other.copies(c) {
			continue
		}
		sum += other.raw()
		n++
	}
	return (sum + max(q.rivals[c.article.Language], usualRival)*float64(rivals-n)) / rivals
}

// copies reports whether a passage is like another in all that it is ranked by, as only
// copies are.
func (c *candidate) copies(o *candidate) bool {
	const least = 0.01
	a, b := c.featured(), o.featured()
	for i := range a {
		if math.Abs(a[i]-b[i]) > least {
			return false
		}
	}
	return true
}

// absent looks for the question's names and years in the whole article and its
// title, for years in its date too. Names that cannot be looked for in its
// language do not count: most of those that nothing was found of in another are there,
// spelt in a way that is not known.
func (q *query) absent(p *page) float64 {
	var lacked, whole float64
	for i := range q.groups {
		g := &q.groups[i]
		if !g.proper || !g.scripts[p.article.Language] || q.tellsTime(i) && !p.article.Published.IsZero() {
			continue
		}
		weight := q.idf(p.article.Language, i)
		whole += weight
		if p.covers[i] == 0 && p.kin[i] == 0 && g.year != p.article.Published.Time.Year() {
			lacked += weight
		}
	}
	return lacked / max(whole, 1e-9)
}

// direction is that of a question to an article.
func (q *query) direction(lang text.Language) background.Direction {
	return background.Direction{Question: q.lang, Passage: lang}
}
