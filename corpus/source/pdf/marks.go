package pdf

import (
	"cmp"
	"slices"
	"unicode"
)

const (
	// mostMarks is how many marks a letter may bear: a doubling, a vowel and one to spare.
	mostMarks = 3
	// markReach is how far a mark may be from the baseline of its letter, in ems.
	markReach = 1.2
	// Of a page that is made to be slow, no more is looked at for one mark than this: lines at its height, and letters at
	// its place.
	markLines   = 12
	markLetters = 6
)

// attach puts each mark on the letter that it is drawn at, or drawn with. It is lost when there is none.
func attach(lines []*line, marks []glyph) {
	if len(marks) == 0 {
		return
	}
	byBase := slices.SortedStableFunc(slices.Values(lines), func(a, b *line) int { return cmp.Compare(a.base, b.base) })
	for _, m := range marks {
		at, _ := slices.BinarySearchFunc(byBase, m.y, func(l *line, y float32) int { return cmp.Compare(l.base, y) })
		var best *em
		var least float32
		for _, l := range byBase[max(0, at-markLines):min(len(byBase), at+markLines)] {
			if abs(m.y-l.base) > markReach*l.size {
				continue
			}
			if e, d := l.nearest(m); e != nil && (best == nil || d < least) {
				best, least = e, d
			}
		}
		if best != nil {
			best.bear(m)
		}
	}
}

// nearest returns the letter of the line that a mark stands above or below, or else the one that is nearest, and how far
// off it is. The line is sorted.
func (l *line) nearest(m glyph) (best *em, least float32) {
	const reach, apart = 0.35, 0.3 // ems: beside a letter; what a letter that the file has elsewhere must be nearer
	centre := (m.left + m.right) / 2
	at, _ := slices.BinarySearchFunc(l.ems, centre, func(e em, x float32) int { return cmp.Compare(e.x, x) })
	for i := max(0, at-markLetters); i < min(len(l.ems), at+markLetters); i++ {
		e := &l.ems[i]
		beside := max(e.left-centre, centre-e.right, 0)
		if !unicode.IsLetter(e.r) && e.r != unicode.ReplacementChar || beside > reach*l.size {
			continue
		}
		// To stand beside a letter is as far as to stand above the middle of another one's neighbour.
		d := abs(m.y-l.base) + abs(centre-e.centre()) + 4*beside
		if e.n != m.before && e.n != m.after {
			d += apart * l.size
		}
		if best == nil || d < least {
			best, least = e, d
		}
	}
	return best, least
}

// bear puts m on e.
func (e *em) bear(m glyph) {
	if len(e.marks) < mostMarks && !slices.ContainsFunc(e.marks, func(o glyph) bool { return o.r == m.r }) {
		e.marks = append(e.marks, m)
	}
}

// shareOut says of the marks on ligatures which letter they stand on. A doubling stands on the first one: an alef, which
// ends nearly all of them, has none. Others stand on the half that they are drawn above, or, when they are drawn without
// care for that, where the page has them elsewhere: some write «ًا», others «اً».
func shareOut(lines []*line) {
	before := 0
	for _, l := range lines {
		for i, e := range l.ems {
			if e.also != nil || !slices.ContainsFunc(e.marks, func(m glyph) bool { return m.r == fathatan }) {
				continue
			}
			if e.r == 'ا' {
				before--
			} else if i > 0 && l.ems[i-1].r == 'ا' {
				before++
			}
		}
	}
	for _, l := range lines {
		for _, e := range l.ems {
			if e.also == nil {
				continue
			}
			doubled := slices.ContainsFunc(e.marks, func(m glyph) bool { return m.r == shadda })
			for i, m := range e.marks {
				careless := m.x == e.x && m.y == e.y
				e.marks[i].first = doubled || careless && before > 0 || !careless && m.left+m.right > e.left+e.right
			}
		}
	}
}
