// Package typing writes questions the ways people type them: with the letters of
// another keyboard, without hamza, in capitals, with a slip of the finger. It is
// for measuring what a search loses by it.
//
// Begin with [Variants].
package typing

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// A Variant is one way of typing questions of one language.
type Variant struct {
	// Name is short and unique, without spaces.
	Name string
	// Language is that of the questions.
	Language text.Language
	// Apply returns a question typed this way. The same seed gives the same
	// result; many variants need none. A question that the variant has nothing
	// to change in comes back as it is. Any string is accepted.
	Apply func(question string, seed uint64) string
}

// Variants returns the ways of typing: seven of Arabic, then three of English.
func Variants() []Variant {
	return []Variant{
		{"no-hamza", text.Arabic, mapped(withoutHamza)},
		{"ha-for-ta", text.Arabic, mapped(haForTa)},
		{"ya-swapped", text.Arabic, swapYa},
		{"persian", text.Arabic, mapped(persian)},
		{"marks", text.Arabic, addMarks},
		{"digits", text.Arabic, mapped(arabicDigit)},
		{"diacritics", text.Arabic, addDiacritics},
		{"capitals", text.English, func(s string, _ uint64) string { return strings.ToUpper(s) }},
		{"no-apostrophes", text.English, mapped(withoutApostrophe)},
		{"typo", text.English, typo},
	}
}

// mapped makes an Apply of a function of runes; -1 drops one.
func mapped(f func(rune) rune) func(string, uint64) string {
	return func(s string, _ uint64) string { return strings.Map(f, s) }
}

func withoutHamza(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ئ':
		return 'ي'
	}
	return r
}

func haForTa(r rune) rune {
	if r == 'ة' {
		return 'ه'
	}
	return r
}

// persian gives the letters of a Persian keyboard.
func persian(r rune) rune {
	switch r {
	case 'ي', 'ى':
		return 'ی'
	case 'ك':
		return 'ک'
	}
	return r
}

func arabicDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return r - '0' + '٠'
	}
	return r
}

func withoutApostrophe(r rune) rune {
	if r == '\'' || r == '’' {
		return -1
	}
	return r
}

// swapYa writes ى for ي at the end of words, as in Egypt, and ي for ى.
func swapYa(s string, _ uint64) string {
	runes := []rune(s)
	for i, r := range runes {
		last := i+1 == len(runes) || !unicode.IsLetter(runes[i+1]) && !unicode.IsMark(runes[i+1])
		switch {
		case r == 'ى':
			runes[i] = 'ي'
		case r == 'ي' && last:
			runes[i] = 'ى'
		}
	}
	return string(runes)
}

// addMarks puts right-to-left and left-to-right marks between letters, and around
// words.
func addMarks(s string, seed uint64) string {
	return insert(s, seed, 4, []rune{'\u200F', '\u200E'})
}

// addDiacritics puts short vowels, sukun and shadda on every other letter.
func addDiacritics(s string, seed uint64) string {
	return insert(s, seed, 2, []rune("ًٌٍَُِّْ"))
}

// insert puts one of the runes given behind one of every so many Arabic letters.
func insert(s string, seed uint64, every int, with []rune) string {
	r := random(seed)
	var b strings.Builder
	for _, c := range s {
		b.WriteRune(c)
		if unicode.Is(unicode.Arabic, c) && unicode.IsLetter(c) && r.IntN(every) == 0 {
			b.WriteRune(with[r.IntN(len(with))])
		}
	}
	return b.String()
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x7970)) }
