package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"newsbot/corpus/text"
)

const (
	// maxMessage is the longest text of a Telegram message, in UTF-16 code
	// units. Telegram counts code points, which are never more.
	maxMessage = 4096
	// maxLineLength is how long a line may get before it is cut, in the same
	// units. It leaves room for the lines that belong to a quotation.
	maxLineLength = 2800
)

// Parts divides a document into ones that each fit into a Telegram message:
// between blocks where that is possible, else between lines, else inside one, at
// the edge of a sentence or a word. Put together again they hold the same text.
func (d Document) Parts() []Document {
	if d.length() <= maxMessage {
		return []Document{d}
	}
	var parts []Document
	part := Document{language: d.language}
	for _, b := range d.blocks {
		for _, piece := range d.divide(b) {
			next := part
			next.blocks = append(next.blocks[:len(next.blocks):len(next.blocks)], piece)
			if len(part.blocks) > 0 && next.length() > maxMessage {
				parts = append(parts, part)
				next = Document{language: d.language, blocks: []block{piece}}
			}
			part = next
		}
	}
	return append(parts, part)
}

// length is the length of the rendered document in UTF-16 code units.
func (d Document) length() int {
	return visible(d.HTML(func(string) string { return "" }))
}

// divide returns a block in pieces that each fit into a message. The line below
// a quotation stays with its end.
func (d Document) divide(b block) []block {
	if d.fits(b) {
		return []block{b}
	}
	var pieces []block
	var piece block
	for _, l := range b {
		for _, part := range l.pieces(d.language) {
			next := append(piece[:len(piece):len(piece)], part)
			if d.fits(next) {
				piece = next
				continue
			}
			end := len(piece)
			if end > 0 && piece[end-1].quotation && !part.quotation && d.fits(block{piece[end-1], part}) {
				end--
			}
			if end > 0 {
				pieces = append(pieces, piece[:end])
			}
			piece = next[end:]
		}
	}
	return append(pieces, piece)
}

// fits reports whether a block fits into a message.
func (d Document) fits(b block) bool {
	return Document{language: d.language, blocks: []block{b}}.length() <= maxMessage
}

// pieces returns a line in pieces that, rendered in a frame in the language lang,
// each have at most maxLineLength UTF-16 code units. Pieces that show nothing are
// left out.
func (l line) pieces(lang text.Language) []line {
	long := func(l line) bool { return l.length(lang) > maxLineLength }
	if !long(l) {
		return []line{l}
	}
	limit := maxLineLength
	pieces := l.cut(limit)
	for slices.ContainsFunc(pieces, long) { // full of line feeds or isolates, to which rendering adds
		limit /= 2
		pieces = l.cut(limit)
	}
	return slices.DeleteFunc(pieces, line.blank)
}

// length is the length of the rendered line in UTF-16 code units.
func (l line) length(lang text.Language) int {
	return visible(l.html(lang, func(string) string { return "" }))
}

// blank reports whether there is nothing to see in a line.
func (l line) blank() bool {
	return !slices.ContainsFunc(l.spans, func(s span) bool {
		return strings.ContainsFunc(s.text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
	})
}

// cut returns a line in pieces of at most limit UTF-16 code units of text.
func (l line) cut(limit int) []line {
	pieces := []line{{quotation: l.quotation, language: l.language}}
	room := limit
	for _, s := range l.spans {
		for s.text != "" {
			part := s
			if s.text = ""; s.role != roleRead { // which does not show its text
				part.text, s.text = cutText(part.text, room)
				room -= utf16Length(part.text)
			}
			last := &pieces[len(pieces)-1]
			last.spans = append(last.spans, part)
			if s.text != "" || room < limit/2 {
				pieces = append(pieces, line{quotation: l.quotation, language: l.language})
				room = limit
			}
		}
	}
	if len(pieces) > 1 && len(pieces[len(pieces)-1].spans) == 0 {
		return pieces[:len(pieces)-1]
	}
	return pieces
}

// cutText divides s into a head of at most limit UTF-16 code units and the rest,
// which is "" when all of it fits. It cuts after a line feed, a sentence or a
// word when there is one in the second half, and never inside a character with
// its marks, as long as these are fewer than a piece is long.
func cutText(s string, limit int) (head, tail string) {
	end := prefix(s, limit)
	if end == len(s) {
		return s, ""
	}
	for _, isEdge := range []func(string, int) bool{afterLine, afterSentence, afterSpace, anywhere} {
		for i := end; i > 0 && i >= end/2; i-- {
			if utf8.RuneStart(s[i]) && isEdge(s, i) && betweenCharacters(s, i) {
				return s[:i], s[i:]
			}
		}
	}
	return s[:end], s[end:]
}

// prefix is the length in bytes of the longest beginning of s that has at most
// limit UTF-16 code units.
func prefix(s string, limit int) int {
	for i, r := range s {
		if limit -= utf16.RuneLen(r); limit < 0 {
			return i
		}
	}
	return len(s)
}

func utf16Length(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func afterLine(s string, i int) bool { return s[i-1] == '\n' }

func anywhere(string, int) bool { return true }

func afterSpace(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsSpace(r)
}

func afterSentence(s string, i int) bool {
	if !afterSpace(s, i) {
		return false
	}
	const most = 32 // bytes between the full stop and the next sentence
	before := strings.TrimRightFunc(s[max(0, i-most):i], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'”’»)]", r) })
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?؟…؛۔", r)
}

// betweenCharacters reports whether no character with its marks is torn apart at
// i: before a mark, a format character or a variation, after a joiner, or
// between two regional indicators.
func betweenCharacters(s string, i int) bool {
	next, _ := utf8.DecodeRuneInString(s[i:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	const joiner = '\u200d'
	return !unicode.In(next, unicode.M, unicode.Cf, unicode.Sk) && before != joiner &&
		(!isRegional(before) || !isRegional(next))
}

func isRegional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
