package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/retrieval"
	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/fitting"
)

// candidate has its first features set.
func candidate(document int32, relevant bool, features ...float32) eval.SampleCandidate {
	c := eval.SampleCandidate{Document: document, Relevant: relevant, Features: make([]float32, len(retrieval.FeatureNames()))}
	copy(c.Features, features)
	return c
}

func sample(set string, candidates ...eval.SampleCandidate) kindred {
	return kindred{alone, eval.Sample{Set: set, QueryLang: "en", CorpusLang: "en", Relevant: 1, Candidates: candidates}}
}

func weigh(features ...float64) retrieval.Weights {
	w := retrieval.Weights{Features: make([]float64, len(retrieval.FeatureNames()))}
	copy(w.Features, features)
	return w
}

func problemOf(t *testing.T, samples ...kindred) *problem {
	t.Helper()
	p, err := newProblem(samples)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A document has the score of its best passage, and nDCG that of its rank.
func TestNDCG(t *testing.T) {
	p := problemOf(t, sample("a",
		candidate(0, false, 0.5), candidate(1, true, 0.1), candidate(1, true, 0.4), candidate(2, false, 0.3)))
	w := weigh(1)
	if got, want := p.figures(&w)[0], 1/math.Log2(3); math.Abs(got-want) > 1e-9 {
		t.Errorf("nDCG of the second rank is %v, want %v", got, want)
	}
	w = weigh(-1)
	if got := p.figures(&w)[0]; got != 1 {
		t.Errorf("nDCG of the first rank is %v", got)
	}
}

// In a mixed index the level of a language is taken off, and the other gets its
// bonus.
func TestNDCGMixed(t *testing.T) {
	own, other := candidate(0, false, 1), candidate(1, true, 0.8)
	own.Level, other.Level = candidate(0, false, 0.9).Features, candidate(0, false, 0.1).Features
	other.Other = true
	s := sample("a", own, other)
	s.Kind = mixed
	p := problemOf(t, s)
	for _, c := range []struct {
		levelled, bonus float64
		first           bool
	}{{0, 0, false}, {1, 0, true}, {0, 0.1, false}, {0, 0.3, true}, {0.2, 0, false}, {0.2, 0.1, true}} {
		w := weigh(1)
		w.Levelled, w.OtherBonus = c.levelled, c.bonus
		if got := p.figures(&w)[0] == 1; got != c.first {
			t.Errorf("levelled %v, bonus %v: first is %v, want %v", c.levelled, c.bonus, got, c.first)
		}
	}
}

// The weight of a feature that finds the answers rises, that of one that misleads
// falls, and a fixed one stays.
func TestClimb(t *testing.T) {
	p := problemOf(t,
		sample("a", candidate(0, true, 0, 1, 0.5), candidate(1, false, 1, 0, 0.5)),
		sample("b", candidate(0, true, 0, 1, 0.5), candidate(1, false, 0.5, 0, 0.5)))
	got, err := p.climb(t.Context(), weigh(1, 0.8, 1), []slot{2}, every)
	if err != nil {
		t.Fatal(err)
	}
	if figures := p.figures(&got); p.mean(figures, every) != 1 {
		t.Errorf("by the weights %v the figures are %v", got, figures)
	}
	if got.Features[2] != 1 {
		t.Errorf("the fixed weight is %v", got.Features[2])
	}
}

// All tables are printed, from a file of samples too.
func TestReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "samples")
	s := &settings{fitting.Settings{Dirs: []string{filepath.Join("..", "testdata", "city")}, Samples: file}, 2}
	var first, again bytes.Buffer
	if err := run(t.Context(), s, &first); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"present: coverage", "fitted: coverage", "| alone | city | en->ar |", "| mixed | city | ar->en |", "| city | ", "| quick | "} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("%q is not in\n%s", want, &first)
		}
	}
	if err := run(t.Context(), &settings{Settings: fitting.Settings{Samples: file}}, &again); err != nil {
		t.Fatal(err)
	}
	if first.String() != again.String() {
		t.Errorf("from the file:\n%s\nat first:\n%s", &again, &first)
	}
}

// Wrong samples are refused.
func TestReportFails(t *testing.T) {
	if err := run(t.Context(), &settings{}, &bytes.Buffer{}); err == nil {
		t.Error("no folder is no error")
	}
	file := filepath.Join(t.TempDir(), "samples")
	if err := os.WriteFile(file, []byte("no samples"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), &settings{Settings: fitting.Settings{Samples: file}}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("of a damaged file: %v", err)
	}
	few := sample("a", eval.SampleCandidate{Features: []float32{1}})
	if _, err := newProblem([]kindred{few}); err == nil {
		t.Error("samples of other features are taken")
	}
}
