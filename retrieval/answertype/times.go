package answertype

import "strings"

// Times, fine and coarse.

// How well a time of another grain than the one that is asked for will do.
const (
	coarser = 0.6
	finer   = 0.3
	loosely = 0.4 // "after the war", "during his reign"
)

var (
	// relative are times by themselves, counted from today.
	relative = set(`yesterday today tomorrow tonight overnight`, `أمس اليوم البارحة غدا الليلة مساء صباح صباحا ظهرا فجر فجرا مبارح امبارح إمبارح بكرة أول`)
	// shifted say which year, month or week, beside its unit.
	shifted     = set(`last next this past previous following coming same earlier ago later`, `الماضي الماضية الجاري الجارية المقبل المقبلة القادم القادمة الحالي الحالية الفائت الفائتة المنصرم المنصرمة السابق السابقة التالي التالية نفسه نفسها الأخير الأخيرة ذاته`)
	centuries   = set(`century centuries القرن قرن القرون bc bce ad ce هجرية هجري ميلادية ميلادي`)
	seasons     = set(`spring summer autumn winter`, `الربيع ربيع الصيف صيف الخريف خريف الشتاء شتاء`)
	dayTimes    = set(`noon midnight midday dawn dusk sunset sunrise morning evening afternoon gmt`, `صباحا مساء ظهرا الظهر منتصف فجرا الفجر عصرا غروب شروق الصباح المساء بتوقيت غرينتش غرينيتش`)
	loose       = set(`after before since until during while when following throughout late early ancient once`, `بعد قبل منذ حتى خلال أثناء عندما حين حينما عقب إبان عهد عشية غداة مطلع أواخر أوائل بداية نهاية لاحقا`)
	yearWords   = set(`year in since until from عام سنة العام السنة لعام بعام منذ حتى سنوات لسنة`)
	decadeWords = set(`twenties thirties forties fifties sixties seventies eighties nineties`)
	agoWords    = set(`ago earlier later since hence قبل منذ بعد`)
)

// timely are all words that may tell a time.
var timely = union(relative, centuries, seasons, dayTimes, loose, decadeWords, months, capitalMonths, weekdays, timeUnits, twoUnits, set("آب ماي أوت o'clock الساعة للساعة"))

// month reports whether the i-th word is the name of a month.
func (s *said) month(i int) bool {
	w := s.word(i)
	switch {
	case w == "":
		return false
	case s.in(i, months):
		return true
	case capitalMonths[w]:
		return s.capital(i) && (i > 0 || s.digits(i+1))
	case w == "اب", w == "ماي", w == "اوت":
		return s.digits(i-1) || s.digits(i+1)
	}
	return false
}

func (s *said) digits(i int) bool { return digit(s.word(i)) }

// year reports whether the i-th word is a year: four digits of our era so far, or
// three behind a word that says so.
func (s *said) year(i int) bool {
	w := s.word(i)
	if len(w) < 3 || len(w) > 5 || w[0] < '1' || w[0] > '9' {
		return false
	}
	digits := strings.TrimSuffix(w, "s")
	if strings.Trim(digits, "0123456789") != "" {
		return false
	}
	if strings.ContainsAny(s.gap(i), moneySigns) || percentSign(s.gap(i+1)) {
		return false
	}
	switch next := s.word(i + 1); {
	case len(digits) == 4:
		return (w[0] == '1' || w[0] == '2' && w[1] <= '1') && !s.grouped(i) && s.unit(i+1) == Any && next != "people" && !s.countsNext(i)
	case len(digits) == 3:
		return next == "م" || next == "ه" || centuries[next] || s.in(i-1, yearWords) && s.word(i-1) != "from" && s.unit(i+1) == Any && next != "people"
	}
	return false
}

// countsNext reports whether an Arabic noun that is counted follows the number at i:
// «1988 شخصا». One does not where a word for a year or «في» stands before.
func (s *said) countsNext(i int) bool {
	if !s.joined(i+1) || s.terms[i+1].Stop || s.in(i-1, yearWords) || s.bare(i-1) == "في" || s.month(i-1) {
		return false
	}
	switch w := s.word(i + 1); w {
	case "شخص", "قتيل", "جريح", "مصاب", "نسمه":
		return true
	default:
		return s.arabic(i+1) && strings.HasSuffix(w, "ا") && !strings.HasSuffix(w, "يا") && len(w) > 6 && !timely[w]
	}
}

