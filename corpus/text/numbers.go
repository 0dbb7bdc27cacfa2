package text

import (
	"strconv"
	"strings"
	"unicode"
)

// maxScale is the largest product of scales that is read as one: "million
// million" is, a longer row is not.
const maxScale = 1e12

// Numbers returns the numbers named in s as canonical strings, each once, in
// the order of their first mention: ASCII digits, a '.' before decimals, no
// separators, no needless zeros. Digits of every script Normalize folds and
// spelled numbers of both languages are read, alone and composed: "1,000",
// "three million", "3 million", "ثلاثة آلاف وخمسمئة", "خمسة وعشرون". Arabic
// number words may carry و ف ب ل ك and the article.
//
// Words that are something else more often than a number (الاثنين, Monday) and
// indefinite plurals (millions, آلاف) are no numbers by themselves.
func Numbers(s string) []string {
	p := numberParser{atoms: atoms(s)}
	var numbers []string
	seen := make(map[string]bool)
	for p.pos < len(p.atoms) {
		n, ok := p.number()
		if ok && !seen[n] {
			seen[n] = true
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// atomKind is the part a word plays in a number.
type atomKind uint8

const (
	atomNone     atomKind = iota // no number, or a break between numbers
	atomDigits                   // written in digits
	atomUnit                     // 1-9
	atomEleven                   // أحد: 1 in أحد عشر, otherwise "someone"
	atomTeen                     // 10-19
	atomTens                     // 20, 30 ... 90
	atomHundred                  // the word hundred
	atomHundreds                 // 200-900 in one Arabic word
	atomScale                    // thousand, million ...
	atomPlural                   // thousands, millions: scales only after a number
	atomDual                     // two thousand, two million in one Arabic word
	atomAnd                      // "and", or و standing alone before digits
)

// atom is one word of a text, seen as a part of a number.
type atom struct {
	kind   atomKind
	value  float64
	digits string // of atomDigits, canonical
	joined bool   // nothing but a space or hyphen separates it from the word before
	and    bool   // carries و, or follows "and"
	arabic bool
}

// atoms reads the words of s. Runs of words that are no numbers become one
// break.
func atoms(s string) []atom {
	var list []atom
	end := 0
	for _, w := range Words(s) {
		a := atomOf(w.Norm)
		a.joined = !strings.ContainsFunc(s[end:w.Start], breaksNumber)
		end = w.End
		last := len(list) - 1
		switch {
		case a.kind == atomNone && last >= 0 && list[last].kind == atomNone:
		case a.joined && last >= 0 && list[last].kind == atomAnd && a.kind != atomNone && a.kind != atomAnd:
			a.and, a.arabic, a.joined = true, a.arabic || list[last].arabic, list[last].joined
			list[last] = a
		default:
			list = append(list, a)
		}
	}
	return list
}

// breaksNumber reports whether r between two words keeps them from being parts
// of one number.
func breaksNumber(r rune) bool {
	return !unicode.IsSpace(r) && r != '-' && r != '‐' && r != 'ـ' && classOf(r) != classFormat || isLineEnd(r)
}

// numberParser composes atoms into numbers.
type numberParser struct {
	atoms []atom
	pos   int
}

// at returns the atom n places ahead, a break past the end or across a gap.
func (p *numberParser) at(n int) atom {
	if p.pos+n >= len(p.atoms) {
		return atom{}
	}
	for i := 1; i <= n; i++ {
		if !p.atoms[p.pos+i].joined {
			return atom{}
		}
	}
	return p.atoms[p.pos+n]
}

// number reads the number at pos, if there is one, and moves past it. It always
// moves.
func (p *numberParser) number() (string, bool) {
	first := p.at(0)
	switch first.kind {
	case atomNone, atomAnd, atomPlural:
		p.pos++
		return "", false
	case atomEleven:
		if p.at(1).value != 10 {
			p.pos++
			return "", false
		}
	case atomDigits:
		if k := p.at(1).kind; k != atomScale && k != atomPlural && k != atomHundred {
			p.pos++
			return first.digits, true
		}
	}
	return strconv.FormatFloat(p.composed(), 'f', -1, 64), true
}

// composed reads groups of falling scale: two million three hundred thousand
// and five.
func (p *numberParser) composed() float64 {
	total, scale := p.scaled()
	for scale > 1 {
		mark := p.pos
		if !p.mayFollow() {
			break
		}
		value, next := p.scaled()
		if next >= scale || value >= scale {
			p.pos = mark
			break
		}
		total, scale = total+value, next
	}
	return total
}

// mayFollow moves on to the next group and reports whether it may be part of
// the same number: Arabic joins groups with و; English does not add digits.
func (p *numberParser) mayFollow() bool {
	if p.pos == 0 || p.pos >= len(p.atoms) {
		return false
	}
	a := p.atoms[p.pos]
	if !a.joined || a.kind == atomNone || a.kind == atomAnd || a.kind == atomPlural {
		return false
	}
	if a.arabic {
		return a.and
	}
	return a.kind != atomDigits && a.kind != atomScale
}

// scaled reads one group and the scale after it, 1 when there is none.
func (p *numberParser) scaled() (value, scale float64) {
	a := p.at(0)
	switch a.kind {
	case atomDual:
		p.pos++
		return 2 * a.value, a.value
	case atomScale:
		p.pos++
		return a.value, a.value
	}
	value, scale = p.group(), 1
	for {
		next := p.next()
		if next.kind != atomScale && next.kind != atomPlural || next.and || scale > 1 && scale*next.value > maxScale {
			return value, scale
		}
		p.pos++
		value, scale = value*next.value, scale*next.value
	}
}

// next returns the atom at pos when it is joined to the one before.
func (p *numberParser) next() atom {
	if p.pos >= len(p.atoms) || !p.atoms[p.pos].joined {
		return atom{}
	}
	return p.atoms[p.pos]
}

// group reads a number below a thousand, or digits.
func (p *numberParser) group() float64 {
	var value float64
	switch a := p.at(0); a.kind {
	case atomHundred, atomHundreds:
		p.pos++
		return a.value + p.belowHundred()
	default:
		value = p.small()
	}
	if h := p.next(); h.kind == atomHundred && !h.and {
		p.pos++
		return value*100 + p.belowHundred()
	}
	return value
}

// belowHundred reads what follows a hundred, 0 when that is another number: the
// "two" of "one hundred and two hundred".
func (p *numberParser) belowHundred() float64 {
	a := p.next()
	if a.kind != atomUnit && a.kind != atomTeen && a.kind != atomTens || a.arabic && !a.and {
		return 0
	}
	mark := p.pos
	value := p.small()
	if h := p.next(); h.kind == atomHundred && !h.and {
		p.pos = mark
		return 0
	}
	return value
}

// small reads a number below a hundred, or digits: twenty-one, خمسة وعشرون,
// ثلاثة عشر.
func (p *numberParser) small() float64 {
	a := p.at(0)
	p.pos++
	b := p.next()
	switch {
	case a.kind == atomDigits:
		value, err := strconv.ParseFloat(a.digits, 64)
		if err != nil {
			return 0
		}
		return value
	case a.kind == atomTens && b.kind == atomUnit && !b.and && !a.arabic,
		a.kind == atomUnit && b.kind == atomTens && b.and && a.arabic,
		(a.kind == atomUnit || a.kind == atomEleven) && b.kind == atomTeen && b.value == 10 && !b.and && a.arabic:
		p.pos++
		return a.value + b.value
	}
	return a.value
}
