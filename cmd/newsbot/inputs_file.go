package main

import (
	"context"
	"io"
	"iter"
	"os"
	"sync/atomic"

	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
)

// file yields the articles of a file of any kind, of which no more than one is held
// at a time; named says that an argument names it.
func (in *inputs) file(ctx context.Context, path string, named bool) iter.Seq2[input, error] {
	return func(yield func(input, error) bool) {
		f, size, err := source.Open(path)
		if err != nil {
			yield(input{}, err)
			return
		}
		defer func() { _ = f.Close() }() // only read from: nothing to lose
		end := in.read.n.Load() + size
		defer in.read.n.Store(end) // an archive's list may be left out, a bad file broken off
		file := files.File{Name: path, ReaderAt: countingReaderAt{f, &in.read, end}, Size: size, Now: in.now()}
		for item, err := range files.Read(ctx, file) {
			part := partOf(item)
			if part != alone && len(in.order.ofOne()) > 0 {
				yield(input{}, in.order.refuseMany(path, part))
				return
			}
			i, err := in.input(item, err)
			i.named = named && part == alone
			if !yield(i, err) {
				return
			}
		}
	}
}

// input is what a file yields, with the values of the flags and its note told.
func (in *inputs) input(item files.Item, err error) (input, error) {
	i := input{place: item.Place, byID: item.ByID}
	if err != nil {
		return i, err
	}
	if item.Note != "" {
		in.note(item.Place, item.Note)
	}
	if !item.Rejected.IsZero() {
		in.note(item.Place, undated(item.Rejected, item.Article.Published))
	}
	i.article, err = source.Apply(item.Article, in.order.meta)
	return i, err
}

// A part says what an article is of its file.
type part int

// The parts.
const (
	alone part = iota
	row        // of a table, or of lines of JSON
	entry      // of an archive
)

// partOf tells what an item is of its file: the content decides what a file is, not its
// name.
func partOf(item files.Item) part {
	switch {
	case item.Packed:
		return entry
	case item.Kind == files.Lines || item.Kind == files.Table:
		return row
	}
	return alone
}

// measure returns how many bytes the arguments of an import hold, 0 when that
// cannot be known beforehand.
func measure(ctx context.Context, args []string) int64 {
	var sum int64
	for _, arg := range args {
		switch {
		case arg == standardInput || isAddress(arg):
			return 0
		case !isFolder(arg):
			sum += size(arg)
			continue
		}
		for path, err := range filesBelow(arg, &skipped{}) {
			switch {
			case ctx.Err() != nil:
				return 0
			case err == nil:
				sum += size(path)
			}
		}
	}
	return sum
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// bytesRead is how many bytes are read, or done with.
type bytesRead struct{ n atomic.Int64 }

// countingReader counts what is read.
type countingReader struct {
	io.Reader
	read *bytesRead
}

// Read implements [io.Reader].
func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read.n.Add(int64(n))
	return n, err
}

// countingReaderAt counts what is read of a file. Parts may be read twice, but no more
// is counted than the file has, to its end.
type countingReaderAt struct {
	io.ReaderAt
	read *bytesRead
	end  int64
}

// ReadAt implements [io.ReaderAt].
func (c countingReaderAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.read.n.Store(min(c.read.n.Load()+int64(n), c.end))
	return n, err
}
