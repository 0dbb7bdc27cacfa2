package pdf

import "slices"

const (
	// stretchedGap is the widest gap between two words of one line, in ems: narrow columns are stretched.
	stretchedGap = 5
	// gutterRows is in how many rows the same gap must be for a gutter between columns.
	gutterRows = 3
	// gutterWidth is how wide, in ems, what these gaps have in common must be.
	gutterWidth = 0.7
)

// A gap lies between two parts of lines at one level, the i-th and the one after it.
type gap struct {
	i           int
	left, right float32
}

// columns joins the parts of stretched lines, and puts columns that the file writes row by row one after the other. The
// parts of one row come one after the other; between columns their gaps are all at one place.
func columns(lines []*line) []*line {
	gaps := gapsOf(lines)
	if len(gaps) == 0 {
		return lines
	}
	var out []*line
	next := 0
	for len(gaps) > 0 {
		g := gaps[0]
		n := gutter(gaps, lines[g.i].size)
		switch {
		case n >= gutterRows:
			out = append(append(out, lines[next:g.i]...), sideBySide(lines, gaps[:n])...)
			next = gaps[n-1].i + 2
			gaps = gaps[n:]
			continue
		case next <= g.i && g.right-g.left < stretchedGap*lines[g.i].size && stretched(lines[g.i], lines[g.i+1]):
			out = append(out, lines[next:g.i]...)
			lines[g.i+1].join(lines[g.i])
			next = g.i + 1
		}
		gaps = gaps[1:]
	}
	return append(out, lines[next:]...)
}

// stretched tells whether PDFium sees two parts as words of one line.
func stretched(a, b *line) bool {
	return len(b.ems) > 0 && (b.ems[0].spaced || a.ems[0].spaced)
}

// gapsOf returns the gaps between parts at one level that follow each other.
func gapsOf(lines []*line) []gap {
	var out []gap
	for i := range max(0, len(lines)-1) {
		a, b := lines[i], lines[i+1]
		if !a.level(b) || !sized(a, b) {
			continue
		}
		g := gap{i, min(a.right, b.right), max(a.left, b.left)}
		if g.left < g.right {
			out = append(out, g)
		}
	}
	return out
}

// gutter returns how many of the first gaps are in rows that follow each other, with one place in common.
func gutter(gaps []gap, size float32) int {
	common := gaps[0]
	for n := 1; ; n++ {
		if n == len(gaps) || gaps[n].i != gaps[n-1].i+2 {
			return n
		}
		common.left, common.right = max(common.left, gaps[n].left), min(common.right, gaps[n].right)
		if common.right-common.left < gutterWidth*size {
			return n
		}
	}
}

// sideBySide returns the parts of rows column by column.
func sideBySide(lines []*line, rows []gap) []*line {
	var first, second []*line
	for _, g := range rows {
		first, second = append(first, lines[g.i]), append(second, lines[g.i+1])
	}
	if first[0].rightToLeft() == (first[0].left < second[0].left) {
		first, second = second, first // the one that is read first
	}
	return slices.Concat(first, second)
}

// rightToLeft tells whether most of the line's letters are written from the right.
func (l *line) rightToLeft() bool {
	r, f := l.letters()
	return r > f
}

// settle moves lines up that come after what stands below them: titles and heads are often written last, and PDFium does
// not know where lines of turned text end. What stands beside a line stays before it or after it.
func settle(lines []*line) []*line {
	const back = 100 // lines: enough for a page, and few enough for one that is made to be slow
	for i, l := range lines {
		to := i
		for j := i - 1; j >= max(0, i-back); j-- {
			if !lines[j].below(l) {
				if lines[j].over(l) {
					break
				}
				continue
			}
			to = j
		}
		copy(lines[to+1:i+1], lines[to:i])
		lines[to] = l
	}
	return lines
}

// below tells whether l stands below o, in its column.
func (l *line) below(o *line) bool { return l.over(o) && l.base < o.base-sameBase*max(l.size, o.size) }

// over tells whether one of the lines is over the other.
func (l *line) over(o *line) bool {
	common := min(l.right, o.right) - max(l.left, o.left)
	return common > 0 && 2*common > min(l.right-l.left, o.right-o.left)
}
