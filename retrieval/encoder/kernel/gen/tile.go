package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const tileSignature = "func(a, b, c *float32, inner, strideA, strideB, strideC int)"

// vectors are the few instructions in which the two tile widths differ.
type vectors struct {
	bytes int
	reg   func() VecVirtual
	zero  func(v VecVirtual)
}

// tileAVX2 computes rows × 16 of a float32 product.
func tileAVX2(rows int) {
	tile(fmt.Sprintf("tileAVX2x%d", rows), rows, vectors{
		bytes: 32,
		reg:   func() VecVirtual { return YMM() },
		zero:  func(v VecVirtual) { VXORPS(v, v, v) },
	})
}

// tileAVX512 computes rows × 32 of a float32 product.
func tileAVX512(rows int) {
	tile(fmt.Sprintf("tileAVX512x%d", rows), rows, vectors{
		bytes: 64,
		reg:   func() VecVirtual { return ZMM() },
		zero:  func(v VecVirtual) { VPXORD(v, v, v) },
	})
}

// tile computes c = a·b for a block of rows and two vectors of columns. Strides
// are in bytes.
func tile(name string, rows int, v vectors) {
	TEXT(name, NOSPLIT, tileSignature)
	Pragma("noescape")
	a, b, c := load("a"), load("b"), load("c")
	inner, strideB, strideC := load("inner"), load("strideB"), load("strideC")
	row := tileRow(rows, a, load("strideA"))
	var acc [tileRows][2]VecVirtual
	for m := range rows {
		for n := range 2 {
			acc[m][n] = v.reg()
			v.zero(acc[m][n])
		}
	}

	Label("step")
	var bv [2]VecVirtual
	for n := range 2 {
		bv[n] = v.reg()
		VMOVUPS(at(b, n*v.bytes), bv[n])
	}
	for m := range rows {
		x := v.reg()
		VBROADCASTSS(row(m), x)
		for n := range 2 {
			VFMADD231PS(x, bv[n], acc[m][n])
		}
	}
	ADDQ(Imm(4), a)
	ADDQ(strideB, b)
	DECQ(inner)
	JNZ(LabelRef("step"))

	for m := range rows {
		for n := range 2 {
			VMOVUPS(acc[m][n], at(c, n*v.bytes))
		}
		ADDQ(strideC, c)
	}
	VZEROUPPER()
	RET()
}

// tileRow addresses the current element of row m, up to six rows with one
// pointer.
func tileRow(rows int, a, stride Register) func(m int) Mem {
	stride3, stride5 := GP64(), GP64()
	if rows > 3 {
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	}
	if rows > 5 {
		LEAQ(Mem{Base: stride, Index: stride, Scale: 4}, stride5)
	}
	return func(m int) Mem {
		switch m {
		case 0:
			return Mem{Base: a}
		case 3:
			return Mem{Base: a, Index: stride3, Scale: 1}
		case 5:
			return Mem{Base: a, Index: stride5, Scale: 1}
		}
		return Mem{Base: a, Index: stride, Scale: uint8(m)}
	}
}
