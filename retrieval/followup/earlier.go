package followup

import (
	"cmp"
	"strconv"
	"strings"
)

// before and after say of a time which one precedes or follows it: "last week" and "the
// week before" are "two weeks ago". Each is a unit, the time of the question before, and
// what is meant; the steps are matched normalised.
var (
	precedes = steps(`day:today=yesterday,day:yesterday=two days ago,week:this week=last week,week:last week=two weeks ago,day:two days ago=three days ago,week:two weeks ago=three weeks ago,month:two months ago=three months ago,month:this month=last month,month:last month=two months ago,
		year:this year=last year,year:last year=two years ago,weekend:this weekend=last weekend`)
	follows = steps(`day:yesterday=today,day:two days ago=yesterday,week:two weeks ago=last week,month:two months ago=last month,week:last week=this week,month:last month=this month,year:last year=this year,weekend:last weekend=this weekend`)

	arabicPrecedes = steps(`يوم:اليوم=أمس,يوم:أمس=أول أمس,أسبوع:هذا الأسبوع=الأسبوع الماضي,أسبوع:الأسبوع الماضي=قبل أسبوعين,أسبوع:الأسبوع الجاري=الأسبوع الماضي,شهر:هذا الشهر=الشهر الماضي,شهر:الشهر الجاري=الشهر الماضي,
		شهر:الشهر الماضي=قبل شهرين,عام:هذا العام=العام الماضي,عام:العام الماضي=قبل عامين,سنة:هذه السنة=السنة الماضية,سنة:السنة الماضية=قبل سنتين`)
	arabicFollows = steps(`يوم:أمس=اليوم,يوم:أول أمس=أمس,أسبوع:قبل أسبوعين=الأسبوع الماضي,شهر:قبل شهرين=الشهر الماضي,أسبوع:الأسبوع الماضي=هذا الأسبوع,شهر:الشهر الماضي=هذا الشهر,عام:العام الماضي=هذا العام,سنة:السنة الماضية=هذه السنة`)

	// earlierWords and laterWords say on which side of the time before one is; beside them
	// stand the unit and words that say nothing.
	earlierWords = set(`before previous preceding السابق السابقة قبله قبلها قبل`)
	laterWords   = set(`after next following التالي التالية بعده بعدها بعد`)
	besideUnits  = set(`the on in and one that it من في الذي التي ذلك هذا`)
	arabicUnit   = pairs(`يوم يوم,اليوم يوم,بيوم يوم,أسبوع أسبوع,الأسبوع أسبوع,بأسبوع أسبوع,شهر شهر,الشهر شهر,بشهر شهر,عام عام,العام عام,بعام عام,سنة سنة,السنة سنة,بسنة سنة`)
	weekdays     = strings.Fields("monday tuesday wednesday thursday friday saturday sunday")
	arabicDays   = strings.Fields("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")
)

// steps reads lists of what precedes or follows.
func steps(list string) map[string]string {
	m := map[string]string{}
	for pair := range strings.SplitSeq(list, ",") {
		key, meant, _ := strings.Cut(strings.TrimSpace(pair), "=")
		m[normal(key)] = meant
	}
	return m
}

// beside completes a question for the time before or after that of another one: "and the
// day before?".
func (q *asked) beside(p *asked, i int) (string, bool) {
	unit, by := q.besideUnit(i)
	from, to, ok := p.time()
	if unit == "" || by == 0 || !ok {
		return "", false
	}
	table := map[bool]map[string]string{false: precedes, true: follows}[by > 0]
	if p.arabic {
		table = map[bool]map[string]string{false: arabicPrecedes, true: arabicFollows}[by > 0]
	}
	if meant, ok := table[unit+":"+normal(p.span(from, to))]; ok {
		return p.put(from, to, meant), true
	}
	for k := from; k < to; k++ {
		if other, ok := p.shifted(k, unit, by); ok {
			return p.put(k, k+1, other), true
		}
	}
	return "", false
}

// besideUnit is the unit of the time before or after another one, with the side of that
// as -1 or 1; 0 when the words from i on are no such time.
func (q *asked) besideUnit(i int) (unit string, by int) {
	for ; i < len(q.words); i++ {
		w := q.word(i)
		joined := strings.TrimPrefix(w, "و")
		switch {
		case arabicUnit[w] != "" || arabicUnit[joined] != "":
			unit = normal(cmp.Or(arabicUnit[w], arabicUnit[joined]))
		case in(w, unitNouns, timeWords) && strings.Contains(" day week month year weekend ", " "+w+" "):
			unit = w
		case in(w, earlierWords) || in(joined, earlierWords):
			by = -1
		case in(w, laterWords) || in(joined, laterWords):
			by = 1
		case !besideUnits[w] && !besideUnits[joined]:
			return "", 0
		}
	}
	return unit, by
}

// shifted is the k-th word, a day of a month, a year or a weekday, as the one before or
// after it.
func (q *asked) shifted(k int, unit string, by int) (string, bool) {
	w := q.word(k)
	n, err := strconv.Atoi(w)
	day, year := unit == "day" || unit == "يوم", unit == "year" || unit == "عام" || unit == "سنه"
	switch {
	case err == nil && (year && isYear(w) || day && len(w) < 3 && n+by > 0 && n+by < 29):
		return strconv.Itoa(n + by), true
	case !day:
		return "", false
	}
	for i := range weekdays {
		other := (i + by + len(weekdays)) % len(weekdays)
		switch {
		case w == weekdays[i]:
			return strings.ToUpper(weekdays[other][:1]) + weekdays[other][1:], true
		case w == normal(arabicDays[i]):
			return arabicDays[other], true
		}
	}
	return "", false
}
