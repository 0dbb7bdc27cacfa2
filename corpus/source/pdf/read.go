package pdf

import "strings"

// read makes the text of a page's lines.
func (e *evidence) read(lines []*line) {
	inOrder, reversed := turnedLigatures(lines)
	e.direct(lines)
	before := "" // of the paragraph
	for i, l := range lines {
		if l.begins {
			before = ""
		}
		l.ends = i+1 == len(lines) || lines[i+1].begins || l.signEnds(true)
		cells := l.cells(inOrder <= reversed)
		l.first = l.firstWord()
		l.text = strings.TrimSpace(l.logical(cells, before, e.alone()))
		if !l.rtl && (!l.begins || !l.ends) && e.alone() {
			e.undecided += btoi(unsure(cells))
		}
		if l.table != nil {
			l.text = l.row(inOrder <= reversed)
		}
		before = tail(before + l.text)
		l.hyphen = strings.HasSuffix(l.text, "-") || strings.HasSuffix(l.text, "‐")
		l.soft = l.hyphen && l.softHyphen()
	}
	for _, l := range lines {
		l.ems = nil
	}
}

// letters counts the letters of the line, by where they are written from.
func (l *line) letters() (fromRight, fromLeft int) {
	for _, e := range l.ems {
		switch classOf(e.r) {
		case right:
			fromRight++
		case left:
			fromLeft++
		}
	}
	return fromRight, fromLeft
}

// softHyphen tells whether a line read from the left ends with a hyphen that no keyboard writes: it parts a word.
func (l *line) softHyphen() bool {
	if l.rtl || len(l.ems) == 0 {
		return false
	}
	r := l.ems[len(l.ems)-1].r
	return r == 0xad || r == '‐'
}
