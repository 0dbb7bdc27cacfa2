package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// latinLanguage is a language, or group of close ones, that English is told
// from.
type latinLanguage int

const (
	french latinLanguage = iota
	german
	spanish
	italian
	portuguese
	turkish
	dutch
	indonesian
	nordic
	slavic
	latinLanguages // how many there are
)

// foreignEnough is the evidence up to which a text is taken for English when
// nothing speaks for it. A particle and a name have no more (Le Monde).
const foreignEnough = 1.5

// latinTally is the evidence of the words in Latin letters.
type latinTally struct {
	weight      int                     // letters, and functionWordLetters for each English function word
	words       int                     // words seen so far
	english     float64                 // evidence for English
	foreign     [latinLanguages]float64 // evidence of words, by language
	accents     float64                 // evidence of letters, for any of them
	names       float64                 // the most that the letters of one capitalised word say
	spanishMark bool                    // ¿ or ¡ was seen
}

// language decides between English and Other.
func (t *latinTally) language() Language {
	foreign := 0.0
	for _, evidence := range t.foreign {
		foreign = max(foreign, evidence)
	}
	foreign += t.accents + t.names
	if t.spanishMark {
		foreign += 2
	}
	if foreign > foreignEnough && foreign > t.english {
		return Other
	}
	return English
}

// add weighs one word.
func (t *latinTally) add(word string) {
	t.weight += letters(word)
	t.words++
	lower := strings.ToLower(word)
	if !isASCII(lower) {
		lower = strings.ReplaceAll(norm.NFC.String(lower), "’", "'")
		t.addAccents(word)
	}
	name := t.isName(word)
	if evidence := englishWord(lower); evidence > 0 {
		t.english += evidence
		if !name { // "The Arab Hamlet" inside an Arabic sentence frames nothing
			t.weight += functionWordLetters
		}
	}
	t.addForeign(lower, name)
}

// addAccents weighs the letters of a word that English does not have. In English
// text they stand in names, so capitalised words count for a third, and once.
func (t *latinTally) addAccents(word string) {
	evidence := accentEvidence(word)
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
		t.names = max(t.names, evidence/3)
		return
	}
	t.accents += evidence
}

// isName reports whether a word may be a name: capitalised, and not the first
// word of the text.
func (t *latinTally) isName(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && t.words > 1
}

// addForeign adds what a lower-case word says for the other languages, half of
// it when the word may be part of a name (Grand Prix, El Mundo).
func (t *latinTally) addForeign(lower string, name bool) {
	share := 1.0
	if name {
		share = 0.5
	}
	elided := elision(lower)
	for l := range latinLanguages {
		t.foreign[l] += share * foreignWord(l, lower)
		if l == french || l == italian {
			t.foreign[l] += share * elided
		}
	}
}

// accentEvidence returns 1 for a word with letters that English borrows at
// times, 1.5 for one with letters it never does, 0 for any other.
func accentEvidence(word string) float64 {
	evidence := 0.0
	for _, r := range norm.NFC.String(word) {
		switch {
		case r < utf8.RuneSelf || !unicode.Is(unicode.Latin, r):
		case strings.ContainsRune("éèêëàâîïôûùçöüäáíóúãâõ", unicode.ToLower(r)):
			evidence = max(evidence, 1)
		default:
			evidence = max(evidence, 2)
		}
	}
	return evidence
}

// elision weighs a French or Italian article run together with its noun:
// l'élection, d'Israël. English meets them in names only (Côte d'Ivoire).
func elision(word string) float64 {
	head, _, found := strings.Cut(word, "'")
	if !found {
		return 0
	}
	switch head {
	case "l", "d":
		return 1
	case "qu", "c", "j", "n", "dell", "nell", "all", "jusqu", "lorsqu", "un", "sull":
		return 2
	}
	return 0
}

// englishWord returns the evidence that a lower-case word is English: 2 for a
// function word that its neighbours do not have, 1 for one that they do, 0 for
// none.
func englishWord(word string) float64 {
	switch word {
	case "the", "of", "and", "to", "that", "for", "with", "from", "by", "this", "these", "those", "there", "their", "they", "it", "its", "it's", "he", "she", "his",
		"we", "you", "your", "our", "my", "i'm", "who", "what", "when", "where", "why", "how", "which", "whose", "whom", "what's", "who's", "where's", "are", "were",
		"been", "being", "be", "have", "had", "having", "do", "does", "did", "don't", "didn't", "doesn't", "isn't", "can", "could", "would", "should", "may", "might",
		"must", "not", "about", "after", "before", "between", "during", "against", "into", "than", "then", "but", "if", "because", "while", "any", "some", "many", "much",
		"more", "most", "first", "last", "latest", "news", "tell", "happened", "said", "says", "year", "years", "new", "other", "only", "out", "up", "two", "today":
		return 2
	case "is", "in", "a", "an", "was", "on", "as", "at", "or", "no", "me", "so", "will", "has", "all", "over", "war", "world", "people", "president", "minister", "price", "election":
		return 1
	}
	return 0
}
