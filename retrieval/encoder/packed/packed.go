// Package packed is what the weights files inside the program have in common: a
// header that says what a file is, a checksum over all of it, the vocabulary of
// its tokenizer, and sections read in place.
//
// Open begins to read a file and Writer makes one; what the sections behind the
// vocabulary hold is up to the weights package of each model.
//
// A file is a header of 32 bytes and then arrays without gaps, whose lengths
// follow from what stands before them. Everything is little-endian. A CRC-32C
// over every byte of the file but itself is checked on every start.
package packed

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/unigram"
)

// HeaderSize is the length of the header in bytes.
const HeaderSize = 32

// Where the header holds what; magic stands first.
const (
	versionAt  = 4
	checksumAt = 8
	vocabAt    = 12
	piecesAt   = 16
	unknownAt  = 20

	maxVocab = 1 << 20
)

// Format says what files of a model look like.
type Format struct {
	// Magic is the first four bytes of every file.
	Magic string
	// Version changes with the layout of the sections.
	Version uint32
	// Specials is how many ids at the front of the vocabulary have a meaning of
	// their own, and Unknown which of them stands for a character no piece covers.
	Specials int
	Unknown  int32
}

// Checksum is the CRC-32C of a file of at least HeaderSize bytes without the
// checksum itself.
func Checksum(file []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(file[:checksumAt], table), table, file[checksumAt+4:])
}

// Seal writes the checksum of a file of at least HeaderSize bytes into it.
func Seal(file []byte) {
	binary.LittleEndian.PutUint32(file[checksumAt:], Checksum(file))
}

// Reader takes sections off the front of a file. Running past the end is an
// error that Close returns; until then sections are empty.
type Reader struct {
	size          int
	rest          []byte
	short         bool
	vocab, pieces int
	vocabulary    unigram.Vocabulary
}

// Open checks the header and the checksum of a file. Sections point into the
// file, which must not change. Any damage, be it one bit, is an error.
func Open(file []byte, f Format) (*Reader, error) {
	if len(file) < HeaderSize || string(file[:len(f.Magic)]) != f.Magic {
		return nil, fmt.Errorf("weights file is damaged (%d bytes do not begin like one); rebuild or reinstall", len(file))
	}
	le := binary.LittleEndian
	if got, want := Checksum(file), le.Uint32(file[checksumAt:]); got != want {
		return nil, fmt.Errorf("weights file is damaged (checksum %08x, want %08x); rebuild or reinstall", got, want)
	}
	if v := le.Uint32(file[versionAt:]); v != f.Version {
		return nil, fmt.Errorf("weights file has version %d, this program reads version %d; rebuild it with the packing tool", v, f.Version)
	}
	vocab, pieces := le.Uint32(file[vocabAt:]), le.Uint32(file[piecesAt:])
	if vocab < uint32(f.Specials) || vocab > maxVocab || pieces > vocab*math.MaxUint8 {
		return nil, fmt.Errorf("weights file holds %d pieces of %d bytes together", vocab, pieces)
	}
	r := &Reader{size: len(file), rest: file[HeaderSize:], vocab: int(vocab), pieces: int(pieces)}
	r.vocabulary = unigram.Vocabulary{
		Lengths: r.Take(r.vocab), Text: r.Take(r.pieces), Scores: r.Floats(r.vocab),
		Unknown: f.Unknown, UnknownScore: math.Float32frombits(le.Uint32(file[unknownAt:])),
	}
	return r, nil
}

// Vocabulary is that of the tokenizer. It is whole only if Close returns no error.
func (r *Reader) Vocabulary() unigram.Vocabulary { return r.vocabulary }

// Vocab is the number of pieces the header says there are.
func (r *Reader) Vocab() int { return r.vocab }

// Close says whether the sections taken were the whole file and nothing else,
// and whether the lengths of the pieces add up.
func (r *Reader) Close() error {
	if r.short || len(r.rest) != 0 {
		return fmt.Errorf("weights file of %d bytes has the wrong length for %d pieces", r.size, r.vocab)
	}
	total := 0
	for _, n := range r.vocabulary.Lengths {
		total += int(n)
	}
	if total != len(r.vocabulary.Text) {
		return fmt.Errorf("weights file has pieces of %d bytes together, want %d", total, len(r.vocabulary.Text))
	}
	return nil
}

// Take returns the next n bytes in place.
func (r *Reader) Take(n int) []byte {
	if r.short || n > len(r.rest) {
		r.short = true
		return nil
	}
	section := r.rest[:n:n]
	r.rest = r.rest[n:]
	return section
}

// Floats copies the next n float32 numbers, which need not be aligned in a file.
func (r *Reader) Floats(n int) []float32 {
	src := r.Take(4 * n)
	dst := make([]float32, len(src)/4)
	for i := range dst {
		dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:]))
	}
	return dst
}

// Halves decodes the next n half-precision numbers.
func (r *Reader) Halves(n int) []float32 {
	src := r.Take(2 * n)
	dst := make([]float32, len(src)/2)
	Halves(dst, src)
	return dst
}

// Halves decodes as many half-precision numbers as dst holds.
func Halves(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = kernel.Half(binary.LittleEndian.Uint16(src[2*i:]))
	}
}
