package retrieval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/retrieval"
)

// What the samples lack is said, with the real encoders, and what comes near is named.
func TestSampleRefusals(t *testing.T) {
	index := openSamples(t)
	words := func(s ...string) retrieval.Missing { return retrieval.Missing{Words: s} }
	tests := []struct {
		question string
		missing  retrieval.Missing
		verdict  retrieval.Verdict
		near     string // file of the article; "" for none
	}{
		{"Who is Jim Kolenko?", words("Jim Kolenko"), retrieval.Declined, ""},
		{"Who won the chess championship of Brazil?", words("chess"), retrieval.Declined, "brics-expansion.en"},
		{"من فاز ببطولة الشطرنج في البرازيل؟", words("الشطرنج"), retrieval.Nearest, ""},
		{"What did Trump and Putin agree in Helsinki in 2018?", retrieval.Missing{Apart: []string{"Putin", "Helsinki"}}, retrieval.Nearest, ""},
		{"Why did Putin cancel his trip to Brasilia?", words("Brasilia"), retrieval.Declined, "anchorage-summit.en"},
		{"متى زار الرئيس السنغالي موسكو؟", words("السنغالي"), retrieval.Declined, "fall-of-assad.ar"},
		{"كم عدد سكان المريخ؟", words("المريخ"), retrieval.Declined, ""},
		{"متى بدأت الحرب العالمية الأولى؟", words("الحرب العالمية الأولى"), retrieval.Declined, ""},
		{"Who wrote Hamlet?", retrieval.Missing{}, retrieval.Declined, ""},
		{"How many legs has a spider?", retrieval.Missing{}, retrieval.Declined, ""},
		{"When did Japan land on the Moon?", retrieval.Missing{}, retrieval.Declined, "chandrayaan-3-landing.en"},
		{"Quel est le prix du pétrole aujourd'hui ?", retrieval.Missing{}, retrieval.Declined, ""},
	}
	for _, tt := range tests {
		a, err := index.engine.Ask(t.Context(), retrieval.Question{Text: tt.question})
		if err != nil {
			t.Fatalf("Ask(%q) = %v", tt.question, err)
		}
		near := ""
		if a.Near != nil {
			near = index.files[a.Near.ArticleID]
		}
		if a.Verdict != tt.verdict || near != tt.near {
			t.Errorf("Ask(%q): %s, near %q, want %s, near %q", tt.question, a.Verdict, near, tt.verdict, tt.near)
		}
		if diff := cmp.Diff(tt.missing, a.Missing); diff != "" {
			t.Errorf("Ask(%q) is missing (-want +got):\n%s", tt.question, diff)
		}
	}
}
