package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSoftmax(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		for _, n := range []int{32, 64, 512} {
			checkSoftmax(t, k, newRand(4), n)
		}
	})
}

func checkSoftmax(t *testing.T, k *Kernel, r *rand.Rand, n int) {
	t.Helper()
	row := normal(r, n)
	row[3], row[n-1] = 20, -1e30 // one winner, and one that gets nothing
	const scale = .5
	want := make([]float64, n)
	sum := 0.0
	for i, v := range row {
		want[i] = math.Exp(scale * (float64(v) - 20))
		sum += want[i]
	}
	k.Softmax(row, scale)
	// Each addition to a sum between 1 and 2 may be half of 2^-23 off.
	tolerance := 2e-6 + float64(n)*math.Ldexp(1, -24)
	for i, v := range row {
		if !(math.Abs(float64(v)-want[i]/sum) < tolerance) {
			t.Fatalf("softmax of %d: number %d = %v, want %v", n, i, v, want[i]/sum)
		}
	}
}

func TestAddNorm(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(5)
		for _, n := range []int{32, 384, 512} {
			checkAddNorm(t, k, r, n)
		}
	})
}

func checkAddNorm(t *testing.T, k *Kernel, r *rand.Rand, n int) {
	t.Helper()
	x, y := normal(r, n), normal(r, n)
	norm := Norm{Gain: normal(r, n), Bias: normal(r, n), Epsilon: 1e-12}
	want := addNormPlain(x, y, norm)
	k.AddNorm(x, y, norm)
	for i, v := range x {
		if !(math.Abs(float64(v)-want[i]) < 1e-5*(1+math.Abs(want[i]))) {
			t.Fatalf("AddNorm of %d: number %d = %v, want %v", n, i, v, want[i])
		}
	}
}

// TestAddNormEpsilon gives numbers that are all alike, whose variance is 0: only
// epsilon keeps them finite.
func TestAddNormEpsilon(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		x := slices.Repeat([]float32{2}, 64)
		bias := normal(newRand(18), 64)
		k.AddNorm(x, x, Norm{Gain: slices.Repeat([]float32{1}, 64), Bias: bias, Epsilon: 1e-3})
		if !slices.Equal(x, bias) {
			t.Errorf("AddNorm of a constant = %v, want the bias %v", x, bias)
		}
	})
}

func addNormPlain(x, y []float32, norm Norm) []float64 {
	sums := make([]float64, len(x))
	mean, variance := 0.0, 0.0
	for i := range x {
		sums[i] = float64(x[i]) + float64(y[i])
		mean += sums[i] / float64(len(x))
	}
	for _, v := range sums {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	for i, v := range sums {
		sums[i] = (v-mean)/math.Sqrt(variance+float64(norm.Epsilon))*float64(norm.Gain[i]) + float64(norm.Bias[i])
	}
	return sums
}

func TestAddPositive(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(13)
		for _, n := range []int{32, 256, 768} {
			checkAddPositive(t, k, r, n)
		}
	})
}

func checkAddPositive(t *testing.T, k *Kernel, r *rand.Rand, n int) {
	t.Helper()
	x, y := normal(r, n), normal(r, n)
	want := slices.Clone(x)
	for i, v := range y {
		want[i] += max(v, 0)
	}
	k.AddPositive(x, y)
	if !slices.Equal(x, want) {
		t.Errorf("AddPositive of %d numbers differs", n)
	}
}

func TestNormalize(t *testing.T) {
	forEachKernel(t, func(t *testing.T, k *Kernel) {
		r := newRand(14)
		x, y := normal(r, 1280), make([]float32, 1280)
		norm := Norm{Gain: normal(r, 1280), Bias: normal(r, 1280), Epsilon: 1e-12}
		want := addNormPlain(x, y, norm)
		k.Normalize(x, norm)
		for i, v := range x {
			if !(math.Abs(float64(v)-want[i]) < 1e-5*(1+math.Abs(want[i]))) {
				t.Fatalf("number %d = %v, want %v", i, v, want[i])
			}
		}
	})
}

// FuzzRows tries everything that is done to one row, at every length and size of
// numbers.
func FuzzRows(f *testing.F) {
	f.Add(uint64(1), uint8(0), uint8(0))
	f.Add(uint64(2), uint8(47), uint8(30))
	f.Fuzz(func(t *testing.T, seed uint64, blocks, exponent uint8) {
		n := RowMultiple * (1 + int(blocks)%maxBlocks)
		size := float32(math.Ldexp(1, int(exponent)%40-20))
		forEachKernel(t, func(t *testing.T, k *Kernel) {
			r := newRand(seed)
			checkSoftmax(t, k, r, n)
			checkAddNorm(t, k, r, n)
			checkAddPositive(t, k, r, n)
			checkQuantize(t, k, scaled(normal(r, n), size), false)
			checkQuantize(t, k, scaled(normal(r, n), 3), true)
			checkQuantize8(t, k, scaled(normal(r, n), size))
		})
	})
}

func scaled(x []float32, by float32) []float32 {
	for i := range x {
		x[i] *= by
	}
	return x
}

// checkQuantize quantises a row, or its GELU.
func checkQuantize(t *testing.T, k *Kernel, x []float32, gelu bool) {
	t.Helper()
	want := slices.Clone(x)
	a := NewActivations(1)
	if gelu {
		for i, v := range want {
			want[i] = geluPlain(v)
		}
		k.QuantizeGELU(a, x, 1, len(x))
	} else {
		k.Quantize(a, x, 1, len(x))
	}
	checkQuantized(t, a.row(0), want)
}

func geluPlain(v float32) float32 {
	return float32(float64(v) * 0.5 * math.Erfc(-float64(v)/math.Sqrt2))
}

// checkQuantize8 quantises a row of one block.
func checkQuantize8(t *testing.T, k *Kernel, x []float32) {
	t.Helper()
	a := NewActivations8(1, 1, len(x))
	k.Quantize8(a, 0, View{x, len(x)}, 1)
	checkRecord(t, a.records, x)
}
