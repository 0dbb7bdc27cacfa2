package main

import (
	"bytes"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/retrieval"
	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/fitting"
)

// quote has its first signs set. It stands in a document of its own.
func quote(document int32, gold bool, signs ...float32) eval.QuoteCandidate {
	c := eval.QuoteCandidate{Document: document, End: 10, Gold: gold, Signs: make([]float32, len(retrieval.SignNames()))}
	copy(c.Signs, signs)
	return c
}

func sample(set string, quotes ...eval.QuoteCandidate) eval.QuoteSample {
	return eval.QuoteSample{Set: set, QueryLang: "en", CorpusLang: "ar", Article: set, Given: quotes, Found: quotes}
}

func questionsOf(t *testing.T, samples ...eval.QuoteSample) []question {
	t.Helper()
	all, err := newQuestions(samples)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func weights(first ...float64) []float64 {
	w := make([]float64, len(retrieval.SignNames()))
	copy(w, first)
	return w
}

func free() []bool {
	all := make([]bool, len(retrieval.SignNames()))
	for i := range all {
		all[i] = true
	}
	return all
}

func loss(all []question, w []float64) float64 {
	var sum float64
	for _, l := range informative(all) {
		every, _ := l.chances(w)
		gold := 0.0
		for k, p := range every {
			if l.gold[k] {
				gold += p
			}
		}
		sum -= l.weight * math.Log(gold)
	}
	return sum
}

// What tells right sentences from wrong ones gets a weight of that sign; what is held
// fast gets none, and what never differs neither.
func TestFit(t *testing.T) {
	all := questionsOf(t,
		sample("a", quote(0, true, 1, 0, 3, 1), quote(1, false, 0, 1, 3, 0)),
		sample("a", quote(0, true, 2, 2, 3, 1), quote(1, false, 1, 2, 3, 0), quote(2, false, 0, 2, 3, 0)),
		sample("b", quote(0, true, 0, 0, 3, 1), quote(1, true, 0, 2, 3, 0), quote(2, false, 1, 3, 3, 0)))
	fast := free()
	fast[3] = false
	w := fit(all, fast)
	if w[0] <= 0 || w[1] >= 0 || w[2] != 0 || w[3] != 0 {
		t.Fatalf("fitted are %.3v", w)
	}
	at := loss(all, w)
	for i := range 2 {
		for _, d := range []float64{-0.3, 0.3} {
			aside := append([]float64(nil), w...)
			aside[i] += d
			if l := loss(all, aside); l < at-0.001 {
				t.Errorf("the loss is %.4f at the weights fitted, %.4f beside them at %.3v", at, l, aside)
			}
		}
	}
}

// A question counts once whether there are many of its cell or few, and one that there
// is nothing to choose in does not count.
func TestInformative(t *testing.T) {
	all := questionsOf(t,
		sample("a", quote(0, true), quote(1, false)), sample("a", quote(0, true), quote(1, false)),
		sample("b", quote(0, true), quote(1, false)), sample("b", quote(0, true)), sample("b", quote(0, false)))
	var got []float64
	for _, l := range informative(all) {
		got = append(got, l.weight)
	}
	want := []float64{1. / 8, 1. / 8, 1. / 8, 1. / 8, 1. / 12, 1. / 12}
	if len(got) != len(want) {
		t.Fatalf("weights are %v, want %v", got, want)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("weights are %v, want %v", got, want)
		}
	}
}

// Three quotes count, and what overlaps one before it is passed over.
func TestHits(t *testing.T) {
	inside := quote(0, false, 8)
	inside.Start, inside.End = 5, 15
	tests := []struct {
		name        string
		quotes      []eval.QuoteCandidate
		first, some bool
	}{
		{"the first", []eval.QuoteCandidate{quote(0, true, 9), quote(1, false, 8)}, true, true},
		{"the second", []eval.QuoteCandidate{quote(0, false, 9), quote(1, true, 8)}, false, true},
		{"the fourth", []eval.QuoteCandidate{quote(0, false, 9), quote(1, false, 8), quote(2, false, 7), quote(3, true, 6)}, false, false},
		{"the fourth behind one that overlaps", []eval.QuoteCandidate{quote(0, false, 9), inside, quote(2, false, 7), quote(3, true, 6)}, false, true},
		{"none", nil, false, false},
	}
	for _, tt := range tests {
		q := questionsOf(t, sample("a", tt.quotes...))[0]
		if first, some := q.given.hits(weights(1)); first != tt.first || some != tt.some {
			t.Errorf("%s: hits = %v, %v", tt.name, first, some)
		}
	}
}

// Questions of one article are never fitted on to answer each other.
func TestCrossed(t *testing.T) {
	var samples []eval.QuoteSample
	for _, set := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		samples = append(samples, sample(set, quote(0, true, 1), quote(1, false)), sample(set, quote(0, true, 2), quote(1, false)))
	}
	all := questionsOf(t, samples...)
	fitted := crossed(all, free())
	for i := 0; i < len(all); i += 2 {
		if &fitted(&all[i])[0] != &fitted(&all[i+1])[0] {
			t.Errorf("two questions of the article %s have other weights", all[i].article)
		}
	}
}

func TestSolve(t *testing.T) {
	got := solve([][]float64{{4, 1, 0}, {1, 3, 1}, {0, 1, 2}}, []float64{6, 10, 8})
	for i, want := range []float64{1, 2, 3} {
		if math.Abs(got[i]-want) > 1e-9 {
			t.Fatalf("solve = %v", got)
		}
	}
}

// What was gathered is kept, and read instead of being gathered again; samples of other
// signs are refused.
func TestRun(t *testing.T) {
	city, err := filepath.Abs("../testdata/city")
	if err != nil {
		t.Fatal(err)
	}
	s := &fitting.Settings{Dirs: []string{city}, Samples: filepath.Join(t.TempDir(), "samples")}
	if testing.Short() {
		t.Skip("reading two encoders takes a second: not with -short")
	}
	t.Setenv("TMPDIR", t.TempDir())
	var once, again bytes.Buffer
	if err := run(t.Context(), s, &once); err != nil {
		t.Fatal(err)
	}
	s.Dirs = nil
	if err := run(t.Context(), s, &again); err != nil || again.String() != once.String() {
		t.Errorf("from the file it prints %q: %v", again.String(), err)
	}
	for _, want := range []string{"present, times", "fitted, times", "| city | en->ar |", "| mean |", "| alike |"} {
		if !strings.Contains(once.String(), want) {
			t.Errorf("%q is not in %q", want, once.String())
		}
	}
	if _, err := newQuestions([]eval.QuoteSample{{Given: []eval.QuoteCandidate{{Signs: []float32{1}}}}}); err == nil {
		t.Error("samples of one sign are no error")
	}
}
