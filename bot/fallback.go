package bot

import (
	"strings"

	"newsbot/corpus/text"
)

// Plain renders a document that is one part for when Telegram refuses its
// markup: as [Document.HTML] does, but quotations stand in the quotation marks
// of their language, and addresses behind the words that lead there. It has at
// most as many UTF-16 code units as a message: when there would be more, first
// the addresses are left out, then the quotation marks, and what is too much
// even so is cut at the edge of a sentence or a word.
func (d Document) Plain(link func(article string) string) string {
	for _, look := range []untagged{{link: link, quoted: true}, {quoted: true}} {
		if s := look.document(d); utf16Length(s) <= maxMessage {
			return s
		}
	}
	return shorten(untagged{}.document(d), maxMessage)
}

// untagged says how a document looks without markup.
type untagged struct {
	link   func(article string) string // nil to leave addresses out
	quoted bool                        // whether quotations have quotation marks
}

func (u untagged) document(d Document) string {
	blocks := make([]string, len(d.blocks))
	for i, b := range d.blocks {
		lines := make([]string, len(b))
		for j, l := range b {
			lines[j] = u.line(l, d.language)
		}
		blocks[i] = strings.Join(lines, "\n")
	}
	return strings.ToValidUTF8(strings.Join(blocks, "\n\n"), "\uFFFD")
}

func (u untagged) line(l line, lang text.Language) string {
	if l.quotation {
		return u.quotation(l)
	}
	var b strings.Builder
	for _, s := range l.spans {
		b.WriteString(s.shown(lang))
		if u.link != nil && (s.role == roleLink || s.role == roleRead) {
			b.WriteString(" " + apart(s.address(u.link), lang))
		}
	}
	return direction(b.String(), lang) + b.String()
}

// quotation is the text of a quotation, each of its lines in the direction of
// its language and with its isolates balanced.
func (u untagged) quotation(l line) string {
	opening, closing := quotationMarks(l.language)
	if !u.quoted {
		opening, closing = "", ""
	}
	body := l.text()
	if l.trimmed {
		body = strings.Trim(body, "\n")
	}
	rows := strings.Split(opening+body+closing, "\n")
	for i, row := range rows {
		before, after := balance(row)
		rows[i] = directionQuoted(before+row, l.language) + before + row + after
	}
	return strings.Join(rows, "\n")
}

// text is all that a line holds.
func (l line) text() string {
	var b strings.Builder
	for _, s := range l.spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// shorten cuts a text to at most limit UTF-16 code units, with the isolates that
// are open in its last line closed.
func shorten(s string, limit int) string {
	if utf16Length(s) <= limit {
		return s
	}
	for room := limit - 1; ; room /= 2 {
		head, _ := cutText(s, room)
		head = strings.TrimSpace(head) + "…"
		_, after := balance(head[strings.LastIndexByte(head, '\n')+1:])
		if utf16Length(head+after) <= limit { // unless it is full of isolates
			return head + after
		}
	}
}
