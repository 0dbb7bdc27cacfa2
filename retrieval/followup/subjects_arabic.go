package followup

import (
	"strings"
	"unicode/utf8"
)

// isArabicThing reports whether the i-th word names a thing that a question may be about
// by itself.
func (q *asked) isArabicThing(i int) bool {
	return i >= 0 && i < len(q.words) && arabicThings[bareThing(q.words[i].Norm)]
}

// arabicThing returns the last noun of an Arabic question that names a thing, with what
// belongs to it.
func (q *asked) arabicThing() (from, to int, ok bool) {
	first := q.parseArabic().rest
	for i := first; i < len(q.words); i++ {
		if !q.isArabicThing(i) || i == first && q.isVerb(i) {
			continue
		}
		from = i
		to = max(q.nounEnd(i, -1), i+1)
		if to < len(q.words) && isNumber(q.word(to)) && len(q.word(to)) < 4 {
			to++ // «العبارة النور 3»
		}
		return from, q.withArabicPlace(to), true
	}
	return 0, 0, false
}

// withArabicPlace is the end of a noun that ends before i, with the place behind it: «اتفاق
// الغاز في أنقرة».
func (q *asked) withArabicPlace(i int) int {
	if w := q.word(i); w != "في" && w != "قباله" && w != "قرب" || i+1 >= len(q.words) || arabicTimes[q.word(i+1)] || isNumber(q.word(i+1)) || q.isArabicThing(i+1) {
		return i
	}
	if w := q.word(i + 1); arabicGeneric[w] || arabicPrepositions[w] {
		return i
	}
	return i + 2
}

// withArabicThing is the question asked of another thing: in the place of the one it is
// about, or in front of what asks.
func (q *asked) withArabicThing(other *asked) (string, bool) {
	if len(other.words) == 0 || len(other.words) > 5 || !other.isArabicThing(0) {
		return "", false
	}
	fresh, casualty := other.words[0].Norm, q.any(0, arabicCasualties, perishing) >= 0
	from, to, ok := q.arabicThing()
	same := ok && alike(fresh, q.words[from].Norm)
	if !same && !arabicMishaps[bareThing(fresh)] {
		return "", false
	}
	head, rest, titled := strings.Cut(q.text, ": ")
	switch {
	case titled && head != "" && same:
		return other.text + ": " + rest, true
	case titled && head != "":
		return other.text + ": ماذا حدث", true
	case same, ok && casualty:
		return q.put(from, to, other.text), true
	}
	p := q.parseArabic()
	if casualty {
		for i := p.rest; i+1 < len(q.words); i++ {
			if q.word(i) == "في" {
				return q.put(i+1, i+2, other.text), true
			}
		}
	}
	if p.asker < 0 || !arabicAdverbs[q.word(p.asker)] {
		return other.text + ": ماذا حدث", true
	}
	return other.text + ": " + q.unjoined(p.begins, p.asker+1), true
}

// withCasualtiesIn is a question for how many casualties of an event asked of another
// place, when the event is not every place's own.
func (q *asked) withCasualtiesIn(other *asked, preposition bool) (string, bool) {
	n := len(other.words)
	from, to, ok := q.arabicThing()
	count := q.any(0, arabicCasualties, perishing)
	if !ok || count < 0 || count > from || n == 0 || n > 2 || q.any(0, amountAskers) < 0 || other.isArabicThing(0) {
		return "", false
	}
	known := other.isPlace(0, n)
	if w := strings.TrimPrefix(q.word(from), "ال"); known && arabicRecurring[w] || !known && !preposition && (strings.HasPrefix(other.word(0), "ال") || in(other.word(0), arabicGeneric)) {
		return "", false
	}
	for from > count+1 && (q.word(from-1) == "في" || arabicThings[q.word(from-1)]) {
		from--
	}
	before := strings.TrimSpace(q.text[:q.words[from].Start])
	if last := q.word(from - 1); arabicCasualties[last] && !strings.HasPrefix(last, "ال") {
		start := q.words[from-1].Start
		before = before[:start] + "ال" + before[start:]
	}
	return before + " في " + other.text + q.text[q.words[to-1].End:], true
}

// agrees reports whether a verb may have the i-th word for its subject: not «استقالت» before
// «وزير».
func (q *asked) agrees(verb string, i int) bool {
	w := strings.TrimPrefix(q.word(i), "ال")
	written := q.span(i, i+1)
	feminine := strings.HasSuffix(verb, "ت") && verbs[strings.TrimSuffix(verb, "ت")] || strings.HasPrefix(verb, "ت") && verbs["ي"+strings.TrimPrefix(verb, "ت")]
	switch {
	case feminine:
		return !menTitles[w]
	case verbs[verb]:
		return !strings.HasSuffix(written, "ة") || !menTitles[strings.TrimSuffix(w, "ه")] && !q.isArabicThing(i)
	}
	return true
}

