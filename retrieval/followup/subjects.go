package followup

import (
	"maps"
	"strings"
)

// things are what a question may be about by itself: "the ferry" behind a question about
// an earthquake is another subject, and "the captain" is not. They are of three kinds:
// what happens and what it happens to, what people agree and quarrel about, and what is
// built. One of the last two stands for its like alone, since it may as well be a part of
// the subject before: "the ceasefire" behind a question about a summit.
var (
	mishaps = set(`earthquake quake tremor flood floods storm hurricane cyclone tornado drought fire wildfire wildfires landslide avalanche eruption volcano crash accident collision derailment collapse attack explosion blast bombing shooting
		stampede disaster sinking shipwreck ferry ship boat vessel plane aircraft helicopter train bus submarine`)
	affairs    = set(`derby match game final election elections referendum summit conference festival deal agreement treaty ceasefire truce war strike protest protests coup trial outbreak epidemic pandemic merger takeover loan budget`)
	structures = set(`airport museum bridge dam tunnel crossing stadium pipeline`)
	things     = union(mishaps, affairs, structures)

	arabicMishaps = set(`زلزال هزة فيضان فيضانات سيول عاصفة إعصار جفاف حريق حرائق انزلاق انهيار بركان حادث حادثة تصادم هجوم انفجار تفجير تدافع كارثة غرق عبارة سفينة قارب مركب طائرة مروحية قطار حافلة غواصة`)
	arabicAffairs = set(`مباراة ديربي نهائي انتخابات استفتاء قمة مؤتمر مهرجان اتفاق اتفاقية صفقة معاهدة هدنة حرب إضراب احتجاجات انقلاب محاكمة وباء قرض جائزة بطولة اجتماع لقاء محادثات مفاوضات`)
	arabicThings  = union(arabicMishaps, arabicAffairs, set(`مطار متحف جسر سد نفق معبر ملعب`))

	// roles are what a person is called by.
	roles = set(`minister president premier chancellor king queen prince emir sultan pope mayor governor ambassador envoy spokesman spokeswoman chief head leader director chairman chairwoman secretary general commander captain
		coach manager striker goalkeeper owner founder judge prosecutor lawyer suspect gunman driver pilot doctor singer actor director writer author scientist candidate winner`)
	// measuring end a question that asks for what a thing is like.
	measuring = set(`worth cost last take`)
	// recurring are events of which every place has its own: what is asked of one may be
	// asked of the other.
	recurring = set(`earthquake quake flood floods storm drought wildfire wildfires election elections referendum summit conference war protests airport outbreak budget`)
)

// union is the words of all sets.
func union(sets ...map[string]bool) map[string]bool {
	m := map[string]bool{}
	for _, s := range sets {
		maps.Copy(m, s)
	}
	return m
}

// alike reports whether two things are of one kind.
func alike(a, b string) bool {
	a, b = bareThing(a), bareThing(b)
	return in(a, mishaps, arabicMishaps) == in(b, mishaps, arabicMishaps) && in(a, affairs, arabicAffairs) == in(b, affairs, arabicAffairs)
}

// bareThing is a thing without the Arabic "and" and "the".
func bareThing(w string) string {
	if arabicThings[w] {
		return w
	}
	return strings.TrimPrefix(strings.TrimPrefix(w, "و"), "ال")
}

// isThing reports whether the words from the i-th to before the j-th name a thing: its last
// word, before a preposition, is one.
func (q *asked) isThing(i, j int) bool {
	end := i
	for end < j && !prepositions[q.word(end)] {
		end++
	}
	return end > i && end-i <= 5 && things[q.word(end-1)]
}

// thing returns the last noun phrase of a question that names a thing, with the places
// behind it: "the earthquake in Morocco".
func (q *asked) thing() (from, to int, ok bool) {
	verb := doing[q.word(q.parse().auxiliary)]
	for i := len(q.words) - 1; i > 0; i-- {
		if !things[q.word(i)] || verb && pastOf[q.word(i)] != "" && (things[q.word(i-1)] || q.isName(i-1)) {
			continue
		}
		from = i
		for from > 0 && !determiners[q.word(from)] && (!q.words[from-1].Stop || determiners[q.word(from-1)]) && !in(q.word(from-1), auxiliaries, prepositions) && baseOf[q.word(from-1)] == "" {
			from--
		}
		to = i + 1
		for to+1 < len(q.words) && locating[q.word(to)] && q.isName(to+1) {
			to = q.nameAt(to + 1).to
		}
		return from, to, true
	}
	return 0, 0, false
}

