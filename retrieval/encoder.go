package retrieval

import "context"

// An Encoder turns texts into unit vectors whose dot products say how near
// their meanings are, across languages. Implementations are in
// retrieval/encoder and are safe for concurrent use.
type Encoder interface {
	// ID names the model and its packing. Vectors of two IDs never mix.
	ID() string
	// Dim is the length of every vector.
	Dim() int
	// Question encodes what somebody asked.
	Question(ctx context.Context, text string) ([]float32, error)
	// Passages encodes texts of articles: a vector for each of them, in order,
	// or an error and none.
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}
