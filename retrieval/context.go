package retrieval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A sentence that opens with a pronoun, a bare role or a verb of saying
// without a subject leaves open whom it speaks of. needOf and antecedent find the
// sentence that says.

// maxJoined is how many sentences a quote may span to bring the name along.
const maxJoined = 3

// lineBreaks end a paragraph.
const lineBreaks = "\n\r\v\f\u0085\u2028\u2029"

// maxBack is how far back a name is looked for, in sentences.
const maxBack = 8

// The words that decide, as they are written; they are compared normalised.
var (
	persons  = set("he she his her him")
	pronouns = set(text.Normalize(`they it their its them هو هي هم هن هما له لها لهم لديه لديها لديهم منه منها منهم فيه فيها بينهم بينها معه معها به بها عليه عليها
		لكنه لكنها لكنهم لكنهما إنه إنها إنهم إنهما كلاهما كلتاهما كليهما أحدهما إحداهما أحدهم إحداهن بعضهم معظمهم أغلبهم جميعهم`))
	pointers = set(text.Normalize("this that these those such هذا هذه هذان هذين هاتان هاتين ذلك تلك هؤلاء"))
	// periods follow a pointer that means the present: "this year".
	periods = set(text.Normalize(`year week month season summer winter spring autumn fall morning afternoon evening time
		العام السنة الأسبوع الشهر اليوم الموسم الصيف الشتاء الربيع الخريف الصباح المساء المرة الليلة`))
	// settings follow a pointer in what merely leads over: «في هذا السياق».
	settings = set(text.Normalize("السياق الإطار الصدد الوقت الأثناء الشأن الخصوص المجال الغضون"))
	// openers may stand before the words that decide.
	openers = set(text.Normalize(`but and also then however later so yet still meanwhile earlier today afterwards
		لكن ولكن ثم كذلك أيضا كما في وفي المقابل جانبه جانبها من ومن جهته جهتها بدوره بدورها السياق نفسه ذاته نفسها ذاتها
		عام سنة قد وقد فقد لقد وقت الوقت لاحق سابق لاحقا ولاحقا حينها عندها بعدها وبعدها بعد وبعد هنا وهنا`))
	roles = set(text.Normalize(`president minister spokesman spokeswoman spokesperson official officials leader leaders company group agency team court ministry
		statement report researchers scientists organisers organizers authorities
		king queen prince princess mayor governor senator ambassador envoy commander director chairman chairwoman coach captain
		firm airline club party bank union judge prosecutor prosecutors lawyer suspect suspects couple pair duo trio
		man woman boy girl teenager driver pilot author singer actor actress
		الرئيس الرئيسة الوزير الوزيرة المتحدث المتحدثة الناطق الناطقة المسؤول المسؤولة المسؤولون المسوول المسوولون الزعيم الزعيمان الزعيمين الرئيسان الرئيسين
		الشركة الوزارة الوكالة الفريق المحكمة البيان التقرير الباحثون الباحث الباحثة العلماء المنظمون السلطات الجانبان الجانبين الطرفان الطرفين الوزيران الوزيرين
		البلدان الدولتان الرجلان الشركتان الملك الأمير السفير السفيرة المبعوث القائد المدير المديرة المدرب اللاعب النادي الحزب البنك المصرف النقابة القاضي الرجل المرأة الشاب الفتاة المتهم المتهمة`))
	// offices stand before a role without naming anybody: "the prime minister".
	offices = set("prime foreign defence defense interior finance justice health deputy vice former outgoing acting two")
	// descriptions follow a role that is told apart from others by what comes: "officials in Cairo".
	descriptions = set("of for at in from behind who whose which that to between")
	saying       = set(text.Normalize(`said says added told urged warned called asked insisted argued promised denied noted stressed explained announced continued
		قال قالت قالوا أضاف أضافت أضافوا أوضح أوضحت أوضحوا أكد أكدت أكدوا تابع تابعت تابعوا أشار أشارت أشاروا ذكر ذكرت ذكروا لفت لفتت شدد شددت بين بينت
		أعرب أعربت أعلن أعلنت كشف كشفت رأى رأت اعتبر اعتبرت حذر حذرت دعا دعت حث حثت انتقد انتقدت رحب رحبت أدان أدانت هدد هددت وعد وعدت رفض رفضت أقر أقرت
		جدد جددت عبر عبرت طالب طالبت وصف وصفت نفى نفت توقع توقعت نوه نوهت استطرد استطردت أردف أردفت ختم ختمت أفاد أفادت صرح صرحت
		يقول تقول يضيف تضيف يؤكد تؤكد يوضح توضح يرى ترى يشير تشير يتابع تتابع`))
	// doing are Arabic verbs whose subject seldom comes after what joints begin: most
	// others may, as in «وصل إلى المدينة وفد».
	doing = set(text.Normalize(`يسعى تسعى يهدف تهدف يأمل تأمل يعتزم تعتزم يخطط تخطط يطمح تطمح ينوي تنوي يستعد تستعد يعتمد تعتمد يحتاج تحتاج يتكون تتكون يتألف تتألف يتمتع تتمتع
		يبلغ تبلغ حصل حصلت انضم انضمت تخرج تخرجت تزوج تزوجت ولد ولدت توفي توفيت نشأ نشأت التحق التحقت استقال استقالت تمكن تمكنت نجح نجحت فاز فازت خسر خسرت بدا`))
	// goingOn are verbs of saying only before what speech begins with: «وزاد أن».
	goingOn = set(text.Normalize("زاد زادت مضى مضت"))
	speech  = set(text.Normalize("أن أنه أنها أنهم قائلا قائلة"))
	// measuring are verbs before measures, whose ending means what was spoken of before.
	measuring = set(text.Normalize("استغرق استغرقت يستغرق تستغرق بلغ بلغت يبلغ تبلغ تجاوز تجاوزت"))
	measures  = set(text.Normalize(`بناؤه بناؤها إنشاؤه إنشاؤها تشييده تشييدها تكلفته تكلفتها كلفته كلفتها قيمته قيمتها مساحته مساحتها
		طوله طولها ارتفاعه ارتفاعها عرضه عرضها عمره عمرها وزنه وزنها سعته سعتها سرعته سرعتها`))
	relatives = set(text.Normalize("الذي التي اللذان اللذين اللتان اللتين الذين اللواتي اللاتي"))
	// places stand before where something is, not before who does it.
	places = set("in at outside inside near into around across through throughout onto beside beneath above towards toward within beyond from on")
	// lives are verbs for what persons do alone, fates what is done to them.
	lives = set("married studied resigned graduated retired")
	fates = set("born married educated crowned elected appointed arrested jailed sentenced invited greeted questioned sworn")
	// anybody opens like a name and is none.
	anybody = set("nobody somebody anybody everybody someone anyone everyone another")
	// auxiliaries show that a subject is over: "the 42-year-old was".
	auxiliaries = set("was were is are has had will would did does can could may might")
	// posts follow a verb of holding them when its subject is left out: «وشغل منصب».
	holding = set(text.Normalize("شغل شغلت يشغل تشغل تولى تولت يتولى تتولى تقلد تقلدت"))
	posts   = set(text.Normalize("منصب منصبا مناصب رئاسة قيادة إدارة حقيبة مهام عضوية"))
	// joints follow a verb whose subject is left out.
	joints = set(text.Normalize("إن أن أنه أنها أنهم بأن بأنه بأنها إنه إنها إنهم إلى عن على في من منذ يوم أمس مساء صباح فجر خلال أمام بعد قبل عبر قائلا قائلة هذه هذا ذلك أيضا كذلك ل لرويترز"))
	// halves stand before "of them".
	halves = set("one two three some many most all none each half both several few neither either much part")
	// prepositions may stand before a pronoun that opens: "in his speech".
	prepositions = set("in at with among of for after before during despite under from on by since according as like without besides to")
)

