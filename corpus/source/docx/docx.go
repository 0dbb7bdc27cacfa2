package docx

import (
	"errors"
	"fmt"
	"io"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// errBounds says that a document holds more than one article can.
var errBounds = errors.New("more than a document may hold")

// Read returns the article in a Word document: Title and Author where the document states them and they are
// sensible, and Body: paragraphs parted by a blank line, without the title. Lines of front matter that open the document
// stand on lines of their own. It never takes a date of the file for that of the article, and the name of who made the
// file only where the text has it too.
//
// What cannot be read rightly is a [*source.Refusal], without an URL, whose Reason is source.Encrypted, source.Scanned
// (pictures alone), source.Damaged or source.TooLarge; a document without text below its title wraps [corpus.ErrEmpty].
func Read(r io.ReaderAt, size int64) (corpus.Article, error) {
	p, err := openPackage(r, size)
	if err != nil {
		return corpus.Article{}, refusal(err)
	}
	name := p.mainPart()
	styles, err := p.styles(name)
	if err != nil {
		return corpus.Article{}, refusal(err)
	}
	w := walker{styles: styles}
	if err := p.stream(name, maxMainPart, w.document); err != nil {
		return corpus.Article{}, refusal(err)
	}
	blocks := w.sink.close()
	if len(blocks) == 0 {
		return corpus.Article{}, w.empty()
	}
	a := compose(blocks, p.properties())
	if a.Body == "" {
		return corpus.Article{}, fmt.Errorf("%w below its title", corpus.ErrEmpty)
	}
	return a, nil
}

// empty is the error for a document without text.
func (w *walker) empty() error {
	switch {
	case w.foreign:
		err := errors.New("its text is embedded in another format")
		return &source.Refusal{Reason: source.Damaged, Err: err}
	case w.pictures:
		return &source.Refusal{Reason: source.Scanned}
	}
	return corpus.ErrEmpty
}

// refusal is the error for people of an error of reading.
func refusal(err error) error {
	if _, ok := errors.AsType[*source.Refusal](err); ok {
		return err
	}
	if errors.Is(err, errBounds) {
		return &source.Refusal{Reason: source.TooLarge, Err: err}
	}
	return &source.Refusal{Reason: source.Damaged, Err: err}
}
