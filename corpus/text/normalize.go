package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFolds bounds the passes of [Normalize]. Two are enough for any text seen;
// the bound only keeps hostile input from costing more.
const maxFolds = 4

// Normalize returns the form of s under which spellings are compared: NFKC,
// lower case, without non-spacing marks (Mn), format characters (Cf: RLM, LRM,
// ZWNJ, isolates) and tatweel; آ أ إ ٱ become ا, ى and ی become ي, ک becomes ك,
// ة becomes ه, Arabic-Indic and Persian digits become 0-9, Latin letters lose
// their accents. ؤ and ئ stay: dropping their hamza gains nothing and joins
// words that differ.
//
// Normalize is idempotent. Invalid bytes become U+FFFD. Byte offsets into the
// result differ from those into s.
func Normalize(s string) string {
	if folded, ok := foldSimple(s); ok {
		return folded
	}
	// Dropping a character may bring two neighbours together that compose, so
	// fold again until nothing changes.
	for range maxFolds {
		next := foldAny(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// foldSimple folds text made of ASCII and the common Arabic characters, for
// which NFKC changes nothing that folding would not. It reports false when it
// meets anything else.
func foldSimple(s string) (string, bool) {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		folded, ok := foldCommon(r)
		if !ok {
			return "", false
		}
		if folded >= 0 {
			b.WriteRune(folded)
		}
		i += size
	}
	return b.String(), true
}

// foldCommon folds one ASCII or common Arabic rune; -1 means that it is
// dropped. It reports false for runes that need the full treatment, among them
// the hamza and madda marks that compose with a letter before them.
func foldCommon(r rune) (rune, bool) {
	switch {
	case r < utf8.RuneSelf:
		return asciiLower(r), true
	case r >= 'ء' && r <= 'ي', r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
		return foldArabic(r), true
	case r >= '\u064B' && r <= '\u0652', isBidiMark(r):
		return -1, true
	case r == '،', r == '؛', r == '؟', r == 'ی', r == 'ک', r == '«', r == '»', r == '–', r == '“', r == '”':
		return foldArabic(r), true
	}
	return r, false
}

// asciiLower returns the lower case of an ASCII rune.
func asciiLower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// isBidiMark reports whether r is a mark, joiner, embedding or isolate that
// steers the direction or joining of text and shows nothing itself.
func isBidiMark(r rune) bool {
	return r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// foldAny is one pass of the full folding.
func foldAny(s string) string {
	s = norm.NFKC.String(strings.Map(dropFormat, s))
	return strings.Map(foldRune, s)
}

// dropFormat drops format characters, which would keep letters from composing.
func dropFormat(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// foldRune folds one rune of NFKC text; -1 means that it is dropped.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return asciiLower(r)
	case r >= 0x0600 && r <= 0x06FF:
		r = foldArabic(r)
	default:
		r = foldLatin(unicode.ToLower(r))
	}
	if r >= 0 && unicode.In(r, unicode.Mn, unicode.Cf) {
		return -1
	}
	return r
}

// foldArabic folds the letters and digits that writers use for one another;
// -1 means tatweel, which is dropped.
func foldArabic(r rune) rune {
	switch r {
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ة':
		return 'ه'
	case 'ـ':
		return -1
	}
	return foldDigit(r)
}

// foldLatin takes the accents off a lower-case Latin letter, so that "Erdoğan"
// and "Erdogan" are one word.
func foldLatin(r rune) rune {
	switch {
	case r == 'ı':
		return 'i'
	case r == 'ø':
		return 'o'
	case r == 'ł':
		return 'l'
	case r == 'đ':
		return 'd'
	case r >= 0xC0 && r <= 0x24F, r >= 0x1E00 && r <= 0x1EFF:
		return latinBase(r)
	}
	return r
}

// latinBase returns the letter that the canonical decomposition of r begins
// with.
func latinBase(r rune) rune {
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	decomposed := norm.NFD.Properties(buf[:n]).Decomposition()
	if decomposed == nil {
		return r
	}
	base, _ := utf8.DecodeRune(decomposed)
	return base
}

// WordSet returns the words of lists, which white space parts, normalised: a table to look
// up the Norm of a [Word] in.
func WordSet(lists ...string) map[string]bool {
	words := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			words[Normalize(w)] = true
		}
	}
	return words
}
