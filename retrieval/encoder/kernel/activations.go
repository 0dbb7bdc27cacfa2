package kernel

import "fmt"

// Activations are rows of quantised inputs: signed bytes in -127..127, and for
// every block of 32 a scale and an offset. The offset is -8 times the sum of the
// block's bytes: integer sums start there, which takes the zero point 8 of the
// weights out for nothing.
//
// A row of Activations takes 1,920 bytes whatever its width. Quantize fills
// them; MatMul reads them.
type Activations struct {
	rows, width int // rows allocated; width last quantised
	values      []int8
	scales      []float32
	offsets     []int32
}

// NewActivations makes room for a number of rows.
func NewActivations(rows int) *Activations {
	return &Activations{
		rows:    rows,
		values:  make([]int8, rows*MaxInputs),
		scales:  make([]float32, rows*maxBlocks),
		offsets: make([]int32, rows*maxBlocks),
	}
}

// quantizedRow is one row of Activations, cut to the blocks in use.
type quantizedRow struct {
	values  []int8
	scales  []float32
	offsets []int32
}

func (a *Activations) row(r int) quantizedRow {
	blocks := a.width / BlockInputs
	return quantizedRow{
		values:  a.values[r*MaxInputs:][:a.width],
		scales:  a.scales[r*maxBlocks:][:blocks],
		offsets: a.offsets[r*maxBlocks:][:blocks],
	}
}

// Quantize fills the first rows of a from x, which holds rows × width numbers.
// Width is a multiple of BlockInputs up to MaxInputs.
func (k *Kernel) Quantize(a *Activations, x []float32, rows, width int) {
	k.quantizeRows(a, x, rows, width, false)
}

// QuantizeGELU is Quantize of GELU(x), x·Φ(x). It may overwrite x.
func (k *Kernel) QuantizeGELU(a *Activations, x []float32, rows, width int) {
	k.quantizeRows(a, x, rows, width, true)
}

func (k *Kernel) quantizeRows(a *Activations, x []float32, rows, width int, gelu bool) {
	if width <= 0 || width%BlockInputs != 0 || width > MaxInputs {
		panic(fmt.Sprintf("kernel: quantize rows of %d numbers, want a multiple of %d up to %d", width, BlockInputs, MaxInputs))
	}
	if rows < 0 || rows > a.rows || len(x) < rows*width {
		panic(fmt.Sprintf("kernel: quantize %d × %d of %d numbers into %d rows", rows, width, len(x), a.rows))
	}
	a.width = width
	for r := range rows {
		k.ops.quantize(a.row(r), x[r*width:][:width], gelu)
	}
}

// MatMul sets out, rows × w.Outputs, to the first rows of a times the
// transposed weights, plus the bias. The width last quantised into a must be
// w.Inputs.
func (k *Kernel) MatMul(out []float32, a *Activations, w *Matrix, rows int) {
	if err := w.Validate(); err != nil {
		panic("kernel: " + err.Error())
	}
	if a.width != w.Inputs || rows < 0 || rows > a.rows || len(out) < rows*w.Outputs {
		panic(fmt.Sprintf("kernel: multiply %d of %d rows of %d by a matrix of %d × %d into %d numbers",
			rows, a.rows, a.width, w.Outputs, w.Inputs, len(out)))
	}
	k.ops.matMul(out, a, w, rows)
}
