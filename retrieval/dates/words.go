package dates

import (
	"strings"
	"sync"
	"time"

	"newsbot/corpus/text"
)

// A role is the part that a word plays in telling a time.
type role uint8

const (
	noRole    role = iota
	dayWord        // today, yesterday: value is the days from today
	weekday        // value is the [time.Weekday]
	month          // value is the [time.Month]
	hijri          // a month of the Hijri calendar; value is 1-12
	monthHead      // the first word of a month of two, such as «كانون»
	unitWord       // week, month, year: value is the [unit]
	season         // value is the season, 0 for spring
	decade         // the 1990s: value is the tens, 90
	daytime        // morning, evening, night
	tonight        // and this night
	part           // early, mid, late: value is the third, 0-2
	lastWord       // the one before
	pastWord       // that ends now
	thisWord       // that is going on
	nextWord       // the one after
	ago
	before
	after
	since
	until
	from
	to
	between
	and
	in
	on // and at: not with a month or a year
	of
	the
	one         // a week
	ordinal     // first: value
	spelled     // a number: value
	firstWord   // «أول»
	finalWord   // «آخر»
	sooner      // earlier this month
	later       // later this month
	timeWord    // «وقت» of «في وقت سابق»
	yearEra     // AD
	hijriEra    // AH
	quarterWord // value is which one, of "Q3"
	halfWord
	nowWord
	every
)

// An entry is what the lexicon has about a word.
type entry struct {
	role  role
	value int16
	// loose says that the word is more often something else: it tells a time only
	// beside what shows that it does.
	loose bool
	// definite says of an Arabic word that it has the article.
	definite bool
	// many says that the word is in the plural, and two that it is in the dual.
	many, two bool
	// behind says that the word stands behind the one it describes, as in Arabic.
	behind bool
}

// lexicon maps normalised words to what they tell. It is built at the first use and only
// read after that.
var lexicon = sync.OnceValue(func() map[string]entry {
	l := make(words)
	l.addDays()
	l.addMonths()
	l.addUnits()
	l.addArabicUnits()
	l.addRelations()
	l.addNumbers()
	return l
})

// words are a lexicon that is being built.
type words map[string]entry

// add enters words that play the same part.
func (l words) add(e entry, list string) {
	for _, w := range strings.Fields(list) {
		l[text.Normalize(w)] = e
	}
}

// lines enters a line for each value, from first on.
func (l words) lines(e entry, first int16, list string) {
	for i, line := range strings.Split(strings.TrimSpace(list), "\n") {
		e.value = first + int16(i)
		l.add(e, line)
	}
}

func (l words) addDays() {
	l.add(entry{role: dayWord, value: 0}, "today اليوم النهارده النهاردة إنهارده")
	l.add(entry{role: dayWord, value: -1}, "yesterday أمس الأمس البارحة البارح لبارح مبارح امبارح إمبارح")
	l.add(entry{role: dayWord, value: 1}, "tomorrow غدا غد الغد")
	l.add(entry{role: tonight}, "tonight overnight الليلة")
	l.add(entry{role: daytime}, `morning afternoon evening night noon midday midnight dawn
		صباح صبيحة مساء ظهر عصر فجر ليل ليلة ضحى عشية صباحا ظهرا فجرا ليلا عصرا`)
	l.lines(entry{role: weekday}, 0, `sunday الأحد
		monday الاثنين الإثنين
		tuesday الثلاثاء الثلاثا
		wednesday الأربعاء الاربعا
		thursday الخميس
		friday الجمعة
		saturday السبت`)
	l.lines(entry{role: weekday, loose: true}, 0, `sun
		mon
		tue tues
		wed weds
		thu thur thurs
		fri
		sat`)
}

