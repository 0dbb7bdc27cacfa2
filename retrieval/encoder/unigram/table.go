package unigram

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// table finds pieces by their text: an open hash table over the piece texts,
// with a hash that grows byte by byte, so that all prefixes of a text are looked
// up at the price of one. A filter knows which hashes a piece begins with, so
// that the look-up of longer and longer prefixes ends where no piece is left.
type table struct {
	text     []byte
	ends     []uint32 // where each piece ends in text
	slots    []int32  // id+1, or 0 where free
	shift    uint32
	prefixes [1 << prefixBits / 64]uint64
}

// prefixBits makes a filter of 128 kB. With 47,000 pieces it lets one in ten
// prefixes pass that no piece has.
const prefixBits = 20

// The hash is FNV-1a, folded by a multiplication when it becomes a slot.
const (
	hashSeed = 2166136261
	hashFold = 2654435769
)

func hashByte(h uint32, b byte) uint32 { return (h ^ uint32(b)) * 16777619 }

// begins says whether a piece may begin with the characters whose hash is h.
// When it says no, none does.
func (t *table) begins(h uint32) bool {
	i := h * hashFold >> (32 - prefixBits)
	return t.prefixes[i/64]>>(i%64)&1 != 0
}

func (t *table) addPrefix(h uint32) {
	i := h * hashFold >> (32 - prefixBits)
	t.prefixes[i/64] |= 1 << (i % 64)
}

func (t *table) slot(h uint32) uint32 { return h * hashFold >> t.shift }

// build fills the table. Pieces of length 0 are left out.
func (t *table) build(lengths, text []byte) error {
	t.text, t.ends = text, make([]uint32, len(lengths))
	end := uint32(0)
	for id, n := range lengths {
		end += uint32(n)
		t.ends[id] = end
	}
	if int(end) != len(text) {
		return fmt.Errorf("unigram: pieces of %d bytes together in a text of %d", end, len(text))
	}
	t.size(2 * len(lengths))
	for id := range lengths {
		if err := t.insert(int32(id)); err != nil {
			return err
		}
	}
	return nil
}

// size makes at least n slots, a power of two.
func (t *table) size(n int) {
	t.shift = 31
	for 1<<(32-t.shift) < n {
		t.shift--
	}
	t.slots = make([]int32, 1<<(32-t.shift))
}

func (t *table) insert(id int32) error {
	piece := t.piece(id)
	if len(piece) == 0 {
		return nil
	}
	h := uint32(hashSeed)
	for i, b := range piece {
		h = hashByte(h, b)
		if i+1 == len(piece) || utf8.RuneStart(piece[i+1]) {
			t.addPrefix(h)
		}
	}
	if first, found := t.find(h, piece); found {
		return fmt.Errorf("unigram: pieces %d and %d are both %q", first, id, piece)
	}
	i := t.slot(h)
	for t.slots[i] != 0 {
		i = t.next(i)
	}
	t.slots[i] = id + 1
	return nil
}

func (t *table) next(slot uint32) uint32 { return (slot + 1) & uint32(len(t.slots)-1) }

// find returns the id of a piece whose hash is h.
func (t *table) find(h uint32, piece []byte) (int32, bool) {
	for i := t.slot(h); ; i = t.next(i) {
		id := t.slots[i] - 1
		if id < 0 {
			return 0, false
		}
		if bytes.Equal(t.piece(id), piece) {
			return id, true
		}
	}
}

func (t *table) piece(id int32) []byte {
	start := uint32(0)
	if id > 0 {
		start = t.ends[id-1]
	}
	return t.text[start:t.ends[id]]
}
