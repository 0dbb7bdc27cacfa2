package check

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// names looks for every proper name of a claim in what it cites: in any spelling, in the
// other language, or as the adjective of a country.
func (c *Checker) names(_ context.Context, claim Claim) (Fault, error) {
	p := c.prose(claim.Text, claim.Language)
	bridge := c.bridge(p)
	found := bridge.names()
	if len(found) == 0 {
		return Fault{}, nil
	}
	var told []*mentions
	for _, s := range claim.Sources {
		told = append(told, c.mentionsOf(s))
	}
	for _, n := range found {
		if !slices.ContainsFunc(told, func(m *mentions) bool { return bridge.namedIn(n, m) }) {
			return Fault{Name, p.s[p.terms[n.first].Start:p.terms[n.last].End]}, nil
		}
	}
	return Fault{}, nil
}

// A nameSpan is a name of a claim: some terms, with what the lexicon knows of it.
type nameSpan struct {
	first, last int
	group       *lexicon.Group // nil when it knows nothing
}

// names returns the names of the claim, in order.
func (b *bridge) names() []nameSpan {
	covered := make([]*lexicon.Group, len(b.p.terms))
	var out []nameSpan
	for i := range b.groups {
		g := &b.groups[i]
		for k := g.First; k <= g.Last; k++ {
			covered[k] = g
		}
		if (isNameGroup(g) || b.isCountry(g)) && b.writtenAsName(g) {
			out = append(out, nameSpan{g.First, g.Last, g})
		}
	}
	for i := range b.p.terms {
		if n, ok := b.joinedName(i); ok {
			out = append(out, n)
		}
		if covered[i] == nil && b.looksNamed(i, covered) {
			out = append(out, nameSpan{i, i, nil})
		}
	}
	slices.SortFunc(out, func(a, c nameSpan) int { return a.first - c.first })
	return out
}

// joinedName finds a name of several words onto whose first another is written: «والبنك
// الدولي», «للبنك الدولي».
func (b *bridge) joinedName(i int) (nameSpan, bool) {
	const longest = 5
	w := b.p.word(i)
	if !strings.HasPrefix(w, "وال") && !strings.HasPrefix(w, "فال") && !strings.HasPrefix(w, "لل") || i+1 >= len(b.p.terms) {
		return nameSpan{}, false
	}
	norms := []string{withoutJoined(w)[1]}
	for k := i + 1; k < min(i+longest, len(b.p.terms)) && b.p.spaced(k); k++ {
		norms = append(norms, b.p.word(k))
	}
	for _, g := range b.look(strings.Join(norms, " ")) {
		if g.First == 0 && g.Last > 0 && isNameGroup(&g) {
			return nameSpan{i, i + g.Last, &g}, true
		}
	}
	return nameSpan{}, false
}

// isNameGroup reports whether all that a group may mean is a name: its English has
// capitals. Days, months and languages are looked at elsewhere or not at all.
func isNameGroup(g *lexicon.Group) bool {
	names := 0
	for _, a := range g.Alternatives {
		if a.Language != text.English {
			continue
		}
		r, _ := utf8.DecodeRuneInString(a.Text)
		norm := text.Normalize(a.Text)
		if _, day := known(weekdays, norm); day || !unicode.IsUpper(r) && !strings.ContainsFunc(a.Text, unicode.IsUpper) || isMonth(norm) {
			return false
		}
		names++
	}
	return names > 0 || g.Proper
}

// isCountry reports whether a group that may be an ordinary word is written as the country
// with the article that it has: «البحرين», not «بحري».
func (b *bridge) isCountry(g *lexicon.Group) bool {
	return len(g.Kin) > 0 && g.First == g.Last && slices.ContainsFunc(withoutJoined(b.p.word(g.First)), func(form string) bool {
		return strings.HasPrefix(form, "ال") && slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool { return text.Normalize(a.Text) == form })
	})
}

