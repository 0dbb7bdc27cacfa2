package retrieval_test

import (
	"context"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"newsbot/retrieval"
)

const (
	// shakes is how many collections with other noise are asked to find out which
	// answers hang on next to nothing.
	shakes = 12
	// The portable kernel, which adds in another order than the others, moves
	// vectors by half as much as this.
	strongNoise = 0.02
	quickNoise  = 0.002
)

// A remembering encoder encodes every text once. It is for one goroutine.
type remembering struct {
	retrieval.Encoder
	questions, passages map[string][]float32
}

func remember(e retrieval.Encoder) remembering {
	return remembering{e, map[string][]float32{}, map[string][]float32{}}
}

func (r remembering) Question(ctx context.Context, text string) ([]float32, error) {
	if v := r.questions[text]; v != nil {
		return v, nil
	}
	v, err := r.Encoder.Question(ctx, text)
	if err == nil {
		r.questions[text] = v
	}
	return v, err
}

func (r remembering) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	var all [][]float32
	for _, text := range texts {
		if r.passages[text] == nil {
			vs, err := r.Encoder.Passages(ctx, []string{text})
			if err != nil {
				return nil, err
			}
			r.passages[text] = vs[0]
		}
		all = append(all, r.passages[text])
	}
	return all, nil
}

// A shaken encoder moves every vector by a little, the same way whenever the text
// is the same; each seed has other ways.
type shaken struct {
	retrieval.Encoder
	noise float64
	seed  uint64
}

func (s shaken) Question(ctx context.Context, text string) ([]float32, error) {
	v, err := s.Encoder.Question(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.shake(text, v), nil
}

func (s shaken) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	vs, err := s.Encoder.Passages(ctx, texts)
	if err != nil {
		return nil, err
	}
	shaken := make([][]float32, len(vs))
	for i, v := range vs {
		shaken[i] = s.shake(texts[i], v)
	}
	return shaken, nil
}

// shake returns a unit vector at about s.noise from v.
func (s shaken) shake(text string, v []float32) []float32 {
	h := fnv.New64a()
	h.Write([]byte(text))
	source := rand.New(rand.NewPCG(s.seed, h.Sum64()))
	step := s.noise / math.Sqrt(float64(len(v)))
	out, square := make([]float32, len(v)), 0.0
	for i := range v {
		out[i] = v[i] + float32(source.NormFloat64()*step)
		square += float64(out[i]) * float64(out[i])
	}
	for i := range out {
		out[i] /= float32(math.Sqrt(square))
	}
	return out
}

// shakenBlocks are the different blocks that questions have when every vector is
// shaken.
func (x *sampleIndex) shakenBlocks(t *testing.T, questions []sampleQuestion) map[string][][]string {
	t.Helper()
	strong, quick := remember(x.encoders.Strong), remember(x.encoders.Quick)
	all := map[string][][]string{}
	for seed := range uint64(shakes) {
		encoders := retrieval.Encoders{
			Strong: shaken{strong, strongNoise, seed}, Quick: shaken{quick, quickNoise, seed},
		}
		for question, block := range askAll(t, encoders, questions) {
			isIt := func(b []string) bool { return slices.Equal(b, block) }
			if !slices.ContainsFunc(all[question], isIt) {
				all[question] = append(all[question], block)
			}
		}
	}
	return all
}

// askAll asks a collection of its own.
func askAll(t *testing.T, encoders retrieval.Encoders, questions []sampleQuestion) blocks {
	t.Helper()
	x := &sampleIndex{encoders: encoders}
	defer func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := x.open(sampleArticles(t)); err != nil {
		t.Fatal(err)
	}
	return x.blocks(t, questions)
}
