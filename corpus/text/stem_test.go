package text

import "testing"

func TestStemIsThatOfTerms(t *testing.T) {
	a := NewAnalyzer()
	const words = "running countries nasa's players' international don't O'Neill المدينة والكتاب بيوتهم الاجتماعات 2022 Харків"
	for _, term := range a.Terms(words) {
		if got := Stem(term.Norm); got != term.Stem {
			t.Errorf("Stem(%q) = %q, want %q", term.Norm, got, term.Stem)
		}
	}
	if got := Stem(""); got != "" {
		t.Errorf("Stem of nothing = %q", got)
	}
}
