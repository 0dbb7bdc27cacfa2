package packed

import (
	"encoding/binary"
	"fmt"
	"math"

	"newsbot/retrieval/encoder/kernel"
)

// Writer appends sections to a file and remembers the first error. The same
// calls make the same bytes.
type Writer struct {
	out []byte
	err error
}

// NewWriter begins a file with its vocabulary: the texts of the pieces, specials
// as the empty string, their scores, and the score of an unknown character.
func NewWriter(f Format, pieces []string, scores []float32, unknownScore float32) *Writer {
	w := &Writer{out: make([]byte, HeaderSize)}
	if len(scores) != len(pieces) {
		w.Fail("%d pieces have %d scores", len(pieces), len(scores))
		return w
	}
	text := 0
	for _, p := range pieces {
		if len(p) > math.MaxUint8 {
			w.Fail("piece %q is longer than %d bytes", p, math.MaxUint8)
		}
		w.out = append(w.out, byte(len(p)))
		text += len(p)
	}
	for _, p := range pieces {
		w.out = append(w.out, p...)
	}
	w.Floats("scores", scores, len(scores))
	w.header(f, len(pieces), text, unknownScore)
	return w
}

func (w *Writer) header(f Format, vocab, pieces int, unknownScore float32) {
	le := binary.LittleEndian
	copy(w.out, f.Magic)
	le.PutUint32(w.out[versionAt:], f.Version)
	le.PutUint32(w.out[vocabAt:], uint32(vocab))
	le.PutUint32(w.out[piecesAt:], uint32(pieces))
	le.PutUint32(w.out[unknownAt:], math.Float32bits(unknownScore))
}

// Fail makes Finish return an error, unless there is one already.
func (w *Writer) Fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// Bytes appends a section as it is.
func (w *Writer) Bytes(b []byte) { w.out = append(w.out, b...) }

// Floats appends float32 numbers. It is an error if there are not as many as
// wanted.
func (w *Writer) Floats(name string, values []float32, want int) {
	if len(values) != want {
		w.Fail("%s has %d numbers, want %d", name, len(values), want)
		return
	}
	for _, v := range values {
		w.out = binary.LittleEndian.AppendUint32(w.out, math.Float32bits(v))
	}
}

// Halves appends half-precision numbers. It is an error if there are not as many
// as wanted, or if half precision does not hold one exactly.
func (w *Writer) Halves(name string, values []float32, want int) {
	if len(values) != want {
		w.Fail("%s has %d numbers, want %d", name, len(values), want)
		return
	}
	for _, v := range values {
		bits := halfBits(v)
		if kernel.Half(bits) != v {
			w.Fail("%s: %v is no half-precision number", name, v)
			return
		}
		w.out = binary.LittleEndian.AppendUint16(w.out, bits)
	}
}

// Finish returns the file with its checksum, or the first error.
func (w *Writer) Finish() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	Seal(w.out)
	return w.out, nil
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
