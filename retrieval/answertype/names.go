package answertype

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Names: in English by their capitals, in Arabic by what stands before them.

const (
	nameSure  = 1.0
	nameMaybe = 0.6 // one capital, which may be a place or a thing
	nameFirst = 0.4 // the first word, before the verb of the question
	nameAlone = 0.5 // a word behind the verb of the question, where a name stands
	nameWeak  = 0.3 // a nationality, a place behind "in"
)

var (
	// titles stand before a person's name.
	titles = set(`mr mrs ms miss dr sir lord lady dame prof professor president minister king queen prince princess pope general colonel captain senator judge justice chancellor emperor sultan sheikh chairman governor mayor
		secretary ceo director coach commander author actor actress singer goalkeeper striker midfielder poet writer scientist inventor founder spokesman spokeswoman`,
		`الرئيس الملك الملكة الأمير الأميرة السيد السيدة الدكتور الدكتورة المدرب اللاعب النائب السفير الشيخ الكاتب الكاتبة الممثل الممثلة المغني المغنية الفنان الفنانة الشاعر الشاعرة المخرج المخرجة العالم الفيلسوف المؤرخ القاضي
		المحامي البابا السلطان الخليفة الإمام المهندس الباحث الباحثة البروفيسور الزعيم الجنرال القائد الإمبراطور القيصر الصحفي الصحافي الصحفية الروائي المطرب المطربة الرسام الملحن الوزير الوزيرة المتحدث المتحدثة الأستاذ العقيد العميد
		اللواء الفريق المشير النجم الحارس المهاجم البطل المستكشف المخترع العداء السباح الطبيب الناشط المستشار المستشارة الحاخام القديس`)
	// offices make a title with the word behind them: «وزير الخارجية», «رئيس الوزراء».
	offices = set(`وزير وزيرة رئيس رئيسة ملك ملكة ولي نائب نائبة أمين مدير مديرة قائد متحدث متحدثة محافظ حاكم عمدة سفير مستشار مستشارة زعيم مؤسس مدرب باسم مبعوث مندوب كبير قاضي`)
	// byWhom stand before whoever did it.
	byWhom = set(`بواسطة بقيادة برئاسة بزعامة بإشراف بطولة إخراج تأليف بيد اسمه اسمها يدعى تدعى المدعو ويدعى بقلم للمخرج للكاتب لمؤلفه لمؤلفها للمؤلف`)
	// kin belong to Arabic names.
	kin = set(`بن ابن بنت أبو أبي عبد آل`)
	// givenNames are given names that are common in news, as they are written in Arabic.
	givenNames = set(`محمد أحمد محمود مصطفى علي عمر عثمان حسن حسين خالد إبراهيم إسماعيل يوسف عبدالله عبدالرحمن عبدالعزيز عبدالفتاح سعد سعيد سليمان صلاح طارق طه عادل عصام عماد فهد فيصل ماجد منصور ناصر نبيل هشام ياسر زياد كمال جمال أنور
		جابر حمد حمزة رشيد رياض سامي سمير شريف صالح عباس فاروق فؤاد كريم مراد معاوية معمر نوري هادي وليد بشار صدام ياسين أيمن أسامة بلال رجب حسني تميم زايد سلمان نزار غسان إلياس جبران نجيب فاطمة عائشة خديجة مريم زينب ليلى نادية سلوى سارة هدى
		جون جورج ديفيد مايكل جيمس روبرت ويليام وليام توماس تشارلز ريتشارد جوزيف دونالد باراك هيلاري آرثر ألبرت إسحاق فرانسوا جاك بيير لويس إيمانويل نيكولا شارل جان أنجيلا أولاف هانز هاينريش كارل فريدريش أدولف فرانز فلاديمير بوريس إيفان ألكسندر نيكولاي
		ليونيد فولوديمير خوسيه خوان كارلوس بيدرو ماريا آنا لويز ماري مارغريت إليزابيث كاثرين جوليا آن جين بول بيتر مارك ستيف ستيفن توني ديفد هنري إدوارد فيليب فرانك فريد جيف إيلون بنيامين شارون كوفي بان جاستن ليونيل كريستيانو نيلسون
		سيرغي ميخائيل جورجيو سيلفيو ماريو أنطونيو فيدل إرنستو غابرييل أوسكار صموئيل دانيال آدم توم نيل ألان آلان كريستوفر والت أوباما ترامب`)
	// nationalEnds are the ends of words for peoples, which have a capital and name nobody.
	nationalEnds = [...]string{"ian", "ians", "ish", "ese", "ean", "eans", "ench", "erman", "ermans", "ican", "icans", "utch", "raqi", "aeli", "aelis", "stani", "reek", "ussia", "abic", "rab", "rabs", "ussians"}
	// bodies end the names of what is no person.
	bodies = set(`company corporation inc ltd llc plc league party war battle act court committee council ministry department agency union association institute bank bowl cup award awards prize series church army forces force
		group club fc united airlines airways motors studios records university college society federation parliament congress senate house nations organization organisation foundation times post news press games championship open`)
	// calling stands before what somebody or something is called.
	calling = set(`called named dubbed nicknamed titled entitled codenamed termed renamed as`, `يسمى تسمى سمي سميت يدعى تدعى باسم اسمه اسمها المسمى المسماة المعروف المعروفة المدعو يلقب تلقب الملقب الملقبة بلقب يعرف تعرف`)
	noNames = set(`i internet god christmas easter islam muslim muslims christian christians jewish jews black english earth catholic protestant western eastern northern southern north south east west`)
)

