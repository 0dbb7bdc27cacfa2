package main

import "fmt"

// word adds an instruction that Go's assembler does not know, and what it is as
// a disassembler writes it.
func (f *function) word(code uint32, format string, args ...any) {
	f.op("WORD $0x%08x // %s", code, fmt.Sprintf(format, args...))
}

// Instructions on three vectors of four 32-bit lanes, d = n op m.

func (f *function) fadd(d, n, m vec) { f.three(0x4e20d400, "fadd", "4s", d, n, m) }
func (f *function) fsub(d, n, m vec) { f.three(0x4ea0d400, "fsub", "4s", d, n, m) }
func (f *function) fmul(d, n, m vec) { f.three(0x6e20dc00, "fmul", "4s", d, n, m) }
func (f *function) fdiv(d, n, m vec) { f.three(0x6e20fc00, "fdiv", "4s", d, n, m) }
func (f *function) fmax(d, n, m vec) { f.three(0x4e20f400, "fmax", "4s", d, n, m) }
func (f *function) add4(d, n, m vec) { f.three(0x4ea08400, "add", "4s", d, n, m) }

// fmla is d += n·m, rounded once.
func (f *function) fmla(d, n, m vec) { f.three(0x4e20cc00, "fmla", "4s", d, n, m) }

// faddp is the sums of neighbours, those of n before those of m.
func (f *function) faddp(d, n, m vec) { f.three(0x6e20d400, "faddp", "4s", d, n, m) }

// Instructions on three vectors of bits, 16-bit lanes or bytes.

func (f *function) and(d, n, m vec) { f.three(0x4e201c00, "and", "16b", d, n, m) }
func (f *function) eor(d, n, m vec) { f.three(0x6e201c00, "eor", "16b", d, n, m) }

// lowHalves keeps the lower half of every 32-bit lane of n, then of m; lowBytes
// does so for 16-bit lanes.
func (f *function) lowHalves(d, n, m vec) { f.three(0x4e401800, "uzp1", "8h", d, n, m) }
func (f *function) lowBytes(d, n, m vec)  { f.three(0x4e001800, "uzp1", "16b", d, n, m) }

func (f *function) three(code uint32, name, lanes string, d, n, m vec) {
	f.word(code|uint32(m)<<16|uint32(n)<<5|uint32(d), "%s v%d.%s, v%d.%s, v%d.%s", name, d, lanes, n, lanes, m, lanes)
}

// Instructions that take the 32-bit lane i of m for all lanes.

func (f *function) fmulElement(d, n, m vec, i int) {
	f.word(0x4f809000|element(d, n, m, i), "fmul v%d.4s, v%d.4s, v%d.s[%d]", d, n, m, i)
}

func (f *function) fmlaElement(d, n, m vec, i int) {
	f.word(0x4f801000|element(d, n, m, i), "fmla v%d.4s, v%d.4s, v%d.s[%d]", d, n, m, i)
}

// sdotElement adds to each lane of d the dot product of the four signed bytes of
// that lane of n and the four of lane i of m.
func (f *function) sdotElement(d, n, m vec, i int) {
	f.word(0x4f80e000|element(d, n, m, i), "sdot v%d.4s, v%d.16b, v%d.4b[%d]", d, n, m, i)
}

// element is the registers and the lane of an instruction by element.
func element(d, n, m vec, i int) uint32 {
	return uint32(i&1)<<21 | uint32(m)<<16 | uint32(i>>1)<<11 | uint32(n)<<5 | uint32(d)
}

// sdot adds to each lane of d the dot product of four signed bytes of n and m.
func (f *function) sdot(d, n, m vec) {
	f.word(0x4e809400|uint32(m)<<16|uint32(n)<<5|uint32(d), "sdot v%d.4s, v%d.16b, v%d.16b", d, n, m)
}

// Instructions on two vectors, d = op n. Rounding is to the nearest, ties to even.

func (f *function) fabs(d, n vec)   { f.two(0x4ea0f800, "fabs", "4s", "4s", d, n) }
func (f *function) frintn(d, n vec) { f.two(0x4e218800, "frintn", "4s", "4s", d, n) }
func (f *function) fcvtns(d, n vec) { f.two(0x4e21a800, "fcvtns", "4s", "4s", d, n) }
func (f *function) scvtf(d, n vec)  { f.two(0x4e21d800, "scvtf", "4s", "4s", d, n) }

// fcvtl widens the lower four half-precision numbers of n, fcvtl2 the upper.
func (f *function) fcvtl(d, n vec)  { f.two(0x0e217800, "fcvtl", "4s", "4h", d, n) }
func (f *function) fcvtl2(d, n vec) { f.two(0x4e217800, "fcvtl2", "4s", "8h", d, n) }

func (f *function) copy(d, n vec) {
	f.two(0x4ea01c00|uint32(n)<<16, "mov", "16b", "16b", d, n)
}

func (f *function) two(code uint32, name, to, from string, d, n vec) {
	f.word(code|uint32(n)<<5|uint32(d), "%s v%d.%s, v%d.%s", name, d, to, n, from)
}

// fill puts the first lane of n in every lane of d.
func (f *function) fill(d, n vec) {
	f.word(0x4e040400|uint32(n)<<5|uint32(d), "dup v%d.4s, v%d.s[0]", d, n)
}

// bytes puts a number in every byte of d.
func (f *function) bytes(d vec, v byte) {
	f.word(0x4f00e400|uint32(v>>5)<<16|uint32(v&31)<<5|uint32(d), "movi v%d.16b, #0x%x", d, v)
}

func (f *function) zero(d vec) { f.bytes(d, 0) }

// shiftNibbles moves the upper half of every byte of n down.
func (f *function) shiftNibbles(d, n vec) {
	f.word(0x6f0c0400|uint32(n)<<5|uint32(d), "ushr v%d.16b, v%d.16b, #4", d, n)
}

// shiftExponent moves integers to where a float32 has its exponent.
func (f *function) shiftExponent(d, n vec) {
	f.word(0x4f375400|uint32(n)<<5|uint32(d), "shl v%d.4s, v%d.4s, #23", d, n)
}

// largest puts the largest lane of n in the first of d and zeros in the others;
// sum4 does so with the sum of the integers.
func (f *function) largest(d, n vec) {
	f.word(0x6e30f800|uint32(n)<<5|uint32(d), "fmaxv s%d, v%d.4s", d, n)
}

func (f *function) sum4(d, n vec) {
	f.word(0x4eb1b800|uint32(n)<<5|uint32(d), "addv s%d, v%d.4s", d, n)
}

// total puts the sum of the lanes of d in every lane.
func (f *function) total(d vec) {
	f.faddp(d, d, d)
	f.faddp(d, d, d)
}
