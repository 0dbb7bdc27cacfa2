package retrieval

import (
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// asWritten returns a question as articles are written, for the encoder, which
// takes every mark for a piece of a word: without what is invisible and Arabic
// vowel signs, with Arabic letters for those of a Persian keyboard, with European
// digits, and in small letters when all of it is in capitals.
func asWritten(question string) string {
	return wordAsWritten(question, text.Shouted(question))
}

// wordAsWritten does the same for a word of a question, all of which may be in
// capitals.
func wordAsWritten(word string, shouted bool) string {
	if shouted {
		word = strings.ToLower(word)
	}
	return text.FoldDigits(strings.Map(typedAs, word))
}

func typedAs(r rune) rune {
	switch {
	case r == 'ی':
		return 'ي'
	case r == 'ک':
		return 'ك'
	case r == 'ـ', r >= 0x064B && r <= 0x0652, r == 0x0670, unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
