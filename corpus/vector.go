package corpus

import (
	"crypto/sha256"
	"math"
)

// Hash names a text by its content: the first half of its SHA-256.
type Hash [16]byte

// TextHash returns the hash of exactly the text that is encoded.
func TextHash(s string) Hash {
	sum := sha256.Sum256([]byte(s))
	return Hash(sum[:16])
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
	top := 0.0
	for _, x := range v {
		top = max(top, math.Abs(float64(x))) // NaN if either is
	}
	if math.IsNaN(top) || math.IsInf(top, 0) {
		return float32(math.NaN()), data
	}
	if top == 0 {
		return 0, data
	}
	for i, x := range v {
		data[i] = int8(math.Round(float64(x) * 127 / top))
	}
	return float32(top / 127), data
}

// Dequantize returns the coordinates Quantize was given, each within half a scale.
func Dequantize(scale float32, data []int8) []float32 {
	v := make([]float32, len(data))
	for i, x := range data {
		v[i] = scale * float32(x)
	}
	return v
}
