package figures

import (
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// set makes a set of the words of lists, normalised.
func set(lists ...string) map[string]bool { return text.WordSet(lists...) }

// prefixes are what Arabic writes onto a word, longest first.
var prefixes = [...]string{"وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل"}

// lookUp finds a normalised word in a table as it is, then without what Arabic writes onto
// it, then without the possessive of English.
func lookUp[V any](table map[string]V, word string) (v V, ok bool) {
	if v, ok = table[word]; ok || word == "" {
		return v, ok
	}
	if word[0] < utf8.RuneSelf {
		v, ok = table[strings.TrimSuffix(word, "'s")]
		return v, ok
	}
	for _, p := range prefixes {
		rest, cut := strings.CutPrefix(word, p)
		if !cut || utf8.RuneCountInString(rest) < 2 {
			continue
		}
		if v, ok = table[rest]; ok {
			return v, ok
		}
	}
	return v, false
}

func has(table map[string]bool, word string) bool {
	_, ok := lookUp(table, word)
	return ok
}

// arabic reports whether a normalised word is in Arabic letters.
func arabic(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return r >= 0x0600 && r <= 0x06FF
}
