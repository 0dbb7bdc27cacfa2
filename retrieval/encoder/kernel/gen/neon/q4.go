package main

import "fmt"

// Distances in bytes between rows of quantised activations; they mirror
// MaxInputs and maxBlocks of package kernel.
const (
	rowBytes   = 1536
	scaleBytes = 4 * rowBytes / 32
)

// A dot kernel handles half a panel, eight outputs: two vectors of four. With a
// whole panel fewer rows would fit the registers, and so each weight that is
// loaded and unpacked would serve fewer.
const halfPanel = 2

// q4Kernel is a 4-bit kernel being written.
type q4Kernel struct {
	*function
	nibbles, scales, values, rowScales, offsets gp

	acc, sum [][]vec // integers of the block, floats of all, by row and vector
	x        []vec   // 16 activations of each row
	mask     vec
	low      []vec // weights, or what is on the way to them
	high     []vec
}

// q4 multiplies rows activation rows with eight outputs of a panel. All
// accumulators stay in registers.
func q4(p *program, rows int) {
	f := p.function(fmt.Sprintf("q4NEON%d", rows),
		"nibbles *byte", "scales *byte", "bias *float32", "values *int8", "rowScales *float32", "offsets *int32",
		"out *float32", "blocks int", "outStride int")
	k := q4Kernel{
		function: f,
		nibbles:  f.load("nibbles"), scales: f.load("scales"), values: f.load("values"),
		rowScales: f.load("rowScales"), offsets: f.load("offsets"),
		acc: f.matrix(rows, halfPanel), sum: f.matrix(rows, halfPanel), x: f.consecutive(rows),
		mask: f.vec(), low: f.consecutive(halfPanel), high: f.consecutive(halfPanel),
	}
	bias, blocks := f.load("bias"), f.load("blocks")
	for _, sum := range k.sum {
		f.loadQ(sum[0], bias, 0)
		f.loadQ(sum[1], bias, 16)
	}
	f.bytes(k.mask, 0x0f)
	f.loop("block", blocks, 1, k.block)

	out, stride := f.load("out"), f.load("outStride")
	for _, sum := range k.sum {
		f.storeQ(sum[0], out, 0)
		f.storeQ(sum[1], out, 16)
		f.op("ADD R%d, R%d", stride, out)
	}
	f.ret()
}

// block handles 32 inputs.
func (k q4Kernel) block() {
	for m, acc := range k.acc {
		k.loadS(acc[1], k.offsets, m*scaleBytes)
		k.fill(acc[0], acc[1])
		k.fill(acc[1], acc[1])
	}
	for plane := range 4 {
		if plane%2 == 0 {
			for m, x := range k.x {
				k.loadQ(x, k.values, m*rowBytes+plane*8)
			}
		}
		k.plane(plane)
	}
	k.scale()
	k.add(256, k.nibbles)
	k.add(32, k.scales)
	k.add(32, k.values)
	k.add(4, k.rowScales)
	k.add(4, k.offsets)
}

// plane handles eight inputs: the low nibbles hold the first four, the high
// nibbles the others. Nibbles are below 16, so as signed bytes they are the same.
func (k q4Kernel) plane(plane int) {
	for n := range halfPanel {
		k.loadQ(k.high[n], k.nibbles, plane*64+n*16)
		k.and(k.low[n], k.high[n], k.mask)
		k.shiftNibbles(k.high[n], k.high[n])
	}
	for i, weights := range [][]vec{k.low, k.high} {
		for n := range halfPanel {
			for m, x := range k.x {
				k.sdotElement(k.acc[m][n], weights[n], x, plane%2*2+i)
			}
		}
	}
}

// scale adds the block's integer sums, times both scales, to the floats.
func (k q4Kernel) scale() {
	scale := k.high
	k.loadQ(k.low[0], k.scales, 0)
	k.fcvtl(scale[0], k.low[0])
	k.fcvtl2(scale[1], k.low[0])
	for m, x := range k.x {
		k.loadS(x, k.rowScales, m*scaleBytes)
		for n, acc := range k.acc[m] {
			k.scvtf(acc, acc)
			k.fmulElement(k.low[n], scale[n], x, 0)
			k.fmla(k.sum[m][n], acc, k.low[n])
		}
	}
}
