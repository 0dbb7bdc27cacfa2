package dates

import (
	"strconv"
	"time"

	"newsbot/corpus/text"
)

// maxDepth is how many times may stand in one another: "late in the first week of May".
const maxDepth = 4

// period reads the time that begins at a token.
func (r *reader) period(i int) (spot, bool) {
	if r.depth >= maxDepth {
		return spot{}, false
	}
	r.depth++
	defer func() { r.depth-- }()
	t := r.at(i)
	switch {
	case t.width > 0 || t.role == noRole && t.norm != "" && isDigit(t.norm[0]):
		return r.first(i, r.numeric, r.dayMonth, r.dayOfMonth, r.agoPhrase, r.numberedUnits, r.aCentury, r.aFraction, r.yearAlone, r.farYearAlone)
	case t.role == noRole && !weekendHead[t.norm]:
		return spot{}, false
	}
	switch t.role {
	case noRole:
		return r.theWeekend(i)
	case dayWord:
		return r.withTime(r.relativeDay(i))
	case tonight:
		return r.night(i)
	case daytime:
		return r.first(i, r.aDaytime)
	case weekday:
		return r.withTime(r.theWeekday(i))
	case month, hijri:
		return r.first(i, r.monthPeriod)
	case monthHead:
		return r.first(i, r.monthPeriod, r.aSeason)
	case season:
		return r.first(i, r.aSeason, r.thatSeason)
	case decade:
		return r.aDecade(i)
	case unitWord:
		return r.first(i, r.dayBeforeYesterday, r.introduced, r.theWeekend, r.aFraction, r.aSlice, r.weekAround, r.aCentury, r.arabicUnit, r.unitPhrase)
	case quarterWord, halfWord:
		return r.first(i, r.aFraction, r.arabicQuarter)
	case part:
		return r.first(i, r.theWeekend, r.aPart)
	case lastWord, pastWord, thisWord, nextWord:
		if u := r.at(i + 1); t.norm == "this" && (u.role == pastWord || u.role == nextWord) && !u.behind { // "this past week"
			return r.period(i + 1)
		}
		return r.first(i, r.night, r.aDaytime, r.theWeekend, r.theWeekday, r.aFraction, r.aSlice, r.aCentury, r.unitPhrase)
	case firstWord:
		return r.first(i, r.dayBeforeYesterday, r.dayMonth, r.aFraction, r.aPart)
	case finalWord:
		return r.first(i, r.aFraction, r.numberedUnits, r.aPart)
	case before, after, since:
		return r.first(i, r.dayBeforeYesterday, r.agoPhrase)
	case one, spelled, ordinal:
		return r.first(i, r.agoPhrase, r.dayMonth, r.dayOfMonth, r.numberedUnits, r.aFraction, r.aSlice, r.aCentury)
	case sooner, later:
		if t.norm[0] <= 'z' {
			return r.elapsed(i)
		}
	case timeWord:
		return r.first(i, r.someTime)
	case the:
		if t.norm == "ال" {
			return r.numberedUnits(i)
		}
	}
	return spot{}, false
}

// first is what the first of some readings finds.
func (r *reader) first(i int, readings ...func(int) (spot, bool)) (spot, bool) {
	for _, read := range readings {
		if p, ok := read(i); ok && p.next > i {
			return p, true
		}
	}
	return spot{}, false
}

// withTime adds the time of day behind a day that was read.
func (r *reader) withTime(p spot, ok bool) (spot, bool) { return r.takeDaytime(p), ok }

// monthPeriod reads a month and what describes it: «مارس الماضي», "March".
func (r *reader) monthPeriod(i int) (spot, bool) {
	p, ok := r.monthDay(i)
	if !ok || p.year > 0 || p.day > 0 || p.bad {
		return p, ok
	}
	if u := r.at(p.next); u.behind && u.role != pastWord && r.joined(p.next) {
		name, _ := r.monthName(i)
		return r.monthSpot(name, u.role, p.next+1), true
	}
	return p, true
}

// introduced reads a time behind the Arabic word for what it is: «يوم الجمعة», «يوم 15
// أغسطس», «شهر مايو», «عام 2024».
func (r *reader) introduced(i int) (spot, bool) {
	t := r.at(i)
	if t.many || t.role != unitWord || t.norm[0] <= 'z' && (unit(t.value) != years || t.two) {
		return spot{}, false
	}
	j := i + 1
	if !r.joined(j) {
		return spot{}, false
	}
	switch u := unit(t.value); {
	case u == days && !t.two:
		if r.at(j).role == dayWord && !r.at(j).and { // «يوم أمس»
			return r.withTime(r.relativeDay(j))
		}
		if r.at(j).role == weekday {
			return r.withTime(r.theWeekday(j))
		}
		p, ok := r.first(j, r.fullDate, r.dayOfMonth)
		p.bare = false
		return p, ok
	case u == months && !t.two && t.norm[0] > 'z':
		if r.at(j).role == part || r.is(j, from) {
			return spot{}, false
		}
		p, ok := r.monthPeriod(j)
		p.bare = false
		return p, ok && p.day == 0
	case u == years && (!titles[r.at(i-1).norm] || !t.definite):
		p, ok := r.first(j, r.yearAlone, r.farYearAlone, r.yearInWords, r.noYear)
		p.bare = false
		return p, ok
	}
	return spot{}, false
}

// yearAlone reads a year in figures.
func (r *reader) yearAlone(i int) (spot, bool) {
	year, isHijri, next := r.yearNumber(i)
	if next == 0 {
		return spot{}, false
	}
	if gap := r.at(next).gap; (gap == '-' || gap == '/') && r.at(next).width == 2 { // 2023/24
		return spot{}, false
	}
	if gap := r.at(i).gap; i > 0 && gap != ' ' && gap != ',' && gap != '(' && gap != '-' {
		return spot{}, false
	}
	p := r.dated(date{year: year, hijri: isHijri}, next)
	p.bare = true
	return p, !p.bad
}

// yearInWords reads «ألف وتسعمئة وثلاث وسبعين» and «ألفين وأحد عشر».
func (r *reader) yearInWords(i int) (spot, bool) {
	const most = 8
	next := i
	for next < i+most && r.joined(next) && r.at(next).width == 0 && text.NumberWord(r.wordAsIs(next)) {
		next++
	}
	if next < i+2 {
		return spot{}, false
	}
	numbers := text.Numbers(r.s[r.at(i).Start:r.at(next-1).End])
	if len(numbers) != 1 {
		return spot{}, false
	}
	year, err := strconv.Atoi(numbers[0])
	if err != nil || year < 1000 || year > 2199 {
		return spot{}, false
	}
	return r.dated(date{year: year}, next), true
}

// wordAsIs is the normalised word of a token with all that is written onto it.
func (r *reader) wordAsIs(i int) string { return text.Normalize(r.written(i)) }

// arabicQuarter is «الربع الماضي».
func (r *reader) arabicQuarter(i int) (spot, bool) {
	t, u := r.at(i), r.at(i+1)
	if t.role != quarterWord || t.norm != "الربع" || !u.behind || u.role == pastWord || !r.joined(i+1) {
		return spot{}, false
	}
	return r.unitSpot(quarters, offsetOf(u.role), i+2), true
}

// clamp keeps a day in the years that times are counted in.
func clamp(d Day) Day {
	return max(NewDay(500, time.January, 1), min(d, NewDay(5000, time.January, 1)))
}
