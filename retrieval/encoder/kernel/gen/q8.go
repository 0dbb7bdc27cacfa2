package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// An 8-bit kernel walks along records of activations: the signed bytes of a
// block, then the offset and the scale of the block, four bytes each. Rows are
// stride bytes apart; a block is steps times 32 inputs.
const (
	q8Signature = "func(weights *byte, steps, bias *float32, records *byte, out *float32, blocks, blockSteps, stride, outStride int)"
	stepInputs  = 32
	recordTail  = 8
)

// q8Args are the registers both families of 8-bit kernels start from.
type q8Args struct {
	weights, blocks, count Register
	record                 func(m, offset int) Mem
	next                   Register
}

func loadQ8Args(rows int) q8Args {
	records := load("records")
	row := tileRow(rows, records, load("stride"))
	return q8Args{
		weights: load("weights"), blocks: load("blocks"), count: GP64(), next: records,
		record: func(m, offset int) Mem { return row(m).Offset(offset) },
	}
}

// q8vnni multiplies rows activation rows with two panels of 16 outputs. All
// accumulators stay in registers: two floats and two integers a row.
func q8vnni(rows int) {
	TEXT(fmt.Sprintf("q8VNNI%d", rows), NOSPLIT, q8Signature)
	Pragma("noescape")
	args := loadQ8Args(rows)
	weights1 := GP64() // a panel is blocks × blockSteps × 512 bytes
	Load(Param("blockSteps"), weights1)
	IMULQ(args.blocks, weights1)
	SHLQ(U8(9), weights1)
	ADDQ(args.weights, weights1)
	var sum, acc [vnniRows][2]VecVirtual
	for m := range rows {
		for n := range 2 {
			sum[m][n], acc[m][n] = ZMM(), ZMM()
			VPXORD(sum[m][n], sum[m][n], sum[m][n])
		}
	}

	Label("block")
	for m := range rows {
		for n := range 2 {
			VPXORD(acc[m][n], acc[m][n], acc[m][n])
		}
	}
	Load(Param("blockSteps"), args.count)
	Label("step")
	for i := 0; i < stepInputs; i += 4 {
		w := [2]VecVirtual{ZMM(), ZMM()}
		VMOVDQU64(at(args.weights, i*16), w[0])
		VMOVDQU64(at(weights1, i*16), w[1])
		for m := range rows {
			vpdpbusd(args.record(m, i), w[0], acc[m][0])
			vpdpbusd(args.record(m, i), w[1], acc[m][1])
		}
	}
	ADDQ(U32(stepInputs*16), args.weights)
	ADDQ(U32(stepInputs*16), weights1)
	ADDQ(Imm(stepInputs), args.next)
	DECQ(args.count)
	JNZ(LabelRef("step"))
	for m := range rows {
		for n := range 2 {
			VPADDD_BCST(args.record(m, 0), acc[m][n], acc[m][n])
			VCVTDQ2PS(acc[m][n], acc[m][n])
			VFMADD231PS_BCST(args.record(m, 4), acc[m][n], sum[m][n])
		}
	}
	ADDQ(Imm(recordTail), args.next)
	DECQ(args.blocks)
	JNZ(LabelRef("block"))

	q8Store(sum[:rows], 64, func() VecVirtual { return ZMM() })
}

// q8Store writes sum·step + bias.
func q8Store(sum [][2]VecVirtual, bytes int, register func() VecVirtual) {
	steps, bias, out, stride := load("steps"), load("bias"), load("out"), load("outStride")
	var s, b [2]VecVirtual
	for n := range 2 {
		s[n], b[n] = register(), register()
		VMOVUPS(at(steps, n*bytes), s[n])
		VMOVUPS(at(bias, n*bytes), b[n])
	}
	for m := range sum {
		for n := range 2 {
			VFMADD213PS(b[n], s[n], sum[m][n])
			VMOVUPS(sum[m][n], at(out, n*bytes))
		}
		ADDQ(stride, out)
	}
	VZEROUPPER()
	RET()
}

// q8avx2 multiplies rows activation rows with one panel of 16 outputs. The float
// sums live in out, since 16 registers hold only the integers.
//
// VPMADDUBSW would saturate on weights of eight bits and a sign in the
// activations. So the sign of each activation moves to the weight: what is left
// is below 127·127·2 = 32,258. Weight bytes are never 0, so that no weight is
// -128, which has no opposite.
func q8avx2(rows int) {
	TEXT(fmt.Sprintf("q8AVX2x%d", rows), NOSPLIT, q8Signature)
	Pragma("noescape")
	args := loadQ8Args(rows)
	out := outRows(rows)
	zero := YMM()
	VXORPS(zero, zero, zero)
	for m := range rows {
		VMOVUPS(zero, out(m, 0))
		VMOVUPS(zero, out(m, 1))
	}
	ones := YMM()
	VPBROADCASTD(ConstData(fmt.Sprintf("q8Ones%d", rows), U32(0x00010001)), ones)
	c := &constants{function: fmt.Sprintf("q8AVX2x%d", rows)}
	middle := c.vector(0x80808080)
	var acc [avx2Rows][2]VecVirtual
	for m := range rows {
		acc[m] = [2]VecVirtual{YMM(), YMM()}
	}

	Label("block")
	for m := range rows {
		for n := range 2 {
			VPXOR(acc[m][n], acc[m][n], acc[m][n])
		}
	}
	Load(Param("blockSteps"), args.count)
	Label("step")
	for i := 0; i < stepInputs; i += 4 {
		q8avx2Inputs(args, i, middle, ones, acc[:rows])
	}
	ADDQ(U32(stepInputs*16), args.weights)
	ADDQ(Imm(stepInputs), args.next)
	DECQ(args.count)
	JNZ(LabelRef("step"))
	for m := range rows {
		scale := YMM()
		VBROADCASTSS(args.record(m, 4), scale)
		for n := range 2 {
			VCVTDQ2PS(acc[m][n], acc[m][n])
			VFMADD213PS(out(m, n), scale, acc[m][n])
			VMOVUPS(acc[m][n], out(m, n))
		}
	}
	ADDQ(Imm(recordTail), args.next)
	DECQ(args.blocks)
	JNZ(LabelRef("block"))
	q8avx2Finish(rows, out)
}

