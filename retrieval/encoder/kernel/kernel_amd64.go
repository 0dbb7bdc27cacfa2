package kernel

import "golang.org/x/sys/cpu"

// accelerated lists the kernels in assembly this processor can run, the fastest
// first.
func accelerated() []*Kernel {
	x := &cpu.X86
	if !x.HasAVX2 || !x.HasFMA || !x.HasF16C {
		return nil
	}
	kernels := []*Kernel{{name: AVX2, ops: avx2Ops()}}
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512VNNI {
		kernels = append([]*Kernel{{name: VNNI, ops: vnniOps()}}, kernels...)
	}
	return kernels
}

func avx2Ops() ops {
	return ops{
		quantize: quantizeAVX2Row,
		matMul:   q4Loop{outputs: 16, rows: 4, call: q4AVX2}.run,
		product:  tileLoop{columns: 16, call: tileAVX2}.run,
		softmax:  func(row []float32, scale float32) { softmaxAVX2(&row[0], len(row), scale) },
		addNorm: func(x, y []float32, n Norm) {
			addNormAVX2(&x[0], &y[0], &n.Gain[0], &n.Bias[0], len(x), 1/float32(len(x)), n.Epsilon)
		},

		quantize8: func(record []byte, x []float32) {
			quantizeRecordAVX2(&x[0], &record[0], len(x)/BlockInputs)
		},
		matMul8:     q8Loop{outputs: 16, rows: 4, call: q8AVX2}.run,
		addPositive: func(x, y []float32) { addPositiveAVX2(&x[0], &y[0], len(x)) },
	}
}

// vnniOps differ from avx2Ops in the products, where the time goes.
func vnniOps() ops {
	o := avx2Ops()
	o.matMul = q4Loop{outputs: 32, rows: 6, call: q4VNNI}.run
	o.product = tileLoop{columns: 32, call: tileAVX512}.run
	o.matMul8 = q8Loop{outputs: 32, rows: 6, call: q8VNNI}.run
	return o
}

func quantizeAVX2Row(row quantizedRow, x []float32, gelu bool) {
	quantize := quantizeAVX2
	if gelu {
		quantize = quantizeGELUAVX2
	}
	quantize(&x[0], &row.values[0], &row.scales[0], &row.offsets[0], len(row.scales))
}

func q4AVX2(rows int, c q4Call) {
	f := q4AVX2x1
	switch rows {
	case 2:
		f = q4AVX2x2
	case 3:
		f = q4AVX2x3
	case 4:
		f = q4AVX2x4
	}
	f(c.nibbles, c.scales, c.bias, c.values, c.rowScales, c.offsets, c.out, c.blocks, c.outStride)
}

func q4VNNI(rows int, c q4Call) {
	f := q4VNNI1
	switch rows {
	case 2:
		f = q4VNNI2
	case 3:
		f = q4VNNI3
	case 4:
		f = q4VNNI4
	case 5:
		f = q4VNNI5
	case 6:
		f = q4VNNI6
	}
	f(c.nibbles, c.scales, c.bias, c.values, c.rowScales, c.offsets, c.out, c.blocks, c.outStride)
}

func tileAVX2(rows int, t tileCall) {
	f := tileAVX2x1
	switch rows {
	case 2:
		f = tileAVX2x2
	case 3:
		f = tileAVX2x3
	case 4:
		f = tileAVX2x4
	case 5:
		f = tileAVX2x5
	case 6:
		f = tileAVX2x6
	}
	f(t.a, t.b, t.c, t.inner, t.strideA, t.strideB, t.strideC)
}

func tileAVX512(rows int, t tileCall) {
	f := tileAVX512x1
	switch rows {
	case 2:
		f = tileAVX512x2
	case 3:
		f = tileAVX512x3
	case 4:
		f = tileAVX512x4
	case 5:
		f = tileAVX512x5
	case 6:
		f = tileAVX512x6
	}
	f(t.a, t.b, t.c, t.inner, t.strideA, t.strideB, t.strideC)
}

func q8AVX2(rows int, c q8Call) {
	f := q8AVX2x1
	switch rows {
	case 2:
		f = q8AVX2x2
	case 3:
		f = q8AVX2x3
	case 4:
		f = q8AVX2x4
	}
	f(c.weights, c.steps, c.bias, c.records, c.out, c.blocks, c.blockSteps, c.stride, c.outStride)
}

func q8VNNI(rows int, c q8Call) {
	f := q8VNNI1
	switch rows {
	case 2:
		f = q8VNNI2
	case 3:
		f = q8VNNI3
	case 4:
		f = q8VNNI4
	case 5:
		f = q8VNNI5
	case 6:
		f = q8VNNI6
	}
	f(c.weights, c.steps, c.bias, c.records, c.out, c.blocks, c.blockSteps, c.stride, c.outStride)
}
