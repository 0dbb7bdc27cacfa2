package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters returns what a character of a page is in plain text. The presentation forms of Arabic (U+FB50 to U+FDFF,
// U+FE70 to U+FEFC), which say how a letter is drawn, become the letters: «ﻻ» «لا», «ﷲ» «الله». What is a sign of its
// own there stays: «ﷺ», «﷼», «﷽», and the brackets of verses. So do Latin ligatures become letters (ﬁ). A kashida, which
// stretches a word to fill its line, is left out, and so are controls and marks of direction. Signs of symbol fonts are
// bullets. The rest stays as it is.
func letters(r rune) string {
	switch {
	case r == softHyphen, r == 0xad:
		return "-"
	case r >= 0xf020 && r <= 0xf0ff: // where symbol fonts have their signs, of which text has bullets
		return "•"
	case r == kashida, r == 0xfffe, r == 0xfeff, unicode.IsControl(r):
		return ""
	case r == 0xfdfa, r == 0xfdfb, r == 0xfdfc, r == 0xfdfd, r == 0xfd3e, r == 0xfd3f:
		return string(r)
	case r >= 0xfb00 && r <= 0xfb06, r >= 0xfb50 && r <= 0xfdff, r >= 0xfe70 && r <= 0xfefc:
		// The isolated forms of marks stand on a blank, of which there is none.
		return strings.Trim(norm.NFKC.String(string(r)), " ")
	case unicode.Is(unicode.Cf, r) && r != 0x200c:
		return "" // but for the non-joiner, which is a part of Persian words
	}
	return string(r)
}

// kashida stretches a word.
const kashida = 0x640

// brackets are those that look like each other's mirror image, in pairs.
var brackets = []string{"()", "[]", "{}", "«»", "‹›"}

// face turns the brackets of a line that is read from the right to where they belong: an opening one has a blank before
// it and none behind it. Whether «(» was written as the sign that it is or as the one that it looks like from the left
// is up to the program, and PDFium turns some of them again.
func face(cells []cell) {
	open := map[string]int{}
	for i, c := range cells {
		kind := bracket(c.text)
		if kind == "" {
			continue
		}
		before, after := free(cells, i, -1), free(cells, i, 1)
		opening := before && !after
		if before == after {
			opening = open[kind] == 0
		}
		half := len(kind) / 2
		if opening {
			open[kind]++
			cells[i].text = kind[:half]
			continue
		}
		open[kind] = max(0, open[kind]-1)
		cells[i].text = kind[half:]
	}
}

// free tells whether there is no word on the side of cell i that step leads to: a blank, the end, or what closes a
// sentence.
func free(cells []cell, i, step int) bool {
	const far = 8 // brackets in a row
	for n := i + far*step; i != n; {
		if i += step; i < 0 || i >= len(cells) {
			return true
		}
		switch t := cells[i].text; {
		case bracket(t) != "":
			continue
		case step > 0 && strings.Contains(".,:;!?،؛؟", t):
			return true
		default:
			return t == " "
		}
	}
	return false
}

// bracket returns the pair that s is one of; "" when it is no bracket.
func bracket(s string) string {
	for _, kind := range brackets {
		if s != "" && strings.Contains(kind, s) {
			return kind
		}
	}
	return ""
}