// dayNames are months and weekdays, normalised, in English and in the three Arabic
// families, but for those that are common words too («آب» is written as «أب»).
var dayNames = set(`january february april june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday
	يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
	شباط اذار نيسان ايار حزيران تموز ايلول تشرين كانون
	جانفي فيفري افريل ماي جوان جويليه اوت يوليوز غشت شتنبر نونبر دجنبر
	الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت`)

// A need is what a sentence leaves open.
type need int

const (
	nothing   need = iota
	something      // what "it", "these" or «هذا» means
	somebody       // who "he" is, or who it was that «أضاف»
	holder         // who "the minister" is
)

// needOf says what a sentence leaves open. words are its words in order.
func needOf(sentence string, words []text.Term) need {
	rest := afterOpeners(words)
	if len(rest) == 0 {
		return nothing
	}
	first, next := plain(rest, 0), plain(rest, 1)
	switch {
	case persons[first]:
		return somebody
	case pointers[first] && periods[possessor(next)]:
		return nothing
	case pronouns[first], pointers[first], pointsBack(rest):
		return something
	case bareRole(sentence, rest), bareSpeaker(sentence, rest):
		return holder
	case verbWithoutSubject(sentence, rest):
		if len(rest) > 1 && roles[rest[1].Norm] { // «حذر الوزير من»
			return holder
		}
		return somebody
	case laterPerson(sentence, rest), speaksOn(sentence, rest), bareAge(sentence, rest):
		return somebody
	case actionWithoutSubject(sentence, rest):
		return something
	}
	return nothing
}

