package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/source"
)

const (
	// maxHeader is the size in bytes up to which the first row is looked at to find what parts its cells.
	maxHeader = 64 << 10
	// maxColumns is how many columns a table may have: more than spreadsheets of articles have, less than would cost.
	maxColumns = 1024
	// maxShown is how many columns an error names, and maxShownName how long each, in runes.
	maxShown, maxShownName = 20, 40
)

// ErrColumns says that the first row does not name the columns as it should. It is an [ErrRow].
var ErrColumns = fmt.Errorf("%w: its first row does not name the columns", ErrRow)

// A column is one that the first row names.
type column struct {
	name string // as the table has it, bounded
	key  string // of the field, "" for one that is not known
}

// open reads the first row. The error is io.EOF for a table without any.
func (t *table) open() error {
	if err := t.sniff(); err != nil {
		return err
	}
	for {
		if err := t.next(); err != nil {
			return err
		}
		if t.blank() {
			continue
		}
		if t.count() > maxColumns {
			return &source.Fault{
				Kind: source.FaultColumns, Numbers: []int{maxColumns}, Err: ErrColumns,
				Said: fmt.Sprintf("the first row names more than %d columns", maxColumns),
			}
		}
		t.columns = t.header()
		return t.checkHeader()
	}
}

// sniff finds what parts the cells: what parts the first row into most columns that are known, then into most columns.
// Spreadsheets may say it themselves, on a line before: "sep=;".
func (t *table) sniff() error {
	head, err := t.r.Peek(maxHeader)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return fmt.Errorf("read on: %w", err)
	}
	if line, _, ok := bytes.Cut(head, []byte("\n")); ok {
		line = bytes.TrimSuffix(line, []byte("\r"))
		if sep, ok := bytes.CutPrefix(line, []byte("sep=")); ok && len(sep) == 1 && sep[0] != '"' && sep[0] < utf8.RuneSelf {
			t.sep = sep[0]
			_, _ = t.r.ReadSlice('\n') // it is in the buffer
			t.lines = 1
			return nil
		}
	}
	best := -1
	for _, sep := range []byte(",;\t|") {
		s := scanner{r: bufio.NewReader(bytes.NewReader(head)), sep: sep}
		for s.next() == nil && s.blank() {
		}
		known := 0
		for i := range s.ends {
			if _, ok := source.FieldName(s.cell(i)); ok {
				known++
			}
		}
		if score := known<<20 + s.count(); score > best && (s.count() > 1 || best < 0) {
			best, t.sep = score, sep
			if s.count() == 1 {
				t.sep = 0 // one column: nothing parts it
			}
		}
	}
	return nil
}

// header returns the columns that the row read last names. Those behind the last name are none.
func (t *table) header() []column {
	var columns []column
	named := 0
	for i := range t.count() {
		name := strings.Join(strings.Fields(t.cell(i)), " ")
		key, _ := source.FieldName(name)
		columns = append(columns, column{shorten(name), key})
		if name != "" {
			named = i + 1
		}
	}
	return columns[:named]
}

// checkHeader refuses a first row that is no text, or names no column of the text, or two for the same.
func (t *table) checkHeader() error {
	data := t.row()
	if bytes.IndexByte(data, 0) >= 0 {
		return &source.Fault{Kind: source.FaultNUL, Said: "the first row contains NUL bytes; save the file as UTF-8", Err: ErrColumns}
	}
	if err := checkCharset(data); err != nil {
		return err
	}
	by := make(map[string]string)
	for _, c := range t.columns {
		if other, ok := by[c.key]; ok && c.key != "" {
			return &source.Fault{
				Kind: source.FaultColumnTwice, Words: []string{other, c.name}, Err: ErrColumns,
				Said: fmt.Sprintf("columns %q and %q both hold the %s; rename one of them", other, c.name, c.key),
			}
		}
		by[c.key] = c.name
	}
	if _, ok := by["text"]; !ok {
		return &source.Fault{
			Kind: source.FaultColumnMissing, Words: t.columnNames(), Err: ErrColumns,
			Said: fmt.Sprintf("no column holds the text; call one \"text\", \"body\" or «النص» in the first row, which has: %s", t.listColumns()),
		}
	}
	return nil
}

// columnNames are the names of the first columns.
func (t *table) columnNames() (names []string) {
	for _, c := range t.columns[:min(len(t.columns), maxShown)] {
		names = append(names, c.name)
	}
	return names
}

// listColumns names the columns.
func (t *table) listColumns() string {
	var names []string
	for _, c := range t.columns[:min(len(t.columns), maxShown)] {
		names = append(names, fmt.Sprintf("%q", c.name))
	}
	if more := len(t.columns) - maxShown; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

// shorten cuts a name to what errors show.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > maxShownName {
		return string(runes[:maxShownName-1]) + "…"
	}
	return s
}
