package retrieval

import (
	"context"
	"slices"
	"strings"

	"newsbot/corpus"
)

// An Encoder turns texts into unit vectors whose dot products say how near
// their meanings are, across languages. Implementations are in
// retrieval/encoder and are safe for concurrent use.
type Encoder interface {
	// ID names the model and, behind the last hyphen, its packing, as in
	// "e5-small-q4.1". Vectors of two IDs never mix.
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
	// Former are encoders that a collection may have been encoded with before,
	// beside those of Strong's model, which are known by their names. While
	// Strong's vectors are incomplete those of a former one serve, and the few
	// articles that come meanwhile get its vectors too.
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

// current says whether a name is that of an encoder in use.
func (e Encoders) current(name string) bool {
	return name == e.Strong.ID() || e.Quick != nil && name == e.Quick.ID()
}

// former returns the encoders of before that a store has vectors of and that
// questions can still be asked with: those of Former, and every other packing of
// Strong's model, for which Strong stands in.
func (e Encoders) former(ctx context.Context, store *corpus.Store) ([]Encoder, error) {
	names, err := store.Encoders(ctx)
	if err != nil {
		return nil, err
	}
	var former []Encoder
	for _, name := range names {
		i := slices.IndexFunc(e.Former, func(f Encoder) bool { return f.ID() == name })
		switch {
		case e.current(name):
		case i >= 0:
			former = append(former, e.Former[i])
		case model(name) == model(e.Strong.ID()):
			former = append(former, renamed{e.Strong, name})
		}
	}
	return former, nil
}

// model is the part of an encoder's ID that names the model. What is behind the
// last hyphen names the packing of its weights: two packings of a model differ so
// little that questions of one suit vectors of the other until these are made
// anew. A model that was trained further has another name. An ID with a colon is of a
// model that somebody else runs, who tells nothing of packings: it is taken whole.
func model(id string) string {
	if strings.Contains(id, ":") {
		return id
	}
	if i := strings.LastIndexByte(id, '-'); i >= 0 {
		return id[:i]
	}
	return id
}

// renamed is an encoder under another ID.
type renamed struct {
	Encoder
	id string
}

func (r renamed) ID() string { return r.id }

// measuredAs is the ID under which is known how an encoder's vectors lie: for
// another packing of a model that of the one that stands in for it.
func measuredAs(enc Encoder) string {
	if r, ok := enc.(renamed); ok {
		return r.Encoder.ID()
	}
	return enc.ID()
}
