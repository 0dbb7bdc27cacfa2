// Package dates understands days and stretches of them as people write them, in Arabic
// and in English: "yesterday", «أول أمس», "1-7 May 2025", «منذ شهرين», «٣ رمضان ١٤٤٦».
//
// Begin with [Calendar]: [Calendar.Asked] reads the window of a question and
// [Calendar.Stated] the times that a sentence of an article tells.
package dates

import (
	"math"
	"time"

	"newsbot/corpus/text"
)

// A Day is a day of the Gregorian calendar, counted from 1 January 1970.
type Day int32

// The ends of time: what has no beginning, or no end.
const (
	Beginning Day = math.MinInt32
	End       Day = math.MaxInt32
)

// DayOf is the day of a time in its own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return NewDay(y, m, d)
}

// NewDay is the day of a date, which is normalised as [time.Date] does.
func NewDay(year int, month time.Month, day int) Day {
	const seconds = 24 * 60 * 60
	s := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Day(s / seconds)
}

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// A Window is a stretch of days. The zero Window is none.
type Window struct {
	// First and Last both belong to it; [Beginning] and [End] leave it open.
	First, Last Day
	// Approximate says that it may be off by a day either way, as dates of the Hijri
	// calendar are.
	Approximate bool
}

// IsZero reports whether w is no window.
func (w Window) IsZero() bool { return w == Window{} }

// Contains reports whether a day lies in the window.
func (w Window) Contains(d Day) bool { return w.First <= d && d <= w.Last }

// Covers reports whether all of another window lies in it.
func (w Window) Covers(o Window) bool { return w.First <= o.First && o.Last <= w.Last }

// Overlaps reports whether the windows have a day in common.
func (w Window) Overlaps(o Window) bool { return w.First <= o.Last && o.First <= w.Last }

// A Calendar says what is not the same everywhere. The zero Calendar has weeks that
// begin on Sunday, use [Default] for one as the README says.
type Calendar struct {
	// Location is where the people are who ask; nil is UTC.
	Location *time.Location
	// WeekStart is the first day of a week.
	WeekStart time.Weekday
	// Weekend are the days of the weekend, one after the other; none is Friday and
	// Saturday for what is in Arabic, and Saturday and Sunday for all else.
	Weekend []time.Weekday
}

// Default is a calendar whose weeks begin on Monday.
func Default() Calendar { return Calendar{Location: time.Local, WeekStart: time.Monday} }

// Today is the day that it is.
func (c Calendar) Today(now time.Time) Day {
	if c.Location == nil {
		return DayOf(now.UTC())
	}
	return DayOf(now.In(c.Location))
}

// An Expression is the words of a text that tell a time.
type Expression struct {
	Start, End int // bytes of the text
	Window     Window
	// Relative says that the words tell no time without the day that they are counted
	// from: "yesterday", "on Friday", "15 May" without a year.
	Relative bool
	// Named says that the time is part of a name, as in "the 2022 World Cup": it tells
	// which one, not when.
	Named bool
}

// An Asking is what a question says of when.
type Asking struct {
	// Window is what all its expressions come to; zero when it says nothing of when.
	Window Window
	// Expressions are those that the window is made of, in order, each with the window it
	// makes.
	Expressions []Expression
	// Problem is the words that name no day, such as "31 February", or a window that
	// ends before it begins; "" for none. There is no window then.
	Problem string
	// ProblemAt is where they stand in the question.
	ProblemAt text.Span
}