// mayName reports whether a name is among what a group may mean.
func mayName(g *lexicon.Group) bool {
	return g.Proper || slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool {
		r, _ := utf8.DecodeRuneInString(a.Text)
		return unicode.IsUpper(r)
	})
}

// writtenAsName reports whether a group stands in the claim as the name that it may be:
// with a capital, or in Arabic spelled as the list has it.
func (b *bridge) writtenAsName(g *lexicon.Group) bool {
	first := b.p.word(g.First)
	if isMonth(first) || feasts[first] && g.First == g.Last {
		return false
	}
	if !inArabic(first) {
		return b.p.capital(g.First) || b.p.capital(g.Last)
	}
	if g.First != g.Last {
		return true
	}
	if homographs[first] || len(g.Kin) == 0 && b.homograph(first) || strings.ContainsAny(b.p.written(g.First), "\u064b\u064c\u064d") {
		return false
	}
	forms := withoutJoined(first)
	if len(g.Kin) > 0 {
		forms = slices.Concat(forms, unwritten(first), ofPeople(first))
	}
	verb := strings.HasSuffix(b.p.written(g.First), "ى") // «أودى» is no Audi
	return slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool {
		return a.Language == text.Arabic && slices.Contains(forms, text.Normalize(a.Text)) && (!verb || strings.HasSuffix(a.Text, "ى"))
	})
}

// ofPeople are the forms of an Arabic word without the endings that the adjective of a
// country takes.
func ofPeople(norm string) (all []string) {
	for _, form := range unwritten(norm) {
		for _, end := range [...]string{"ه", "ون", "ين", "ات", "ان", "تين", "تان", "ا"} {
			if rest, ok := strings.CutSuffix(form, end); ok {
				all = append(all, rest)
			}
		}
	}
	return all
}

// homograph reports whether an Arabic word that is a name is an ordinary word as well, read
// with the article, without it, or with a preposition written onto it: «الحشد», «بعقوبة».
func (b *bridge) homograph(norm string) bool {
	for i, form := range withoutJoined(norm) {
		other, had := strings.CutPrefix(form, "ال")
		if !had {
			other = "ال" + form
		}
		if b.ordinary(other) || i > 0 && b.ordinary(form) {
			return true
		}
	}
	return false
}

// ordinary reports whether the lexicon has a word, spelled so, that is no name.
func (b *bridge) ordinary(norm string) bool {
	return slices.ContainsFunc(b.look(norm), func(g lexicon.Group) bool {
		return !mayName(&g) && slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool { return text.Normalize(a.Text) == norm })
	})
}

// looksNamed reports whether a term that the lexicon does not know as a name is one.
func (b *bridge) looksNamed(i int, covered []*lexicon.Group) bool {
	w := b.p.word(i)
	if b.p.terms[i].Stop || text.NumberWord(w) || utf8.RuneCountInString(w) < 3 || isNumeral(w) || isMonth(w) || feasts[w] || romanValue(b.p.written(i)) != 0 {
		return false
	}
	if _, day := known(weekdays, w); day {
		return false
	}
	if inArabic(w) {
		return b.looksNamedInArabic(i, covered)
	}
	return b.looksNamedInLatin(i, covered)
}

// looksNamedInLatin: words with capitals are names, the first of a sentence when nobody
// knows it or another with a capital follows.
func (b *bridge) looksNamedInLatin(i int, covered []*lexicon.Group) bool {
	if !b.p.capital(i) || capitalisedTitles[b.p.word(i)] {
		return false
	}
	if b.p.lang == text.Arabic || i > 0 && !b.p.startsSentence(i) {
		return true
	}
	next := i + 1
	unknown := !newsWords().Has(b.p.terms[i].Stem) && !slices.ContainsFunc(ordinaryEndings, func(end string) bool { return strings.HasSuffix(b.p.word(i), end) })
	return unknown || next < len(b.p.terms) && b.p.capital(next) && b.p.spaced(next) && !b.p.terms[next].Stop &&
		covered[next] == nil && covered[i] == nil && !capitalisedTitles[b.p.word(next)]
}