// name weighs what names somebody or something that the question does not name.
func (s *said) name(i int) float64 {
	if (s.wanted.Sort == Work || s.wanted.Sort == Any) && s.quoted(i) {
		return 0.8
	}
	if s.known(i) || s.terms[i].Stop {
		return 0
	}
	if s.wanted.Sort != Person && s.called(i) {
		return 0.8
	}
	if w := s.ofSort(i); w > 0 {
		return w
	}
	if s.arabic(i) {
		return s.arabicName(i)
	}
	return s.latinName(i)
}

// quoted reports whether a few words in quotation marks begin at i, as a title does:
// a longer quotation is what somebody said.
func (s *said) quoted(i int) bool {
	const title = 6 // words
	if s.known(i) || !strings.ContainsAny(s.gap(i), "\"“«‘") {
		return false
	}
	for k := i + 1; k <= min(i+title, len(s.terms)); k++ {
		if strings.ContainsAny(s.gap(k), "\"”»’") {
			return true
		}
	}
	return false
}

// called reports whether the i-th word is what something is called.
func (s *said) called(i int) bool {
	p := s.word(i - 1)
	if p == "as" {
		return s.word(i-2) == "known" && s.joined(i)
	}
	return s.in(i-1, calling) && (s.arabic(i) || s.joined(i) || strings.ContainsAny(s.gap(i), "\"“«"))
}

// ofSort weighs an Arabic word behind a noun of the sort that is asked for: «شركة
// سامسونغ», «فيلم الرسالة».
func (s *said) ofSort(i int) float64 {
	sort := s.wanted.Sort
	if !s.arabic(i) || i == 0 || sort == Person {
		return 0
	}
	c, ok := nounClass(s.word(i - 1))
	if !ok || c.evidence != Name || c.sort != sort || !s.joined(i) {
		return 0
	}
	if strings.HasPrefix(s.word(i), "ال") {
		return 0.6
	}
	return 0.8
}

// proper reports whether the i-th word may be a part of a name.
func (s *said) proper(i int) bool {
	if !s.capital(i) || s.terms[i].Stop || s.known(i) || s.month(i) {
		return false
	}
	w := strings.TrimSuffix(s.word(i), "'s")
	return !weekdays[w] && !noNames[w] && !titles[w] && !months[w]
}

func (s *said) latinName(i int) float64 {
	if !s.proper(i) {
		return 0
	}
	w := strings.TrimSuffix(s.word(i), "'s")
	placed := inside[s.beforeName(i)] && !s.titled(i)
	person := s.wanted.Sort == Person
	switch {
	case s.titled(i), saying[s.word(i+1)], saying[s.word(i-1)] && s.joined(i):
		return nameSure
	case person && (s.word(i-1) == "the" || s.ofBody(i)):
		return nameWeak
	case s.wanted.Sort == Organisation && (s.ofBody(i) || capitals(s.text[s.terms[i].Start:s.terms[i].End])):
		return nameSure
	case placed, national(w), knownPlaces[w], sites[w]:
		return nameWeak
	case s.joined(i+1) && s.proper(i+1) && !sites[s.word(i+1)] && !knownPlaces[s.word(i+1)] && !national(s.word(i+1)):
		return nameSure
	case s.joined(i) && s.capital(i-1) && i > 1:
		return nameSure
	case i == 0 && person && s.beginsVerb(1) && !strings.HasSuffix(s.word(0), "s"):
		return nameFirst
	case i == 0:
		return nameWeak
	case s.word(i-1) == "by" && s.joined(i):
		return 0.9
	}
	return nameMaybe
}

// ofBody reports whether the name that the i-th word is in ends with what it is: a
// company, a war, a prize.
func (s *said) ofBody(i int) bool {
	for k := i; k < len(s.terms) && k <= i+4 && (k == i || s.joined(k)) && s.capital(k); k++ {
		if bodies[s.word(k)] {
			return true
		}
	}
	return false
}

// capitals reports whether a word of two letters or more is an acronym.
func capitals(word string) bool {
	return len(word) >= 2 && strings.ToUpper(word) == word && strings.ToLower(word) != word
}

// titled reports whether a title stands before the name that the i-th word is in.
func (s *said) titled(i int) bool {
	return titles[s.word(i-1)] && (s.joined(i) || s.gap(i) == ". ")
}

func national(word string) bool { return endsIn(word, nationalEnds[:]) }

