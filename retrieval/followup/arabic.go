package followup

import (
	"strings"
	"unicode/utf8"
)

// withoutAnd is an Arabic word without the "and" or "so" that is written onto what
// decides; other words stay as they are.
func withoutAnd(w string) string {
	for _, and := range [...]string{"و", "ف"} {
		rest, ok := strings.CutPrefix(w, and)
		if ok && !wawWords[w] && !arabicAskers[w] && !attached[w] && w != "في" &&
			in(rest, arabicAskers, arabicPrepositions, arabicPronouns, arabicPointers, attached, arabicTimes, arabicCasualties) {
			return rest
		}
	}
	return w
}

// completeArabic completes an Arabic question after another one.
func (q *asked) completeArabic(p *asked) (string, bool) {
	if q.wantsMore(arabicMore, arabicWanting) {
		return q.aboutArabic(p, 0), true
	}
	start := q.skip(0, arabicLeads)
	switch {
	case start == len(q.words), q.any(start, readersArabic) >= 0, in(q.word(start), conditions):
		return "", false
	case arabicAskers[q.word(start)] && q.word(start+1) == "عن" && start+2 < len(q.words) && len(q.words)-start < 8:
		if s, ok := q.beside(p, start+2); ok {
			return s, true
		}
		return q.completeArabicFragment(p, start+2)
	}
	if s, ok := q.beside(p, start); ok {
		return s, true
	}
	switch {
	case q.isBareArabicAsker(start):
		return q.substituteArabic(p, start), true
	case q.isArabicFragment(start):
		return q.completeArabicFragment(p, start)
	}
	if at, ok := q.openArabicPronoun(start); ok {
		return q.resolveArabic(p, start, at), true
	}
	if verb, ok := q.lackingSubject(start); ok {
		return q.withSubject(p, start, verb), true
	}
	if q.isGenericArabic(p, start) || q.attends(start) || q.endsInPronoun(start) {
		return q.aboutArabic(p, start), true
	}
	return "", false
}

// aboutArabic is about for an Arabic question, without the "and" it begins with.
func (q *asked) aboutArabic(p *asked, start int) string {
	return p.topicOr() + ": " + q.unjoined(start, len(q.words))
}

// unjoined is span without an "and" that is written onto the first word.
func (q *asked) unjoined(i, j int) string {
	s := q.span(i, j)
	if i >= len(q.words) || q.words[i].Norm == q.word(i) {
		return s
	}
	_, size := utf8.DecodeRuneInString(s)
	return s[size:]
}

// isBareArabicAsker reports whether a question is what asks and nothing that it asks of.
func (q *asked) isBareArabicAsker(start int) bool {
	asker := q.any(start, arabicAskers)
	if asker < 0 || q.word(asker) == "هل" || !q.all(start, arabicAskers, beforeAsker, arabicFillers, arabicUnits) {
		return false
	}
	if q.any(asker, arabicPointers) > 0 && in(q.word(q.any(asker, arabicPointers)-1), aroundThat) {
		return false
	}
	for i := start; i < len(q.words); i++ { // «من» may be "from", before what asks
		if w := q.word(i); arabicAskers[w] && (w != "من" || i+1 == len(q.words) || !arabicAskers[q.word(i+1)]) {
			asker = i
			break
		}
	}
	switch q.word(asker) {
	case "ما", "ماذا", "من", "شو", "وش", "مين", "ايه", "شنو", "ايش":
		return asker+1 == len(q.words)
	case "لم":
		return asker+1 == len(q.words)
	}
	return true
}

// arabicAskPhrase is what asks in a bare asker: «في أي عام», «منذ متى».
func (q *asked) arabicAskPhrase(start int) string {
	i := start
	for i < len(q.words) && in(q.word(i), arabicAskers, beforeAsker, arabicUnits) {
		i++
	}
	if i == start {
		return q.unjoined(start, len(q.words))
	}
	return q.unjoined(start, i)
}

