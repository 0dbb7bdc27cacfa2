package text

import (
	"maps"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestValid(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"fine", "غزة Gaza 🔥", "غزة Gaza 🔥"},
		{"invalid byte", "a\xffb", "a\uFFFDb"},
		{"run of invalid bytes", "a\xff\xfe\xfdb", "a\uFFFDb"},
		{"cut rune", "غز\xd8", "غز\uFFFD"},
		{"surrogate", "\xed\xa0\x80", "\uFFFD"},
		{"nul", "a\x00b", "ab"},
		{"nul and invalid", "\x00\xff\x00", "\uFFFD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Valid(tt.in); got != tt.want {
				t.Errorf("Valid(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestFoldDigits(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"nothing to fold", "عام 2025", "عام 2025"},
		{"arabic-indic", "٠١٢٣٤٥٦٧٨٩", "0123456789"},
		{"persian", "۰۱۲۳۴۵۶۷۸۹", "0123456789"},
		{"nothing else", "أُعلن في ١٥ آب", "أُعلن في 15 آب"},
		{"separators stay", "١٬٢٣٤٫٥", "1٬234٫5"},
		{"invalid bytes stay", "\xff١\xff", "\xff1\xff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FoldDigits(tt.in); got != tt.want {
				t.Errorf("FoldDigits(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestNormalize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"ascii", "Gaza", "gaza"},
		{"already normal", "gaza 2025", "gaza 2025"},
		{"alef", "آأإٱا", "ااااا"},
		{"final ya and persian ya", "مصطفى علی", "مصطفي علي"},
		{"persian kaf", "کتاب", "كتاب"},
		{"ta marbuta", "غزة", "غزه"},
		{"hamza on waw and ya stays", "رؤساء هيئة", "رؤساء هيئه"},
		{"diacritics", "مُحَمَّدٌ", "محمد"},
		{"dagger alef", "هٰذا", "هذا"},
		{"decomposed hamza", "ا\u0654حمد", "احمد"},
		{"decomposed hamza behind a vowel", "و\u064E\u0654", "ؤ"},
		{"tatweel", "أخبـــار", "اخبار"},
		{"rlm and lrm", "\u200fغزة\u200e", "غزه"},
		{"isolates and embeddings", "\u2067غزة\u2069 \u202bمصر\u202c", "غزه مصر"},
		{"zwnj", "می\u200cشود", "ميشود"},
		{"soft hyphen and byte order mark", "\ufeffco\u00adop", "coop"},
		{"arabic-indic and persian digits", "٢٠٢٥ ۲۰۲۵", "2025 2025"},
		{"fullwidth", "Ｇａｚａ２０", "gaza20"},
		{"presentation forms", "ﻏﺰﺓ ﻻ", "غزه لا"},
		{"ligature of 18 code points", "ﷺ", "صلي الله عليه وسلم"},
		{"allah ligature", "عبدﷲ", "عبدالله"},
		{"latin accents", "Beyoncé São Erdoğan Łódź Ørsted", "beyonce sao erdogan lodz orsted"},
		{"latin accents, decomposed", "Beyonce\u0301", "beyonce"},
		{"dotless and dotted i", "İzmir ısı", "izmir isi"},
		{"cyrillic", "МОСКВА", "москва"},
		{"invalid utf-8", "a\xffb", "a\uFFFDb"},
		{"invalid utf-8 among arabic", "غز\xff", "غز\uFFFD"},
		{"emoji", "🔥 نار", "🔥 نار"},
		{"jamo meeting when a mark between goes", "\u1100\u200d\u1161", "가"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Normalize(tt.in)
			if got != tt.want {
				t.Errorf("Normalize(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if again := Normalize(got); again != got {
				t.Errorf("Normalize(%q) = %q, then %q", tt.in, got, again)
			}
		})
	}
}

// TestNormalizeEveryRune holds the quick path against the full one, and both
// against what is promised of the result, for every rune there is.
func TestNormalizeEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := "ب" + string(r) + "b"
		got := Normalize(s)
		if again := Normalize(got); again != got {
			t.Errorf("Normalize(%U) = %q, then %q", r, got, again)
		}
		if full := foldAny(foldAny(s)); full != got {
			t.Errorf("Normalize(%U) = %q, by the full folding %q", r, got, full)
		}
		if i := strings.IndexFunc(got, forbiddenInNormal); i >= 0 {
			t.Errorf("Normalize(%U) = %q keeps a mark, format character or capital", r, got)
		}
	}
}

// forbiddenInNormal reports whether Normalize promises to leave no r.
func forbiddenInNormal(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Cf) || r >= 'A' && r <= 'Z' || strings.ContainsRune("آأإٱىیکةـ٠٩۰۹", r)
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"", "غزة", "ﷺ", "e\u0301\u200d", "\xff", "\u1100\u200d\u1161\u200d\u11a8", "ا\u200d\u0653", "ﹰ", "Å\u030a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Normalize(s)
		if again := Normalize(got); again != got {
			t.Errorf("Normalize(%q) = %q, then %q", s, got, again)
		}
		if !utf8.ValidString(got) {
			t.Errorf("Normalize(%q) = %q is not valid UTF-8", s, got)
		}
		if strings.ContainsFunc(got, forbiddenInNormal) {
			t.Errorf("Normalize(%q) = %q keeps a mark, format character or capital", s, got)
		}
	})
}

func FuzzValid(f *testing.F) {
	f.Add("a\xffb\x00")
	f.Fuzz(func(t *testing.T, s string) {
		got := Valid(s)
		if !utf8.ValidString(got) || strings.ContainsRune(got, 0) {
			t.Errorf("Valid(%q) = %q", s, got)
		}
		if utf8.ValidString(s) && !strings.ContainsRune(s, 0) && got != s {
			t.Errorf("Valid(%q) = %q changes what was valid", s, got)
		}
	})
}

func TestWordSet(t *testing.T) {
	got := WordSet("Gaza غزة\n\t في", "", "gaza ٢٠٢٥")
	want := map[string]bool{"gaza": true, "غزه": true, "في": true, "2025": true}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
