package retrieval

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// bridgeFacts tell the same of a bridge in both languages, a fact a sentence.
var bridgeFacts = []corpus.Article{
	{Title: "The new bridge of Valen", Source: "Test", Language: text.English, Body: strings.Join([]string{
		"The new bridge of Valen has changed life on both banks of the river.",
		"The bridge of Valen was opened in June 2019.",
		"The bridge of Valen was opened by the engineer Mara Quill.",
		"The bridge of Valen carries 4,200 cars a day.",
		"The bridge of Valen was closed because of cracks in its pillars.",
		"The bridge of Valen is loved by those who fish.",
	}, " ")},
	{Title: "جسر فالين الجديد", Source: "Test", Language: text.Arabic, Body: strings.Join([]string{
		"غيّر جسر فالين الجديد حياة السكان على ضفتي النهر.",
		"افتُتح جسر فالين في يونيو عام 2019.",
		"افتتحت جسر فالين المهندسة مارا كويل.",
		"تعبر جسر فالين يوميا 4200 سيارة.",
		"أُغلق جسر فالين بسبب تشققات في أعمدته.",
		"يحب هواة الصيد جسر فالين كثيرا.",
	}, " ")},
}

// TestSentenceHasWhatIsAsked wants the sentence with a time for a "when", with a number
// for a "how many", and so on.
func TestSentenceHasWhatIsAsked(t *testing.T) {
	b := newBench(t, bridgeFacts...)
	tests := []struct{ question, wanted string }{
		{"When was the bridge of Valen opened?", "June 2019"},
		{"In which year was the bridge of Valen opened?", "June 2019"},
		{"How many cars use the bridge of Valen?", "4,200"},
		{"Why was the bridge of Valen closed?", "cracks"},
		{"Who opened the bridge of Valen?", "Mara Quill"},
		{"متى افتتح جسر فالين؟", "2019"},
		{"في أي عام افتتح جسر فالين؟", "2019"},
		{"كم سيارة تعبر جسر فالين؟", "4200"},
		{"لماذا أغلق جسر فالين؟", "تشققات"},
		{"من افتتح جسر فالين؟", "مارا"},
	}
	for _, tt := range tests {
		lang := text.Detect(tt.question)
		a, err := b.engine.Ask(t.Context(), Question{Text: tt.question, Only: lang})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Citations) == 0 || !strings.Contains(a.Citations[0].Quote.Text, tt.wanted) {
			t.Errorf("%q is %s with %+v, want %q first", tt.question, a.Verdict, a.Citations, tt.wanted)
		}
	}
}

// TestSentences gathers what an answer chooses from, by the present weights.
func TestSentences(t *testing.T) {
	b := newBench(t, bridgeFacts...)
	other := b.add(corpus.Article{Title: "Bakers", Source: "Test", Body: "Bakers in the old town start work at three. Few sell rye."})
	b.encode()
	b.refresh()
	question := Question{Text: "How many cars use the bridge of Valen?"}
	found, err := b.engine.Sentences(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	best := slices.MaxFunc(found, func(x, y Sentence) int {
		if scored(x) < scored(y) {
			return -1
		}
		return 1
	})
	if quote := b.ask(question.Text).Citations[0].Quote; quote.Text != best.Quote || quote.Start != best.Start || quote.End != best.End {
		t.Errorf("the best sentence is %+v, quoted is %+v", best, quote)
	}
	question.Within = []string{other}
	given, err := b.engine.Sentences(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range given {
		if s.ArticleID != other || len(s.Signs) != len(SignNames()) {
			t.Errorf("a sentence of the article given is %+v", s)
		}
	}
	if len(given) != 2 {
		t.Errorf("an article of two sentences gives %d", len(given))
	}
	if _, err := b.engine.Sentences(t.Context(), Question{Text: "?"}); !errors.Is(err, ErrEmptyQuestion) {
		t.Errorf("asked nothing: %v", err)
	}
}

func scored(s Sentence) float64 {
	var sum float64
	for i, w := range SignWeights() {
		sum += w * s.Signs[i]
	}
	return sum
}
