package retrieval

import (
	"context"

	"newsbot/corpus"
)

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

// Encoders are the models a collection is encoded with.
type Encoders struct {
	// Strong understands sentences; by its vectors passages are ranked.
	Strong Encoder
	// Quick is many times cheaper, understands single words as well, and errs
	// elsewhere. It may be nil: then there are no vectors of words.
	Quick Encoder
	// Former are encoders that a collection may have been encoded with before.
	// The vectors it has of one of them serve until those of Strong are complete,
	// and the few articles that come meanwhile get theirs too; then they are
	// deleted.
	Former []Encoder
}

// Names returns what a complete collection has vectors of, as
// [corpus.Store.Backlog] takes it.
func (e Encoders) Names() []string {
	if e.Quick == nil {
		return []string{e.Strong.ID()}
	}
	return []string{corpus.WordsOf(e.Quick.ID()), e.Quick.ID(), e.Strong.ID()}
}

// Renamed is enc under another ID. When the weights of an encoder change so
// little that questions of the new ones suit vectors of the old ones, the new
// encoder under the old ID can be among [Encoders].Former.
func Renamed(enc Encoder, id string) Encoder { return renamed{enc, id} }

type renamed struct {
	Encoder
	id string
}

func (r renamed) ID() string { return r.id }
