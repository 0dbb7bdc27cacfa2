package dates

import "sync"

// hijriStarts are the first days of the months of the Umm al-Qura calendar, from
// Muharram 1343 on, and at the end the day after the last.
var hijriStarts = sync.OnceValue(func() []Day {
	starts := make([]Day, 0, (lastHijriYear-firstHijriYear+1)*12+1)
	day := firstHijriDay
	for i := range len(monthLengths) {
		length := Day(0)
		switch digit := monthLengths[i]; digit {
		case ' ':
			continue
		case '8', '9':
			length = 20 + Day(digit-'0')
		default:
			length = 30 + Day(digit-'0')
		}
		starts = append(starts, day)
		day += length
	}
	return append(starts, day)
})

// lastTabularYear is the last year of the Hijri calendar that is read.
const lastTabularYear = 1600

// hijriMonth is the first day of a Hijri month counted from Muharram of the year 1,
// which is 0. Outside the Umm al-Qura calendar it is that of the tabular calendar, in
// which 11 of 30 years have a day more (Reingold and Dershowitz, "Calendrical
// Calculations", 2018, chapter 7).
func hijriMonth(n int) Day {
	starts := hijriStarts()
	if i := n - (firstHijriYear-1)*12; i >= 0 && i < len(starts) {
		return starts[i]
	}
	year, month := n/12+1, n%12
	const epoch = -492148 // 1 Muharram of the year 1: 19 July 622 in the Gregorian calendar
	return Day(epoch + (year-1)*354 + (3+11*year)/30 + 29*month + (month+1)/2)
}

// hijriWindow is a day, a month (day is 0) or a year (month is 0) of the Hijri calendar.
// It is false for what is not in it.
func hijriWindow(year, month, day int) (Window, bool) {
	if year < 1 || year > lastTabularYear || month > 12 || day > 30 {
		return Window{}, false
	}
	if month == 0 {
		return Window{hijriMonth((year - 1) * 12), hijriMonth(year*12) - 1, true}, true
	}
	n := (year-1)*12 + month - 1
	first := hijriMonth(n)
	if day == 0 {
		return Window{first, hijriMonth(n+1) - 1, true}, true
	}
	first += Day(day - 1)
	return Window{first, first, true}, true
}

// hijriOf is the number of the Hijri month that a day is in, counted as [hijriMonth] does;
// for days out of the calendar that of the nearest in it.
func hijriOf(d Day) int {
	d = max(hijriMonth(0), min(d, hijriMonth(lastTabularYear*12)-1))
	n := int(int64(d-firstHijriDay)*100000/2953059) + (firstHijriYear-1)*12
	for hijriMonth(n) > d {
		n--
	}
	for hijriMonth(n+1) <= d {
		n++
	}
	return n
}

// hijriYearIn is the year whose month, 1-12, begins in a year of the Gregorian calendar.
func hijriYearIn(gregorian, month int) int {
	year := hijriOf(NewDay(gregorian, 1, 1))/12 + 1
	for hijriMonth((year-1)*12+month-1) < NewDay(gregorian, 1, 1) {
		year++
	}
	return year
}
