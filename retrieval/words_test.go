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
	translations := func(s ...string) (out []alternative) {
		for _, word := range s {
			out = append(out, alternative{words(word), 0.5, true})
		}
		return out
	}
	tests := []struct {
		name         string
		alternatives []alternative
		want         map[int32]float64
		df           float64
	}{
		{"one word", said(1, "summit"), map[int32]float64{1: 2}, 1},
		{"synonyms are one term", said(1, "summit", "alaska", "price"), map[int32]float64{1: 2, 2: 1}, 2},
		{"weights", said(0.5, "oil"), map[int32]float64{1: 0.5, 2: 0.5, 3: 0.5}, 3},
		{"a phrase needs all its words", said(1, "north pole"), map[int32]float64{3: 1}, 1},
		{"a phrase with a word nobody has", said(1, "north star"), map[int32]float64{}, 0},
		{"a phrase that begins with a word nobody has", said(1, "star north"), map[int32]float64{}, 0},
		{"unknown", said(1, "gold"), map[int32]float64{}, 0},
		{"no word", []alternative{{weight: 1}}, map[int32]float64{}, 0},
		{"translations add up", translations("summit", "alaska", "oil"), map[int32]float64{1: 2, 2: 0.5, 3: 0.5}, 2.5},
		{"beside another spelling", append(translations("summit", "oil"), said(1, "price")...), map[int32]float64{1: 1.5, 2: 1.5, 3: 0.5}, 2.5},
	}
	a := &account{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a.count(w, tt.alternatives)
			if diff := cmp.Diff(tt.want, a.group.found()); diff != "" || a.group.df != tt.df {
				t.Errorf("count(%v): df %v, want %v; %s", tt.alternatives, a.group.df, tt.df, diff)
			}
		})
	}
}

// said makes spellings of one weight.
func said(weight float64, phrases ...string) (out []alternative) {
	for _, p := range phrases {
		out = append(out, alternative{stems: words(p), weight: weight})
	}
	return out
}

// found returns what a tally holds by document.
func (t *tally) found() map[int32]float64 {
	out := map[int32]float64{}
	for _, doc := range t.docs {
		out[doc] = t.cells[doc].tf
	}
	return out
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
	if w.length != want.length || w.count != want.count {
		t.Errorf("after removing: %d words in %d documents, want %d in %d", w.length, w.count, want.length, want.count)
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
	s := w.saturation()
	one, four := s.of(1, 1), s.of(1, 4)
	if one >= four || four >= bm25K1+1 {
		t.Errorf("of one = %v, of four = %v, want rising, below %v", one, four, bm25K1+1)
	}
	if long := s.of(2, 1); long >= one {
		t.Errorf("in a long document = %v, want less than %v", long, one)
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