// q8avx2Inputs handles four inputs.
func q8avx2Inputs(args q8Args, i int, middle Mem, ones VecVirtual, acc [][2]VecVirtual) {
	w := [2]VecVirtual{YMM(), YMM()}
	for n := range 2 {
		VMOVDQU(at(args.weights, i*16+n*32), w[n])
		VPXOR(middle, w[n], w[n]) // the weight as a signed byte
	}
	for m := range acc {
		x, size := YMM(), YMM()
		VPBROADCASTD(args.record(m, i), x)
		VPABSB(x, size)
		for n := range 2 {
			t := YMM()
			VPSIGNB(x, w[n], t)
			VPMADDUBSW(t, size, t)
			VPMADDWD(ones, t, t)
			VPADDD(t, acc[m][n], acc[m][n])
		}
	}
}

// q8avx2Finish turns the sums in out into sum·step + bias.
func q8avx2Finish(rows int, out func(m, n int) Mem) {
	steps, bias := load("steps"), load("bias")
	for n := range 2 {
		s, b := YMM(), YMM()
		VMOVUPS(at(steps, n*32), s)
		VMOVUPS(at(bias, n*32), b)
		for m := range rows {
			v := YMM()
			VMOVUPS(out(m, n), v)
			VFMADD213PS(b, s, v)
			VMOVUPS(v, out(m, n))
		}
	}
	VZEROUPPER()
	RET()
}

// quantizeRecord turns a block of floats into a record: signed bytes, -128 times
// their sum, which takes the middle of the weight bytes out, and a scale. The
// block is steps times 32 floats.
func quantizeRecord() {
	const name = "quantizeRecordAVX2"
	TEXT(name, NOSPLIT, "func(x *float32, record *byte, steps int)")
	Pragma("noescape")
	x, record, steps := load("x"), load("record"), load("steps")
	c := &constants{function: name}
	abs := YMM()
	VMOVUPS(c.vector(0x7fffffff), abs)
	order := c.words(0, 4, 1, 5, 2, 6, 3, 7)
	largest, sum, scale, factor := YMM(), YMM(), YMM(), YMM()

	VXORPS(largest, largest, largest)
	p, left := GP64(), GP64()
	MOVQ(x, p)
	MOVQ(steps, left)
	Label("largest")
	for i := range 4 {
		t := YMM()
		VANDPS(at(p, i*32), abs, t)
		VMAXPS(t, largest, largest)
	}
	ADDQ(U32(128), p)
	DECQ(left)
	JNZ(LabelRef("largest"))
	reduce(largest, maxFloats)
	VMAXPS(c.float(1e-30), largest, largest)
	VMOVUPS(c.float(127), factor)
	VDIVPS(largest, factor, factor)
	VMULPS(c.float(1.0/127), largest, scale)

	VPXOR(sum, sum, sum)
	Label("bytes")
	var v [4]VecVirtual
	for i := range v {
		v[i] = YMM()
		VMULPS(at(x, i*32), factor, v[i])
		VCVTPS2DQ(v[i], v[i])
		VPADDD(v[i], sum, sum)
	}
	storeBytes(v, order, record)
	ADDQ(U32(128), x)
	ADDQ(Imm(stepInputs), record)
	DECQ(steps)
	JNZ(LabelRef("bytes"))
	reduce(sum, addInts)
	storeNegative(sum, 7, record)
	VMOVSS(scale.AsX(), at(record, 4))
	VZEROUPPER()
	RET()
}

// addPositiveRow adds to x what of y is above zero.
func addPositiveRow() {
	TEXT("addPositiveAVX2", NOSPLIT, "func(x, y *float32, n int)")
	Pragma("noescape")
	x, y, bytes, i := load("x"), load("y"), load("n"), GP64()
	SHLQ(U8(2), bytes)
	zero := YMM()
	VXORPS(zero, zero, zero)
	XORQ(i, i)
	Label("add")
	for u := range 4 {
		v := YMM()
		VMAXPS(Mem{Base: y, Index: i, Scale: 1}.Offset(u*32), zero, v)
		px := Mem{Base: x, Index: i, Scale: 1}.Offset(u * 32)
		VADDPS(px, v, v)
		VMOVUPS(v, px)
	}
	ADDQ(U32(128), i)
	CMPQ(i, bytes)
	JNE(LabelRef("add"))
	VZEROUPPER()
	RET()
}
