package followup

import (
	"strings"

	"newsbot/corpus/text"
)

// completeEnglish completes an English question after another one.
func (q *asked) completeEnglish(p *asked) (string, bool) {
	if q.wantsMore(moreWords, wanting) {
		return q.about(p, 0), true
	}
	start := q.skip(0, leads)
	joined := start > 0 && joiners[q.word(start-1)]
	switch {
	case start == len(q.words), q.any(start, readers) >= 0, q.word(start) == "if":
		return "", false
	case q.has(start, []string{"what", "about"}), q.has(start, []string{"how", "about"}), q.has(start, []string{"what", "of"}):
		if s, ok := q.beside(p, start+2); ok {
			return s, true
		}
		return q.completeFragment(p, start+2)
	}
	if s, ok := q.beside(p, start); ok {
		return s, true
	}
	switch {
	case q.isFragment(start, joined):
		return q.completeFragment(p, start)
	}
	if s, ok := q.placeIt(p, start); ok {
		return s, true
	}
	if q.isBareAsker(start) {
		return q.substitute(p, start), true
	}
	if at, ok := q.openPronoun(start); ok {
		return q.resolve(p, start, at), true
	}
	if q.isGeneric(p, start) {
		return q.about(p, start), true
	}
	return "", false
}

// placeIt completes a question such as "Where is it?", which asks for what it is, and not
// for more of what was asked before, when it is known what "it" stands for.
func (q *asked) placeIt(p *asked, start int) (string, bool) {
	at := q.any(start, neuter)
	if at < 0 || at+1 < len(q.words) || !be[q.word(at-1)] || q.any(start, happenings) >= 0 || q.isDummy(at) || p.arabic {
		return "", false
	}
	if _, ok := p.antecedent(q.word(at)); !ok {
		return "", false
	}
	return q.resolve(p, start, at), true
}

// wantsMore reports whether a question is a wish for more: "Tell me more".
func (q *asked) wantsMore(words, core map[string]bool) bool {
	return q.all(0, words) && q.any(0, core) >= 0
}

// isBareAsker reports whether a question is what asks and nothing that it asks of: "and
// where exactly?", "when did that happen?".
func (q *asked) isBareAsker(start int) bool {
	asker := q.any(start, askers)
	if asker < 0 {
		return len(q.words)-start == 1 && meantAsker(q.word(start)) != ""
	}
	if !q.all(start, askers, auxiliaries, unitNouns, measures, fillers, prepositions, pointers, happenings, emptySubjects) {
		return false
	}
	w := q.word(asker)
	next := q.word(asker + 1)
	switch {
	case asker == len(q.words)-1, w == "what" && next == "for", w == "how" && next == "come":
		return true
	case unitNouns[next] || counts[next]:
		return !q.hasWord(asker, "is") || q.any(asker, neuter) < 0 // not "what time is it"
	case w == "how" && measures[next]:
		return q.any(asker+2, auxiliaries) < 0
	case w == "who" || w == "what" || w == "whom" || w == "whats" || w == "whos":
		return q.any(asker+1, auxiliaries, happenings, neuter, pointers) < 0
	case w == "how":
		return q.any(asker+1, be) < 0 || q.any(asker+1, happenings) >= 0
	}
	return true
}

// askPhrase is what asks in a bare asker: "in which city", "how many people", "why".
func (q *asked) askPhrase(start int) string {
	if w := meantAsker(q.word(start)); w != "" && q.any(start, askers) < 0 {
		return w
	}
	i := start
	for i < len(q.words) && !askers[q.word(i)] {
		i++
	}
	from := i
	if from > start && prepositions[q.word(from-1)] {
		from--
	}
	if q.word(i) == "what" && q.word(i+1) == "for" || q.word(i) == "how" && q.word(i+1) == "come" {
		return "why"
	}
	for i++; i < len(q.words) && (measures[q.word(i)] || unitNouns[q.word(i)]); i++ {
	}
	phrase := q.span(from, i)
	for _, verb := range [...]string{"'s", "’s", "'re", "’re"} {
		phrase = strings.TrimSuffix(phrase, verb)
	}
	return lowered(phrase)
}

// meantAsker is the word that asks which a word of three letters or more is misspelt for.
func meantAsker(w string) string {
	if len(w) < 3 || len(w) > 6 || englishKnown[w] {
		return ""
	}
	for _, asker := range [...]string{"when", "where", "why", "who", "how", "what"} {
		if swapped(w, asker) || len(w) > 3 && oneLess(asker, w) || len(asker) > 3 && oneLess(w, asker) {
			return asker
		}
	}
	return ""
}

// englishKnown are words that look like misspelt ones and are none.
var englishKnown = set("hen were here then than wh ware wen hat whey")

