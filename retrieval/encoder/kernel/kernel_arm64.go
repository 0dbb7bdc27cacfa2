package kernel

import "golang.org/x/sys/cpu"

// accelerated lists the kernels in assembly this processor can run.
func accelerated() []*Kernel {
	if !cpu.ARM64.HasASIMDDP {
		return nil
	}
	return []*Kernel{{name: NEON, ops: neonOps()}}
}

func neonOps() ops {
	return ops{
		quantize: quantizeNEONRow,
		matMul:   q4Loop{outputs: 8, rows: 5, call: q4NEON}.run,
		product:  tileLoop{columns: 16, call: tileNEON}.run,
		softmax:  func(row []float32, scale float32) { softmaxNEON(&row[0], len(row), scale) },
		addNorm: func(x, y []float32, n Norm) {
			addNormNEON(&x[0], &y[0], &n.Gain[0], &n.Bias[0], len(x), 1/float32(len(x)), n.Epsilon)
		},

		quantize8: func(record []byte, x []float32) {
			quantizeRecordNEON(&x[0], &record[0], len(x)/BlockInputs)
		},
		matMul8:     q8Loop{outputs: 8, rows: 5, call: q8NEON}.run,
		addPositive: func(x, y []float32) { addPositiveNEON(&x[0], &y[0], len(x)) },
	}
}

func quantizeNEONRow(row quantizedRow, x []float32, gelu bool) {
	quantize := quantizeNEON
	if gelu {
		quantize = quantizeGELUNEON
	}
	quantize(&x[0], &row.values[0], &row.scales[0], &row.offsets[0], len(row.scales))
}

func q4NEON(rows int, c q4Call) {
	f := q4NEON1
	switch rows {
	case 2:
		f = q4NEON2
	case 3:
		f = q4NEON3
	case 4:
		f = q4NEON4
	case 5:
		f = q4NEON5
	}
	f(c.nibbles, c.scales, c.bias, c.values, c.rowScales, c.offsets, c.out, c.blocks, c.outStride)
}

func q8NEON(rows int, c q8Call) {
	f := q8NEON1
	switch rows {
	case 2:
		f = q8NEON2
	case 3:
		f = q8NEON3
	case 4:
		f = q8NEON4
	case 5:
		f = q8NEON5
	}
	f(c.weights, c.steps, c.bias, c.records, c.out, c.blocks, c.blockSteps, c.stride, c.outStride)
}

func tileNEON(rows int, t tileCall) {
	f := tileNEON1
	switch rows {
	case 2:
		f = tileNEON2
	case 3:
		f = tileNEON3
	case 4:
		f = tileNEON4
	case 5:
		f = tileNEON5
	case 6:
		f = tileNEON6
	}
	f(t.a, t.b, t.c, t.inner, t.strideA, t.strideB, t.strideC)
}
