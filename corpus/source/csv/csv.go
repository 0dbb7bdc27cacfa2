// Package csv reads tables of articles, one a row: comma-separated values (RFC 4180) and what spreadsheets make of
// them.
//
// Begin with [Read]. The first row names the columns (header.go); a scanner of our own (scan.go) parts the cells, as that
// of encoding/csv holds a row however long it is, and reads on within the quotes of a cell that is never closed.
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// ErrRow says that a row, or the table from a row on, is not what it should be.
var ErrRow = errors.New("not a row of the table as it should be")

// Read yields the articles of a table, each with the number of the line on which its row begins; name is that of the
// file, for errors. The first row names the columns, as front
// matter names them ([source.FieldName]); only that of the text is required, and others are passed over. Cells are parted
// by what parts that row: a comma, a semicolon, a tab or "|". The table is UTF-8, or UTF-16 with a byte order mark. An ID
// counts when it is one of a store; other tables number their rows.
//
// A row that is no article comes with an error that names file and line, and those after it are read all the same: one with
// too few or too many cells, a quote that does not end its cell or bytes that are no text (wraps [ErrRow]), one that is
// longer than 10 MiB (wraps [corpus.ErrTooLarge]), without text (wraps [corpus.ErrEmpty]), in other characters (a
// [*source.Refusal] for source.Garbled), or with a value that cannot be. Rows without any value are passed over. An error
// is the last when the first row does not name the columns (wraps [ErrColumns]) or is none, when a quote is never closed, and
// when r fails. A table without rows yields nothing. No more than one row is held at a time.
func Read(name string, r io.Reader) iter.Seq2[source.Line, error] {
	return func(yield func(source.Line, error) bool) {
		t := table{name: source.Label(name), scanner: scanner{r: newReader(r)}}
		if err := t.open(); err != nil {
			if !errors.Is(err, io.EOF) {
				yield(source.Line{N: t.line}, t.at(err))
			}
			return
		}
		for {
			err := t.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && t.blank() {
				continue
			}
			row := source.Line{N: t.line}
			last := err != nil && !errors.Is(err, errLongRow) && !errors.Is(err, errQuote)
			if err == nil {
				row.Article, err = t.article()
			}
			if err != nil {
				err = t.at(err)
			}
			if !yield(row, err) || last {
				return
			}
		}
	}
}

// newReader reads characters as UTF-8, as a byte order mark says.
func newReader(r io.Reader) *bufio.Reader {
	return bufio.NewReaderSize(transform.NewReader(r, unicode.BOMOverride(transform.Nop)), maxHeader)
}

// A table is one that is being read.
type table struct {
	scanner
	name    string
	columns []column
}

// at is an error with the place of the row.
func (t *table) at(err error) error {
	place := fmt.Sprintf("%s:%d", t.name, t.line)
	if r, ok := errors.AsType[*source.Refusal](err); ok {
		r.URL = place
		return r
	}
	return fmt.Errorf("%s: %w", place, err)
}

// article returns the article of the row that was read last.
func (t *table) article() (corpus.Article, error) {
	if err := t.check(); err != nil {
		return corpus.Article{}, err
	}
	values := make(map[string]string, len(t.columns))
	for i, c := range t.columns {
		if c.key != "" {
			values[c.key] = t.cell(i)
		}
	}
	if !corpus.IsID(strings.TrimSpace(values["id"])) {
		delete(values, "id")
	}
	return source.RecordFrom(values).Article(t.named)
}

// check refuses rows whose cells may stand in other columns than they should, or are no text.
func (t *table) check() error {
	const remedy = `put quotes (") around cells with line feeds or with the separator`
	if bytes.IndexByte(t.row(), 0) >= 0 {
		return &source.Fault{Kind: source.FaultNUL, Said: "the row contains NUL bytes; save the file as UTF-8", Err: ErrRow}
	}
	if t.count() < len(t.columns) || t.count() > len(t.columns) && !t.blankFrom(len(t.columns)) {
		return &source.Fault{
			Kind: source.FaultCells, Numbers: []int{t.count(), len(t.columns)}, Err: ErrRow,
			Said: fmt.Sprintf("the row has %d cells, and the first row %d; %s", t.count(), len(t.columns), remedy),
		}
	}
	return checkCharset(t.row())
}

// checkCharset refuses characters that are not UTF-8.
func checkCharset(data []byte) error {
	charset := source.Charset(data)
	if charset == "" {
		return nil
	}
	err := fmt.Errorf(`they are not UTF-8: save the table as "CSV UTF-8", or convert it with iconv -f %s -t utf-8`, charset)
	return &source.Refusal{Reason: source.Garbled, Err: err}
}

// named is a column as it appears in errors.
func (t *table) named(key string) string {
	for _, c := range t.columns {
		if c.key == key {
			return fmt.Sprintf("column %q", c.name)
		}
	}
	return fmt.Sprintf("column %q", key)
}
