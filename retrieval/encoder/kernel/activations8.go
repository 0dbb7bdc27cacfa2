package kernel

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Activations8 are rows of quantised inputs for Matrix8. A row is cut into
// blocks of equal width, each with a scale of its own.
//
// A block is kept as a record: its numbers as signed bytes in -127..127, then an
// offset and the scale, four bytes each. The offset is -128 times the sum of the
// numbers, which takes the middle of the weight bytes out. Records lie side by
// side, so that neighbouring rows of one block can be read as one wide row:
// that is all a convolution needs.
//
// Quantize8 fills them; MatMul8 reads them.
type Activations8 struct {
	block   int // inputs in a block
	blocks  int // in a row
	records []byte
}

// recordTail is the bytes of a record behind its numbers.
const recordTail = 8

// NewActivations8 makes room for a number of rows of blocks × block inputs. The
// block is a multiple of BlockInputs. All rows are zero.
func NewActivations8(rows, blocks, block int) *Activations8 {
	if rows <= 0 || blocks <= 0 || block <= 0 || block%BlockInputs != 0 || block*blocks > MaxInputs {
		panic(fmt.Sprintf("kernel: activations of %d rows of %d × %d, want blocks of a multiple of %d", rows, blocks, block, BlockInputs))
	}
	return &Activations8{block: block, blocks: blocks, records: make([]byte, rows*blocks*(block+recordTail))}
}

// Rows is the number of rows there is room for.
func (a *Activations8) Rows() int { return len(a.records) / a.stride() }

// Clear sets a row to zero.
func (a *Activations8) Clear(row int) { clear(a.records[row*a.stride():][:a.stride()]) }

func (a *Activations8) record() int { return a.block + recordTail }

// stride is the bytes of a row.
func (a *Activations8) stride() int { return a.blocks * a.record() }

// recordValues is the number of a record's bytes that are numbers.
func recordValues(record []byte) []byte { return record[:len(record)-recordTail] }

// finishRecord writes what stands behind the numbers.
func finishRecord(record []byte, offset int32, scale float32) {
	tail := record[len(record)-recordTail:]
	binary.LittleEndian.PutUint32(tail, uint32(offset))
	binary.LittleEndian.PutUint32(tail[4:], math.Float32bits(scale))
}

func recordOffset(record []byte) int32 {
	return int32(binary.LittleEndian.Uint32(record[len(record)-recordTail:]))
}

func recordScale(record []byte) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(record[len(record)-4:]))
}

// Quantize8 fills rows of a, the first of them row first, from as many rows of x.
func (k *Kernel) Quantize8(a *Activations8, first int, x View, rows int) {
	width := a.block * a.blocks
	if first < 0 || rows < 0 || rows > a.Rows()-first || rows > 0 && !x.holds(rows, width) {
		panic(fmt.Sprintf("kernel: quantize %d × %d of %d numbers into rows from %d of %d", rows, width, len(x.Data), first, a.Rows()))
	}
	for r := range rows {
		row := a.records[(first+r)*a.stride():][:a.stride()]
		for b := range a.blocks {
			k.ops.quantize8(row[b*a.record():][:a.record()], x.Data[r*x.Stride+b*a.block:][:a.block])
		}
	}
}

// Residue8 subtracts from rows of x what rows of a, the first of them row first,
// stand for. Quantised in turn, what is left makes the precision of 16 bits: the
// product with both is the sum of two.
func Residue8(x View, a *Activations8, first, rows int) {
	width := a.block * a.blocks
	if first < 0 || rows < 0 || rows > a.Rows()-first || rows > 0 && !x.holds(rows, width) {
		panic(fmt.Sprintf("kernel: subtract rows from %d of %d from %d × %d of %d numbers", first, a.Rows(), rows, width, len(x.Data)))
	}
	for r := range rows {
		row := a.records[(first+r)*a.stride():][:a.stride()]
		for b := range a.blocks {
			record := row[b*a.record():][:a.record()]
			scale, values := recordScale(record), recordValues(record)
			for i, v := range x.Data[r*x.Stride+b*a.block:][:len(values)] {
				x.Data[r*x.Stride+b*a.block+i] = v - float32(int8(values[i]))*scale
			}
		}
	}
}

// MatMul8 sets rows of out to rows of a, the first of them row first, times the
// transposed weights, plus the bias.
//
// When w.Inputs is n times the width of a row, each row of a is taken together
// with the n-1 rows behind it: a convolution over n rows. All of them must be
// there.
func (k *Kernel) MatMul8(out View, a *Activations8, first int, w *Matrix8, rows int) {
	if err := w.Validate(); err != nil {
		panic("kernel: " + err.Error())
	}
	if w.Inputs%(a.block*a.blocks) != 0 || rows < 0 || first < 0 {
		panic(fmt.Sprintf("kernel: multiply %d rows of %d × %d from %d by a matrix of %d × %d", rows, a.blocks, a.block, first, w.Outputs, w.Inputs))
	}
	if rows == 0 {
		return
	}
	window := w.Inputs / (a.block * a.blocks)
	if rows > a.Rows()-first-(window-1) || !out.holds(rows, w.Outputs) {
		panic(fmt.Sprintf("kernel: multiply %d rows of %d, from %d, %d at a time, by %d × %d into %d numbers",
			rows, a.Rows(), first, window, w.Outputs, w.Inputs, len(out.Data)))
	}
	k.ops.matMul8(out, product8{records: a.records[first*a.stride():], block: a.block, stride: a.stride()}, w, rows)
}

// product8 is the left side of a product with a Matrix8: row r is the records
// from r·stride on, as many as the weights have inputs.
type product8 struct {
	records       []byte
	block, stride int
}

// row cuts out row r with so many blocks.
func (p product8) row(r, blocks int) []byte {
	return p.records[r*p.stride:][:blocks*(p.block+recordTail)]
}
