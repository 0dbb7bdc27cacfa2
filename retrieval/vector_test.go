package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"newsbot/corpus/text"
)

func addVectors(t *testing.T, x *vectorIndex, lang text.Language, vs map[string][]float32) {
	t.Helper()
	for id, v := range vs {
		if err := x.add(t.Context(), lang, id, v); err != nil {
			t.Fatalf("add(%s) = %v", id, err)
		}
	}
}

// found returns the ids nearest to (1, 0).
func found(t *testing.T, x *vectorIndex, lang text.Language, n int) []string {
	t.Helper()
	near, err := x.nearest(t.Context(), lang, []float32{1, 0}, n)
	if err != nil {
		t.Fatalf("nearest = %v", err)
	}
	var ids []string
	for _, n := range near {
		ids = append(ids, n.id)
	}
	return ids
}

func TestVectorIndexRefusesWhatPoisons(t *testing.T) {
	x := newVectorIndex(2)
	addVectors(t, x, text.English, map[string][]float32{"good": {1, 0}})
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, v := range [][]float32{nil, {}, {1}, {1, 2, 3}, {0, 0}, {nan, 1}, {inf, 0}} {
		if err := x.add(t.Context(), text.English, "bad", v); err == nil {
			t.Errorf("add(%v) = nil, want an error", v)
		}
		if _, err := x.nearest(t.Context(), text.English, v, 1); err == nil {
			t.Errorf("nearest(%v) = nil, want an error", v)
		}
	}
	if got := found(t, x, text.English, 5); !slices.Equal(got, []string{"good"}) {
		t.Errorf("nearest = %v, want [good]", got)
	}
}

func TestVectorIndexClampsAndSeparatesLanguages(t *testing.T) {
	x := newVectorIndex(2)
	if got := found(t, x, text.English, 3); got != nil {
		t.Errorf("nearest in an empty index = %v, want none", got)
	}
	addVectors(t, x, text.English, map[string][]float32{"en1": {1, 0}, "en2": {0, 1}})
	addVectors(t, x, text.Arabic, map[string][]float32{"ar1": {1, 0}})
	if got := found(t, x, text.English, 100); !slices.Equal(got, []string{"en1", "en2"}) {
		t.Errorf("nearest = %v, want [en1 en2]", got)
	}
	if got := found(t, x, text.Arabic, 0); got != nil {
		t.Errorf("nearest(0) = %v, want none", got)
	}
}

func TestVectorIndexTiesAreOrderedByID(t *testing.T) {
	x := newVectorIndex(2)
	want := []string{}
	for i := range 300 {
		id := fmt.Sprintf("p%03d", i)
		want = append(want, id)
		addVectors(t, x, text.English, map[string][]float32{id: {1, 0}})
	}
	for range 5 {
		if got := found(t, x, text.English, 10); !slices.Equal(got, want[:10]) {
			t.Fatalf("nearest = %v, want the first ten by id", got)
		}
	}
}

func TestVectorIndexRemove(t *testing.T) {
	x := newVectorIndex(2)
	addVectors(t, x, text.English, map[string][]float32{"a": {1, 0}, "b": {0, 1}})
	for _, ids := range [][]string{nil, {}, {"unknown"}} {
		if err := x.remove(t.Context(), text.English, ids...); err != nil {
			t.Errorf("remove(%v) = %v", ids, err)
		}
		if x.count(text.English) != 2 {
			t.Fatalf("remove(%v) left %d of 2", ids, x.count(text.English))
		}
	}
	if err := x.remove(t.Context(), text.English, "a"); err != nil {
		t.Fatal(err)
	}
	if got := found(t, x, text.English, 5); !slices.Equal(got, []string{"b"}) {
		t.Errorf("after remove(a): %v, want [b]", got)
	}
	if err := x.remove(t.Context(), text.Other, "a"); err != nil {
		t.Errorf("remove in a language without passages = %v", err)
	}
}

func TestVectorIndexReportsCancelledContext(t *testing.T) {
	x := newVectorIndex(2)
	addVectors(t, x, text.English, map[string][]float32{"a": {1, 0}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.nearest(ctx, text.English, []float32{1, 0}, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("nearest with a cancelled context = %v, want context.Canceled", err)
	}
}

func TestVectorIndexNeverEncodes(t *testing.T) {
	if _, err := refuseToEmbed(t.Context(), "text"); !errors.Is(err, errNoEmbedding) {
		t.Errorf("refuseToEmbed = %v, want %v", err, errNoEmbedding)
	}
}
