package retrieval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// holders are the articles that may have what a group says; true for those that surely
// have it.
type holders map[*article]bool

// holders returns the articles that have a group, in whatever language, or are of the
// year that it is. The caller holds the lock.
func (e *Engine) holders(g *group) holders {
	out := holders{}
	var found, buf []posting
	for _, f := range e.words {
		for _, a := range slices.Concat(g.alternatives, g.kin) {
			if sure, maybe := g.trusts(a); maybe {
				found, buf = f.stems.phrase(a.stems, buf)
				e.hold(out, found, sure && !e.chance(g, a))
			}
		}
		if len(out) == 0 {
			e.hold(out, f.unattached(g), true)
		}
		if len(out) == 0 {
			e.hold(out, f.within(g), false)
		}
	}
	if g.year != 0 {
		for _, a := range e.articles {
			if a.Published.Time.Year() == g.year {
				out[a] = true
			}
		}
	}
	return out
}

// hold adds the articles of passages.
func (e *Engine) hold(out holders, found []posting, sure bool) {
	for _, p := range found {
		a := e.passages[p.doc].article
		out[a] = out[a] || sure
	}
}

// trusts reports whether an article with an alternative surely has what the group
// says, and whether it may have it.
func (g *group) trusts(a alternative) (sure, maybe bool) {
	switch {
	case !a.summed:
		return a.weight >= quotedFor, a.weight >= quotedFor
	case arabic(a.stems[0]) == arabic(g.word.stem):
		return false, a.weight >= maybeAlike
	}
	return a.weight >= surelySaid, a.weight >= maybeSaid
}

// chance reports whether an alternative in the other language may be there by chance: an
// ordinary word for a name or a word that nobody knows, as «حملت» is for "Hamlet".
func (e *Engine) chance(g *group, a alternative) bool {
	if g.known || len(a.stems) != 1 || arabic(a.stems[0]) == arabic(g.word.stem) {
		return false
	}
	return e.general.knows(a.stems[0]) && (g.proper || !e.general.knows(g.word.stem))
}

// sure reports whether an article surely has it.
func (h holders) sure() bool {
	for _, sure := range h {
		if sure {
			return true
		}
	}
	return false
}

// unattached finds an Arabic word without the letter that is written onto it.
func (f *fields) unattached(g *group) []posting {
	if bare := unattached(g.norm); bare != "" {
		return f.stems.lookup(text.Stem(bare))
	}
	return nil
}

// within finds an Arabic word in words that have all of it in them. Of a phrase the short
// words have no grams, and its long ones alone are not the phrase.
func (f *fields) within(g *group) []posting {
	if len(g.grams) == 0 || g.first != g.last {
		return nil
	}
	found, _ := f.grams.phrase(g.grams, nil)
	return found
}

// unattached takes a conjunction or preposition of one letter from an Arabic word;
// "" when there is none, or little is left.
func unattached(norm string) string {
	const leastLeft = 2
	first, size := utf8.DecodeRuneInString(norm)
	if !strings.ContainsRune("وفبلك", first) || utf8.RuneCountInString(norm[size:]) < leastLeft {
		return ""
	}
	return norm[size:]
}
