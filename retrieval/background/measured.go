package background

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// A Measured is what was measured of an encoder of which nothing ships.
type Measured struct {
	Dim      int // length of its vectors
	Passages int // how many the collection had then
	Vectors  *Vectors
	// Mark is by what the encoder is recognized: what it made of some text, Dim numbers. nil for an
	// encoder that needs none.
	Mark []float32
}

// measuredHead begins what [EncodeMeasured] writes: another version of it has another one.
const measuredHead = "lie1"

// The bounds of what is read.
const (
	mostDimensions = 1 << 14
	mostPassages   = math.MaxInt32
)

// EncodeMeasured writes m as [DecodeMeasured] reads it: "lie1", the dimension and the
// number of passages as uint32, little-endian, what [Encode] writes, and the mark, if there is one,
// as float32.
func EncodeMeasured(m *Measured) []byte {
	b := bytes.NewBufferString(measuredHead)
	for _, n := range []int{m.Dim, min(m.Passages, mostPassages)} {
		_ = binary.Write(b, binary.LittleEndian, uint32(n)) // a Buffer never fails
	}
	b.Write(Encode(m.Vectors))
	_ = binary.Write(b, binary.LittleEndian, m.Mark)
	return b.Bytes()
}

// DecodeMeasured reads what EncodeMeasured has written. Everything in it is fit for use:
// numbers are finite and deviations positive.
func DecodeMeasured(raw []byte) (*Measured, error) {
	head := len(measuredHead)
	if len(raw) < head+8 || string(raw[:head]) != measuredHead {
		return nil, errors.New("statistics of an encoder do not begin as they should")
	}
	m := &Measured{
		Dim:      int(binary.LittleEndian.Uint32(raw[head:])),
		Passages: int(binary.LittleEndian.Uint32(raw[head+4:])),
	}
	if m.Dim == 0 || m.Dim > mostDimensions || m.Passages > mostPassages {
		return nil, fmt.Errorf("statistics of an encoder with %d dimensions and %d passages", m.Dim, m.Passages)
	}
	rest, err := raw[head+8:], error(nil)
	if n := encodedBytes(m.Dim); len(rest) > n {
		if m.Mark, err = decodeMark(rest[n:], m.Dim); err != nil {
			return nil, err
		}
		rest = rest[:n]
	}
	if m.Vectors, err = decode(rest, m.Dim); err != nil {
		return nil, err
	}
	return m, m.Vectors.check()
}

func decodeMark(raw []byte, dim int) ([]float32, error) {
	if len(raw) != 4*dim {
		return nil, fmt.Errorf("a mark of %d bytes: %d are wanted", len(raw), 4*dim)
	}
	mark := make([]float32, dim)
	for i := range mark {
		mark[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	if n := dot(mark, mark); !(n > .99 && n < 1.01) {
		return nil, fmt.Errorf("a mark of square length %v", n)
	}
	return mark, nil
}

// check refuses numbers that would spoil every cosine.
func (v *Vectors) check() error {
	for _, l := range languages {
		for _, some := range [][]float32{v.Questions[l], v.Passages[l]} {
			if n := dot(some, some); math.IsNaN(n) || n > 1.01 { // the mean of unit vectors is shorter than they
				return fmt.Errorf("statistics of an encoder with a mean of square length %v", n)
			}
		}
	}
	for _, spreads := range []map[Direction]Spread{v.Passage, v.Sentence} {
		for _, s := range spreads {
			if !(s.Deviation > 0 && s.Deviation <= 2 && math.Abs(s.Mean) <= 1) {
				return fmt.Errorf("statistics of an encoder with a spread of %v ± %v", s.Mean, s.Deviation)
			}
		}
	}
	return nil
}
