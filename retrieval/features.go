package retrieval

import (
	"context"

	"newsbot/corpus/text"
)

// A Candidate is a passage as ranking sees it, for those who fit the weights:
// its score is the inner product of [Weights] with Features, less Levelled of
// that with Level, plus OtherBonus when it is in another language than the question.
type Candidate struct {
	ArticleID string
	Language  text.Language
	Features  []float64 // as many as there are FeatureNames
	Level     []float64 // what the runners-up of its language reach; nil when all are in one
	Other     bool      // in another language than the question
}

// Weights are those of the linear score.
type Weights struct {
	Features   []float64 // by feature
	Levelled   float64   // how much of the runners-up's score is taken off
	OtherBonus float64   // for another language than the question's
}

// FeatureNames returns the names of the features of the linear score, which are
// those of the weights.
func FeatureNames() []string { return featureNames[:] }

// CurrentWeights are those that [Engine.Search] ranks by.
func CurrentWeights() Weights {
	w := ranking
	return Weights{w[:], levelled, otherBonus}
}

// Candidates returns all passages that ranking chooses from for a question, in no
// order. Errors are as for [Engine.Ask].
func (e *Engine) Candidates(ctx context.Context, question Question) ([]Candidate, error) {
	q, all, err := e.look(ctx, question)
	if err != nil {
		return nil, err
	}
	levels := levelsOf(all)
	out := make([]Candidate, len(all))
	for i := range all {
		c := &all[i]
		f := c.featured()
		out[i] = Candidate{ArticleID: c.ArticleID, Language: c.article.Language, Features: f[:], Other: c.article.Language != q.lang}
		if level, ok := levels[c.article.Language]; ok {
			out[i].Level = level[:]
		}
	}
	return out, nil
}
