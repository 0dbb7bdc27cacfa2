package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Distances in bytes between rows of quantised activations; they mirror
// MaxInputs and maxBlocks of package kernel.
const (
	rowBytes   = 1536
	scaleBytes = 4 * rowBytes / 32
)

const q4Signature = "func(nibbles, scales *byte, bias *float32, values *int8, rowScales *float32, offsets *int32, out *float32, blocks, outStride int)"

// q4Args are the registers both families of 4-bit kernels start from.
type q4Args struct {
	nibbles, scales, bias, values, rowScales, offsets, blocks Register
}

func loadQ4Args() q4Args {
	return q4Args{
		nibbles: load("nibbles"), scales: load("scales"), bias: load("bias"),
		values: load("values"), rowScales: load("rowScales"), offsets: load("offsets"),
		blocks: load("blocks"),
	}
}

// advance moves every pointer to the next block of 32 inputs.
func (a q4Args) advance() {
	ADDQ(Imm(32), a.scales)
	ADDQ(U32(256), a.nibbles)
	ADDQ(Imm(32), a.values)
	ADDQ(Imm(4), a.rowScales)
	ADDQ(Imm(4), a.offsets)
}

// vpdpbusd emits acc += unsigned bytes of u times signed bytes broadcast from
// m, four at a time. avo 0.5 does not know the instruction.
func vpdpbusd(m Mem, u, acc VecVirtual) {
	Instruction(&ir.Instruction{
		Opcode:   "VPDPBUSD",
		Suffixes: []string{"BCST"},
		Operands: []Op{m, u, acc},
		Inputs:   []Op{u, acc, m.Base},
		Outputs:  []Op{acc},
		ISA:      []string{"AVX512VNNI"},
	})
}

// q4vnni multiplies rows activation rows with two panels of 16 outputs. All
// accumulators stay in registers: two floats and two integers a row.
func q4vnni(rows int) {
	TEXT(fmt.Sprintf("q4VNNI%d", rows), NOSPLIT, q4Signature)
	Pragma("noescape")
	args := loadQ4Args()
	panel := GP64() // bytes of scales in a panel: blocks × 32; of nibbles: eight times that
	MOVQ(args.blocks, panel)
	SHLQ(U8(5), panel)
	scales1, nibbles1 := GP64(), GP64()
	LEAQ(Mem{Base: args.scales, Index: panel, Scale: 1}, scales1)
	LEAQ(Mem{Base: args.nibbles, Index: panel, Scale: 8}, nibbles1)
	mask := nibbleMask512()
	bias0, bias1 := ZMM(), ZMM()
	VMOVUPS(at(args.bias, 0), bias0)
	VMOVUPS(at(args.bias, 64), bias1)
	var sum, acc [vnniRows][2]VecVirtual
	for m := range rows {
		sum[m] = [2]VecVirtual{ZMM(), ZMM()}
		acc[m] = [2]VecVirtual{ZMM(), ZMM()}
		VMOVAPS(bias0, sum[m][0])
		VMOVAPS(bias1, sum[m][1])
	}

	Label("block")
	for m := range rows {
		VPBROADCASTD(at(args.offsets, m*scaleBytes), acc[m][0])
		VMOVDQA64(acc[m][0], acc[m][1])
	}
	for p := range 4 {
		vnniPlane(args, nibbles1, mask, p, acc[:rows])
	}
	vnniScale(args, scales1, acc[:rows], sum[:rows])
	args.advance()
	ADDQ(Imm(32), scales1)
	ADDQ(U32(256), nibbles1)
	DECQ(args.blocks)
	JNZ(LabelRef("block"))

	out, stride := load("out"), load("outStride")
	for m := range rows {
		VMOVUPS(sum[m][0], at(out, 0))
		VMOVUPS(sum[m][1], at(out, 64))
		ADDQ(stride, out)
	}
	VZEROUPPER()
	RET()
}

func nibbleMask512() VecVirtual {
	mask, t := ZMM(), GP32()
	MOVL(U32(0x0f0f0f0f), t)
	VPBROADCASTD(t, mask)
	return mask
}

// vnniPlane handles eight inputs: the low nibbles hold the first four, the high
// nibbles the others.
func vnniPlane(args q4Args, nibbles1 Register, mask VecVirtual, p int, acc [][2]VecVirtual) {
	lo0, lo1, hi0, hi1 := ZMM(), ZMM(), ZMM(), ZMM()
	VMOVDQU64(at(args.nibbles, p*64), hi0)
	VMOVDQU64(at(nibbles1, p*64), hi1)
	VPANDD(mask, hi0, lo0)
	VPANDD(mask, hi1, lo1)
	VPSRLW(Imm(4), hi0, hi0)
	VPSRLW(Imm(4), hi1, hi1)
	for m := range acc {
		x := at(args.values, m*rowBytes+p*8)
		vpdpbusd(x, lo0, acc[m][0])
		vpdpbusd(x, lo1, acc[m][1])
	}
	VPANDD(mask, hi0, hi0)
	VPANDD(mask, hi1, hi1)
	for m := range acc {
		x := at(args.values, m*rowBytes+p*8+4)
		vpdpbusd(x, hi0, acc[m][0])
		vpdpbusd(x, hi1, acc[m][1])
	}
}

