package minhash

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"newsbot/corpus/text"
)

const (
	// Size is how many values a sketch has.
	Size = 256
	// KeyCount is how many keys a sketch has.
	KeyCount = 24
	// Shared is how many keys two sketches share at least to be worth comparing.
	Shared = 2

	// Same is how much of the shorter of two copies is in the other at least. TestQuality tells what it finds.
	Same = 0.4

	// minShingles is how many shingles a text has at least to be compared. Shorter ones are alike by their form, such as
	// results of matches and prices.
	minShingles = 18
	// shingle is how many words are taken together. Two are shared by too many texts about the same; of four too few
	// survive when every tenth word is replaced.
	shingle = 3
	// maxWords bounds what is looked at of a text.
	maxWords = 20_000
)

// Values are some bits of the first shingle in each of Size orders.
type Values [Size]uint16

// Keys name the first shingles of the first KeyCount orders.
type Keys [KeyCount]int32

// Sketch is what is left of a text to compare it by.
type Sketch struct {
	// Shingles is how many different shingles the text has; 0 for one of fewer than three words, which is like no other.
	Shingles int
	Values   Values
	Keys     Keys
}

// New makes the sketch of a text. Only its first 20,000 words count.
func New(s string) Sketch {
	set := shingles(text.Words(s))
	sk := Sketch{Shingles: len(set)}
	if len(set) == 0 {
		return sk
	}
	for i := range sk.Values {
		first := orders[i].first(set)
		sk.Values[i] = uint16(first)
		if i < KeyCount {
			sk.Keys[i] = int32(first >> 32)
		}
	}
	return sk
}

// shingles returns the hashes of a text's shingles, each once.
func shingles(words []text.Word) []uint64 {
	words = words[:min(len(words), maxWords)]
	if len(words) < shingle {
		return nil
	}
	hashes := make([]uint64, len(words))
	for i, w := range words {
		hashes[i] = hashWord(w.Norm)
	}
	set := make([]uint64, 0, len(words))
	for i := shingle; i <= len(hashes); i++ {
		var h uint64
		for _, w := range hashes[i-shingle : i] {
			h = mix(h ^ w)
		}
		set = append(set, h)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// hashWord is FNV-1a.
func hashWord(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix spreads every bit over all others: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014), behind its step.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// An order sorts shingles by a*hash+b, modulo 2^64.
type order struct{ a, b uint64 }

// orders are drawn at random, always the same: sketches that are stored depend on them.
var orders = drawOrders()

func drawOrders() (list [Size]order) {
	seed := uint64(0)
	for i := range list {
		list[i].a = mix(seed) | 1 // odd: no two hashes become one
		list[i].b = mix(seed + 1)
		seed += 2
	}
	return list
}

// first returns the hash of the first shingle in an order, mixed with the order's own number, so that what is first in
// one order is never taken for what is first in another.
func (o order) first(set []uint64) uint64 {
	least := uint64(math.MaxUint64)
	for _, h := range set {
		least = min(least, h*o.a+o.b)
	}
	return mix(least ^ o.a)
}

// Resemblance estimates how many of the shingles of two texts, taken together, are in both: from 0 to 1, with a
// standard error of at most 0.03.
func Resemblance(a, b *Sketch) float64 {
	if a.Shingles == 0 || b.Shingles == 0 {
		return 0
	}
	same := 0
	for i := range a.Values {
		if a.Values[i] == b.Values[i] {
			same++
		}
	}
	return float64(same) / Size
}

// Containment estimates how many of the shingles of the shorter text are in the longer one too: from 0 to 1. A text
// that was cut resembles the whole but little, and is contained in it all the same. The estimate is the worse the more
// the lengths differ: with a tenth of the other's length its standard error is about 0.2.
func Containment(a, b *Sketch) float64 {
	r := Resemblance(a, b)
	if r == 0 {
		return 0
	}
	both := r * float64(a.Shingles+b.Shingles) / (1 + r)
	return min(1, both/float64(min(a.Shingles, b.Shingles)))
}

// Comparable reports whether a text is long enough to be told from others: it has about 20 words.
func (s *Sketch) Comparable() bool { return s.Shingles >= minShingles }

// Copies reports whether most of one text is in the other.
func Copies(a, b *Sketch) bool {
	return a.Comparable() && b.Comparable() && Containment(a, b) >= Same
}

// Bytes returns the values as they are stored: 512 bytes.
func (v *Values) Bytes() []byte {
	b := make([]byte, 0, 2*Size)
	for _, x := range v {
		b = binary.LittleEndian.AppendUint16(b, x)
	}
	return b
}

// ParseValues reads what Bytes returned.
func ParseValues(b []byte) (v Values, err error) {
	if len(b) != 2*Size {
		return Values{}, fmt.Errorf("values of a sketch: %d bytes, want %d", len(b), 2*Size)
	}
	for i := range v {
		v[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return v, nil
}