// substituteArabic puts a bare asker in the place of what asked before.
func (q *asked) substituteArabic(p *asked, start int) string {
	phrase := q.arabicAskPhrase(start)
	if last := len(q.words) - 1; p.arabic && happened[q.word(last)] && !p.isVerb(p.parseArabic().rest) {
		from, to, ok := p.subjectSpan()
		switch {
		case ok && p.agrees(q.word(last), from):
			return q.unjoined(start, last+1) + " " + p.span(from, to)
		case ok:
			return p.topicOr() + ": " + phrase
		}
	}
	if p.arabic {
		return p.askInArabic(phrase)
	}
	if other, ok := translatedAskers[q.word(start)]; ok && start+1 >= len(q.words)-q.fillersAtEnd() {
		phrase = other
	}
	return p.ask(phrase)
}

// fillersAtEnd is how many words at the end say nothing.
func (q *asked) fillersAtEnd() (n int) {
	for n < len(q.words) && in(q.word(len(q.words)-1-n), arabicFillers, fillers) {
		n++
	}
	return n
}

// translatedAskers are words that ask, in the other language.
var translatedAskers = pairsOfAskers()

func pairsOfAskers() map[string]string {
	m := pairs(`متى when,امتى when,إمتى when,أين where,فين where,وين where,لماذا why,ليش why,ليه why,علاش why,كيف how,من who,مين who`)
	for english, arabic := range map[string]string{"when": "متى", "where": "أين", "why": "لماذا", "how": "كيف", "who": "من"} {
		m[english] = arabic
	}
	return m
}

// isArabicFragment reports whether a question has nothing that asks and goes on from
// another by its "and", by the preposition it begins with, or by being a time.
func (q *asked) isArabicFragment(start int) bool {
	n := len(q.words) - start
	if n > 5 || q.asksAnywhere(start) || n > 2 && q.anyVerb(start) {
		return false
	}
	first := q.words[start].Norm
	return q.joins(start) || q.isTime(start) ||
		n > 1 && arabicPrepositions[first] && first != "بعد" && first != "قبل" && !q.isVerb(start)
}

// anyVerb reports whether a word from i on is a verb.
func (q *asked) anyVerb(i int) bool {
	for ; i < len(q.words); i++ {
		if q.isVerb(i) {
			return true
		}
	}
	return false
}

// asksAnywhere reports whether a word asks; «من» is "from" behind the first.
func (q *asked) asksAnywhere(start int) bool {
	for i := start; i < len(q.words); i++ {
		if w := q.word(i); arabicAskers[w] && (i == start || w != "من" && w != "ما" && w != "لم" || q.word(i-1) == "يد") {
			return true
		}
	}
	return false
}

// joins reports whether an "and" is written onto the i-th word, which is no verb.
func (q *asked) joins(i int) bool {
	w := q.words[i].Norm
	if w != q.word(i) {
		return true
	}
	rest, ok := strings.CutPrefix(w, "و")
	switch {
	case !ok || wawWords[w] || placeWords[w] || utf8.RuneCountInString(rest) < 3:
		return false
	case strings.HasPrefix(rest, "ال"), placeWords[rest]:
		return true
	}
	return len(q.words)-i <= 2 && !isVerb(rest)
}

// completeArabicFragment puts what is left of an Arabic question in the place of its like.
func (q *asked) completeArabicFragment(p *asked, i int) (string, bool) {
	to := len(q.words) - q.fillersAtEnd()
	if q.isTime(i) {
		to = len(q.words)
	}
	if to <= i {
		return "", false
	}
	f := fragment{asked: q, from: i, to: to, text: q.span(i, to)}
	if q.joins(i) {
		_, size := utf8.DecodeRuneInString(f.text)
		f.text = f.text[size:]
	}
	if q.isTime(i) && p.arabic {
		return p.withTime(f), true
	}
	if p, f = p.withOwnTime(f); p.arabic {
		return p.withArabicFragment(f), true
	}
	translated := f.translated()
	if n, ok := p.like(true, ""); ok && translated.text != f.text {
		return p.put(n.from, n.to, translated.text), true
	}
	return p.topicOr() + ": ماذا عن " + f.text, true
}