// onVerb reports whether the i-th word, the last, is a verb behind what asks with an
// object written onto it: «من بناه».
func (q *asked) onVerb(i int) bool {
	w := q.word(i)
	stem, ok := strings.CutSuffix(w, "ه")
	if !ok || i+1 < len(q.words) || !in(q.word(i-1), arabicAskers) || strings.HasSuffix(q.span(i, i+1), "ة") {
		return false
	}
	stem = strings.TrimSuffix(stem, "ت")
	if present := strings.TrimPrefix(stem, "س"); strings.HasPrefix(present, "ي") && len(present) > 6 {
		return q.word(i-1) == "من"
	}
	return len(stem) > 4 && (verbs[stem] || verbs[strings.TrimSuffix(stem, "ا")+"ي"] || isVerb(stem) && strings.HasPrefix(stem, "ا"))
}

// endsInPronoun reports whether a question that begins with an "and" has nothing but verbs
// before a last word with a pronoun on it: «ومن صممه؟», «وكم كلف بناؤه؟».
func (q *asked) endsInPronoun(start int) bool {
	last := len(q.words) - 1 - q.fillersAtEnd()
	asks := arabicAskers[q.word(start)] && q.words[start].Norm == "و"+q.word(start)
	if !asks || last <= start || last > start+3 || placing[q.word(last-1)] || !q.bearsPronoun(last) {
		return false
	}
	for i := start + 1; i < last; i++ {
		if !q.isVerb(i) && !heads[q.word(i)] && !verbParticles[q.word(i)] {
			return false
		}
	}
	return true
}

// placing are verbs behind which stands the name of a place.
var placing = set(`تقع يقع توجد يوجد`)

// bearsPronoun reports whether the i-th word ends like one with the pronoun of an object or
// an owner.
func (q *asked) bearsPronoun(i int) bool {
	w := q.word(i)
	if q.words[i].Stop || naturalEnds[w] || placeWords[w] || strings.HasPrefix(w, "ال") || strings.HasSuffix(q.span(i, i+1), "ة") {
		return false
	}
	stem, ok := strings.CutSuffix(w, "ه")
	return ok && utf8.RuneCountInString(stem) >= 3 || q.hasPronoun(i)
}

// isPrepositionBefore reports whether the noun at from in the question before is where
// something was, and no thing: «القتلى في المغرب» have no strength.
func (q *asked) isPrepositionBefore(p *asked, from int) bool {
	return p.word(from-1) == "في" && !p.isArabicThing(from)
}

// sayings are verbs whose subject is a speaker, and no place that is asked about.
var sayings = set(`قال قالت صرح صرحت ذكر ذكرت أعلن أعلنت`)

// withSpokenOf is the question what others than a person say about somebody, asked about
// another one: «ماذا تقول الاستطلاعات عن ماكرون؟».
func (q *asked) withSpokenOf(other *asked, subject int) (string, bool) {
	w, ok := strings.CutPrefix(q.word(subject), "ال")
	if !ok || menTitles[w] || placeWords[q.word(subject)] || strings.HasPrefix(other.word(0), "ال") {
		return "", false
	}
	return q.withArabicPhrase("عن", other.text)
}

// attends reports whether a question asks whether somebody was present, and not where:
// «هل حضر أردوغان؟».
func (q *asked) attends(start int) bool {
	n := len(q.words) - start
	return q.word(start) == "هل" && attending[strings.TrimSuffix(q.word(start+1), "ت")] && n > 2 && n <= 5 && !q.anyPreposition(start) && !strings.HasPrefix(q.word(len(q.words)-1), "ال")
}

func (q *asked) anyPreposition(i int) bool {
	for ; i < len(q.words); i++ {
		if q.isPrepositional(i) || q.isArabicThing(i) {
			return true
		}
	}
	return false
}

var (
	// ofThings are nouns of what a thing has, and nobody.
	ofThings = set(`قيمة قوة تكلفة كلفة مدة بنود شروط حجم مساحة طول ارتفاع سعر ضحايا موعد نتيجة نتائج مضمون تفاصيل`)
	// holding are verbs behind whose subject stands what it holds: «متى تولى منصبه؟».
	holding   = set(`تولى تولت ترك تركت غادر غادرت استعاد استعادت فقد فقدت شغل شغلت تسلم تسلمت`)
	attending = set(`حضر شارك سيحضر سيشارك يحضر يشارك`)
	// menTitles are what a man is called by; with an ending, a woman.
	menTitles = set(`رئيس وزير ملك أمير مدير نائب سفير متحدث محافظ قائد زعيم مدرب حاكم عمدة قاضي بابا مستشار أمين مفوض مرشح لاعب مالك كاتب ممثل`)
	// arabicRecurring are events of which every place has its own.
	arabicRecurring = set(`زلزال هزة فيضان فيضانات سيول عاصفة جفاف حرائق انتخابات استفتاء قمة مؤتمر حرب احتجاجات مطار وباء`)
)
