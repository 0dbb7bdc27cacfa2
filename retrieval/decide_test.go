package retrieval

import (
	"fmt"
	"math"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

func TestParseCaution(t *testing.T) {
	for s, want := range map[string]Caution{"": NormalCaution, "low": LowCaution, "normal": NormalCaution, "high": HighCaution} {
		if got, err := ParseCaution(s); got != want || err != nil {
			t.Errorf("ParseCaution(%q) = %q, %v; want %q", s, got, err, want)
		}
	}
	for _, s := range []string{"High", "none", " low"} {
		if got, err := ParseCaution(s); err == nil {
			t.Errorf("ParseCaution(%q) = %q, want an error", s, got)
		}
	}
}

// Every direction that has a bias has thresholds, each caution is stricter than the
// one before, and what is an answer to any of them is worth showing.
func TestThresholds(t *testing.T) {
	if len(decideAt) != len(decisionBias) || len(decideAt) != 4 {
		t.Fatalf("%d thresholds, %d biases", len(decideAt), len(decisionBias))
	}
	for d, at := range decideAt {
		if _, ok := decisionBias[d]; !ok {
			t.Errorf("%v has no bias", d)
		}
		if !(0 < at.nearest && at.nearest < at.low && at.low < at.normal && at.normal < at.high && at.high < 1) {
			t.Errorf("%v: %+v", d, at)
		}
	}
}

func TestDecide(t *testing.T) {
	d := usualDirection
	at := decideAt[d]
	between := (at.low + at.normal) / 2
	tests := []struct {
		caution Caution
		p       float64
		want    Verdict
	}{
		{LowCaution, between, Answered},
		{NormalCaution, between, Nearest},
		{"", between, Nearest},
		{"", at.normal, Answered},
		{HighCaution, at.normal, Nearest},
		{HighCaution, at.high, Answered},
		{LowCaution, at.nearest, Nearest},
		{LowCaution, at.nearest - 1e-9, Declined},
		{HighCaution, math.NaN(), Declined},
	}
	for _, tt := range tests {
		if got := tt.caution.decide(tt.p, d); got != tt.want {
			t.Errorf("with caution %q, decide(%.3f) = %s, want %s", tt.caution, tt.p, got, tt.want)
		}
		other := background.Direction{Question: text.Other, Passage: text.English}
		if got := tt.caution.decide(tt.p, other); got != tt.want {
			t.Errorf("with caution %q, decide(%.3f) of a direction that was not measured = %s, want %s", tt.caution, tt.p, got, tt.want)
		}
	}
}

// portValen tells of one thing, in a sentence for each thing that is asked.
var portValen = corpus.Article{Title: "Port Valen opens its harbour", Language: text.English,
	Body: "Mayor Ann Lee opened the new harbour of Port Valen on Saturday. The works took six years."}

// evidenceFor weighs the best sentence for a question.
func (b *bench) evidenceFor(question string) evidence {
	b.t.Helper()
	w, err := b.engine.Weigh(b.t.Context(), Question{Text: question})
	if err != nil || w.Evidence == nil {
		b.t.Fatalf("Weigh(%q) = %v, %v", question, w, err)
	}
	return evidence(w.Evidence)
}

// What the collection has of a question shows in the signals.
func TestEvidence(t *testing.T) {
	b := newBench(t)
	b.add(portValen)
	b.encode()
	b.refresh()
	about, beside := b.evidenceFor("When did Ann Lee open the harbour of Port Valen?"), b.evidenceFor("When did Zoran Quillby open the casino of Port Valen?")
	if about[byMissing] > 1e-9 || about[byHeld] < 0.999 || about[byAbsent] != 0 || about[byUnmet] > 0.5 {
		t.Errorf("of what it has: %v", about)
	}
	if beside[byMissing] <= about[byMissing] || beside[byHeld] >= about[byHeld] || beside[byCovered] >= about[byCovered] || beside[byAbsent] == 0 {
		t.Errorf("of what it lacks: %v, of what it has: %v", beside, about)
	}
	if p, q := about.probability(usualDirection), beside.probability(usualDirection); p <= q {
		t.Errorf("probability %.2f of what it has, %.2f of what it lacks", p, q)
	}
	if wants := b.evidenceFor("How many boats did Ann Lee open the harbour for?"); wants[byUnmet] < 0.9 {
		t.Errorf("of a number that it lacks: %v", wants)
	}
}

// A collection of one article has no rivals: those that are usual stand in, so that it
// is no further ahead than with real ones that are as good.
func TestRivals(t *testing.T) {
	own, other := &article{Article: corpus.Article{ID: "a", Language: text.English}}, &article{Article: corpus.Article{ID: "b", Language: text.English}}
	foreign := &article{Article: corpus.Article{ID: "c", Language: text.Arabic}}
	of := func(a *article, coverage float64) candidate {
		return candidate{passage: &passage{article: a}, coverage: coverage}
	}
	full := []candidate{of(own, 1), of(foreign, 1)}
	for range 2 * rivals {
		full = append(full, of(other, 0.5))
	}
	score := full[2].raw()
	for _, tt := range []struct {
		name   string
		ranked []candidate
		want   float64
	}{
		{"none", full[:1], usualRival},
		{"in another language", full[:2], usualRival},
		{"one", full[:3], (score + usualRival*(rivals-1)) / rivals},
		{"many", full, score},
		{"copies", []candidate{full[0], of(other, 1)}, usualRival},
	} {
		if got := (&query{}).rival(&full[0], tt.ranked); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%s: rival = %g, want %g", tt.name, got, tt.want)
		}
	}
}

// Every verdict follows from its caution: a more cautious engine never answers more.
func TestCaution(t *testing.T) {
	b := newBench(t)
	for i := range 4 {
		b.add(corpus.Article{Title: fmt.Sprintf("Report %d", i), Language: text.English, Body: fmt.Sprintf("Ferry %d sails to Sandholm at noon. The crossing takes %d hours.", i, i+2)})
	}
	b.add(portValen)
	b.encode()
	b.refresh()
	answered := map[Caution]int{}
	for _, question := range []string{"When does ferry 2 sail?", "Who opened the harbour of Port Valen?", "How long does the crossing take?", "Who is the captain of ferry 3?",
		"Where is the casino of Port Valen?", "What is the price of gold?"} {
		for _, c := range []Caution{LowCaution, NormalCaution, HighCaution} {
			b.engine.caution = c
			if b.ask(question).Verdict == Answered {
				answered[c]++
			}
		}
	}
	if answered[LowCaution] < answered[NormalCaution] || answered[NormalCaution] < answered[HighCaution] || answered[LowCaution] == answered[HighCaution] {
		t.Errorf("answered %v of 6", answered)
	}
}