// plain is the i-th word, normalised and without the Arabic conjunction that may
// be written onto a word that decides; "" when there is none.
func plain(words []text.Term, i int) string {
	if i >= len(words) {
		return ""
	}
	word := words[i].Norm
	for _, conjunction := range [...]string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(word, conjunction); ok && (decides(rest) || pointers[rest]) {
			return rest
		}
	}
	return word
}

// decides reports whether a word can show that a sentence leaves something open.
func decides(word string) bool {
	return pronouns[word] || roles[word] || saying[word] || doing[word] || holding[word] || goingOn[word] || measuring[word] || word == "كان" || word == "كانت"
}

// possessor is a word without the English 's.
func possessor(word string) string {
	return strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
}

// afterOpeners drops words like "but" and «من جانبه», with dates among them, unless
// they are all.
func afterOpeners(words []text.Term) []text.Term {
	const most = 6
	for i := 0; i < len(words); i++ {
		word := plain(words, i)
		leads := pointers[word] && i+1 < len(words) && (settings[words[i+1].Norm] || strings.HasPrefix(words[i+1].Norm, "و"))
		switch {
		case leads:
			i++
		case i >= most, !openers[word] && (i == 0 || !isDate(word)):
			return words[i:]
		}
	}
	return nil
}

// isDate reports whether a word is a number or the name of a day or month.
func isDate(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(r) || dayNames[word]
}

// pointsBack is "most of them", "in his speech", "the latter", "a second".
func pointsBack(words []text.Term) bool {
	back := func(i int) bool {
		word := plain(words, i)
		return persons[word] || pronouns[word] || pointers[word] && !periods[possessor(plain(words, i+1))]
	}
	first, next := plain(words, 0), plain(words, 1)
	switch {
	case halves[first] && next == "of":
		return back(2)
	case first == "according" && next == "to":
		return back(2)
	case prepositions[first]:
		return back(1)
	case first == "both":
		return bothAlone(words)
	}
	switch first {
	case "the":
		return next == "latter" || next == "other" || next == "others" || next == "former" && says(plain(words, 2))
	case "a":
		return next == "second" || next == "third" || next == "fourth"
	}
	return first == "another" || first == "others"
}

// bothAlone is "both men denied it", and not "both Kenya and Togo".
func bothAlone(words []text.Term) bool {
	const most = 6
	next := plain(words, 1)
	return next != "" && next != "the" && next != "of" &&
		!slices.ContainsFunc(words[:min(most, len(words))], func(w text.Term) bool { return w.Norm == "and" })
}

// bareRole is "the minister said", or «الوزير» after a verb that words begins with
// or alone: a role that is neither named nor described.
func bareRole(sentence string, words []text.Term) bool {
	i := 0
	switch first := plain(words, 0); first {
	case "the":
		for i++; offices[plain(words, i)] && i < 3; i++ {
		}
		for roles[plain(words, i)] && roles[possessor(plain(words, i+1))] { // "the team captain"
			i++
		}
	case "كان", "كانت": // «وكان الوزير قد أعلن»
		i++
	default:
		if !arabic(first) { // "officials said", "union leader Ann Lee"
			return false
		}
	}
	return roles[possessor(plain(words, i))] && !named(sentence, words[i:])
}

