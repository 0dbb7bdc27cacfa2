package eval

import (
	"context"
	"errors"
	"testing"

	"newsbot/retrieval"
)

// Every question with a gold answer is gathered, given its document and to be found;
// what holds the answer is marked.
func TestGatherQuotes(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	cells, beside := map[[2]string]int{}, 0
	o := Options{Dirs: []string{city}, Encoders: fakes()}
	err := GatherQuotes(t.Context(), o, 0, func(s *QuoteSample) error {
		cells[[2]string{s.QueryLang, s.CorpusLang}]++
		if s.Set != "city" || s.Article == "" || len(s.Found) == 0 {
			t.Errorf("a sample is %+v", s)
		}
		gold := 0
		for _, q := range s.Given {
			if q.Document != s.Given[0].Document || q.Start >= q.End || len(q.Signs) != len(retrieval.SignNames()) {
				t.Errorf("a sentence of the document given is %+v", q)
			}
			gold += int(number(q.Gold))
		}
		if gold == 0 {
			t.Errorf("%s->%s: of the %d sentences of %q none holds the answer", s.QueryLang, s.CorpusLang, len(s.Given), s.Article)
		}
		beside += len(s.Given) - gold
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(cells) != 4 || cells[[2]string{"en", "en"}] != 6 || cells[[2]string{"ar", "en"}] != 6 {
		t.Errorf("the questions by pair are %v", cells)
	}
	if beside == 0 {
		t.Error("every sentence holds the answer")
	}
}

// What yield returns ends it, and so does the context.
func TestGatherQuotesFails(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	o := Options{Dirs: []string{city}, Encoders: fakes()}
	enough := errors.New("enough")
	calls := 0
	stop := func(*QuoteSample) error { calls++; return enough }
	if err := GatherQuotes(t.Context(), o, 0, stop); !errors.Is(err, enough) || calls != 1 {
		t.Errorf("after %d samples: %v", calls, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := GatherQuotes(ctx, o, 0, stop); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}
