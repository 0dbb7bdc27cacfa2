package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// randomMatrix8 makes weights of every size, and returns them as float64 too.
func randomMatrix8(t testing.TB, r *rand.Rand, outputs, inputs int) (*Matrix8, []float64) {
	t.Helper()
	rows, steps := make([]int8, outputs*inputs), make([]float32, outputs)
	weights := make([]float64, len(rows))
	for i := range steps {
		steps[i] = r.Float32() / 64
	}
	for i := range rows {
		rows[i] = int8(r.IntN(255) - 127)
		weights[i] = float64(rows[i]) * float64(steps[i/inputs])
	}
	packed, err := Pack8(rows, outputs, inputs)
	if err != nil {
		t.Fatal(err)
	}
	w := &Matrix8{Outputs: outputs, Inputs: inputs, Weights: unaligned(packed), Steps: steps, Bias: normal(r, outputs)}
	if err := w.Validate(); err != nil {
		t.Fatal(err)
	}
	return w, weights
}

// shape8 is a product: rows of blocks × block, window of them together.
type shape8 struct{ rows, outputs, blocks, block, window int }

// checkMatMul8 compares a product with a plain loop over the quantised inputs,
// with a gap behind every row of the output and a row before the first.
func checkMatMul8(t *testing.T, k *Kernel, r *rand.Rand, s shape8) {
	t.Helper()
	width := s.blocks * s.block
	w, weights := randomMatrix8(t, r, s.outputs, s.window*width)
	a := NewActivations8(1+s.rows+s.window-1, s.blocks, s.block)
	k.Quantize8(a, 0, View{normal(r, a.Rows()*width), width}, a.Rows())
	const gap = 3
	out := View{slices.Repeat([]float32{-77}, s.rows*(s.outputs+gap)), s.outputs + gap}
	k.MatMul8(out, a, 1, w, s.rows)
	for i := range s.rows {
		inputs := dequantized(a, 1+i, s.window)
		for o := range out.Stride {
			want := -77.0
			if o < s.outputs {
				want = float64(w.Bias[o])
				for j, v := range inputs {
					want += v * weights[o*w.Inputs+j]
				}
			}
			if got := float64(out.Data[i*out.Stride+o]); !(math.Abs(got-want) < 1e-4*(1+math.Abs(want))) {
				t.Fatalf("%+v: out[%d][%d] = %v, want %v", s, i, o, got, want)
			}
		}
	}
}

// dequantized returns what a number of rows stand for.
func dequantized(a *Activations8, first, rows int) []float64 {
	var x []float64
	for record := range slices.Chunk(a.records[first*a.stride():][:rows*a.stride()], a.record()) {
		for _, v := range recordValues(record) {
			x = append(x, float64(int8(v))*float64(recordScale(record)))
		}
	}
	return x
}

func TestMatMul8(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(11)
		for rows := 1; rows <= 14; rows++ {
			checkMatMul8(t, k, r, shape8{rows, 64, 1, 96, 1})
			checkMatMul8(t, k, r, shape8{rows, 32, 1, 32, 3})
		}
		for _, s := range []shape8{{1, 32, 1, 32, 1}, {5, 256, 1, 256, 5}, {13, 768, 2, 256, 1}, {3, 512, 20, 64, 1}, {7, 320, 5, 64, 2}, {30, 64, 1, 1536, 1}} {
			checkMatMul8(t, k, r, s)
		}
	})
}

// TestMatMul8Extremes drives the sums to their limits: those of 16 bits in one
// kernel, those of the lanes in another.
func TestMatMul8Extremes(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		for _, weight := range []int8{-127, 127} {
			for _, x := range []float32{-1, 1} {
				const rows, outputs, inputs = 6, 32, 1536
				packed, err := Pack8(slices.Repeat([]int8{weight}, outputs*inputs), outputs, inputs)
				if err != nil {
					t.Fatal(err)
				}
				w := &Matrix8{Outputs: outputs, Inputs: inputs, Weights: packed, Steps: slices.Repeat([]float32{1}, outputs), Bias: make([]float32, outputs)}
				a := NewActivations8(rows, 1, inputs)
				k.Quantize8(a, 0, View{slices.Repeat([]float32{x}, rows*inputs), inputs}, rows)
				out := make([]float32, rows*outputs)
				k.MatMul8(View{out, outputs}, a, 0, w, rows)
				want := float64(x) * float64(weight) * inputs
				for i, got := range out {
					if math.Abs(float64(got)-want) > .1 {
						t.Fatalf("weights %d, inputs %v: out[%d] = %v, want %v", weight, x, i, got, want)
					}
				}
			}
		}
	})
}

