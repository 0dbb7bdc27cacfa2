package weights

import (
	"encoding/binary"
	"fmt"
	"math"

	"newsbot/retrieval/encoder/kernel"
)

// Source is the unpacked model a file is made from. Words and every matrix are
// rows in Q4_0; see kernel.PackQ4.
type Source struct {
	// Pieces are the texts of the pieces kept, specials as the empty string.
	Pieces       []string
	Scores       []float32
	UnknownScore float32
	Words        []byte
	// Positions is Positions × Width, and TokenType, Width, is added to each row.
	Positions, TokenType []float32
	EmbedNorm            SourceNorm
	Layers               [Layers]SourceLayer
}

// SourceLayer is one transformer layer of a Source.
type SourceLayer struct {
	QKV, Output, Up, Down     SourceMatrix
	AttentionNorm, OutputNorm SourceNorm
}

// SourceMatrix is a linear layer: Q4_0 rows and a bias for each.
type SourceMatrix struct {
	Rows []byte
	Bias []float32
}

// SourceNorm is the learned part of a layer normalisation, Width numbers each.
type SourceNorm struct {
	Gain, Bias []float32
}

// Format makes the weights file of a model. The same source makes the same
// bytes. It is an error when a part has the wrong size or when half precision
// does not hold a number exactly, as it does all of the published model: rounding
// the positions alone moved vectors by .0009 in cosine.
func Format(s *Source) ([]byte, error) {
	w := &writer{out: make([]byte, headerSize)}
	w.vocabulary(s)
	w.halves("positions", s.Positions, Positions*Width)
	w.halves("token type", s.TokenType, Width)
	w.norm("embedding", s.EmbedNorm)
	for i := range s.Layers {
		w.layer(fmt.Sprintf("layer %d", i), &s.Layers[i])
	}
	if w.err != nil {
		return nil, w.err
	}
	w.header(s)
	if _, err := Parse(w.out); err != nil {
		return nil, fmt.Errorf("reading back the file just made: %w", err)
	}
	return w.out, nil
}

// writer appends sections and remembers the first error.
type writer struct {
	out    []byte
	pieces int
	err    error
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

func (w *writer) header(s *Source) {
	le := binary.LittleEndian
	copy(w.out, magic)
	le.PutUint32(w.out[len(magic):], version)
	le.PutUint32(w.out[vocabAt:], uint32(len(s.Pieces)))
	le.PutUint32(w.out[piecesAt:], uint32(w.pieces))
	le.PutUint32(w.out[unknownAt:], math.Float32bits(s.UnknownScore))
	le.PutUint32(w.out[checksumAt:], Checksum(w.out))
}

func (w *writer) vocabulary(s *Source) {
	if len(s.Scores) != len(s.Pieces) || len(s.Words) != len(s.Pieces)*wordBytes {
		w.fail("%d pieces have %d scores and %d bytes of embeddings", len(s.Pieces), len(s.Scores), len(s.Words))
		return
	}
	for _, p := range s.Pieces {
		if len(p) > math.MaxUint8 {
			w.fail("piece %q is longer than %d bytes", p, math.MaxUint8)
		}
		w.out = append(w.out, byte(len(p)))
	}
	for _, p := range s.Pieces {
		w.out = append(w.out, p...)
		w.pieces += len(p)
	}
	for _, v := range s.Scores {
		w.out = binary.LittleEndian.AppendUint32(w.out, math.Float32bits(v))
	}
	w.out = append(w.out, s.Words...)
}

func (w *writer) layer(name string, l *SourceLayer) {
	w.matrix(name+" query, key and value", l.QKV, 3*Width, Width)
	w.matrix(name+" attention output", l.Output, Width, Width)
	w.norm(name+" attention", l.AttentionNorm)
	w.matrix(name+" up", l.Up, Hidden, Width)
	w.matrix(name+" down", l.Down, Width, Hidden)
	w.norm(name+" output", l.OutputNorm)
}

func (w *writer) matrix(name string, m SourceMatrix, outputs, inputs int) {
	nibbles, scales, err := kernel.PackQ4(m.Rows, outputs, inputs)
	if err != nil {
		w.fail("%s: %w", name, err)
		return
	}
	w.out = append(w.out, nibbles...)
	w.out = append(w.out, scales...)
	w.halves(name+" bias", m.Bias, outputs)
}

func (w *writer) norm(name string, n SourceNorm) {
	w.halves(name+" gain", n.Gain, Width)
	w.halves(name+" bias", n.Bias, Width)
}

func (w *writer) halves(name string, values []float32, want int) {
	if len(values) != want {
		w.fail("%s has %d numbers, want %d", name, len(values), want)
		return
	}
	for _, v := range values {
		bits := halfBits(v)
		if kernel.Half(bits) != v {
			w.fail("%s: %v is no half-precision number", name, v)
			return
		}
		w.out = binary.LittleEndian.AppendUint16(w.out, bits)
	}
}

// halfBits rounds a number to half precision, ties to even. What is too large
// gives bits that stand for another number.
func halfBits(v float32) uint16 {
	sign := uint16(math.Float32bits(v)>>16) & 0x8000
	size := math.Abs(float64(v))
	// A half-precision number of exponent e is a multiple of 2^(e-10); below
	// 2^-14 all are multiples of 2^-24.
	exponent := -14
	if _, e := math.Frexp(size); size > 0 && e-1 > exponent {
		exponent = min(e-1, 16)
	}
	steps := math.RoundToEven(math.Ldexp(size, 10-exponent))
	// Steps of 1024 and more carry into the exponent field, which is right for
	// normal numbers and for those rounded up to the next power of two.
	return sign | uint16((exponent+14)<<10+int(min(steps, 2048)))
}
