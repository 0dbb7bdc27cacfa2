package check

import (
	"testing"

	"newsbot/corpus/text"
)

// A body in the place of another one of the passage is found, and one that is meant is not.
func TestOtherBody(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the encoders: not with -short")
	}
	const english = "The central bank raised its interest rate by two points on Monday. The government promised to cut taxes on bread before the summer."
	const arabic = "قال البنك المركزي في بيان إنه يريد خفض التضخم. ووعدت الحكومة بخفض الضرائب على الخبز قبل الصيف."
	tests := []struct {
		claim, source string
		want          Kind
	}{
		{"The government raised its interest rate by two points.", english, Speaker},
		{"The central bank promised to cut taxes on bread.", english, Speaker},
		{"The bank raised its interest rate by two points.", english, Fine},
		{"The government promised to cut taxes on bread.", english, Fine},
		{"The cabinet promised to cut taxes on bread.", english, Fine},
		{"The ministry raised its interest rate by two points.", english, Fine}, // the source has none: it may be meant
		{"قالت الحكومة في بيان إنها تريد خفض التضخم.", arabic, Speaker},
		{"قال البنك المركزي إنه يريد خفض التضخم.", arabic, Fine},
		{"The government said in a statement that it wanted to bring down inflation.", arabic, Speaker},
		{"The central bank said in a statement that it wanted to bring down inflation.", arabic, Fine},
	}
	c := encodersChecker(t)
	for _, tt := range tests {
		claim := Claim{Text: tt.claim, Language: text.Detect(tt.claim), Sources: []Source{{N: 1, Text: tt.source, Language: text.Detect(tt.source)}}}
		got, err := c.speakers(t.Context(), claim)
		if err != nil {
			t.Fatal(err)
		}
		if got.Kind != tt.want {
			t.Errorf("%q: %q in %q, want %q", tt.claim, got.Kind, got.What, tt.want)
		}
	}
}

func TestBodySubject(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The central bank raised interest rates.", "bank"},
		{"On the advice of the government it closed.", ""},
		{"Shares of the bank fell.", ""},
		{"وأعلنت الحكومة أنها ستدرس الأمر.", "الحكومة"},
	}
	for _, tt := range tests {
		r := readingOf(t, tt.text)
		got := ""
		if i := r.bodySubject(r.clauses[0]); i >= 0 {
			got = r.text[r.words[i].Start:r.words[i].End]
		}
		if got != tt.want {
			t.Errorf("bodySubject of %q = %q, want %q", tt.text, got, tt.want)
		}
	}
}