func (l words) addMonths() {
	l.lines(entry{role: month}, int16(time.January), `january يناير جانفي
		february فبراير شباط فيفري
		march مارس آذار
		april أبريل نيسان أفريل
		may مايو أيار مايس
		june يونيو يونيه حزيران
		july يوليو يوليه يوليوز تموز جويلية
		august أغسطس غشت
		september سبتمبر أيلول شتنبر
		october أكتوبر أوكتوبر
		november نوفمبر نونبر
		december ديسمبر دجنبر`)
	// These are months beside a number only.
	l.lines(entry{role: month, loose: true}, int16(time.January), `jan
		feb febr
		mar
		apr
		ماي
		jun جوان
		jul
		aug آب أوت
		sep sept
		oct
		nov
		dec`)
	l.add(entry{role: monthHead}, "كانون تشرين ربيع جمادى ذو ذي rabi rabia jumada jumadi dhu dhul dhu'l zul zu thul")
	l.add(entry{role: hijri, value: 9}, "رمضان ramadan ramadhan ramzan")
	for value, list := range []string{
		"محرم المحرم muharram", "صفر safar", "", "", "", "", "رجب rajab", "شعبان shaban shaaban sha'ban", "", "شوال shawwal shawal", "",
		"zilhajj",
	} {
		l.add(entry{role: hijri, value: int16(value + 1), loose: true}, list)
	}
}

func (l words) addUnits() {
	add := func(u unit, singular, plural string) {
		l.add(entry{role: unitWord, value: int16(u)}, singular)
		l.add(entry{role: unitWord, value: int16(u), many: true}, plural)
	}
	add(hours, "hour", "hours hrs")
	add(days, "day", "days")
	add(weekends, "weekend", "weekends")
	add(weeks, "week", "weeks")
	add(months, "month", "months")
	add(years, "year", "years")
	add(decades, "decade", "decades")
	add(centuries, "century", "centuries")
	l.add(entry{role: quarterWord}, "quarter ربع الربع")
	l.add(entry{role: halfWord}, "half نصف النصف")
	l.lines(entry{role: season, loose: true}, 0, `spring الربيع
		summer صيف الصيف
		autumn fall خريف الخريف
		winter شتاء الشتاء`)
	for value := 20; value <= 90; value += 10 {
		tens := strings.Fields("twenties thirties forties fifties sixties seventies eighties nineties")[value/10-2]
		l.add(entry{role: decade, value: int16(value), loose: true}, tens)
	}
	for i, stem := range strings.Fields("عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين") {
		e := entry{role: decade, value: int16(20 + 10*i), loose: true}
		for _, end := range []string{"يات", "ات"} {
			l.add(e, stem+end+" ال"+stem+end)
		}
	}
}

func (l words) addArabicUnits() {
	add := func(u unit, singular, dual, plural string) {
		for _, w := range strings.Fields(singular) {
			l.add(entry{role: unitWord, value: int16(u)}, w)
			l.add(entry{role: unitWord, value: int16(u), definite: true}, "ال"+w)
		}
		for _, w := range strings.Fields(dual) {
			l.add(entry{role: unitWord, value: int16(u), two: true}, w)
			l.add(entry{role: unitWord, value: int16(u), two: true, definite: true}, "ال"+w)
		}
		for _, w := range strings.Fields(plural) {
			l.add(entry{role: unitWord, value: int16(u), many: true}, w)
			l.add(entry{role: unitWord, value: int16(u), many: true, definite: true}, "ال"+w)
		}
	}
	today := l[text.Normalize("اليوم")]
	add(hours, "ساعة", "ساعتين ساعتان", "ساعات")
	add(days, "يوم يوما", "يومين يومان", "أيام")
	add(weeks, "أسبوع أسبوعا", "أسبوعين أسبوعان", "أسابيع")
	add(months, "شهر شهرا", "شهرين شهران", "أشهر شهور")
	add(years, "عام سنة عاما", "عامين عامان عامي سنتين سنتان سنتي", "أعوام سنوات سنين")
	add(decades, "عقد عقدا", "عقدين عقدان", "عقود")
	add(centuries, "قرن قرنا", "قرنين قرنان", "قرون")
	l.add(entry{role: unitWord, value: int16(weekends)}, "ويكند الويكند")
	l[text.Normalize("اليوم")] = today
}

