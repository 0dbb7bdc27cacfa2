package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"newsbot/corpus"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // the thing asked for failed
	exitUsage  = 2 // it was asked for in a wrong way
)

// errReported says that everything worth saying has been said.
var errReported = errors.New("reported")

// A hinted error carries the remedy that we know.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

func withHint(err error, format string, args ...any) error {
	return hinted{err, fmt.Sprintf(format, args...)}
}

// withRoomHint gives the remedy with an error that comes of a full disk, unless
// the error knows it.
func withRoomHint(err error) error {
	if !diskFull(err) || errors.As(err, new(hinted)) {
		return err
	}
	return withHint(err, "free some room on the disk, or name a folder on another one with -data DIR before the command")
}

func diskFull(err error) bool {
	return errors.Is(err, corpus.ErrFull) || errors.Is(err, syscall.ENOSPC)
}

// A usageError says how a command was used wrongly.
type usageError struct{ message string }

func (u usageError) Error() string { return u.message }

func misuse(format string, args ...any) error {
	return usageError{fmt.Sprintf(format, args...)}
}

// report prints an error as people read it and returns the exit code for it.
func report(w io.Writer, err error) int {
	var usage usageError
	var hint hinted
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case errors.Is(err, context.Canceled):
		_, _ = fmt.Fprintln(w, "newsbot: interrupted")
		return exitFailed
	}
	_, _ = fmt.Fprintf(w, "newsbot: %v\n", err)
	if errors.As(err, &hint) {
		_, _ = fmt.Fprintf(w, "hint: %s\n", hint.hint)
	}
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}
