package followup

import (
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

func normal(w string) string { return text.Normalize(w) }

// openArabicPronoun returns the place of a pronoun, or of a word with one, that stands for
// something outside the question.
func (q *asked) openArabicPronoun(start int) (at int, ok bool) {
	named := false
	for i := start; i < len(q.words); i++ {
		w := q.word(i)
		last := i+1 == len(q.words)
		switch {
		case arabicPronouns[w]:
			if last || q.isPrepositional(i+1) || in(q.word(i+1), adverbials, arabicFillers) || arabicTimes[q.word(i+1)] && !timeFunctions[q.word(i+1)] {
				return i, !named
			}
		case arabicPointers[w]:
			if (last || q.isPrepositional(i+1) || !arabicTimes[q.word(i+1)]) && (!named || last) {
				return i, true
			}
		case attached[w]:
			if q.joinsClauses(start, i) {
				return 0, false
			}
			if q.word(start) == "من" && owning[w] && !named {
				return 0, false // «من لديه»
			}
			if !named || remote[w] && last && q.word(start) != "اي" {
				return i, true
			}
		case q.onVerb(i):
			return i, !named && q.word(start) != "ما"
		case q.hasPronoun(i):
			return i, !named && !q.joinsClauses(start, i)
		case q.isArabicNoun(i):
			named = true
		}
	}
	return 0, false
}

// joinsClauses reports whether a clause begins between two places.
func (q *asked) joinsClauses(i, j int) bool {
	for ; i < j; i++ {
		if clauseWords[q.word(i)] {
			return true
		}
	}
	return false
}

// hasPronoun reports whether a pronoun is written onto the noun or the verb at i.
func (q *asked) hasPronoun(i int) bool {
	w := q.word(i)
	if _, ok := ownNouns[w]; ok {
		return !strings.HasSuffix(q.span(i, i+1), "ة")
	}
	if q.words[i].Stop || naturalEnds[w] || placeWords[w] || strings.HasPrefix(w, "ال") {
		return false
	}
	for _, end := range [...]string{"ها", "هم", "هما"} {
		if strings.HasSuffix(w, end) {
			return utf8.RuneCountInString(w) >= 5
		}
	}
	return false
}

// isArabicNoun reports whether the i-th word is what a pronoun behind it may stand for.
func (q *asked) isArabicNoun(i int) bool {
	w := q.word(i)
	return !q.words[i].Stop && !q.isVerb(i) && !isNumber(w) && !in(w, arabicGeneric, arabicAskers, arabicTimes, arabicUnits, heads, adverbials, attached)
}

// resolveArabic puts a name in the place of a pronoun, or puts the question behind the
// subject of the one before it where that is not certain.
func (q *asked) resolveArabic(p *asked, start, at int) string {
	from, to, ok := 0, 0, false
	if p.arabic {
		from, to, ok = p.subjectSpan()
	}
	w := q.word(at)
	noun, owned := ownNouns[w]
	if f, t, found := p.arabicThing(); ok && owned && found && f >= to && ofThings[normal(noun)] {
		from, to = f, t
	}
	switch {
	case !ok || to-from > 8:
		return q.aboutArabic(p, start)
	case owned && (holding[q.word(at-1)] && !p.agrees(q.word(at-1), from) || q.isPrepositionBefore(p, from)):
		return q.aboutArabic(p, start)
	case owned && holding[q.word(at-1)]:
		return q.unjoined(start, at) + " " + p.span(from, to) + " " + q.from(at)
	case owned && p.isArabicThing(from):
		return q.unjoined(start, at) + " " + noun + " " + p.span(from, p.withArabicPlace(to)) + " " + q.from(at+1)
	case owned:
		return q.unjoined(start, at) + " " + noun + " " + p.span(from, to) + " " + q.from(at+1)
	case arabicPronouns[w] && arabicAskers[q.word(at-1)] && q.words[at].Norm == w:
		return q.unjoined(start, at+1) + " " + p.span(from, to) + " " + q.from(at+1)
	}
	return q.aboutArabic(p, start)
}

// lackingSubject returns the verb of a question when nothing follows it that could be its
// subject: «متى استقال؟», «هل عاد إلى منصبه؟».
func (q *asked) lackingSubject(start int) (verb int, ok bool) {
	p := q.parseArabic()
	if p.asker < 0 || p.auxiliary >= 0 || whoAskers[q.word(p.asker)] && p.begins == p.asker {
		return 0, false
	}
	i := p.asker + 1
	for in(q.word(i), arabicUnits, verbParticles) && (i+1 < len(q.words) || !q.isVerb(i)) {
		i++
	}
	if p.head >= i && !q.isVerb(i) {
		i = p.head + 1
	}
	if !q.isVerb(i) || happened[q.word(i)] && whats[q.word(p.asker)] {
		return 0, false
	}
	if p.head >= 0 && p.begins == p.asker && (!arabicUnits[q.word(p.head)] || arabicGeneric[q.word(p.head)]) && q.headIsSubject(p, i) {
		return 0, false
	}
	next := q.word(i + 1)
	if next != "" && in(strings.TrimSuffix(q.word(i), "ت"), impersonal) || q.isPrepositional(i+1) && !attached[next] && in(strings.TrimSuffix(q.word(i), "ت"), perishing) {
		return 0, false
	}
	if next == "" || q.isPrepositional(i+1) || in(next, adverbials, arabicTimes) && next != "اول" || isNumber(next) {
		return i, true
	}
	return 0, false
}

// headIsSubject reports whether the noun behind «كم» or «أي» is the subject of the verb at
// i: not in «كم هدفا سجل», «أي مدينة ولد فيها».
func (q *asked) headIsSubject(p parsed, i int) bool {
	if q.word(p.asker) == "كم" {
		return !scoring[strings.TrimSuffix(q.word(i), "ت")]
	}
	return !attached[q.word(i+1)]
}

// withSubject puts the subject of the question before behind the verb.
func (q *asked) withSubject(p *asked, start, verb int) string {
	if p.arabic {
		if before := p.parseArabic().rest; verb+1 == len(q.words) && p.isVerb(before) && p.word(before) == q.word(verb) {
			return q.unjoined(start, verb+1) + " " + p.from(before+1)
		}
		if from, to, ok := p.subjectSpan(); ok && to-from <= 8 && p.agrees(q.word(verb), from) {
			if from+1 < to && sameLetters(p.word(from), q.word(verb)) {
				from++ // not «افتتح افتتاح المتحف»
			}
			return q.unjoined(start, verb) + " " + singular(q.unjoined(verb, verb+1)) + " " + p.span(from, to) + " " + q.from(verb+1)
		}
	}
	return q.aboutArabic(p, start)
}

// sameLetters reports whether two words differ in long vowels alone.
func sameLetters(a, b string) bool {
	return strings.ReplaceAll(a, "ا", "") == strings.ReplaceAll(b, "ا", "")
}

// singular is a verb without the ending that says that its subject is several: before the
// subject it has none.
func singular(verb string) string {
	for _, end := range [...][2]string{{"تا", "ت"}, {"وا", ""}, {"ا", ""}} {
		if stem, ok := strings.CutSuffix(verb, end[0]); ok && verbs[normal(stem)] {
			return stem + end[1]
		}
	}
	return verb
}

// isGenericArabic reports whether a question would fit any event.
func (q *asked) isGenericArabic(p *asked, start int) bool {
	if !arabicAskers[q.word(start)] && (!beforeAsker[q.word(start)] || !arabicAskers[q.word(start+1)]) {
		return false
	}
	if _, _, ok := q.time(); ok || q.hasOwnSubject(start) {
		return false
	}
	found := false
	for i := start; i < len(q.words); i++ {
		w := q.word(i)
		switch {
		case arabicGeneric[w]:
			found = found || w != "كان" && w != "كانت" && w != "عدد" && w != "هناك"
		case !q.words[i].Stop && !placeWords[w] && p.knows(q.words[i]):
			found = true
		case in(w, arabicAskers, arabicUnits, arabicPronouns, beforeAsker, arabicFillers), q.words[i].Stop && !attached[w]:
		default:
			return false
		}
	}
	return found
}
