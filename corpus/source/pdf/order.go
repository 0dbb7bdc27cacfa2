package pdf

import (
	"slices"
	"strings"
	"unicode"
)

// A cell is what stands in one place of a line: a letter with its marks, a ligature, a blank.
type cell struct {
	text  string
	class class
}

// A class is how a cell behaves among cells of the other direction, after the classes of Unicode's bidirectional
// algorithm (UAX #9).
type class byte

const (
	neutral   class = iota
	separator       // one that may stand in a number: UAX #9's CS
	right           // letters written from the right: R, AL
	left            // other letters: L
	digit           // EN
	indic           // Arabic-Indic digits: AN
)

func classOf(r rune) class {
	switch {
	case r >= '0' && r <= '9', r >= '۰' && r <= '۹':
		return digit
	case r >= '٠' && r <= '٩', r == '٫', r == '٬':
		return indic
	case isRTL(r):
		return right
	case unicode.IsLetter(r):
		return left
	case strings.ContainsRune(".,:/،", r):
		return separator
	}
	return neutral
}

// isRTL tells whether r is a letter of a script written from the right.
func isRTL(r rune) bool {
	return r >= 0x590 && unicode.IsLetter(r) && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac)
}

// logical returns the text of the line's cells, which stand in this order from the left. The text before it is that of
// the lines of its paragraph that were read. Lines from the left may be laid out each alone.
func (l *line) logical(cells []cell, before string, alone bool) string {
	if l.rtl && !isAddressed(cells) && !quotes(cells, before) {
		return logical(cells, true)
	}
	return mixed(cells, l.begins || alone, l.ends || alone)
}

// isAddressed tells whether cells are a part of an address that goes on in the next line: a sign of addresses stands at
// the right end, where only what is read from the left has it.
func isAddressed(cells []cell) bool {
	const signs = "-_=&#/"
	n := len(cells)
	return n > 0 && strings.Contains(signs, cells[n-1].text) && afterLatin(cells) &&
		!slices.ContainsFunc(cells, func(c cell) bool { return c.class == right || c.text == " " })
}

// quotes tells whether a line without letters written from the right begins with the quote or bracket that it has at its
// left end, of a quotation that began there and goes on in the next line. Otherwise it ends with it.
func quotes(cells []cell, before string) bool {
	if len(cells) == 0 || slices.ContainsFunc(cells, func(c cell) bool { return c.class == right }) {
		return false
	}
	kind := bracket(cells[0].text)
	if cells[0].text == `"` {
		kind = `"`
	}
	partner := slices.ContainsFunc(cells[1:], func(c cell) bool { return strings.Contains(kind, c.text) })
	open := strings.Count(before, kind[:len(kind)/2]) - strings.Count(before, kind[len(kind)/2:])
	if kind == `"` {
		open = strings.Count(before, kind) % 2
	}
	return kind != "" && !partner && open <= 0
}

// logical returns the text of cells that stand in this order from the left: the order in which they are read. It undoes
// what UAX #9 does to show a line whose paragraph runs from the right (rtl) or from the left. What a line looks like does
// not always tell what it was made from: between number and Latin word the reading is taken that plain text, without
// marks of direction, gives.
func logical(cells []cell, rtl bool) string {
	if !rtl {
		return mixed(cells, true, true)
	}
	out := turned(cells)
	face(out)
	return textOf(out)
}

// turned returns cells in the order in which they are read from the right.
func turned(cells []cell) []cell {
	out := make([]cell, 0, len(cells))
	for end := len(cells); end > 0; {
		start := leftSpan(cells, end)
		out = append(out, cells[start:end]...)
		end = start
	}
	return out
}

func textOf(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}

// leftSpan returns where that begins which ends at end and is read from the left: Latin words, a number, or one cell of
// anything else.
func leftSpan(cells []cell, end int) int {
	last := end - 1
	start := last
	if last > 0 && isUnit(cells[last].text) && cells[last-1].class.ltr() {
		start-- // its line was set by itself: the number then draws its sign to it
	} else if !cells[last].class.ltr() {
		start = inside(cells, end)
		if start == last {
			return last
		}
	}
	for i := start - 1; i >= 0 && cells[i].class != right; i-- {
		if !cells[i].class.ltr() {
			continue
		}
		if !connected(cells, i, start) {
			break
		}
		start = i
	}
	return start
}

// inside returns the place of the letter or digit that signs which end at end touch, when they can only belong to what
// is read from the left, as in «J.P.» before a Latin name on the next line: no sign stands behind a blank. Otherwise it
// returns that of the last cell.
func inside(cells []cell, end int) int {
	if end < len(cells) && cells[end].text != " " && bracket(cells[end].text) == "" {
		return end - 1
	}
	for i := end - 1; i >= 0; i-- {
		if cells[i].class.ltr() {
			return i
		}
		if !strings.Contains(inner, cells[i].text) {
			break
		}
	}
	return end - 1
}

const inner = ".,:;!?/،"

// isUnit tells whether s is a sign that belongs to the number before it.
func isUnit(s string) bool { return s == "%" || s == "٪" || s == "°" || s == "‰" }

func (c class) ltr() bool { return c == left || c == digit || c == indic }

// connected tells whether the cells at i and at next, with nothing but neutral ones between them, are read on from the
// left.
func connected(cells []cell, i, next int) bool {
	between := cells[i+1 : next]
	if len(between) == 0 {
		return true
	}
	a, b := cells[i].class, cells[next].class
	if a != left && b != left { // two numbers, or the parts of one
		return len(between) == 1 && (between[0].class == separator || isDash(between[0].text) && years(cells, i, next)) ||
			a == digit && b == digit && afterLatin(cells[:i])
	}
	return b == left && a == left || b == digit && a == left || b == left && a == digit && afterLatin(cells[:i])
}

