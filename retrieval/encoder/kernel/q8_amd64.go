package kernel

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

// q8Loop covers a product with calls of at most rows rows and a fixed number of
// panels. Weights stay in the cache while the rows pass by.
type q8Loop struct {
	panels, rows int
	call         func(rows int, c q8Call)
}

func (l q8Loop) run(out View, a product8, w *Matrix8, rows int) {
	c := q8Call{
		blocks: w.Inputs / a.block, blockSteps: a.block / BlockInputs,
		stride: a.stride, outStride: 4 * out.Stride,
	}
	for p := 0; p < w.Outputs/panelOutputs; p += l.panels {
		output := p * panelOutputs
		c.weights, c.steps, c.bias = &w.Weights[output*w.Inputs], &w.Steps[output], &w.Bias[output]
		for r := 0; r < rows; {
			n := share(rows-r, l.rows)
			c.records, c.out = &a.records[r*a.stride], &out.Data[r*out.Stride+output]
			l.call(n, c)
			r += n
		}
	}
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
