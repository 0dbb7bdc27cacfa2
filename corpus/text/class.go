package text

import (
	"unicode"
	"unicode/utf8"
)

// class says what part a rune can play in a word.
type class uint8

const (
	classNone       class = iota // white space, punctuation, symbols, emoji
	classLatin                   // a Latin letter
	classArabic                  // a letter of the Arabic script
	classLetter                  // a letter of any other script
	classDigit                   // a decimal digit of any script
	classHonorific               // a ligature that is a phrase by itself (ﷺ ﷻ)
	classMark                    // a combining mark or tatweel: belongs to the letter before
	classFormat                  // an invisible format character: neither splits nor ends a word
	classApostrophe              // joins letters
	classDot                     // joins digits, and single letters of an acronym
	classComma                   // joins groups of digits
	classDecimal                 // ٫ joins digits
)

// classOf returns the class of r.
func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return classOfASCII(r)
	case r >= 0x0600 && r <= 0x06FF:
		return classOfArabic(r)
	case r >= 0xFB50 && r <= 0xFEFF:
		return classOfPresentation(r)
	case r == '’' || r == '＇':
		return classApostrophe
	}
	return classOfRare(r)
}

// classOfASCII is classOf for r < 0x80.
func classOfASCII(r rune) class {
	switch {
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return classLatin
	case r >= '0' && r <= '9':
		return classDigit
	case r == '\'':
		return classApostrophe
	case r == '.':
		return classDot
	case r == ',':
		return classComma
	}
	return classNone
}

// classOfArabic is classOf for the Arabic block.
func classOfArabic(r rune) class {
	switch {
	case r == 'ـ', r >= 0x064B && r <= 0x065F, r == 0x0670:
		return classMark
	case r >= 0x0620 && r <= 0x064A, r >= 0x0671 && r <= 0x06D3:
		return classArabic
	case r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
		return classDigit
	case r == '٫':
		return classDecimal
	case r == '٬':
		return classComma
	case r == '،', r == '؛', r == '؟', r == '۔', r == '٪':
		return classNone
	}
	return classOfRare(r)
}

// classOfPresentation is classOf for the presentation forms: letters already
// shaped, the phrases that fonts draw as one sign, and spacing copies of marks,
// which Unicode calls letters.
func classOfPresentation(r rune) class {
	switch {
	case r == 'ﷺ', r == 'ﷻ':
		return classHonorific
	case r >= 0xFC5E && r <= 0xFC63, r >= 0xFE70 && r <= 0xFE7F:
		return classMark
	}
	return classOfRare(r)
}

// classOfRare is classOf by the Unicode tables, for what the ranges above do
// not settle.
func classOfRare(r rune) class {
	switch {
	case unicode.IsLetter(r):
		return letterClass(r)
	case unicode.IsDigit(r):
		return classDigit
	case unicode.IsMark(r):
		return classMark
	case unicode.Is(unicode.Cf, r):
		return classFormat
	}
	return classNone
}

// letterClass returns the class of a letter by its script.
func letterClass(r rune) class {
	switch {
	case unicode.Is(unicode.Latin, r):
		return classLatin
	case unicode.Is(unicode.Arabic, r):
		return classArabic
	}
	return classLetter
}

// isLetter reports whether c is a letter of some script.
func (c class) isLetter() bool {
	return c == classLatin || c == classArabic || c == classLetter
}

// startsWord reports whether a word can begin with c.
func (c class) startsWord() bool {
	return c.isLetter() || c == classDigit || c == classHonorific
}
