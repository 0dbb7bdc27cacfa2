package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// shortStem is the length in letters under which an Arabic stem is too often the
// stem of another word: «قمة» and «قم» are both "قم".
const shortStem = 3

// verbForms is how many forms a verb has; any other variant has one or two.
const verbForms = 4

// forms returns the words a variant stands for: itself, or the four forms of a
// verb that news is written in (he said, she said, he says, she says). Light
// stemming takes no feminine ending off a perfect and no prefix off an
// imperfect, so each has a stem of its own.
func forms(variant string) []string {
	perfect, imperfect, isVerb := strings.Cut(variant, "/")
	if !isVerb {
		return []string{variant}
	}
	feminine := perfect
	for _, weak := range []string{"ى", "ا"} {
		feminine = strings.TrimSuffix(feminine, weak)
	}
	return []string{perfect, feminine + "ت", imperfect, "ت" + strings.TrimPrefix(imperfect, "ي")}
}

// definite returns a variant that has the given terms with the article before
// the words that begin with waw, and whether there are any. Light stemming takes
// that waw for "and" («وزير» becomes "زير", «الوزير» becomes "وزير"), so such a
// word has two stems. Words that begin with an article-like syllable («ألماني»)
// have two as well.
func definite(variant string, terms []text.Term) (string, bool) {
	var b strings.Builder
	done := 0
	for _, t := range terms {
		written := variant[t.Start:t.End]
		if !isArabic(t.Norm) || bare(t.Norm) == t.Norm || strings.HasPrefix(written, "ال") || strings.HasPrefix(written, "لل") {
			continue
		}
		b.WriteString(variant[done:t.Start] + "ال")
		done = t.Start
	}
	return b.String() + variant[done:], done > 0 || b.Len() > 0
}

// bare takes off a normalised Arabic word the proclitics that light stemming
// takes off (and, the article with a preposition), but no suffix.
func bare(norm string) string {
	if rest, ok := strings.CutPrefix(norm, "و"); ok && utf8.RuneCountInString(rest) >= 3 {
		norm = rest
	}
	for _, p := range [...]string{"ال", "بال", "كال", "فال", "لل"} {
		if rest, ok := strings.CutPrefix(norm, p); ok && utf8.RuneCountInString(rest) >= 2 {
			return rest
		}
	}
	return norm
}

// analyse fills in what is derived from a variant's text.
func analyse(a *text.Analyzer, v Variant) Variant {
	if strings.Contains(v.Text, "/") {
		v.key = text.Normalize(v.Text)
		v.forms = make([][]text.Term, 0, verbForms)
		for _, f := range forms(v.Text) {
			v.forms = append(v.forms, a.Terms(f))
		}
		return v
	}
	terms := a.Terms(v.Text)
	v.forms = append(make([][]text.Term, 0, 2), terms)
	if len(terms) == 1 {
		v.key = terms[0].Norm
	} else {
		v.key = text.Normalize(v.Text)
	}
	if d, differs := definite(v.Text, terms); differs && hasContent(v) {
		v.forms = append(v.forms, a.Terms(d))
	}
	return v
}

// hasContent reports whether some form of a variant has a word that an index
// knows. One form of a verb may well be spelled like a stop word: «فقد».
func hasContent(v Variant) bool {
	return slices.ContainsFunc(v.forms, func(terms []text.Term) bool {
		return slices.ContainsFunc(terms, isContent)
	})
}

// isContent reports whether a term is no stop word.
func isContent(t text.Term) bool { return !t.Stop && t.Stem != "" }

// content returns the terms that are not stop words.
func content(terms []text.Term) []text.Term {
	if !slices.ContainsFunc(terms, func(t text.Term) bool { return !isContent(t) }) {
		return terms
	}
	kept := make([]text.Term, 0, len(terms))
	for _, t := range terms {
		if isContent(t) {
			kept = append(kept, t)
		}
	}
	return kept
}

func stems(terms []text.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Stem
	}
	return out
}

// key is what a term is matched by inside a phrase: stop words as they are
// written, other words by stem. The two are kept apart: «كان» is no form of «كانون».
func key(t text.Term) string {
	if t.Stop {
		return " " + t.Norm
	}
	return t.Stem
}

func isArabic(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Arabic, r)
}

// isShort reports whether a stem is matched by its whole word only.
func isShort(stem string) bool {
	return isArabic(stem) && utf8.RuneCountInString(stem) < shortStem
}
