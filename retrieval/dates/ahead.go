package dates

import (
	"strings"

	"newsbot/corpus/text"
)

// Whether a time in an article lies back or ahead: reports say "on Friday" of the last one
// and of the next.

// far is how many days off a time without a year may be before it is as likely the one on
// the other side.
const far = 250

// apart is how many words a preposition, a verb and its time may be apart.
const apart = 4

// reach is how many words a verb and its time may be apart.
const reach = 24

// unsure reports whether a relative time may as well lie on the other side of the
// publication.
func (r *reader) unsure(i int, p spot) bool {
	if !p.adverb && (!p.ahead && p.window.Last < r.ref-far || p.ahead && p.window.First > r.ref+far) {
		return true
	}
	if t := r.at(i); t.role == dayWord && t.norm == "today" && len(r.written(i)) > len(t.norm) { // "today's world"
		return true
	}
	if p.ahead || !p.weekday && !p.dated || p.adverb && !p.weekday {
		return false
	}
	switch lead := r.lead(i); {
	case lead == until, lead == to, lead == before, r.by(i):
		return true
	case r.at(p.next - 1).behind, r.at(i).role == lastWord, r.at(i).role == nextWord, r.at(i).role == thisWord:
		// "last Friday", «يوم الجمعة الماضي»
		return false
	}
	return r.infinitive(i) || r.planned(i) || !r.tellsPast()
}

// tellsPast reports whether the sentence tells what has been: in English by a verb, in
// Arabic when it does not begin with one of the present.
func (r *reader) tellsPast() bool {
	if r.lang == text.Arabic {
		first := strings.TrimPrefix(r.at(0).norm, "و")
		verb := strings.HasPrefix(first, "ي") && len(first) >= 8 && r.at(0).role == noRole
		return !verb && !present[first]
	}
	for r.pastSeen < len(r.tokens) && !r.isPast(r.pastSeen) {
		r.pastSeen++
	}
	return r.pastSeen < len(r.tokens)
}

// infinitive reports whether what stands before a time is to be done: "agreed to meet on
// Friday".
func (r *reader) infinitive(i int) bool {
	for j := i - 2; j >= 0 && j >= i-1-apart; j-- {
		if r.isPast(j + 1) {
			return false
		}
		if r.at(j).norm == "to" && r.joined(j+1) && !r.capital(j+1) && !r.amounts(j+1) && !objects[r.at(j+1).norm] && !led[r.at(j-1).norm] {
			return true
		}
	}
	return false
}

// amounts reports whether a number stands at a token: "rose to 23 on Thursday".
func (r *reader) amounts(i int) bool {
	t := r.at(i)
	return t.norm != "" && isDigit(t.norm[0]) || t.role == spelled
}

// planned reports whether what was announced or decided before a time is to be done rather
// than told: «أعلنت السلطات إغلاق المدارس يوم الأحد» may be of the next.
func (r *reader) planned(i int) bool {
	toDo := false
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		switch w := r.at(j).norm; {
		case plans[w] || plans[strings.TrimPrefix(w, "ب")]:
			toDo = true
		case announcing[strings.TrimPrefix(strings.TrimPrefix(w, "و"), "ف")]:
			return toDo
		case r.isPast(j), strings.HasPrefix(w, "ان") && len(w) <= len("انهم"): // «أعلن أنه»
			return false
		}
	}
	return false
}

// isComing reports whether a token shows that something lies ahead: "will", «ستعقد».
func (r *reader) isComing(i int) bool {
	t, b := r.at(i), r.at(i-1)
	switch w := t.norm; {
	case w == "set" || w == "due" || w == "going":
		return r.at(i+1).norm == "to" && auxiliary[b.norm] || w == "set" && r.at(i+1).norm == "for"
	case coming[w]:
		// "longer than expected", «أطول من المتوقع», and Will Smith
		compared := b.norm == "than" || b.norm == "من" && strings.HasPrefix(r.at(i-2).norm, "ا")
		return !compared && (w != "will" || i == 0 || !r.capital(i))
	case strings.HasSuffix(w, "'ll"):
		return true
	}
	return comingVerb(strings.TrimPrefix(strings.TrimPrefix(t.norm, "و"), "ف"))
}

// comingVerb reports whether an Arabic word is a verb of what lies ahead: «سيزور», «ستعقد».
func comingVerb(w string) bool {
	if !strings.HasPrefix(w, "سي") && !strings.HasPrefix(w, "ست") || len(w) < 8 || notComing[w] {
		return false
	}
	for _, s := range notComingStems {
		if strings.HasPrefix(w, s) {
			return false
		}
	}
	return true
}

// isPast reports whether a token is a verb of what has been.
func (r *reader) isPast(i int) bool {
	w, b := r.at(i).norm, r.at(i-1).norm
	if w == "" || coming[w] || coming[b] || b == "be" || b == "ان" { // "will be held", «من المقرر نشر»
		return false
	}
	if gone[w] || strings.HasPrefix(w, "و") && gone[strings.TrimPrefix(w, "و")] {
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "ed") && !r.capital(i) && !strings.HasSuffix(w, "eed")
}

