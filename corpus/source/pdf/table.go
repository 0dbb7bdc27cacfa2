package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// A table is what the rows of one have in common.
type table struct {
	cuts []float32 // where its columns are parted, from the left
	rtl  bool      // its first column is the rightmost
}

// A row is the lines at one level that follow each other: a line, its parts, or the cells of a row.
type row struct {
	lines []*line
	ems   []em // that have ink, from the left
	gaps  []span
	size  float32
}

// A span is a stretch from the left to the right.
type span struct{ from, to float32 }

func (s span) width() float32 { return s.to - s.from }

// The room between cells, in ems.
const (
	cellGap  = 0.22 // the least, also of what all rows have in common
	roomyGap = 1    // one row at least has so much there
	rowLead  = 3.5  // the most between two rows
)

// tables makes one line of each row of a table. Rows are told to be those of a table by the places that none of them
// draws at, by room between cells that is wider than that between their words, and by what the cells are: numbers, or
// few words.
func tables(lines []*line) []*line {
	rows := rowsOf(lines)
	out := make([]*line, 0, len(lines))
	for i := 0; i < len(rows); {
		n, t := tableAt(rows[i:])
		if n == 0 {
			out = append(out, rows[i].lines...)
			i++
			continue
		}
		for _, r := range rows[i : i+n] {
			l := r.lines[0]
			for _, o := range r.lines[1:] {
				l.join(o)
			}
			l.table = t
			out = append(out, l)
		}
		i += n
	}
	return out
}

// rowsOf parts lines into rows.
func rowsOf(lines []*line) []row {
	const most = 20 // cells
	var out []row
	for start := 0; start < len(lines); {
		r := row{lines: lines[start : start+1], size: lines[start].size}
		for end := start + 1; end < len(lines) && len(r.lines) < most && r.takes(lines[end]); end++ {
			r.lines = lines[start : end+1]
		}
		r.measure()
		out = append(out, r)
		start += len(r.lines)
	}
	return out
}

// takes tells whether l stands beside what the row has.
func (r *row) takes(l *line) bool {
	for _, o := range r.lines {
		if !o.level(l) || !sized(o, l) || o.left < l.right && l.left < o.right {
			return false
		}
	}
	return true
}

// measure finds the gaps between words.
func (r *row) measure() {
	for _, l := range r.lines {
		for _, e := range l.ems {
			if e.r > ' ' && !isBlank(e.r) {
				r.ems = append(r.ems, e)
			}
		}
	}
	slices.SortStableFunc(r.ems, func(a, b em) int { return cmp.Compare(a.left, b.left) })
	for i, e := range r.ems {
		if i == 0 {
			r.gaps = append(r.gaps, span{e.right, e.right})
		}
		edge := &r.gaps[len(r.gaps)-1]
		if e.left-edge.from > 0.15*r.size {
			edge.to = e.left
			r.gaps = append(r.gaps, span{e.right, e.right})
			continue
		}
		edge.from = max(edge.from, e.right)
		edge.to = edge.from
	}
	r.gaps = r.gaps[:max(0, len(r.gaps)-1)]
}

// tableAt returns how many of the first rows are those of a table, 0 when they are not.
func tableAt(rows []row) (int, *table) {
	const most = 200 // rows that are tried, from each one on
	common := widerThan(rows[0].gaps, cellGap*rows[0].size)
	n := 1
	for n < min(len(rows), most) && len(common) > 0 {
		above, r := rows[n-1], rows[n]
		lead := above.lines[0].base - r.lines[0].base
		if len(r.ems) == 0 || !sized(above.lines[0], r.lines[0]) || lead < sameBase*r.size || lead > rowLead*r.size {
			break
		}
		next := intersect(common, r.gaps, cellGap*r.size)
		if len(next) == 0 || !r.fits(next) {
			break
		}
		common, n = next, n+1
	}
	if n < 2 || !rows[0].fits(common) && !rows[0].heads(rows[1:n]) || !roomy(rows[:n], common) {
		return 0, nil
	}
	t := &table{}
	for _, s := range common {
		t.cuts = append(t.cuts, (s.from+s.to)/2)
	}
	if !t.holds(rows[:n], common) {
		return 0, nil
	}
	return n, t
}

// roomy tells whether there is much room at every cut in some row.
func roomy(rows []row, cuts []span) bool {
	for _, c := range cuts {
		if !slices.ContainsFunc(rows, func(r row) bool {
			return slices.ContainsFunc(r.gaps, func(g span) bool {
				return g.from <= c.from && g.to >= c.to && g.width() > roomyGap*r.size
			})
		}) {
			return false
		}
	}
	return true
}

func widerThan(gaps []span, least float32) []span {
	return slices.DeleteFunc(slices.Clone(gaps), func(s span) bool { return s.width() < least })
}

// intersect returns what two lists of spans, from the left, have in common that is at least so wide.
func intersect(a, b []span, least float32) []span {
	var out []span
	for i, j := 0, 0; i < len(a) && j < len(b); {
		s := span{max(a[i].from, b[j].from), min(a[i].to, b[j].to)}
		if s.width() >= least {
			out = append(out, s)
		}
		if a[i].to < b[j].to {
			i++
		} else {
			j++
		}
	}
	return out
}

