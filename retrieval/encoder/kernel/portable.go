package kernel

import (
	"encoding/binary"
	"math"
)

// portableOps are the loops in plain Go.
func portableOps() ops {
	return ops{
		quantize: quantizePortable,
		matMul:   matMulPortable,
		product:  productPortable,
		softmax:  softmaxPortable,
		addNorm:  addNormPortable,

		quantize8:   quantize8Portable,
		matMul8:     matMul8Portable,
		addPositive: addPositivePortable,
	}
}

func quantizePortable(row quantizedRow, x []float32, gelu bool) {
	for b := range row.scales {
		block := x[b*BlockInputs:][:BlockInputs]
		if gelu {
			for i, v := range block {
				block[i] = geluOf(v)
			}
		}
		row.scales[b], row.offsets[b] = quantizeBlock(row.values[b*BlockInputs:][:BlockInputs], block)
	}
}

func quantizeBlock(values []int8, x []float32) (scale float32, offset int32) {
	factor, scale := quantization(x)
	for i, v := range x {
		n := roundTo8(v * factor)
		values[i] = int8(n)
		offset -= 8 * n
	}
	return scale, offset
}

// quantization is what numbers are multiplied with to become -127..127, and what
// one step is then worth.
func quantization(x []float32) (factor, scale float32) {
	largest := float32(1e-30)
	for _, v := range x {
		largest = max(largest, v, -v)
	}
	return 127 / largest, largest / 127
}

// roundTo8 rounds a number in -127..127: above zero the conversion rounds down.
func roundTo8(v float32) int32 { return int32(v+192.5) - 192 }

// geluOf is x·Φ(x) with the error function of Abramowitz and Stegun 7.1.26,
// whose error is below 1.5e-7.
func geluOf(x float32) float32 {
	size := max(x, -x)
	t := 1 / (1 + 0.3275911/math.Sqrt2*size)
	p := float32(1.061405429)
	p = p*t - 1.453152027
	p = p*t + 1.421413741
	p = p*t - 0.284496736
	p = p*t + 0.254829592
	return max(x, 0) - 0.5*size*p*t*exponential(-0.5*x*x)
}

// exponential is e to the power of x for x at most 0, held at -80 so that no
// denormal number appears. The relative error is below 3e-7.
func exponential(x float32) float32 {
	y := max(x, -80) * math.Log2E
	whole := float32(int32(y - 0.5))
	f := y - whole
	p := float32(1.5403530e-4)
	p = p*f + 1.33335581e-3
	p = p*f + 9.61812911e-3
	p = p*f + 5.55041087e-2
	p = p*f + 2.40226507e-1
	p = p*f + 6.93147181e-1
	p = p*f + 1
	return math.Float32frombits(math.Float32bits(p) + uint32(int32(whole))<<23)
}

// productPortable adds four rows of b at a time to a row of c.
func productPortable(c, a, b View, size Size) {
	for r := range size.Rows {
		row := c.Data[r*c.Stride:][:size.Columns]
		factors := a.Data[r*a.Stride:][:size.Inner]
		clear(row)
		i := 0
		for ; i+4 <= len(factors); i += 4 {
			addFourRows(row, b.Data[i*b.Stride:], b.Stride, (*[4]float32)(factors[i:]))
		}
		for ; i < len(factors); i++ {
			for j, v := range b.Data[i*b.Stride:][:len(row)] {
				row[j] += factors[i] * v
			}
		}
	}
}

func addFourRows(row, b []float32, stride int, f *[4]float32) {
	b0 := b[:len(row)]
	b1 := b[stride:][:len(row)]
	b2 := b[2*stride:][:len(row)]
	b3 := b[3*stride:][:len(row)]
	for j := range row {
		row[j] += f[0]*b0[j] + f[1]*b1[j] + f[2]*b2[j] + f[3]*b3[j]
	}
}

func softmaxPortable(row []float32, scale float32) {
	largest := row[0]
	for _, v := range row {
		largest = max(largest, v)
	}
	var sum float32
	for i, v := range row {
		v = exponential((v - largest) * scale)
		row[i] = v
		sum += v
	}
	inverse := 1 / sum
	for i := range row {
		row[i] *= inverse
	}
}

func addNormPortable(x, y []float32, n Norm) {
	var mean float32
	for i := range x {
		x[i] += y[i]
		mean += x[i]
	}
	mean /= float32(len(x))
	var variance float32
	for _, v := range x {
		variance += (v - mean) * (v - mean)
	}
	variance /= float32(len(x))
	inverse := float32(1 / math.Sqrt(float64(variance+n.Epsilon)))
	for i := range x {
		x[i] = (x[i]-mean)*inverse*n.Gain[i] + n.Bias[i]
	}
}

// half reads the half-precision number i of a little-endian array.
func half(b []byte, i int) float32 { return Half(binary.LittleEndian.Uint16(b[2*i:])) }
