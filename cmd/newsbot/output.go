package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"sync"
	"syscall"
)

// An output is Stdout that remembers its first error and writes nothing after
// it, so that commands need not look at each line they print. It is safe for
// concurrent use.
type output struct {
	w       io.Writer
	writing sync.Mutex // held by the write under way, which may never end
	mu      sync.Mutex // guards err
	err     error
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	o.writing.Lock()
	defer o.writing.Unlock()
	if err := o.first(nil); err != nil {
		return 0, err
	}
	n, err := o.w.Write(p)
	_ = o.first(err)
	return n, err
}

// first returns the first error there was, which is err if there was none.
func (o *output) first(err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.err = cmp.Or(o.err, err)
	return o.err
}

// failure returns what was wrong with the output, nil for nothing. A reader
// who has gone away knows it: that needs no words.
func (o *output) failure() error {
	err := o.first(nil)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return errReported
	}
	return fmt.Errorf("writing the output: %w", err)
}

// with returns the command's error beside the output's. One that only passes on
// what is wrong with the output gives way to it.
func (o *output) with(err error) error {
	failure := o.failure()
	switch {
	case failure == nil:
		return err
	case err == nil, errors.Is(err, o.first(nil)), errors.Is(err, errReported):
		return failure
	}
	return err
}
