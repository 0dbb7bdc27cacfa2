package followup

import (
	"strings"
	"unicode/utf8"
)

// isVerb reports whether a normalised Arabic word is a verb: one of a list, in any
// person, or one whose form shows it.
func isVerb(w string) bool {
	if placeWords[w] || in(w, arabicPrepositions, heads, arabicAskers, notVerbs) {
		return false
	}
	for _, end := range [...]string{"", "ت", "وا", "ا", "تا"} {
		if stem, ok := strings.CutSuffix(w, end); ok && (verbs[stem] || verbs[stem+"ي"] || verbs[stem+"ا"]) {
			return true
		}
	}
	if strings.HasPrefix(w, "ال") {
		return false
	}
	n := utf8.RuneCountInString(w)
	if rest, ok := strings.CutPrefix(w, "س"); ok && n >= 5 && (strings.HasPrefix(rest, "ي") || strings.HasPrefix(rest, "ت")) {
		return true
	}
	switch {
	case strings.HasPrefix(w, "ي"):
		return n >= 3
	case strings.HasPrefix(w, "ت"):
		return n >= 4 && !strings.HasSuffix(w, "ه") && !strings.HasSuffix(w, "ات")
	case strings.HasPrefix(w, "ا"):
		return isDerivedPast(w)
	}
	return false
}

// isDerivedPast reports whether a word has the form of «اجتمع» or «انتخبت»; nouns of that
// form have a long vowel before their last letter, as «اجتماع».
func isDerivedPast(w string) bool {
	stem := []rune(strings.TrimSuffix(strings.TrimSuffix(w, "ت"), "وا"))
	if len(stem) < 5 || stem[len(stem)-2] == 'ا' || stem[len(stem)-1] == 'ه' {
		return false
	}
	return stem[1] == 'ن' || stem[1] == 'س' && stem[2] == 'ت' || stem[2] == 'ت' || stem[2] == 'ط' || stem[2] == 'د'
}

// notVerbs begin like verbs of the present and are none.
var notVerbs = set(`تركيا تونس ترامب تقرير تاريخ توقيت ترتيب تعريف تفسير تأثير تفاصيل تصريح تنظيم تحالف تمثال تلسكوب تشاندرايان تشيلسي تايوان تشاد تيم توتنهام يوم يومي يورو يونيو يوليو يناير يمن يونس يوسف ياسر يحيى يمين يسار ينبع يافا يدي يهودي يورانيوم
	انتخابات انتخاب اسطنبول استاد تشات تويتر تيك تكنولوجيا توت تبون تميم تشافي تيران تعداد توتر تهديد تدخل تحطم تعليق تمويل تغيير تطور تجديد تصنيف تضخم يهود اندونيسيا استراليا استونيا انتر اندرويد ايران`)

func (q *asked) isVerb(i int) bool {
	return i >= 0 && i < len(q.words) && isArabic(q.text[q.words[i].Start:]) && isVerb(q.word(i))
}

// parseArabic reads what asks in an Arabic question.
func (q *asked) parseArabic() parsed {
	p := parsed{asker: -1, begins: q.skip(0, arabicLeads), head: -1, auxiliary: -1}
	i := p.begins
	if beforeAsker[q.word(i)] && arabicAskers[q.word(i+1)] {
		i++
	}
	p.rest, p.after = p.begins, p.begins
	if !arabicAskers[q.word(i)] {
		return p
	}
	p.asker, p.rest = i, i+1
	switch w := q.word(i); {
	case w == "اي" || w == "ايه" && !q.isVerb(i+1), w == "كم" && q.word(i+1) != "عدد" && !q.isVerb(i+1) && !arabicPrepositions[q.word(i+1)]:
		p.head = i + 1
		p.rest = i + 2
		for k := p.rest; k < min(i+5, len(q.words)) && !q.isPrepositional(k); k++ { // «كم نقطة مئوية رفع»
			if q.isVerb(k) {
				p.rest = k
				break
			}
		}
	case arabicPronouns[q.word(i+1)]:
		p.auxiliary = i + 1
		p.rest = i + 2
	}
	p.after = p.rest
	for copulas[q.word(p.rest)] && p.rest+1 < len(q.words) && !q.isPrepositional(p.rest+1) {
		p.rest++
	}
	return p
}

