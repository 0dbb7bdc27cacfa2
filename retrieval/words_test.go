package retrieval

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func words(s string) []string { return strings.Fields(s) }

func TestWordIndexCount(t *testing.T) {
	w := newWordIndex()
	w.add(1, words("summit alaska summit oil"))
	w.add(2, words("oil price"))
	w.add(3, words("north pole oil north"))
	tests := []struct {
		name         string
		alternatives []alternative
		want         tally
	}{
		{"one word", []alternative{{words("summit"), 1}}, tally{1: 2}},
		{"synonyms are one term", []alternative{{words("summit"), 1}, {words("alaska"), 1}, {words("price"), 1}}, tally{1: 2, 2: 1}},
		{"weights", []alternative{{words("oil"), 0.5}}, tally{1: 0.5, 2: 0.5, 3: 0.5}},
		{"a phrase needs all its words", []alternative{{words("north pole"), 1}}, tally{3: 1}},
		{"a phrase with a word nobody has", []alternative{{words("north star"), 1}}, tally{}},
		{"unknown", []alternative{{words("gold"), 1}}, tally{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, w.count(tt.alternatives)); diff != "" {
				t.Errorf("count(%v): %s", tt.alternatives, diff)
			}
		})
	}
}

// TestWordIndexRemoveLeavesNothing adds and removes documents in random order
// and compares with an index that never held the removed ones.
func TestWordIndexRemoveLeavesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		out := make([]string, 1+r.IntN(20))
		for i := range out {
			out[i] = fmt.Sprint("w", r.IntN(30))
		}
		return out
	}
	w, want := newWordIndex(), newWordIndex()
	docs := map[int32][]string{}
	for _, doc := range r.Perm(200) {
		docs[int32(doc)] = text()
		w.add(int32(doc), docs[int32(doc)])
	}
	for doc := range int32(200) {
		if r.IntN(2) == 0 {
			w.remove(doc)
			delete(docs, doc)
		}
	}
	for doc := range int32(200) {
		if d, ok := docs[doc]; ok {
			want.add(doc, d)
		}
	}
	w.remove(7777) // unknown: nothing happens
	if w.length != want.length || len(w.docs) != len(want.docs) {
		t.Errorf("after removing: %d words in %d documents, want %d in %d", w.length, len(w.docs), want.length, len(want.docs))
	}
	for i := range 30 {
		word := fmt.Sprint("w", i)
		if got, want := w.lookup(word), want.lookup(word); !slices.Equal(got, want) {
			t.Errorf("lookup(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestSaturateRisesAndFlattens(t *testing.T) {
	w := newWordIndex()
	w.add(1, words("a a a a b"))
	w.add(2, words("a b c d e f g h i j k l m n o"))
	one, four := w.saturate(1, 1), w.saturate(1, 4)
	if one >= four || four >= bm25K1+1 {
		t.Errorf("saturate(1) = %v, saturate(4) = %v, want rising, below %v", one, four, bm25K1+1)
	}
	if long := w.saturate(2, 1); long >= one {
		t.Errorf("saturate in a long document = %v, want less than %v", long, one)
	}
}

func TestIDFBlendsWithBackground(t *testing.T) {
	common, rare := idf(1, 1, 0.5), idf(1, 1, 0.0001)
	if common >= rare {
		t.Errorf("in a collection of one passage idf of a common word = %v, want less than a rare one's %v", common, rare)
	}
	if a, b := idf(50_000, 100_000, 0.0001), idf(50_000, 100_000, 0.01); a/b > 1.05 || a/b < 0.95 {
		t.Errorf("in a large collection the background decides: %v and %v", a, b)
	}
}
