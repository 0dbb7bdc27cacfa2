package pdf

import (
	"cmp"
	"slices"
)

// A line is a line of a page, or of one column of it.
type line struct {
	page                    int
	left, right, base, size float32
	ems                     []em    // how it is drawn; gone when text is made
	table                   *table  // it is a row of
	height                  float32 // of its baseline on the page: from 0, its bottom, to 1
	text                    string  // in logical order
	first                   float32 // the width of its first word
	rtl                     bool    // its paragraph runs from the right
	begins, ends            bool    // it is the first line of a paragraph, or the last, as far as its place tells
	hyphen                  bool    // its last character is a hyphen that may part a word
	soft                    bool    // it is one that parts words alone
}

// An em is a letter with the marks that stand on it, or a ligature.
type em struct {
	glyph
	marks []glyph // those that are glyphs of their own
	vague bool    // its place is that of its mark: how wide the letter is is not known
}

func (e em) centre() float32 { return (e.left + e.right) / 2 }

// The distances within a line, in ems of the font.
const (
	sameBase  = 0.42 // raised and lowered figures stand in the line that they belong to
	columnGap = 1.5  // parts columns, cells, and the two ends of a header
	nearbyGap = 1.2  // joins to a line that was left and is come back to
	lookBack  = 6    // lines that may be come back to: marks and Latin words are often drawn after the rest
)

// usualLine is how many letters a line has room for at first.
const usualLine = 64

// lines puts the glyphs of a page into lines, in the order of the file, which is nearly always that of reading. Glyphs
// are told to be of one line by where they stand: PDFium's own lines break at marks and where the font changes.
func lines(page int, glyphs []glyph) []*line {
	var out []*line
	var marks, blanks []glyph
	size := float32(0)
	glyphs, off := raised(once(glyphs))
	for n, g := range glyphs {
		g.n = n
		if g.size > 0 {
			size = g.size
		}
		g.size = max(size, 1)
		if isMark(g.r) {
			g.before = n
			for g.before > 0 && n-g.before <= mostMarks && isMark(glyphs[g.before].r) {
				g.before--
			}
			for g.after = n; g.after < len(glyphs)-1 && g.after-n <= mostMarks && isMark(glyphs[g.after].r); {
				g.after++
			}
			marks = append(marks, g)
			continue
		}
		if g.r == lateBlank {
			blanks = append(blanks, g)
			continue
		}
		l := place(out, g)
		if l == nil {
			if isBlank(g.r) {
				blanks = append(blanks, g) // its line comes later
			}
			if g.r <= ' ' || isBlank(g.r) {
				continue
			}
			l = &line{page: page, left: g.left, right: g.right, base: g.y, size: g.size, ems: make([]em, 0, usualLine)}
			out = append(out, l)
		}
		if l.size < g.size && g.r > ' ' {
			l.size, l.base = g.size, g.y
		}
		l.left, l.right = min(l.left, g.left), max(l.right, g.right)
		l.ems = append(l.ems, em{glyph: g})
	}
	out = settle(columns(tables(late(out))))
	for _, l := range out {
		l.sortEms()
	}
	attach(out, marks)
	shareOut(out)
	insertRaised(out, off)
	insertBlanks(out, blanks)
	return out
}

// merge joins the parts of lines: what is drawn in two directions comes in parts, and not in their order.
func merge(lines []*line) []*line {
	var out []*line
	for _, l := range lines {
		for i := len(out) - 1; i >= max(0, len(out)-lookBack) && out[i].level(l); i-- {
			if o := out[i]; o.touches(l) {
				l.join(o)
				out = slices.Delete(out, i, i+1)
				i = len(out) // what did not touch before may now
			}
		}
		out = append(out, l)
	}
	return out
}

// touches tells whether two lines at one level are parts of one.
func (l *line) touches(o *line) bool {
	return max(l.left-o.right, o.left-l.right) < nearbyGap*max(l.size, o.size)
}

// level tells whether two lines have one baseline.
func (l *line) level(o *line) bool { return abs(l.base-o.base) < sameBase*max(l.size, o.size) }

// join adds what stands in o, which came earlier.
func (l *line) join(o *line) {
	if o.size > l.size {
		l.base, l.size = o.base, o.size
	}
	l.left, l.right = min(l.left, o.left), max(l.right, o.right)
	l.ems = append(o.ems, l.ems...)
}

// place returns the line that g belongs to, nil when it begins one. That is the last one, or one that it fits into: in
// columns, what stands side by side is far apart in the file.
func place(lines []*line, g glyph) *line {
	same := true // all lines looked at have this baseline
	for back := 1; back <= min(lookBack, len(lines)); back++ {
		l := lines[len(lines)-back]
		size := max(l.size, g.size)
		if abs(g.y-l.base) >= sameBase*size {
			same = false
			continue
		}
		reach := float32(columnGap)
		if back > 1 {
			reach = nearbyGap
		}
		away := max(g.left-l.right, l.left-g.right)
		if same && away < reach*size || g.left > l.left && g.right < l.right {
			return l
		}
	}
	return nil
}

// sortEms puts the ems of a line in the order in which they stand, from the left: that of their pens. Their ink may lie
// over that of their neighbours.
func (l *line) sortEms() {
	order := func(a, b em) int {
		if d := cmp.Compare(hundredths(a.x), hundredths(b.x)); d != 0 {
			return d
		}
		return cmp.Compare(a.centre(), b.centre())
	}
	if !slices.IsSortedFunc(l.ems, order) {
		slices.SortStableFunc(l.ems, order)
	}
}

func abs(f float32) float32 { return max(f, -f) }

// firstWord returns how wide the first word of the line is, as it is read.
func (l *line) firstWord() float32 {
	l.sortEms()
	n := len(l.ems)
	right := l.rtl || l.rightToLeft() // where it stands
	until := func(e em) float32 {
		if right {
			return l.right - e.right
		}
		return e.left - l.left
	}
	for i := range l.ems {
		if right {
			i = n - 1 - i
		}
		e := l.ems[i]
		// The next word begins at a blank, drawn or not.
		if isBlank(e.r) {
			return until(e)
		}
		if j := i + 1; !right && j < n && l.ems[j].left-e.right > wordGap*l.size {
			return until(l.ems[j])
		}
		if j := i - 1; right && j >= 0 && e.left-l.ems[j].right > wordGap*l.size {
			return until(l.ems[j])
		}
	}
	return l.right - l.left
}
