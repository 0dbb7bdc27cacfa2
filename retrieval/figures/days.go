package figures

import (
	"strconv"
	"time"

	"newsbot/corpus/text"
)

// The days that a report names are as good as a name for telling one event from another.

// monthWords are the months in English and in the three Arabic families.
var monthWords = func() map[string]time.Month {
	m := map[string]time.Month{}
	for _, list := range [...][12]string{
		{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"},
		{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"},
		{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		{"كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين", "تشرين", "كانون"},
		{"جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"},
	} {
		for i, w := range list {
			if w = text.Normalize(w); m[w] == 0 {
				m[w] = time.Month(i + 1)
			}
		}
	}
	return m
}()

// father is spelt as August is.
var father = text.Normalize("آب")

// secondHalf are the months of the year's last quarter that share their first word with
// another: «كانون الأول», «تشرين الثاني».
var secondHalf = map[string]time.Month{"كانون الاول": time.December, "تشرين الاول": time.October, "كانون الثاني": time.January, "تشرين الثاني": time.November}

var weekdays = func() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for d, w := range [...][2]string{
		{"sunday", "الأحد"}, {"monday", "الاثنين"}, {"tuesday", "الثلاثاء"}, {"wednesday", "الأربعاء"}, {"thursday", "الخميس"}, {"friday", "الجمعة"}, {"saturday", "السبت"},
	} {
		m[w[0]], m[text.Normalize(w[1])] = time.Weekday(d), time.Weekday(d)
	}
	m[text.Normalize("الإثنين")] = time.Monday
	return m
}()

// weekdayWords are the days of the week.
var weekdayWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range weekdays {
		m[w] = true
	}
	return m
}()

// agoWords are days counted from the publication.
var agoWords = map[string]int{"today": 0, "yesterday": 1, text.Normalize("اليوم"): 0, text.Normalize("أمس"): 1}

// month returns the month whose name begins at i. "may" and "march" need their capital.
func (r *reading) month(i int) (time.Month, bool) {
	w := r.word(i)
	if w == "" {
		return 0, false
	}
	if (w == "may" || w == "march" || w == "mar" || w == "dec") && r.s[r.terms[i].Start] >= 'a' {
		return 0, false
	}
	if m, ok := secondHalf[w+" "+r.word(i+1)]; ok {
		return m, true
	}
	if w == father && !isDigits(r.word(i-1)) {
		return 0, false
	}
	m, ok := monthWords[w]
	return m, ok
}

func dayOf(t time.Time) int {
	y, m, d := t.Date()
	const seconds = 24 * 60 * 60
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / seconds)
}

// daysIn returns the days that a sentence of the report names, resolved against its
// publication: weekdays are the last ones before it, or its own day.
func (a *Report) daysIn(r *reading) []int {
	var out []int
	for i := range r.terms {
		if m, ok := r.month(i); ok {
			if day, ok := a.dayAt(r, i, m); ok {
				out = append(out, day)
			}
			continue
		}
		if !a.Known {
			continue
		}
		published := dayOf(a.Published)
		if w, ok := lookUp(weekdays, r.word(i)); ok {
			out = append(out, published-(int(a.Published.Weekday())-int(w)+7)%7)
		} else if ago, ok := agoWords[r.word(i)]; ok {
			out = append(out, published-ago)
		}
	}
	return out
}

var (
	// asOf stand before the day of a count, telling before the day on which something was said.
	asOf    = set("by until till حتى")
	telling = set(`said says told announced reported confirmed statement updated put قال قالت أعلن أعلنت أفاد أفادت ذكر ذكرت أكد أكدت صرح صرحت بيان أوضح أوضحت حصيلة`)
)

// happenings are the days of a sentence on which what it tells of happened, as far as the
// words show: not those by which was counted, nor those on which somebody said so.
func (a *Report) happenings(r *reading) []int {
	cut := &reading{s: r.s}
	var out []int
	for i := range r.terms {
		_, named := r.month(i)
		if !named && !has(weekdayWords, r.word(i)) && !isAgo(r.word(i)) {
			continue
		}
		if r.any(i-4, i-1, asOf) || r.any(i-7, i-1, telling) || r.any(i+1, i+2, telling) || r.countedOn(i) {
			continue
		}
		cut.terms = r.terms[max(i-3, 0):min(i+4, len(r.terms))]
		out = append(out, a.daysIn(cut)...)
	}
	return out
}

// countedOn reports whether the i-th word is the day on which a count rose, which is none on
// which those died that were counted: "rose to 14 on Sunday", "rose on Sunday to 14".
func (r *reading) countedOn(i int) bool {
	if has(attaining, r.word(i+1)) && r.risesBefore(i) {
		return true
	}
	for k := i - 1; k >= max(i-reachBefore, 0) && !r.breaks(k+1); k-- {
		w := r.word(k)
		_, noun := lookUp(nouns, w)
		_, fate := lookUp(fates, w)
		switch {
		case has(rises, w) || reached[w]:
			return true
		case !noun && !fate && !text.NumberWord(w) && !has(besideCounts, w):
			return k < i-1 && has(attaining, r.word(k+1)) && r.any(k-reachToll, k, rises) // the verb begins an Arabic sentence
		}
	}
	return false
}

// risesBefore reports whether a word like "rose" stands before the i-th, and no clause of its
// own between: "of the quake that struck on Friday".
func (r *reading) risesBefore(i int) bool {
	for k := i - 1; k >= max(i-reachBeforeArabic, 0) && !r.breaks(k+1) && !has(relative, r.word(k)); k-- {
		if has(rises, r.word(k)) {
			return true
		}
	}
	return false
}

var (
	attaining = set("to إلى")
	relative  = set("that which who after الذي التي بعد جراء")
	reached   = set("reached stood stands بلغ بلغت وصل وصلت")
	// besideCounts stand between a count and the day on which it was reached.
	besideCounts = set(`on late early the morning evening afternoon to at least more than over nearly about
		يوم مساء صباح ليل ليلة ظهر في إلى نحو أكثر من ما لا يقل عن على الأقل`)
)

func isAgo(word string) bool {
	_, ok := agoWords[word]
	return ok
}

// dayAt returns the day whose month's name begins at i: "8 September", "September 8", with
// a year or without.
func (a *Report) dayAt(r *reading, i int, m time.Month) (day int, ok bool) {
	last := i
	if _, two := secondHalf[r.word(i)+" "+r.word(i+1)]; two {
		last++
	}
	n, after := r.integer(i-1), last+1
	if n == 0 && r.word(i-1) == "of" {
		n = r.integer(i - 2)
	}
	if n == 0 || n > 31 {
		n, after = r.integer(last+1), last+2
	}
	if n == 0 || n > 31 {
		return 0, false
	}
	if year := r.integer(after); year >= 1900 && year < 2100 {
		return dayOf(time.Date(year, m, n, 0, 0, 0, 0, time.UTC)), true
	}
	if !a.Known {
		return 0, false
	}
	t := time.Date(a.Published.Year(), m, n, 0, 0, 0, 0, time.UTC)
	if dayOf(t) > dayOf(a.Published)+7 {
		t = t.AddDate(-1, 0, 0)
	}
	return dayOf(t), true
}

// integer is the number at i, 0 when there is none.
func (r *reading) integer(i int) int {
	n, err := strconv.Atoi(r.word(i))
	if err != nil {
		return 0
	}
	return n
}
