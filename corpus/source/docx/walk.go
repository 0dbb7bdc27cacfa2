package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode"

	"newsbot/corpus"
)

// The namespaces, of the transitional and of the strict class.
const (
	wordNS       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordStrictNS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	mathNS       = "http://schemas.openxmlformats.org/officeDocument/2006/math"
	mathStrictNS = "http://purl.oclc.org/ooxml/officeDocument/math"
	markupNS     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// kindOf names an element: by its name alone when it is of WordprocessingML or of no interest but for its name, with a
// prefix where the name stands for several things.
func kindOf(n xml.Name) string {
	switch n.Space {
	case wordNS, wordStrictNS:
		return n.Local
	case mathNS, mathStrictNS:
		return "math"
	case markupNS:
		return "mc:" + n.Local
	}
	switch n.Local {
	case "blip", "imagedata", "pic":
		return "picture"
	}
	return "other"
}

// A walker collects what counts of the main part.
type walker struct {
	*decoder
	styles   sheet
	sink     *sink      // where blocks go: the document, a cell, a text box
	par      *paragraph // the one that is open, nil for none
	hidden   bool       // what is written does not show
	verbatim bool       // white space at the ends of texts counts: xml:space
	size     int        // bytes that were written so far
	pictures bool       // there are some
	foreign  bool       // a part in another format stands for text
}

// A block is a paragraph or a row that has words or signs.
type block struct {
	text string
	role role
}

// A sink takes the blocks of one place.
type sink struct {
	blocks []block
	open   *paragraph // one that goes on in the next, as its mark was deleted or is hidden
}

// close returns the blocks when no more will come.
func (s *sink) close() []block {
	s.flush()
	return s.blocks
}

// document reads the main part.
func (w *walker) document(x *decoder) error {
	w.decoder, w.sink = x, &sink{}
	root, err := x.root()
	if err != nil {
		return err
	}
	if kindOf(root.Name) != "document" {
		return fmt.Errorf("its main part is no Word document, but %.40q", root.Name.Local)
	}
	w.verbatim = attr(root, "space") == "preserve"
	if err := w.inside(); err != nil {
		return err
	}
	return w.finish()
}

// finish reads on to the end of the part, where the archive checks its sum.
func (w *walker) finish() error {
	for {
		t, err := w.token()
		if t == nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if _, ok := t.(xml.StartElement); ok {
			return errors.New("its main part goes on behind its end")
		}
	}
}

// inside reads what is in an element that has no meaning of its own.
func (w *walker) inside() error { return w.children(w.element, nil) }

// element reads one element. Those that are not known are looked into, as text is only in w:t.
func (w *walker) element(e xml.StartElement) error {
	switch kindOf(e.Name) {
	case "p":
		return w.paragraph()
	case "r":
		return w.run()
	case "t":
		return w.text(e)
	case "tbl":
		return w.table()
	case "sdt":
		return w.control()
	case "txbxContent":
		return w.box()
	case "mc:AlternateContent":
		return w.alternate()
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "rt", "math", "background":
		return w.skip()
	case "altChunk", "subDoc":
		w.foreign = true
	case "picture":
		w.pictures = true
	case "fldChar":
		w.par.field(attr(e, "fldCharType"))
	default:
		w.write(signOf(e))
	}
	return w.inside()
}

// signOf is the text that an element of a run stands for.
func signOf(e xml.StartElement) string {
	switch kindOf(e.Name) {
	case "tab", "ptab":
		return " "
	case "br", "cr":
		return "\n"
	case "noBreakHyphen":
		return "-"
	case "sym":
		return symbol(attr(e, "char"))
	}
	return ""
}

// symbol is the character of a hexadecimal number. Those of symbol fonts, which are in the private use area, are no
// characters outside of them.
func symbol(hex string) string {
	n, err := strconv.ParseUint(hex, 16, 32)
	r := rune(n)
	if err != nil || n > unicode.MaxRune || !unicode.IsGraphic(r) {
		return ""
	}
	return string(r)
}

// write adds text to the paragraph that is open, if it shows.
func (w *walker) write(s string) {
	if s == "" || w.hidden || w.par == nil || w.par.instructions > 0 {
		return
	}
	w.size += len(s)
	if w.size <= corpus.MaxBody {
		w.par.text.WriteString(s)
	}
}

// alternate reads the first of several ways to show the same thing that has text: a choice for new programs, and what old
// ones fall back on.
func (w *walker) alternate() error {
	done := false
	return w.children(func(e xml.StartElement) error {
		if done {
			return w.skip()
		}
		before := w.size
		err := w.inside()
		done = w.size > before
		return err
	}, nil)
}

// control reads a content control. One that shows its prompt, or holds a table of contents, has nothing of the article.
func (w *walker) control() error {
	left := false
	var property func(xml.StartElement) error
	property = func(e xml.StartElement) error {
		switch kindOf(e.Name) {
		case "showingPlcHdr":
			left = left || isOn(e)
		case "docPartGallery":
			left = left || attr(e, "val") == "Table of Contents"
		}
		return w.children(property, nil)
	}
	return w.children(func(e xml.StartElement) error {
		switch kindOf(e.Name) {
		case "sdtPr":
			return w.children(property, nil)
		case "sdtContent":
			if !left {
				return w.inside()
			}
		}
		return w.skip()
	}, nil)
}

// box reads a text box, whose paragraphs come behind the one that it is anchored to.
func (w *walker) box() error {
	anchor := w.par
	blocks, err := w.apart()
	switch {
	case anchor != nil:
		anchor.boxes = append(anchor.boxes, blocks...)
	default:
		w.sink.blocks = append(w.sink.blocks, blocks...)
	}
	return err
}

// apart reads what is in an element as a place of its own.
func (w *walker) apart() ([]block, error) {
	sinkBefore, parBefore := w.sink, w.par
	w.sink, w.par = &sink{}, nil
	err := w.inside()
	blocks := w.sink.close()
	w.sink, w.par = sinkBefore, parBefore
	return blocks, err
}
