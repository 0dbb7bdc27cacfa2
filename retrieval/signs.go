package retrieval

import (
	"math"

	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
)

// The weights by which sentences are chosen: one set for every language and every
// collection. What follows fits them, and says what each sign is worth and what a set
// loses that is left out, DIR being where the development sets are:
//
//	go run ./retrieval/eval/fitquotes -cache vectors -dir DIR/xquad-a \
//	  -dir DIR/arcd-train -dir DIR/tydiqa-ar -every tydiqa-en=9 -dir DIR/tydiqa-en

// signs are what a sentence is chosen by: shares of the question's idf, cosines in
// deviations, scores of passages, and whether it has what the question asks for.
type signs struct {
	words  float64 // share of the question's idf that its words cover, those that most of the sentences have weighing little, and names less
	alike  float64 // how near its words come to the question's, weighed in the same way
	cosine float64 // in deviations
	naming float64 // by how much the cosine of the sentence that names whom it speaks of is higher, at least 0
	behind float64 // how far its article's best passage is behind the best of all, at most 0
	within float64 // how far its passage is behind its article's best, at most 0
	name   float64 // how well it has the name that is asked for, 0 to 1
	time   float64 // or the time
	place  float64 // or the place
	number float64 // or the count, amount or duration
	manner float64 // or the reason or manner
	unmet  float64 // how far it lacks what is asked for, 0 to 1; for the decision alone
}

// choice are the weights of the signs, in units of behind.
var choice = signs{
	words: 1, alike: 4.4, cosine: 0.37, naming: 0.46, behind: 1, within: 0.43,
	name: 1.9, time: 5.7, place: 2.5, number: 5.1, manner: 2.8,
}

// signNames are those of the signs that a sentence is chosen by, in the order of list.
var signNames = [...]string{
	"words", "alike", "cosine", "naming", "behind", "within",
	"name", "time", "place", "number", "manner",
}

func (s *signs) list() [len(signNames)]float64 {
	return [...]float64{
		s.words, s.alike, s.cosine, s.naming, s.behind, s.within,
		s.name, s.time, s.place, s.number, s.manner,
	}
}

// sum is the inner product with the weights w.
func (s *signs) sum(w *signs) float64 {
	var sum float64
	weights := w.list()
	for i, x := range s.list() {
		sum += weights[i] * x
	}
	return sum
}

// inContext is what a word of the question counts that the sentence itself lacks, and
// the sentence has that names whom it speaks of.
const inContext = 0.8

// namesCount is how much of a name's weight counts: an article is about the names that
// it is found by, and speaks of them as "he" and "the company" where it says most.
const namesCount = 0.4

// cover says how well a sentence's words cover each group of the question, and how
// near they come to it.
func (e *Engine) cover(q *query, s *sentence) {
	terms := e.terms(s.page, s.index)
	s.own = q.coverer.cover(wordSet(terms))
	if s.from != s.index {
		near := q.coverer.cover(wordSet(e.terms(s.page, s.from)))
		for i := range s.own {
			s.own[i] = max(s.own[i], inContext*near[i])
		}
	}
	s.alike = q.alike.of(s.article.Language, terms)
	for i := range s.own {
		s.alike[i] = max(s.alike[i], s.own[i])
	}
}

// read returns the signs of a sentence that has been covered, next to top, the score
// of the best passage of all; all but words and alike, which depend on the other
// sentences.
func (e *Engine) read(q *query, s *sentence, top float64) signs {
	out := signs{behind: s.page.best - top, within: min(s.candidate.score-s.page.best, 0)}
	out.cosine, out.naming = q.cosineOf(s)
	out.met(q.wanted, q.wanted.Met(s.page.text(s.index), e.terms(s.page, s.index)))
	return out
}

// met notes how well a sentence has what is wanted.
func (s *signs) met(w answertype.Wanted, by float64) {
	if w.Evidence != answertype.None {
		s.unmet = 1 - by
	}
	switch w.Evidence {
	case answertype.Name:
		s.name = by
	case answertype.Time:
		s.time = by
	case answertype.Place:
		s.place = by
	case answertype.Count, answertype.Amount, answertype.Duration:
		s.number = by
	case answertype.Reason, answertype.Manner:
		s.manner = by
	}
}

// widen lets what is wanted be known by all ways to say the words of the question: so
// an Arabic sentence has the count of what was asked about in English.
func (a *analysis) widen() {
	for i := range a.groups {
		g := &a.groups[i]
		if g.word.stem == "" {
			continue
		}
		var others []string
		for _, o := range g.alternatives {
			if len(o.stems) == 1 && o.weight >= quotedFor && o.stems[0] != g.word.stem {
				others = append(others, o.stems[0])
			}
		}
		a.wanted.Add(g.word.stem, others)
	}
}

// cosineOf is a sentence's cosine, or what its words let expect while it has no vector. One
// that leaves open whom it speaks of is helped halfway up to the sentence that
// says: its own vector lacks the name. naming is all of the way up.
func (q *query) cosineOf(s *sentence) (cosine, naming float64) {
	lang, hashes := s.article.Language, s.page.hashes
	own, ok := q.strong.sentence(lang, hashes[s.index])
	if !ok {
		return s.wordedCosine(q.share(lang, s.own, nil)), 0
	}
	if from, ok := q.strong.sentence(lang, hashes[s.from]); ok && from > own {
		return (own + from) / 2, from - own
	}
	return own, 0
}

// tellApart scores the sentences, now that all of them are there: a word that most of
// them have tells little, however rare it is elsewhere.
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
		if q.groups[g].proper {
			rarity[g] *= namesCount
		}
	}
	for i := range all {
		s := &all[i]
		s.signs.words = q.share(s.article.Language, s.own, rarity)
		s.signs.alike = q.share(s.article.Language, s.alike, rarity)
		s.score = s.signs.sum(&choice)
	}
}

// share is the part of the question's idf that is covered, each group's weight
// multiplied by rarity where that is given.
func (q *query) share(lang text.Language, covers, rarity []float64) float64 {
	var found, whole float64
	for i, c := range covers {
		weight := q.weightOf(lang, i, c)
		if rarity != nil {
			weight *= rarity[i]
		}
		found += weight * c
		whole += weight
	}
	return found / max(whole, 1e-9)
}

// weightOf is what a group counts that is covered so well: less when it is not and
// could not be looked for.
func (q *query) weightOf(lang text.Language, group int, covered float64) float64 {
	if covered == 0 && !q.groups[group].scripts[lang] {
		return unknownWeight * q.idf(lang, group)
	}
	return q.idf(lang, group)
}