// liesAhead reports whether the time that begins at a token lies ahead of the article: a
// verb before it shows so, with none of the past between them, or one right behind a time
// that begins a clause.
func (r *reader) liesAhead(i int) bool {
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		if r.isPast(j) || r.at(j).role == after || r.at(j).role == since {
			return false
		}
		if r.isComing(j) {
			return true
		}
	}
	start := i
	if j := r.leadAt(i); j >= 0 {
		start = j
	}
	if start > 0 && r.at(start).gap != ',' {
		return false
	}
	const most = 9
	for j := i + 1; j < len(r.tokens) && j <= i+most; j++ {
		if r.isPast(j) {
			return false
		}
		if r.isComing(j) {
			return true
		}
	}
	return false
}

var (
	// objects stand behind "to" where no verb does.
	objects = set(`the a an his her their its our this that these those what police hospital court reporters journalists state parliament
		more less over under above below nearly almost about around roughly some at zero
		lawmakers prison local national all two three four five one more him them us me it officials doctors media`)
	// led stand before a "to" that is no infinitive.
	led = set("according due thanks up next close rose fell climbed dropped increased decreased slipped jumped soared surged plunged")
	// announcing are verbs of which the object may be yet to be done, when it is one of plans.
	announcing = set(`أعلن أعلنت أعلنوا قرر قررت قرروا أمر أمرت دعا دعت طلب طلبت طالب طالبت وافق وافقت اتفق اتفقت أصدر أصدرت وجه وجهت أقر أقرت`)
	plans      = set(`إغلاق الإغلاق تأجيل تعليق تعطيل تنظيم عقد فتح افتتاح إعادة إجراء بدء انطلاق استئناف إلغاء حظر فرض إقامة وقف إيقاف
		إطلاق إخلاء إجلاء إضراب الإضراب إضرابا الحداد عطلة رفع خفض تمديد نقل إرسال نشر زيارة اجتماع اجتماعا مؤتمر مؤتمرا تسيير صرف تشييع استقبال الدوام دوام`)
	// coming show that what stands with them lies ahead.
	coming = set(`will shall would scheduled expected expects plans planned planning slated upcoming won't due going set
		سوف المقرر المتوقع المرتقب المزمع المنتظر يعتزم تعتزم ينتظر يتوقع مقرر متوقع مرتقب مقررة مرتقبة يخطط تخطط المقررة المرتقبة والمقرر`)
	// gone are verbs of the past that do not show by their form.
	gone = set(`said told met was were had been held won lost began went came left took made gave saw became rose fell struck hit led spoke wrote
		ran flew drew broke found sent says did threw shot beat chose drove fought forgot froze grew hung kept knew lay rode rang sank sang sold
		slept slid spent stole stood swam swore taught thought tore understood woke wore paid heard felt dealt bought brought built caught shook
		got put hurt cut quit
		قال قالت قالوا أعلن أعلنت أكد أكدت ذكر ذكرت أفاد أفادت صرح صرحت التقى التقت وصل وصلت وقع وقعت قتل قتلت شهد شهدت بدأ بدأت
		أجرى أجرت استقبل استقبلت أضاف أضافت أشار أشارت كشف كشفت نشر نشرت أطلق أطلقت شن شنت قصف قصفت فاز فازت خسر خسرت توفي توفيت انتهى
		انتهت كان كانت اتفق اتفقت دعا دعت وافق وافقت اعتبر اعتبرت نفى نفت غادر غادرت أعرب أعربت قرر قررت أصدر أصدرت أنقذ أوضح أوضحت
		تم جرى جرت عقدت أقيم أقيمت صدر صدرت اندلع اندلعت سقط سقطت اعتقل اعتقلت أوقف أوقفت هاجم هاجمت أصاب أصابت أصيب أصيبت زار زارت`)
	// present begin a sentence about what is about to be.
	present = set("تبدأ تعقد تجري تستضيف تلتقي تواجه تنطلق تستقبل تزور تنظم تفتتح تقام تجتمع تصوت تختتم تحتفل تغلق تصل تلعب تخوض تبث تجرى")
	// notComing begin like a verb that lies ahead and are none.
	notComing = set("سيدة سيدات سيدتي سيدني سيدهم سيدنا سيرة سيتي سيئة سيبيريا سيلان سيول سيوف ستين ستون ستائر سيناء سيناريو سيطر سيطرة سيكولوجية سيمفونية سيلفا سيميوني سيمنز سينما سينمائي")
	// notComingStems are the beginnings of more of them, mostly of names.
	notComingStems = strings.Fields("سيار سياس سياح سياق سيطر سينا سينم سيناتور سيلف سيمون سيباستيان ستار ستال ستان ستاد ستور ستوك ستون ستوي ستودي ستوب ستي ستر ستاف ستيف")
)
