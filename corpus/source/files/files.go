package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"newsbot/corpus"
)

// MaxFile is the largest file that is read as a whole, in bytes: what a bot may download from Telegram (20 MiB). Lines of
// JSON and tables on the disk may be longer, as they are read row by row, and so may archives, which are read file by
// file. Text has at most [source.MaxFile] bytes and a web page at most [page.MaxPage].
const MaxFile = 20 << 20

// A File is a file from outside, which is read as it is needed.
type File struct {
	// Name is what its owner calls it, with or without a path. Only its extension counts, and only
	// where the content does not tell.
	Name string
	io.ReaderAt
	Size int64 // in bytes
	// Now is when it is read, which tells dates of web pages that cannot be; see [source.CheckDate]. The zero Time
	// stands for the clock's.
	Now time.Time
}

// An Item is an article of a file.
type Item struct {
	// Place is where the article stands, for people: the file's name, "posts.csv:12", or
	// "week.zip/monday.docx". It is one line of at most 400 characters that turns no text around it.
	Place string
	// Packed says that it stands in an archive.
	Packed  bool
	Kind    Kind           // of the file, or of that in the archive
	Article corpus.Article // with what the file says of title, outlet, date and so on; not prepared
	ByID    bool           // the file says which article it is
	// Note is what people should know, "" for nothing: that the file is of another kind than its name says, which Kind
	// is. Of many articles in one file the first has it.
	Note string
	// Rejected is a publication date of a web page that cannot be, and was left out; see [source.Found].
	Rejected corpus.Date
}

// Read yields the articles of a file, and errors for what cannot be one, until ctx ends. An error is about
// one article, or about the file and then the last; its Item has Place and Packed alone. Errors that people can do
// something about are [*source.Refusal], or wrap [corpus.ErrEmpty], [corpus.ErrTooLarge], [source.ErrJSON] or [csv.ErrRow];
// those of front matter, of dates and of characters are sentences of their own. All of them name the place. A file of a kind
// that is not read is a refusal that wraps [*ForeignError]. What yields no article yields an error.
//
// No more than one article is held at a time, and of what a file holds not more than MaxFile bytes.
func Read(ctx context.Context, f File) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		r := &reading{ctx: ctx, now: f.Now, yield: yield}
		if r.now.IsZero() {
			r.now = time.Now()
		}
		in := io.NewSectionReader(f.ReaderAt, 0, f.Size)
		p := r.piece(cleanName(f.Name), in)
		p.size, p.at = f.Size, f.ReaderAt
		r.read(p)
	}
}

// A reading is a file being read.
type reading struct {
	ctx    context.Context
	now    time.Time
	yield  func(Item, error) bool
	spoilt int // files of rows that were not read on, see maxBad
}

// give hands on an item, and reports whether more is wanted.
func (r *reading) give(item Item, err error) bool {
	if r.ctx.Err() != nil {
		return false
	}
	if err == nil {
		err = checkOrder(item.Place, &item.Article)
	}
	if err != nil {
		item = Item{Place: item.Place, Packed: item.Packed}
	}
	return r.yield(item, err)
}

// refuse hands on an error of a piece as a whole.
func (r *reading) refuse(p piece, err error) bool {
	return r.give(Item{Place: p.place, Packed: p.left != nil}, placed(p.place, err))
}

// read yields what a piece holds.
func (r *reading) read(p piece) bool {
	head, err := p.in.Peek(headSize)
	switch {
	case len(head) == 0 && !errors.Is(err, io.EOF):
		return r.refuse(p, unreadable(err))
	case len(head) == 0:
		return r.refuse(p, fmt.Errorf("the file is empty: %w", corpus.ErrEmpty))
	}
	f := sniff(p.place, head)
	switch f.kind {
	case Archive:
		return r.zip(p)
	case Lines, Table:
		return r.rows(p, f.kind)
	case compound:
		return r.refuse(p, r.compound(p))
	case "":
		return r.refuse(p, f.refusal())
	}
	return r.whole(p, f.kind)
}
