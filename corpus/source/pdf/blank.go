package pdf

import (
	"cmp"
	"slices"
	"unicode"
)

// The blanks between words, in ems of the font.
const (
	wordGap   = 0.16 // a blank that is not drawn as one: the blank of most fonts is 0.2 to 0.3 wide
	spacedGap = 0.2  // the same where blanks are drawn
)

// wordGap returns how far apart, in points, the letters of the line are between which there is a blank that is not
// drawn.
func (l *line) wordGap() float32 {
	drawn := false // blanks are drawn
	for _, e := range l.ems {
		drawn = drawn || isBlank(e.r)
	}
	if drawn {
		return spacedGap * l.size
	}
	return wordGap * l.size
}

// insertBlanks puts blanks into the lines that they stand in.
func insertBlanks(lines []*line, blanks []glyph) {
	insert(lines, blanks, sameBase, func(l *line, b glyph) {
		l.ems = append(l.ems, em{glyph: b})
	})
}

// insertRaised puts letters that are drawn where their marks are into the lines that they stand in: in the place of the
// letter there when it is the same or has no meaning of its own, or beside what stands there.
func insertRaised(lines []*line, glyphs []glyph) {
	insert(lines, glyphs, markReach, func(l *line, g glyph) {
		centre := (g.left + g.right) / 2
		e, _ := l.nearest(g)
		if e != nil && !g.late && e.also == nil && (e.r == unicode.ReplacementChar || e.r == g.r) {
			e.r, e.also, e.sorted = g.r, g.also, g.sorted
			return
		}
		if g.late {
			l.ems = append(l.ems, em{glyph: g})
			return
		}
		if g.x = centre; e != nil && e.left <= centre && centre <= e.right {
			g.x = e.x + 0.02 // points: next to it
			if centre < e.centre() {
				g.x = e.x - 0.02
			}
		}
		l.left, l.right = min(l.left, g.left), max(l.right, g.right)
		l.ems = append(l.ems, em{glyph: g, vague: true})
	})
}

// insert puts each glyph into the line whose base is nearest, of those that it stands in or beside, and that are not
// farther off than high, in ems. A glyph without a line is lost.
func insert(lines []*line, glyphs []glyph, high float32, into func(*line, glyph)) {
	if len(glyphs) == 0 {
		return
	}
	byBase := slices.SortedStableFunc(slices.Values(lines), func(a, b *line) int { return cmp.Compare(a.base, b.base) })
	grown := map[*line]bool{}
	for _, g := range glyphs {
		at, _ := slices.BinarySearchFunc(byBase, g.y, func(l *line, y float32) int { return cmp.Compare(l.base, y) })
		var best *line
		for _, l := range byBase[max(0, at-markLines):min(len(byBase), at+markLines)] {
			if abs(g.y-l.base) > high*l.size || g.x < l.left-l.size || g.x > l.right+l.size {
				continue
			}
			if best == nil || abs(g.y-l.base) < abs(g.y-best.base) {
				best = l
			}
		}
		if best != nil {
			n := len(best.ems)
			into(best, g)
			grown[best] = grown[best] || len(best.ems) > n
		}
	}
	for l, more := range grown {
		if more {
			l.sortEms()
		}
	}
}
