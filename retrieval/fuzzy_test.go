package retrieval

import (
	"fmt"
	"slices"
	"testing"

	"newsbot/corpus/text"
)

// speller is an engine that holds documents of words, of which it knows the
// stems alone.
func speller(tb testing.TB, documents map[text.Language][]string) *Engine {
	tb.Helper()
	known, err := newGeneral()
	if err != nil {
		tb.Fatal(err)
	}
	e := &Engine{general: known, analyzer: text.NewAnalyzer(), words: map[text.Language]*fields{}}
	for lang, list := range documents {
		for i, d := range list {
			e.fields(lang).stems.add(int32(i), stems(e.analyzer.Terms(d)))
		}
	}
	return e
}

func TestSlips(t *testing.T) {
	e := speller(t, map[text.Language][]string{
		text.English: {"Zelenskyy visited Kharkiv, running brokerage", "Kharkov Kharkov", "kharkiw", "kharkib", "kharkib xharkix", "khrakix"},
		text.Arabic:  {"زيلينسكي في خاركيف"},
	})
	for _, tt := range []struct {
		name, word string
		want       []string
	}{
		{"a letter left out", "zelenskyy", nil}, // it is there
		{"left out", "zelensyy", []string{"zelenskyy"}},
		{"put in", "zelenskkyy", []string{"zelenskyy"}},
		{"replaced", "zelemskyy", []string{"zelenskyy"}},
		{"swapped", "zelesnkyy", []string{"zelenskyy"}},
		{"at the end, so that no ending is taken off", "runnign", []string{"run"}},
		{"at the beginning", "relenskyy", []string{"zelenskyy"}},
		{"begins alike, then the most frequent, then by letters", "kharkix", []string{"kharkib", "kharkiv", "kharkiw"}},
		{"two errors", "zelemskkyy", nil},
		{"short", "runn", nil},
		{"no word", "zelensyyzelensyyzelensyyzelensyy", nil},
		{"with a digit", "kharkiv2", nil},
		{"a word, though nobody wrote it", "brokerages", nil},
		{"Arabic", "زيليسكي", []string{"زيلينسك"}},
		{"another script", "Харків", nil},
		{"both scripts", "abcخارك", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, a := range e.slips(text.Term{Word: text.Word{Norm: tt.word}, Stem: text.Stem(tt.word)}) {
				got = append(got, a.stems...)
				if a.weight >= 1 || a.weight <= 0 {
					t.Errorf("%v weighs %v", a.stems, a.weight)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("slips(%q) = %q, want %q", tt.word, got, tt.want)
			}
		})
	}
}

func TestSlipsFollowTheCollection(t *testing.T) {
	e := speller(t, map[text.Language][]string{text.English: {"harbourmaster"}})
	typed := text.Term{Word: text.Word{Norm: "harborumaster"}, Stem: "harborumast"}
	if got := e.slips(typed); len(got) != 1 {
		t.Fatalf("slips = %v, want one", got)
	}
	e.words[text.English].stems.remove(0)
	if got := e.slips(typed); len(got) != 0 {
		t.Errorf("after the article is gone slips = %v", got)
	}
}

// TestNeighboursAreOneErrorAway compares with the definition over a small
// alphabet.
func TestNeighboursAreOneErrorAway(t *testing.T) {
	for _, word := range []string{"", "a", "ab", "aab", "abca"} {
		got := map[string]bool{}
		for n := range neighbours(word, []rune("abc"), 0) {
			got[n] = true
		}
		for _, other := range strings3(5) {
			if want := oneError(word, other); got[other] != want {
				t.Errorf("%q is a neighbour of %q: %v, want %v", other, word, got[other], want)
			}
		}
	}
}

// strings3 returns the strings over abc of up to n letters.
func strings3(n int) []string {
	out := []string{""}
	for from := 0; n > 0; n-- {
		to := len(out)
		for _, s := range out[from:to] {
			out = append(out, s+"a", s+"b", s+"c")
		}
		from = to
	}
	return out
}

// oneError reports whether two words of single bytes are one error apart.
func oneError(a, b string) bool {
	if a == b {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	swapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return swapped || len(a) <= 1 && len(b) <= 1
}

// BenchmarkSlips looks for what a word may have been meant for among 100,000.
func BenchmarkSlips(b *testing.B) {
	var documents []string
	for i := range 100_000 {
		documents = append(documents, fmt.Sprintf("word%xyz", i))
	}
	e := speller(b, map[text.Language][]string{text.English: append(documents, "international")})
	t := text.Term{Word: text.Word{Norm: "interntaionals"}, Stem: text.Stem("interntaionals")}
	for b.Loop() {
		if len(e.slips(t)) != 1 {
			b.Fatal("the word is not found")
		}
	}
}
