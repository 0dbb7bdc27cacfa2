package pdf

import (
	"regexp"
	"strings"
)

// A direction is where the lines of a paragraph begin. It is not the same as that of their letters: Arabic that was
// typed into a paragraph from the left is shown with its full stop at the right end, and the words of an address in
// Arabic stand in a paragraph from the right.
type direction int8

const (
	unknown direction = iota
	fromTheLeft
	fromTheRight
)

// A stretch is a run of lines below each other that are taken for parts of one paragraph, in one column.
type stretch struct {
	lines  []*line
	column *column
	// What tells the direction: letters, sentence signs at either end, and the room that is left at either end, in points.
	fromRight, fromLeft int
	signRight, signLeft int
	roomRight, roomLeft float32
	before, dir         direction // before: of the stretch before it in its column
}

// signs are those that end what is said.
const signs = ".؟!:؛،,…۔"

// commas are those after which a sentence goes on.
const commas = "،؛,"

// direct finds out the direction of each line of a page. Evidence of the pages before is counted on.
func (e *evidence) direct(lines []*line) {
	stretches := stretchesOf(lines)
	for _, s := range stretches {
		s.weigh()
		e.fromRight, e.fromLeft = e.fromRight+s.fromRight, e.fromLeft+s.fromLeft
		if s.fromRight > s.fromLeft {
			e.signRight, e.signLeft = e.signRight+s.signRight, e.signLeft+s.signLeft
		}
	}
	var last *stretch
	for _, s := range stretches {
		if last != nil && last.column == s.column {
			s.before = last.dir
		}
		s.dir = e.of(s)
		for i, l := range s.lines {
			l.rtl = s.dir == fromTheRight
			if !l.rtl {
				e.commaRight += btoi(l.endsWith(commas, true))
				e.commaLeft += btoi(l.endsWith(signs, false))
			}
			l.begins = i == 0 || !l.rtl && s.lines[i-1].signEnds(true)
		}
		last = s
	}
}

// evidence is what the pages that were read so far say of the direction of Arabic.
type evidence struct {
	fromRight, fromLeft int // letters
	signRight, signLeft int // lines of Arabic with a sentence sign at this end
	// The same of commas, in Arabic set from the left: where lines were laid out together they stand at the left end, as
	// Arabic goes on in the next line; where each was laid out by itself, as Pango does, at the right end.
	commaRight, commaLeft int
	byLine                bool // the program that made the file is known to do that
	undecided             int  // lines that can be read in two ways
}

// alone tells whether lines that are set from the left were laid out each by itself.
func (e *evidence) alone() bool {
	return e.commaRight > e.commaLeft || e.byLine && e.commaRight == e.commaLeft
}

// laysOutLines matches the names of programs that lay out each line by itself, or are given lines by their users.
var laysOutLines = regexp.MustCompile(`(?i)weasyprint|reportlab|fpdf|tcpdf|mpdf|dompdf|jspdf|pdfkit`)

// of returns the direction of a stretch.
func (e *evidence) of(s *stretch) direction {
	arabic := fromTheRight
	if e.signRight > 2*e.signLeft {
		arabic = fromTheLeft
	}
	switch own := s.shown(); {
	case s.fromRight > s.fromLeft:
		if own != unknown {
			return own
		}
		return arabic
	case e.fromRight <= e.fromLeft:
		return fromTheLeft
	case s.fromLeft == 0: // numbers
		return arabic
	case s.fromRight > 0:
		if own == fromTheLeft || s.flush() == fromTheLeft && s.fromLeft > 4*s.fromRight {
			return fromTheLeft
		}
		return arabic
	case len(s.lines) == 1:
		return arabic // an address that a line had no room for
	case s.flush() != unknown:
		return s.flush()
	case s.before != unknown:
		return s.before
	}
	return fromTheLeft
}

// shown returns the direction that a stretch of Arabic shows by itself.
func (s *stretch) shown() direction {
	flush := s.flush()
	switch {
	case s.signRight > s.signLeft && flush != fromTheRight:
		return fromTheLeft
	case s.signLeft > s.signRight, flush == fromTheRight:
		return fromTheRight
	case s.ragged():
		return fromTheLeft
	}
	return unknown
}

// flush tells at which side the lines of a stretch begin; the other side is ragged, or the last line is short.
func (s *stretch) flush() direction {
	const clear, least = 3, 3 // times, ems
	size := s.lines[0].size
	switch {
	case s.roomRight > least*size && s.roomRight > clear*s.roomLeft:
		return fromTheLeft
	case s.roomLeft > least*size && s.roomLeft > clear*s.roomRight:
		return fromTheRight
	}
	return unknown
}

// ragged tells whether all lines of a stretch begin at the left edge, and most end before the right one: titles have no
// signs. Arabic set from the right is like that in none but its first lines.
func (s *stretch) ragged() bool {
	const least = 3 // lines
	short := 0
	for _, l := range s.lines {
		if abs(l.left-s.lines[0].left) > 0.15*l.size || l.signEnds(false) {
			return false
		}
		short += btoi(s.column.right-l.right > 0.4*l.size)
	}
	return len(s.lines) >= least && short >= least-1
}

// stretchesOf parts lines where a column ends, where more lead is between two, and after a short line.
func stretchesOf(lines []*line) []*stretch {
	const short = 0.25 // of the column
	columns, lead := columnsOf(lines), usualLead(lines)
	var out []*stretch
	for i, l := range lines {
		c := columns[i]
		if i > 0 && c == columns[i-1] && l.table == lines[i-1].table {
			last := lines[i-1]
			room := (c.right - c.left) - (last.right - last.left)
			if last.base-l.base <= moreLead*lead*l.size && room < short*(c.right-c.left) {
				s := out[len(out)-1]
				s.lines = append(s.lines, l)
				continue
			}
		}
		out = append(out, &stretch{lines: []*line{l}, column: c})
	}
	return out
}

// weigh counts what tells the direction.
func (s *stretch) weigh() {
	for _, l := range s.lines {
		r, f := l.letters()
		s.fromRight, s.fromLeft = s.fromRight+r, s.fromLeft+f
		roomLeft, roomRight := max(l.left-s.column.left, 0), max(s.column.right-l.right, 0)
		if abs(roomLeft-roomRight) > l.size { // it is not centred
			s.roomLeft, s.roomRight = s.roomLeft+roomLeft, s.roomRight+roomRight
		}
		// Lines of Arabic have the signs between their sentences at the left end whatever the direction, but for the last.
		s.signRight += btoi(l.signEnds(true))
		s.signLeft += btoi(l.signEnds(false) && roomLeft > 2*l.size && roomRight < l.size/2)
	}
}

// signEnds tells whether there is a sentence sign at an end of the line, behind a letter written from the right.
func (l *line) signEnds(atRight bool) bool { return l.endsWith(signs, atRight) }

// endsWith tells whether there is one of some signs at an end of the line, behind a letter written from the right.
func (l *line) endsWith(signs string, atRight bool) bool {
	l.sortEms()
	found := false
	for i := range l.ems {
		e := l.ems[i]
		if atRight {
			e = l.ems[len(l.ems)-1-i]
		}
		s := string(e.r)
		switch {
		case isRTL(e.r):
			return found
		case strings.Contains(signs, s):
			found = true
		case bracket(s) == "" && s != `"` && (!found || classOf(e.r) != digit && classOf(e.r) != indic && !isBlank(e.r)):
			return false
		}
	}
	return false
}
