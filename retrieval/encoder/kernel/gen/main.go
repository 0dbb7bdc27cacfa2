// Command gen writes the amd64 assembly of package kernel and its Go stubs. The
// command in neon does so for arm64.
//
// It lives in a module of its own so that the generator's dependencies stay out
// of the product. Run it through go generate in the kernel folder.
//
// Four files hold the families of loops: q4.go and q8.go the products of 4-bit
// and of 8-bit weights with 8-bit activations, tile.go the float32 products of
// attention, and rows.go everything done to one row at a time.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Largest number of activation rows one call handles. Each is as many
// accumulators as the register file holds.
const (
	vnniRows = 6
	avx2Rows = 4
	tileRows = 6
)

func main() {
	ConstraintExpr("amd64")
	for m := 1; m <= vnniRows; m++ {
		q4vnni(m)
	}
	for m := 1; m <= avx2Rows; m++ {
		q4avx2(m)
	}
	for m := 1; m <= tileRows; m++ {
		tileAVX2(m)
	}
	for m := 1; m <= tileRows; m++ {
		tileAVX512(m)
	}
	quantizeRow("quantizeAVX2", false)
	quantizeRow("quantizeGELUAVX2", true)
	softmaxRow()
	addNormRow()
	for m := 1; m <= vnniRows; m++ {
		q8vnni(m)
	}
	for m := 1; m <= avx2Rows; m++ {
		q8avx2(m)
	}
	quantizeRecord()
	addPositiveRow()
	Generate()
}

// load brings the named parameter into a register.
func load(name string) Register { return Load(Param(name), GP64()) }

// broadcastParam fills a vector with a float32 parameter.
func broadcastParam(name string) VecVirtual {
	p, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := YMM()
	VBROADCASTSS(p.Addr, v)
	return v
}

// at is the memory at base plus a number of bytes.
func at(base Register, offset int) Mem { return Mem{Base: base}.Offset(offset) }
