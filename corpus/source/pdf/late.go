package pdf

import (
	"cmp"
	"math"
	"slices"
)

// The distances of what is drawn late, in ems of the font.
const (
	lateGap    = 0.6  // two parts at one level that are no further apart are words of one line: between columns there is more
	lateOver   = 0.15 // parts of one line hardly lie over each other
	latePairs  = 4    // how often all lines are looked at: each time parts that were apart may have come together
	fewPieces  = 12   // on a page that is drawn in pieces
	shortPiece = 7    // glyphs of such a piece, on average: lines that mix two directions come in parts that are longer
	fewLate    = 3    // pieces that come late on any page
	lateShare  = 3    // one in as many belongs to what was drawn before, and the file has no order to go by
	lateRow    = 4    // points; lines at one level are in the same row of this height, or in the next
)

// late merges lines, and puts what is drawn after the rest into those that it belongs to: programs draw the bold words of a
// page when they please. Where every word or letter is drawn by itself, the order of the file tells nothing, neither of that
// of the lines: those are put from the top to the bottom then.
func late(lines []*line) []*line {
	if !scattered(lines) {
		lines = merge(lines)
	}
	before := len(lines)
	lines = gather(lines)
	if joined := before - len(lines); joined < fewLate || joined*lateShare < before {
		return merge(lines)
	}
	slices.SortStableFunc(lines, func(a, b *line) int {
		if a.level(b) {
			return cmp.Compare(a.left, b.left)
		}
		return cmp.Compare(b.base, a.base)
	})
	return merge(lines)
}

// scattered tells whether a page is drawn in pieces that are no longer than words are.
func scattered(lines []*line) bool {
	glyphs := 0
	for _, l := range lines {
		glyphs += len(l.ems)
	}
	return len(lines) >= fewPieces && glyphs < len(lines)*shortPiece
}

// gather joins lines to others that came before, until there are none that belong together.
func gather(lines []*line) []*line {
	for range latePairs {
		rows := map[int][]*line{}
		out := lines[:0]
		for _, l := range lines {
			row := int(math.Floor(float64(l.base / lateRow)))
			if o := home(rows, row, l); o != nil {
				l.join(o)
				*o = *l
				continue
			}
			out = append(out, l)
			rows[row] = append(rows[row], l)
		}
		done := len(out) == len(lines)
		if lines = out; done {
			break
		}
	}
	return lines
}

// home returns the line that came before l and that it is a part of, nil for none.
func home(rows map[int][]*line, row int, l *line) *line {
	for r := row - 1; r <= row+1; r++ {
		for _, o := range rows[r] {
			if o.level(l) && o.hasRoom(l) {
				return o
			}
		}
	}
	return nil
}

// hasRoom tells whether l stands in a gap of o, or right beside it.
func (l *line) hasRoom(o *line) bool {
	size := max(l.size, o.size)
	if away := max(o.left-l.right, l.left-o.right); away > -lateOver*size {
		return away < lateGap*size
	}
	if o.left < l.left || o.right > l.right {
		return false
	}
	for _, e := range l.ems {
		if !isBlank(e.r) && min(e.right, o.right)-max(e.left, o.left) > lateOver*size {
			return false
		}
	}
	return true
}
