package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"newsbot/retrieval/encoder/packtool"
)

// archive is a NumPy archive (npz): arrays in a zip file. The first error is
// kept, and what is read after it is empty.
type archive struct {
	zip *zip.Reader
	err error
}

func openArchive(b []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("opening NumPy archive: %w", err)
	}
	return &archive{zip: z}, nil
}

// floats reads an array of float32 with so many numbers.
func (a *archive) floats(name string, n int) []float32 {
	data := a.array(name, "<f4", 4*n)
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return values
}

// bytes reads an array of uint8 with so many numbers.
func (a *archive) bytes(name string, n int) []byte { return a.array(name, "|u1", n) }

// array reads the numbers of one array, of a type and a length in bytes. Rows
// stand one after the other.
func (a *archive) array(name, kind string, length int) []byte {
	if a.err != nil {
		return nil
	}
	member, err := packtool.Member(a.zip, name+".npy")
	if err == nil {
		member, err = parseArray(member, kind)
	}
	if err == nil && len(member) != length {
		err = fmt.Errorf("%d bytes, want %d", len(member), length)
	}
	if err != nil {
		a.err = fmt.Errorf("array %s: %w", name, err)
		return nil
	}
	return member
}

// parseArray returns the numbers in a file of NumPy's format, version 1, when
// they are of that type and stored row by row.
func parseArray(b []byte, kind string) ([]byte, error) {
	const magic = "\x93NUMPY\x01\x00"
	if len(b) < len(magic)+2 || string(b[:len(magic)]) != magic {
		return nil, errors.New("it is not in NumPy's format, version 1")
	}
	size := int(binary.LittleEndian.Uint16(b[len(magic):]))
	rest := b[len(magic)+2:]
	if size > len(rest) {
		return nil, errors.New("its header is cut short")
	}
	header := string(rest[:size])
	if !strings.Contains(header, "'descr': '"+kind+"'") || !strings.Contains(header, "'fortran_order': False") {
		return nil, fmt.Errorf("its header is %q, want type %s in row order", header, kind)
	}
	return rest[size:], nil
}
