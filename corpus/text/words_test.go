package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	tests := []struct {
		name, text string
		words      []string // as written
		norms      []string
	}{
		{"empty", "", nil, nil},
		{"no words", " ?! $ % 🔥 ½ ", nil, nil},
		{"english", "Gaza, today.", []string{"Gaza", "today"}, []string{"gaza", "today"}},
		{"arabic", "«غزة»، اليوم؟", []string{"غزة", "اليوم"}, []string{"غزه", "اليوم"}},
		{"hyphen splits", "Elmendorf-Richardson إلمندورف-ريتشاردسون", []string{"Elmendorf", "Richardson", "إلمندورف", "ريتشاردسون"}, []string{"elmendorf", "richardson", "المندورف", "ريتشاردسون"}},
		{"apostrophes", "O’Neill's 'quoted' rock'n'roll", []string{"O’Neill's", "quoted", "rock'n'roll"}, []string{"o'neill's", "quoted", "rock'n'roll"}},
		{"decimals and groups", "3.5 1,000 1,234,567.", []string{"3.5", "1,000", "1,234,567"}, []string{"3.5", "1000", "1234567"}},
		{"arabic digits", "٣٫٥ و١٬٠٠٠", []string{"٣٫٥", "و", "١٬٠٠٠"}, []string{"3.5", "و", "1000"}},
		{"persian digits", "۱۲۳", []string{"۱۲۳"}, []string{"123"}},
		{"decimal comma", "3,5", []string{"3,5"}, []string{"3.5"}},
		{"groups with dots", "1.000.000", []string{"1.000.000"}, []string{"1000000"}},
		{"comma between years", "2018,2019", []string{"2018", "2019"}, []string{"2018", "2019"}},
		{"comma before space", "5, 6", []string{"5", "6"}, []string{"5", "6"}},
		{"currency and per cent", "$5m 30% €20", []string{"5m", "30", "20"}, []string{"5m", "30", "20"}},
		{"acronym", "the U.S. and U.N.", []string{"the", "U.S", "and", "U.N"}, []string{"the", "us", "and", "un"}},
		{"arabic acronym", "وكالة أ.ف.ب. أمس", []string{"وكالة", "أ.ف.ب", "أمس"}, []string{"وكاله", "افب", "امس"}},
		{"initials before a name", "J.K.Rowling", []string{"J.K", "Rowling"}, []string{"jk", "rowling"}},
		{"title glued to a name", "د.محمد", []string{"د", "محمد"}, []string{"د", "محمد"}},
		{"domain", "example.com", []string{"example", "com"}, []string{"example", "com"}},
		{"letters with digits", "COVID19 F16 21st", []string{"COVID19", "F16", "21st"}, []string{"covid19", "f16", "21st"}},
		{"arabic letters with digits", "و2002 2018م", []string{"و", "2002", "2018", "م"}, []string{"و", "2002", "2018", "م"}},
		{"arabic letters with latin", "الـGDP", []string{"الـ", "GDP"}, []string{"ال", "gdp"}},
		{"rlm inside", "غز\u200fة \u200fمصر\u200f", []string{"غز\u200fة", "مصر"}, []string{"غزه", "مصر"}},
		{"isolates around", "\u2067مصر\u2069", []string{"مصر"}, []string{"مصر"}},
		{"tatweel and marks", "مصـــر مُحَمَّدٌ ـ", []string{"مصـــر", "مُحَمَّدٌ"}, []string{"مصر", "محمد"}},
		{"presentation forms", "ﻏﺰﺓ ﻻ", []string{"ﻏﺰﺓ", "ﻻ"}, []string{"غزه", "لا"}},
		{"ligature is its own word", "محمدﷺ قال", []string{"محمد", "ﷺ", "قال"}, []string{"محمد", "صلياللهعليهوسلم", "قال"}},
		{"spacing marks", "مﹰا ﹰ ͺ", []string{"مﹰا"}, []string{"ما"}},
		{"mixed", "قمة COP28 في دبي", []string{"قمة", "COP28", "في", "دبي"}, []string{"قمه", "cop28", "في", "دبي"}},
		{"emoji between words", "نار🔥نار 👨‍👩‍👧", []string{"نار", "نار"}, []string{"نار", "نار"}},
		{"invalid utf-8", "a\xffb غ\xffز", []string{"a", "b", "غ", "ز"}, []string{"a", "b", "غ", "ز"}},
		{"word of a megabyte", strings.Repeat("ب", 1<<19), []string{strings.Repeat("ب", 1<<19)}, []string{strings.Repeat("ب", 64)}},
		{"long word", strings.Repeat("ب", 100), []string{strings.Repeat("ب", 100)}, []string{strings.Repeat("ب", 64)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var words, norms []string
			for _, w := range Words(tt.text) {
				words = append(words, tt.text[w.Start:w.End])
				norms = append(norms, w.Norm)
			}
			if diff := cmp.Diff(tt.words, words); diff != "" {
				t.Errorf("Words(%q): -want +got\n%s", tt.text, diff)
			}
			if diff := cmp.Diff(tt.norms, norms); diff != "" {
				t.Errorf("Words(%q).Norm: -want +got\n%s", tt.text, diff)
			}
		})
	}
}

func TestWordsOfRepeats(t *testing.T) {
	const size = 128 << 10
	for _, unit := range []string{"ب", "b", "1", "1,", "a.", "a'", "ب\u200f", "b\u0301", "🔥", "\xff", "ﷺ"} {
		s := strings.Repeat(unit, size/len(unit))
		for _, w := range Words(s) {
			if n := utf8.RuneCountInString(w.Norm); n > maxWordRunes {
				t.Errorf("%q over and over has a word of %d runes, want at most %d", unit, n, maxWordRunes)
			}
		}
	}
}

// checkSpans fails unless spans are valid for s, in order, without overlap, on
// rune edges and not empty.
func checkSpans(t *testing.T, s string, spans []Span) {
	t.Helper()
	end := 0
	for _, sp := range spans {
		if sp.Start < end || sp.End <= sp.Start || sp.End > len(s) {
			t.Fatalf("span %v of %q follows %d: out of order, empty or out of range", sp, s, end)
		}
		if !onRuneEdge(s, sp.Start) || !onRuneEdge(s, sp.End) {
			t.Fatalf("span %v of %q is not on rune edges", sp, s)
		}
		end = sp.End
	}
}

// onRuneEdge reports whether i does not split a valid rune of s.
func onRuneEdge(s string, i int) bool {
	for j := max(0, i-utf8.UTFMax+1); j < i; j++ {
		if r, size := utf8.DecodeRuneInString(s[j:]); r != utf8.RuneError && j+size > i {
			return false
		}
	}
	return true
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"U.S. 1,000", "أ.ف.ب", "غز\u200fة", "ﷺ", "o'neill's", "\xff", "ﹰ", "ͺ", "١٬٢٣٤٫٥", "a.b.c", "1.2.3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var spans []Span
		for _, w := range Words(s) {
			spans = append(spans, w.Span)
			if w.Norm == "" || utf8.RuneCountInString(w.Norm) > maxWordRunes || strings.ContainsAny(w.Norm, " \t\n\u00a0") {
				t.Errorf("Words(%q) has Norm %q", s, w.Norm)
			}
		}
		checkSpans(t, s, spans)
	})
}
