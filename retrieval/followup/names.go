package followup

import (
	"strings"
	"unicode/utf8"
)

// A name is one in an English question, or several with "and" between them.
type name struct {
	from, to  int // words
	place     bool
	several   bool
	preceding string // the preposition before it; "" for none
}

// isName reports whether the i-th word belongs to a name.
func (q *asked) isName(i int) bool {
	if i < 0 || i >= len(q.words) || !in(q.word(i), placeWords) && q.flat {
		return false
	}
	w := q.words[i]
	if placeWords[w.bare] {
		return true
	}
	if !isCapital(q.text[w.Start:]) || in(w.bare, timeWords) || w.Norm == "i" {
		return false
	}
	return i > 0 && !w.Stop || i == 0 && !w.Stop && !in(w.bare, generic, auxiliaries, askers) && q.isName(1)
}

// names are the names of an English question, in order.
func (q *asked) names() (all []name) {
	for i := 0; i < len(q.words); {
		if !q.isName(i) {
			i++
			continue
		}
		n := q.nameAt(i)
		all = append(all, n)
		i = n.to
	}
	return all
}

// nameAt reads the name that begins at i.
func (q *asked) nameAt(i int) name {
	n := name{from: i, to: i + 1}
	for n.to < len(q.words) && strings.ContainsAny(q.gap(n.to), " -–") && !strings.ContainsAny(q.gap(n.to), ",;:()") {
		w := q.word(n.to)
		switch {
		case q.isName(n.to) && strings.HasSuffix(q.words[n.to-1].Norm, "'s"):
			return q.placed(n)
		case q.isName(n.to):
			n.to++
		case (w == "of" || w == "the") && q.isName(n.to+1):
			n.to += 2
		case w == "and" && q.isName(n.to+1):
			n.several = true
			n.to += 2
		default:
			return q.placed(n)
		}
	}
	return q.placed(n)
}

// placed adds to a name what stands before it.
func (q *asked) placed(n name) name {
	n.place = q.isPlace(n.from, n.to)
	at := n.from - 1
	if q.word(at) == "the" {
		n.from = at
		at--
	}
	if prepositions[q.word(at)] || q.word(at) == "of" {
		n.preceding = q.word(at)
	}
	return n
}

// nameText is a name as it is written, without a possessive ending.
func (q *asked) nameText(n name) string {
	if p := q.parse(); be[q.word(p.auxiliary)] && n.from == p.rest && q.word(n.from) == "the" && len(q.words) == n.to+1 {
		n.to++ // "the Pragyan rover", of which the question says nothing more
	}
	if to, ok := q.headed(n); ok && q.word(n.from) == "the" {
		n.to = to
	}
	s := q.span(n.from, n.to)
	for _, end := range [...]string{"'s", "’s"} {
		s = strings.TrimSuffix(s, end)
	}
	return s
}

// isPlace reports whether the words from the i-th to before the j-th name a place that
// is known.
func (q *asked) isPlace(i, j int) bool {
	known := false
	for ; i < j; i++ {
		w := q.word(i)
		known = known || placeWords[w]
		if !placeWords[w] && !placeParts[w] {
			return false
		}
	}
	return known
}

// resolve puts a name in the place of the pronoun at a place of the question, or puts the
// question behind the subject of the one before it where that is not certain.
func (q *asked) resolve(p *asked, start, at int) string {
	name, ok := "", false
	if !p.arabic {
		name, ok = p.antecedent(q.word(at))
	}
	if !ok || utf8.RuneCountInString(name) > longestTopic {
		return q.about(p, start)
	}
	w := q.word(at)
	if possessives[w] && (w != "her" || !q.endsClause(at)) {
		name += possessive(name)
	}
	if q.words[at].Norm != w { // "he's"
		name += " is"
	}
	last := len(q.words)
	return q.span(start, at) + " " + name + " " + q.span(at+1, last)
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return "'"
	}
	return "'s"
}

// antecedent returns the name that a pronoun behind the question stands for; ok is false
// when that is not certain.
func (q *asked) antecedent(pronoun string) (string, bool) {
	if _, titled := q.heading(); titled || pointers[pronoun] || pronoun == "there" {
		return "", false
	}
	names := q.names()
	switch {
	case plural[pronoun] && q.flat:
		return q.flatPair()
	case plural[pronoun]:
		return q.antecedentOf(names, func(n name) bool { return n.several && n.preceding == "" })
	case single[pronoun]:
		if s, ok := q.role(); ok {
			return s, true
		}
		if s, ok := q.office(); ok {
			return s, true
		}
		if q.asksForSomebody() {
			return "", false
		}
		if len(names) == 0 {
			return q.subject()
		}
		return q.antecedentOf(names, func(n name) bool {
			return !n.several && !n.place && (n.preceding == "" || len(names) == 1 && !locating[n.preceding])
		})
	}
	if q.hasObject(names) {
		return "", false
	}
	if found, ok := q.measured(); ok {
		return found, true
	}
	if found, ok := q.antecedentOf(names, func(n name) bool { return !n.several && n.preceding == "" }); ok && (len(names) == 1 || pronoun == "its") {
		return found, true
	}
	if found, ok := q.subject(); ok {
		return found, true
	}
	if found, ok := q.thingAsked(); ok {
		return found, true
	}
	return q.lastNoun()
}