// inTitle reports whether the weekday at i is in a name: the Sunday Times.
func (s *said) inTitle(i int) bool {
	return s.word(i-1) == "the" && s.capital(i+1) && s.joined(i+1) && bodies[s.word(i+1)]
}

// grouped reports whether a number is written with a separator, as years are not.
func (s *said) grouped(i int) bool {
	written := s.text[s.terms[i].Start:s.terms[i].End]
	return strings.ContainsAny(written, ",٬.٫")
}

// time weighs what shows when, at the i-th word.
func (s *said) time(i int) float64 {
	if s.known(i) && !s.in(i, shifted) {
		return 0
	}
	grain, sure := s.grain(i)
	if grain == Any {
		return sure
	}
	switch want := s.wanted.Sort; {
	case want == Any, want == grain, want == Year && sure < 1:
		return sure
	case want == Year, want == Day && grain == Year, want == Clock && grain == Day:
		return sure * coarser
	}
	return sure * finer
}

// grain returns how fine a time the i-th word tells, and how surely it does.
func (s *said) grain(i int) (Sort, float64) {
	w := s.word(i)
	if !digit(w) && !timely[w] && !timely[s.bare(i)] && !timely[s.unarticled(i)] && !s.arabicDecade(i) {
		return Any, 0
	}
	switch {
	case s.year(i), decadeWords[w], s.arabicDecade(i):
		return Year, 1
	case centuries[w]:
		return Year, s.century(i)
	case s.month(i):
		return Day, 1
	case s.in(i, weekdays) && !s.inTitle(i):
		return Day, 0.9
	case s.clock(i):
		return Clock, 1
	case dayTimes[w]:
		return Clock, coarser
	case s.in(i, relative) && (w != "اول" || s.word(i+1) == "امس"):
		return Day, 0.9
	case s.in(i, timeUnits) || s.in(i, twoUnits) || timeUnits[s.unarticled(i)]:
		return s.whichUnit(i)
	case seasons[w]:
		return Year, 0.6
	case s.in(i, loose) && i+1 < len(s.terms):
		return Any, loosely
	}
	return Any, 0
}

// whichUnit weighs a unit of time with a word that says which: "last year", "two
// days ago", «العام الماضي», «قبل عامين».
func (s *said) whichUnit(i int) (Sort, float64) {
	grain := Day
	if w := s.bare(i); strings.Contains(w, "عام") || strings.Contains(w, "سن") || strings.HasPrefix(w, "year") || strings.HasPrefix(w, "decade") {
		grain = Year
	}
	for _, k := range [...]int{i - 1, i + 1, i + 2} {
		if s.in(k, shifted) || k > i && agoWords[s.word(k)] {
			return grain, 0.8
		}
	}
	for k := i - 1; k >= max(i-2, 0); k-- {
		if agoWords[s.bare(k)] && s.arabic(k) {
			return grain, 0.8
		}
	}
	return Any, 0
}

// century weighs the word century, or an era, with its number.
func (s *said) century(i int) float64 {
	switch s.word(i) {
	case "bc", "bce", "ad", "ce", "هجريه", "هجري", "ميلاديه", "ميلادي":
		if s.digits(i-1) || s.digits(i+1) {
			return 1
		}
		return 0
	}
	return 0.9
}

// arabicDecade reports whether a word is a decade: «التسعينيات», «الثمانينات».
func (s *said) arabicDecade(i int) bool {
	w := s.bare(i)
	if !strings.HasSuffix(w, "ات") {
		return false
	}
	for _, tens := range [...]string{"عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"} {
		rest := strings.TrimPrefix(w, "ال")
		if rest == tens+"يات" || rest == tens+"ات" {
			return true
		}
	}
	return false
}

// clock reports whether the time of day begins at i: 10:30, "3 p.m.", «الساعة الثامنة».
func (s *said) clock(i int) bool {
	if w := s.word(i); w == "الساعه" || w == "للساعه" {
		return i+1 < len(s.terms) && s.word(i+1) != "و"
	}
	if !s.digits(i) {
		return s.word(i) == "o'clock"
	}
	next := s.word(i + 1)
	return len(s.word(i)) <= 2 && s.gap(i+1) == ":" && s.digits(i+1) && len(next) == 2 || next == "am" || next == "pm" || next == "o'clock" ||
		strings.HasSuffix(s.word(i), "am") || strings.HasSuffix(s.word(i), "pm")
}
