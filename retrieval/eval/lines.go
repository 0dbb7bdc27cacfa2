package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

// maxID is the longest id, in bytes.
const maxID = 1000

// eachLine calls do for every line of a file that is not blank, with its number
// from 1. An error of do comes back with the file and the number in front; a line
// of more than maxLine bytes is such an error.
func eachLine(ctx context.Context, path string, do func(n int, line []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	return scanLines(ctx, path, f, do)
}

func scanLines(ctx context.Context, name string, r io.Reader, do func(n int, line []byte) error) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, maxLine+3) // a line of maxLine, its end, and one byte to see that it ends
	n := 0
	for scan.Scan() {
		n++
		if err := ctx.Err(); err != nil {
			return err
		}
		line := scan.Bytes()
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := checkedLine(n, line, do); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := scan.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("%s:%d: %w", name, n+1, errLongLine)
	} else if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

var errLongLine = fmt.Errorf("the line is longer than %d MiB", maxLine>>20)

func checkedLine(n int, line []byte, do func(n int, line []byte) error) error {
	if len(line) > maxLine {
		return errLongLine
	}
	return do(n, line)
}

// A record is a line of any of the JSON files.
type record struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Text    string   `json:"text"`
	Answers []string `json:"answers"`
}

// eachRecord calls do for every line of a JSON file. Ids are checked and must
// not come twice.
func eachRecord(ctx context.Context, path string, do func(n int, r record) error) error {
	first := map[string]int{} // line of each id
	return eachLine(ctx, path, func(n int, line []byte) error {
		r, err := parseRecord(line)
		if err != nil {
			return err
		}
		if before := first[r.ID]; before > 0 {
			return fmt.Errorf("id %q was on line %d before", r.ID, before)
		}
		first[r.ID] = n
		return do(n, r)
	})
}

func parseRecord(line []byte) (record, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return record{}, fmt.Errorf("no line of JSON as it should be: %w", err)
	}
	return r, checkID(r.ID)
}

// checkID refuses ids that no line of qrels.tsv could name.
func checkID(id string) error {
	switch {
	case id == "":
		return errors.New("there is no id")
	case len(id) > maxID:
		return fmt.Errorf("an id is longer than %d bytes, beginning with %q", maxID, id[:40])
	case strings.ContainsRune(id, utf8.RuneError): // what JSON makes of all that is none, so that ids would become one
		return fmt.Errorf("id %q is not valid UTF-8", id)
	case strings.ContainsFunc(id, unicode.IsControl), strings.TrimSpace(id) != id:
		return fmt.Errorf("id %q holds control characters or begins or ends with a space", id)
	}
	return nil
}
