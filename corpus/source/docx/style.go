package docx

import (
	"encoding/xml"
	"strings"
)

// A role is what a paragraph is by its style.
type role int

const (
	prose role = iota
	title
	heading
	contents // a line of a table of contents
	row      // a row of a table
)

// maxStyleChain is how many styles may stand upon one another: Word allows ten.
const maxStyleChain = 16

// A style is what of a style of a document counts.
type style struct {
	role    role
	hidden  *bool  // nil when it does not say
	basedOn string // the ID of another one
}

// A sheet holds the styles of a document by their IDs.
type sheet map[string]style

// styles reads the styles that go with the main part. A document without any is read all the same.
func (d document) styles(main string) (sheet, error) {
	name := d.relation(main, "styles")
	if d.parts[partName(name)] == nil {
		return nil, nil
	}
	s := make(sheet)
	err := d.stream(name, maxSidePart, func(x *decoder) error {
		if _, err := x.root(); err != nil {
			return err
		}
		return x.children(func(e xml.StartElement) error {
			if kindOf(e.Name) != "style" {
				return x.skip()
			}
			return s.read(x, e)
		}, nil)
	})
	return s, err
}

// read reads one style.
func (s sheet) read(x *decoder, e xml.StartElement) error {
	var st style
	err := x.children(func(c xml.StartElement) error {
		switch kindOf(c.Name) {
		case "name":
			st.role = roleOf(attr(c, "val"))
		case "basedOn":
			st.basedOn = attr(c, "val")
		case "rPr":
			f, err := readFormat(x)
			st.hidden = f.hidden
			return err
		}
		return x.skip()
	}, nil)
	s[attr(e, "styleId")] = st
	return err
}

// role is that of the paragraphs in a style.
func (s sheet) role(id string) role {
	if _, ok := s[id]; !ok {
		return roleOf(id)
	}
	for range maxStyleChain {
		st := s[id]
		if st.role != prose {
			return st.role
		}
		id = st.basedOn
	}
	return prose
}

// hides tells whether text in a style is hidden; nil when the style does not say.
func (s sheet) hides(id string) *bool {
	for range maxStyleChain {
		st := s[id]
		if st.hidden != nil {
			return st.hidden
		}
		id = st.basedOn
	}
	return nil
}

// roleOf tells what a style is for by its name. Word shows the names of its own styles in the language of its user and
// writes them in English.
func roleOf(name string) role {
	name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
	switch {
	case name == "title":
		return title
	case strings.HasPrefix(name, "heading"):
		return heading
	case strings.HasPrefix(name, "toc"):
		return contents
	}
	return prose
}

// A format is what counts of how characters are shown.
type format struct {
	style   string // the ID of a style of characters
	hidden  *bool  // nil when it does not say
	removed bool   // of the mark of a paragraph: it was deleted
}

// readFormat reads the properties of characters, w:rPr, to their end.
func readFormat(x *decoder) (format, error) {
	var f format
	err := x.children(func(e xml.StartElement) error {
		switch kindOf(e.Name) {
		case "rStyle":
			f.style = attr(e, "val")
		case "vanish":
			on := isOn(e)
			f.hidden = &on
		case "del", "moveFrom":
			f.removed = true
		}
		return x.skip()
	}, nil)
	return f, err
}

// isOn is the value of an element that switches something on unless it says otherwise.
func isOn(e xml.StartElement) bool {
	switch strings.ToLower(attr(e, "val")) {
	case "0", "false", "off":
		return false
	}
	return true
}
