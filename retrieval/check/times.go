package check

import (
	"context"
	"slices"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// dates looks for every time of a claim in what it cites: the source tells it, as precisely
// or more so, or was published then.
func (c *Checker) dates(_ context.Context, claim Claim) (Fault, error) {
	p := c.prose(claim.Text, claim.Language)
	own := c.timesOfClaim(p, claim.Sources)
	undated := p.otherWeekdays(own)
	if len(own)+len(undated) == 0 {
		return Fault{}, nil
	}
	var told []*toldTimes
	for _, s := range claim.Sources {
		told = append(told, c.toldBy(s))
	}
	for _, i := range undated {
		if !slices.ContainsFunc(told, func(t *toldTimes) bool { return t.hasWeekday(p.word(i)) }) {
			return Fault{Date, p.written(i)}, nil
		}
	}
	bridge := c.bridge(p)
	for _, x := range own {
		borne, loose := false, false // loose: by words that the calendar reads otherwise or not at all
		for _, r := range x.readings {
			t := told[r.source]
			borne = borne || t.bears(p, r)
			loose = loose || !r.year && !t.tells(r.Expression) && (t.ofThatYear(r.Expression) || t.sameWeekday(p, r.Expression) || t.inSequence(p, r.Expression))
		}
		if !borne || !loose && bridge.strayed(x, own, told) {
			return Fault{Date, p.s[p.terms[x.first].Start:p.terms[x.last].End]}, nil
		}
	}
	return Fault{}, nil
}

// otherWeekdays are the terms of a claim that are weekdays of which nobody can tell the date.
func (p *prose) otherWeekdays(own []claimedTime) (terms []int) {
	for i := range p.terms {
		if _, ok := known(weekdays, p.word(i)); ok && !slices.ContainsFunc(own, func(t claimedTime) bool { return t.first <= i && i <= t.last }) {
			terms = append(terms, i)
		}
	}
	return terms
}

// hasWeekday reports whether a source names a weekday, or tells of such a day around its
// publication.
func (t *toldTimes) hasWeekday(norm string) bool {
	day, _ := known(weekdays, norm)
	near := func(d dates.Day) bool {
		return d.Time().Weekday() == day && d >= t.published-nearby && d <= t.published+nearby
	}
	return t.known && near(t.published) ||
		slices.ContainsFunc(t.marks, func(m timeMark) bool { return t.known && oneDay(m.Window) && near(m.Window.First) }) ||
		slices.ContainsFunc(t.in, func(p *prose) bool {
			return slices.ContainsFunc(p.terms, func(w text.Term) bool {
				d, ok := known(weekdays, w.Norm)
				return ok && d == day
			})
		})
}

// A claimedTime is a time that a claim tells, with what it is by the day of each source.
type claimedTime struct {
	amount
	readings []timeReading
}

// A timeReading is a time as the publication date of a source makes it.
type timeReading struct {
	source int
	dates.Expression
	year bool // nothing but a year: it may number an event
}

// timesOfClaim returns the times of a claim. Those that are counted, "ten years ago", are
// numbers.
func (c *Checker) timesOfClaim(p *prose, sources []Source) []claimedTime {
	var all []claimedTime
	for n, s := range sources {
		for _, m := range c.marks(p, s) {
			i := slices.IndexFunc(all, func(t claimedTime) bool { return t.first <= m.last && m.first <= t.last })
			if i < 0 {
				all = append(all, claimedTime{amount{first: m.first, last: m.last, around: m.around}, nil})
				i = len(all) - 1
			}
			all[i].readings = append(all[i].readings, timeReading{n, m.Expression, m.year})
		}
	}
	return all
}

// A timeMark is a time where it stands in a text.
type timeMark struct {
	amount
	dates.Expression
	in   *prose
	year bool // nothing but a year
}

// marks returns the times of a text: what the calendar is sure of, and else the months with
// their days and the years, as they stand.
func (c *Checker) marks(p *prose, of Source) []timeMark {
	var all []timeMark
	add := func(x dates.Expression, first, last int, year bool) {
		if first >= 0 && !slices.ContainsFunc(all, func(m timeMark) bool { return m.first <= last && first <= m.last }) {
			all = append(all, timeMark{amount{first: first, last: last}, x, p, year})
		}
	}
	for _, x := range c.times(p, of) {
		first, last := p.span(x.Start, x.End)
		if first >= 0 && !p.isAmount(first, last) && !p.countsBack(x, first, last) {
			add(x, first, last, x.Named || first == last && p.yearAt(first) != 0)
		}
	}
	for _, d := range p.monthDays() {
		add(d.expression(p, of.Published.Time.Year()), d.at, d.last, false)
	}
	for i := range p.terms {
		if year := p.yearAt(i); year != 0 {
			w := dates.Window{First: dates.NewDay(year, 1, 1), Last: dates.NewDay(year, 12, 31)}
			add(dates.Expression{Start: p.terms[i].Start, End: p.terms[i].End, Window: w}, i, i, true)
		}
	}
	slices.SortFunc(all, func(a, b timeMark) int { return a.first - b.first })
	for i := range all {
		low, high := 0, len(p.terms)
		if i > 0 {
			low = all[i-1].last + 1
		}
		if i+1 < len(all) {
			high = all[i+1].first
		}
		all[i].around = p.around(&all[i].amount, low, high)
	}
	return all
}

// A toldTimes is what times a source tells.
type toldTimes struct {
	in        []*prose
	marks     []timeMark
	days      []monthDay
	published dates.Day
	known     bool // when it was published
}

func (c *Checker) toldBy(s Source) *toldTimes {
	t := &toldTimes{in: c.proses(s), known: !s.Published.IsZero()}
	if t.known {
		t.published = dates.DayOf(s.Published.Time)
	}
	for _, p := range t.in {
		t.marks = append(t.marks, c.marks(p, s)...)
		t.days = append(t.days, p.monthDays()...)
	}
	return t
}

// bears reports whether a source bears out a time of a claim.
func (t *toldTimes) bears(p *prose, x timeReading) bool {
	if x.year && length(x.Window) <= 366 {
		return t.hasYear(x.Window.First.Time().Year())
	}
	if day, ok := p.weekdayOf(x.Expression); ok && !x.Relative && oneDay(x.Window) && x.Window.First.Time().Weekday() != day {
		return false
	}
	return t.tells(x.Expression) || t.ofThatYear(x.Expression) || t.sameWeekday(p, x.Expression) || t.whenPublished(x.Expression) || t.inSequence(p, x.Expression)
}

func (t *toldTimes) tells(x dates.Expression) bool {
	if oneDay(x.Window) && t.nextDay() {
		for _, m := range t.marks {
			if gap := m.Window.First - x.Window.First; oneDay(m.Window) && (gap == 1 || gap == -1) {
				return true
			}
		}
	}
	return slices.ContainsFunc(t.marks, func(m timeMark) bool { return agrees(x, m.Expression) })
}

// nextDay reports whether a source tells of the day before or after another: a claim may
// name it.
func (t *toldTimes) nextDay() bool {
	return slices.ContainsFunc(t.in, func(p *prose) bool {
		for i := range p.terms {
			if nextDays[p.word(i)+" "+p.word(i+1)] || nextDays[p.word(i)] {
				return true
			}
		}
		return false
	})
}

var nextDays = func() map[string]bool {
	m := map[string]bool{}
	for _, phrase := range [...]string{
		"day before", "evening before", "night before", "day earlier", "day later", "next day", "following day", "day after", "overnight",
		"اليوم السابق", "اليوم التالي", "الليلة السابقة", "عشية", "غداة", "بيوم", "يوم من",
	} {
		m[text.Normalize(phrase)] = true
	}
	return m
}()

// strayed reports whether another time of a source, which the claim does not tell, belongs
// in the place of one of the claim by the words around it.
func (b *bridge) strayed(x claimedTime, own []claimedTime, told []*toldTimes) bool {
	here := nearness{}
	var others []nearness
	for _, r := range x.readings {
		t := told[r.source]
		for i := range t.marks {
			m := &t.marks[i]
			switch {
			case agrees(r.Expression, m.Expression):
				here.add(b.nearness(&x.amount, m.in, &m.amount))
			case b.rivals(r, m, own):
				others = append(others, b.nearness(&x.amount, m.in, &m.amount))
			}
		}
	}
	return slices.ContainsFunc(others, func(o nearness) bool { return here.outdone(o, strayFactor, strayMargin) })
}

// rivals reports whether a time of a source is as precise as one of the claim or more so, and
// none that the claim tells too.
func (b *bridge) rivals(r timeReading, m *timeMark, own []claimedTime) bool {
	if oneDay(r.Window) && !oneDay(m.Window) || length(r.Window) > 366 || length(m.Window) > 366 || m.Window.Overlaps(r.Window) {
		return false
	}
	if r.Relative != m.Relative && !oneDay(r.Window) {
		return false
	}
	return !slices.ContainsFunc(own, func(o claimedTime) bool {
		return slices.ContainsFunc(o.readings, func(q timeReading) bool { return q.source == r.source && agrees(q.Expression, m.Expression) })
	})
}

// agrees reports whether a source's time bears out a claim's: it lies in it, or is an end
// of it.
func agrees(x, o dates.Expression) bool {
	w, v := x.Window, o.Window
	if w.Approximate || v.Approximate {
		v.First, v.Last = v.First-1, v.Last+1
		return w.Overlaps(v)
	}
	if between(w) {
		return w.First == v.First && w.Last == v.Last
	}
	if w.Covers(v) {
		return true
	}
	if vague(w) && vague(v) {
		return w.Overlaps(v)
	}
	return oneDay(w) && length(v) < aMonth && !vague(v) && (w.First == v.First || w.First == v.Last)
}

// between reports whether a window is a number of days, and no week or weekend.
func between(w dates.Window) bool {
	n := length(w)
	return n > 2 && n < aMonth && n != 7 && !vague(w)
}

const aMonth = 28

func oneDay(w dates.Window) bool { return w.First == w.Last }

func length(w dates.Window) dates.Day {
	if w.First == dates.Beginning || w.Last == dates.End {
		return dates.End
	}
	return w.Last - w.First + 1
}

// vague reports whether a window is neither days nor a month nor years: "early 2022".
func vague(w dates.Window) bool {
	if w.First == dates.Beginning || w.Last == dates.End {
		return true
	}
	first, last := w.First.Time(), (w.Last + 1).Time()
	if length(w) < aMonth && first.Day() != 1 && first.Day() != 11 && first.Day() != 21 || length(w) < 8 || first.YearDay() == 1 && last.YearDay() == 1 {
		return false
	}
	return first.Day() != 1 || last.Day() != 1 || length(w) > 31
}

// ofThatYear reports whether a source has the month and day of a claim, and the year
// elsewhere: "18 May of that year".
func (t *toldTimes) ofThatYear(x dates.Expression) bool {
	if length(x.Window) > 31 || vague(x.Window) {
		return false
	}
	first, last := x.Window.First.Time(), x.Window.Last.Time()
	whole := length(x.Window) >= aMonth
	return (x.Relative || t.hasYear(first.Year())) && slices.ContainsFunc(t.days, func(d monthDay) bool {
		if d.month != first.Month() || d.month != last.Month() || d.year != 0 && d.year != first.Year() && !x.Relative {
			return false
		}
		if oneDay(x.Window) {
			return d.from != 0 && (first.Day() == d.from || first.Day() == d.until)
		}
		return whole || d.from == first.Day() && d.until == last.Day()
	})
}

// nearby is for how many days before or after its publication a report calls a day by its
// weekday.
const nearby = 8

// sameWeekday reports whether a source has the weekday of a claim near its publication: the
// one before or the one after, which the words alone do not always tell.
func (t *toldTimes) sameWeekday(p *prose, x dates.Expression) bool {
	if !oneDay(x.Window) || !t.known || x.Window.First < t.published-nearby || x.Window.First > t.published+nearby {
		return false
	}
	day, named := p.weekdayOf(x)
	if !named {
		day = x.Window.First.Time().Weekday()
	} else if !x.Relative {
		return false
	}
	for _, q := range t.in {
		for i := range q.terms {
			d, ok := known(weekdays, q.word(i))
			if ok && d == day && (named || !q.beside(i)) {
				return true
			}
		}
	}
	return slices.ContainsFunc(t.marks, func(o timeMark) bool {
		return named && oneDay(o.Window) && o.Window.First.Time().Weekday() == day && o.Window.First >= t.published-nearby && o.Window.First <= t.published+nearby
	})
}

// beside reports whether a date stands beside the weekday at i, which is no other then.
func (p *prose) beside(i int) bool {
	for k := i - 1; k <= i+2; k++ {
		if k != i && isNumeral(p.word(k)) {
			return true
		}
	}
	return false
}

// weekdayOf is the weekday that the words of a time name.
func (p *prose) weekdayOf(x dates.Expression) (time.Weekday, bool) {
	first, last := p.span(x.Start, x.End)
	for i := max(first, 0); i <= last; i++ {
		if d, ok := known(weekdays, p.word(i)); ok {
			return d, true
		}
	}
	return 0, false
}

var weekdays = listed(map[time.Weekday]string{
	time.Sunday: `sunday الأحد`, time.Monday: `monday الاثنين الإثنين`, time.Tuesday: `tuesday الثلاثاء`, time.Wednesday: `wednesday الأربعاء`,
	time.Thursday: `thursday الخميس`, time.Friday: `friday الجمعة`, time.Saturday: `saturday السبت`,
})

// whenPublished reports whether a source was published at the time that a claim tells. A
// source that tells the day of something near its publication means that day.
func (t *toldTimes) whenPublished(x dates.Expression) bool {
	if !t.known || !x.Window.Contains(t.published) || x.Window.First == dates.Beginning || x.Window.Last == dates.End {
		return false
	}
	if !oneDay(x.Window) {
		return !between(x.Window)
	}
	return !slices.ContainsFunc(t.marks, func(o timeMark) bool {
		return oneDay(o.Window) && o.Window.First >= t.published-nearby && o.Window.First <= t.published+nearby
	})
}

// hasYear reports whether a source names a year, or was published in it.
func (t *toldTimes) hasYear(year int) bool {
	if t.known && t.published.Time().Year() == year {
		return true
	}
	return slices.ContainsFunc(t.marks, func(o timeMark) bool {
		w := o.Window
		return w.First != dates.Beginning && w.Last != dates.End && length(w) <= 366 && w.First.Time().Year() <= year && year <= w.Last.Time().Year()
	})
}