// ordinaryEndings are those of English words that are hardly names.
var ordinaryEndings = []string{"ment", "ments", "tion", "tions", "sion", "sions", "ing", "ings", "ed", "ness", "ly", "ers", "ors", "ists", "ism", "ity", "ies", "ous", "ive", "able"}

// startsSentence reports whether the i-th word begins a sentence or what is quoted.
func (p *prose) startsSentence(i int) bool {
	return i == 0 || p.ends(i) || strings.ContainsAny(p.gap(i), "\"“«:")
}

// looksNamedInArabic: an Arabic word that neither the lexicon nor news in general knows is a
// name where it stands like one: behind a title, a definite noun or another part of a name,
// beside another such word, in quotation marks, or behind a preposition.
func (b *bridge) looksNamedInArabic(i int, covered []*lexicon.Group) bool {
	if covered[i] != nil || b.inflected(i) {
		return false
	}
	w, before := b.p.word(i), b.p.word(i-1)
	adjacent := i > 0 && strings.TrimSpace(b.p.gap(i)) == ""
	switch {
	case adjacent && introducing[before]:
		return true
	case !b.strange(i, covered):
		return false
	case strings.ContainsAny(b.p.gap(i), "«\"“("):
		return true
	case b.strange(i+1, covered) && strings.TrimSpace(b.p.gap(i+1)) == "" && !b.inflected(i+1):
		return true
	case !adjacent:
		return false
	case b.strange(i-1, covered) && !b.inflected(i-1), leading[before]:
		return true
	}
	behindName := covered[i-1] != nil && mayName(covered[i-1])
	first, _ := utf8.DecodeRuneInString(w)
	if first == 'و' {
		return behindName && utf8.RuneCountInString(w) > 4
	}
	return (behindName || strings.HasPrefix(before, "ال") && !b.p.terms[i-1].Stop) && !strings.ContainsRune(verbal, first)
}

// verbal are letters that verbs begin with, and what is joined by «ف».
const verbal = "يتنسف"

// strange reports whether neither the lexicon nor news in general knows the i-th word, an
// Arabic one.
func (b *bridge) strange(i int, covered []*lexicon.Group) bool {
	if i < 0 || i >= len(b.p.terms) || covered[i] != nil || b.p.terms[i].Stop {
		return false
	}
	w := b.p.word(i)
	return inArabic(w) && utf8.RuneCountInString(w) >= 3 && !text.NumberWord(w) &&
		!slices.ContainsFunc(unwritten(w), func(form string) bool { return newsWords().Has(text.Stem(form)) })
}

// leading are prepositions behind which a place or a person stands.
var leading = text.WordSet("في من إلى عن مع بين ضد على عبر قرب بن")

// inflected reports whether an Arabic word has the form of a verb or of a noun with a
// pronoun rather than that of a name.
func (b *bridge) inflected(i int) bool {
	w := b.p.word(i)
	if strings.ContainsAny(b.p.written(i), "\u064b\u064c\u064d\u064e\u064f\u0650") || strings.HasSuffix(b.p.written(i), "ة") || strings.HasSuffix(b.p.written(i), "ى") {
		return true // nobody writes the vowels of a name
	}
	if strings.HasSuffix(w, "ه") && !strings.HasSuffix(w, "يه") && !introducing[b.p.word(i-1)] {
		return true
	}
	for _, end := range [...]string{"ها", "هم", "هما", "هن", "ته", "وا", "ات", "ين", "ون", "يت", "تين", "تان"} {
		if strings.HasSuffix(w, end) && !introducing[b.p.word(i-1)] {
			return true
		}
	}
	for _, start := range [...]string{"سي", "ست", "وست", "وسي", "فت", "في", "ال", "وال", "لل", "بال"} {
		if strings.HasPrefix(w, start) && !introducing[b.p.word(i-1)] {
			return true
		}
	}
	return false
}

