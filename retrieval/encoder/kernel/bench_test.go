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