// vnniScale adds the block's integer sums, times both scales, to the floats.
func vnniScale(args q4Args, scales1 Register, acc, sum [][2]VecVirtual) {
	s := [2]VecVirtual{ZMM(), ZMM()}
	VCVTPH2PS(at(args.scales, 0), s[0])
	VCVTPH2PS(at(scales1, 0), s[1])
	for m := range acc {
		for n := range 2 {
			d := ZMM()
			VCVTDQ2PS(acc[m][n], acc[m][n])
			VMULPS_BCST(at(args.rowScales, m*scaleBytes), s[n], d)
			VFMADD231PS(acc[m][n], d, sum[m][n])
		}
	}
}

// q4avx2 multiplies rows activation rows with one panel of 16 outputs. The
// float sums live in out, since 16 registers hold only the integers.
//
// VPMADDUBSW cannot saturate here and neither can eight sums of it:
// 15·127·2·8 = 30,480. So one widening a block is enough.
func q4avx2(rows int) {
	TEXT(fmt.Sprintf("q4AVX2x%d", rows), NOSPLIT, q4Signature)
	Pragma("noescape")
	args := loadQ4Args()
	out := outRows(rows)
	bias0, bias1 := YMM(), YMM()
	VMOVUPS(at(args.bias, 0), bias0)
	VMOVUPS(at(args.bias, 32), bias1)
	for m := range rows {
		VMOVUPS(bias0, out(m, 0))
		VMOVUPS(bias1, out(m, 1))
	}
	mask, ones := YMM(), YMM()
	VPBROADCASTD(ConstData(fmt.Sprintf("nibbles%d", rows), U32(0x0f0f0f0f)), mask)
	VPBROADCASTD(ConstData(fmt.Sprintf("ones%d", rows), U32(0x00010001)), ones)
	var acc [avx2Rows][2]VecVirtual
	for m := range rows {
		acc[m] = [2]VecVirtual{YMM(), YMM()}
	}

	Label("block")
	for half := range 8 {
		avx2Half(args, mask, half, acc[:rows])
	}
	for m := range rows {
		c := YMM()
		VPBROADCASTD(at(args.offsets, m*scaleBytes), c)
		for n := range 2 {
			VPMADDWD(ones, acc[m][n], acc[m][n])
			VPADDD(c, acc[m][n], acc[m][n])
			VCVTDQ2PS(acc[m][n], acc[m][n])
		}
	}
	avx2Scale(args, out, acc[:rows])
	args.advance()
	DECQ(args.blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// outRows addresses the n-th eight floats of output row m.
func outRows(rows int) func(m, n int) Mem {
	out, stride := load("out"), load("outStride")
	stride3 := GP64()
	if rows > 3 {
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	}
	return func(m, n int) Mem {
		switch m {
		case 0:
			return at(out, n*32)
		case 3:
			return Mem{Base: out, Index: stride3, Scale: 1}.Offset(n * 32)
		}
		return Mem{Base: out, Index: stride, Scale: uint8(m)}.Offset(n * 32)
	}
}

// avx2Half handles four inputs: even halves are low nibbles, odd ones high.
func avx2Half(args q4Args, mask VecVirtual, half int, acc [][2]VecVirtual) {
	w := [2]VecVirtual{YMM(), YMM()}
	for n := range 2 {
		src := at(args.nibbles, half/2*64+n*32)
		if half%2 == 0 {
			VPAND(src, mask, w[n])
			continue
		}
		VMOVDQU(src, w[n])
		VPSRLW(Imm(4), w[n], w[n])
		VPAND(mask, w[n], w[n])
	}
	for m := range acc {
		x := YMM()
		VPBROADCASTD(at(args.values, m*rowBytes+half*4), x)
		for n := range 2 {
			if half == 0 {
				VPMADDUBSW(x, w[n], acc[m][n])
				continue
			}
			t := YMM()
			VPMADDUBSW(x, w[n], t)
			VPADDW(t, acc[m][n], acc[m][n])
		}
	}
}

func avx2Scale(args q4Args, out func(m, n int) Mem, acc [][2]VecVirtual) {
	s := [2]VecVirtual{YMM(), YMM()}
	VCVTPH2PS(at(args.scales, 0), s[0])
	VCVTPH2PS(at(args.scales, 16), s[1])
	for m := range acc {
		d := YMM()
		VBROADCASTSS(at(args.rowScales, m*scaleBytes), d)
		for n := range 2 {
			e := YMM()
			VMULPS(s[n], d, e)
			VFMADD213PS(out(m, n), e, acc[m][n])
			VMOVUPS(acc[m][n], out(m, n))
		}
	}
}