// bareAge is "the 42-year-old was arrested".
func bareAge(sentence string, words []text.Term) bool {
	if plain(words, 0) != "the" || len(words) < 3 {
		return false
	}
	behind := strings.TrimLeft(sentence[words[1].Start:], "0123456789")
	behind, old := strings.CutPrefix(behind, "-year-old ")
	if !old || !isDate(words[1].Norm) {
		return false
	}
	next, _, _ := strings.Cut(behind, " ")
	return auxiliaries[next] || saying[next]
}

// verbWithoutSubject is the Arabic «وأضاف أن»: a verb of saying, then at once
// what was said; or «وقال الوزير إن», a verb and a bare role; or «وكان قد أعلن».
func verbWithoutSubject(sentence string, words []text.Term) bool {
	first := plain(words, 0)
	if first == "كان" || first == "كانت" {
		next := words[1:]
		if plain(next, 0) == "قد" && len(next) > 1 {
			return true
		}
		return len(next) > 0 && (saying[plain(next, 0)] || doing[plain(next, 0)])
	}
	if goingOn[first] {
		return speech[plain(words, 1)]
	}
	if !saying[first] || !arabic(first) {
		return false
	}
	if len(words) == 1 || strings.ContainsAny(sentence[words[0].End:words[1].Start], ":«“\"،") {
		return true
	}
	if roles[words[1].Norm] {
		return len(words) > 2 && (isJoint(words[2].Norm) || strings.Contains(sentence[words[1].End:words[2].Start], ":"))
	}
	return isJoint(words[1].Norm)
}

// actionWithoutSubject is «ويسعى إلى», «وشغل منصب», «واستغرق بناؤه»: a verb and at once
// what belongs to it, or a verb alone.
func actionWithoutSubject(sentence string, words []text.Term) bool {
	first := plain(words, 0)
	if len(words) < 2 || strings.Contains(sentence[words[0].End:words[1].Start], "،") {
		return doing[first]
	}
	next := words[1].Norm
	return doing[first] && (isJoint(next) || inYear(words[1:])) || holding[first] && posts[next] || measuring[first] && measures[next]
}

// inYear reports whether words begin with a year, and no subject comes after it:
// «عام 2021 احتجاجا», not «عام 2021 الشاعر».
func inYear(words []text.Term) bool {
	return (words[0].Norm == "عام" || words[0].Norm == text.Normalize("سنة")) && len(words) > 1 && isDate(words[1].Norm) &&
		!strings.HasPrefix(plain(words, 2), "ال")
}

// isJoint reports whether an Arabic word cannot be the subject of the verb before
// it: a particle, a preposition with or without the article, or a date.
func isJoint(word string) bool {
	return joints[word] || isDate(word) || strings.HasPrefix(word, "لل") || strings.HasPrefix(word, "بال") ||
		strings.HasPrefix(word, "ب") && joints[strings.TrimPrefix(word, "ب")]
}

// laterPerson is "In 2019, she moved": a pronoun after the first comma, and no name
// before it that it could mean.
func laterPerson(sentence string, words []text.Term) bool {
	const most = 12
	for i := 1; i < len(words) && i < most; i++ {
		switch w := words[i]; {
		case strings.Contains(sentence[words[i-1].End:w.Start], ","):
			return (w.Norm == "he" || w.Norm == "she" || w.Norm == "they") && !inserted(sentence, words[i:])
		case capitalAt(sentence, w.Start) && !dayNames[w.Norm] && !prepositions[words[i-1].Norm]:
			return false
		}
	}
	return false
}

// namesSomebody reports whether a sentence can say who is meant after it: by a
// verb of saying with its subject, by a role with a name, by two capitals beside
// each other that name no place, by a name that opens it, or by «أما».
func namesSomebody(sentence string, words []text.Term) bool {
	if opensWithName(sentence, words) {
		return true
	}
	for i, w := range words {
		next := words[min(i+1, len(words)-1)]
		if i == len(words)-1 {
			next = text.Term{}
		}
		switch {
		case persons[w.Norm]:
			return false // it speaks of somebody named before
		case i == 0 && w.Norm == "اما":
			return !next.Stop && !joints[next.Norm] // «أما بوتين فرأى أن»
		case says(w.Norm) && arabic(w.Norm):
			if next.Norm != "" && !joints[next.Norm] && !next.Stop {
				return true
			}
		case says(w.Norm):
			if i > 0 && capitalAt(sentence, words[i-1].Start) && !words[i-1].Stop {
				return true
			}
		case roles[w.Norm] && named(sentence, words[i:]):
			return true
		case capitalAt(sentence, w.Start) && next.Norm != "" && capitalAt(sentence, next.Start) && !w.Stop && !next.Stop:
			if !isPlace(sentence, words, i) {
				return true
			}
		}
	}
	return false
}

