package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// constants hands out names for the constants of one function.
type constants struct {
	function string
	n        int
}

// vector places eight copies of bits in read-only memory.
func (c *constants) vector(bits uint32) Mem {
	return c.words(bits, bits, bits, bits, bits, bits, bits, bits)
}

func (c *constants) words(w ...uint32) Mem {
	c.n++
	m := GLOBL(fmt.Sprintf("%sConst%d", c.function, c.n), RODATA|NOPTR)
	for i, v := range w {
		DATA(i*4, U32(v))
	}
	return m
}

func (c *constants) float(v float64) Mem { return c.vector(math.Float32bits(float32(v))) }

// register loads eight copies of v.
func (c *constants) register(v float64) VecVirtual {
	r := YMM()
	VMOVUPS(c.float(v), r)
	return r
}

// exponential emits e to the power of v for v at most 0: a polynomial of degree
// 6 for the fraction of a power of two, and the exponent by integer addition.
// Below -80 it is held, so that no denormal number appears.
type exponential struct {
	lowest, log2e Mem
	terms         [7]Mem
}

func newExponential(c *constants) exponential {
	e := exponential{lowest: c.float(-80), log2e: c.float(math.Log2E)}
	term := 1.0
	for i := range e.terms {
		e.terms[i] = c.float(term)
		term *= math.Ln2 / float64(i+1)
	}
	return e
}

func (e exponential) emit(v VecVirtual) {
	whole, q := YMM(), YMM()
	VMAXPS(e.lowest, v, v)
	VMULPS(e.log2e, v, v)
	VROUNDPS(Imm(8), v, whole)
	VSUBPS(whole, v, v)
	VMOVUPS(e.terms[6], q)
	for i := 5; i >= 0; i-- {
		VFMADD213PS(e.terms[i], v, q)
	}
	VCVTPS2DQ(whole, whole)
	VPSLLD(Imm(23), whole, whole)
	VPADDD(whole, q, v)
}

// reduce combines the eight lanes of v and leaves the result in all of them.
func reduce(v VecVirtual, op func(a, b, to Op)) {
	t := YMM()
	VPERM2F128(Imm(1), v, v, t)
	op(t, v, v)
	VPERMILPS(Imm(0x4e), v, t)
	op(t, v, v)
	VPERMILPS(Imm(0xb1), v, t)
	op(t, v, v)
}

func addFloats(a, b, to Op) { VADDPS(a, b, to) }
func maxFloats(a, b, to Op) { VMAXPS(a, b, to) }
func addInts(a, b, to Op)   { VPADDD(a, b, to) }

// gelu emits x·Φ(x) with the error function of Abramowitz and Stegun 7.1.26.
type gelu struct {
	exp              exponential
	abs, one         Mem
	slope, minusHalf Mem
	terms            [5]Mem
}

func newGELU(c *constants, abs Mem) gelu {
	g := gelu{
		exp: newExponential(c), abs: abs, one: c.float(1),
		slope: c.float(0.3275911 / math.Sqrt2), minusHalf: c.float(-0.5),
	}
	for i, v := range []float64{0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429} {
		g.terms[i] = c.float(v)
	}
	return g
}

func (g gelu) emit(v VecVirtual) {
	ax, t, z, p := YMM(), YMM(), YMM(), YMM()
	VANDPS(g.abs, v, ax)
	VMOVUPS(g.slope, t)
	VFMADD213PS(g.one, ax, t)
	VMULPS(ax, ax, z)
	VMULPS(g.minusHalf, z, z)
	g.exp.emit(z)
	one := YMM()
	VMOVUPS(g.one, one)
	VDIVPS(t, one, t)
	VMOVUPS(g.terms[4], p)
	for i := 3; i >= 0; i-- {
		VFMADD213PS(g.terms[i], t, p)
	}
	VMULPS(t, p, p)
	VMULPS(z, p, p)
	VMULPS(g.minusHalf, ax, ax)
	zero := YMM()
	VXORPS(zero, zero, zero)
	VMAXPS(zero, v, v)
	VFMADD231PS(p, ax, v)
}

