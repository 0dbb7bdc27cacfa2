package kernel

import (
	"encoding/binary"
	"fmt"
)

// Geometry of the packed weights. A panel is panelOutputs rows of the weight
// matrix; a block is BlockInputs of its columns.
const (
	// BlockInputs is how many neighbouring inputs share one scale, in weights
	// and in activations. The width of every input is a multiple of it.
	BlockInputs = 32
	// OutputMultiple is what the number of outputs of a Matrix is a multiple of.
	OutputMultiple = 32
	// MaxInputs is the greatest number of inputs of a Matrix.
	MaxInputs = 1536

	panelOutputs = 16
	blockNibbles = panelOutputs * BlockInputs / 2
	blockScales  = panelOutputs * 2
	maxBlocks    = MaxInputs / BlockInputs

	// q4RowBlock is the size of a Q4_0 block: a half-precision scale, 16 bytes.
	q4RowBlock = 2 + BlockInputs/2
)

// Matrix is a linear layer: 4-bit weights, Outputs × Inputs, and a bias.
//
// The weights are cut into panels of 16 outputs, and a panel into blocks of 32
// inputs. A block is 4 × 64 bytes of nibbles: byte output·4+j of plane p holds
// the weight of input 8p+j in its low half and of input 8p+4+j in its high half.
// A weight is (nibble-8)·scale. The scales, 16 half-precision numbers a block,
// are an array of their own in the same order. Every kernel reads this layout,
// so there is one weights file for all of them.
//
// The slices may point into a file image of any alignment; they are never
// written.
type Matrix struct {
	Outputs, Inputs int
	Nibbles, Scales []byte
	Bias            []float32
}

// NibbleBytes is the length of Matrix.Nibbles for a shape.
func NibbleBytes(outputs, inputs int) int { return outputs * inputs / 2 }

// ScaleBytes is the length of Matrix.Scales for a shape.
func ScaleBytes(outputs, inputs int) int { return outputs * inputs / BlockInputs * 2 }

// Validate says whether the shape is one the kernels take and the slices have
// the lengths it asks for.
func (w *Matrix) Validate() error {
	if w.Outputs <= 0 || w.Outputs%OutputMultiple != 0 {
		return fmt.Errorf("matrix has %d outputs, want a multiple of %d", w.Outputs, OutputMultiple)
	}
	if w.Inputs <= 0 || w.Inputs%BlockInputs != 0 || w.Inputs > MaxInputs {
		return fmt.Errorf("matrix has %d inputs, want a multiple of %d up to %d", w.Inputs, BlockInputs, MaxInputs)
	}
	if len(w.Nibbles) != NibbleBytes(w.Outputs, w.Inputs) || len(w.Scales) != ScaleBytes(w.Outputs, w.Inputs) || len(w.Bias) != w.Outputs {
		return fmt.Errorf("matrix of %d × %d has %d bytes of nibbles, %d of scales and %d biases",
			w.Outputs, w.Inputs, len(w.Nibbles), len(w.Scales), len(w.Bias))
	}
	return nil
}

// PackQ4 rearranges rows of Q4_0 weights into the layout of Matrix. A Q4_0 row
// is one block of 18 bytes for every 32 inputs: a half-precision scale, then 16
// bytes whose byte j holds input j in its low half and input j+16 in its high
// half. It is an error when rows is not outputs such rows. The caller owns the
// results.
func PackQ4(rows []byte, outputs, inputs int) (nibbles, scales []byte, err error) {
	if outputs%panelOutputs != 0 || inputs%BlockInputs != 0 || len(rows) != outputs*inputs/BlockInputs*q4RowBlock {
		return nil, nil, fmt.Errorf("%d bytes are not %d × %d weights in Q4_0", len(rows), outputs, inputs)
	}
	nibbles = make([]byte, NibbleBytes(outputs, inputs))
	scales = make([]byte, ScaleBytes(outputs, inputs))
	blocks := inputs / BlockInputs
	for i := range outputs * blocks {
		output, block := i/blocks, i%blocks
		panel, lane := output/panelOutputs, output%panelOutputs
		src := rows[i*q4RowBlock:][:q4RowBlock]
		at := panel*blocks + block
		copy(scales[at*blockScales+lane*2:][:2], src)
		packBlock(nibbles[at*blockNibbles:][:blockNibbles], src[2:], lane)
	}
	return nibbles, scales, nil
}

// packBlock spreads the 32 weights of one output over the four planes of a block.
func packBlock(dst, src []byte, lane int) {
	for p := range 4 {
		low, high := fourNibbles(src, 8*p), fourNibbles(src, 8*p+4)
		binary.LittleEndian.PutUint32(dst[p*64+lane*4:], low|high<<4)
	}
}

// fourNibbles returns the weights of inputs i to i+3 of a Q4_0 block, one a byte.
func fourNibbles(src []byte, i int) uint32 {
	if i < BlockInputs/2 {
		return binary.LittleEndian.Uint32(src[i:]) & 0x0f0f0f0f
	}
	return binary.LittleEndian.Uint32(src[i-BlockInputs/2:]) >> 4 & 0x0f0f0f0f
}
