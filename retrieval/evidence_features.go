package retrieval

import (
	"context"

	"newsbot/retrieval/background"
)

// A Weighed is a question with the evidence that decides whether it is answered, for
// those who fit that decision.
type Weighed struct {
	Direction background.Direction // from the question to the article that is quoted first
	Evidence  []float64            // as many as there are EvidenceNames; nil when nothing was found
}

// EvidenceNames returns the names of the signals that the decision rests on.
func EvidenceNames() []string { return evidenceNames[:] }

// Weigh returns the evidence for the best sentence that [Engine.Ask] finds for a
// question. Errors are as for Ask.
func (e *Engine) Weigh(ctx context.Context, question Question) (Weighed, error) {
	q, ranked, sentences, err := e.competing(ctx, question)
	if err != nil {
		return Weighed{}, err
	}
	if len(sentences) == 0 {
		return Weighed{Direction: q.direction(q.lang)}, nil
	}
	v := e.weigh(q, &sentences[0], ranked)
	return Weighed{q.direction(sentences[0].article.Language), v[:]}, nil
}
