package claims

import (
	"strings"
	"unicode/utf8"
)

// stops reports whether the k-th word ends a noun phrase. «علي» with ي is a given name
// and «على» the preposition, which read the same without their marks; only who writes
// «إلي» for «إلى» may mean the preposition.
func (r *reader) stops(k int) bool {
	word := r.norm(k)
	if word == "علي" && strings.HasSuffix(r.written(k), "ي") {
		return occasions[r.norm(k+1)] || r.yaForAlef
	}
	return arabicStops[word]
}

// isNobody reports whether a phrase names nobody: «أحد» alone, and not «أحد السكان».
func (r *reader) isNobody(p phrase) bool {
	first := r.norm(p.first)
	return nobodyArabic[first] || first == "احد" && p.end == p.first+1
}

// joinedAfter reports whether the verb at i is joined by «و» to a clause before it.
func joinedAfter(r *reader, i int) bool {
	_, joined := r.unjoined(i)
	return joined && i > 0 && (!r.breaks(i) || r.commaAside(i))
}

// accusative reports whether the i-th word has the ending of an indefinite object,
// «إضرابا», which many write without the mark of its nunation.
func (r *reader) accusative(i int) bool {
	const least = 5
	word := r.norm(i)
	return strings.HasSuffix(word, "ا") && !strings.HasSuffix(word, "يا") && !strings.HasPrefix(word, "ال") &&
		utf8.RuneCountInString(word) >= least && !states[word] && !endingNames[word]
}

// withMatter goes on with a phrase behind «بشأن» where that belongs to a name of what is
// spoken for, «اتفاقية الأمم المتحدة بشأن تغير المناخ», and what is said begins right
// behind it.
func (r *reader) withMatter(p phrase) phrase {
	if r.norm(p.end) != "بشان" || r.breaks(p.end) || !r.named(p) {
		return p
	}
	for k := p.end + 1; k < len(r.words) && k-p.first <= MaxSpeaker && !r.breaks(k); k++ {
		switch {
		case thats[r.norm(k)] && k > p.end+1:
			return phrase{p.first, k}
		case r.stops(k), r.saysOrActs(k), r.digit(k), arabicDates[r.norm(k)], arabicRelative[r.norm(k)], r.audience(k), r.possessed(k):
			return p
		}
	}
	return p
}

// named reports whether a phrase has a word of what is named after its matter.
func (r *reader) named(p phrase) bool {
	for k := p.first; k < p.end; k++ {
		word := strings.TrimPrefix(strings.TrimPrefix(r.norm(k), "ل"), "ال")
		if matters[word] {
			return true
		}
	}
	return false
}

// promised is the claim of a verb that leads to what is promised by «ب»: «وتعهدت الدول
// المشاركة بتقديم».
func (r *reader) promised(i int, p phrase, v arabicSay) (Claim, bool) {
	for k := p.first; k < p.end; k++ {
		if r.promise(k) && k > p.first {
			p.end = k
		}
	}
	if !r.promise(p.end) && !thats[r.norm(p.end)] {
		return Claim{}, false
	}
	return r.arabicBy(i, v, p)
}

// promise reports whether the k-th word is «ب» with a noun.
func (r *reader) promise(k int) bool {
	const least = 4
	word := r.norm(k)
	return strings.HasPrefix(word, "ب") && utf8.RuneCountInString(word) >= least && !namesWithB[word] && !r.breaks(k)
}

// sharedSubject is the subject of the verb that a sentence begins with, which «و» joins
// the end-th word to: «رفضت النقابة العرض وأعلنت إضرابا». Where it has an object, only a
// noun with the article and one that a noun with it follows are sure to end in time.
func (r *reader) sharedSubject(end int) phrase {
	if !joinedAfter(r, end) {
		return phrase{}
	}
	first := r.norm(0)
	if !doing[first] {
		first, _ = r.unjoined(0)
	}
	if !r.agrees(first, end) || r.breaks(1) || r.stops(1) || r.possessed(1) || r.clause(end) {
		return phrase{}
	}
	p := phrase{1, 2}
	if !r.definite(1) {
		if !r.definite(2) {
			return phrase{}
		}
		p.end = 3
	}
	for p.end < end && !r.breaks(p.end) && describes(r.norm(p.end)) && !strings.HasSuffix(r.written(p.end), "ى") && r.fits(p, p.end) {
		p.end++
	}
	if p.end > end || deeds[r.norm(1)] || r.deed(1) {
		return phrase{}
	}
	return p
}

// fits reports whether an adjective agrees in gender with a noun of a phrase: «الشرطة
// القضائية», and not «الشركة العرض».
func (r *reader) fits(p phrase, k int) bool {
	feminine := func(word string) bool {
		return strings.HasSuffix(word, "ه") || strings.HasSuffix(word, "ات") || word == "العليا" || word == "الكبري"
	}
	adjective := feminine(r.norm(k))
	return feminine(r.norm(p.first)) == adjective || adjective && feminine(r.norm(p.first+1)) && !r.definite(p.first)
}

// agrees reports whether a word that a sentence begins with is a verb whose subject can be
// that of the verb at i.
func (r *reader) agrees(first string, i int) bool {
	second, _ := r.unjoined(i)
	switch {
	case strings.HasSuffix(second, "وا"), strings.HasSuffix(second, "ا"):
		return doing[first] || doing[strings.TrimSuffix(first, "ت")]
	case strings.HasSuffix(second, "ت"):
		stem := strings.TrimSuffix(first, "ت")
		return stem != first && (doing[stem] || doing[stem+"ي"])
	}
	return doing[first]
}

// clause reports whether a conjunction may stand before the end-th word, behind which
// another subject does.
func (r *reader) clause(end int) bool {
	const most = 40
	if end > most {
		return true
	}
	for k := 1; k < end; k++ {
		word, joined := r.unjoined(k)
		if leadIns[r.norm(k)] || thats[r.norm(k)] || arabicRelative[r.norm(k)] || joined && (doing[word] || doing[strings.TrimSuffix(word, "ت")]) {
			return true
		}
	}
	return false
}

var (
	// matters are named after their matter: «اتفاقية … بشأن».
	matters = set("اتفاقية معاهدة بروتوكول مؤتمر لجنة هيئة فريق منظمة منتدى حوار بعثة مبعوث مبعوثة")
	// namesWithB begin with a ب that is theirs.
	namesWithB = set("بايدن باسم بشار بسام بوتين بلال برهم بنيامين بوريس بلينكن بريطانيا بلجيكا بكين باريس برلين بغداد بيروت باكستان بروكسل بولندا بنغلاديش بوريل بيان باسل بهاء بندر بثينة")
	// doing are verbs in the perfect of which a subject and mostly an object follow.
	doing = set(`دخل اجتمع رفض أغلق وقع ألقى استقبل انتقد وصل غادر زار قبل أقر ألغى أرجأ فتح افتتح أطلق بدأ أنهى نشر أصدر شكل عين أقال عقد أجرى وافق
		هاجم استهدف قصف سيطر انسحب احتل حرر ضبط اعتقل أوقف أفرج سلم تسلم أحال حكم أدان برأ نقل أرسل منح قدم سحب حظر فرض رفع خفض مدد علق استأنف
		اشترى باع استحوذ خسر سجل حقق ربح دمر أسقط أنقذ أخلى أجلى بحث ناقش راجع درس اختار انتخب بنى دشن طور اختبر أوفد استدعى طرد هدم كثف عزز نظم شارك التقى`)
)
