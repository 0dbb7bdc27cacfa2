package dates

import (
	"time"
)

// A date is what words say of a date; what is 0 they leave open.
type date struct {
	year, month, day int
	hijri            bool
}

// window is the days that a date with a year comes to; false when there are none such.
func (d date) window() (Window, bool) {
	if d.hijri {
		return hijriWindow(d.year, d.month, d.day)
	}
	if d.year < 1 || d.year > 9999 || d.month > 12 || d.day > 31 {
		return Window{}, false
	}
	switch {
	case d.month == 0:
		return yearsWindow(d.year, d.year), true
	case d.day == 0:
		return monthWindow(d.year, d.month), true
	}
	day := NewDay(d.year, time.Month(d.month), d.day)
	return Window{First: day, Last: day}, day.Time().Day() == d.day
}

// exists reports whether a date is in the calendar in any year.
func (d date) exists() bool {
	if d.year == 0 {
		d.year = 2024 // a leap year
		if d.hijri {
			d.year = 1446
		}
	}
	_, ok := d.window()
	return ok
}

// grain is how fine a date is.
func (d date) grain() grain {
	switch {
	case d.day > 0:
		return aDay
	case d.month > 0:
		return aMonth
	}
	return aYear
}

// leaps is how many years may lie between two 29 February.
const leaps = 8

// resolve fills in the year that a date leaves open: the last in which it had begun by
// ref, or with ahead the first in which it was not over.
func (r *reader) resolve(d date, ref Day, ahead bool) date {
	if d.year > 0 {
		return d
	}
	year := ref.Time().Year()
	if d.hijri {
		year = hijriOf(ref)/12 + 1
	}
	for i := range leaps + 2 {
		d.year = year + 1 - i
		if ahead {
			d.year = year - 1 + i
		}
		w, ok := d.window()
		if ok && (ahead && w.Last >= ref || !ahead && w.First <= ref) {
			return d
		}
	}
	return d
}

// onWeekday is the year near the last in which a day without one falls on a weekday; the
// last when there is none near.
func (r *reader) onWeekday(d date, ref Day, ahead bool, on time.Weekday) date {
	resolved := r.resolve(d, ref, ahead)
	for _, off := range [...]int{0, 1, -1, -2, -3} {
		try := resolved
		try.year += off
		if w, ok := try.window(); ok && w.First.Time().Weekday() == on {
			return try
		}
	}
	return resolved
}

// dated makes a spot of a date that ends before a token.
func (r *reader) dated(d date, next int) spot {
	p := spot{next: next, date: d, dated: true, grain: d.grain(), relative: d.year == 0}
	if !d.exists() {
		p.bad = true
		return p
	}
	full := r.resolve(d, r.ref, r.ahead)
	p.window, _ = full.window()
	return p
}
