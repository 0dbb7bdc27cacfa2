// Command neon writes the arm64 assembly of package kernel and its Go stubs.
//
// Run it through go generate in the kernel folder. It is a small assembler of
// its own: avo writes for amd64 only, and Go's assembler lacks most vector
// instructions of arm64, among them the dot product SDOT that the kernels live
// on. Those are written as words, each with the instruction it stands for in a
// comment; a test holds the two together with a disassembler where there is one.
//
// asm.go collects functions and hands out registers, encode.go knows the
// instructions. Four files hold the families of loops, as in the generator for
// amd64: q4.go, q8.go, tile.go and rows.go.
package main

import (
	"flag"
	"fmt"
	"os"
)

// Largest number of activation rows one call handles. Each is as many
// accumulators as the register file holds.
const (
	dotRows  = 5
	tileRows = 6
)

func main() {
	out := flag.String("out", "", "write the assembly to `FILE`")
	stubs := flag.String("stubs", "", "write the Go declarations to `FILE`")
	pkg := flag.String("pkg", "", "package `NAME` of the declarations")
	flag.Parse()
	if err := write(*out, *stubs, *pkg); err != nil {
		fmt.Fprintln(os.Stderr, "neon:", err)
		os.Exit(1)
	}
}

func write(out, stubs, pkg string) error {
	p := kernels()
	if err := os.WriteFile(out, []byte(p.assembly()), 0o644); err != nil {
		return fmt.Errorf("writing the assembly: %w", err)
	}
	if err := os.WriteFile(stubs, []byte(p.stubs(pkg)), 0o644); err != nil {
		return fmt.Errorf("writing the stubs: %w", err)
	}
	return nil
}

// kernels is everything the package needs.
func kernels() *program {
	p := &program{}
	for m := 1; m <= dotRows; m++ {
		q4(p, m)
	}
	for m := 1; m <= dotRows; m++ {
		q8(p, m)
	}
	for m := 1; m <= tileRows; m++ {
		tile(p, m)
	}
	quantizeRow(p, "quantizeNEON", false)
	quantizeRow(p, "quantizeGELUNEON", true)
	quantizeRecord(p)
	softmaxRow(p)
	addNormRow(p)
	addPositiveRow(p)
	return p
}
