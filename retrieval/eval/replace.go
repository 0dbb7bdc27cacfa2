package eval

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A replacement is written beside a file and takes its place in commit.
type replacement struct {
	what string // it is, as in "run"
	path string
	file *os.File
	w    *bufio.Writer
}

// newReplacement begins one. Call commit or discard.
func newReplacement(what, path string) (*replacement, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a folder: a %s is a file", path, what)
	case err == nil && !info.Mode().IsRegular(): // a device, say, that a file would replace
		return nil, fmt.Errorf("%s is not a file: a %s is one, which is replaced when all is measured", path, what)
	}
	dir, name := filepath.Split(path)
	file, err := os.CreateTemp(filepath.Clean(dir), "."+name+".*.tmp")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no folder %s to write the %s into", filepath.Clean(dir), what)
	}
	r := &replacement{what, path, file, bufio.NewWriter(file)}
	if err != nil {
		return nil, r.failed(err)
	}
	return r, nil
}

func (r *replacement) failed(err error) error { return fmt.Errorf("writing the %s: %w", r.what, err) }

// commit puts what is written in the place of the file. A second call does nothing.
func (r *replacement) commit() error {
	if r == nil || r.file == nil {
		return nil
	}
	err := errors.Join(r.w.Flush(), r.file.Chmod(0o644), r.file.Sync(), r.file.Close())
	if err == nil {
		err = os.Rename(r.file.Name(), r.path)
	}
	if err != nil {
		return r.failed(errors.Join(err, os.Remove(r.file.Name())))
	}
	r.file = nil
	return nil
}

// discard deletes what commit has not put into place.
func (r *replacement) discard() error {
	if r == nil || r.file == nil {
		return nil
	}
	return errors.Join(ignoreClosed(r.file.Close()), ignoreMissing(os.Remove(r.file.Name())))
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
