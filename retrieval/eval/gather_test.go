package eval

import (
	"context"
	"errors"
	"testing"
)

func gatherAll(t *testing.T, o Options, most int) []Sample {
	t.Helper()
	o.Encoders = fakes()
	t.Setenv("TMPDIR", t.TempDir())
	var all []Sample
	err := Gather(t.Context(), o, most, func(s *Sample) error { all = append(all, *s); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Every question that has a relevant document is gathered, with that among its
// candidates.
func TestGather(t *testing.T) {
	cells := map[[2]string]int{}
	for _, s := range gatherAll(t, Options{Dirs: []string{city}}, 0) {
		cells[[2]string{s.QueryLang, s.CorpusLang}]++
		found := 0
		for _, c := range s.Candidates {
			if c.Relevant {
				found++
			}
			if c.Other != (s.QueryLang != s.CorpusLang) || c.Level != nil {
				t.Errorf("%s->%s: a candidate is %+v", s.QueryLang, s.CorpusLang, c)
			}
		}
		if s.Set != "city" || s.Mixed || s.Relevant != 1 || s.QueryLang == s.CorpusLang && found != 1 {
			t.Errorf("%s->%s: of %d relevant articles %d are candidates in %q", s.QueryLang, s.CorpusLang, s.Relevant, found, s.Set)
		}
	}
	if len(cells) != 4 || cells[[2]string{"en", "en"}] != 6 || cells[[2]string{"ar", "ar"}] != 6 {
		t.Errorf("the questions by pair are %v", cells)
	}
}

// In a mixed index a question is gathered once for each language that holds
// a relevant document, with what the runners-up reach.
func TestGatherMixed(t *testing.T) {
	all := gatherAll(t, Options{Dirs: []string{city}, Mixed: true}, 2)
	if len(all) != 2*2*2 { // indexes, languages, questions
		t.Fatalf("%d samples", len(all))
	}
	for _, s := range all {
		for _, c := range s.Candidates {
			if !s.Mixed || len(c.Level) != len(c.Features) {
				t.Fatalf("a candidate is %+v, mixed %v", c, s.Mixed)
			}
			if c.Relevant && c.Other != (s.QueryLang != s.CorpusLang) {
				t.Errorf("%s->%s: the relevant candidate is in the wrong language", s.QueryLang, s.CorpusLang)
			}
		}
	}
}

// What yield returns ends it, and so do a missing folder and the context.
func TestGatherFails(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	o := Options{Dirs: []string{city}, Encoders: fakes()}
	enough := errors.New("enough")
	calls := 0
	stop := func(*Sample) error { calls++; return enough }
	if err := Gather(t.Context(), o, 0, stop); !errors.Is(err, enough) || calls != 1 {
		t.Errorf("after %d samples: %v", calls, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Gather(ctx, o, 0, stop); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	o.Dirs = []string{"testdata/nowhere"}
	if err := Gather(t.Context(), o, 0, stop); err == nil {
		t.Error("a folder that is not there is no error")
	}
}