// isPlace reports whether the capitals at the i-th word name a place: "outside
// Buckingham Palace", "in the White House".
func isPlace(sentence string, words []text.Term, i int) bool {
	if places[words[i].Norm] {
		return true
	}
	for i > 0 && capitalAt(sentence, words[i-1].Start) && !words[i-1].Stop && !places[words[i-1].Norm] &&
		!strings.Contains(sentence[words[i-1].End:words[i].Start], ",") {
		i--
	}
	if i > 1 && words[i-1].Norm == "the" {
		i--
	}
	return i > 0 && places[words[i-1].Norm] && !strings.Contains(sentence[words[i-1].End:words[i].Start], ",")
}

// opensWithName is "Elizabeth was born": a single name as the subject of what only
// persons do or have done to them.
func opensWithName(sentence string, words []text.Term) bool {
	if len(words) < 2 || words[0].Stop || !capitalAt(sentence, words[0].Start) || dayNames[words[0].Norm] || anybody[words[0].Norm] {
		return false
	}
	verb := words[1].Norm
	fate := 2
	if plain(words, fate) == "not" || plain(words, fate) == "also" {
		fate++
	}
	return lives[verb] && !strings.HasSuffix(words[0].Norm, "s") || verb == "was" && fates[plain(words, fate)]
}

// says reports whether a word is a verb of saying, with or without a
// conjunction written onto it.
func says(word string) bool {
	return saying[word] || saying[strings.TrimPrefix(word, "و")] || saying[strings.TrimPrefix(word, "ف")]
}

// inserted reports whether words begin with what only says who speaks: ", he said,".
func inserted(sentence string, words []text.Term) bool {
	return len(words) > 2 && saying[words[1].Norm] && strings.Contains(sentence[words[1].End:words[2].Start], ",")
}

// named reports whether a name or a closer description follows the role that words
// begin with: "the minister Ann Lee", "the president of France", «الرئيس الفرنسي».
// A Latin name shows by its capital, and may stand behind a comma.
func named(sentence string, words []text.Term) bool {
	if len(words) < 2 {
		return false
	}
	role, next := words[0], words[1]
	first, _ := utf8.DecodeRuneInString(sentence[next.Start:])
	if unicode.Is(unicode.Latin, first) {
		comma := strings.Contains(sentence[role.End:next.Start], ",")
		return unicode.IsUpper(first) && !dayNames[next.Norm] || descriptions[next.Norm] && !comma
	}
	if relatives[next.Norm] {
		return !strings.Contains(sentence[role.End:next.Start], "،")
	}
	return !next.Stop && !saying[plain(words, 1)] && !isJoint(next.Norm) && next.Norm != "قد"
}

// antecedent returns the index of the sentence before i that names whom
// sentence i speaks of, or i when it leaves nothing open or none is found. needs
// says what a sentence leaves open, names whether it names somebody. When none
// near does, what comes right before must do.
func antecedent(i int, needs func(int) need, names func(int) bool) int {
	wanted := needs(i)
	if wanted == nothing {
		return i
	}
	for j := i - 1; j >= 0 && i-j <= maxBack; j-- {
		if needs(j) == nothing && (wanted == something || names(j)) {
			return j
		}
	}
	if wanted == something {
		return i
	}
	return rightBefore(i, needs)
}

// rightBefore returns the nearest sentence before i that is complete or has a role
// to take "he" for, when it can be joined, else the one before; 0 when i is.
func rightBefore(i int, needs func(int) need) int {
	for j := i - 1; j >= 0 && i-j < maxJoined; j-- {
		if n := needs(j); n == nothing || n == holder {
			return j
		}
	}
	return max(i-1, 0)
}
