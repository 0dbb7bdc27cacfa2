package pdf

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The distances that part paragraphs.
const (
	moreLead    = 1.3 // of the usual lead, between the lines of two
	indentLeast = 0.8 // ems
	indentMost  = 8   // ems; more is another column, or centred
	sameSize    = 0.12
	openEnd     = 0.25 // of the column: more room must be left at the end of a line that ends no sentence
)

// A paragraph is a run of lines as one line of text.
type paragraph struct {
	text string
	size float32 // of its first line
	page int
}

// paragraphs joins lines to paragraphs. The program that made the file is known to part words or not.
func paragraphs(lines []*line, parting bool) []paragraph {
	columns := columnsOf(lines)
	lead := usualLead(lines)
	hyphens := hyphensOf(lines, parting)
	var out []paragraph
	var b strings.Builder
	for i, l := range lines {
		if b.Len() == 0 {
			out = append(out, paragraph{size: l.size, page: l.page})
		}
		if i+1 < len(lines) && l.table != nil && l.table == lines[i+1].table {
			b.WriteString(l.text + "\n")
			continue
		}
		if i+1 < len(lines) && l.table == lines[i+1].table {
			next, address := lines[i+1], address(tail(b.String())+l.text)
			if sized(l, next) && goesOn(address, next.text) || !columns[i].parts(l, next, columns[i+1], lead) {
				b.WriteString(hyphens.joint(l, next, address))
				continue
			}
		}
		b.WriteString(l.text)
		out[len(out)-1].text = b.String()
		b.Reset()
	}
	return out
}

// tail returns the end of s, for what asks again and again how a long text ends.
func tail(s string) string {
	const most = 2000 // bytes: longer than any address that somebody prints
	return s[max(0, len(s)-most):]
}

// A column is a run of lines below each other: where most of them begin and end.
type column struct {
	left, right float32
	flushLeft   bool // lines begin at its left edge, or end there
	flushRight  bool
}

// columnsOf returns the column that each line stands in.
func columnsOf(lines []*line) []*column {
	out := make([]*column, 0, len(lines))
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && follows(lines[end-1], lines[end]) {
			end++
		}
		c := columnOf(lines[start:end])
		for range end - start {
			out = append(out, c)
		}
		start = end
	}
	return out
}

// follows tells whether next stands in the column of l, below it and in the same size.
func follows(l, next *line) bool {
	return l.page == next.page && sized(l, next) && next.base < l.base+sameBase*l.size &&
		next.left < l.right && l.left < next.right && l.table == next.table
}

func sized(a, b *line) bool { return abs(a.size-b.size) <= sameSize*max(a.size, b.size) }

func columnOf(lines []*line) *column {
	const most = 0.9 // of the lines; one may stand out
	lefts, rights := make([]float32, len(lines)), make([]float32, len(lines))
	for i, l := range lines {
		lefts[i], rights[i] = -l.left, l.right
	}
	c := &column{left: -quantile(lefts, most), right: quantile(rights, most)}
	left, right := 0, 0
	for _, l := range lines {
		left += btoi(abs(l.left-c.left) < 0.3*l.size)
		right += btoi(abs(l.right-c.right) < 0.3*l.size)
	}
	c.flushLeft, c.flushRight = left*2 >= len(lines), right*2 >= len(lines)
	return c
}

// quantile returns the value that a share of values does not exceed. It sorts them.
func quantile(values []float32, share float64) float32 {
	slices.Sort(values)
	return values[min(int(share*float64(len(values))), len(values)-1)]
}

// parts tells whether a paragraph ends between l and next, the line that follows it in column to.
func (c *column) parts(l, next *line, to *column, lead float32) bool {
	if !sized(l, next) {
		return true
	}
	if c == to && l.base-next.base > moreLead*lead*l.size {
		return true
	}
	if to.indent(next) && (c != to || !c.indent(l) || !c.full(l)) {
		return true
	}
	room := (c.right - c.left) - (l.right - l.left)
	if c.indent(l) {
		room -= indentLeast * l.size
	}
	need := next.first + wordGap*l.size
	if !endsSentence(l.text) {
		return room > need+openEnd*(c.right-c.left)
	}
	return room > need || c != to
}

// indent tells whether a line begins further in than its column.
func (c *column) indent(l *line) bool {
	in, flush := l.left-c.left, c.flushLeft
	if l.rtl {
		in, flush = c.right-l.right, c.flushRight
	}
	return flush && in > indentLeast*l.size && in < indentMost*l.size
}

// full tells whether a line goes on to the end of its column.
func (c *column) full(l *line) bool {
	if l.rtl {
		return l.left-c.left < l.size
	}
	return c.right-l.right < l.size
}

// usualLead returns the usual distance of two lines, in sizes of the font.
func usualLead(lines []*line) float32 {
	var leads []float32
	for i, l := range lines[:max(0, len(lines)-1)] {
		if next := lines[i+1]; follows(l, next) && next.base < l.base {
			leads = append(leads, (l.base-next.base)/l.size)
		}
	}
	if len(leads) == 0 {
		return 1.2
	}
	return quantile(leads, 0.5)
}

// endsSentence tells whether s ends as a sentence, a heading with a colon or a quote does.
func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "»”\"’')]"))
	return strings.ContainsRune(".!?؟:…۔", r)
}