// namedIn reports whether a source has a name of the claim.
func (b *bridge) namedIn(n nameSpan, m *mentions) bool {
	across := inArabic(b.p.word(n.first)) != (m.lang == text.Arabic)
	switch {
	case n.group != nil && b.listedIn(n, m):
		return true
	case n.group != nil && !across && n.first < n.last:
		return m.phrase(b.ownStems(n)) // its words apart are no name
	case n.group == nil && across && newsWords().Has(b.p.terms[n.first].Stem) && !introducing[b.p.word(n.first-1)]:
		return true // an ordinary word, which the other language translates
	case n.group == nil && m.lang == text.English && m.spells(b.p.written(n.first)):
		return true
	}
	least := alikeSpelling
	if across {
		least = alikeForeign
	}
	if across && n.group != nil && slices.ContainsFunc(n.group.Alternatives, func(a lexicon.Alternative) bool { return a.Language == m.lang }) {
		least = alikeListed
	}
	return b.wordsIn(n, m, least)
}

// listedIn reports whether a source has a name in a way that the lexicon lists, as the
// adjective of its country or by its initials, or the state whose capital it is.
func (b *bridge) listedIn(n nameSpan, m *mentions) bool {
	for _, a := range slices.Concat(n.group.Alternatives, n.group.Kin) {
		if m.phrase(a.Stems) || m.phrase(withoutGeneric(a.Stems)) {
			return true
		}
	}
	return m.spellsOut(n.group) || b.seated(n, m) || n.first == n.last && b.readOtherwise(n.first, m)
}

// wordsIn reports whether a source has every word of a name that tells, as alike as that.
func (b *bridge) wordsIn(n nameSpan, m *mentions, least float64) bool {
	found := 0
	for i := n.first; i <= n.last; i++ {
		w := b.p.word(i)
		if b.p.terms[i].Stop || utf8.RuneCountInString(w) < 3 || nameParticles[w] || isNumeral(w) || introducing[w] || capitalisedTitles[w] || generic[w] && n.first < n.last {
			continue
		}
		if !m.word(w, least) && !b.joinedIn(i, m, least) && (n.first == n.last || !m.translates(b, i)) {
			return false
		}
		found++
	}
	return found > 0 || n.group == nil
}

// readOtherwise reports whether a source has what an Arabic word is when its first letter is
// written onto it: «وجدة» is Oujda, and Jeddah behind "and".
func (b *bridge) readOtherwise(i int, m *mentions) bool {
	if !inArabic(b.p.word(i)) {
		return false
	}
	return slices.ContainsFunc(withoutJoined(b.p.word(i))[1:], func(form string) bool {
		return slices.ContainsFunc(b.look(form), func(g lexicon.Group) bool {
			return slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool { return m.phrase(a.Stems) })
		})
	})
}

// ownStems are the stems of a name as the claim has it.
func (b *bridge) ownStems(n nameSpan) (stems []string) {
	for i := n.first; i <= n.last; i++ {
		if !b.p.terms[i].Stop {
			stems = append(stems, b.p.terms[i].Stem)
		}
	}
	return stems
}

// joinedIn reports whether a source writes the i-th word and the one before or behind it as
// one.
func (b *bridge) joinedIn(i int, m *mentions, least float64) bool {
	return b.p.spaced(i) && m.word(b.p.word(i-1)+b.p.word(i), least) || b.p.spaced(i+1) && m.word(b.p.word(i)+b.p.word(i+1), least)
}

// How alike a word of a source must sound to be taken for a name of the claim: one in the
// same letters, one in the others, and one in the others that the lexicon spells otherwise.
const (
	alikeSpelling = 0.8
	alikeForeign  = 0.55
	alikeListed   = 0.75
)

var nameParticles = text.WordSet("al el bin ibn bint abu van von der den de da di del la le los las the of and آل بن أبو ابن أم")
