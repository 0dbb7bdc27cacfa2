package bot

import (
	"slices"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// What the pieces of a line have at most, as they are rendered, so that there is
// room for the line that belongs to a quotation.
const (
	maxPieceUnits = 2800
	maxPieceBytes = 18_000
)

// maxLead is the length of what is not left alone in a message when it only
// leads up to a quotation.
const maxLead = 300

// Parts divides a document into ones that each fit into a Telegram message:
// between blocks where that is possible, else between lines, else inside one, at
// the edge of a sentence or a word. Put together again they hold the same text,
// but for the mark of a divided citation, which is repeated in each of its
// parts.
func (d Document) Parts() []Document {
	if d.fits() {
		return []Document{d}
	}
	var parts []Document
	part := Document{language: d.language, dressed: d.dressed}
	for _, b := range d.blocks {
		for _, piece := range d.divide(b, part.lead()) {
			next := part.with(piece)
			if len(part.blocks) > 0 && !next.fits() {
				part, next = part.turnOver(piece)
				parts = append(parts, part)
			}
			part = next
		}
	}
	return append(parts, part)
}

// with is the document with a block more.
func (d Document) with(b block) Document {
	d.blocks = append(d.blocks[:len(d.blocks):len(d.blocks)], b)
	return d
}

// turnOver begins another part with a block, below what only leads up to that.
func (d Document) turnOver(b block) (before, next Document) {
	next = Document{language: d.language, dressed: d.dressed}
	last := len(d.blocks) - 1
	if last > 0 && d.blocks[last].leads() {
		if under := next.with(d.blocks[last]).with(b); under.fits() {
			d.blocks = d.blocks[:last]
			return d, under
		}
	}
	return d, next.with(b)
}

// leads reports whether a block is a line that only leads up to what comes next.
func (b block) leads() bool { return len(b) == 1 && b[0].leads }

// fits reports whether the document can be sent as one message.
func (d Document) fits() bool { return sizeOf(d.HTML(anyPages)).fits() }

// lead returns the blocks of a part that only leads up to what comes next.
func (d Document) lead() []block {
	quotes := slices.ContainsFunc(slices.Concat(d.blocks...), func(l line) bool { return l.quotation })
	if quotes || sizeOf(d.HTML(anyPages)).units > maxLead {
		return nil
	}
	return d.blocks
}

// anyPages is a link to an article's own pages that is as long as any.
func anyPages(article string) string {
	return "https://t.me/" + strings.Repeat("x", 32) + "?start=a_" + article
}

// divide returns a block in pieces that each fit into a message, below the
// blocks of lead. The line below a quotation stays with its end, and its mark is
// repeated in the pieces without it.
func (d Document) divide(b block, lead []block) []block {
	mark := b.mark()
	fits := func(b block, around block) bool {
		b = slices.Concat(around, b, around)
		return Document{language: d.language, blocks: append(lead[:len(lead):len(lead)], b)}.fits()
	}
	if fits(b, nil) {
		return []block{b}
	}
	var pieces []block
	var piece block
	for _, l := range b {
		for _, part := range l.pieces(d.language) {
			next := append(piece[:len(piece):len(piece)], part)
			if fits(next, mark) {
				piece = next
				continue
			}
			end := len(piece)
			if end > 0 && piece[end-1].quotation && !part.quotation && fits(block{piece[end-1], part}, mark) {
				end--
			}
			if end > 0 {
				pieces = append(pieces, piece[:end].mend())
			}
			piece = next[end:]
		}
	}
	return repeatMark(append(pieces, piece.mend()), mark)
}

// mend joins the pieces of a line that are in one message after all, and leaves
// out what is blank between two paragraphs that no longer are.
func (b block) mend() block {
	var out block
	for _, l := range b {
		if last := len(out) - 1; last >= 0 && l.continued {
			out[last].spans = slices.Concat(out[last].spans, l.spans)
			continue
		}
		l.trimmed = true
		out = append(out, l)
	}
	return out
}

// repeatMark puts a citation's mark below its first piece, which goes on, and
// above the others, which have gone on, unless it is there already.
func repeatMark(pieces []block, mark block) []block {
	if mark == nil {
		return pieces
	}
	for i, p := range pieces {
		switch {
		case i > 0 && !p[0].isLabel():
			pieces[i] = slices.Concat(mark, p)
		case i == 0 && !slices.ContainsFunc(p, line.isLabel):
			pieces[i] = slices.Concat(p, mark)
		}
	}
	return pieces
}

// mark returns the line that repeats the mark of a citation; none when the block
// is no citation.
func (b block) mark() block {
	for i, l := range b {
		if l.isLabel() && slices.ContainsFunc(b[:i], func(before line) bool { return before.quotation }) {
			return block{{repeated: true, spans: []span{{role: roleMark, text: l.spans[0].text + " …"}}}}
		}
	}
	return nil
}

// isLabel reports whether a line begins with the mark of a citation.
func (l line) isLabel() bool {
	return !l.quotation && len(l.spans) > 0 && l.spans[0].role == roleMark && strings.HasPrefix(l.spans[0].text, "[")
}

// pieces returns a line in pieces that each leave room in a message when they are
// rendered in a frame in the language lang. Pieces that show nothing are left
// out.
func (l line) pieces(lang text.Language) []line {
	long := func(l line) bool {
		size := sizeOf(l.html(lang, anyPages))
		return size.units > maxPieceUnits || size.bytes > maxPieceBytes
	}
	if !long(l) {
		return []line{l}
	}
	limit := maxPieceUnits
	pieces := l.cut(limit)
	for slices.ContainsFunc(pieces, long) { // full of line feeds or isolates, to which rendering adds
		limit /= 2
		pieces = l.cut(limit)
	}
	pieces = slices.DeleteFunc(pieces, line.blank)
	if len(pieces) > 0 {
		pieces[0].continued = l.continued
	}
	return pieces
}

// blank reports whether there is nothing to see in a line.
func (l line) blank() bool {
	return !slices.ContainsFunc(l.spans, func(s span) bool {
		return strings.ContainsFunc(s.text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
	})
}

// cut returns a line in pieces of at most limit UTF-16 code units of text.
func (l line) cut(limit int) []line {
	empty := line{quotation: l.quotation, language: l.language, unfolded: l.unfolded, code: l.code, continued: true}
	pieces := []line{empty}
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
				pieces = append(pieces, empty)
				room = limit
			}
		}
	}
	if len(pieces) > 1 && len(pieces[len(pieces)-1].spans) == 0 {
		return pieces[:len(pieces)-1]
	}
	return pieces
}