// fits tells whether the row has more room at the cuts than between words.
func (r *row) fits(cuts []span) bool {
	const wider = 1.25
	least, within := float32(1e6), float32(0)
	k := 0
	for _, g := range r.gaps {
		for k < len(cuts) && cuts[k].to <= g.from {
			k++
		}
		if k < len(cuts) && cuts[k].from < g.to {
			least = min(least, g.width())
			continue
		}
		within = max(within, g.width())
	}
	return least > wider*within
}

// heads tells whether the row may be the head of those below it, whose words alone are what makes columns wide: it is
// not wider than they are.
func (r *row) heads(rows []row) bool {
	if len(rows) < 2 || len(r.ems) == 0 {
		return false
	}
	left, right := float32(1e6), float32(-1e6)
	for _, o := range rows {
		left, right = min(left, o.ems[0].left), max(right, o.ems[len(o.ems)-1].right)
	}
	return r.ems[0].left > left-2*r.size && r.ems[len(r.ems)-1].right < right+2*r.size
}

// holds tells whether the cells of rows are what tables have.
func (t *table) holds(rows []row, common []span) bool {
	const (
		numbered  = 0.7 // of the rows below the first, in a column of numbers
		mostWords = 7   // in a cell: more is text in columns
		meanWords = 2.5 // where no column has numbers
		between   = 0.8 // ems between cells, in the same case
		twoRows   = 1.5 // ems between cells when there are two rows alone
	)
	columns := len(t.cuts) + 1
	numbers, texts := make([]int, columns), make([]int, columns)
	words, cells, labels := 0, 0, 0
	narrowest := float32(1e6)
	for _, s := range common {
		narrowest = min(narrowest, s.width()/rows[0].size)
	}
	right, left := 0, 0
	for i, r := range rows {
		for c, ems := range t.split(r.ems) {
			k := kindOf(ems, r.size)
			if k.words > mostWords || k.comma {
				return false
			}
			words, cells = words+k.words, cells+btoi(k.words > 0)
			numbers[c] += btoi(i > 0 && k.digits > k.letters)
			texts[c] += btoi(k.letters > k.digits)
			labels += btoi(k.label)
			right, left = right+k.right, left+k.letters-k.right
		}
	}
	numeric := slices.ContainsFunc(numbers, func(n int) bool { return float32(n) >= numbered*float32(len(rows)-1) })
	first, last := texts[0] > numbers[0], texts[columns-1] > numbers[columns-1]
	t.rtl = right > left
	if first != last {
		t.rtl = last // the column of names is the first
	}
	switch {
	case columns == 2 && (labels > 0 || !first && !last || isList(rows, t) || justified(rows)):
		return false
	case len(rows) == 2:
		return numeric && narrowest > twoRows
	}
	return numeric || columns > 2 && narrowest > between && float32(words) < meanWords*float32(cells)
}

// justified tells whether all rows begin and end at the same places, as justified lines do.
func justified(rows []row) bool {
	first := rows[0].ems
	for _, r := range rows {
		if abs(r.ems[0].left-first[0].left) > 0.2*r.size || abs(r.ems[len(r.ems)-1].right-first[len(first)-1].right) > 0.2*r.size {
			return false
		}
	}
	return true
}

// split parts ems at the cuts.
func (t *table) split(ems []em) [][]em {
	out := make([][]em, len(t.cuts)+1)
	for _, e := range ems {
		c, _ := slices.BinarySearch(t.cuts, e.centre())
		out[c] = append(out[c], e)
	}
	return out
}

// A kind is what is counted of a cell.
type kind struct {
	words, letters, digits, right int
	label                         bool // it ends with a colon
	comma                         bool // it ends with a comma, as a line of text does
}

func kindOf(ems []em, size float32) (k kind) {
	for i, e := range ems {
		if i == 0 || e.left-ems[i-1].right > 0.15*size {
			k.words++
		}
		switch {
		case unicode.IsLetter(e.r):
			k.letters++
			k.right += btoi(isRTL(e.r))
		case unicode.IsDigit(e.r):
			k.digits++
		}
	}
	k.comma = len(ems) > 0 && (strings.ContainsRune(",،", ems[0].r) || strings.ContainsRune(",،", ems[len(ems)-1].r))
	k.label = len(ems) > 0 && (ems[0].r == ':' || ems[len(ems)-1].r == ':')
	return k
}

// isList tells whether one of two columns has but the numbers or bullets of a list.
func isList(rows []row, t *table) bool {
	marks := [2]int{}
	for _, r := range rows {
		for c, ems := range t.split(r.ems) {
			const most = 4 // characters of a mark, as «12.» and «(12)»
			mark := len(ems) > 0 && len(ems) <= most
			signs := 0
			for _, e := range ems {
				signs += btoi(!unicode.IsDigit(e.r) && !unicode.IsLetter(e.r))
			}
			marks[c] += btoi(mark && signs > 0)
		}
	}
	return marks[0] == len(rows) || marks[1] == len(rows)
}

// row returns the text of a row: its cells in the order in which they are read, parted by bars.
func (l *line) row(reversed bool) string {
	var cells []string
	for _, ems := range l.table.split(l.ems) {
		if len(ems) == 0 {
			continue
		}
		part := &line{left: ems[0].left, right: l.right, base: l.base, size: l.size, ems: ems, begins: true, ends: true}
		part.rtl = part.rightToLeft()
		if s := strings.TrimSpace(part.logical(part.cells(reversed), "", false)); s != "" {
			cells = append(cells, s)
		}
	}
	if l.table.rtl {
		slices.Reverse(cells)
	}
	return strings.Join(cells, " | ")
}
