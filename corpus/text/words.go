package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxWordRunes is the length of the longest Norm.
	maxWordRunes = 64
	// maxWordBytes is as much of a word as is looked at to make its Norm:
	// enough for 64 letters with every mark they can carry in real text.
	maxWordBytes = 2048
)

// Word is a word of a text.
type Word struct {
	// Span is the place of the word in the original text.
	Span
	// Norm is the normalised form: never empty, without white space, at most 64
	// runes. Acronyms have lost their dots ("U.S." is "us") and numbers their
	// group separators ("1,000" is "1000", "٣٫٥" is "3.5").
	Norm string
}

// Words returns the words of s in order, without overlap. A word is a run of
// letters, digits and marks. Apostrophes between letters, decimal points and
// group separators between digits, the dots of acronyms, and invisible format
// characters do not split it; a hyphen does, and so does a change between
// Arabic letters and Latin letters or digits ("و2002" is two words, "COVID19"
// one). Symbols, currency signs and emoji are not words.
func Words(s string) []Word {
	words := make([]Word, 0, len(s)/6+1)
	for sc := (scanner{s: s}); sc.next(); {
		if norm := sc.norm(); norm != "" {
			words = append(words, Word{Span{sc.start, sc.end}, norm})
		}
	}
	return words
}

// scanner walks over the words of a text.
type scanner struct {
	s          string
	pos        int   // where the search for the next word begins
	start, end int   // the current word
	kind       class // class of the letter or digit that decides how the word is analysed
	last       class // class of the last letter or digit
	run        int   // letters since the start or the last dot, for acronyms
	dotted     bool  // the word is an acronym written with dots
}

// word returns the current word as written.
func (sc *scanner) word() string { return sc.s[sc.start:sc.end] }

// next moves to the next word and reports whether there is one.
func (sc *scanner) next() bool {
	for sc.pos < len(sc.s) {
		r, size := sc.rune(sc.pos)
		c := classOf(r)
		if !c.startsWord() {
			sc.pos += size
			continue
		}
		sc.start, sc.pos, sc.end = sc.pos, sc.pos+size, sc.pos+size
		sc.kind, sc.last, sc.run, sc.dotted = c, c, 1, false
		if c != classHonorific {
			sc.extend()
		}
		return true
	}
	return false
}

// rune decodes the rune at i.
func (sc *scanner) rune(i int) (rune, int) {
	if i < len(sc.s) && sc.s[i] < utf8.RuneSelf {
		return rune(sc.s[i]), 1
	}
	return utf8.DecodeRuneInString(sc.s[i:])
}

// extend moves pos and end past the rest of the word.
func (sc *scanner) extend() {
	for sc.pos < len(sc.s) {
		r, size := sc.rune(sc.pos)
		c := classOf(r)
		switch {
		case c == classMark:
			sc.end = sc.pos + size
		case c == classFormat:
			// Belongs to the word only when more of the word follows.
		case c.isLetter() || c == classDigit:
			if !sc.joins(c) {
				return
			}
			sc.end = sc.pos + size
		case !sc.inner(c, sc.pos+size):
			return
		}
		sc.pos += size
	}
}

// joins reports whether a letter or digit of class c continues the word, and
// remembers it when it does.
func (sc *scanner) joins(c class) bool {
	if (c == classArabic) != (sc.last == classArabic) {
		return false
	}
	if sc.kind == classDigit {
		sc.kind = c // "21st" is analysed as a Latin word
	}
	sc.last = c
	sc.run++
	return true
}

// inner reports whether punctuation of class c, with the text going on at i,
// stands inside the word.
func (sc *scanner) inner(c class, i int) bool {
	switch c {
	case classApostrophe:
		next := sc.classAt(i)
		return (sc.last == classLatin || sc.last == classLetter) && (next == classLatin || next == classLetter)
	case classDot:
		return sc.bothDigits(i) || sc.acronym(i)
	case classDecimal:
		return sc.bothDigits(i)
	case classComma:
		return sc.bothDigits(i) && digitsAt(sc.s, i) <= 3
	}
	return false
}

// classAt returns the class of the rune at i, classNone at the end.
func (sc *scanner) classAt(i int) class {
	if i >= len(sc.s) {
		return classNone
	}
	r, _ := sc.rune(i)
	return classOf(r)
}

// bothDigits reports whether a separator stands between two digits.
func (sc *scanner) bothDigits(i int) bool {
	return sc.last == classDigit && sc.classAt(i) == classDigit
}

// acronym reports whether a dot stands between two single letters, as in U.S.
// and أ.ف.ب, and starts the next letter when it does.
func (sc *scanner) acronym(i int) bool {
	if sc.run != 1 || !sc.last.isLetter() || sc.classAt(i) != sc.last {
		return false
	}
	_, size := sc.rune(i)
	after := sc.classAt(i + size)
	if after.startsWord() || after == classMark || after == classApostrophe {
		return false
	}
	sc.run, sc.dotted = 0, true
	return true
}

// digitsAt counts the digits from i on, up to four.
func digitsAt(s string, i int) int {
	n := 0
	for _, r := range s[i:] {
		if n == 4 || classOf(r) != classDigit {
			break
		}
		n++
	}
	return n
}

// norm returns the normalised form of the current word, "" when nothing of it
// is left.
func (sc *scanner) norm() string {
	folded := Normalize(clipBytes(sc.word(), maxWordBytes))
	if sc.dotted {
		folded = strings.ReplaceAll(folded, ".", "")
	}
	if sc.kind == classDigit {
		folded = canonicalNumber(folded)
	}
	if !isASCII(folded) || strings.Contains(folded, " ") {
		folded = strings.Map(foldInWord, folded)
	}
	return clipRunes(folded, maxWordRunes)
}

// foldInWord unifies apostrophes, and drops the spaces that NFKC puts into some
// ligatures.
func foldInWord(r rune) rune {
	if r == '’' || r == '＇' {
		return '\''
	}
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}

// isASCII reports whether s holds nothing but ASCII.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// clipBytes cuts s to at most n bytes, on a rune edge.
func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clipRunes cuts s to at most n runes.
func clipRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// canonicalNumber writes a normalised number with '.' as its decimal point and
// no group separators. A single comma before one or two digits is a decimal
// comma, as the North African press writes it; two dots or more before groups
// of three are separators; other dotted forms, dates and versions, stay.
func canonicalNumber(s string) string {
	s = strings.ReplaceAll(s, "٬", ",")
	s = strings.ReplaceAll(s, "٫", ".")
	comma := strings.LastIndexByte(s, ',')
	switch {
	case comma >= 0 && len(s)-comma <= 3 && strings.IndexByte(s, ',') == comma && !strings.Contains(s, "."):
		return s[:comma] + "." + s[comma+1:]
	case comma >= 0:
		return strings.ReplaceAll(s, ",", "")
	case strings.Count(s, ".") >= 2 && grouped(s):
		return strings.ReplaceAll(s, ".", "")
	}
	return s
}

// grouped reports whether every dot of s is followed by exactly three digits.
func grouped(s string) bool {
	parts := strings.Split(s, ".")
	for _, part := range parts[1:] {
		if len(part) != 3 {
			return false
		}
	}
	return true
}
