package dates

import (
	"time"

	"newsbot/corpus/text"
)

// A unit is a stretch of the calendar.
type unit uint8

const (
	hours unit = iota
	days
	weekends
	weeks
	months
	quarters
	years
	decades
	centuries
)

// weekOf is the calendar week of a day.
func (r *reader) weekOf(d Day) Window {
	first := d - Day((7+d.Time().Weekday()-r.calendar.WeekStart)%7)
	return Window{First: first, Last: first + 6}
}

// weekend is the days of the weekend.
func (r *reader) weekend() (first time.Weekday, length Day) {
	days := r.calendar.Weekend
	if len(days) > 0 {
		return days[0], Day(min(len(days), 7))
	}
	if r.lang == text.Arabic {
		return time.Friday, 2
	}
	return time.Saturday, 2
}

// weekendBy is the last weekend that has begun on a day.
func (r *reader) weekendBy(d Day) Window {
	begin, length := r.weekend()
	first := d - Day((7+d.Time().Weekday()-begin)%7)
	return Window{First: first, Last: first + length - 1}
}

// monthWindow is a month; months below 1 and above 12 are of other years.
func monthWindow(year int, m int) Window {
	return Window{First: NewDay(year, time.Month(m), 1), Last: NewDay(year, time.Month(m)+1, 1) - 1}
}

// yearsWindow is some years.
func yearsWindow(first, last int) Window {
	return Window{First: NewDay(first, 1, 1), Last: NewDay(last+1, 1, 1) - 1}
}

// calendarUnit is the unit of the calendar that is n after the one that a day is in.
func (r *reader) calendarUnit(u unit, d Day, n int) Window {
	year, m, _ := d.Time().Date()
	switch u {
	case weeks:
		return r.weekOf(d + Day(7*n))
	case weekends:
		w := r.weekendBy(d)
		within := w.Contains(d)
		switch {
		case n < 0 && within:
			return Window{First: w.First - 7, Last: w.Last - 7}
		case n > 0, n == 0 && !within:
			return Window{First: w.First + 7, Last: w.Last + 7}
		}
		return w
	case months:
		return monthWindow(year, int(m)+n)
	case quarters:
		first := (int(m)-1)/3*3 + 1 + 3*n
		return Window{First: NewDay(year, time.Month(first), 1), Last: NewDay(year, time.Month(first+3), 1) - 1}
	case years:
		return yearsWindow(year+n, year+n)
	case decades:
		first := year/10*10 + 10*n
		return yearsWindow(first, first+9)
	case centuries:
		first := (year-1)/100*100 + 1 + 100*n
		return yearsWindow(first, first+99)
	}
	return Window{First: d + Day(n), Last: d + Day(n)}
}

// lastUnits is the n units that end on a day.
func lastUnits(u unit, d Day, n int) Window {
	return Window{First: backBy(u, d+1, n), Last: d}
}

// nextUnits is the n units that begin after a day.
func nextUnits(u unit, d Day, n int) Window {
	return Window{First: d + 1, Last: backBy(u, d, -n)}
}

// backBy is the day that is n units before a day. The 31st of a month that has 30 days is
// its last.
func backBy(u unit, d Day, n int) Day {
	switch u {
	case hours: // with the day in which they begin
		return d - Day((n+23)/24) - 1
	case weeks, weekends:
		return d - Day(7*n)
	case months:
		return monthsBack(d, n)
	case quarters:
		return monthsBack(d, 3*n)
	case years:
		return monthsBack(d, 12*n)
	case decades:
		return monthsBack(d, 120*n)
	case centuries:
		return monthsBack(d, 1200*n)
	}
	return d - Day(n)
}

// monthsBack is the day that is n months before a day.
func monthsBack(d Day, n int) Day {
	year, m, day := d.Time().Date()
	w := monthWindow(year, int(m)-n)
	return min(w.First+Day(day-1), w.Last)
}

// thirdOf is the early, the middle or the late third of a window.
func thirdOf(w Window, grain grain, third int) Window {
	first := w.First.Time()
	switch grain {
	case aMonth: // 1-10, 11-20, 21-
		begins := [...]Day{w.First, w.First + 10, w.First + 20, w.Last + 1}
		return Window{begins[third], begins[third+1] - 1, w.Approximate}
	case aYear:
		begin := func(i int) Day { return NewDay(first.Year(), time.Month(1+4*i), 1) }
		if !w.Approximate {
			return Window{First: begin(third), Last: begin(third+1) - 1}
		}
	}
	if n := w.Last.Time().Year() - first.Year() + 1; n >= 10 { // 1990-1993, 1994-1996, 1997-1999
		begin := func(i int) int { return first.Year() + (n*i+2)/3 }
		return yearsWindow(begin(third), begin(third+1)-1)
	}
	length := w.Last - w.First + 1
	return Window{w.First + length*Day(third)/3, w.First + length*Day(third+1)/3 - 1, w.Approximate}
}
