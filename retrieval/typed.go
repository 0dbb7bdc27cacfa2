package retrieval

import (
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// asWritten returns a question as articles are written, for the encoder, which
// takes every mark for a piece of a word: without what is invisible and Arabic
// vowel signs, with Arabic letters for those of a Persian keyboard, and with
// European digits.
func asWritten(question string) string {
	return text.FoldDigits(strings.Map(typedAs, question))
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
