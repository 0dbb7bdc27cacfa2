package encodertest

import (
	"context"
	"errors"
	"math"
	"testing"
)

func TestFake(t *testing.T) {
	Test(t, &Fake{})
	TestLarge(t, &Fake{})
}

func TestFakeSize(t *testing.T) {
	f := &Fake{Size: 64}
	v, err := f.Question(t.Context(), "نعم")
	if err != nil || len(v) != 64 {
		t.Errorf("Question = %d numbers, %v, want 64", len(v), err)
	}
}

func TestFakeNearTexts(t *testing.T) {
	f := &Fake{}
	v, err := f.Passages(t.Context(), []string{"أسعار القمح في الأسواق", "ارتفعت أسعار القمح", "The city opened a museum"})
	if err != nil {
		t.Fatal(err)
	}
	if near, far := dot(v[0], v[1]), dot(v[0], v[2]); near < far+.2 {
		t.Errorf("near texts score %.2f, far texts %.2f", near, far)
	}
}

func TestHostile(t *testing.T) {
	texts := []string{"a", "b", "c", "d"}
	tests := []struct {
		name  string
		after func([][]float32) ([][]float32, error)
		bad   func(v [][]float32, err error) bool
	}{
		{"too many", TooMany, func(v [][]float32, _ error) bool { return len(v) == 5 }},
		{"too few", TooFew, func(v [][]float32, _ error) bool { return len(v) == 3 }},
		{"not a number", NotANumber, func(v [][]float32, _ error) bool { return math.IsNaN(dot(v[3], v[3])) }},
		{"zero", Zero, func(v [][]float32, _ error) bool { return dot(v[3], v[3]) == 0 }},
		{"wrong dimension", WrongDimension, func(v [][]float32, _ error) bool { return len(v[3]) == 127 }},
		{"half way", HalfWay, func(v [][]float32, err error) bool { return len(v) == 2 && errors.Is(err, ErrFake) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &Fake{After: test.after}
			if v, err := f.Passages(t.Context(), texts); !test.bad(v, err) {
				t.Errorf("Passages = %d vectors, %v", len(v), err)
			}
		})
	}
}

func TestFailFrom(t *testing.T) {
	f := &Fake{Before: FailFrom(1)}
	if _, err := f.Question(t.Context(), "a"); err != nil {
		t.Errorf("first call: %v", err)
	}
	if _, err := f.Question(t.Context(), "a"); !errors.Is(err, ErrFake) {
		t.Errorf("second call = %v, want ErrFake", err)
	}
}

func TestBlock(t *testing.T) {
	release := make(chan struct{})
	f := &Fake{Before: Block(release)}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Question(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("blocked call = %v, want context.Canceled", err)
	}
	close(release)
	if _, err := f.Question(t.Context(), "a"); err != nil {
		t.Errorf("released call: %v", err)
	}
}