// isPrepositional reports whether a preposition stands at i, or is written onto the word.
func (q *asked) isPrepositional(i int) bool {
	w := q.word(i)
	if in(w, arabicPrepositions, attached) {
		return true
	}
	return strings.HasPrefix(w, "بال") || strings.HasPrefix(w, "لل") || strings.HasPrefix(w, "ب") && placeWords[strings.TrimPrefix(w, "ب")]
}

// askInArabic is the question, which is in Arabic, with another phrase that asks.
func (q *asked) askInArabic(phrase string) string {
	if other, ok := translatedAskers[phrase]; ok && !isArabic(phrase) {
		phrase = other
	}
	p := q.parseArabic()
	_, titled := q.heading()
	asker := q.word(p.asker)
	if titled || p.asker < 0 || !asksArabicAdverbially(phrase) {
		return q.topicOr() + ": " + phrase
	}
	switch {
	case arabicAdverbs[asker], asker == "هل", p.begins < p.asker:
		return phrase + " " + q.from(p.after)
	case happened[q.word(p.rest)] && whats[asker]:
		return phrase + " " + q.span(p.rest, p.rest+1) + " ذلك " + q.from(p.rest+1)
	case whats[asker] && strings.HasSuffix(phrase, "ماذا"):
		return q.topicOr() + ": " + phrase
	case whats[asker] && p.auxiliary < 0 && q.isVerb(p.rest):
		if _, to, ok := q.subjectSpan(); ok {
			return phrase + " " + q.span(p.after, to) + " ذلك " + q.from(to)
		}
		return phrase + " " + q.from(p.after)
	case p.auxiliary < 0 && q.isVerb(p.rest) && (asker != "كم" && asker != "اي" || !q.isPrepositional(p.rest+1)):
		return phrase + " " + q.from(p.after)
	case p.auxiliary < 0 && !q.isVerb(p.rest):
		if from, to, ok := q.subjectSpan(); ok && (q.word(from-1) != "في" || q.isArabicThing(from)) {
			return q.span(from, to) + ": " + phrase
		}
	}
	return q.topicOr() + ": " + phrase
}

var (
	happened = set("حدث حصل جرى وقع صار")
	whats    = set("ماذا ما شو وش ايش ايه شنو")
)

func asksArabicAdverbially(phrase string) bool {
	first, rest, _ := strings.Cut(phrase, " ")
	return arabicAdverbs[normal(first)] || rest != "" && beforeAsker[normal(first)]
}

// arabicTopic is what an Arabic question is about.
func (q *asked) arabicTopic() string {
	p := q.parseArabic()
	i := p.rest
	if q.isVerb(i) && whoAskers[q.word(p.asker)] && p.auxiliary < 0 {
		if i+2 < len(q.words) && q.word(i+1) == "في" {
			return q.from(i + 2)
		}
		if i+1 < len(q.words) && q.isArabicThing(i+1) {
			return q.from(i + 1)
		}
	}
	if p.asker < 0 {
		return q.from(q.skip(i, phrases("أخبار,اخر أخبار,آخر أخبار,حدثني عن,أخبرني عن,اخبرني عن,ماذا عن,معلومات عن")))
	}
	if q.word(i) == "اخر" && (q.word(i+1) == "اخبار" || q.word(i+1) == "تطورات") && i+2 < len(q.words) {
		i += 2
	}
	if from, _, ok := q.arabicThing(); ok && q.word(from-1) == "في" && q.vagueArabic(i, from-1) {
		return q.from(from)
	}
	counted := p.head >= 0 && q.isVerb(i) && q.isPrepositional(i+1)
	if counted || happened[q.word(i)] && whats[q.word(p.asker)] {
		i++
	}
	if locatingVerbs[q.word(i)] || happened[strings.TrimSuffix(q.word(i), "ت")] && q.isArabicThing(i+1) {
		i++
	}
	for heads[q.word(i)] && i+1 < len(q.words) {
		i++
	}
	for (arabicPrepositions[q.word(i)] || q.word(i) == "وراء") && i+1 < len(q.words) {
		i++
	}
	if arabicCasualties[q.word(i)] && i+1 < len(q.words) && q.isArabicThing(i+1) {
		i++
	}
	return q.from(i)
}