// quantizeRow turns blocks of 32 floats into signed bytes, a scale, and -8 times
// the sum of the bytes, which is where the 4-bit kernels start their sums.
func quantizeRow(name string, withGELU bool) {
	TEXT(name, NOSPLIT, "func(x *float32, values *int8, scales *float32, offsets *int32, blocks int)")
	Pragma("noescape")
	x, values, scales, offsets, blocks := load("x"), load("values"), load("scales"), load("offsets"), load("blocks")
	c := &constants{function: name}
	abs := c.vector(0x7fffffff)
	order := c.words(0, 4, 1, 5, 2, 6, 3, 7)
	var g gelu
	if withGELU {
		g = newGELU(c, abs)
	}
	limit, inverse, tiny := c.register(127), c.register(1.0/127), c.register(1e-30)

	Label("block")
	var v [4]VecVirtual
	largest := YMM()
	for i := range v {
		v[i] = YMM()
		VMOVUPS(at(x, i*32), v[i])
		if withGELU {
			g.emit(v[i])
		}
		if i == 0 {
			VANDPS(abs, v[i], largest)
			continue
		}
		t := YMM()
		VANDPS(abs, v[i], t)
		VMAXPS(t, largest, largest)
	}
	reduce(largest, maxFloats)
	VMAXPS(tiny, largest, largest)
	factor, scale := YMM(), YMM()
	VDIVPS(largest, limit, factor)
	VMULPS(inverse, largest, scale)
	VMOVSS(scale.AsX(), at(scales, 0))
	for i := range v {
		VMULPS(factor, v[i], v[i])
		VCVTPS2DQ(v[i], v[i])
	}
	storeOffset(v, offsets)
	storeBytes(v, order, values)

	ADDQ(U32(128), x)
	ADDQ(Imm(32), values)
	ADDQ(Imm(4), scales)
	ADDQ(Imm(4), offsets)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

func storeOffset(v [4]VecVirtual, offsets Register) {
	s, s2 := YMM(), YMM()
	VPADDD(v[0], v[1], s)
	VPADDD(v[2], v[3], s2)
	VPADDD(s2, s, s)
	reduce(s, addInts)
	storeNegative(s, 3, offsets)
}

// storeNegative stores minus the first integer of s, times two to the power of
// shift.
func storeNegative(s VecVirtual, shift uint64, to Register) {
	minus := YMM()
	VPSLLD(Imm(shift), s, s)
	VPXOR(minus, minus, minus)
	VPSUBD(s, minus, s)
	VMOVD(s.AsX(), at(to, 0))
}

func storeBytes(v [4]VecVirtual, order Mem, values Register) {
	VPACKSSDW(v[1], v[0], v[0])
	VPACKSSDW(v[3], v[2], v[2])
	VPACKSSWB(v[2], v[0], v[0])
	perm := YMM()
	VMOVDQU(order, perm)
	VPERMD(v[0], perm, v[0])
	VMOVDQU(v[0], at(values, 0))
}

// eachVector emits body for every eight floats of the n at base. It leaves base
// and n alone.
func eachVector(label string, base, n Register, body func(p Mem)) {
	p, left := GP64(), GP64()
	MOVQ(base, p)
	MOVQ(n, left)
	Label(label)
	body(Mem{Base: p})
	ADDQ(Imm(32), p)
	SUBQ(Imm(8), left)
	JNZ(LabelRef(label))
}

func softmaxRow() {
	TEXT("softmaxAVX2", NOSPLIT, "func(row *float32, n int, scale float32)")
	Pragma("noescape")
	row, n := load("row"), load("n")
	scale := broadcastParam("scale")
	c := &constants{function: "softmaxAVX2"}
	exp := newExponential(c)

	largest, sum := YMM(), YMM()
	VMOVUPS(at(row, 0), largest)
	eachVector("largest", row, n, func(p Mem) { VMAXPS(p, largest, largest) })
	reduce(largest, maxFloats)
	VXORPS(sum, sum, sum)
	eachVector("exp", row, n, func(p Mem) {
		v := YMM()
		VMOVUPS(p, v)
		VSUBPS(largest, v, v)
		VMULPS(scale, v, v)
		exp.emit(v)
		VMOVUPS(v, p)
		VADDPS(v, sum, sum)
	})
	reduce(sum, addFloats)
	one := YMM()
	VMOVUPS(exp.terms[0], one)
	VDIVPS(sum, one, sum)
	eachVector("divide", row, n, func(p Mem) {
		v := YMM()
		VMULPS(p, sum, v)
		VMOVUPS(v, p)
	})
	VZEROUPPER()
	RET()
}

// addNormRow adds y to x and normalises the sum to mean 0 and variance 1, then
// applies gain and bias. n is a multiple of 32, inverse is 1/n.
func addNormRow() {
	TEXT("addNormAVX2", NOSPLIT, "func(x, y, gain, bias *float32, n int, inverse, epsilon float32)")
	Pragma("noescape")
	x, y, gain, bias, bytes := load("x"), load("y"), load("gain"), load("bias"), load("n")
	SHLQ(U8(2), bytes)
	inverse, epsilon := broadcastParam("inverse"), broadcastParam("epsilon")
	i := GP64()
	element := func(r Register, u int) Mem { return Mem{Base: r, Index: i, Scale: 1}.Offset(u * 32) }
	pass := func(label string, body func(u int)) {
		XORQ(i, i)
		Label(label)
		for u := range 4 {
			body(u)
		}
		ADDQ(U32(128), i)
		CMPQ(i, bytes)
		JNE(LabelRef(label))
	}

	sums := zeros()
	pass("add", func(u int) {
		v := YMM()
		VMOVUPS(element(x, u), v)
		VADDPS(element(y, u), v, v)
		VMOVUPS(v, element(x, u))
		VADDPS(v, sums[u], sums[u])
	})
	mean := total(sums)
	VMULPS(inverse, mean, mean)
	squares := zeros()
	pass("variance", func(u int) {
		v := YMM()
		VMOVUPS(element(x, u), v)
		VSUBPS(mean, v, v)
		VFMADD231PS(v, v, squares[u])
	})
	factor := total(squares)
	VMULPS(inverse, factor, factor)
	VADDPS(epsilon, factor, factor)
	VSQRTPS(factor, factor)
	c := &constants{function: "addNormAVX2"}
	one := c.register(1)
	VDIVPS(factor, one, factor)
	pass("scale", func(u int) {
		v, t := YMM(), YMM()
		VMOVUPS(element(x, u), v)
		VSUBPS(mean, v, v)
		VMULPS(factor, v, v)
		VMOVUPS(element(bias, u), t)
		VFMADD231PS(element(gain, u), v, t)
		VMOVUPS(t, element(x, u))
	})
	VZEROUPPER()
	RET()
}

func zeros() (s [4]VecVirtual) {
	for i := range s {
		s[i] = YMM()
		VXORPS(s[i], s[i], s[i])
	}
	return s
}

// total adds all lanes of four vectors into every lane of the first.
func total(s [4]VecVirtual) VecVirtual {
	VADDPS(s[1], s[0], s[0])
	VADDPS(s[3], s[2], s[2])
	VADDPS(s[2], s[0], s[0])
	reduce(s[0], addFloats)
	return s[0]
}
