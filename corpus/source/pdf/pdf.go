// Package pdf reads the text of PDF files, Arabic above all.
//
// A PDF says where glyphs are drawn; the order of its text, where words and paragraphs end and sometimes what letter a
// glyph is are left to the reader. [Read] is where to begin. PDFium, the library of the Chromium browser, opens the file
// in a sandbox (sandbox.go, library.go) and says of each glyph what it is and where it stands (page.go). From there on
// it is done here: what no reader sees is left out (visible.go); characters are put together to glyphs, and what PDFium
// leaves out is restored (cluster.go, leftout.go); glyphs are put into lines and the rows of tables (line.go, table.go) and
// these in logical order by where they stand and where their paragraph begins, because the order in the file may be either
// (direction.go, order.go, mixed.go, forms.go); lines become paragraphs without running heads and page numbers
// (furniture.go, paragraph.go, hyphen.go). What comes out is judged at last: text that does not read as text is refused
// (orderly.go, torn.go), and so is a file of which a page cannot be read (damage.go).
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// The bounds of a file.
const (
	// MaxFile is the size in bytes of the largest file: what Telegram lets bots download, 20 MB.
	MaxFile = 20 << 20
	// maxPages bounds pages: twice a long book.
	maxPages = 2000
	// maxGlyphs bounds the glyphs of a file. Each is a letter, of one byte or two, so that more could not be stored; it is
	// also what may be read in some seconds.
	maxGlyphs = corpus.MaxBody
	// minTime and maxTime bound what the smallest and the largest file take, whatever the caller allows: ten times what
	// files of text take, that is some seconds for 2 MB. The next file waits for it.
	minTime, maxTime = 15 * time.Second, time.Minute
)

// timeFor returns the time that a file of size bytes may take.
func timeFor(size int) time.Duration {
	return minTime + (maxTime-minTime)*time.Duration(size)/MaxFile
}

// A page of a scan has hardly any letters: a stamp, a number.
const lettersOfText = 25

// Read returns the article in a PDF file: Title and Author where the file states them and they are
// sensible, and Body: paragraphs parted by a blank line, in logical order. It never takes a date of the file for that of
// the article. What cannot be read rightly is a [*source.Refusal] whose Reason is source.Encrypted, source.Scanned,
// source.Disordered, source.Damaged, source.TooLarge or source.Complex; the caller fills in its URL. data is not changed.
//
// One file is read at a time, the others wait. Read returns soon after ctx is done, with its error.
func Read(ctx context.Context, data []byte) (corpus.Article, error) {
	return readWithin(ctx, data, timeFor(len(data)))
}

// readWithin is Read of a file that may take so long.
func readWithin(ctx context.Context, data []byte, most time.Duration) (corpus.Article, error) {
	if len(data) > MaxFile {
		return corpus.Article{}, refuse(source.TooLarge, nil)
	}
	if err := looksRight(data); err != nil {
		return corpus.Article{}, err
	}
	l, leave, err := enter(ctx)
	if err != nil {
		return corpus.Article{}, fmt.Errorf("read PDF: %w", err)
	}
	defer leave()
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	defer l.watch(limited)()
	file := newRaw(data)
	l.hidden = file.hidden()
	doc, err := l.extract(data)
	if err == nil && (file.damaged() || doc.empty > 0 && file.lacks()) {
		err = refuse(source.Damaged, nil)
	}
	if err == nil {
		err = doc.readable()
	}
	if ctx.Err() != nil {
		return corpus.Article{}, fmt.Errorf("read PDF: %w", ctx.Err())
	}
	if err != nil && limited.Err() != nil {
		return corpus.Article{}, refuse(source.Complex, nil)
	}
	var refusal *source.Refusal
	if err != nil && !errors.As(err, &refusal) {
		return corpus.Article{}, refuse(source.Damaged, err) // the sandbox broke
	}
	if err != nil {
		return corpus.Article{}, err
	}
	return doc.article()
}

