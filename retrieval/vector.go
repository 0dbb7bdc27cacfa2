package retrieval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	chromem "github.com/philippgille/chromem-go"

	"newsbot/corpus/text"
)

// A vectorIndex finds the passages nearest to a question, one chromem-go
// collection per language. It holds vectors only: text stays in the store.
// It is safe for concurrent use.
//
// chromem-go is kept behind this file because of what it leaves to us: a zero
// or non-finite vector poisons every later query of its collection, as does
// one of another length; n must not exceed the count; a cancelled context
// gives no error; equal scores come in random order; an empty filter deletes
// everything; and a nil embedding function would call a hosted service.
type vectorIndex struct {
	dim int

	mu          sync.RWMutex
	collections map[text.Language]*chromem.Collection
	db          *chromem.DB
}

// A neighbour is a passage and its cosine with the question.
type neighbour struct {
	id     string
	cosine float64
}

func newVectorIndex(dim int) *vectorIndex {
	return &vectorIndex{dim: dim, db: chromem.NewDB(), collections: map[text.Language]*chromem.Collection{}}
}

// errNoEmbedding is what chromem-go gets should it ever ask for a vector.
var errNoEmbedding = errors.New("texts are not encoded by the vector index")

func refuseToEmbed(context.Context, string) ([]float32, error) { return nil, errNoEmbedding }

// add puts a passage's vector into its language's collection, replacing the
// one it had. The index shares v from then on: nobody may change it.
func (x *vectorIndex) add(ctx context.Context, lang text.Language, id string, v []float32) error {
	if err := checkVector(v, x.dim); err != nil {
		return fmt.Errorf("adding the vector of passage %s: %w", id, err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	c, err := x.collection(lang)
	if err != nil {
		return err
	}
	if err := c.AddDocument(ctx, chromem.Document{ID: id, Embedding: v}); err != nil {
		return fmt.Errorf("adding the vector of passage %s: %w", id, err)
	}
	return nil
}

func (x *vectorIndex) collection(lang text.Language) (*chromem.Collection, error) {
	if c := x.collections[lang]; c != nil {
		return c, nil
	}
	c, err := x.db.CreateCollection(string(lang), nil, refuseToEmbed)
	if err != nil {
		return nil, fmt.Errorf("creating the vector collection %q: %w", lang, err)
	}
	x.collections[lang] = c
	return c, nil
}

// remove takes passages out; unknown ids are no error.
func (x *vectorIndex) remove(ctx context.Context, lang text.Language, ids ...string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	c := x.collections[lang]
	if c == nil || len(ids) == 0 {
		return nil
	}
	if err := c.Delete(ctx, nil, nil, ids...); err != nil {
		return fmt.Errorf("removing %d vectors: %w", len(ids), err)
	}
	return nil
}

// nearest returns up to n passages of a language, nearest first, equal ones by
// id.
func (x *vectorIndex) nearest(ctx context.Context, lang text.Language, q []float32, n int) ([]neighbour, error) {
	if err := checkVector(q, x.dim); err != nil {
		return nil, fmt.Errorf("searching vectors: %w", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.collections[lang]
	if c == nil {
		return nil, nil
	}
	out, err := nearestIn(ctx, c, q, n)
	if err != nil {
		return nil, fmt.Errorf("searching vectors: %w", err)
	}
	return out[:min(n, len(out))], nil
}

// nearestIn returns at least the n nearest documents of a collection, sorted. It
// asks for more as long as the list would be cut within equal cosines, so that
// which of them come in is not left to chance.
func nearestIn(ctx context.Context, c *chromem.Collection, q []float32, n int) ([]neighbour, error) {
	for ask := n + 16; n > 0 && c.Count() > 0; ask *= 4 {
		ask = min(ask, c.Count())
		found, err := c.QueryEmbedding(ctx, q, ask, nil, nil)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		out := make([]neighbour, len(found))
		for i, f := range found {
			out[i] = neighbour{f.ID, float64(f.Similarity)}
		}
		slices.SortFunc(out, func(a, b neighbour) int {
			return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.id, b.id))
		})
		if ask == c.Count() || out[n-1].cosine > out[ask-1].cosine {
			return out, nil
		}
	}
	return nil, nil
}

// count returns the number of passages of a language that have a vector.
func (x *vectorIndex) count(lang text.Language) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.collections[lang]
	if c == nil {
		return 0
	}
	return c.Count()
}

// languages returns those that a passage has had a vector of.
func (x *vectorIndex) languages() []text.Language {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Collect(maps.Keys(x.collections))
}

// has tells whether a passage has a vector, in whatever language.
func (x *vectorIndex) has(id string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, c := range x.collections {
		if _, err := c.GetByID(context.Background(), id); err == nil { // its only error is that there is none
			return true
		}
	}
	return false
}
