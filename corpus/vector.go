package corpus

import (
	"crypto/sha256"
	"math"
)

// Hash names a text by its content: the first half of its SHA-256.
type Hash [16]byte

// TextHash returns the hash of a text.
func TextHash(s string) Hash {
	sum := sha256.Sum256([]byte(s))
	return Hash(sum[:16])
}

// ofPassages begins the hashes under which vectors of passages are stored. So these lie together, and are read without
// those of sentences, which are five times as many and seldom begin so.
const ofPassages = 0xff

func passageHash(s string) Hash {
	h := TextHash(s)
	h[0] = ofPassages
	return h
}

// Hashes returns what the vectors are stored under of one of an article's passages, as PassageText has it, and of its
// sentences. A sentence that is all of the passage's text has the passage's vector.
func (a *Article) Hashes(p Passage) (passage Hash, sentences []Hash) {
	whole := a.PassageText(p)
	passage = passageHash(whole)
	sentences = make([]Hash, len(p.Sentences))
	for i, s := range p.Sentences {
		if sentence := a.Body[s.Start:s.End]; sentence == whole {
			sentences[i] = passage
		} else {
			sentences[i] = TextHash(sentence)
		}
	}
	return passage, sentences
}

// Vector is the encoding of one text, a byte a dimension: Data[i]*Scale is the i-th coordinate.
type Vector struct {
	Hash  Hash
	Scale float32
	Data  []int8
}

// Quantize maps v onto -127..127, its largest magnitude onto 127. The zero vector has scale 0; one holding a NaN or an
// infinity has scale NaN, which PutVectors refuses.
func Quantize(v []float32) (scale float32, data []int8) {
	data = make([]int8, len(v))
	return QuantizeTo(data, v), data
}

// QuantizeTo is Quantize for those who quantize many: it writes to data, which is as long as v.
func QuantizeTo(data []int8, v []float32) (scale float32) {
	var bits uint32 // of the largest magnitude; those of an infinity are more, those of a NaN still more
	for _, x := range v {
		bits = max(bits, math.Float32bits(x)&^(1<<31))
	}
	top := float64(math.Float32frombits(bits))
	if top == 0 || math.IsNaN(top) || math.IsInf(top, 0) {
		clear(data)
		return float32(top - top) // 0, else NaN
	}
	for i, x := range v {
		y := float64(x) * 127 / top
		data[i] = int8(y + math.Copysign(0.5, y)) // math.Round takes three times as long
	}
	return float32(top / 127)
}

// Dequantize returns the coordinates Quantize was given, each within half a scale.
func Dequantize(scale float32, data []int8) []float32 {
	v := make([]float32, len(data))
	for i, x := range data {
		v[i] = scale * float32(x)
	}
	return v
}
