package kernel

import (
	"fmt"
	"testing"
)

// BenchmarkMatMul times the four linear layers of a small transformer, for
// eighteen and forty-eight rows.
func BenchmarkMatMul(b *testing.B) {
	for _, name := range Names() {
		k, err := Named(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, shape := range [][2]int{{1152, 384}, {384, 384}, {1536, 384}, {384, 1536}} {
			for _, rows := range []int{18, 48} {
				b.Run(fmt.Sprintf("%s/%dx%d/rows=%d", name, shape[0], shape[1], rows), func(b *testing.B) {
					r := newRand(1)
					w, _ := randomMatrix(b, r, shape[0], shape[1])
					a := NewActivations(rows)
					k.Quantize(a, normal(r, rows*shape[1]), rows, shape[1])
					out := make([]float32, rows*shape[0])
					for b.Loop() {
						k.MatMul(out, a, w, rows)
					}
					b.ReportMetric(float64(b.N)*float64(2*rows*shape[0]*shape[1])/b.Elapsed().Seconds()/1e9, "Gop/s")
				})
			}
		}
	}
}

// BenchmarkRows times what is done to one row between the products, and the
// product of attention.
func BenchmarkRows(b *testing.B) {
	const n = 1536
	r := newRand(1)
	x, y, norm := normal(r, n), normal(r, n), Norm{Gain: normal(r, n), Bias: normal(r, n), Epsilon: 1e-12}
	a, a8 := NewActivations(1), NewActivations8(1, 1, n)
	left, right, out := View{normal(r, 48*48), 48}, View{normal(r, 48*32), 32}, View{make([]float32, 48*32), 32}
	loops := []struct {
		name string
		run  func(k *Kernel)
	}{
		{"quantize", func(k *Kernel) { k.Quantize(a, x, 1, n) }},
		{"quantizeGELU", func(k *Kernel) { copy(x, y); k.QuantizeGELU(a, x, 1, n) }},
		{"quantize8", func(k *Kernel) { k.Quantize8(a8, 0, View{x, n}, 1) }},
		{"softmax", func(k *Kernel) { copy(x, y); k.Softmax(x, .2) }},
		{"addNorm", func(k *Kernel) { k.AddNorm(x, y, norm) }},
		{"addPositive", func(k *Kernel) { copy(x, y); k.AddPositive(x, y) }},
		{"product", func(k *Kernel) { k.Product(out, left, right, Size{48, 48, 32}) }},
	}
	for _, name := range Names() {
		k, err := Named(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, loop := range loops {
			b.Run(name+"/"+loop.name, func(b *testing.B) {
				for b.Loop() {
					loop.run(k)
				}
			})
		}
	}
}
