package bot

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
)

// maxLine is the longest line kept, in bytes: a paragraph of an article that is
// pasted may be a line, and so may all of a short one.
const maxLine = 64 << 10

// An input is a line of input without its end.
type input struct {
	text string
	cut  bool // it was longer than maxLine; text is its beginning
}

// A lineReader reads lines of bounded size, so that waiting for one can be
// given up.
type lineReader struct {
	wanted chan struct{}
	got    chan lineOrError
}

type lineOrError struct {
	input input
	err   error
}

// newLineReader starts reading r, one line at a time and only when one is
// wanted.
func newLineReader(r io.Reader) *lineReader {
	l := &lineReader{wanted: make(chan struct{}), got: make(chan lineOrError, 1)}
	go l.read(bufio.NewReaderSize(r, maxLine))
	return l
}

// read serves next until r ends. Its goroutine waits for r, which nothing but r
// can end, or for the next wish.
func (l *lineReader) read(r *bufio.Reader) {
	for range l.wanted {
		line, err := readLine(r)
		l.got <- lineOrError{line, err}
		if err != nil {
			return
		}
	}
}

// next returns the next line, io.EOF once after the last one, or ctx's error;
// after an error it must not be called again.
func (l *lineReader) next(ctx context.Context) (input, error) {
	select {
	case l.wanted <- struct{}{}:
	case <-ctx.Done():
		return input{}, ctx.Err()
	}
	select {
	case r := <-l.got:
		return r.input, r.err
	case <-ctx.Done():
		return input{}, ctx.Err()
	}
}

// stop ends the reader's goroutine, at once or when the read that it waits for
// returns. next must not be called any more.
func (l *lineReader) stop() { close(l.wanted) }

// readLine reads to the end of a line and keeps its first maxLine bytes. The
// last line needs no line feed.
func readLine(r *bufio.Reader) (input, error) {
	kept, err := r.ReadSlice('\n')
	l := input{text: string(bytes.TrimRight(kept, "\r\n"))}
	for errors.Is(err, bufio.ErrBufferFull) {
		l.cut = true
		_, err = r.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && len(kept) > 0 {
		return l, nil
	}
	return l, err
}
