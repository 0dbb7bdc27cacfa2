package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsbot/corpus"
)

// maxJSONLine is the longest line that is read, in bytes: escaping makes a text
// longer, but hardly ever more than twice. The rest is for the other values.
const maxJSONLine = 2*MaxFile + 64<<10

// ErrJSON says that a line is not the JSON it should be.
var ErrJSON = errors.New("not a line of JSON as it should be")

// errLongLine says that a line is longer than maxJSONLine.
var errLongLine = fmt.Errorf("%w: the line is longer than %s", corpus.ErrTooLarge, mebibytes(maxJSONLine))

// A Line is an article from a file that holds one a line, or one a row.
type Line struct {
	// N is the number of the line, or of that on which the row begins, from 1.
	N       int
	Article corpus.Article
}

// JSONL reads articles from r, one JSON object a line, as [Record] has it; name
// is that of the file, for errors. It is UTF-8, or UTF-16 with a byte order mark.
// Blank lines and Windows line ends do not matter.
//
// A line that is no such object (wraps [ErrJSON]), too long (wraps
// [corpus.ErrTooLarge]), without text (wraps [corpus.ErrEmpty]) or has a value
// that cannot be comes with an error that names file and line; those after it are
// read all the same. A title that is too long is cut. An error of r itself is the
// last. No more than one line is held at a time.
func JSONL(name string, r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		name := Label(name)
		l := lines{r: bufio.NewReaderSize(transform.NewReader(r, unicode.BOMOverride(transform.Nop)), 64<<10)}
		for {
			data, err := l.next()
			if errors.Is(err, io.EOF) {
				return
			}
			broken := err != nil && !errors.Is(err, errLongLine)
			if err == nil && len(data) == 0 {
				continue
			}
			line := Line{N: l.n}
			if err == nil {
				line.Article, err = parseLine(data)
			}
			if err != nil {
				err = fmt.Errorf("%s:%d: %w", name, l.n, err)
			}
			if !yield(line, err) || broken {
				return
			}
		}
	}
}

// parseLine reads the article of one line that is not blank.
func parseLine(data []byte) (corpus.Article, error) {
	switch {
	case bytes.IndexByte(data, 0) >= 0:
		return corpus.Article{}, badLine(FaultNUL, "the line contains NUL bytes; save the file as UTF-8")
	case !isUTF8(data):
		return corpus.Article{}, badLine(FaultCharset, fmt.Sprintf(
			"the line is not UTF-8; convert the file, for example with iconv -f %s -t utf-8", likelyCharset(data)))
	}
	r, keys, err := parseRecord(data)
	if err != nil {
		return corpus.Article{}, err
	}
	return r.Article(keys.named)
}

// lines reads lines of bounded length.
type lines struct {
	r   *bufio.Reader
	n   int    // of the line read last
	buf []byte // it; kept for the next one
}

// next returns the next line without the white space around it; it is good until
// the next call. Of a line that is too long the rest is passed over, and the error
// is errLongLine; io.EOF is behind the last line.
func (l *lines) next() ([]byte, error) {
	l.n++
	l.buf = l.buf[:0]
	long := false
	for {
		part, err := l.r.ReadSlice('\n')
		long = long || len(l.buf)+len(part) > maxJSONLine+len("\r\n")
		if !long {
			l.buf = append(l.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, fmt.Errorf("read on: %w", err)
		case long:
			return nil, errLongLine
		case err != nil && len(l.buf) == 0:
			return nil, io.EOF
		}
		return l.tidy(), nil
	}
}

// tidy is the line without a byte order mark, which opens a file, and without
// white space around it.
func (l *lines) tidy() []byte {
	line := l.buf
	if l.n == 1 {
		line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	}
	return bytes.TrimSpace(line)
}
