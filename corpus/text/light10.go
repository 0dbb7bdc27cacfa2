package text

import (
	"strings"
	"unicode/utf8"
)

// light10 is the light stemmer of Larkey, Ballesteros and Connell (2007) for
// normalised Arabic words. It takes off the conjunction و, one article with its
// preposition, and each inflectional suffix once in the published order, as
// long as enough of the word stays.
//
// Why not a root stemmer: joining كاتب, كتاب and مكتب loses more than it finds.
func light10(word string) string {
	if rest, ok := strings.CutPrefix(word, "و"); ok && atLeast(rest, 3) {
		word = rest
	}
	return stripSuffixes(stripArticle(word))
}

// stripArticle takes the article and its preposition off a word.
func stripArticle(word string) string {
	for _, prefix := range [...]string{"ال", "وال", "بال", "كال", "فال", "لل"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && atLeast(rest, 2) {
			return rest
		}
	}
	return word
}

// stripSuffixes takes off what light10 takes off at the end. The published
// list's ية and ة are written يه and ه here, as in any normalised word.
func stripSuffixes(word string) string {
	for _, suffix := range [...]string{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"} {
		if rest, ok := strings.CutSuffix(word, suffix); ok && atLeast(rest, 2) {
			word = rest
		}
	}
	return word
}

// atLeast reports whether s has n runes or more.
func atLeast(s string, n int) bool { return utf8.RuneCountInString(s) >= n }

// Grams returns the character 4-grams of an Arabic stem, in order: the stem
// itself when it has four letters, nil when it has fewer or is not Arabic. They
// find a word again behind the clitics and plurals that light10 leaves.
func Grams(stem string) []string {
	const n = 4
	first, _ := utf8.DecodeRuneInString(stem)
	if classOf(first) != classArabic || !atLeast(stem, n) {
		return nil
	}
	edges := make([]int, 0, maxWordRunes+1)
	for i := range stem {
		edges = append(edges, i)
	}
	edges = append(edges, len(stem))
	grams := make([]string, 0, len(edges)-n)
	for i := 0; i+n < len(edges); i++ {
		grams = append(grams, stem[edges[i]:edges[i+n]])
	}
	return grams
}
