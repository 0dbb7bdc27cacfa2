package main

import "math"

// rowKernel is a kernel over one row being written, with the table of constants
// at hand.
type rowKernel struct {
	*function
	program   *program
	constants gp
}

func newRowKernel(p *program, name string, params ...string) rowKernel {
	k := rowKernel{function: p.function(name, params...), program: p}
	k.constants = k.gp()
	k.op("MOVD $%s(SB), R%d", constantsName, k.constants)
	return k
}

// constant fills d with copies of v.
func (k rowKernel) constant(d vec, v float64) { k.loadQ(d, k.constants, k.program.constant(v)) }

// polynomial sets d to the polynomial of x with these terms, the constant one
// first. It needs another register and returns the two swapped as they end.
func (k rowKernel) polynomial(x, d, t vec, terms ...float64) (result, spare vec) {
	last := len(terms) - 1
	k.constant(d, terms[last])
	for i := last - 1; i >= 0; i-- {
		k.constant(t, terms[i])
		k.fmla(t, d, x)
		d, t = t, d
	}
	return d, t
}

// exponential sets v, at most 0, to e to its power: a polynomial of degree 6 for
// the fraction of a power of two, and the exponent by integer addition. Below
// -80 it is held, so that no denormal number appears. t are three more registers.
func (k rowKernel) exponential(v vec, t []vec) {
	whole := t[0]
	k.constant(t[1], -80)
	k.fmax(v, v, t[1])
	k.constant(t[1], math.Log2E)
	k.fmul(v, v, t[1])
	k.frintn(whole, v)
	k.fsub(v, v, whole)
	terms := make([]float64, 7)
	term := 1.0
	for i := range terms {
		terms[i] = term
		term *= math.Ln2 / float64(i+1)
	}
	q, _ := k.polynomial(v, t[1], t[2], terms...)
	k.fcvtns(whole, whole)
	k.shiftExponent(whole, whole)
	k.add4(v, q, whole)
}

