package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// forEachKernel runs a test with every kernel of this processor.
func forEachKernel(t *testing.T, test func(t *testing.T, k *Kernel)) {
	for _, name := range Names() {
		k, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { test(t, k) })
	}
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func normal(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

func TestNamed(t *testing.T) {
	if names := Names(); !slices.Contains(names, Portable) || Best().Name() != names[0] {
		t.Errorf("names = %v, best = %q", names, Best().Name())
	}
	if k, err := Named(""); err != nil || k.Name() != Best().Name() {
		t.Errorf(`Named("") = %v, %v, want the best`, k, err)
	}
	_, err := Named("abacus")
	if err == nil || !strings.Contains(err.Error(), "abacus") || !strings.Contains(err.Error(), Portable) {
		t.Errorf(`Named("abacus") error = %v, want one that names it and what there is`, err)
	}
}

// randomMatrix makes weights from Q4_0 rows, and returns them as float64 too.
func randomMatrix(t testing.TB, r *rand.Rand, outputs, inputs int) (*Matrix, []float64) {
	t.Helper()
	blocks := outputs * inputs / BlockInputs
	rows := make([]byte, blocks*q4RowBlock)
	weights := make([]float64, outputs*inputs)
	for b := range blocks {
		row := rows[b*q4RowBlock:][:q4RowBlock]
		scale := uint16(0x2000 + r.IntN(0x800)) // between 1/128 and 1/32
		row[0], row[1] = byte(scale), byte(scale>>8)
		for j := range 16 {
			v := byte(r.IntN(256))
			row[2+j] = v
			weights[b*BlockInputs+j] = float64(int(v&15)-8) * float64(Half(scale))
			weights[b*BlockInputs+j+16] = float64(int(v>>4)-8) * float64(Half(scale))
		}
	}
	nibbles, scales, err := PackQ4(rows, outputs, inputs)
	if err != nil {
		t.Fatal(err)
	}
	w := &Matrix{Outputs: outputs, Inputs: inputs, Nibbles: unaligned(nibbles), Scales: unaligned(scales), Bias: normal(r, outputs)}
	if err := w.Validate(); err != nil {
		t.Fatal(err)
	}
	return w, weights
}

// unaligned copies b to an odd address and to where it fills its memory, so that
// nothing after it may be read.
func unaligned(b []byte) []byte {
	moved := append(make([]byte, 0, len(b)+1), 0)
	return append(moved, b...)[1:]
}

// checkMatMul compares a product with a plain loop over the quantised inputs.
func checkMatMul(t *testing.T, k *Kernel, r *rand.Rand, rows, outputs, inputs int) {
	t.Helper()
	w, weights := randomMatrix(t, r, outputs, inputs)
	a := NewActivations(rows)
	k.Quantize(a, normal(r, rows*inputs), rows, inputs)
	out := slices.Repeat([]float32{-77}, rows*outputs+1)
	k.MatMul(out, a, w, rows)
	for i := range rows {
		row := a.row(i)
		for o := range outputs {
			want := float64(w.Bias[o])
			for j, v := range row.values {
				want += float64(v) * float64(row.scales[j/BlockInputs]) * weights[o*inputs+j]
			}
			if got := float64(out[i*outputs+o]); !(math.Abs(got-want) < 1e-4*(1+math.Abs(want))) {
				t.Fatalf("%d × %d × %d: out[%d][%d] = %v, want %v", rows, inputs, outputs, i, o, got, want)
			}
		}
	}
	if out[rows*outputs] != -77 {
		t.Fatalf("%d × %d × %d: wrote past the last output", rows, inputs, outputs)
	}
}

func TestMatMul(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(1)
		for rows := 1; rows <= 14; rows++ {
			checkMatMul(t, k, r, rows, 64, 96)
		}
		for _, shape := range [][3]int{{1, 32, 32}, {5, 32, 1536}, {13, 1152, 384}, {48, 384, 384}, {7, 1536, 384}, {3, 384, 1536}} {
			checkMatMul(t, k, r, shape[0], shape[1], shape[2])
		}
	})
}

