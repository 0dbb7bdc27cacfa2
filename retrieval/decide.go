package retrieval

import (
	"fmt"
	"math"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// A Caution says how sure an answer must be to be given as one: what is more cautious
// refuses more questions that there is an answer to, and answers fewer that there is none to.
type Caution string

// The cautions, the empty one being normal. README.md says what each costs.
const (
	LowCaution    Caution = "low"
	NormalCaution Caution = "normal"
	HighCaution   Caution = "high"
)

// ParseCaution reads a caution, the empty string being normal.
func ParseCaution(s string) (Caution, error) {
	switch c := Caution(s); c {
	case "":
		return NormalCaution, nil
	case LowCaution, NormalCaution, HighCaution:
		return c, nil
	}
	return "", fmt.Errorf("%q is no caution: low, normal and high are", s)
}

// What follows is a logistic model of the evidence and the thresholds on it, fitted on
// the development sets with their passages left out that answer a part of the questions:
// each set by itself, all of a language together, and collections of a few articles.
// This fits them again, DIR being where the sets are, and says what they are worth:
//
//	go run ./retrieval/eval/calibrate -cache vectors -every tydiqa-en=9 \
//	  -dir DIR/xquad-a -dir DIR/arcd-train -dir DIR/tydiqa-ar -dir DIR/tydiqa-en \
//	  -dir DIR/ntrex-headlines
//
// The weight of absent is larger than fitted (-1.3), since the sets hardly ask about the
// wrong person, place or year, and readers of news do.
var decision = evidence{
	byAsked: 0.161, byMissing: -0.187, byHeld: -2.02, byCovered: 2.18, byAlike: 1.73,
	byBest: 0.443, byCosine: 0.131, byAhead: 1.2, byAbsent: -2.5, byUnmet: -0.399,
}

// decisionBias is what each direction begins from: a question finds less evidence in
// another language that is as good.
var decisionBias = map[background.Direction]float64{
	{Question: text.Arabic, Passage: text.Arabic}:   -8.25,
	{Question: text.English, Passage: text.English}: -8.27,
	{Question: text.English, Passage: text.Arabic}:  -6.5,
	{Question: text.Arabic, Passage: text.English}:  -5.99,
}

// thresholds are the least probabilities of the verdicts: of the questions that have an
// answer, 3, 7 and 15 in a hundred are below the first three, and 1.5 below nearest.
type thresholds struct {
	low, normal, high float64 // from which a question is answered, by caution
	nearest           float64 // from which what is found is worth showing
}

var decideAt = map[background.Direction]thresholds{
	{Question: text.Arabic, Passage: text.Arabic}:   {low: 0.104, normal: 0.293, high: 0.608, nearest: 0.044},
	{Question: text.English, Passage: text.English}: {low: 0.265, normal: 0.565, high: 0.804, nearest: 0.114},
	{Question: text.English, Passage: text.Arabic}:  {low: 0.122, normal: 0.282, high: 0.524, nearest: 0.075},
	{Question: text.Arabic, Passage: text.English}:  {low: 0.085, normal: 0.249, high: 0.453, nearest: 0.041},
}

// usualDirection stands in for languages that were not measured.
var usualDirection = background.Direction{Question: text.English, Passage: text.English}

// measured returns d, or what stands in for it.
func measured(d background.Direction) background.Direction {
	if _, ok := decisionBias[d]; ok {
		return d
	}
	return usualDirection
}

// probability is how likely it is that there is an answer.
func (v evidence) probability(d background.Direction) float64 {
	x := decisionBias[measured(d)]
	for i := range v {
		x += decision[i] * v[i]
	}
	return 1 / (1 + math.Exp(-x))
}

// answer is the threshold for a caution.
func (t thresholds) answer(c Caution) float64 {
	switch c {
	case LowCaution:
		return t.low
	case HighCaution:
		return t.high
	}
	return t.normal
}

// decide turns the probability that there is an answer into a verdict.
func (c Caution) decide(p float64, d background.Direction) Verdict {
	at := decideAt[measured(d)]
	switch {
	case p >= at.answer(c):
		return Answered
	case p >= at.nearest:
		return Nearest
	}
	return Declined
}

// cautionFor is the caution for a direction: where the collection has articles in the
// question's own language and the best is in another one, there is often nothing, so that
// more is asked for.
func (e *Engine) cautionFor(d background.Direction) Caution {
	e.mu.RLock()
	own := e.words[d.Question]
	none := own == nil || own.stems.count == 0
	e.mu.RUnlock()
	if d.Question == d.Passage || none {
		return e.caution
	}
	if e.caution == LowCaution {
		return NormalCaution
	}
	return HighCaution
}

// A judgement is how likely something answers, and what to make of it.
type judgement struct {
	probability float64
	verdict     Verdict
}

// judge weighs the evidence that a sentence answers.
func (e *Engine) judge(q *query, s *sentence, ranked []candidate) judgement {
	d := q.direction(s.article.Language)
	p := e.weigh(q, s, ranked).probability(d)
	return judgement{p, e.cautionFor(d).decide(p, d)}
}
