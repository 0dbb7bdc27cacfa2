package files

import (
	"errors"
	"fmt"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/csv"
)

// maxBad is how many rows in a row may be no article before the rest of their file is left out, and maxSpoilt how many
// files of an archive may end so before the rest of it is: whoever reads so many errors knows, and a small archive could
// hold a hundred million.
const (
	maxBad    = 1_000
	maxSpoilt = 5
)

// The causes of that.
var (
	errSpoilt = fmt.Errorf("the rows of %d of its files are no articles; the rest is left out", maxSpoilt)
	errBad    = fmt.Errorf("none of the last %d rows is an article; the rest is left out", maxBad)
)

// rows yields the articles of a piece that holds one a row.
func (r *reading) rows(p piece, k Kind) bool {
	f := rowFile{reading: r, piece: p, kind: k, note: note(p.place, k)}
	all := source.JSONL
	if k == Table {
		all = csv.Read
	}
	for row, err := range all(p.place, p.in) {
		if !f.row(row, err) {
			break
		}
	}
	switch {
	case f.stopped:
		return false
	case f.n == 0:
		return r.refuse(p, fmt.Errorf("the file holds no article: %w", corpus.ErrEmpty))
	case f.bad >= maxBad:
		r.spoilt++
		return r.refuse(p, &source.Refusal{Reason: source.Damaged, Err: errBad})
	}
	return true
}

// A rowFile is a file of rows being read.
type rowFile struct {
	*reading
	piece
	kind    Kind
	note    string // of the next article
	n, bad  int    // rows so far, and how many of them since the last article
	stopped bool   // nobody wants more
}

// row hands on a row, and reports whether more of them are wanted.
func (f *rowFile) row(row source.Line, err error) bool {
	item := Item{
		Place: fmt.Sprintf("%s:%d", f.place, row.N), Packed: f.left != nil, Kind: f.kind,
		Article: row.Article, ByID: row.Article.ID != "", Note: f.note,
	}
	f.n++
	if err == nil {
		f.note, f.bad = "", 0
	} else {
		f.bad++
	}
	if refusal, ok := errors.AsType[*source.Refusal](err); ok && refusal.URL == "" {
		err = placed(item.Place, err)
	}
	f.stopped = !f.give(item, err)
	return !f.stopped && f.bad < maxBad
}