// TestMatMulExtremes drives the integer sums to their limits, where 16-bit
// accumulators would be the first to overflow.
func TestMatMulExtremes(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		for _, nibbles := range []byte{0x00, 0xff} {
			for _, x := range []float32{-1, 1} {
				const rows, outputs, inputs = 6, 32, 64
				w := &Matrix{Outputs: outputs, Inputs: inputs, Bias: make([]float32, outputs)}
				w.Nibbles = slices.Repeat([]byte{nibbles}, NibbleBytes(outputs, inputs))
				w.Scales = slices.Repeat([]byte{0x00, 0x3c}, outputs*inputs/BlockInputs) // 1
				a := NewActivations(rows)
				k.Quantize(a, slices.Repeat([]float32{x}, rows*inputs), rows, inputs)
				out := make([]float32, rows*outputs)
				k.MatMul(out, a, w, rows)
				want := float64(x) * float64(int(nibbles&15)-8) * inputs
				for i, got := range out {
					if math.Abs(float64(got)-want) > 1e-2 {
						t.Fatalf("nibbles %#x, inputs %v: out[%d] = %v, want %v", nibbles, x, i, got, want)
					}
				}
			}
		}
	})
}

func FuzzMatMul(f *testing.F) {
	f.Add(uint64(1), uint8(1), uint8(1), uint8(1))
	f.Add(uint64(2), uint8(13), uint8(3), uint8(12))
	f.Fuzz(func(t *testing.T, seed uint64, rows, panels, blocks uint8) {
		shape := [3]int{1 + int(rows)%20, OutputMultiple * (1 + int(panels)%4), BlockInputs * (1 + int(blocks)%maxBlocks)}
		forEachKernel(t, func(t *testing.T, k *Kernel) {
			checkMatMul(t, k, newRand(seed), shape[0], shape[1], shape[2])
		})
	})
}

func TestQuantize(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(2)
		for _, gelu := range []bool{false, true} {
			const rows, width = 3, 96
			x := normal(r, rows*width)
			clear(x[:BlockInputs])          // a block of zeros
			x[BlockInputs] = 1e6            // one number far above the others
			copy(x[width:], []float32{-30}) // GELU must not turn it positive
			want := slices.Clone(x)
			a := NewActivations(rows)
			if gelu {
				for i, v := range want {
					want[i] = geluPlain(v)
				}
				k.QuantizeGELU(a, x, rows, width)
			} else {
				k.Quantize(a, x, rows, width)
			}
			for i := range rows {
				checkQuantized(t, a.row(i), want[i*width:][:width])
			}
		}
	})
}

// checkQuantized holds a row to half a step of the numbers it stands for, and
// its offsets to its values.
func checkQuantized(t *testing.T, row quantizedRow, want []float32) {
	t.Helper()
	for b, scale := range row.scales {
		sum := int32(0)
		for i, v := range row.values[b*BlockInputs:][:BlockInputs] {
			sum += int32(v)
			w := float64(want[b*BlockInputs+i])
			if got := float64(v) * float64(scale); !(math.Abs(got-w) <= .501*float64(scale)+1e-6) {
				t.Errorf("block %d, number %d = %v, want %v within half of %v", b, i, got, w, scale)
			}
		}
		if row.offsets[b] != -8*sum {
			t.Errorf("block %d: offset = %d, want %d", b, row.offsets[b], -8*sum)
		}
	}
}

func checkProduct(t *testing.T, k *Kernel, r *rand.Rand, size Size, gap int) {
	t.Helper()
	a := View{normal(r, size.Rows*(size.Inner+gap)), size.Inner + gap}
	b := View{normal(r, size.Inner*(size.Columns+gap)), size.Columns + gap}
	c := View{slices.Repeat([]float32{-77}, size.Rows*(size.Columns+gap)), size.Columns + gap}
	k.Product(c, a, b, size)
	for i := range size.Rows {
		for j := range size.Columns + gap {
			want := -77.0
			if j < size.Columns {
				want = 0
				for l := range size.Inner {
					want += float64(a.Data[i*a.Stride+l]) * float64(b.Data[l*b.Stride+j])
				}
			}
			if got := float64(c.Data[i*c.Stride+j]); !(math.Abs(got-want) < 1e-4*(1+math.Abs(want))) {
				t.Fatalf("%+v: c[%d][%d] = %v, want %v", size, i, j, got, want)
			}
		}
	}
}

func TestProduct(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(3)
		for rows := 1; rows <= 13; rows++ {
			for _, inner := range []int{1, 3, 32, 61} {
				checkProduct(t, k, r, Size{rows, inner, 32}, 0)
				checkProduct(t, k, r, Size{rows, inner, 96}, 5)
			}
		}
	})
}

func FuzzProduct(f *testing.F) {
	f.Add(uint64(1), uint8(5), uint8(32), uint8(2), uint8(0))
	f.Fuzz(func(t *testing.T, seed uint64, rows, inner, columns, gap uint8) {
		size := Size{1 + int(rows)%20, 1 + int(inner)%70, RowMultiple * (1 + int(columns)%4)}
		forEachKernel(t, func(t *testing.T, k *Kernel) {
			checkProduct(t, k, newRand(seed), size, int(gap)%9)
		})
	})
}

