// Package weights is the file format of the packed multilingual-e5-small model:
// the pieces of its tokenizer, 4-bit weights in the order the kernels read them,
// and everything small in half precision.
//
// Parse reads a file in place and Format writes one. The packing tool writes,
// package e5 reads, and both know the file only through this package.
//
// A file is a header of 32 bytes and then, in the order of sections, arrays whose
// lengths follow from the header. Everything is little-endian. A CRC-32C over
// every byte of the file but itself is checked on every start.
package weights

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"

	"newsbot/retrieval/encoder/kernel"
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
	magic      = "NBE5"
	version    = 1
	headerSize = 32
	checksumAt = 8
	vocabAt    = 12
	piecesAt   = 16
	unknownAt  = 20

	maxVocab = 1 << 20

	q4BlockBytes = 18
	wordBytes    = Width / kernel.BlockInputs * q4BlockBytes
)

// Model is a file read in place: its slices point into the image wherever the
// image can be used as it is. Nothing in it may be written.
type Model struct {
	// PieceLengths holds the byte length of each piece, and Pieces their text
	// without gaps. A piece of length 0 is a special, which no text can produce.
	PieceLengths, Pieces []byte
	// Scores are the logarithmic probabilities of the pieces.
	Scores []float32
	// UnknownScore is the score of a character no piece covers.
	UnknownScore float32

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
func (m *Model) Vocab() int { return len(m.PieceLengths) }

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
	halves(at[:Width], m.positions[position*Width*2:])
	for i, v := range m.tokenType {
		at[i] += v
	}
}

// halves decodes as many half-precision numbers as dst holds.
func halves(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = kernel.Half(binary.LittleEndian.Uint16(src[2*i:]))
	}
}

// Parse reads a weights file. The model keeps pointing into b, which must not
// change. Any damage, be it one bit, is an error.
func Parse(b []byte) (*Model, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("weights file is damaged (%d bytes do not begin like one); rebuild or reinstall", len(b))
	}
	le := binary.LittleEndian
	if got, want := Checksum(b), le.Uint32(b[checksumAt:]); got != want {
		return nil, fmt.Errorf("weights file is damaged (checksum %08x, want %08x); rebuild or reinstall", got, want)
	}
	if v := le.Uint32(b[len(magic):]); v != version {
		return nil, fmt.Errorf("weights file has version %d, this program reads version %d; rebuild it with the packing tool", v, version)
	}
	vocab, pieces := le.Uint32(b[vocabAt:]), le.Uint32(b[piecesAt:])
	if vocab <= Unknown || vocab > maxVocab || pieces > vocab*math.MaxUint8 {
		return nil, fmt.Errorf("weights file holds %d pieces of %d bytes together", vocab, pieces)
	}
	m := &Model{UnknownScore: math.Float32frombits(le.Uint32(b[unknownAt:]))}
	r := &reader{rest: b[headerSize:]}
	r.model(m, int(vocab), int(pieces))
	if r.short || len(r.rest) != 0 {
		return nil, fmt.Errorf("weights file of %d bytes has the wrong length for %d pieces", len(b), vocab)
	}
	return m, m.validate()
}

// Checksum is the CRC-32C of a file of at least headerSize bytes without the
// checksum itself.
func Checksum(b []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(b[:checksumAt], table), table, b[checksumAt+4:])
}

// validate checks what the lengths alone do not.
func (m *Model) validate() error {
	total := 0
	for _, n := range m.PieceLengths {
		total += int(n)
	}
	if total != len(m.Pieces) {
		return fmt.Errorf("weights file has pieces of %d bytes together, want %d", total, len(m.Pieces))
	}
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

// reader takes sections off the front of a file.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) model(m *Model, vocab, pieces int) {
	m.PieceLengths = r.take(vocab)
	m.Pieces = r.take(pieces)
	m.Scores = r.floats(vocab)
	m.words = r.take(vocab * wordBytes)
	m.positions = r.take(Positions * Width * 2)
	m.tokenType = r.halves(Width)
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

func (r *reader) take(n int) []byte {
	if r.short || n > len(r.rest) {
		r.short = true
		return nil
	}
	section := r.rest[:n:n]
	r.rest = r.rest[n:]
	return section
}

func (r *reader) floats(n int) []float32 {
	src := r.take(4 * n)
	dst := make([]float32, len(src)/4)
	for i := range dst {
		dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:]))
	}
	return dst
}

func (r *reader) halves(n int) []float32 {
	src := r.take(2 * n)
	dst := make([]float32, len(src)/2)
	halves(dst, src)
	return dst
}

func (r *reader) norm() kernel.Norm {
	return kernel.Norm{Gain: r.halves(Width), Bias: r.halves(Width), Epsilon: Epsilon}
}

func (r *reader) matrix(outputs, inputs int) kernel.Matrix {
	return kernel.Matrix{
		Outputs: outputs, Inputs: inputs,
		Nibbles: r.take(kernel.NibbleBytes(outputs, inputs)),
		Scales:  r.take(kernel.ScaleBytes(outputs, inputs)),
		Bias:    r.halves(outputs),
	}
}
