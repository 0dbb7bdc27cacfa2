package retrieval_test

import (
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

// openSamples is an engine over the sample articles with the real encoder.
func openSamples(t *testing.T, articles []corpus.Article) *retrieval.Engine {
	t.Helper()
	strong, err := e5.New(e5.Options{})
	if err != nil {
		t.Fatal(err)
	}
	quick, err := use.New(use.Options{})
	if err != nil {
		t.Fatal(err)
	}
	encoders := retrieval.Encoders{Strong: strong, Quick: quick}
	dir := t.TempDir()
	store := openStore(t, dir)
	t.Cleanup(func() { closeStore(t, store) })
	addAll(t, store, articles)
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	engine, err := retrieval.Open(t.Context(), retrieval.Config{Store: store, Encoders: encoders})
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// outcomes of a sample question.
type outcomes struct{ asked, first, any, refused, unanswerable, kept int }

// TestSampleQuestions asks the samples' questions with the real encoder. Its
// bounds are a little below what is reached, so that only a real loss fails; the
// log names every question that goes wrong.
func TestSampleQuestions(t *testing.T) {
	if testing.Short() {
		t.Skip("encoding the samples takes seconds: not with -short")
	}
	engine := openSamples(t, sampleArticles(t))
	var o outcomes
	for line := range strings.Lines(string(samples.Questions())) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		question, wanted := fields[0], fields[len(fields)-1]
		answer, err := engine.Ask(t.Context(), retrieval.Question{Text: question})
		if err != nil {
			t.Fatalf("Ask(%q) = %v", question, err)
		}
		if fields[1] == "-" {
			o.unanswerable++
			if answer.Verdict != retrieval.Answered {
				o.kept++
				continue
			}
			t.Logf("answered, though nothing does: %s -> %s", question, answer.Citations[0].Quote.Text)
			continue
		}
		o.answerable(t, answer, strings.Split(wanted, "|"))
	}
	t.Logf("%+v", o)
	for _, b := range []struct {
		name      string
		got, of   int
		wantShare float64
	}{
		{"the wanted text in the first quote", o.first, o.asked, 0.68},
		{"the wanted text in any quote", o.any, o.asked, 0.81},
		{"answerable ones answered", o.asked - o.refused, o.asked, 0.94},
		{"unanswerable ones declined", o.kept, o.unanswerable, 0.50},
	} {
		if share := float64(b.got) / float64(b.of); share < b.wantShare {
			t.Errorf("%s: %d of %d, want at least %.2f", b.name, b.got, b.of, b.wantShare)
		}
	}
}

func (o *outcomes) answerable(t *testing.T, a retrieval.Answer, wanted []string) {
	t.Helper()
	o.asked++
	if a.Verdict != retrieval.Answered {
		o.refused++
		t.Logf("%s: %s", a.Verdict, a.Question)
		return
	}
	for i, c := range a.Citations {
		if !holdsOne(c.Quote.Text, wanted) {
			continue
		}
		o.any++
		if i == 0 {
			o.first++
			return
		}
		break
	}
	t.Logf("%s: first quote %q, want one of %q", a.Question, a.Citations[0].Quote.Text, wanted)
}

func holdsOne(quote string, wanted []string) bool {
	for _, w := range wanted {
		if strings.Contains(quote, w) {
			return true
		}
	}
	return false
}
