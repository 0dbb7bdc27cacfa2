package docx

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"newsbot/corpus"
)

// A paragraph is one that is being read.
type paragraph struct {
	text         strings.Builder
	role         role
	hidden       bool    // its style hides its text
	joins        bool    // its mark does not show, so it goes on in the next one
	boxes        []block // of the text boxes anchored to it
	fields       []bool  // those that are open: whether the result has begun
	instructions int     // how many of them are still in their instruction
}

// paragraph reads a paragraph and hands it to the sink, unless it goes on in the next.
func (w *walker) paragraph() error {
	outer, p := w.par, w.sink.open
	if p == nil {
		p = new(paragraph)
	}
	// Joined paragraphs have the properties of the last one.
	p.role, p.hidden, p.joins = prose, false, false
	w.par, w.sink.open = p, nil
	err := w.children(func(e xml.StartElement) error {
		if kindOf(e.Name) == "pPr" {
			return w.paragraphProperties(p)
		}
		return w.element(e)
	}, nil)
	w.par = outer
	// The instruction of a field ends with its paragraph, or a field that is never closed would hide the rest.
	p.fields, p.instructions = nil, 0
	w.sink.open = p
	if !p.joins {
		w.sink.flush()
	}
	if err == nil && w.size > corpus.MaxBody {
		err = fmt.Errorf("%w: more than %d MiB of text", errBounds, corpus.MaxBody>>20)
	}
	return err
}

// paragraphProperties reads w:pPr.
func (w *walker) paragraphProperties(p *paragraph) error {
	return w.children(func(e xml.StartElement) error {
		switch kindOf(e.Name) {
		case "pStyle":
			id := attr(e, "val")
			hidden := w.styles.hides(id)
			p.role, p.hidden = w.styles.role(id), hidden != nil && *hidden
		case "rPr": // of its mark
			f, err := readFormat(w.decoder)
			p.joins = f.removed || f.hidden != nil && *f.hidden
			return err
		}
		return w.skip()
	}, nil)
}

// field minds the beginning, the middle and the end of a field.
func (p *paragraph) field(kind string) {
	if p == nil {
		return
	}
	last := len(p.fields) - 1
	switch {
	case kind == "begin":
		p.fields = append(p.fields, false)
		p.instructions++
	case last < 0:
	case kind == "separate" && !p.fields[last]:
		p.fields[last] = true
		p.instructions--
	case kind == "end":
		if !p.fields[last] {
			p.instructions--
		}
		p.fields = p.fields[:last]
	}
}

// flush ends a paragraph that might have gone on.
func (s *sink) flush() {
	p := s.open
	if p == nil {
		return
	}
	s.open = nil
	if text := strings.TrimSpace(p.text.String()); text != "" && p.role != contents {
		s.blocks = append(s.blocks, block{text, p.role})
	}
	s.blocks = append(s.blocks, p.boxes...)
}

// run reads characters that are shown alike.
func (w *walker) run() error {
	outer := w.hidden
	hidden := w.par != nil && w.par.hidden
	w.hidden = outer || hidden
	err := w.children(func(e xml.StartElement) error {
		if kindOf(e.Name) != "rPr" {
			return w.element(e)
		}
		f, err := readFormat(w.decoder)
		for _, says := range []*bool{w.styles.hides(f.style), f.hidden} {
			if says != nil {
				hidden = *says
			}
		}
		w.hidden = outer || hidden
		return err
	}, nil)
	w.hidden = outer
	return err
}

// text reads w:t. White space around it counts when xml:space says so.
func (w *walker) text(e xml.StartElement) error {
	keep := w.verbatim
	if space := attr(e, "space"); space != "" {
		keep = space == "preserve"
	}
	var b strings.Builder
	err := w.children(func(xml.StartElement) error { return w.skip() }, func(t []byte) { b.Write(t) })
	s := b.String()
	if !keep {
		s = strings.Trim(s, " \t\r\n")
	}
	w.write(strings.Map(shown, s))
	return err
}

// shown is a character as it is shown: line ends and tabs in the XML are spaces, what steers how a line is set is
// nothing.
func shown(r rune) rune {
	switch {
	case r == '\u200c', r == '\u200d', r >= 0x0600 && r <= 0x08FF: // what parts and joins letters, and Arabic signs
		return r
	case unicode.IsSpace(r) && r < ' ':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
		return -1
	}
	return r
}