// arabicName weighs the i-th word as a name.
func (s *said) arabicName(i int) float64 {
	w := s.word(i)
	given := givenNames[w] || givenNames[strings.TrimPrefix(w, "و")]
	switch {
	case (kin[w] || strings.HasPrefix(w, "عبدال")) && s.joined(i+1) && !s.terms[i+1].Stop && !s.known(i+1):
		return nameSure
	case given && s.joined(i+1) && (s.nameLike(i+1) || kin[s.word(i+1)]):
		return nameSure
	case given && s.nameBefore(i):
		return nameSure
	case !s.nameLike(i):
		return 0
	case s.nameBefore(i):
		return 0.9
	case given:
		return nameMaybe
	case foreign(w), endsForeign(w) && !strings.HasPrefix(s.word(i+1), "ال"):
		return nameMaybe
	case s.wanted.Sort == Person && s.subject(i):
		return nameAlone
	}
	return 0
}

// beginsVerb reports whether the i-th word may be the question's verb behind its
// subject: a noun has a capital or an auxiliary beside it more often.
func (s *said) beginsVerb(i int) bool {
	return s.joined(i) && s.known(i) && !s.terms[i].Stop && !s.capital(i) && !auxiliaries[s.word(i+1)]
}

// subject reports whether the i-th word is all that stands behind the question's verb,
// which begins the sentence: «استقال حمدوك». No noun with a plural's or a feminine
// end, an office, a time or a number is taken for a name there.
func (s *said) subject(i int) bool {
	verb, w := s.word(0), s.word(i)
	if i != 1 || !s.joined(i) || s.joined(i+1) && !s.terms[i+1].Stop {
		return false
	}
	if !s.known(0) && !slices.Contains(s.wanted.has, strings.TrimSuffix(verb, "ت")) {
		return false
	}
	_, verbIsNoun := nounClass(verb)
	verbIsNoun = verbIsNoun || superlatives[verb] || strings.HasPrefix(verb, "ال")
	_, role := nounClass(w)
	return !verbIsNoun && !role && !timely[w] && !crowds[w] && !text.NumberWord(w) && !endsIn(w, nounEnds[:])
}

// nounEnds are ends of Arabic nouns and adverbs that names seldom have.
var nounEnds = [...]string{"ون", "ين", "ات", "اء", "ه", "ا"}

// nameLike reports whether an Arabic word may be a name: it has no article, is no
// verb of saying and no function word.
func (s *said) nameLike(i int) bool {
	w := s.word(i)
	return s.arabic(i) && !s.terms[i].Stop && !strings.HasPrefix(w, "ال") && !saying[w] && !s.known(i) && !months[w] && !sites[w] && !offices[w] && !timeUnits[w] && utf8.RuneCountInString(w) > 2
}

// nameBefore reports whether what stands before the i-th word lets a name follow:
// a title, an office with its country, «على يد», «من قبل», or a verb of saying.
func (s *said) nameBefore(i int) bool {
	if !s.joined(i) {
		return false
	}
	p := s.word(i - 1)
	switch {
	case s.in(i-1, titles), s.profession(i - 1), byWhom[p], p == "يد" && s.word(i-2) == "علي", p == "قبل" && s.word(i-2) == "من":
		return true
	case saying[p]:
		return s.nameLike(i + 1)
	case !strings.HasPrefix(p, "ال"):
		return false
	}
	// «وزير الخارجية المصري سامح», «الرئيس الفرنسي إيمانويل»
	for k := i - 2; k >= max(i-4, 0); k-- {
		if s.in(k, offices) || s.in(k, titles) {
			return true
		}
		if !strings.HasPrefix(s.word(k), "ال") {
			return false
		}
	}
	return false
}

// profession reports whether a word is a noun for a person, with its article.
func (s *said) profession(i int) bool {
	w := s.word(i)
	if !strings.HasPrefix(w, "ال") && !strings.HasPrefix(w, "لل") {
		return false
	}
	c, ok := nounClass(w)
	return ok && c.evidence == Name && c.sort == Person
}

// foreignEnds are the ends of names that are foreign to Arabic.
var foreignEnds = [...]string{"سون", "وف", "فيتش", "يتش", "سكي", "ستين", "شتاين", "برغ", "بيرغ", "بورغ", "فيلد", "مان", "لاند", "ينغ", "ينج", "اندو", "يلو", "تون"}

// foreign reports whether a word looks like a name from another language.
func foreign(word string) bool {
	if strings.ContainsAny(word, "ڤگپچژ") {
		return true
	}
	return utf8.RuneCountInString(word) >= 6 && endsIn(word, foreignEnds[:])
}

// endsForeign reports whether a word ends in the vowel that Arabic words of its length
// have only as verbs or before what they belong to: «ناكاموتو», not «مسؤولو الحزب».
func endsForeign(word string) bool {
	return strings.HasSuffix(word, "و") && utf8.RuneCountInString(word) >= 4 && !startsVerb(word)
}

// startsVerb reports whether a word begins as a verb of the present does: «يدعو».
func startsVerb(word string) bool {
	return strings.HasPrefix(word, "ي") || strings.HasPrefix(word, "ت") || strings.HasPrefix(word, "ن")
}

func endsIn(word string, ends []string) bool {
	for _, end := range ends {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}
