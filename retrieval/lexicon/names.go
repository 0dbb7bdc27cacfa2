package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A Name is a name in a text as the other language has it.
type Name struct {
	// First and Last are the terms that it covers, as inclusive indexes.
	First, Last int
	// Text is the name in the other language, as its list spells it.
	Text string
	// Part says that it is a part of the name by which the list knows who or what it is,
	// such as a surname, which others may bear.
	Part bool
}

// Names returns the names among a text's terms that the lexicon knows, in a language's
// spelling and in the order of the text; the longest at each place wins. Other than
// [Lexicon.Groups] it finds only what is spelled as a list has it, but for what Arabic
// writes onto a word, and only what is the name of the same thing in all lists that know
// it. People and adjectives of countries are left out, and so are names that many bear.
func (l *Lexicon) Names(terms []text.Term, in text.Language) []Name {
	var names []Name
	for i := 0; i < len(terms); i++ {
		n, ok := l.nameAt(terms, i, in)
		if !ok {
			continue
		}
		if n.Text != "" {
			names = append(names, n)
		}
		i = n.Last
	}
	return names
}

// nameAt returns the longest name that begins at a term; what is added wins over what
// it was added to. Its text is "" when the lists do not agree on it.
func (l *Lexicon) nameAt(terms []text.Term, first int, in text.Language) (Name, bool) {
	found, ok := l.ownName(terms, first, in)
	if l.base != nil {
		if below, known := l.base.nameAt(terms, first, in); known && (!ok || below.Last > found.Last) {
			return below, true
		}
	}
	return found, ok
}

// ownName looks for a name in l itself.
func (l *Lexicon) ownName(terms []text.Term, first int, in text.Language) (found Name, ok bool) {
	n := l.phraseStart(terms[first])
	for i := first + 1; n != nil && i < len(terms); i++ {
		if n = n.follow(key(terms[i])); n != nil && n.entries != nil {
			if s, part, known := l.nameOf(n, terms[first:i+1], in); known {
				found, ok = Name{first, i, s, part}, true
			}
		}
	}
	if ok || terms[first].Stop {
		return found, ok
	}
	for _, spelling := range withoutClitic(terms[first].Norm) {
		if n := l.byNorm[spelling]; n != nil {
			s, part, known := l.nameOf(n, terms[first:first+1], in)
			return Name{first, first, s, part}, known
		}
	}
	return found, false
}

// nameOf returns what the entries of a node call what some terms say, and whether that is
// a part of a longer name. known is false when one of them is no name, or spells it in
// another way; the name is "" when they do not agree.
func (l *Lexicon) nameOf(n *node, terms []text.Term, in text.Language) (name string, part, known bool) {
	for _, id := range n.entries {
		if !l.named[id-l.first] {
			return "", false, false
		}
		s, isPart, ok := translated(l.entries[id-l.first], terms, in)
		if !ok {
			return "", false, false
		}
		if known && s != name {
			return "", false, true
		}
		name, part, known = s, part || isPart, true
	}
	return name, part, known
}

// translated returns the variant of a language that corresponds to what some terms say:
// the first, but where they have fewer words than the first of their own, as a surname
// has, the first of as many words, or else as many from its end. part says that they
// have fewer. ok is false when no variant is spelled so.
func translated(alternatives []Alternative, terms []text.Term, in text.Language) (s string, part, ok bool) {
	own, other := ofLanguage(alternatives, in)
	i := slices.IndexFunc(own, func(v string) bool { return spelledAs(v, terms) })
	if i < 0 || len(other) == 0 {
		return "", false, false
	}
	if len(terms) >= len(strings.Fields(own[0])) || isAcronym(own[i]) {
		return other[0], false, true
	}
	for _, v := range other {
		if len(strings.Fields(v)) == len(terms) && !isAcronym(v) {
			return v, true, true
		}
	}
	if words := strings.Fields(other[0]); isEnd(own[i], own[0]) && len(words) > len(terms) {
		return strings.Join(words[len(words)-len(terms):], " "), true, true
	}
	return other[0], true, true
}

// isAcronym reports whether a variant is written in capitals: "UN", "U.S.".
func isAcronym(variant string) bool {
	return variant == strings.ToUpper(variant) && variant != strings.ToLower(variant)
}

// ofLanguage parts the variants of an entry: those of a language are other.
func ofLanguage(alternatives []Alternative, in text.Language) (own, other []string) {
	for _, a := range alternatives {
		list := &own
		if a.Language == in {
			list = &other
		}
		if !slices.Contains(*list, a.Text) {
			*list = append(*list, a.Text)
		}
	}
	return own, other
}

// isEnd reports whether a variant is the last words of another.
func isEnd(short, long string) bool { return strings.HasSuffix(long, " "+short) }

// spelledAs reports whether terms are spelled as a variant is, but for what Arabic writes
// onto the first word.
func spelledAs(variant string, terms []text.Term) bool {
	words := text.Words(variant)
	if len(words) != len(terms) {
		return false
	}
	for i, w := range words {
		if i > 0 && w.Norm != terms[i].Norm || i == 0 && !slices.Contains(withoutClitic(terms[0].Norm), w.Norm) {
			return false
		}
	}
	return true
}

// withoutClitic returns the spellings that a normalised word may have as a name: as it is
// and, of an Arabic one, without conjunction and preposition.
func withoutClitic(norm string) []string {
	if !isArabic(norm) {
		return []string{norm}
	}
	all := []string{norm}
	all = appendRest(all, norm, "و", "")
	for _, word := range slices.Clone(all) {
		all = appendRest(all, word, "لل", "ال")
		for _, preposition := range [...]string{"ب", "ل", "ك"} {
			all = appendRest(all, word, preposition, "")
		}
	}
	return all
}

// appendRest adds a word with another beginning, unless it is too short then.
func appendRest(all []string, word, prefix, instead string) []string {
	const least = 3
	rest, ok := strings.CutPrefix(word, prefix)
	if !ok || utf8.RuneCountInString(rest) < least {
		return all
	}
	return append(all, instead+rest)
}

// isPeople reports whether an entry is a people and its adjective: one of its Arabic
// variants is the feminine of another, «فرنسي» and «فرنسية», «كوري شمالي» and «كورية شمالية».
func isPeople(e Entry) bool {
	forms := map[string]string{}
	for _, v := range e.Arabic {
		norm := text.Normalize(v.Text)
		masculine := strings.ReplaceAll(norm+" ", "ه ", " ")
		if before, ok := forms[masculine]; ok && before != norm {
			return true
		}
		forms[masculine] = norm
	}
	return false
}
