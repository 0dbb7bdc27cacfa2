package weights

import (
	"encoding/binary"
	"fmt"
)

// Geometry of the table.
const (
	// Parts is how many scales the table has: in the published vocabulary a piece
	// has that of the remainder of its id.
	Parts = 17
	// CodeBits is the size of the widest code.
	CodeBits = 6

	codes = 1 << CodeBits
	// groupCodes is how many codes of w bits make w whole bytes.
	groupCodes = 8
	groups     = Width / groupCodes
)

// Table holds the embeddings of the pieces: a number is code·scale + low, where
// code is one of 64 and scale and low are those of the piece's part.
//
// A row is kept as the smallest of its codes, the number of bits that what lies
// above it needs, and 512 such differences without gaps, the first in the lowest
// bits.
type Table struct {
	parts, lowest, bits []byte // one a piece
	rows                []byte
	starts              []uint32 // where each piece's row begins, and one more
	scales, lows        []float32
}

func (r *reader) table() Table {
	t := Table{
		parts: r.Take(r.Vocab()), lowest: r.Take(r.Vocab()), bits: r.Take(r.Vocab()),
		scales: r.Floats(Parts), lows: r.Floats(Parts),
	}
	t.starts = make([]uint32, len(t.bits)+1)
	for i, bits := range t.bits {
		t.starts[i+1] = t.starts[i] + groups*uint32(bits)
	}
	t.rows = r.Take(int(t.starts[len(t.bits)]))
	return t
}

func (t *Table) validate() error {
	for i, part := range t.parts {
		if part >= Parts || t.bits[i] > CodeBits || t.lowest[i] >= codes {
			return fmt.Errorf("embedding %d: part %d, codes of %d bits from %d", i, part, t.bits[i], t.lowest[i])
		}
	}
	return nil
}

// Embed sets dst, of Width numbers, to the embedding of a piece. The id is below
// Model.Vocab.
func (t *Table) Embed(dst []float32, id int) {
	values := t.values(id)
	bits := uint(t.bits[id])
	// Eight bytes are read at a time, so the last group needs some behind it.
	var row [groups*CodeBits + groupCodes]byte
	copy(row[:], t.rows[t.starts[id]:t.starts[id+1]])
	mask := uint64(1)<<bits - 1
	for g := range groups {
		v := binary.LittleEndian.Uint64(row[uint(g)*bits:])
		for i := range (*[groupCodes]float32)(dst[g*groupCodes:]) {
			dst[g*groupCodes+i] = values[v&mask%codes]
			v >>= bits
		}
	}
}

// values returns what the differences in a piece's row stand for.
func (t *Table) values(id int) (values [codes]float32) {
	scale, low := t.scales[t.parts[id]], t.lows[t.parts[id]]
	for i := range 1 << t.bits[id] {
		values[i] = float32(int(t.lowest[id])+i)*scale + low
	}
	return values
}

// packRow appends a row of codes to dst.
func packRow(dst []byte, row []byte, lowest byte, bits uint) []byte {
	for g := range groups {
		var v uint64
		for i, code := range row[g*groupCodes:][:groupCodes] {
			v |= uint64(code-lowest) << (uint(i) * bits)
		}
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], v)
		dst = append(dst, b[:bits]...)
	}
	return dst
}
