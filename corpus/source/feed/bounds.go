package feed

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/mmcdole/gofeed"
)

// What gofeed may be given. It takes its time over some things that no feed needs: these bounds keep a feed made to harm
// at a second or two of work, and are far from what feeds hold.
const (
	maxSize     = 5 << 20 // bytes
	maxDepth    = 100
	maxElements = 100_000
	maxEntries  = 5_000
	maxDates    = 10_000 // one that cannot be read is tried in a hundred forms
	maxDate     = 200    // bytes of a date
	maxSpaces   = 50     // namespaces in scope, which gofeed copies at every element
	// maxJoined is how many bytes of text are written once more since comments and the like divide it.
	maxJoined = 64 << 20
)

var (
	errTooMuch   = errors.New("it holds more than a feed needs")
	errXMLPrefix = errors.New("it gives the name of XML itself to a prefix")
)

// bounded checks that a feed is within bounds, and returns it with the xml:base of its root and without those: gofeed
// would resolve every link and every text against them, each against the one around it. The error is that of form, or
// errTooMuch.
func bounded(text string) (bounded, base string, err error) {
	switch gofeed.DetectFeedType(strings.NewReader(text[:min(len(text), detectable)])) {
	case gofeed.FeedTypeRSS, gofeed.FeedTypeAtom:
		return boundedXML(text)
	case gofeed.FeedTypeJSON:
		if strings.Count(text, "{") > 2*maxEntries {
			return "", "", errTooMuch
		}
		return text, "", nil
	}
	return "", "", gofeed.ErrFeedTypeNotDetected
}

// detectable is the part of a feed in which gofeed looks for what it is, in bytes.
const detectable = 4096

// boundedXML is bounded of RSS and Atom. It reads as gofeed does, so that both see the same.
func boundedXML(text string) (bounded, base string, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	s := scan{text: text}
	for {
		from := d.InputOffset()
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err == nil {
			err = s.token(t, int(from), int(d.InputOffset()))
		}
		if err != nil {
			return "", "", err
		}
		if s.elements > 0 && len(s.open) == 0 { // what follows the root is not read
			return s.out.String() + text[s.copied:], s.base, nil
		}
	}
}

// A scan counts what a feed holds.
type scan struct {
	text   string
	out    strings.Builder // the text up to copied, without xml:base
	copied int
	base   string // of the root

	open                             []element
	elements, entries, dates, joined int
}

// An element is one that is open.
type element struct {
	spaces int // namespaces in scope
	text   int // bytes of text in it
	date   bool
}

// token takes a token into account, which stands between two places of the text.
func (s *scan) token(t xml.Token, from, to int) error {
	switch t := t.(type) {
	case xml.StartElement:
		return s.start(t, from, to)
	case xml.EndElement:
		s.open = s.open[:len(s.open)-1]
	case xml.CharData:
		if len(s.open) == 0 {
			return nil
		}
		in := &s.open[len(s.open)-1]
		s.joined += in.text
		in.text += len(t)
		if s.joined > maxJoined || in.date && in.text > maxDate {
			return errTooMuch
		}
	}
	return nil
}

func (s *scan) start(t xml.StartElement, from, to int) error {
	var e element
	if len(s.open) > 0 {
		e.spaces = s.open[len(s.open)-1].spaces
	}
	name := strings.ToLower(t.Name.Local)
	s.elements++
	if name == "item" || name == "entry" {
		s.entries++
	}
	if e.date = isDate(name); e.date {
		s.dates++
	}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns" && strings.TrimSpace(a.Value) == xmlSpace && a.Name.Local != "xml":
			return errXMLPrefix
		case a.Name.Space == "xmlns", a.Name.Space == "" && a.Name.Local == "xmlns":
			e.spaces++
		case a.Name.Space == xmlSpace && a.Name.Local == "base":
			s.dropBase(a.Value, from, to)
		}
	}
	if s.open = append(s.open, e); len(s.open) > maxDepth || s.elements > maxElements || s.entries > maxEntries ||
		s.dates > maxDates || e.spaces > maxSpaces {
		return errTooMuch
	}
	return nil
}

// xmlSpace is the namespace of xml:base.
const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// dropBase renames the attribute xml:base of the tag between two places.
func (s *scan) dropBase(value string, from, to int) {
	if s.elements == 1 {
		s.base = value
	}
	if from >= s.copied { // or it has two
		s.out.WriteString(s.text[s.copied:from])
		s.out.WriteString(strings.ReplaceAll(s.text[from:to], "xml:base", "xml-base"))
		s.copied = to
	}
}

// isDate tells which elements gofeed reads dates from.
func isDate(name string) bool {
	switch name {
	case "pubdate", "lastbuilddate", "date", "published", "updated", "issued", "modified", "created":
		return true
	}
	return false
}
