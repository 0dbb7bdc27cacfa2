package pdf

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"newsbot/corpus/source"
)

// longFile is the number of pages from which on a file is read by two instances of PDFium at once. A second one takes
// as long to start as a page or two to read, and memory of its own.
const longFile = 16

// ahead is how many pages are read before they are wanted, which bounds what waits.
const ahead = 2

// A reading is what came of a page.
type reading struct {
	sheet sheet
	err   error
}

// each calls f with every page in order, while the next ones are read from data, which d is of.
func (d *document) each(data []byte, f func(n int, s sheet)) error {
	documents := []*document{d}
	if d.pages >= longFile && runtime.GOMAXPROCS(0) > 1 {
		if second, err := d.again(data); err == nil { // else one is enough
			defer second.lib.close()
			documents = append(documents, second)
		}
	}
	ctx, cancel := context.WithCancel(d.lib.ctx)
	var readers sync.WaitGroup
	defer readers.Wait()
	defer cancel()
	var left atomic.Int64
	left.Store(maxGlyphs)
	readings := make([]chan reading, len(documents))
	for i, d := range documents {
		d.lib.watch(ctx) // until it is canceled: nothing more is asked of it then
		readings[i] = make(chan reading, ahead)
		readers.Go(func() { d.some(i, len(documents), &left, readings[i]) })
	}
	for n := range d.pages {
		select {
		case r := <-readings[n%len(documents)]:
			if r.err != nil {
				return r.err
			}
			f(n, r.sheet)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// again opens the file in another instance.
func (d *document) again(data []byte) (*document, error) {
	l, err := shared.instance(d.lib.ctx)
	if err != nil {
		return nil, err
	}
	l.hidden = d.lib.hidden
	defer l.watch(d.lib.ctx)()
	second, err := l.open(data)
	if err == nil && second.pages != d.pages {
		err = errModule
	}
	if err != nil {
		l.close()
		return nil, err
	}
	return second, nil
}

// some reads every step-th page from the first on, until one cannot be read. left is how many glyphs may be read, by
// all.
func (d *document) some(first, step int, left *atomic.Int64, to chan<- reading) {
	ctx := d.lib.ctx
	for n := first; n < d.pages; n += step {
		s, err := d.page(n, max(0, int(left.Load()))+1)
		if err == nil && left.Add(-int64(len(s.glyphs))) < 0 {
			err = refuse(source.TooLarge, nil)
		}
		select {
		case to <- reading{s, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
