package pdf

import (
	"slices"
	"strings"
)

// mixed returns the text of cells that stand in this order from the left, in a line of a paragraph that runs from the
// left. Signs and numbers at its ends, next to letters written from the right, are read before these or behind them: that
// depends on whether the line begins or ends the paragraph.
func mixed(cells []cell, begins, ends bool) string {
	out := make([]cell, 0, len(cells))
	done := 0
	for i := 0; i < len(cells); i++ {
		if cells[i].class != right {
			continue
		}
		from, to := i, rightSpan(cells, i)
		if !slices.ContainsFunc(cells[:from], cell.isLeft) {
			from = leftEnd(cells, from, begins)
		}
		if !slices.ContainsFunc(cells[to:], cell.isLeft) {
			to = rightEnd(cells, to, ends)
		} else if to+1 < len(cells) && bracket(cells[to].text) != "" && bracket(cells[to].text) == bracket(cells[to+1].text) {
			to++ // it opens before the first of these letters, and the one after it closes behind the last
		}
		out = append(append(out, cells[done:from]...), turned(cells[from:to])...)
		done, i = to, to-1
	}
	out = append(out, cells[done:]...)
	if done > 0 {
		face(out)
	}
	return textOf(out)
}

func (c cell) isLeft() bool { return c.class == left }

// leftEnd returns where the letters written from the right, which begin at from, begin with what is read behind them at
// the left end of the line. What begins a paragraph is shown at its left end as well: a bullet, the number of a list, an
// opening bracket.
func leftEnd(cells []cell, from int, begins bool) int {
	head := cells[:from]
	switch {
	case !begins || from == 0:
		return 0
	case strings.Contains(signs, cells[0].text), strings.Contains(signs, cells[from-1].text):
		return 0
	case bracket(cells[0].text) != "":
		kind := bracket(cells[0].text)
		i := slices.IndexFunc(cells[1:], func(c cell) bool { return bracket(c.text) == kind })
		if i < 0 || cells[i].text == " " { // the one after it closes, so that this one opens
			return from
		}
		return 0
	case slices.ContainsFunc(head, func(c cell) bool { return c.class.ltr() }) && !numbered(head):
		return 0
	}
	return from
}

// numbered tells whether cells are the number of a list, as «1. » and «2) ».
func numbered(cells []cell) bool {
	n := 0
	for n < len(cells) && cells[n].class.ltr() {
		n++
	}
	const most = 3 // digits
	return n > 0 && n <= most && n+1 < len(cells) && strings.Contains(".)-–", cells[n].text) && cells[n+1].text == " "
}

// rightEnd returns where the letters written from the right, which end at to, end with what is read before them at the
// right end of the line: a number, an opening bracket. What ends a paragraph stands there as well.
func rightEnd(cells []cell, to int, ends bool) int {
	if !ends {
		return len(cells)
	}
	for i := len(cells) - 1; i >= to; i-- {
		if cells[i].class.ltr() {
			to = i + 1
			break
		}
	}
	if to < len(cells) {
		kind := bracket(cells[to].text)
		if kind != "" && slices.ContainsFunc(cells[to+1:], func(c cell) bool { return bracket(c.text) == kind }) {
			to++
		}
	}
	return to
}

// rightSpan returns the end of what begins at i and is read from the right.
func rightSpan(cells []cell, i int) int {
	end := i + 1
	for j := end; j < len(cells) && cells[j].class != left; j++ {
		if cells[j].class == right {
			end = j + 1
		}
	}
	return end
}

// unsure tells whether a line that was laid out by itself from the left may be read in two ways: a number at its left end
// is read before the letters next to it or behind them.
func unsure(cells []cell) bool {
	i := slices.IndexFunc(cells, func(c cell) bool { return c.class == right || c.class == left })
	return i > 0 && cells[i].class == right && !numbered(cells[:i]) &&
		slices.ContainsFunc(cells[:i], func(c cell) bool { return c.class.ltr() })
}