func refuse(reason source.Reason, cause error) *source.Refusal {
	return &source.Refusal{Reason: reason, Err: cause}
}

// looksRight refuses what has no head or no end of a PDF file where readers look for them, without starting the sandbox.
// PDFium would make what it can of a file that was cut off, and half an article would be stored as a whole one.
func looksRight(data []byte) error {
	const head, end = 1 << 10, 4 << 10 // Acrobat looks at 1 KiB for both; some mailers add to the end
	if !bytes.Contains(data[:min(len(data), head)], []byte("%PDF-")) ||
		!bytes.Contains(data[max(0, len(data)-end):], []byte("%%EOF")) {
		return refuse(source.Damaged, nil)
	}
	return nil
}

// A content is what is read of a file.
type content struct {
	lines                    []*line
	pages, pictures          int // pictures are pages with some
	unread, empty            int // pages whose text cannot be read, and those that draw nothing
	unmapped, asked, letters int
	title, author            string // as the file states them
	parting                  bool   // the program parts words at the ends of lines
	evidence                 evidence
}

// extract reads all pages.
func (l *library) extract(data []byte) (*content, error) {
	d, err := l.open(data)
	if err != nil {
		return nil, err
	}
	c := &content{pages: d.pages}
	if c.title, err = d.meta("Title"); err != nil {
		return nil, err
	}
	if c.author, err = d.meta("Author"); err != nil {
		return nil, err
	}
	for _, key := range []string{"Creator", "Producer"} {
		program, err := d.meta(key)
		if err != nil {
			return nil, err
		}
		c.parting = c.parting || partsWords.MatchString(program)
		c.evidence.byLine = c.evidence.byLine || laysOutLines.MatchString(program)
	}
	return c, d.each(data, c.add)
}

// add adds a page.
func (c *content) add(n int, s sheet) {
	c.unmapped, c.asked = c.unmapped+s.unmapped, c.asked+s.asked
	c.pictures += btoi(s.pictures)
	letters := 0
	for _, g := range s.glyphs {
		letters += btoi(unicode.IsLetter(g.r))
	}
	c.letters += letters
	c.unread += btoi(s.unread(n, letters))
	c.empty += btoi(len(s.glyphs) == 0 && s.objects == 0)
	lines := lines(n, s.glyphs)
	c.evidence.read(lines)
	for _, l := range lines {
		if l.height = 0.5; s.boxed {
			l.height = (l.base - s.box.bottom) / s.box.height()
		}
		if l.text != "" {
			c.lines = append(c.lines, l)
		}
	}
}

// readable refuses what has no text, or none that says what its letters are.
func (c *content) readable() error {
	const mostUnmapped, leastAsked = 0.05, 20
	if c.asked >= leastAsked && over(c.unmapped, c.asked, mostUnmapped) {
		return refuse(source.Disordered, nil)
	}
	if len(c.lines) == 0 || c.unread > 0 || c.pictures > 0 && c.letters < lettersOfText*c.pages {
		return refuse(source.Scanned, nil)
	}
	if c.evidence.undecided > 0 {
		return refuse(source.Disordered, nil)
	}
	return nil
}

// article makes the article of what was read.
func (c *content) article() (corpus.Article, error) {
	paragraphs := paragraphs(withoutFurniture(c.lines, c.pages), c.parting)
	title, paragraphs := headline(paragraphs)
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(p.text)
		b.WriteString("\n\n")
	}
	body := strings.TrimSpace(b.String())
	if title == "" {
		title = statedTitle(c.title)
	}
	switch {
	case len(body) > corpus.MaxBody:
		return corpus.Article{}, refuse(source.TooLarge, nil)
	case corpus.CountWords(body) == 0:
		return corpus.Article{}, refuse(source.Scanned, nil)
	case !orderly(title + "\n" + body):
		return corpus.Article{}, refuse(source.Disordered, nil)
	}
	return corpus.Article{Title: title, Author: statedAuthor(c.author), Body: body}, nil
}
