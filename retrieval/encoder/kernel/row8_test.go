package kernel

import (
	"bytes"
	"slices"
	"testing"
)

// TestSetRow writes a matrix row by row, in any order, and compares it with one
// that is packed as a whole.
func TestSetRow(t *testing.T) {
	const outputs, inputs = 64, 96
	r := newRand(21)
	rows := make([]int8, outputs*inputs)
	for i := range rows {
		rows[i] = int8(r.IntN(255) - 127)
	}
	want, err := Pack8(rows, outputs, inputs)
	if err != nil {
		t.Fatal(err)
	}
	w := &Matrix8{
		Outputs: outputs, Inputs: inputs, Weights: Zero8(outputs, inputs),
		Steps: make([]float32, outputs), Bias: make([]float32, outputs),
	}
	got := make([]int8, inputs)
	if w.Row(got, 7); slices.Max(got) != 0 || slices.Min(got) != 0 {
		t.Errorf("a row of zeros is %v", got)
	}
	for _, o := range r.Perm(outputs) {
		w.SetRow(o, rows[o*inputs:][:inputs])
	}
	if !bytes.Equal(w.Weights, want) {
		t.Error("rows that were set differ from packed ones")
	}
	for o := range outputs {
		if w.Row(got, o); !slices.Equal(got, rows[o*inputs:][:inputs]) {
			t.Fatalf("row %d = %v, want %v", o, got, rows[o*inputs:][:inputs])
		}
	}
	w.SetRow(0, slices.Repeat([]int8{-128}, inputs))
	if w.Row(got, 0); got[0] != -127 {
		t.Errorf("-128 was kept as %d, want -127", got[0])
	}
}

// TestSetRowMismatch checks that a row that does not fit never reaches the weights.
func TestSetRowMismatch(t *testing.T) {
	w, _ := randomMatrix8(t, newRand(22), 32, 64)
	for name, call := range map[string]func(){
		"row below the first": func() { w.SetRow(-1, make([]int8, 64)) },
		"row above the last":  func() { w.Row(make([]int8, 64), 32) },
		"row too short":       func() { w.SetRow(0, make([]int8, 60)) },
		"weights cut short":   func() { cut8(w).Row(make([]int8, 64), 31) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}
