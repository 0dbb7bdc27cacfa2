package check

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// A vector is what a text means, as both encoders have it, centred.
type vector struct{ strong, quick []float32 }

func (v vector) none() bool { return v.strong == nil }

// encoded are the vectors of texts; nil ones without an encoder.
func encoded(ctx context.Context, e Encoder, texts []string) ([][]float32, error) {
	if e == nil {
		return make([][]float32, len(texts)), nil
	}
	found, err := e.Passages(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("encoding what is checked: %w", err)
	}
	if len(found) != len(texts) {
		return nil, fmt.Errorf("encoding what is checked: %d vectors of %d texts", len(found), len(texts))
	}
	return found, nil
}

// A centre is where the vectors of a language lie around, by encoder.
type centre struct{ strong, quick, words map[text.Language][]float32 }

// The encoders that are measured.
const (
	strongName, strongDim = "e5-small-q4.1", 384
	quickName, quickDim   = "use-multilingual-3.1", 512
)

var centres = sync.OnceValue(func() (c centre) {
	if v, err := background.LoadVectors(strongName, strongDim); err == nil && v != nil {
		c.strong = v.Passages
	}
	if v, err := background.LoadVectors(quickName, quickDim); err == nil && v != nil {
		c.quick = v.Passages
	}
	c.words = map[text.Language][]float32{}
	if v, err := background.LoadWordVectors(quickName, quickDim); err == nil && v != nil {
		for l, w := range v {
			c.words[l] = w.Centre
		}
	}
	return c
})

// centred takes out of a vector what its language has in common, which says nothing. A
// vector of another encoder stays as it is.
func centred(v, mean []float32) []float32 {
	if v == nil {
		return nil
	}
	out := slices.Clone(v)
	if len(mean) == len(v) {
		for i := range out {
			out[i] -= mean[i]
		}
	}
	n := math.Sqrt(dot(out, out))
	if n == 0 {
		return out
	}
	for i := range out {
		out[i] /= float32(n)
	}
	return out
}

// cosine is that of two vectors, of both encoders alike.
func (v vector) cosine(o vector) float64 {
	if v.quick == nil || o.quick == nil {
		return dot(v.strong, o.strong)
	}
	return (dot(v.strong, o.strong) + dot(v.quick, o.quick)) / 2
}

// ofWords is [vector.cosine] of single words, of which the quick encoder knows more.
func (v vector) ofWords(o vector) float64 {
	const quick = 0.7
	if v.quick == nil || o.quick == nil {
		return dot(v.strong, o.strong)
	}
	return (1-quick)*dot(v.strong, o.strong) + quick*dot(v.quick, o.quick)
}

// and is the vector of two texts together.
func (v vector) and(o vector) vector { return vector{sum(v.strong, o.strong), sum(v.quick, o.quick)} }

func sum(a, b []float32) []float32 {
	if len(a) != len(b) || a == nil {
		return nil
	}
	out := make([]float32, len(a))
	for i := range a {
		out[i] = a[i] + b[i]
	}
	return centred(out, nil)
}

func dot(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	s := float32(0)
	for i := range a {
		s += a[i] * b[i]
	}
	return float64(s)
}