// swapped reports whether two words differ in the order of two letters that stand
// together.
func swapped(a, b string) bool {
	if len(a) != len(b) || a == b {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// oneLess reports whether short is long without one of its letters.
func oneLess(short, long string) bool {
	if len(short)+1 != len(long) {
		return false
	}
	i := 0
	for i < len(short) && short[i] == long[i] {
		i++
	}
	return short[i:] == long[i+1:]
}

// isFragment reports whether a question has nothing that asks and goes on from another
// by its "and", by the preposition it begins with, or by being a time.
func (q *asked) isFragment(start int, joined bool) bool {
	n := len(q.words) - start
	if q.isTime(start) {
		return true
	}
	if n > 6 || q.any(start, askers, auxiliaries) >= 0 {
		return false
	}
	return joined || n > 1 && prepositions[q.word(start)]
}

// openPronoun returns the place of a pronoun that stands for something outside the
// question.
func (q *asked) openPronoun(start int) (at int, ok bool) {
	named := -1 // the last word that a pronoun may stand for
	joint := -1 // the last word that begins a clause
	for i := start; i < len(q.words); i++ {
		w := q.word(i)
		switch {
		case w == "there" && i+1 == len(q.words) && (!be[q.word(i-1)] || q.word(start) == "who"):
			return i, named < 0 || q.any(start, locating) < 0
		case q.isPointer(i):
			next := q.word(i + 1)
			return i, named < 0 || joint < named && (next == "" || fillers[next])
		case in(w, single, plural, neuter) && !q.isDummy(i):
			if named < 0 {
				return i, !q.ofAsker(i)
			}
			object := !subjects[w] && !possessives[w] || q.endsClause(i)
			if object && joint < named {
				return i, true
			}
			return 0, false
		case conjoining[w] && i > start:
			joint = i
		case q.isNamed(i, start):
			named = i
		}
	}
	return 0, false
}

// isPointer reports whether the i-th word is a "this" or "that" which stands for
// something: alone or before a noun that is no time.
func (q *asked) isPointer(i int) bool {
	w, next, before := q.word(i), q.word(i+1), q.word(i-1)
	if !pointers[w] {
		return false
	}
	switch {
	case next == "", fillers[next] && next != "the" && next != "a":
		return true
	case in(next, timeWords, unitNouns):
		return false
	case w == "that":
		return auxiliaries[before] && (happenings[next] || generic[next] || prepositions[next]) || in(before, auxiliaries, prepositions) && i+2 >= len(q.words)
	}
	return true
}

// isNamed reports whether the i-th word is what a pronoun behind it may stand for: a
// name, or a noun that begins the clause or has a determiner before it.
func (q *asked) isNamed(i, start int) bool {
	w := q.word(i)
	if q.isName(i) && i > start {
		return true
	}
	if q.words[i].Stop || in(w, generic, askers, auxiliaries, timeWords) {
		return false
	}
	before := q.word(i - 1)
	return i > start && (determiners[before] && !possessives[before] || doing[before] || be[before] && !askers[q.word(i-2)])
}

// ofAsker reports whether the pronoun at i, behind a preposition, stands for what is
// asked for: "what has salt in it?".
func (q *asked) ofAsker(i int) bool {
	p := q.parse()
	asker, aux, behind := q.word(p.asker), q.word(p.auxiliary), prepositions[q.word(i-1)]
	switch {
	case asker != "what" && asker != "which" && !counts[q.word(p.asker+1)], !behind && !possessives[q.word(i)], unitNouns[q.word(p.head)]:
		return false
	}
	return aux == "has" || aux == "have" || p.head >= 0 && !doing[aux] || aux == "" && (behind || asker == "which")
}

// endsClause reports whether the clause is over after the i-th word.
func (q *asked) endsClause(i int) bool {
	return i+1 == len(q.words) || in(q.word(i+1), prepositions, conjoining, fillers)
}

// isDummy reports whether a pronoun stands for nothing: "is it true that", "what do they
// speak in Brittany".
func (q *asked) isDummy(i int) bool {
	next := q.word(i + 1)
	switch {
	case next == "called", customs[next] && q.word(i) == "they":
		return i+2 < len(q.words)
	case !q.flat && i > 0 && isCapital(q.text[q.words[i].Start:]): // of a title
		return true
	case q.word(i) != "it":
		return false
	}
	before := q.word(i - 2)
	if next == "worth" && before == "much" {
		return false
	}
	if efforts[q.word(i+1)] && q.hasWord(i, "to") {
		return true // "how long did it take to build"
	}
	return dummies[next] || weather[before] || be[q.word(i-1)] && unitNouns[before]
}

// isGeneric reports whether a question would fit any event.
func (q *asked) isGeneric(p *asked, start int) bool {
	if !in(q.word(start), askers, auxiliaries, prepositions) || q.any(start, askers, auxiliaries) < 0 {
		return false
	}
	if _, _, ok := q.time(); ok || q.hasOwnSubject(start) {
		return false
	}
	found := false
	for i := start; i < len(q.words); i++ {
		w := q.word(i)
		switch {
		case generic[w], !q.isName(i) && !q.words[i].Stop && p.knows(q.words[i]):
			found = true
		case q.words[i].Stop && w != "we" && w != "us":
		case in(w, measures, fillers, happenings, unitNouns):
		default:
			return false
		}
	}
	return found
}

// lowered is a text whose first letter is small, unless it begins a name.
func lowered(s string) string {
	if text.Shouted(s) {
		return strings.ToLower(s)
	}
	first, _, _ := strings.Cut(s, " ")
	if low := strings.ToLower(first); in(low, askers, auxiliaries, prepositions, determiners) {
		return low + s[len(first):]
	}
	return s
}
