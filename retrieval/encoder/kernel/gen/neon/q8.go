package main

import "fmt"

// An 8-bit kernel walks along records of activations: the signed bytes of a
// block, then the offset and the scale of the block, four bytes each. Rows are
// stride bytes apart; a block is steps times 32 inputs.
const (
	stepInputs = 32
	recordTail = 8
)

// q8Kernel is an 8-bit kernel being written.
type q8Kernel struct {
	*function
	weights    gp
	rows       []gp // where each row's records have been read up to
	acc, sum   [][]vec
	x          []vec
	middle     vec
	w          []vec
	blockSteps gp
}

// q8 multiplies rows activation rows with eight outputs of a panel. All
// accumulators stay in registers.
func q8(p *program, rows int) {
	f := p.function(fmt.Sprintf("q8NEON%d", rows),
		"weights *byte", "steps *float32", "bias *float32", "records *byte", "out *float32",
		"blocks int", "blockSteps int", "stride int", "outStride int")
	k := q8Kernel{
		function: f, weights: f.load("weights"), rows: f.rows(rows, f.load("records"), f.load("stride")),
		acc: f.matrix(rows, halfPanel), sum: f.matrix(rows, halfPanel), x: f.consecutive(rows),
		middle: f.vec(), w: f.consecutive(4), blockSteps: f.load("blockSteps"),
	}
	f.bytes(k.middle, 0x80)
	for _, sum := range k.sum {
		f.zero(sum[0])
		f.zero(sum[1])
	}
	f.loop("block", f.load("blocks"), 1, k.block)
	k.finish()
}

func (k q8Kernel) block() {
	for _, acc := range k.acc {
		k.zero(acc[0])
		k.zero(acc[1])
	}
	count := k.gp()
	k.move(k.blockSteps, count)
	k.loop("step", count, 1, k.step)
	for m, row := range k.rows {
		scale := k.x[m]
		k.loadS(scale, row, 4)
		k.add(recordTail, row)
		for n, acc := range k.acc[m] {
			k.scvtf(acc, acc)
			k.fmlaElement(k.sum[m][n], acc, scale, 0)
		}
	}
}

// step handles 32 inputs. SDOT wants signed weights, so their middle is taken
// out by turning over the highest bit; the record's offset, which does that for
// unsigned ones, is left alone.
func (k q8Kernel) step() {
	for i := 0; i < stepInputs/4; i++ {
		if i%4 == 0 {
			for m, x := range k.x {
				k.nextQ(x, k.rows[m])
			}
		}
		w := k.w[i%2*2:][:halfPanel]
		for n := range w {
			k.loadQ(w[n], k.weights, i*64+n*16)
			k.eor(w[n], w[n], k.middle)
		}
		for n := range w {
			for m, x := range k.x {
				k.sdotElement(k.acc[m][n], w[n], x, i%4)
			}
		}
	}
	k.add(stepInputs*16, k.weights)
}

// finish writes sum·step + bias.
func (k q8Kernel) finish() {
	steps, bias, out, stride := k.load("steps"), k.load("bias"), k.load("out"), k.load("outStride")
	for n := range halfPanel {
		k.loadQ(k.w[n], steps, n*16)
		k.loadQ(k.w[2+n], bias, n*16)
	}
	for m, sum := range k.sum {
		for n := range sum {
			result := k.acc[m][n]
			k.copy(result, k.w[2+n])
			k.fmla(result, sum[n], k.w[n])
			k.storeQ(result, out, n*16)
		}
		k.op("ADD R%d, R%d", stride, out)
	}
	k.ret()
}
