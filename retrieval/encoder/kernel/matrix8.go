package kernel

import "fmt"

// Matrix8 is a linear layer with 8-bit weights, Outputs × Inputs: weight w of
// output o is (byte-128)·Steps[o], and no byte is 0.
//
// The weights are cut into panels of 16 outputs. A panel is 64 bytes for every
// four inputs: byte output·4+j holds input j of the four. Steps is an array so
// that layers with steps of their own can stand one under the other.
//
// The slices may point into a file image of any alignment; they are never
// written.
type Matrix8 struct {
	Outputs, Inputs int
	Weights         []byte
	Steps, Bias     []float32
}

const (
	// middle8 is the byte of a weight of zero.
	middle8 = 128
	// panelBytes4 is what four inputs take in a panel.
	panelBytes4 = 4 * panelOutputs
)

// Validate says whether the shape is one the kernels take and the slices have
// the lengths it asks for. It does not look at the weights.
func (w *Matrix8) Validate() error {
	if w.Outputs <= 0 || w.Outputs%OutputMultiple != 0 {
		return fmt.Errorf("matrix has %d outputs, want a multiple of %d", w.Outputs, OutputMultiple)
	}
	if w.Inputs <= 0 || w.Inputs%BlockInputs != 0 || w.Inputs > MaxInputs {
		return fmt.Errorf("matrix has %d inputs, want a multiple of %d up to %d", w.Inputs, BlockInputs, MaxInputs)
	}
	if len(w.Weights) != w.Outputs*w.Inputs || len(w.Steps) != w.Outputs || len(w.Bias) != w.Outputs {
		return fmt.Errorf("matrix of %d × %d has %d bytes of weights, %d steps and %d biases",
			w.Outputs, w.Inputs, len(w.Weights), len(w.Steps), len(w.Bias))
	}
	return nil
}

// Pack8 rearranges rows of weights, outputs × inputs numbers in -127..127, into
// the layout of Matrix8. It is an error when there are not so many or one is
// -128, which the kernels cannot take. The caller owns the result.
func Pack8(rows []int8, outputs, inputs int) ([]byte, error) {
	if outputs%panelOutputs != 0 || inputs%BlockInputs != 0 || len(rows) != outputs*inputs {
		return nil, fmt.Errorf("%d numbers are not %d × %d 8-bit weights", len(rows), outputs, inputs)
	}
	packed := make([]byte, len(rows))
	for i, v := range rows {
		if v == -middle8 {
			return nil, fmt.Errorf("weight %d of output %d is %d", i%inputs, i/inputs, v)
		}
		packed[weightAt(i/inputs, i%inputs, inputs)] = byte(int(v) + middle8)
	}
	return packed, nil
}

// weightAt is where the weight of an output and an input lies.
func weightAt(output, input, inputs int) int {
	return output/panelOutputs*panelOutputs*inputs + input/4*panelBytes4 + output%panelOutputs*4 + input%4
}
