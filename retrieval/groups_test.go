package retrieval

import (
	"math"
	"slices"
	"testing"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// analyser is an engine that only analyses.
func analyser(t testing.TB) *Engine {
	t.Helper()
	a := text.NewAnalyzer()
	lex, err := lexicon.Default(a)
	if err != nil {
		t.Fatal(err)
	}
	known, err := newGeneral()
	if err != nil {
		t.Fatal(err)
	}
	e := &Engine{analyzer: a, general: known}
	e.lexicon.Store(lex)
	return e
}

func (e *Engine) mustAnalyse(t *testing.T, question string) analysis {
	t.Helper()
	a, err := e.analyse(question)
	if err != nil {
		t.Fatalf("analyse(%q) = %v", question, err)
	}
	return a
}

// TestGroupsCoverAcrossLanguages asks which share of a question's groups the
// words of a text in the other language cover.
func TestGroupsCoverAcrossLanguages(t *testing.T) {
	e := analyser(t)
	tests := []struct {
		question, passage string
		want              int // groups covered
	}{
		{"Where did Trump and Putin meet?", "عقد ترامب اجتماعا مع بوتين في المدينة", 3},
		{"What did Putin say about the Arctic?", "وقال بوتين إن التعاون في القطب الشمالي ممكن", 3},
		{"ماذا قال زيلينسكي؟", "Zelenskyy said the talks would go on", 2},
		{"Who won the World Cup?", "فازت الأرجنتين بكأس العالم", 2},
		{"oil price", "انخفض سعر النفط اليوم", 1},
		{"oil price", "هطلت أمطار غزيرة على الساحل", 0},
	}
	for _, tt := range tests {
		a := e.mustAnalyse(t, tt.question)
		got := 0
		for _, c := range newCoverer(a.groups).cover(wordSet(e.analyzer.Terms(tt.passage))) {
			if c > 0 {
				got++
			}
		}
		if got != tt.want {
			t.Errorf("%q covers %d of %d groups of %q, want %d", tt.passage, got, len(a.groups), tt.question, tt.want)
		}
	}
}

// TestGroupsWordsAsArticlesWriteThem looks at the forms that get a vector: the
// encoder does not know capitals and the letters of another keyboard from other
// words.
func TestGroupsWordsAsArticlesWriteThem(t *testing.T) {
	e := analyser(t)
	for _, tt := range []struct {
		question string
		want     []string
	}{
		{"Which bakery sells NATO bagels?", []string{"bakery", "sells", "NATO", "bagels"}},
		{"WHICH BAKERY SELLS BAGELS?", []string{"bakery", "sells", "bagels"}},
		{"کعکة\u200f فی المخبز", []string{"كعكة", "المخبز"}},
		{"مخبز کبیر", []string{"مخبز", "كبير"}},
	} {
		var got []string
		for _, g := range e.mustAnalyse(t, tt.question).groups {
			got = append(got, g.word.form)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("the words of %q are %q, want %q", tt.question, got, tt.want)
		}
	}
}

func TestGroupsMarkNamesAndYears(t *testing.T) {
	e := analyser(t)
	tests := []struct {
		question string
		want     int // proper groups
	}{
		{"What did Macron say about the talks?", 1},
		{"Who is Quentin Zorblax?", 2},
		{"WHO WON THE FINAL?", 0},
		{"Who Won The Final Match?", 0},
		{"Who won the final in 2018?", 1},
		{"من فاز بالنهائي عام ٢٠١٨؟", 1},
		{"How many of the 250 seats are free?", 0},
	}
	for _, tt := range tests {
		got := 0
		for _, g := range e.mustAnalyse(t, tt.question).groups {
			if g.proper {
				got++
			}
		}
		if got != tt.want {
			t.Errorf("%q: %d proper groups, want %d", tt.question, got, tt.want)
		}
	}
}

func TestHowWordsAreNotSearchedFor(t *testing.T) {
	e := analyser(t)
	for _, g := range e.mustAnalyse(t, "How long did the ceasefire hold?").groups {
		for _, a := range g.alternatives {
			if slices.Contains(a.stems, "long") {
				t.Errorf("the group %v holds the question's \"long\"", g.alternatives)
			}
		}
	}
}

func TestFormsOfArabicWords(t *testing.T) {
	g := group{alternatives: []alternative{{stems: words("اجتماع"), weight: 1}, {stems: words("meet"), weight: 1}, {stems: words("سن"), weight: 1}}}
	g.attach()
	var got []string
	for _, a := range g.alternatives {
		got = append(got, a.stems[0])
	}
	want := []string{"اجتماع", "meet", "سن", "باجتماع", "لاجتماع", "اجتماعا"}
	if !slices.Equal(got, want) {
		t.Errorf("attach = %v, want %v", got, want)
	}
}

// TestOwnWordIsKept asks with words that the lexicon knows in another form: the
// question's own stem must still be looked for.
func TestOwnWordIsKept(t *testing.T) {
	e := analyser(t)
	for _, word := range []string{"ثانيا", "عالميا", "جزءا", "للاجئين", "reporters", "بفرنسا"} {
		stem := e.analyzer.Terms(word)[0].Stem
		found := false
		for _, g := range e.mustAnalyse(t, word).groups {
			for _, a := range g.alternatives {
				found = found || slices.Equal(a.stems, []string{stem})
			}
		}
		if !found {
			t.Errorf("the groups of %q lack its own stem %q", word, stem)
		}
	}
}

// TestGroupSays trusts the translations of a word whose vector tells only how it is
// spelt less than those of a word that has a meaning.
func TestGroupSays(t *testing.T) {
	for _, tt := range []struct {
		csls       float64
		meaningful bool
		sure       float64
	}{{-0.1, true, 0}, {0.15, true, 0.5}, {0.3, true, 1}, {0.3, false, 0}, {0.45, false, 0.5}, {0.7, false, 1}} {
		var g group
		g.say([]translation{{"harbour", 1, tt.csls}}, tt.meaningful)
		if math.Abs(g.sure-tt.sure) > 1e-9 || (len(g.alternatives) > 0) != (tt.sure > 0) {
			t.Errorf("at a CSLS of %v, meaningful %v: sure %v with %d alternatives, want %v", tt.csls, tt.meaningful, g.sure, len(g.alternatives), tt.sure)
		}
	}
}
