package docx

import (
	"encoding/xml"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

const (
	// maxHead is how many blocks may stand above the text: front matter, title, byline, dateline.
	maxHead = 16
	// maxHeadLine is the length in runes of the longest of them.
	maxHeadLine = 200
)

// properties is what a document says of itself.
type properties struct{ title, creator string }

// properties reads the core properties; there need be none.
func (d document) properties() properties {
	var p properties
	name := d.relation("", "core-properties")
	if name == "" {
		return p
	}
	// What cannot be read is as if it was not there: it only confirms what is in the text.
	_ = d.stream(name, maxSidePart, func(x *decoder) error {
		if _, err := x.root(); err != nil {
			return err
		}
		return x.children(func(e xml.StartElement) error {
			var b strings.Builder
			err := x.children(func(xml.StartElement) error { return x.skip() }, func(t []byte) { b.Write(t) })
			switch e.Name.Local {
			case "title":
				p.title = b.String()
			case "creator":
				p.creator = b.String()
			}
			return err
		}, nil)
	})
	return p
}

// compose makes the article of the blocks of a document.
func compose(blocks []block, p properties) corpus.Article {
	var a corpus.Article
	head := headOf(blocks)
	a.Author = authorIn(head, p.creator)
	if i := titleIn(head, p.title); i >= 0 {
		a.Title = oneLine(blocks[i : i+1])
		blocks = append(append([]block(nil), blocks[:i]...), blocks[i+1:]...)
	}
	a.Body = join(blocks)
	return a
}

// headOf returns the blocks up to the text: the first that is long.
func headOf(blocks []block) []block {
	for i, b := range blocks[:min(len(blocks), maxHead)] {
		if utf8.RuneCountInString(b.text) > maxHeadLine {
			return blocks[:i]
		}
	}
	return blocks[:min(len(blocks), maxHead)]
}

// titleIn returns the place of the title in the head, or -1: what is styled as one, else a heading, else what the
// properties call the title. These are often those of the document that was the pattern of this one, or the name of the
// file, and so count only where the text has the same line.
func titleIn(head []block, property string) int {
	property = wordsOf(property)
	for _, is := range []func(block) bool{
		func(b block) bool { return b.role == title },
		func(b block) bool { return b.role == heading },
		func(b block) bool { return property != "" && wordsOf(b.text) == property },
	} {
		for i, b := range head {
			if is(b) && source.HasText(b.text) {
				return i
			}
			if b.role == prose && isSentence(b.text) {
				break // a heading below is that of a section
			}
		}
	}
	return -1
}

// isSentence tells whether a line ends as one.
func isSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’»)] `))
	return strings.ContainsRune(".!?؟…", last)
}

// authorIn returns who made the file, when a line of the head that is little longer has the name too: else it is the name
// of an account or of a typist.
func authorIn(head []block, creator string) string {
	name := wordsOf(creator)
	if !strings.Contains(name, " ") || !source.HasText(name) {
		return ""
	}
	const more = 40 // "By", «كتب»، a place, or a post
	for _, b := range head {
		line := wordsOf(b.text)
		if b.role == prose && len(line) <= len(name)+more && strings.Contains(" "+line+" ", " "+name+" ") {
			return strings.Join(strings.Fields(text.Valid(creator)), " ")
		}
	}
	return ""
}

// wordsOf is the form under which lines are compared: their words alone.
func wordsOf(s string) string {
	if len(s) > 4*maxHeadLine {
		return ""
	}
	return strings.Join(strings.FieldsFunc(text.Normalize(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// join is the text of blocks: parted by a blank line, but for the rows of a table, and for front matter at the top, which is
// told from text by standing together.
func join(blocks []block) string {
	var b strings.Builder
	stated := true
	for i, bl := range blocks {
		stated = stated && isStatement(bl.text)
		switch {
		case i == 0:
		case stated || bl.role == row && blocks[i-1].role == row:
			b.WriteString("\n")
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(bl.text)
	}
	return b.String()
}

// isStatement tells whether a block is a line of front matter, "key: value" with a key that is known.
func isStatement(s string) bool {
	key, value, ok := strings.Cut(s, ":")
	_, known := source.FieldName(key)
	return ok && known && strings.TrimSpace(value) != "" && !strings.Contains(s, "\n")
}
