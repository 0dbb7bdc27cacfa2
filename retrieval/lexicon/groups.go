package lexicon

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Groups returns what the lexicon knows of a question's terms, in the order of
// the question; no two groups share a term. The longest phrases are found first,
// then single words; the words of a phrase get no groups of their own. Words the
// lexicon does not know, and stop words outside phrases, get no group.
//
// Every group has the alternatives of both languages, among them what the
// question said, without its clitics. A word is looked up as it is spelled, then
// without clitics, then by its stem; the first that is known wins, so that
// "important" does not find "import".
func (l *Lexicon) Groups(terms []text.Term) []Group {
	covered := make([]bool, len(terms))
	groups := l.phraseGroups(terms, covered)
	for i, t := range terms {
		if covered[i] {
			continue
		}
		if g, _, ok := l.wordGroup(t); ok {
			g.First, g.Last = i, i
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.First, b.First) })
	return groups
}

// phraseGroups finds the phrases, longest first and leftmost among equals, and
// marks the terms they cover.
func (l *Lexicon) phraseGroups(terms []text.Term, covered []bool) []Group {
	var found []Group
	for i := range terms {
		found = l.appendPhrases(found, terms, i)
	}
	slices.SortStableFunc(found, func(a, b Group) int {
		return cmp.Compare(b.Last-b.First, a.Last-a.First)
	})
	groups := found[:0]
	for _, g := range found {
		if last := len(groups) - 1; last >= 0 && groups[last].First == g.First && groups[last].Last == g.Last {
			groups[last] = groups[last].merge(g) // the same phrase, from base
			continue
		}
		if slices.Contains(covered[g.First:g.Last+1], true) {
			continue
		}
		for i := g.First; i <= g.Last; i++ {
			covered[i] = true
		}
		groups = append(groups, g)
	}
	return groups
}

// appendPhrases appends every phrase that begins at term first, those of base
// after the added ones.
func (l *Lexicon) appendPhrases(found []Group, terms []text.Term, first int) []Group {
	n := l.phraseStart(terms[first])
	for i := first + 1; n != nil && i < len(terms); i++ {
		n = n.follow(key(terms[i]))
		if n != nil && n.alternatives != nil {
			g := n.group()
			g.First, g.Last = first, i
			found = append(found, g)
		}
	}
	if l.base == nil {
		return found
	}
	own := len(found)
	found = l.base.appendPhrases(found, terms, first)
	for i, g := range found[own:] {
		found[own+i] = l.extended(g)
	}
	return found
}

// phraseStart returns the node of the phrases that begin with t, or nil.
func (l *Lexicon) phraseStart(t text.Term) *node {
	if n := l.phrases[key(t)]; n != nil || !isArabic(t.Norm) {
		return n
	}
	return l.phrases[l.firstKeys[withoutPreposition(t.Norm)]]
}

// wordGroup returns the group of a single term, if it is known, and how. Of the
// added words and those of base the better known win; known equally well, both
// count.
func (l *Lexicon) wordGroup(t text.Term) (g Group, how int, ok bool) {
	n, how := l.word(t)
	if l.base == nil {
		return n.group(), how, n != nil
	}
	below, howBelow, known := l.base.wordGroup(t)
	switch {
	case n != nil && known && how == howBelow:
		return n.group().merge(l.extended(below)), how, true
	case known && (n == nil || howBelow < how):
		return l.extended(below), howBelow, true
	}
	return n.group(), how, n != nil
}

// How well a word is known, best first: the order of looking it up.
const (
	asSpelled = iota
	withoutClitics
	byStem
	withoutPrefix
	withoutEnding
)

// word returns the node a single term leads to, or nil, and how it is known.
func (l *Lexicon) word(t text.Term) (n *node, how int) {
	if t.Stop {
		return nil, 0
	}
	if n := l.byNorm[t.Norm]; n != nil {
		return n, asSpelled
	}
	if !isArabic(t.Norm) {
		return l.byStem[t.Stem], byStem
	}
	if n := l.byNorm[bare(t.Norm)]; n != nil {
		return n, withoutClitics
	}
	if n := l.byStem[t.Stem]; n != nil {
		return n, byStem
	}
	if n := l.byNorm[withoutPreposition(t.Norm)]; n != nil {
		return n, withoutPrefix
	}
	return l.byNorm[withoutTanween(bare(t.Norm))], withoutEnding
}

// withoutTanween takes off a normalised Arabic word the alif of an indefinite
// accusative, «قتيلا», if at least three letters remain.
func withoutTanween(norm string) string {
	rest, ok := strings.CutSuffix(norm, "ا")
	if ok && utf8.RuneCountInString(rest) >= 3 {
		return rest
	}
	return norm
}

// withoutPreposition takes off a normalised Arabic word one preposition written
// onto it without the article, «بفرنسا» and «لفرنسا», if at least three letters
// remain. Light stemming leaves these, since many words begin with the same letters.
func withoutPreposition(norm string) string {
	for _, p := range [...]string{"ب", "ل"} {
		rest, ok := strings.CutPrefix(norm, p)
		if ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return norm
}
