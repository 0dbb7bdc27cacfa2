package typing

import (
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/corpus/text"
)

func variant(t *testing.T, name string) Variant {
	t.Helper()
	for _, v := range Variants() {
		if v.Name == name {
			return v
		}
	}
	t.Fatalf("there is no variant %q", name)
	return Variant{}
}

func TestVariantsWithoutChance(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"no-hamza", "أين آخر إعلان لرئيس مؤتمر؟", "اين اخر اعلان لرييس موتمر؟"},
		{"ha-for-ta", "مدينة كبيرة", "مدينه كبيره"},
		{"ya-swapped", "مستشفى في القدسي", "مستشفي فى القدسى"},
		{"ya-swapped", "يقيم", "يقيم"}, // only at the end of a word
		{"persian", "كتاب فى بيتي", "کتاب فی بیتی"},
		{"digits", "عام 2022", "عام ٢٠٢٢"},
		{"capitals", "What's new?", "WHAT'S NEW?"},
		{"no-apostrophes", "What's NASA’s plan?", "Whats NASAs plan?"},
		{"typo", "who won it", "who won it"}, // no word is long enough
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := variant(t, tt.name).Apply(tt.in, 1); got != tt.want {
				t.Errorf("Apply(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestAddedMarksNormalizeAway looks at what is put in: it is there, and it is all
// that was.
func TestAddedMarksNormalizeAway(t *testing.T) {
	const question = "متى وقع الزلزال الأول في تركيا وسوريا؟"
	for _, name := range []string{"marks", "diacritics"} {
		got := variant(t, name).Apply(question, 3)
		if got == question || text.Normalize(got) != text.Normalize(question) {
			t.Errorf("%s: Apply(%q) = %q", name, question, got)
		}
	}
}

func TestTypoIsOneEditOfALongWord(t *testing.T) {
	const question = "Which countries joined the bloc in Johannesburg, South Africa?"
	apply := variant(t, "typo").Apply
	different := map[string]bool{}
	for seed := range uint64(300) {
		got := apply(question, seed)
		if got != apply(question, seed) {
			t.Fatalf("seed %d gives %q, then another", seed, got)
		}
		different[got] = true
		if got == question {
			t.Fatalf("seed %d changes nothing", seed)
		}
		was, is := strings.Fields(question), strings.Fields(got)
		for i, word := range was {
			long := utf8.RuneCountInString(strings.Trim(word, ",?")) >= slipFrom
			if n := edits(word, is[i]); n > 1 || n == 1 && !long {
				t.Errorf("seed %d: %q became %q", seed, word, is[i])
			}
		}
	}
	if len(different) < 100 {
		t.Errorf("300 seeds give %d different questions", len(different))
	}
}

// edits is 0 for equal strings, 1 for those one edit apart, 2 for others.
func edits(a, b string) int {
	if a == b {
		return 0
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	swapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	if len(a) <= 1 && len(b) <= 1 || swapped {
		return 1
	}
	return 2
}

func FuzzApply(f *testing.F) {
	f.Add("What's new in Johannesburg?", uint64(1))
	f.Add("متى وقع الزلزال 2023؟", uint64(2))
	f.Add("\xff\u0651 aaaaa", uint64(3))
	f.Fuzz(func(t *testing.T, question string, seed uint64) {
		for _, v := range Variants() {
			if got := v.Apply(question, seed); got != v.Apply(question, seed) {
				t.Errorf("%s: Apply(%q, %d) differs from call to call", v.Name, question, seed)
			}
		}
	})
}