// withArabicFragment is the question, which is in Arabic, with what is new in the place
// of its like.
func (q *asked) withArabicFragment(f fragment) string {
	fresh := strings.TrimSpace(f.text)
	bare := fresh
	first, rest, found := strings.Cut(fresh, " ")
	preposition := found && arabicPrepositions[first]
	if preposition {
		bare = rest
	}
	other := read(f.analyzer, bare)
	if s, ok := q.withArabicThing(other); ok {
		return s
	}
	if s, ok := q.withArabicField(other); ok {
		return s
	}
	if s, ok := q.withCasualtiesIn(other, preposition); ok {
		return s
	}
	switch {
	case other.isPlace(0, len(other.words)):
		if s, ok := q.withPlace(bare); ok {
			return s
		}
	case len(other.words) == 1 && arabicCasualties[other.word(0)]:
		if s, ok := q.withArabicCasualties(bare); ok {
			return s
		}
	}
	if s, ok := q.withArabicPhrase(first, bare); preposition && ok {
		return s
	}
	if preposition {
		if _, titled := q.heading(); !titled {
			return strings.TrimRight(q.text, "?؟ ") + " " + fresh
		}
	}
	if s, ok := q.withArabicName(other); ok {
		return s
	}
	return q.topicOr() + ": ماذا عن " + bare
}

// withArabicPhrase is the question with another word behind the same preposition, when
// that has one word alone behind it.
func (q *asked) withArabicPhrase(preposition, bare string) (string, bool) {
	preposition = withoutAnd(normal(preposition))
	for i := q.parseArabic().rest; i+1 < len(q.words); i++ {
		next := q.word(i + 2)
		single := next == "" || q.isPrepositional(i+2) || arabicTimes[next]
		if q.word(i) == preposition && single && !arabicTimes[q.word(i+1)] && !isNumber(q.word(i+1)) {
			return q.put(i+1, i+2, bare), true
		}
	}
	return "", false
}

// withPlace is the question with another place in the place of the only one it has.
func (q *asked) withPlace(place string) (string, bool) {
	at, prefix := -1, ""
	for i := range q.words {
		w := q.words[i].Norm
		for _, p := range [...]string{"", "ب", "ل", "و"} {
			if rest, ok := strings.CutPrefix(w, p); ok && placeWords[rest] {
				if at >= 0 {
					return q.withPlaceAsSubject(place)
				}
				at, prefix = i, q.text[q.words[i].Start:q.words[i].Start+len(p)]
				break
			}
		}
	}
	if at < 0 {
		return "", false
	}
	return q.put(at, at+1, prefix+place), true
}

// withPlaceAsSubject is the question with another place in the place of the one that is
// its subject.
func (q *asked) withPlaceAsSubject(place string) (string, bool) {
	from, to, ok := q.subjectSpan()
	if !ok || !placeWords[q.word(from)] {
		return "", false
	}
	return q.put(from, to, place), true
}

// withArabicCasualties is a question for how many suffered one thing as one for another.
func (q *asked) withArabicCasualties(other string) (string, bool) {
	asker := q.any(0, amountAskers)
	if asker < 0 {
		return "", false
	}
	if at := q.any(asker, arabicCasualties); at >= 0 {
		return q.put(at, at+1, other), true
	}
	if verb := q.any(asker, perishing); verb >= 0 && verb-asker <= 2 && q.word(asker) == "كم" {
		return q.put(asker, verb+1, "كم عدد "+other), true
	}
	return "", false
}

// withArabicName is the question with another name as its subject, or with something
// else to be counted.
func (q *asked) withArabicName(other *asked) (string, bool) {
	if len(other.words) == 0 || len(other.words) > 3 {
		return "", false
	}
	p := q.parseArabic()
	definite := strings.HasPrefix(other.word(0), "ال") && !placeWords[other.word(0)]
	if definite && len(other.words) == 1 && !in(other.word(0), arabicGeneric) && !strings.HasSuffix(other.text, "ة") && q.isVerb(p.rest) && sayings[q.word(p.rest)] {
		definite = false // a name, such as «السيسي»
	}
	if definite {
		if q.word(p.rest) == "عدد" && strings.HasPrefix(q.word(p.rest+1), "ال") && len(other.words) == 1 {
			return q.put(p.rest+1, p.rest+2, other.text), true
		}
		return "", false
	}
	from, to, ok := q.subjectSpan()
	if s, swapped := q.withSpokenOf(other, from); ok && swapped {
		return s, true
	}
	if !ok || !q.isVerb(from-1) || placeWords[other.word(0)] && sayings[q.word(from-1)] {
		return "", false
	}
	return q.put(from, to, other.text), true
}