// TestKernelsAgree asks for equal bits where the arithmetic is the same: the
// kernels in assembly differ only in how much they do at once.
func TestKernelsAgree(t *testing.T) {
	if len(Names()) < 3 {
		t.Skipf("needs two kernels in assembly, have %v", Names())
	}
	product := func(name string) []float32 {
		k, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		r := newRand(6)
		w, _ := randomMatrix(t, r, 384, 384)
		a := NewActivations(17)
		k.Quantize(a, normal(r, 17*384), 17, 384)
		out := make([]float32, 17*384)
		k.MatMul(out, a, w, 17)
		return out
	}
	if !slices.Equal(product(AVX2), product(VNNI)) {
		t.Error("avx2 and vnni differ")
	}
}

// TestMismatch checks that a shape that does not fit never reaches the loops.
func TestMismatch(t *testing.T) {
	w, _ := randomMatrix(t, newRand(7), 32, 64)
	a := NewActivations(2)
	x := make([]float32, 256)
	tests := map[string]func(k *Kernel){
		"rows beyond the activations": func(k *Kernel) { k.Quantize(a, x, 3, 64) },
		"input too short":             func(k *Kernel) { k.Quantize(a, x[:100], 2, 64) },
		"width no multiple of 32":     func(k *Kernel) { k.Quantize(a, x, 2, 40) },
		"width too great":             func(k *Kernel) { k.Quantize(a, make([]float32, 4096), 1, 2048) },
		"output too short":            func(k *Kernel) { k.MatMul(x[:63], a, w, 2) },
		"matrix of another width":     func(k *Kernel) { k.Quantize(a, x, 2, 32); k.MatMul(x, a, w, 2) },
		"weights cut short": func(k *Kernel) {
			k.MatMul(x, a, &Matrix{Outputs: 32, Inputs: 64, Nibbles: w.Nibbles[1:], Scales: w.Scales, Bias: w.Bias}, 2)
		},
		"columns no multiple of 32": func(k *Kernel) { k.Product(View{x, 8}, View{x, 8}, View{x, 8}, Size{1, 1, 8}) },
		"product past the end":      func(k *Kernel) { k.Product(View{x, 32}, View{x, 8}, View{x[:255], 32}, Size{8, 8, 32}) },
		"stride below the columns":  func(k *Kernel) { k.Product(View{x, 16}, View{x, 8}, View{x, 32}, Size{2, 2, 32}) },
		"negative stride":           func(k *Kernel) { k.Product(View{x, 32}, View{x, -8}, View{x, 32}, Size{2, 2, 32}) },
		"softmax of 8":              func(k *Kernel) { k.Softmax(x[:8], 1) },
		"softmax of nothing":        func(k *Kernel) { k.Softmax(nil, 1) },
		"gain too short":            func(k *Kernel) { k.AddNorm(x[:32], x[:32], Norm{Gain: x[:31], Bias: x[:32]}) },
	}
	for name, call := range tests {
		t.Run(name, func(t *testing.T) {
			forEachKernel(t, func(t *testing.T, k *Kernel) {
				k.Quantize(a, x, 2, 64)
				defer func() {
					if p := recover(); p == nil || !strings.HasPrefix(fmt.Sprint(p), "kernel: ") {
						t.Errorf("panic = %v, want one of this package", p)
					}
				}()
				call(k)
			})
		})
	}
}

func TestHalf(t *testing.T) {
	tests := []struct {
		bits uint16
		want float32
	}{
		{0x0000, 0}, {0x3c00, 1}, {0xc000, -2}, {0x3555, 0.33325195}, {0x7bff, 65504},
		{0x0400, 6.1035156e-05}, // the smallest normal number
		{0x0001, 5.9604645e-08}, // the smallest of all
		{0x83ff, -6.0975552e-05},
	}
	for _, test := range tests {
		if got := Half(test.bits); got != test.want {
			t.Errorf("Half(%#04x) = %v, want %v", test.bits, got, test.want)
		}
	}
}

func TestPackQ4Errors(t *testing.T) {
	for name, shape := range map[string][3]int{
		"a byte missing": {32*2*q4RowBlock - 1, 32, 64},
		"half a panel":   {8 * 2 * q4RowBlock, 8, 64},
		"half a block":   {32 * q4RowBlock, 32, 48},
		"nothing":        {0, 32, 64},
	} {
		if _, _, err := PackQ4(make([]byte, shape[0]), shape[1], shape[2]); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
