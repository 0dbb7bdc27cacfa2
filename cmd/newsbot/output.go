package main

import (
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
	w   io.Writer
	mu  sync.Mutex // guards err and the order of writes
	err error
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	o.err = err
	return n, err
}

// failure returns what was wrong with the output, nil for nothing. A reader
// who has gone away knows it: that needs no words.
func (o *output) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.err == nil:
		return nil
	case errors.Is(o.err, syscall.EPIPE):
		return errReported
	}
	return fmt.Errorf("writing the output: %w", o.err)
}

// with returns the command's error beside the output's. One that only passes on
// what is wrong with the output gives way to it.
func (o *output) with(err error) error {
	failure := o.failure()
	switch {
	case failure == nil:
		return err
	case err == nil, errors.Is(err, o.err), errors.Is(err, errReported):
		return failure
	}
	return err
}
