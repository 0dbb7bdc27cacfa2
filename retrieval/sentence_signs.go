package retrieval

import "context"

// A Sentence is one that may be quoted, as the choice of quotes sees it, for those who
// fit the weights: its score is the inner product of [SignWeights] with Signs.
type Sentence struct {
	ArticleID  string
	Start, End int    // of the quote in the body, in bytes
	Quote      string // with the sentence joined to it that names whom it speaks of
	Signs      []float64
}

// SignNames returns the names of the signs that sentences are chosen by, which are
// those of the weights.
func SignNames() []string { return signNames[:] }

// SignWeights are those that [Engine.Ask] chooses sentences by.
func SignWeights() []float64 {
	w := choice.list()
	return w[:]
}

// Sentences returns the sentences that Ask chooses from for a question, best first. Errors are
// as for [Engine.Ask].
func (e *Engine) Sentences(ctx context.Context, question Question) ([]Sentence, error) {
	_, _, sentences, err := e.competing(ctx, question)
	if err != nil {
		return nil, err
	}
	out := make([]Sentence, len(sentences))
	for i := range sentences {
		c, signs := sentences[i].citation(), sentences[i].signs.list()
		out[i] = Sentence{c.ArticleID, c.Quote.Start, c.Quote.End, c.Quote.Text, signs[:]}
	}
	return out, nil
}

// competing returns the sentences that an answer chooses from, best first, and the
// passages they are weighed against.
func (e *Engine) competing(ctx context.Context, question Question) (*query, []candidate, []sentence, error) {
	q, all, err := e.prospect(ctx, question)
	if err != nil {
		return nil, nil, nil, err
	}
	chosen := e.selection(question)
	ranked := e.joinTwins(q, chosen.sift(all))
	sentences, err := e.sentences(ctx, q, ranked, chosen.looks())
	return q, ranked, sentences, err
}