func (l words) addRelations() {
	l.add(entry{role: lastWord}, "last previous")
	l.add(entry{role: pastWord}, "past")
	l.add(entry{role: thisWord}, "this current هذا هذه هاي هاد")
	l.add(entry{role: nextWord}, "next coming upcoming")
	l.add(entry{role: lastWord, behind: true}, `الماضي الماضية الماضيين الماضيتين الماضيان الماضيتان المنصرم المنصرمة المنصرمين المنصرمتين الفائت الفائتة
		الفائتين الفائتتين المنقضي المنقضية المنقضيين المنقضيتين السالف`)
	l.add(entry{role: pastWord, behind: true}, "الأخير الأخيرة الأخيرين الأخيرتين")
	l.add(entry{role: thisWord, behind: true}, "الجاري الجارية الحالي الحالية الراهن الراهنة")
	l.add(entry{role: nextWord, behind: true}, "المقبل المقبلة المقبلين المقبلتين القادم القادمة القادمين القادمتين الجاي")
	l.add(entry{role: ago}, "ago")
	l.add(entry{role: before}, "before قبل قبيل")
	l.add(entry{role: after}, "after بعد عقب")
	l.add(entry{role: since}, "since منذ مذ")
	l.add(entry{role: until}, "until till til حتى لغاية")
	l.add(entry{role: from}, "from من")
	l.add(entry{role: to}, "to through thru إلى")
	l.add(entry{role: between}, "between بين مابين")
	l.add(entry{role: and}, "and و")
	l.add(entry{role: in}, "in during throughout over within في خلال أثناء طوال طيلة")
	l.add(entry{role: on}, "on at dated بتاريخ")
	l.add(entry{role: of}, "of")
	l.add(entry{role: the}, "the ال")
	l.add(entry{role: one}, "a an")
	l.add(entry{role: one, value: 1}, "one")
	l.add(entry{role: part, value: 0}, "early beginning start مطلع بداية أوائل مستهل بدايات")
	l.add(entry{role: part, value: 1}, "mid middle منتصف أواسط وسط")
	l.add(entry{role: part, value: 2}, "late end نهاية أواخر ختام نهايات")
	l.add(entry{role: firstWord}, "أول غرة")
	l.add(entry{role: finalWord}, "آخر")
	l.add(entry{role: sooner}, "earlier سابق")
	l.add(entry{role: later}, "later لاحق")
	l.add(entry{role: timeWord}, "وقت")
	l.add(entry{role: yearEra}, "ad ce م ميلادي ميلادية للميلاد")
	l.add(entry{role: hijriEra}, "ah hijri ه هجري هجرية للهجرة")
	l.add(entry{role: nowWord}, "now present الآن")
	l.add(entry{role: every}, "every each كل")
}

func (l words) addNumbers() {
	l.lines(entry{role: ordinal}, 1, `first الأول الحادي الأولى الأولين الأوليين
		second الثاني
		third الثالث
		fourth الرابع
		fifth الخامس
		sixth السادس
		seventh السابع
		eighth الثامن
		ninth التاسع
		tenth العاشر
		eleventh
		twelfth
		thirteenth
		fourteenth
		fifteenth
		sixteenth
		seventeenth
		eighteenth
		nineteenth
		twentieth`)
	l.add(entry{role: ordinal, value: 30}, "thirtieth")
	l.lines(entry{role: spelled}, 2, `two couple
		three ثلاث ثلاثة الثلاث الثلاثة
		four أربع أربعة الأربع الأربعة
		five خمس خمسة الخمس الخمسة
		six ست ستة الست الستة
		seven سبع سبعة السبع السبعة
		eight ثمان ثماني ثمانية الثماني الثمانية
		nine تسع تسعة التسع التسعة
		ten عشر عشرة العشر العشرة
		eleven أحد إحدى
		twelve اثنا اثني اثنتا اثنتي
		thirteen
		fourteen
		fifteen
		sixteen
		seventeen
		eighteen
		nineteen
		twenty عشرون عشرين العشرين العشرون`)
	for i, line := range strings.Split(`thirty ثلاثون ثلاثين الثلاثين الثلاثون
forty أربعون أربعين
fifty خمسون خمسين
sixty ستون ستين
seventy سبعون سبعين
eighty ثمانون ثمانين
ninety تسعون تسعين
hundred مئة مائة`, "\n") {
		l.add(entry{role: spelled, value: int16(30 + 10*i)}, line)
	}
}
