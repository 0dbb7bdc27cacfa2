//go:build amd64 || arm64

package kernel

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
// outputs: half a panel, one or two. Weights stay in the cache while the rows
// pass by.
type q4Loop struct {
	outputs, rows int
	call          func(rows int, c q4Call)
}

func (l q4Loop) run(out []float32, a *Activations, w *Matrix, rows int) {
	blocks := w.Inputs / BlockInputs
	for output := 0; output < w.Outputs; output += l.outputs {
		panel, lane := output/panelOutputs*blocks, output%panelOutputs
		c := q4Call{
			nibbles: &w.Nibbles[panel*blockNibbles+4*lane], scales: &w.Scales[panel*blockScales+2*lane],
			bias: &w.Bias[output], blocks: blocks, outStride: 4 * w.Outputs,
		}
		for r := 0; r < rows; {
			n := share(rows-r, l.rows)
			c.values, c.rowScales, c.offsets = &a.values[r*MaxInputs], &a.scales[r*maxBlocks], &a.offsets[r*maxBlocks]
			c.out = &out[r*w.Outputs+output]
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

// q8Call points at the first element of everything an 8-bit kernel touches.
// Strides are in bytes.
type q8Call struct {
	weights            *byte
	steps, bias        *float32
	records            *byte
	out                *float32
	blocks, blockSteps int // a step is BlockInputs inputs
	stride, outStride  int
}

// q8Loop is q4Loop for 8-bit weights.
type q8Loop struct {
	outputs, rows int
	call          func(rows int, c q8Call)
}

func (l q8Loop) run(out View, a product8, w *Matrix8, rows int) {
	c := q8Call{
		blocks: w.Inputs / a.block, blockSteps: a.block / BlockInputs,
		stride: a.stride, outStride: 4 * out.Stride,
	}
	for output := 0; output < w.Outputs; output += l.outputs {
		c.weights, c.steps, c.bias = &w.Weights[weightAt(output, 0, w.Inputs)], &w.Steps[output], &w.Bias[output]
		for r := 0; r < rows; {
			n := share(rows-r, l.rows)
			c.records, c.out = &a.records[r*a.stride], &out.Data[r*out.Stride+output]
			l.call(n, c)
			r += n
		}
	}
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