// gelu sets v to v·Φ(v) with the error function of Abramowitz and Stegun 7.1.26.
// t are six more registers.
func (k rowKernel) gelu(v vec, t []vec) {
	size, r, z, spare := t[0], t[1], t[2], t[3:6]
	k.fabs(size, v)
	k.constant(r, 1)
	k.constant(z, 0.3275911/math.Sqrt2)
	k.fmla(r, size, z)
	k.constant(spare[0], -0.5)
	k.fmul(z, size, size)
	k.fmul(z, z, spare[0])
	k.exponential(z, spare)
	k.constant(spare[0], 1)
	k.fdiv(r, spare[0], r)
	p, c := k.polynomial(r, spare[0], spare[1], 0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
	k.fmul(p, p, r)
	k.fmul(p, p, z)
	k.constant(c, -0.5)
	k.fmul(size, size, c)
	k.zero(c)
	k.fmax(v, v, c)
	k.fmla(v, p, size)
}

// quantizer is what turns floats into signed bytes.
type quantizer struct {
	rowKernel
	v                    []vec // a block of 32 floats
	t                    []vec
	limit, inverse, tiny vec
	factor, scale        vec
	minus                vec // what bytes are multiplied with in the offset
}

func newQuantizer(k rowKernel, minus byte) quantizer {
	q := quantizer{
		rowKernel: k, v: k.consecutive(8), t: k.consecutive(6),
		limit: k.vec(), inverse: k.vec(), tiny: k.vec(), factor: k.vec(), scale: k.vec(), minus: k.vec(),
	}
	q.constant(q.limit, 127)
	q.constant(q.inverse, 1.0/127)
	q.constant(q.tiny, 1e-30)
	q.bytes(q.minus, minus)
	return q
}

// load reads the block at x.
func (q quantizer) load32(x gp) {
	for i, v := range q.v {
		q.loadQ(v, x, i*16)
	}
}

// widen keeps in each of two vectors the largest sizes of the numbers of the
// block and of its own.
func (q quantizer) widen(largest []vec) {
	for i, v := range q.v {
		q.fabs(q.t[2+i%2], v)
		q.fmax(largest[i%2], largest[i%2], q.t[2+i%2])
	}
}

// choose sets factor and scale by the largest of two vectors of sizes.
func (q quantizer) choose(largest []vec) {
	most := largest[0]
	q.fmax(most, most, largest[1])
	q.largest(most, most)
	q.op("FMAXS F%d, F%d, F%d", q.tiny, most, most)
	q.op("FDIVS F%d, F%d, F%d", most, q.limit, q.factor)
	q.op("FMULS F%d, F%d, F%d", q.inverse, most, q.scale)
}

// storeBytes rounds the block, writes it to where values points, moves that on,
// and adds to the offset.
func (q quantizer) storeBytes(values gp, offset vec) {
	for _, v := range q.v {
		q.fmulElement(v, v, q.factor, 0)
		q.fcvtns(v, v)
	}
	for i := 0; i < len(q.v); i += 4 {
		q.lowHalves(q.v[i], q.v[i], q.v[i+1])
		q.lowHalves(q.v[i+2], q.v[i+2], q.v[i+3])
		q.lowBytes(q.v[i], q.v[i], q.v[i+2])
		q.sdot(offset, q.v[i], q.minus)
		q.storeNextQ(q.v[i], values)
	}
}

// quantizeRow turns blocks of 32 floats into signed bytes, a scale, and -8 times
// the sum of the bytes, which is where the 4-bit kernels start their sums.
func quantizeRow(p *program, name string, withGELU bool) {
	k := newRowKernel(p, name, "x *float32", "values *int8", "scales *float32", "offsets *int32", "blocks int")
	x, values, scales, offsets, blocks := k.load("x"), k.load("values"), k.load("scales"), k.load("offsets"), k.load("blocks")
	const minus8 = 0xf8
	q := newQuantizer(k, minus8)
	k.loop("block", blocks, 1, func() {
		q.load32(x)
		if withGELU {
			for _, v := range q.v {
				q.gelu(v, q.t)
			}
		}
		k.zero(q.t[0])
		k.zero(q.t[1])
		q.widen(q.t[:2])
		q.choose(q.t[:2])
		k.storeNextS(q.scale, scales)
		offset := q.t[0]
		k.zero(offset)
		q.storeBytes(values, offset)
		k.sum4(offset, offset)
		k.storeNextS(offset, offsets)
		k.add(4*stepInputs, x)
	})
	k.ret()
}

// quantizeRecord turns a block of floats into a record: signed bytes, -128 times
// their sum, and a scale. The block is steps times 32 floats.
func quantizeRecord(p *program) {
	k := newRowKernel(p, "quantizeRecordNEON", "x *float32", "record *byte", "steps int")
	x, record, steps := k.load("x"), k.load("record"), k.load("steps")
	const minus128 = 0x80
	q := newQuantizer(k, minus128)
	at, left := k.gp(), k.gp()
	k.zero(q.t[0])
	k.zero(q.t[1])
	k.move(x, at)
	k.move(steps, left)
	k.loop("largest", left, 1, func() {
		q.load32(at)
		q.widen(q.t[:2])
		k.add(4*stepInputs, at)
	})
	q.choose(q.t[:2])
	offset := q.t[0]
	k.zero(offset)
	k.loop("bytes", steps, 1, func() {
		q.load32(x)
		q.storeBytes(record, offset)
		k.add(4*stepInputs, x)
	})
	k.sum4(offset, offset)
	k.storeS(offset, record, 0)
	k.storeS(q.scale, record, 4)
	k.ret()
}

// unroll is how many vectors a pass over a row takes at once.
const unroll = 4

// pass emits body for all the numbers of a row of n, unroll vectors at a time.
// Bodies move their pointers on.
func (k rowKernel) pass(label string, n gp, body func()) {
	left := k.gp()
	k.move(n, left)
	k.loop(label, left, 4*unroll, body)
}

// pointer returns a copy of r to move on.
func (k rowKernel) pointer(r gp) gp {
	p := k.gp()
	k.move(r, p)
	return p
}

// fold combines the vectors of v in the first.
func fold(v []vec, op func(d, n, m vec)) vec {
	op(v[0], v[0], v[1])
	op(v[2], v[2], v[3])
	op(v[0], v[0], v[2])
	return v[0]
}

// softmaxRow replaces a row by its softmax in three passes.
func softmaxRow(p *program) {
	k := newRowKernel(p, "softmaxNEON", "row *float32", "n int", "scale float32")
	row, n, scale := k.load("row"), k.load("n"), k.loadFloat("scale")
	v := k.consecutive(unroll)
	largest := k.largestOf(row, n, v)
	sum := k.zeros()
	k.exponentials(k.pointer(row), n, largest, scale, v, sum)
	total := fold(sum, k.fadd)
	k.total(total)
	k.constant(v[0], 1)
	k.fdiv(total, v[0], total)
	k.pass("divide", n, func() {
		for i := range v {
			k.loadQ(v[i], row, 0)
			k.fmul(v[i], v[i], total)
			k.storeNextQ(v[i], row)
		}
	})
	k.ret()
}

// largestOf fills a vector with the largest number of a row.
func (k rowKernel) largestOf(row, n gp, v []vec) vec {
	most := k.consecutive(unroll)
	for i := range most {
		k.loadQ(most[i], row, i*16)
	}
	at := k.pointer(row)
	k.pass("largest", n, func() {
		for i := range v {
			k.nextQ(v[i], at)
			k.fmax(most[i], most[i], v[i])
		}
	})
	largest := fold(most, k.fmax)
	k.largest(largest, largest)
	k.fill(largest, largest)
	return largest
}

// exponentials replaces the numbers at a pointer by e to the power of what they
// are above the largest, times scale, and adds them to sum.
func (k rowKernel) exponentials(at, n gp, largest, scale vec, v, sum []vec) {
	t := k.consecutive(3)
	k.pass("exp", n, func() {
		for i := range v {
			k.loadQ(v[i], at, 0)
			k.fsub(v[i], v[i], largest)
			k.fmulElement(v[i], v[i], scale, 0)
			k.exponential(v[i], t)
			k.storeNextQ(v[i], at)
			k.fadd(sum[i], sum[i], v[i])
		}
	})
}

// zeros takes vectors to sum up in.
func (k rowKernel) zeros() []vec {
	sum := k.consecutive(unroll)
	for _, v := range sum {
		k.zero(v)
	}
	return sum
}

// addNormRow adds y to x and normalises the sum to mean 0 and variance 1, then
// applies gain and bias. inverse is 1/n.
func addNormRow(p *program) {
	k := newRowKernel(p, "addNormNEON", "x *float32", "y *float32", "gain *float32", "bias *float32", "n int",
		"inverse float32", "epsilon float32")
	x, n := k.load("x"), k.load("n")
	inverse, epsilon := k.loadFloat("inverse"), k.loadFloat("epsilon")
	v, w := k.consecutive(unroll), k.consecutive(unroll)
	mean := k.addUp(x, n, v, w)
	k.fmulElement(mean, mean, inverse, 0)
	factor := k.squares(x, n, mean, v)
	k.fmulElement(factor, factor, inverse, 0)
	k.op("FADDS F%d, F%d, F%d", epsilon, factor, factor)
	k.op("FSQRTS F%d, F%d", factor, factor)
	k.constant(w[0], 1)
	k.op("FDIVS F%d, F%d, F%d", factor, w[0], factor)
	k.normalize(x, n, mean, factor, v, w)
	k.ret()
}

// addUp adds y to x and fills a vector with the sum of it all.
func (k rowKernel) addUp(x, n gp, v, w []vec) vec {
	y, at, sum := k.load("y"), k.pointer(x), k.zeros()
	k.pass("add", n, func() {
		for i := range v {
			k.loadQ(v[i], at, 0)
			k.nextQ(w[i], y)
			k.fadd(v[i], v[i], w[i])
			k.storeNextQ(v[i], at)
			k.fadd(sum[i], sum[i], v[i])
		}
	})
	total := fold(sum, k.fadd)
	k.total(total)
	return total
}

// squares fills a vector with the sum of the squares of x - mean.
func (k rowKernel) squares(x, n gp, mean vec, v []vec) vec {
	at, sum := k.pointer(x), k.zeros()
	k.pass("variance", n, func() {
		for i := range v {
			k.nextQ(v[i], at)
			k.fsub(v[i], v[i], mean)
			k.fmla(sum[i], v[i], v[i])
		}
	})
	total := fold(sum, k.fadd)
	k.total(total)
	return total
}

// normalize sets x to (x - mean)·factor·gain + bias.
func (k rowKernel) normalize(x, n gp, mean, factor vec, v, w []vec) {
	gain, bias := k.load("gain"), k.load("bias")
	g := k.consecutive(unroll)
	k.pass("scale", n, func() {
		for i := range v {
			k.loadQ(v[i], x, 0)
			k.fsub(v[i], v[i], mean)
			k.fmulElement(v[i], v[i], factor, 0)
			k.nextQ(w[i], bias)
			k.nextQ(g[i], gain)
			k.fmla(w[i], v[i], g[i])
			k.storeNextQ(w[i], x)
		}
	})
}

// addPositiveRow adds to x what of y is above zero.
func addPositiveRow(p *program) {
	k := rowKernel{function: p.function("addPositiveNEON", "x *float32", "y *float32", "n int")}
	x, y, n := k.load("x"), k.load("y"), k.load("n")
	v, w, zero := k.consecutive(unroll), k.consecutive(unroll), k.vec()
	k.zero(zero)
	k.pass("add", n, func() {
		for i := range v {
			k.nextQ(v[i], y)
			k.fmax(v[i], v[i], zero)
			k.loadQ(w[i], x, 0)
			k.fadd(w[i], w[i], v[i])
			k.storeNextQ(w[i], x)
		}
	})
	k.ret()
}
