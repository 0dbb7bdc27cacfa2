package kernel

import "math"

// Half converts a half-precision number (IEEE 754 binary16) from its bits.
// Infinities and NaNs, which no weights file holds, become large finite numbers.
func Half(bits uint16) float32 {
	sign := uint32(bits&0x8000) << 16
	exponent := uint32(bits>>10) & 31
	fraction := uint32(bits & 0x3ff)
	if exponent == 0 {
		small := float32(fraction) * (1.0 / (1 << 24))
		return math.Float32frombits(math.Float32bits(small) | sign)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
