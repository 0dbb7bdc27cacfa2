package lexicon

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestSkeletonIndexMatch(t *testing.T) {
	var x SkeletonIndex
	for _, stem := range []string{"زيلينسك", "زيلنسك", "زلزال", "بوت", "ماكر", "تيمور", "قذاف", "zelenski", "gaddafi", "qaddafi", "schwarzenegg", "marco"} {
		x.Add(stem)
	}
	tests := []struct {
		name, norm string
		want       []string
	}{
		{"both spellings, the nearer first", "zelensky", []string{"زيلينسك", "زيلنسك"}},
		{"an end the stemmer took for ون", "macron", []string{"ماكر"}},
		{"a beginning the stemmer took for بال", "baltimore", []string{"تيمور"}},
		{"an article", "القذافي", []string{"qaddafi", "gaddafi"}},
		{"a preposition", "لزيلينسكي", []string{"zelenski"}},
		{"an end the stemmer took for er", "شوارزنيغر", []string{"schwarzenegg"}},
		{"an end the stemmer took for s", "ماركوس", []string{"marco"}},
		{"nothing alike", "netanyahu", nil},
		{"too short", "aoki", nil},
		{"no letters", "2024", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, m := range x.Match(tt.norm) {
				got = append(got, m.Word)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Match(%s) = %v, want %q", tt.norm, x.Match(tt.norm), tt.want)
			}
		})
	}
}

func TestSkeletonIndexSpellings(t *testing.T) {
	var x SkeletonIndex
	for _, stem := range []string{"zelenski", "zelenskyy", "gaddafi", "qaddafi", "ترامب", "trump"} {
		x.Add(stem)
	}
	for stem, want := range map[string]string{"zelenski": "zelenskyy", "gaddafi": "qaddafi", "ترمب": "ترامب", "trump": ""} {
		got := ""
		for _, m := range x.Spellings(stem) {
			got += m.Word
		}
		if got != want {
			t.Errorf("Spellings(%s) = %v, want %q", stem, x.Spellings(stem), want)
		}
	}
}

func TestMatchIsBounded(t *testing.T) {
	var x SkeletonIndex
	for range 20 {
		x.Add("زيلنسك")
		x.Add("زيلينسك")
	}
	got := x.Match("zelensky")
	if len(got) != maxMatches {
		t.Fatalf("Match finds %d words, want %d", len(got), maxMatches)
	}
	if !slices.IsSortedFunc(got, func(a, b NameMatch) int { return int(1000 * (b.Similarity - a.Similarity)) }) {
		t.Errorf("Match = %v, want the best first", got)
	}
}

// TestSkeletonIndexKeepsStep adds and removes words at random and compares with
// an index made afresh.
func TestSkeletonIndexKeepsStep(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := randomWords(random, 400)
	var x SkeletonIndex
	held := make(map[string]bool)
	for range 5000 {
		w := words[random.IntN(len(words))]
		if held[w] {
			x.Remove(w)
			delete(held, w)
		} else {
			x.Add(w)
			held[w] = true
		}
	}
	var fresh SkeletonIndex
	for w := range held {
		fresh.Add(w)
	}
	found := 0
	for _, w := range words {
		got, want := x.Match(w), fresh.Match(w)
		found += len(want)
		if !slices.Equal(got, want) {
			t.Fatalf("Match(%s) = %v, an index made afresh has %v", w, got, want)
		}
	}
	if found == 0 {
		t.Error("no word has a match: the test says nothing")
	}
	for w := range held {
		x.Remove(w)
	}
	if n := len(x.arabic.first) + len(x.latin.first); n != 0 {
		t.Errorf("%d skeletons are left when every word was removed", n)
	}
}

func TestRemoveUnknown(t *testing.T) {
	var x SkeletonIndex
	x.Remove("zelenski")
	x.Add("zelenski")
	x.Remove("zelenskij")
	x.Remove("zelenskyy")
	if got := x.Match("زيلينسكي"); len(got) != 1 {
		t.Errorf("Match = %v after removing words that were never added, want one", got)
	}
}

func TestRemoveGivesRoomBack(t *testing.T) {
	var x SkeletonIndex
	for range 100 {
		x.Add("zelenski")
		x.Remove("zelenski")
	}
	if words, places := len(x.latin.words), len(x.latin.places); words > 1 || places > 1+maxIndexed {
		t.Errorf("a word added and removed a hundred times takes %d words and %d places", words, places)
	}
	if x.latin.words[0] != "" {
		t.Error("a removed word is kept alive")
	}
}

// randomWords returns made-up words of both scripts, each once.
func randomWords(random *rand.Rand, n int) []string {
	latin := strings.Split("ba de ki lo mu ra si to na fe sh ch ga ho ja zi vo ber man ov sk ent ar ul", " ")
	arabic := strings.Split("با دي كي لو مو را سي تو نا في ش تش غا هو جا زي فو بر من وف سك نت ار ول ال ح ع ق", " ")
	seen := make(map[string]bool, n)
	words := make([]string, 0, n)
	for len(words) < n {
		syllables := latin
		if len(words)%2 == 1 {
			syllables = arabic
		}
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		if w := b.String(); !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

// BenchmarkSkeletonIndexMatch looks names up among 200,000 made-up words, which
// are more alike than real ones.
func BenchmarkSkeletonIndexMatch(b *testing.B) {
	var x SkeletonIndex
	for _, w := range randomWords(rand.New(rand.NewPCG(1, 2)), 200_000) {
		x.Add(w)
	}
	for _, w := range []string{"zelensky", "زيلينسكي", "macron", "بايدن", "schwarzenegger"} {
		b.Run(w, func(b *testing.B) {
			for b.Loop() {
				x.Match(w)
			}
		})
	}
}

// BenchmarkSkeletonIndexAdd reports what a word takes beside its string.
func BenchmarkSkeletonIndexAdd(b *testing.B) {
	words := randomWords(rand.New(rand.NewPCG(1, 2)), 200_000)
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		var x SkeletonIndex
		for _, w := range words {
			x.Add(w)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(x)
	}
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/float64(len(words)), "B/word")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(words)), "ns/word")
}

func BenchmarkSimilarity(b *testing.B) {
	for _, p := range [][2]string{{"zelensky", "زيلينسكي"}, {"schwarzenegger", "شوارزنيغر"}} {
		b.Run(fmt.Sprint(p[0]), func(b *testing.B) {
			for b.Loop() {
				Similarity(p[0], p[1])
			}
		})
	}
}
