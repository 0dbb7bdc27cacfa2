package main

import "fmt"

// tileVectors is the columns of a tile: four vectors of four.
const tileVectors = 4

// tile computes c = a·b for a block of rows and sixteen columns. Strides are in
// bytes.
func tile(p *program, rows int) {
	f := p.function(fmt.Sprintf("tileNEON%d", rows),
		"a *float32", "b *float32", "c *float32", "inner int", "strideA int", "strideB int", "strideC int")
	a := f.rows(rows, f.load("a"), f.load("strideA"))
	b, c := f.load("b"), f.load("c")
	inner, strideB, strideC := f.load("inner"), f.load("strideB"), f.load("strideC")
	acc, bv := f.matrix(rows, tileVectors), f.consecutive(tileVectors)
	x := f.consecutive(4) // by turns, so that a load need not wait
	for m := range acc {
		for n := range acc[m] {
			f.zero(acc[m][n])
		}
	}
	f.loop("step", inner, 1, func() {
		f.op("VLD1.P (R%d)(R%d), %s", b, strideB, list(bv))
		for m := range acc {
			f.nextS(x[m%len(x)], a[m])
			for n := range acc[m] {
				f.fmlaElement(acc[m][n], bv[n], x[m%len(x)], 0)
			}
		}
	})
	for m := range acc {
		f.op("VST1.P %s, (R%d)(R%d)", list(acc[m]), c, strideC)
	}
	f.ret()
}

// list is how Go's assembler wants four registers.
func list(v []vec) string {
	return fmt.Sprintf("[V%d.S4, V%d.S4, V%d.S4, V%d.S4]", v[0], v[1], v[2], v[3])
}
