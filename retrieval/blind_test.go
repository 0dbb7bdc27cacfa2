package retrieval_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/retrieval"
)

// A blind encoder encodes articles and no questions.
type blind struct{ retrieval.Encoder }

func (blind) Question(context.Context, string) ([]float32, error) {
	return nil, errors.New("the provider is down")
}

// TestSamplesWithoutEncoder asks the samples while the strong encoder fails: of the questions
// that they answer at least three in four are answered with what is wanted, and nothing that
// they lack is made up.
func TestSamplesWithoutEncoder(t *testing.T) {
	index := openSamples(t)
	encoders := index.encoders
	encoders.Strong = blind{encoders.Strong}
	engine, err := retrieval.Open(t.Context(), retrieval.Config{Store: index.store, Encoders: encoders})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(question string) retrieval.Answer {
		a, err := engine.Ask(t.Context(), retrieval.Question{Text: question})
		if err != nil {
			t.Fatalf("Ask(%q) = %v", question, err)
		}
		return a
	}
	raw, err := os.ReadFile(filepath.Join("..", "corpus", "samples", "questions.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	asked, right := 0, 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) < 4 || f[3] == "" {
			continue
		}
		asked++
		if a := ask(f[0]); a.Verdict == retrieval.Answered && quotesOne(&a, strings.Split(f[3], "|")) {
			right++
		}
	}
	t.Logf("%d of %d are answered with what is wanted", right, asked)
	if asked == 0 || 4*right < 3*asked {
		t.Errorf("%d of %d questions are answered with what is wanted, want three in four", right, asked)
	}
	for _, question := range []string{
		"Who is Jim Kolenko?", "Who won the chess championship of Brazil?", "من فاز ببطولة الشطرنج في البرازيل؟",
		"Why did Putin cancel his trip to Brasilia?", "متى زار الرئيس السنغالي موسكو؟", "كم عدد سكان المريخ؟",
		"متى بدأت الحرب العالمية الأولى؟", "Who wrote Hamlet?", "How many legs has a spider?", "When did Japan land on the Moon?",
		"Quel est le prix du pétrole aujourd'hui ?",
	} {
		if a := ask(question); a.Verdict == retrieval.Answered {
			t.Errorf("Ask(%q) is answered: %q", question, a.Citations[0].Quote.Text)
		}
	}
	if since, reason := engine.Down(); since.IsZero() || !strings.Contains(reason, "down") {
		t.Errorf("Down = %v, %q", since, reason)
	}
}

func quotesOne(a *retrieval.Answer, wanted []string) bool {
	for _, c := range a.Citations {
		for _, w := range wanted {
			if strings.Contains(c.Quote.Text, w) {
				return true
			}
		}
	}
	return false
}
