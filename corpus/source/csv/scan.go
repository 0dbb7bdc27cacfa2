package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// maxRow is the longest row that is read, in bytes: as for lines of JSON, room for the longest text and its other values.
const maxRow = 2 * source.MaxFile

var (
	// errLongRow says that a row is longer than maxRow.
	errLongRow = fmt.Errorf("%w: the row is longer than %d MiB", corpus.ErrTooLarge, maxRow>>20)
	// errQuote says that a cell goes on behind the quote that should end it.
	errQuote = &source.Fault{
		Kind: source.FaultQuote, Said: `a cell goes on behind its closing quote; write quotes within a cell twice ("")`, Err: ErrRow,
	}
)

// A scanner parts a text into rows and cells. A cell that opens with a quote ends with one, holds quotes that are written
// twice, and may hold line feeds; in any other cell quotes are signs like others. Line ends of Windows and old Macs are
// line feeds.
type scanner struct {
	r     *bufio.Reader
	sep   byte // between cells; 0 for none
	line  int  // on which the row read last begins, from 1
	lines int  // line ends that were read

	buf  []byte // the cells of the row read last, without what parts them
	ends []int  // where each ends in buf; no more than maxColumns+1
	more int    // cells that are not in ends
	rest bool   // one of these is not blank
	long bool   // the row is longer than maxRow
}

// row returns the bytes of the row read last; they are good until the next one.
func (s *scanner) row() []byte { return s.buf }

// count is the number of cells.
func (s *scanner) count() int { return len(s.ends) + s.more }

// cell returns a cell by its place from 0.
func (s *scanner) cell(i int) string {
	start := 0
	if i > 0 {
		start = s.ends[i-1]
	}
	return string(s.buf[start:s.ends[i]])
}

// blank tells whether no cell has a value.
func (s *scanner) blank() bool { return s.blankFrom(0) }

// blankFrom tells whether no cell from one on has a value.
func (s *scanner) blankFrom(i int) bool {
	start := 0
	if i > 0 {
		start = s.ends[min(i, len(s.ends))-1]
	}
	return !s.rest && len(bytes.TrimSpace(s.buf[start:])) == 0
}

// next reads a row. The error is errLongRow or errQuote for a row that is none, and the next one can be read; io.EOF is
// behind the last, and after any other error nothing can be read.
func (s *scanner) next() error {
	s.buf, s.ends, s.more, s.rest, s.long = s.buf[:0], s.ends[:0], 0, false, false
	s.line = s.lines + 1
	bad := false
	for cells := 0; ; cells++ {
		b, err := s.cellEnd(&bad)
		switch {
		case errors.Is(err, io.EOF) && cells == 0 && len(s.buf) == 0 && !s.long:
			return io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return err
		}
		s.endCell()
		if err == nil && b == s.sep && b != '\n' {
			continue
		}
		switch {
		case s.long:
			return errLongRow
		case bad:
			return errQuote
		}
		return nil
	}
}

// cellEnd reads a cell and returns what ends it: a separator or a line feed; io.EOF ends the last. bad becomes true when
// it goes on behind its closing quote.
func (s *scanner) cellEnd(bad *bool) (byte, error) {
	start, open := len(s.buf), true // nothing but spaces was read
	for {
		b, err := s.get()
		if err != nil || b == '\n' || b == s.sep && s.sep != 0 {
			return b, err
		}
		if b == '"' && open {
			s.buf = s.buf[:min(start, len(s.buf))]
			if err := s.quoted(); err != nil {
				return 0, err
			}
			return s.behindQuote(bad)
		}
		open = open && b == ' '
		s.put(b)
	}
}

// quoted reads a cell from behind its opening quote to behind its closing one.
func (s *scanner) quoted() error {
	opened := s.lines + 1
	for {
		b, err := s.get()
		switch {
		case errors.Is(err, io.EOF):
			return &source.Fault{
				Kind: source.FaultQuoteOpen, Numbers: []int{opened}, Err: ErrRow,
				Said: fmt.Sprintf("the quote that opens on line %d is never closed; nothing behind it can be read", opened),
			}
		case err != nil:
			return err
		case b == '"':
			if next, err := s.r.Peek(1); err != nil || next[0] != '"' {
				return nil
			}
			_, _ = s.r.Discard(1)
		}
		s.put(b)
	}
}

// behindQuote reads to the end of a cell, where nothing but spaces may be.
func (s *scanner) behindQuote(bad *bool) (byte, error) {
	for {
		b, err := s.get()
		if err != nil || b == '\n' || b == s.sep && s.sep != 0 {
			return b, err
		}
		*bad = *bad || b != ' '
	}
}

// get reads a byte; a line end of any kind is a line feed.
func (s *scanner) get() (byte, error) {
	b, err := s.r.ReadByte()
	switch {
	case errors.Is(err, io.EOF):
		return 0, io.EOF
	case err != nil:
		return 0, fmt.Errorf("read on: %w", err)
	case b == '\r':
		if next, err := s.r.Peek(1); err == nil && next[0] == '\n' {
			_, _ = s.r.Discard(1)
		}
		b = '\n'
	}
	if b == '\n' {
		s.lines++
	}
	return b, nil
}

// put adds a byte to the cell, as long as there is room.
func (s *scanner) put(b byte) {
	if s.long = s.long || len(s.buf) >= maxRow; !s.long {
		s.buf = append(s.buf, b)
	}
}

// endCell ends the cell.
func (s *scanner) endCell() {
	if len(s.ends) <= maxColumns {
		s.ends = append(s.ends, len(s.buf))
		return
	}
	s.more++
	s.rest = s.rest || len(bytes.TrimSpace(s.buf[s.ends[maxColumns]:])) > 0
	s.buf = s.buf[:s.ends[maxColumns]] // its bytes are of no cell
}