// headed is a name that stands before the noun of its phrase, with that: "the Kerman
// earthquake"; the name alone when none follows.
func (q *asked) headed(n name) (to int, ok bool) {
	to = n.to
	for to < len(q.words) && to < n.to+3 && !q.words[to].Stop && !strings.ContainsAny(q.gap(to), ",;:()") {
		if things[q.word(to)] {
			to++
			for to < len(q.words) && things[q.word(to)] {
				to++
			}
			return to, true
		}
		to++
	}
	return n.to, false
}

// withThing is the question asked of another thing: in the place of the one it is about,
// or in front of what asks.
func (q *asked) withThing(f fragment) (string, bool) {
	first := f.from
	if determiners[f.word(first)] {
		first++
	}
	if !f.isThing(first, f.to) {
		return "", false
	}
	fresh, casualty := f.headOf(first, f.to), q.any(0, casualties) >= 0
	from, to, ok := q.thing()
	same := ok && alike(fresh, q.headOf(from, to))
	if !same && !mishaps[fresh] {
		return "", false
	}
	head, rest, titled := strings.Cut(q.text, ": ")
	switch {
	case titled && head != "" && same:
		return f.text + ": " + rest, true
	case titled && head != "":
		return f.text + ": what happened", true
	case same && (determiners[q.word(from)] || to-from <= 4), casualty && ok && prepositions[q.word(from-1)]:
		return q.put(from, to, f.text), true
	}
	names := q.names()
	if casualty && len(names) == 1 && locating[names[0].preceding] {
		return q.put(names[0].from, names[0].to, f.text), true
	}
	p := q.parse()
	if p.asker < 0 || !adverbs[q.word(p.asker)] || counts[q.word(p.asker+1)] {
		return f.text + ": what happened", true
	}
	return f.text + ": " + lowered(q.span(p.begins, p.asker+1)), true
}

// withPlaceOf is a question for casualties asked of another place, in the place of an
// event that is not every place's own.
func (q *asked) withPlaceOf(f fragment, from int) (string, bool) {
	start, end, ok := q.thing()
	if !ok || f.alike || q.any(0, casualties) < 0 || !prepositions[q.word(start-1)] || f.isPlace(from, f.to) && recurring[q.headOf(start, end)] {
		return "", false
	}
	if prepositions[f.word(f.from)] {
		return q.put(start-1, end, f.text), true
	}
	return q.put(start-1, end, "in "+f.span(from, f.to)), true
}

// role is what a question calls the only person that it speaks of by what that one is:
// "the coach of Zamalek", "Egypt's minister of finance".
func (q *asked) role() (string, bool) {
	at := -1
	for i := range q.words {
		if roles[q.word(i)] && !q.isName(i) {
			if at >= 0 && at+1 != i {
				return "", false
			}
			at = i
		}
	}
	from, to := at, at+1
	for from > 0 && from > at-5 && !determiners[q.word(from)] && !strings.HasSuffix(q.words[from].Norm, "'s") {
		from--
	}
	if at < 0 || from == at || !determiners[q.word(from)] && !strings.HasSuffix(q.words[from].Norm, "'s") || articles[q.word(from)] && q.word(from) != "the" {
		return "", false
	}
	for to+1 < len(q.words) && q.word(to) == "of" {
		to++
		if determiners[q.word(to)] {
			to++
		}
		if q.isName(to) {
			to = q.nameAt(to).to
			continue
		}
		to++
	}
	return q.span(from, to), true
}

// thingAsked is the thing that is the subject of a question, when no other noun follows.
func (q *asked) thingAsked() (string, bool) {
	from, to, ok := q.thing()
	if !ok || from != q.parse().rest || !determiners[q.word(from)] {
		return "", false
	}
	for i := to; i < len(q.words); i++ {
		if determiners[q.word(i)] || q.isName(i) {
			return "", false
		}
	}
	return q.span(from, to), true
}

// headOf is the first thing from the i-th word to before the j-th, with no thing behind it.
func (q *asked) headOf(i, j int) string {
	for ; i < j; i++ {
		if things[q.word(i)] && (i+1 == j || !things[q.word(i+1)]) {
			return q.word(i)
		}
	}
	return ""
}
