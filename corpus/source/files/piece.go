package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"newsbot/corpus/source"
)

// A piece is a file, or a file in an archive, on its way through the readers.
type piece struct {
	place string // as people see it
	in    *bufio.Reader
	size  int64       // as it is said to be
	at    io.ReaderAt // its bytes; nil in an archive, where they come once and in order
	left  *int64      // how many bytes the archive may still unpack to; nil without one
}

// charge takes bytes that a reader is going to unpack from what the archive may unpack to, and reports whether that was
// enough.
func (p piece) charge(n int64) bool {
	if p.left == nil {
		return true
	}
	*p.left -= n
	return *p.left >= 0
}

// piece returns the piece at a place whose bytes are those of in.
func (r *reading) piece(place string, in io.Reader) piece {
	return piece{place: place, in: bufio.NewReaderSize(&interruptible{r.ctx, in}, headSize)}
}

// interruptible is a reader that ends with ctx.
type interruptible struct {
	ctx context.Context
	io.Reader
}

// Read implements [io.Reader].
func (i *interruptible) Read(b []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.Reader.Read(b)
}

// all returns the bytes of a piece when they are not more than limit.
func (p piece) all(limit int64) ([]byte, error) {
	if p.size > limit {
		return nil, tooLarge(p.size, limit)
	}
	var b bytes.Buffer
	b.Grow(int(min(max(p.size, 0), limit)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(p.in, limit+1))
	switch {
	case err != nil:
		return nil, unreadable(err)
	case n > limit:
		return nil, tooLarge(max(p.size, n), limit)
	}
	return b.Bytes(), nil
}

// random returns the bytes of a piece in any order, and how many they are.
func (p piece) random() (io.ReaderAt, int64, error) {
	if p.at != nil {
		return p.at, p.size, nil
	}
	data, err := p.all(MaxFile)
	return bytes.NewReader(data), int64(len(data)), err
}

// unreadable is the error of bytes that do not come: a refusal, or that of the disk.
func unreadable(err error) error {
	if _, ok := errors.AsType[*source.Refusal](err); ok {
		return err
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("cannot be read; check the disk (%w)", err)
	}
	return &source.Refusal{Reason: source.Damaged, Err: err}
}
