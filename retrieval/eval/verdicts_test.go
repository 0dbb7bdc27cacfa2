package eval

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outcomes are answered from one half on.
func outcomes(probabilities ...float64) []outcome {
	var out []outcome
	for _, p := range probabilities {
		out = append(out, outcome{p, p >= .5})
	}
	return out
}

func of(x float64) *float64 { return &x }

func TestVerdictFigures(t *testing.T) {
	tests := []struct {
		name       string
		kept, lost []float64
		want       *Unanswerable
	}{
		{"nothing asked", nil, nil, nil},
		{"none lost", []float64{.9, .2, .3, .4}, nil, &Unanswerable{Answerable: 4, FalseRefusals: of(.75)}},
		{"all lost", nil, []float64{.9, .2}, &Unanswerable{Questions: 2, Refused: .5, FalseAnswers: of(.5)}},
		{"told apart", []float64{.9, .8}, []float64{.1, .2}, &Unanswerable{2, 1, 2, of(0), of(0), of(1)}},
		{"the wrong way round", []float64{.1}, []float64{.8, .9}, &Unanswerable{2, 0, 1, of(1), of(1), of(0)}},
		{"all the same", []float64{.5, .5}, []float64{.5}, &Unanswerable{1, 0, 2, of(1), of(0), of(.5)}},
		{"some the same", []float64{.6, .4}, []float64{.4, .4, .7, .1}, &Unanswerable{4, .75, 2, of(.25), of(.5), of((3 + 2) / 8.)}},
	}
	for _, tt := range tests {
		v := verdicts{outcomes(tt.kept...), outcomes(tt.lost...)}
		if diff := cmp.Diff(tt.want, v.figures()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// The area is what comparing each with each gives.
func TestAUROC(t *testing.T) {
	var kept, lost []outcome
	for i := range 60 {
		kept = append(kept, outcome{probability: float64(i*i%37) / 20})
		lost = append(lost, outcome{probability: float64(i*i%23) / 20})
	}
	var wins float64
	for _, k := range kept {
		for _, l := range lost {
			wins += number(k.probability > l.probability) + number(k.probability == l.probability)/2
		}
	}
	if got, want := *auroc(kept, lost), wins/60/60; math.Abs(got-want) > 1e-12 {
		t.Errorf("auroc = %v, want %v", got, want)
	}
}
