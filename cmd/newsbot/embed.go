package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/batch"
	"newsbot/retrieval/encoder/remote"
)

const (
	// maxLine is the longest line that is embedded, in bytes.
	maxLine = 1 << 20
	// A batch has at most batchLines lines, and ends with the one that makes it
	// batchBytes long: enough to keep all processors busy, and little to lose
	// when it is interrupted.
	batchLines = 128
	batchBytes = 64 << 10
)

func embedCommand() command {
	return command{
		name:     "embed",
		synopsis: "[-encoder e5|use|remote] [-query]",
		summary:  "turn each line of the standard input into a vector, as a line of JSON",
		example:  `newsbot embed -query <questions.txt >vectors.jsonl`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			encoder := flags.String("encoder", "e5", "`e5, use or remote`; remote is the one that EMBEDDER names")
			query := flags.Bool("query", false, "the lines are questions, not passages; to use they are the same")
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("embed takes no arguments, but there is %q: it reads the standard input", args[0])
				}
				return a.embed(ctx, *encoder, *query)
			}
		},
	}
}

// embed prints the vectors of the lines of Stdin, in order: a batch is printed
// while the next is encoded. Lines that are there are encoded without waiting
// for more, so that a program that writes a line can wait for its vector.
func (a *app) embed(ctx context.Context, encoder string, query bool) error {
	encode, err := a.lineEncoder(ctx, encoder, query)
	if err != nil {
		return err
	}
	in := &lineReader{r: bufio.NewReaderSize(a.Stdin, batchBytes)}
	printed := make(chan error, 1) // gets one error for each batch, nil too
	printed <- nil                 // as if there had been one before the first
	for {
		lines, err := await(ctx, in.batch)
		if err != nil {
			return cmp.Or(settled(ctx, printed), unlessEOF(err))
		}
		vectors, err := encode(ctx, lines)
		if err := cmp.Or(settled(ctx, printed), err); err != nil {
			return err
		}
		go func() { printed <- a.printEmbeddings(lines, vectors) }()
	}
}

// lastWords is how long an interrupted embed waits for a reader of its output.
const lastWords = time.Second

// settled waits until what is being printed is printed and returns its error. When
// ctx ends it does not wait for a reader who does not read.
func settled(ctx context.Context, printed <-chan error) error {
	select {
	case err := <-printed:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-printed:
		return err
	case <-time.After(lastWords):
		return ctx.Err()
	}
}

func unlessEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// An embedding is what embed prints of a line.
type embedding struct {
	Text   string    `json:"text"` // the line, made valid UTF-8 without NUL
	Vector []float32 `json:"vector"`
}

// printEmbeddings prints the vectors of lines. Unlike other commands, embed looks
// at the error of its output, since its input may have no end.
func (a *app) printEmbeddings(lines []string, vectors [][]float32) error {
	var b strings.Builder
	for i, line := range lines {
		s, err := jsonLine(embedding{line, vectors[i]})
		if err != nil {
			return err
		}
		b.WriteString(s)
	}
	_, err := io.WriteString(a.Stdout, b.String())
	return err
}

// A lineEncoder returns the vectors of lines, in order.
type lineEncoder func(ctx context.Context, lines []string) ([][]float32, error)

// lineEncoder opens the encoder of that name.
func (a *app) lineEncoder(ctx context.Context, name string, query bool) (lineEncoder, error) {
	switch name {
	case "e5":
		e, err := openEncoder(a.NewEncoder)
		if err != nil {
			return nil, err
		}
		return linesWith(e, query), nil
	case "remote":
		e, err := a.setEncoder(ctx)
		if err != nil {
			return nil, err
		}
		return linesWith(e, query), nil
	case "use":
		e, err := openEncoder(a.NewUSE)
		if err != nil {
			return nil, err
		}
		return withFoldedDigits(e.Passages), nil
	}
	return nil, misuse("-encoder is %q, but it must be e5, use or remote", name)
}

// linesWith encodes lines with an encoder to which questions and passages differ.
func linesWith(e retrieval.Encoder, query bool) lineEncoder {
	if query {
		return questions(e)
	}
	return e.Passages
}

// setEncoder is the encoder that somebody else runs, which must answer now.
func (a *app) setEncoder(ctx context.Context) (retrieval.Encoder, error) {
	e, err := a.settings.embedder()
	if err != nil {
		return nil, err
	}
	if !e.other() {
		return nil, withHint(misuse("-encoder is remote, but %s names no encoder that somebody else runs", settingEmbedder), embedderHint)
	}
	other, err := remote.New(e.Config)
	if err != nil {
		return nil, named(settingEmbedder, err)
	}
	known, err := other.Probe(ctx)
	if err != nil {
		return nil, named(settingEmbedder, err)
	}
	return known, nil
}

// questions encodes lines as questions, as many at once as there are processors.
func questions(e retrieval.Encoder) lineEncoder {
	return func(ctx context.Context, lines []string) ([][]float32, error) {
		vectors := make([][]float32, len(lines))
		err := batch.Each(len(lines), 1, runtime.GOMAXPROCS(0), func(i, _ int) (err error) {
			vectors[i], err = e.Question(ctx, lines[i])
			return err
		})
		return vectors, err
	}
}

// withFoldedDigits is for an encoder that knows the digits 0 to 9 only.
func withFoldedDigits(encode lineEncoder) lineEncoder {
	return func(ctx context.Context, lines []string) ([][]float32, error) {
		folded := make([]string, len(lines))
		for i, line := range lines {
			folded[i] = text.FoldDigits(line)
		}
		return encode(ctx, folded)
	}
}

// A lineReader reads lines in batches.
type lineReader struct {
	r *bufio.Reader
	n int // lines begun
}

// batch reads a line and those behind it that are there already. The error is
// that of line: what is there already cannot fail.
func (l *lineReader) batch() ([]string, error) {
	var lines []string
	for size := 0; len(lines) < batchLines && size < batchBytes; {
		line, err := l.line()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
		size += len(line)
		if !l.ready() {
			break
		}
	}
	return lines, nil
}

// ready tells whether a whole line can be read without waiting.
func (l *lineReader) ready() bool {
	there, _ := l.r.Peek(l.r.Buffered()) // never more than there is
	return bytes.IndexByte(there, '\n') >= 0
}

// line reads a line, without its end and made valid UTF-8 without NUL. The last
// one needs no end; behind it the error is io.EOF.
func (l *lineReader) line() (string, error) {
	l.n++
	var line []byte
	for {
		part, err := l.r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(withoutEnd(line)) > maxLine:
			return "", fmt.Errorf("line %d is longer than %d bytes", l.n, maxLine)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) == 0:
			return "", io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return "", fmt.Errorf("reading line %d: %w", l.n, err)
		}
		return text.Valid(string(withoutEnd(line))), nil
	}
}

// withoutEnd returns a line, or the beginning of one, without the "\n" or "\r\n"
// that ends it.
func withoutEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}
