package lexicon

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/corpus/text"
)

func TestSkeletons(t *testing.T) {
	tests := []struct {
		word string
		want []string
	}{
		{"Trump", []string{"trmb"}},
		{"ترامب", []string{"trmb"}},
		{"Schumer", []string{"cmr"}},
		{"Cyprus", []string{"sbrs", "cbrs", "sbr", "cbr"}},
		{"قطر", []string{"ktr", "gtr"}},
		{"Muhammad", []string{"md", "m"}},
		{"Tchaikovsky", []string{"ckfsk"}},
		{"Xavier", []string{"cfr", "sfr"}},
		{"Aoki", nil},
		{"أبو", nil},
		{"", nil},
		{"2024", nil},
		{"haha", nil},
		{"Москва", nil},
		{strings.Repeat("m", 10_000), nil},
		{strings.Repeat("كتب", 10_000), []string{"ktbktbktbktb"}},
	}
	for _, tt := range tests {
		t.Run(tt.word[:min(len(tt.word), 8)], func(t *testing.T) {
			if got := Skeletons(text.Normalize(tt.word)); !slices.Equal(got, tt.want) {
				t.Errorf("Skeletons(%.40s) = %q, want %q", tt.word, got, tt.want)
			}
		})
	}
}

// A wordPair is two words; oneWay says that only the first finds the second.
type wordPair struct {
	a, b   string
	oneWay bool
}

// wordPairs reads the pairs of a file in testdata.
func wordPairs(t *testing.T, file string, least int) []wordPair {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var pairs []wordPair
	for line := range strings.Lines(string(raw)) {
		if fields := strings.Split(strings.TrimSpace(line), "\t"); len(fields) > 1 {
			pairs = append(pairs, wordPair{fields[0], fields[1], len(fields) > 2})
		}
	}
	if len(pairs) < least {
		t.Fatalf("%s has %d pairs, want at least %d", file, len(pairs), least)
	}
	return pairs
}

// meets reports whether a question's word finds another in a collection.
func meets(a *text.Analyzer, asked, written string) bool {
	question, word := a.Terms(asked)[0], a.Terms(written)[0]
	var x SkeletonIndex
	x.Add(word.Stem)
	return len(x.Match(question.Norm))+len(x.Spellings(question.Stem)) > 0
}

func TestAlike(t *testing.T) {
	a := text.NewAnalyzer()
	for _, p := range wordPairs(t, "alike.tsv", 120) {
		t.Run(p.a+" "+p.b, func(t *testing.T) {
			if got := Similarity(text.Normalize(p.a), text.Normalize(p.b)); got < minSimilarity {
				t.Errorf("Similarity = %.2f, want at least %v", got, minSimilarity)
			}
			if !meets(a, p.a, p.b) {
				t.Errorf("%s does not find %s", p.a, p.b)
			}
			if !p.oneWay && !meets(a, p.b, p.a) {
				t.Errorf("%s does not find %s", p.b, p.a)
			}
		})
	}
}

func TestUnlike(t *testing.T) {
	a := text.NewAnalyzer()
	for _, p := range wordPairs(t, "unlike.tsv", 60) {
		t.Run(p.a+" "+p.b, func(t *testing.T) {
			if meets(a, p.a, p.b) {
				t.Errorf("%s finds %s", p.a, p.b)
			}
			if meets(a, p.b, p.a) {
				t.Errorf("%s finds %s", p.b, p.a)
			}
		})
	}
}

func TestSimilarityOrder(t *testing.T) {
	tests := []struct{ word, nearer, farther string }{
		{"biden", "بايدن", "بدن"},
		{"obama", "اوباما", "وبما"},
		{"merkel", "ميركل", "مراكل"},
		{"macron", "ماكرون", "مكرونه"},
		{"زيلينسكي", "zelensky", "zelnick"},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			near, far := Similarity(tt.word, tt.nearer), Similarity(tt.word, tt.farther)
			if near <= far {
				t.Errorf("Similarity to %s = %.3f, to %s %.3f: want more and less", tt.nearer, near, tt.farther, far)
			}
		})
	}
}

func FuzzSkeletons(f *testing.F) {
	for _, s := range []string{"zelenski", "قذاف", "tschechow", "تشش", "دج", "xx", "\xff", "æß", strings.Repeat("ch", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		keys := Skeletons(s)
		if len(keys) > maxSkeletons {
			t.Errorf("Skeletons(%q) has %d, want at most %d", s, len(keys), maxSkeletons)
		}
		for _, k := range keys {
			if len(k) > maxBones || !utf8.ValidString(k) || strings.Trim(k, classLetters[1:]) != "" {
				t.Errorf("Skeletons(%q) has %q", s, k)
			}
		}
		var x SkeletonIndex
		x.Add(s)
		for _, m := range append(x.Match(s), x.Spellings(s)...) {
			t.Errorf("%q is found by itself: %v", s, m)
		}
		x.Remove(s)
		if n := len(x.arabic.first) + len(x.latin.first); n > 0 {
			t.Errorf("after Remove(%q) %d skeletons are left", s, n)
		}
	})
}

func FuzzSimilarity(f *testing.F) {
	f.Add("zelenski", "زيلينسك")
	f.Add("gaddafi", "qadhafi")
	f.Add("تشرشل", "churchil")
	f.Add("\xff\xfe", "ب")
	f.Add(strings.Repeat("b", 100), strings.Repeat("ba", 100))
	f.Fuzz(func(t *testing.T, a, b string) {
		ab, ba := Similarity(a, b), Similarity(b, a)
		if ab != ba || !(ab >= 0 && ab <= 1) {
			t.Errorf("Similarity(%q, %q) = %v, the other way round %v: want the same in [0, 1]", a, b, ab, ba)
		}
		if self := Similarity(a, a); self != 0 && self != 1 {
			t.Errorf("Similarity(%q, itself) = %v, want 0 or 1", a, self)
		}
	})
}