// subject is the noun between the auxiliary and the verb that the question ends with:
// "why did the bridge collapse".
func (q *asked) subject() (string, bool) {
	p := q.parse()
	last := len(q.words) - 1
	if !doing[q.word(p.auxiliary)] || q.word(p.rest) != "the" || q.words[last].Stop && q.word(last) != "have" {
		return "", false
	}
	if n := last - p.rest; n != 2 && (n != 3 || q.word(last) != "have") {
		return "", false
	}
	return q.span(p.rest, last), true
}

// office is what somebody is whom a question asks for by that: "the coach of Zamalek".
func (q *asked) office() (string, bool) {
	p := q.parse()
	if q.word(p.asker) != "who" || !be[q.word(p.auxiliary)] || p.auxiliary == p.asker || q.any(p.rest, relative, timeWords) >= 0 {
		return "", false
	}
	first := q.words[min(p.rest, len(q.words)-1)].Norm
	n := len(q.words) - p.rest
	return q.from(p.rest), n > 1 && n <= 8 && (first == "the" || strings.HasSuffix(first, "'s")) && !q.isParticiple(p.rest+1)
}

// hasObject reports whether a question has more than its subject that an "it" may stand
// for: "did NASA hit an asteroid", "the ship that hit the bridge".
func (q *asked) hasObject(names []name) bool {
	p := q.parse()
	for i := p.rest; i < len(q.words); i++ {
		if in(q.word(i), relative) {
			return true
		}
	}
	if len(names) == 0 || names[0].from != p.rest || !doing[q.word(p.auxiliary)] {
		return false
	}
	for i := names[0].to; i < len(q.words); i++ {
		if articles[q.word(i)] && !prepositions[q.word(i-1)] && !q.isName(i+1) {
			return true
		}
	}
	return false
}

// measured is what a question asks for the size of, or for what it is: "how large is
// Egypt's loan from the bank".
func (q *asked) measured() (string, bool) {
	p := q.parse()
	asker := q.word(p.asker)
	if !be[q.word(p.auxiliary)] || asker != "what" && (asker != "how" || !measures[q.word(p.asker+1)] || counts[q.word(p.asker+1)]) || p.head >= 0 && asker == "what" {
		return "", false
	}
	for i := p.rest; i < len(q.words); i++ {
		if strings.HasSuffix(q.word(i), "ing") || in(q.word(i), timeWords, auxiliaries) {
			return "", false
		}
	}
	n := len(q.words) - p.rest
	return q.from(p.rest), n > 0 && n <= 8
}

// flatPair returns two names with "and" between them that a question without capitals has
// for its subject.
func (q *asked) flatPair() (string, bool) {
	p := q.parse()
	if !doing[q.word(p.auxiliary)] || q.word(p.rest+1) != "and" || p.rest+3 >= len(q.words) {
		return "", false
	}
	return q.span(p.rest, p.rest+3), true
}

// antecedentOf returns the name that fits, of several the first if it is the subject.
func (q *asked) antecedentOf(names []name, fits func(name) bool) (string, bool) {
	var found []name
	for _, n := range names {
		if fits(n) {
			found = append(found, n)
		}
	}
	if len(found) == 0 || len(found) > 1 && found[0].from != q.parse().rest {
		return "", false
	}
	return q.nameText(found[0]), true
}

// asksForSomebody reports whether the question asks for a person whom it does not name:
// a "he" behind it is that one.
func (q *asked) asksForSomebody() bool {
	p := q.parse()
	if q.word(p.asker) != "who" && q.word(p.asker) != "which" {
		return false
	}
	if doing[q.word(p.auxiliary)] {
		return false
	}
	return p.auxiliary < 0 || !q.isName(p.rest)
}

// lastNoun is the noun with its article that a question ends with, and what belongs to
// it: "the earthquake in Morocco".
func (q *asked) lastNoun() (string, bool) {
	for i := len(q.words) - 2; i > 0; i-- {
		if q.word(i) != "the" || q.word(i+1) == "" {
			continue
		}
		if n := len(q.words) - i; n > 8 || !locating[q.word(i-1)] && q.word(i-1) != "of" && !q.afterBareVerb(i) {
			return "", false
		}
		if q.word(i-1) == "of" {
			continue // it belongs to a noun before it
		}
		return strings.TrimRight(q.from(i), "?؟!. "), true
	}
	return "", false
}

// afterBareVerb reports whether the word before the i-th is the verb of a question whose
// subject asks: "who won the cup".
func (q *asked) afterBareVerb(i int) bool {
	p := q.parse()
	return p.auxiliary < 0 && p.asker >= 0 && i == p.rest+1
}
