package followup

import (
	"slices"
	"strings"
)

// A fragment is what is left of a question that has but what is new: "(and) in Egypt?".
type fragment struct {
	*asked
	from, to int    // words
	text     string // as it is to be put
	alike    bool   // it is one of what was asked of: "the one in India"
}

// fragment is the rest of an English question from i on, without what says nothing at
// its end.
func (q *asked) fragment(i int) fragment {
	to := len(q.words)
	for to > i && fillers[q.word(to-1)] {
		to--
	}
	return fragment{asked: q, from: i, to: to, text: q.span(i, to)}
}

// completeFragment puts what is left of a question in the place of its like.
func (q *asked) completeFragment(p *asked, i int) (string, bool) {
	alike := q.word(i) == "the" && (q.word(i+1) == "one" || q.word(i+1) == "ones") && prepositions[q.word(i+2)]
	if alike {
		i += 2
	}
	f := q.fragment(i)
	f.alike = alike
	if f.from >= f.to {
		return "", false
	}
	if q.isTime(i) {
		return p.withTime(f), true
	}
	p, f = p.withOwnTime(f)
	if p.arabic {
		return p.withArabicFragment(f.translated()), true
	}
	if s, ok := p.withField(f); ok {
		return s, true
	}
	if s, ok := p.withCasualties(f); ok {
		return s, true
	}
	if s, ok := p.withThing(f); ok {
		return s, true
	}
	if s, ok := p.withLike(f); ok {
		return s, true
	}
	if prepositions[f.word(f.from)] && f.to-f.from > 1 {
		f.text = f.span(f.from+1, f.to)
	}
	return p.topicOr() + ": what about " + f.text, true
}

// withLike is the question with a name, a phrase or what is counted in the place of its
// like.
func (q *asked) withLike(f fragment) (string, bool) {
	if f.word(f.from) == "the" && f.isThing(f.from+1, f.to) {
		return "", false // it is no name, though it may have one
	}
	if s, ok := q.withName(f); ok {
		return s, true
	}
	if s, ok := q.withPhrase(f); ok {
		return s, true
	}
	return q.withCounted(f)
}

// topicOr is the topic, or all the words when there is none.
func (q *asked) topicOr() string {
	if t := q.topic(); t != "" {
		return t
	}
	return bounded(q.text)
}

// translated is the fragment with a place in the other language, when that is known.
func (f fragment) translated() fragment {
	from := f.from
	for prepositions[f.word(from)] || f.word(from) == "the" || arabicPrepositions[f.word(from)] {
		from++
	}
	var name []string
	for i := from; i < f.to; i++ {
		name = append(name, f.placeWord(i))
	}
	other, ok := translatedPlaces[strings.Join(name, " ")]
	if !ok {
		return f
	}
	f.text = other
	return f
}

// placeWord is the i-th word as the name of a place.
func (q *asked) placeWord(i int) string {
	if w := q.words[i].Norm; placeWords[w] {
		return w
	}
	if rest, ok := strings.CutPrefix(q.words[i].Norm, "و"); ok && placeWords[rest] {
		return rest
	}
	return q.word(i)
}

// withCasualties is a question for how many suffered one thing as one for another.
func (q *asked) withCasualties(f fragment) (string, bool) {
	fresh := -1
	for i := f.from; i < f.to; i++ {
		switch w := f.word(i); {
		case casualties[w]:
			fresh = i
		case w != "the" && w != "people" && w != "how" && w != "many":
			return "", false
		}
	}
	old := q.any(0, casualties)
	if fresh < 0 || old < 0 || q.any(0, counts) < 0 && !q.hasWord(0, "number") {
		return "", false
	}
	word := f.span(fresh, fresh+1)
	if verb := !auxiliaries[q.word(old-1)] && !q.hasWord(0, "number"); verb && f.word(fresh) != "died" {
		word = "were " + word
	}
	return q.put(old, old+1, word), true
}

// withName is the question with another name in the place of the one that is of its kind.
func (q *asked) withName(f fragment) (string, bool) {
	before, from := "", f.from
	if prepositions[f.word(from)] {
		before = f.word(from)
		from++
	}
	if f.word(from) == "the" {
		from++
	}
	place := f.isPlace(from, f.to)
	named := place
	for i := from; i < f.to && !named; i++ {
		named = f.isNameIn(i)
	}
	if !named && before == "" {
		return "", false
	}
	if s, ok := q.withPlaceOf(f, from); ok && (place || before == "in" || !f.words[from].Stop) {
		return s, true
	}
	n, ok := q.like(place, before)
	fresh := f.span(from, f.to)
	if strings.HasSuffix(q.words[max(n.to-1, 0)].Norm, "'s") && !strings.HasSuffix(f.words[f.to-1].Norm, "'s") {
		fresh += possessive(fresh)
	}
	_, modifies := q.headed(n)
	switch {
	case !ok && before != "" && len(q.names()) == 0:
		return strings.TrimRight(q.text, "?؟ ") + " " + f.text, true
	case !ok:
		return "", false
	case modifies && q.word(n.from) == "the":
		return q.put(n.from+1, n.to, fresh), true // "the Tehran airport"
	case before != "" && n.preceding != "":
		return q.put(n.from-1, n.to, f.text), true
	}
	return q.put(n.from, n.to, fresh), true
}

