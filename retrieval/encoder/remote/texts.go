package remote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// maxRunes is how many characters of a text are sent: about 2,000 tokens, of which some
// models take no more than 512 and leave the rest out themselves.
const maxRunes = 8000

// clean returns what is sent of a text: valid, not too long, and without control
// characters, which some servers stumble over.
func clean(s string) string {
	s = text.Valid(beginning(s, maxRunes))
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// beginning returns the first n characters of a text.
func beginning(s string, n int) string {
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

// blank tells whether there is nothing in a text that can be seen.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf) }) < 0
}

// half returns about the first half of a text that was too long for the provider; ok is
// false when it is too short for that to be the reason.
func half(s string) (cut string, ok bool) {
	n := utf8.RuneCountInString(s) / 2
	return beginning(s, n), n >= minRunes
}

// minRunes is how many characters every model takes, with its prefix.
const minRunes = 100