func FuzzMatMul8(f *testing.F) {
	f.Add(uint64(1), uint8(1), uint8(1), uint8(1), uint8(1), uint8(1))
	f.Add(uint64(2), uint8(13), uint8(3), uint8(2), uint8(7), uint8(4))
	f.Fuzz(func(t *testing.T, seed uint64, rows, panels, blocks, block, window uint8) {
		s := shape8{
			rows: 1 + int(rows)%20, outputs: OutputMultiple * (1 + int(panels)%4),
			blocks: 1 + int(blocks)%3, block: BlockInputs * (1 + int(block)%4), window: 1 + int(window)%4,
		}
		forEachKernel(t, func(t *testing.T, k *Kernel) { checkMatMul8(t, k, newRand(seed), s) })
	})
}

func TestQuantize8(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		const rows, blocks, block, gap = 3, 2, 96, 5
		x := View{normal(newRand(12), rows*(blocks*block+gap)), blocks*block + gap}
		clear(x.Data[:block]) // a block of zeros
		x.Data[block] = 1e6   // one number far above the others
		a := NewActivations8(rows+1, blocks, block)
		k.Quantize8(a, 1, x, rows)
		for i, record := range slices.Collect(slices.Chunk(a.records[a.stride():], a.record())) {
			want := x.Data[i/blocks*x.Stride+i%blocks*block:][:block]
			checkRecord(t, record, want)
		}
		if slices.Max(a.records[:a.stride()]) != 0 {
			t.Error("the row before the first was written")
		}
		a.Clear(1)
		if v := dequantized(a, 1, 1); slices.Max(v) != 0 || slices.Min(v) != 0 {
			t.Error("a cleared row is not zero")
		}
	})
}

// checkRecord holds a record to half a step of the numbers it stands for, and its
// offset to its values.
func checkRecord(t *testing.T, record []byte, want []float32) {
	t.Helper()
	scale, sum := float64(recordScale(record)), int32(0)
	for i, v := range recordValues(record) {
		sum += int32(int8(v))
		if got := float64(int8(v)) * scale; !(math.Abs(got-float64(want[i])) <= .501*scale+1e-6) {
			t.Errorf("number %d = %v, want %v within half of %v", i, got, want[i], scale)
		}
	}
	if recordOffset(record) != -128*sum {
		t.Errorf("offset = %d, want %d", recordOffset(record), -128*sum)
	}
}

// TestResidue8 checks that quantising twice keeps 16 bits.
func TestResidue8(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		const rows, width, gap = 2, 96, 3
		x := View{normal(newRand(17), rows*(width+gap)), width + gap}
		want := slices.Clone(x.Data)
		a := NewActivations8(2*rows, 1, width)
		k.Quantize8(a, 0, x, rows)
		Residue8(x, a, 0, rows)
		k.Quantize8(a, rows, x, rows)
		for r := range rows {
			first, second := dequantized(a, r, 1), dequantized(a, rows+r, 1)
			for i := range x.Stride {
				got := float64(x.Data[r*x.Stride+i])
				if i < width {
					got = first[i] + second[i]
				}
				if math.Abs(got-float64(want[r*x.Stride+i])) > 1e-4 {
					t.Fatalf("row %d, number %d = %v, want %v", r, i, got, want[r*x.Stride+i])
				}
			}
		}
	})
}

func TestUnit(t *testing.T) {
	v := []float32{3, 0, -4}
	Unit(v)
	if !slices.Equal(v, []float32{.6, 0, -.8}) {
		t.Errorf("Unit = %v, want .6, 0, -.8", v)
	}
}

// TestKernelsAgree8 asks the kernels in assembly for equal bits.
func TestKernelsAgree8(t *testing.T) {
	if len(Names()) < 3 {
		t.Skipf("needs two kernels in assembly, have %v", Names())
	}
	product := func(name string) []float32 {
		k, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		r := newRand(15)
		w, _ := randomMatrix8(t, r, 256, 1280)
		a := NewActivations8(21, 1, 256)
		k.Quantize8(a, 0, View{normal(r, 21*256), 256}, 21)
		out := make([]float32, 17*256)
		k.MatMul8(View{out, 256}, a, 0, w, 17)
		return out
	}
	if !slices.Equal(product(AVX2), product(VNNI)) {
		t.Error("avx2 and vnni differ")
	}
}

