package eval

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestCalibration(t *testing.T) {
	if got := calibration(nil, nil); got != nil {
		t.Errorf("of nothing %+v", got)
	}
	got := calibration(outcomes(1, .9, .95, .15), outcomes(.1, .15, 0, .99))
	want := &Calibration{
		Questions: 8,
		ECE:       (.0*1 + math.Abs(.4/3-1./3)*3 + math.Abs(3.84/4-.75)*4) / 8,
		Brier:     (0 + .01 + .0025 + .85*.85 + .01 + .15*.15 + 0 + .99*.99) / 8,
		Bins: []Bin{
			{0, .1, 1, 0, 0, 0, .7935},
			{.1, .2, 3, .4 / 3, 1. / 3, .0615, .7923},
			{.9, 1, 4, 3.84 / 4, .75, .3006, .9544},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 5e-5)); diff != "" {
		t.Errorf("calibration (-want +got):\n%s", diff)
	}
}

// The bounds are those of published tables: 0 of 10 and 7 of 10.
func TestWilson(t *testing.T) {
	tests := []struct{ share, n, low, high float64 }{
		{0, 10, 0, .2775},
		{1, 10, .7225, 1},
		{.7, 10, .3968, .8922},
		{.5, 10000, .4902, .5098},
	}
	for _, tt := range tests {
		low, high := wilson(tt.share, tt.n)
		if math.Abs(low-tt.low) > 5e-5 || math.Abs(high-tt.high) > 5e-5 {
			t.Errorf("wilson(%v, %v) = %.4f, %.4f; want %.4f, %.4f", tt.share, tt.n, low, high, tt.low, tt.high)
		}
	}
}