// years tells whether the numbers that end at i and begin at next are two years, the earlier one first. «2022-2024» is
// shown as 2024-2022 within a line of Arabic, but as it is at the beginning of one that was set by itself.
func years(cells []cell, i, next int) bool {
	const n = 4
	if i < n-1 || next+n > len(cells) || i >= n && cells[i-n].class.ltr() || next+n < len(cells) && cells[next+n].class.ltr() {
		return false
	}
	var a, b string
	for k := range n {
		if !cells[i-k].class.ltr() || !cells[next+k].class.ltr() {
			return false
		}
		a, b = cells[i-k].text+a, b+cells[next+k].text
	}
	return (a[0] == '1' || a[0] == '2') && (b[0] == '1' || b[0] == '2') && a < b
}

func isDash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "‐" }

// afterLatin tells whether the last letter of cells is Latin: a number after it is read as its part.
func afterLatin(cells []cell) bool {
	const far = 40 // cells; a number farther off is hardly a part of it
	for i := len(cells) - 1; i >= max(0, len(cells)-far); i-- {
		if c := cells[i].class; c == left || c == right {
			return c == left
		}
	}
	return false
}

// cells returns what stands in the line, from the left, with blanks between words.
func (l *line) cells(reversed bool) []cell {
	l.sortEms()
	gap := l.wordGap()
	out := make([]cell, 0, len(l.ems)+len(l.ems)/4)
	edge, stretched, blank, drawn, vague := l.left, l.left, false, false, false
	for i, e := range l.ems {
		if isBlank(e.r) {
			// One without a pen of its own is none where a letter has it.
			own := l.apart(i)
			blank, drawn = blank || own || e.right-e.left < 0.05, drawn || own
			continue
		}
		t := e.text(reversed)
		if l.stray(i) {
			t = ""
		}
		if t == "" && e.r == kashida {
			stretched = max(stretched, e.right)
			continue
		}
		if t == "" {
			edge, drawn = max(edge, e.right), false // the blank beside it is its own
			continue
		}
		if len(out) > 0 && (e.left-max(edge, stretched) > gap && !vague && !e.vague || drawn || blank && e.left > edge) {
			out = append(out, cell{" ", neutral})
		}
		out = append(out, cell{t, classOf(e.r)})
		edge, blank, drawn, vague = max(edge, e.right), false, false, e.vague
	}
	return out
}

// apart tells whether the i-th em, a blank, has a width and a pen of its own: then it counts even where the ink of letters
// reaches into it. One that ends a line may have the pen of the last letter.
func (l *line) apart(i int) bool {
	b := l.ems[i]
	const least = 0.05 // points
	if b.right-b.left < least {
		return false
	}
	return (i == 0 || abs(l.ems[i-1].x-b.x) > least) && (i+1 == len(l.ems) || abs(l.ems[i+1].x-b.x) > least)
}

// stray tells whether the i-th em is a sign without a meaning that is not a part of a word, such as a bullet.
func (l *line) stray(i int) bool {
	if l.ems[i].r != unicode.ReplacementChar || l.ems[i].also != nil {
		return false
	}
	here := l.ems[i]
	inWord := func(i int) bool {
		if i < 0 || i >= len(l.ems) || max(l.ems[i].left-here.right, here.left-l.ems[i].right) > wordGap*l.size {
			return false
		}
		return unicode.IsLetter(l.ems[i].r) || l.ems[i].r == unicode.ReplacementChar
	}
	return !inWord(i-1) && !inWord(i+1)
}

func isBlank(r rune) bool { return r == lateBlank || r == '\t' || unicode.Is(unicode.Zs, r) }

// text returns what the em says.
func (e em) text(reversed bool) string {
	t := e.glyph.text(reversed)
	if len(e.marks) == 0 {
		return t
	}
	slices.SortStableFunc(e.marks, func(a, b glyph) int { // as they are typed
		return btoi(a.r != shadda) - btoi(b.r != shadda)
	})
	runes := []rune(t)
	var inner, outer []rune
	for _, m := range e.marks {
		for _, r := range m.text(reversed) {
			if m.first && len(runes) == 2 {
				inner = append(inner, r)
			} else {
				outer = append(outer, r)
			}
		}
	}
	if len(inner) > 0 {
		return string(runes[:1]) + string(inner) + string(runes[1:]) + string(outer)
	}
	return t + string(outer)
}

const (
	shadda   = 'ّ'
	fathatan = 'ً'
)

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isAlef(r rune) bool { return strings.ContainsRune("اأإآٱ", r) }

// turnedLigatures counts the ligatures that came in their order and those that came reversed, of those that tell.
func turnedLigatures(lines []*line) (inOrder, reversed int) {
	for _, l := range lines {
		for _, e := range l.ems {
			if e.also == nil || e.sorted {
				continue
			}
			first, last := e.also[0], e.also[len(e.also)-1]
			switch {
			case isMark(first) && isMark(last):
			case isMark(last), endsWord(last), first == 'ل' && (isAlef(last) || last == 'ه'), isAlef(first) && last == 'ه':
				inOrder++
			case isMark(first), endsWord(first), last == 'ل' && (isAlef(first) || first == 'ه'), isAlef(last) && first == 'ه':
				reversed++
			}
		}
	}
	return inOrder, reversed
}

// endsWord tells whether r is a letter that stands at the end of words alone.
func endsWord(r rune) bool { return r == 'ة' || r == 'ى' }
