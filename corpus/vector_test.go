package corpus

import (
	"math"
	"testing"
)

func TestQuantize(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	for _, test := range []struct {
		name string
		in   []float32
		want []int8
	}{
		{"empty", nil, nil},
		{"zero", []float32{0, 0}, []int8{0, 0}},
		{"largest positive", []float32{1, -0.5, 0}, []int8{127, -64, 0}},
		{"largest negative", []float32{0.25, -2}, []int8{16, -127}},
		{"not a number", []float32{1, nan}, []int8{0, 0}},
		{"infinite", []float32{inf, 1}, []int8{0, 0}},
		{"minus infinite", []float32{-inf, 1}, []int8{0, 0}},
		{"very large", []float32{1e30, -1e30}, []int8{127, -127}},
	} {
		t.Run(test.name, func(t *testing.T) {
			scale, data := Quantize(test.in)
			if len(data) != len(test.in) {
				t.Fatalf("%d dimensions; want %d", len(data), len(test.in))
			}
			back := Dequantize(scale, data)
			for i := range data {
				if data[i] != test.want[i] {
					t.Errorf("data[%d] = %d; want %d", i, data[i], test.want[i])
				}
				if off := math.Abs(float64(back[i] - test.in[i])); off > float64(scale)*0.501 {
					t.Errorf("back[%d] = %v; want %v within half of %v", i, back[i], test.in[i], scale)
				}
			}
		})
	}
	for _, v := range [][]float32{{nan}, {inf, 1}, {0, 0}} {
		scale, data := Quantize(v)
		if err := (Vector{Scale: scale, Data: data}).check(); err == nil {
			t.Errorf("the vector of %v is taken; want it refused", v)
		}
	}
}

func TestTextHash(t *testing.T) {
	a, b := TextHash("The end."), TextHash("The end. ")
	if a == b || a != TextHash("The end.") {
		t.Errorf("hashes %x and %x; want one hash for each text", a, b)
	}
}