// vagueArabic reports whether the words from the i-th to before the j-th would fit any
// event.
func (q *asked) vagueArabic(i, j int) bool {
	for ; i < j; i++ {
		if w := q.word(i); !q.words[i].Stop && !in(w, arabicGeneric, arabicCasualties, heads, perishing) {
			return false
		}
	}
	return true
}

// subjectSpan returns the words that name what an Arabic question is about, when that is
// certain.
func (q *asked) subjectSpan() (from, to int, ok bool) {
	p := q.parseArabic()
	asker := q.word(p.asker)
	if _, titled := q.heading(); titled || p.asker < 0 {
		return 0, 0, false
	}
	from = p.rest
	switch {
	case q.isVerb(from) && whoAskers[asker] && p.auxiliary < 0:
		return 0, 0, false // it is asked for
	case q.isVerb(from):
		from++
		if q.isPrepositional(from) {
			if p.head < 0 {
				return 0, 0, false
			}
			from++
		}
	case p.auxiliary < 0 && !nounAskers[asker]:
		return 0, 0, false
	}
	for heads[q.word(from)] {
		from++
	}
	if arabicGeneric[q.word(from)] && q.isPrepositional(from+1) {
		from += 2
	}
	if arabicCasualties[q.word(from)] && from+1 < len(q.words) && q.isArabicThing(from+1) {
		from++
	}
	to = q.nounEnd(from, p.rest)
	return from, to, to > from
}

// nounEnd is where the noun ends that begins at i; verb is the place of its verb, if it
// is one.
func (q *asked) nounEnd(i, verb int) int {
	transitive := q.isVerb(verb) && !q.isArabicThing(i) && transitives[strings.TrimSuffix(q.word(verb), "ت")]
	k := i
	for ; k < len(q.words); k++ {
		w := q.word(k)
		switch {
		case k > i && (w == "ذلك" || ownNouns[w] != ""), transitives[strings.TrimSuffix(q.word(verb), "ت")] && k > i && q.isArabicThing(k) && !q.isArabicThing(i) && !arabicPrepositions[q.word(k-1)] && !heads[q.word(k-1)]:
			return k
		case w == "بين" && k > i:
			return len(q.words) // «القطيعة بين السعودية وإيران»
		case q.isPrepositional(k), arabicTimes[w] && k > i, isNumber(w) && len(w) == 4, clauseWords[w],
			k > i && arabicAskers[w], k > i && strings.ContainsAny(q.gap(k), ",،;؛:"):
			return k
		case k == i+1 && placeWords[q.word(i)] && !strings.HasPrefix(w, "ال") && !strings.HasPrefix(q.words[k].Norm, "و"):
			return k
		case transitive && k > i && placeWords[w]:
			return k
		case transitive && k > i && strings.HasPrefix(w, "ال") && !placeWords[w] && strings.HasPrefix(q.word(i), "ال"):
			// an adjective: «الجامعة العربية»
		case transitive && k > i && strings.HasPrefix(q.word(i), "ال") && !strings.HasPrefix(q.words[k].Norm, "و"):
			return k
		case transitive && k == i+1 && !titles[q.word(i)] && !strings.HasPrefix(q.words[k].Norm, "و"):
			return k
		}
	}
	return k
}

var (
	// transitives are verbs whose object may follow the subject without anything between.
	transitives = set(`زار غادر استقبل هاجم قصف ضرب احتل اتهم هدد دخل طلب رفض وقع اشترى باع استضاف علق قطع هزم قتل اعتقل عين انتخب أعلن شكل قاد رأس دعا منح تسلم حضر ترك`)
	// titles stand before a name, or before what somebody is the head of.
	titles = set(`رئيس رئيسة وزير وزيرة ملك ملكة أمير بابا البابا الرئيس الملك الملكة الأمير الوزير شركة بنك منظمة حزب منتخب فريق نادي وزارة مجلس حركة جماعة`)
)
