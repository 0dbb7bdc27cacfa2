package retrieval

import "math"

// Decision thresholds on the probability that the best sentence answers, by
// whether question and article are of one language. They refuse about 8 % of
// questions whose answer is there, 12 % across languages.
const (
	answerAt      = 0.40
	answerAtCross = 0.36
	// nearestAt is where coverage becomes worth showing as the nearest there is.
	nearestAt = 0.08
)

// evidence is what the decision rests on: features of the best sentence, its
// passage and its article.
type evidence struct {
	passage  float64 // cosine of the passage, in deviations
	ahead    float64 // how far the sentence's cosine is ahead of other articles' best
	coverage float64 // share of the question's idf in the sentence and its context
	near     float64 // share of the question's idf in the passage
	noNumber float64 // 1 when a number is asked for and the sentence has none
	noDate   float64 // 1 when a date is asked for and the sentence has none
	cross    float64 // 1 when the languages differ
}

// decision is a logistic model of the evidence, fitted on the development sets:
// each as one collection, with and without the passages that answer, and each
// article as a collection of its own.
var decision = evidence{passage: 0.36, ahead: 0.75, coverage: 2.2, near: 2.1, noNumber: -0.3, noDate: -0.75, cross: 2.05}

const decisionBias = -6.1

// probability is how likely the evidence answers.
func (v evidence) probability() float64 {
	w := decision
	x := decisionBias + w.passage*v.passage + w.ahead*v.ahead + w.coverage*v.coverage + w.near*v.near +
		w.noNumber*v.noNumber + w.noDate*v.noDate + w.cross*v.cross
	return 1 / (1 + math.Exp(-x))
}

// rivals is how many candidates of other articles the best sentence is
// compared with, and usualRival what stands in for those a small collection
// does not have, in deviations.
const (
	rivals     = 10
	usualRival = 1.5
)

// weigh gathers the evidence that sentence s answers q.
func weigh(q *query, s *sentence, ranked []candidate) evidence {
	v := evidence{
		passage: s.candidate.cosine, ahead: s.signs.cosine - rival(s, ranked),
		coverage: s.signs.coverage, near: s.candidate.coverage, noNumber: s.signs.noNumber,
	}
	if q.wants.date && s.signs.date == 0 {
		v.noDate = 1
	}
	if s.cross {
		v.cross = 1
	}
	return v
}

// rival is the mean of the best sentences' cosines in the best passages of
// other articles.
func rival(s *sentence, ranked []candidate) float64 {
	var sum float64
	n := 0
	for i := range ranked {
		if n == rivals {
			break
		}
		if ranked[i].ArticleID != s.ArticleID {
			sum += ranked[i].best
			n++
		}
	}
	return (sum + usualRival*float64(rivals-n)) / rivals
}

// decide turns the evidence into a verdict.
func decide(v evidence) Verdict {
	threshold := answerAt
	if v.cross == 1 {
		threshold = answerAtCross
	}
	switch p := v.probability(); {
	case p >= threshold:
		return Answered
	case p >= nearestAt:
		return Nearest
	}
	return Declined
}
