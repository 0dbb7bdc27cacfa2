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
		matMul:   q4Loop{panels: 1, rows: 4, call: q4AVX2}.run,
		product:  tileLoop{columns: 16, call: tileAVX2}.run,
		softmax:  func(row []float32, scale float32) { softmaxAVX2(&row[0], len(row), scale) },
		addNorm: func(x, y []float32, n Norm) {
			addNormAVX2(&x[0], &y[0], &n.Gain[0], &n.Bias[0], len(x), 1/float32(len(x)), n.Epsilon)
		},

		quantize8: func(record []byte, x []float32) {
			quantizeRecordAVX2(&x[0], &record[0], len(x)/BlockInputs)
		},
		matMul8:     q8Loop{panels: 1, rows: 4, call: q8AVX2}.run,
		addPositive: func(x, y []float32) { addPositiveAVX2(&x[0], &y[0], len(x)) },
	}
}

// vnniOps differ from avx2Ops in the products, where the time goes.
func vnniOps() ops {
	o := avx2Ops()
	o.matMul = q4Loop{panels: 2, rows: 6, call: q4VNNI}.run
	o.product = tileLoop{columns: 32, call: tileAVX512}.run
	o.matMul8 = q8Loop{panels: 2, rows: 6, call: q8VNNI}.run
	return o
}

func quantizeAVX2Row(row quantizedRow, x []float32, gelu bool) {
	quantize := quantizeAVX2
	if gelu {
		quantize = quantizeGELUAVX2
	}
	quantize(&x[0], &row.values[0], &row.scales[0], &row.offsets[0], len(row.scales))
}

// q4Call points at the first element of everything a 4-bit kernel touches.
type q4Call struct {
	nibbles, scales *byte
	bias            *float32
	values          *int8
	rowScales       *float32
	offsets         *int32
	out             *float32
	blocks          int
	outStride       int // bytes
}

// q4Loop covers a product with calls of at most rows rows and a fixed number of
// panels. Weights stay in the cache while the rows pass by.
type q4Loop struct {
	panels, rows int
	call         func(rows int, c q4Call)
}

func (l q4Loop) run(out []float32, a *Activations, w *Matrix, rows int) {
	blocks := w.Inputs / BlockInputs
	for p := 0; p < w.Outputs/panelOutputs; p += l.panels {
		c := q4Call{
			nibbles: &w.Nibbles[p*blocks*blockNibbles], scales: &w.Scales[p*blocks*blockScales],
			bias: &w.Bias[p*panelOutputs], blocks: blocks, outStride: 4 * w.Outputs,
		}
		for r := 0; r < rows; {
			n := share(rows-r, l.rows)
			c.values, c.rowScales, c.offsets = &a.values[r*MaxInputs], &a.scales[r*maxBlocks], &a.offsets[r*maxBlocks]
			c.out = &out[r*w.Outputs+p*panelOutputs]
			l.call(n, c)
			r += n
		}
	}
}

// share is how many of the rows left the next call takes: as many as it can,
// but the last two calls share evenly, since a call with one row costs nearly as
// much as one with three.
func share(left, most int) int {
	if left > most && left < 2*most {
		return (left + 1) / 2
	}
	return min(left, most)
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

// tileCall points at the first element of three views. Strides are in bytes.
type tileCall struct {
	a, b, c                   *float32
	inner                     int
	strideA, strideB, strideC int
}

// tileLoop covers a float32 product with tiles of at most six rows.
type tileLoop struct {
	columns int
	call    func(rows int, t tileCall)
}

const tileRows = 6

func (l tileLoop) run(c, a, b View, size Size) {
	t := tileCall{inner: size.Inner, strideA: 4 * a.Stride, strideB: 4 * b.Stride, strideC: 4 * c.Stride}
	for r := 0; r < size.Rows; {
		n := share(size.Rows-r, tileRows)
		t.a = &a.Data[r*a.Stride]
		for j := 0; j < size.Columns; j += l.columns {
			t.b, t.c = &b.Data[j], &c.Data[r*c.Stride+j]
			l.call(n, t)
		}
		r += n
	}
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
