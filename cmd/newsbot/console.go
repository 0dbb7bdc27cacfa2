package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

const (
	// tries is how often a question is asked.
	tries = 3
	// maxAnswer is the longest answer, in bytes.
	maxAnswer = 8 << 10
)

// errInputEnded says that there is nobody who answers.
var errInputEnded = errors.New("the input ended before everything was asked")

// A refusedError says why an answer is no good; another may be.
type refusedError struct{ error }

func (r refusedError) Unwrap() error { return r.error }

// A console asks a person questions.
type console struct {
	in    io.Reader
	lines *bufio.Reader
	out   io.Writer
}

func newConsole(in io.Reader, out io.Writer) *console {
	return &console{in: in, lines: bufio.NewReaderSize(in, maxAnswer), out: out}
}

// question asks until check takes the answer, which has no white space around it. An
// answer to be kept secret does not show on a terminal.
func (c *console) question(ctx context.Context, prompt string, secret bool, check func(context.Context, string) error) error {
	read := c.line
	if secret {
		read = c.secretLine
	}
	var refused refusedError
	for range tries {
		_, _ = io.WriteString(c.out, prompt)
		answer, err := read(ctx)
		if err != nil {
			_, _ = io.WriteString(c.out, "\n")
			return err
		}
		if err = check(ctx, answer); !errors.As(err, &refused) {
			return err
		}
		c.refuse(refused.error)
	}
	return refused.error
}

// refuse says why an answer is no good.
func (c *console) refuse(err error) {
	_, _ = fmt.Fprintf(c.out, "No: %v.\n", err)
	if hint := (hinted{}); errors.As(err, &hint) {
		_, _ = fmt.Fprintf(c.out, "(%s)\n", hint.hint)
	}
}

// line reads a line; the error is ctx's, or errInputEnded.
func (c *console) line(ctx context.Context) (string, error) {
	return await(ctx, func() (string, error) {
		line, err := c.lines.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return "", fmt.Errorf("the answer is longer than %d bytes", maxAnswer)
		}
		if err != nil && len(line) == 0 {
			return "", errInputEnded
		}
		return strings.TrimSpace(string(line)), nil
	})
}

// secretLine is line without an echo on a terminal.
func (c *console) secretLine(ctx context.Context) (string, error) {
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return c.line(ctx)
	}
	before, err := term.GetState(int(f.Fd()))
	if err != nil {
		return "", fmt.Errorf("reading from the terminal: %w", err)
	}
	answer, err := await(ctx, func() (string, error) {
		data, err := term.ReadPassword(int(f.Fd()))
		if err != nil {
			return "", errInputEnded
		}
		return strings.TrimSpace(string(data)), nil
	})
	if ctx.Err() != nil { // the read that is left behind has the echo switched off
		_ = term.Restore(int(f.Fd()), before)
	}
	_, _ = io.WriteString(c.out, "\n") // the person's own did not show
	return answer, err
}

// await reads until ctx ends. A read that is under way by then is left behind:
// nothing but the input can end it.
func await[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	got := make(chan result, 1)
	go func() {
		value, err := read()
		got <- result{value, err}
	}()
	select {
	case r := <-got:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
