// Package weights is the file format of the packed multilingual-e5-small model:
// the pieces of its tokenizer, 4-bit weights in the order the kernels read them,
// and everything small in half precision.
//
// Parse reads a file in place and Format writes one. The packing tool writes,
// package e5 reads, and both know the file only through this package.
//
// A file begins as every packed file does; see package packed. Behind the
// vocabulary stand, in the order of reader.model, arrays whose lengths follow
// from the number of pieces.
package weights

import (
	"encoding/binary"
	"fmt"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/packed"
	"newsbot/retrieval/encoder/unigram"
)

// The shape of the model. It is fixed by its training, so a file does not repeat it.
const (
	Width     = 384  // of a token's vector
	Hidden    = 1536 // of the feed-forward layer
	Heads     = 12   // of attention
	HeadWidth = Width / Heads
	Layers    = 12
	Positions = 512 // tokens the model can take at once, the two specials among them
)

// Ids of the tokens with a meaning of their own. Packing keeps them in place.
const (
	Begin   = 0 // <s>
	End     = 2 // </s>
	Unknown = 3 // <unk>
)

// Epsilon is added to the variance in every layer normalisation.
const Epsilon = 1e-12

const (
	q4BlockBytes = 18
	wordBytes    = Width / kernel.BlockInputs * q4BlockBytes
)

// format is what the file begins with.
var format = packed.Format{Magic: "NBE5", Version: 1, Specials: Unknown + 1, Unknown: Unknown}

// Model is a file read in place: its slices point into the image wherever the
// image can be used as it is. Nothing in it may be written.
type Model struct {
	// Vocabulary is that of the tokenizer. A piece of length 0 is a special, which
	// no text can produce.
	Vocabulary unigram.Vocabulary

	Layers    [Layers]Layer
	EmbedNorm kernel.Norm

	words     []byte    // Q4_0 rows, one a piece
	positions []byte    // half-precision rows, one a position
	tokenType []float32 // added to every position
}

// Layer is one transformer layer. QKV makes the query, key and value of a token
// side by side.
type Layer struct {
	QKV, Output, Up, Down kernel.Matrix
	AttentionNorm         kernel.Norm
	OutputNorm            kernel.Norm
}

// Vocab is the number of pieces, specials included. Ids run from 0 to Vocab-1.
func (m *Model) Vocab() int { return len(m.Vocabulary.Lengths) }

// Embed sets dst to the embedding of a piece, and at to that of its position and
// of the one token type in use, which are kept apart because their sum does not
// fit half precision as each of them does.
// Both have Width numbers. The id is below Vocab and the position below Positions.
func (m *Model) Embed(dst, at []float32, id, position int) {
	row := m.words[id*wordBytes:][:wordBytes]
	for b := 0; b < Width; b += kernel.BlockInputs {
		block := row[b/kernel.BlockInputs*q4BlockBytes:][:q4BlockBytes]
		scale := kernel.Half(binary.LittleEndian.Uint16(block))
		low, high := dst[b:][:16], dst[b+16:][:16]
		for j, v := range block[2:] {
			low[j] = float32(int(v&15)-8) * scale
			high[j] = float32(int(v>>4)-8) * scale
		}
	}
	packed.Halves(at[:Width], m.positions[position*Width*2:])
	for i, v := range m.tokenType {
		at[i] += v
	}
}

// Parse reads a weights file. The model keeps pointing into b, which must not
// change. Any damage, be it one bit, is an error.
func Parse(b []byte) (*Model, error) {
	r, err := packed.Open(b, format)
	if err != nil {
		return nil, err
	}
	m := &Model{Vocabulary: r.Vocabulary()}
	(&reader{r}).model(m)
	if err := r.Close(); err != nil {
		return nil, err
	}
	return m, m.validate()
}

// validate checks what the lengths alone do not.
func (m *Model) validate() error {
	for i := range m.Layers {
		l := &m.Layers[i]
		for _, w := range []*kernel.Matrix{&l.QKV, &l.Output, &l.Up, &l.Down} {
			if err := w.Validate(); err != nil {
				return fmt.Errorf("weights file, layer %d: %w", i, err)
			}
		}
	}
	return nil
}

// reader takes the parts of a model off the front of a file.
type reader struct{ *packed.Reader }

func (r *reader) model(m *Model) {
	m.words = r.Take(r.Vocab() * wordBytes)
	m.positions = r.Take(Positions * Width * 2)
	m.tokenType = r.Halves(Width)
	m.EmbedNorm = r.norm()
	for i := range m.Layers {
		l := &m.Layers[i]
		l.QKV = r.matrix(3*Width, Width)
		l.Output = r.matrix(Width, Width)
		l.AttentionNorm = r.norm()
		l.Up = r.matrix(Hidden, Width)
		l.Down = r.matrix(Width, Hidden)
		l.OutputNorm = r.norm()
	}
}

func (r *reader) norm() kernel.Norm {
	return kernel.Norm{Gain: r.Halves(Width), Bias: r.Halves(Width), Epsilon: Epsilon}
}

func (r *reader) matrix(outputs, inputs int) kernel.Matrix {
	return kernel.Matrix{
		Outputs: outputs, Inputs: inputs,
		Nibbles: r.Take(kernel.NibbleBytes(outputs, inputs)),
		Scales:  r.Take(kernel.ScaleBytes(outputs, inputs)),
		Bias:    r.Halves(outputs),
	}
}