// withPhrase is the question with another phrase behind the same preposition.
func (q *asked) withPhrase(f fragment) (string, bool) {
	if !prepositions[f.word(f.from)] {
		return "", false
	}
	for i := len(q.words) - 1; i > 0; i-- {
		if q.word(i) != f.word(f.from) {
			continue
		}
		end := i + 1
		for end < len(q.words) && !prepositions[q.word(end)] {
			end++
		}
		return q.put(i, end, f.text), true
	}
	return "", false
}

// isNameIn is isName for a word that may stand first.
func (f fragment) isNameIn(i int) bool {
	return f.isName(i) || isCapital(f.asked.text[f.words[i].Start:]) && !f.words[i].Stop && (i > 0 || f.to == 1)
}

// like returns the name of a question that another one, of a place or with a preposition
// before it, is to stand for.
func (q *asked) like(place bool, before string) (name, bool) {
	names := q.names()
	if len(names) == 1 {
		n := names[0]
		fits := before == "" || n.preceding == before || n.place && place
		return n, fits && (!place || n.place || !n.several || n.preceding != "")
	}
	var found []name
	for _, n := range names {
		if n.place == place && (before == "" || n.preceding == before) && (!n.several || n.preceding == "") {
			found = append(found, n)
		}
	}
	if before == "" && len(found) > 1 {
		found = slices.DeleteFunc(found, func(n name) bool { return n.preceding != "" })
	}
	if len(found) != 1 {
		return name{}, false
	}
	return found[0], true
}

// withCounted is a question for how many with something else to be counted.
func (q *asked) withCounted(f fragment) (string, bool) {
	p := q.parse()
	if p.asker < 0 || q.word(p.asker) != "how" || q.word(p.asker+1) != "many" || f.to-f.from > 3 || q.any(0, casualties) >= 0 {
		return "", false
	}
	from := f.from
	if f.word(from) == "the" {
		from++
	}
	head, end := p.head, p.auxiliary
	if head < 0 {
		head, end = p.rest, p.rest+1
	}
	if head >= len(q.words) || f.to <= from || prepositions[f.word(from)] || f.isNameIn(from) {
		return "", false
	}
	return q.put(head, end, f.span(from, f.to)), true
}

// isTime reports whether all words from i on tell a time.
func (q *asked) isTime(i int) bool {
	found := false
	for ; i < len(q.words); i++ {
		w := q.word(i)
		switch {
		case isNumber(w), in(w, timeWords, arabicTimes) && !timeFunctions[w]:
			found = true
		case prepositions[w], timeFunctions[w], w == "the", fillers[w]:
		case q.arabic && (arabicTimes[strings.TrimPrefix(w, "ال")] || arabicPrepositions[w]):
		default:
			return false
		}
	}
	return found
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" && w != "" }

// isYear reports whether a word is a year of four digits.
func isYear(w string) bool {
	return len(w) == 4 && isNumber(w) && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20"))
}

// withTime is the question with another time.
func (q *asked) withTime(f fragment) string {
	from, to, ok := q.time()
	first := f.from
	if in(f.word(first), prepositions, arabicPrepositions) && f.word(first) != "قبل" && f.word(first) != "before" {
		first++
	}
	switch {
	case !ok:
		s := f.text
		if first == f.from && isYear(f.word(f.from)) {
			s = map[bool]string{true: "عام ", false: "in "}[q.arabic] + s
		}
		return strings.TrimRight(q.text, "?؟ ") + " " + s
	case to-from == 1 && isYear(q.word(from)):
		for i := f.from; i < f.to; i++ {
			if isYear(f.word(i)) {
				return q.put(from, to, f.span(i, i+1))
			}
		}
	}
	for from > 0 && timeNouns[q.word(from-1)] {
		from--
	}
	if from > 0 && in(q.word(from-1), prepositions, arabicPrepositions) && q.word(from-1) != "by" {
		from--
	}
	return q.put(from, to, f.text)
}

// time returns where a question tells a time.
func (q *asked) time() (from, to int, ok bool) {
	for i := range q.words {
		if !q.tellsTime(i) {
			continue
		}
		end := i + 1
		for end < len(q.words) && (q.tellsTime(end) || isNumber(q.word(end))) {
			end++
		}
		if before := q.word(i - 1); isNumber(before) && len(before) < 3 || in(before, fewWords) {
			i--
		}
		return i, end, true
	}
	return 0, 0, false
}

// tellsTime reports whether the i-th word belongs to a time.
func (q *asked) tellsTime(i int) bool {
	w, next, before := q.word(i), q.word(i+1), q.word(i-1)
	switch {
	case isYear(w):
		return true
	case timeOpeners[w]:
		return timeWords[next] && !timeOpeners[next]
	case w == "may", w == "march":
		return isNumber(next) || isNumber(before) || prepositions[before]
	case !isArabic(q.text[q.words[i].Start:]):
		return timeWords[w] && (timeOpeners[before] || next == "ago" || !in(w, unitNouns, severalUnits))
	case w == "اول" && next == "امس":
		return true
	case w == "عام" || w == "سنه":
		return isYear(next)
	case timeFunctions[w]:
		return false
	}
	return arabicTimes[w] || before != "" && arabicTimes[before] && arabicTimes[strings.TrimPrefix(w, "ال")]
}
