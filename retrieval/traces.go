package retrieval

import (
	"context"
	"errors"

	"newsbot/corpus"
)

// Traces counts the passages of an article that the indexes still have.
type Traces struct {
	Words   int // found by their words
	Vectors int // found by their vectors
}

// Traces searches both indexes for an article that is gone, by its ID and by every passage of it as it was, a and ps,
// and counts what they find of it.
func (e *Engine) Traces(ctx context.Context, a corpus.Article, ps []corpus.Passage) (Traces, error) {
	return Traces{}, errors.ErrUnsupported
}