// TestMismatch8 checks that a shape that does not fit never reaches the loops.
func TestMismatch8(t *testing.T) {
	w, _ := randomMatrix8(t, newRand(16), 32, 64)
	x := View{make([]float32, 256), 64}
	tests := map[string]func(k *Kernel, a *Activations8){
		"rows beyond the activations":    func(k *Kernel, a *Activations8) { k.Quantize8(a, 0, x, 4) },
		"first row beyond them":          func(k *Kernel, a *Activations8) { k.Quantize8(a, 4, x, 0) },
		"row before the first":           func(k *Kernel, a *Activations8) { k.Quantize8(a, -1, x, 1) },
		"input too short":                func(k *Kernel, a *Activations8) { k.Quantize8(a, 0, View{x.Data[:191], 64}, 3) },
		"stride below the width":         func(k *Kernel, a *Activations8) { k.Quantize8(a, 0, View{x.Data, 32}, 2) },
		"residue of rows that are not":   func(_ *Kernel, a *Activations8) { Residue8(x, a, 1, 3) },
		"output too short":               func(k *Kernel, a *Activations8) { k.MatMul8(View{x.Data[:63], 32}, a, 0, w, 2) },
		"product of rows that are not":   func(k *Kernel, a *Activations8) { k.MatMul8(View{x.Data, 32}, a, 1, w, 3) },
		"product from before the first":  func(k *Kernel, a *Activations8) { k.MatMul8(View{x.Data, 32}, a, -1, w, 1) },
		"window past the last row":       func(k *Kernel, _ *Activations8) { k.MatMul8(View{x.Data, 32}, NewActivations8(3, 1, 32), 1, w, 2) },
		"matrix of another width":        func(k *Kernel, _ *Activations8) { k.MatMul8(View{x.Data, 32}, NewActivations8(3, 3, 32), 0, w, 1) },
		"weights cut short":              func(k *Kernel, a *Activations8) { k.MatMul8(View{x.Data, 32}, a, 0, cut8(w), 1) },
		"block no multiple of 32":        func(*Kernel, *Activations8) { NewActivations8(1, 1, 40) },
		"no rows":                        func(*Kernel, *Activations8) { NewActivations8(0, 1, 32) },
		"positive of another length":     func(k *Kernel, _ *Activations8) { k.AddPositive(x.Data[:64], x.Data[:32]) },
		"positive of 8":                  func(k *Kernel, _ *Activations8) { k.AddPositive(x.Data[:8], x.Data[:8]) },
		"normalisation of too many":      func(k *Kernel, _ *Activations8) { k.Normalize(make([]float32, 1568), Norm{}) },
		"normalisation without its gain": func(k *Kernel, _ *Activations8) { k.Normalize(x.Data, Norm{}) },
	}
	for name, call := range tests {
		t.Run(name, func(t *testing.T) {
			forEachKernel(t, func(t *testing.T, k *Kernel) {
				defer func() {
					if p := recover(); p == nil || !strings.HasPrefix(fmt.Sprint(p), "kernel: ") {
						t.Errorf("panic = %v, want one of this package", p)
					}
				}()
				call(k, NewActivations8(3, 2, 32))
			})
		})
	}
}

func cut8(w *Matrix8) *Matrix8 {
	cut := *w
	cut.Weights = cut.Weights[1:]
	return &cut
}

func TestPack8Errors(t *testing.T) {
	for name, test := range map[string]struct {
		rows            []int8
		outputs, inputs int
	}{
		"a weight missing": {make([]int8, 32*64-1), 32, 64},
		"half a panel":     {make([]int8, 8*64), 8, 64},
		"half a block":     {make([]int8, 32*48), 32, 48},
		"-128":             {append(make([]int8, 32*64-1), -128), 32, 64},
	} {
		if _, err := Pack8(test.rows, test.outputs, test.inputs); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// BenchmarkMatMul8 times the layers of a small convolutional network.
func BenchmarkMatMul8(b *testing.B) {
	for _, name := range Names() {
		k, err := Named(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range []shape8{{27, 768, 2, 256, 1}, {27, 256, 1, 256, 5}, {84, 256, 1, 256, 5}, {1, 512, 20, 64, 1}, {16, 512, 20, 64, 1}} {
			b.Run(fmt.Sprintf("%s/%dx%d/rows=%d", name, s.outputs, s.blocks*s.block*s.window, s.rows), func(b *testing.B) {
				r := newRand(1)
				w, _ := randomMatrix8(b, r, s.outputs, s.blocks*s.block*s.window)
				a := NewActivations8(s.rows+s.window-1, s.blocks, s.block)
				k.Quantize8(a, 0, View{normal(r, a.Rows()*s.blocks*s.block), s.blocks * s.block}, a.Rows())
				out := View{make([]float32, s.rows*s.outputs), s.outputs}
				for b.Loop() {
					k.MatMul8(out, a, 0, w, s.rows)
				}
				b.ReportMetric(float64(b.N)*float64(2*s.rows*w.Outputs*w.Inputs)/b.Elapsed().Seconds()/1e9, "Gop/s")
			})
		}
	}
}
