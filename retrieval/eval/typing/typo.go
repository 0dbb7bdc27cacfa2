package typing

import (
	"math/rand/v2"
	"slices"
	"unicode"
)

// slipFrom is the length in letters from which a word may get a typing error.
const slipFrom = 5

// typo makes one typing error in one word of five Latin letters or more: a letter
// is left out, put in, replaced, or changes places with the next.
func typo(s string, seed uint64) string {
	runes, r := []rune(s), random(seed)
	words := longWords(runes)
	if len(words) == 0 {
		return s
	}
	w := words[r.IntN(len(words))]
	word := runes[w[0]:w[1]]
	slipped := slip(word, r)
	for slices.Equal(slipped, word) { // two equal letters changed places, say
		slipped = slip(word, r)
	}
	return string(slices.Concat(runes[:w[0]], slipped, runes[w[1]:]))
}

// longWords returns where the words are that may be hit.
func longWords(runes []rune) (words [][2]int) {
	start := 0
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && latin(runes[i]) {
			continue
		}
		if i-start >= slipFrom {
			words = append(words, [2]int{start, i})
		}
		start = i + 1
	}
	return words
}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) && unicode.IsLetter(r) }

// slip returns a copy of a word that differs by at most one edit.
func slip(word []rune, r *rand.Rand) []rune {
	i, letter := r.IntN(len(word)), rune('a'+r.IntN(26))
	out := slices.Clone(word)
	switch r.IntN(4) {
	case 0:
		return slices.Delete(out, i, i+1)
	case 1:
		return slices.Insert(out, i, letter)
	case 2:
		out[i] = letter
	default:
		i = min(i, len(out)-2)
		out[i], out[i+1] = out[i+1], out[i]
	}
	return out
}
