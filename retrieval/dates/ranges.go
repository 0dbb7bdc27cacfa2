package dates

// Ranges: "between 1 and 7 May", "from March to June", "1-7 May 2025", «بين عامي 2020 و2024».

// An end of a range may be the day alone of a date whose month the other end has.
func (r *reader) end(i int) (spot, bool) {
	if p, ok := r.period(i); ok && !p.back {
		return p, true
	}
	if r.is(i, nowWord) || i == 0 && r.at(i).role == nowWord {
		return spot{next: i + 1, window: Window{First: r.ref, Last: r.ref}, grain: aDay, relative: true, adverb: true}, true
	}
	day, next := r.dayNumber(i)
	if next == 0 || day == 0 || r.at(i).role == firstWord && r.at(next).role == unitWord {
		return spot{}, false
	}
	return spot{next: next, date: date{day: day}}, true
}

// loneDay reports whether a spot is the day of a month that is not said.
func (p spot) loneDay() bool { return p.day > 0 && p.month == 0 && !p.dated }

// ranged reads a range whose first end begins at a token. broken says that it ends before
// it begins.
func (r *reader) ranged(i int) (p spot, broken, ok bool) {
	a, ok := r.end(i)
	if !ok {
		return spot{}, false, false
	}
	j := r.separated(i, a)
	if j == 0 {
		return spot{}, false, false
	}
	if r.is(j, the) || r.isUnit(j, years) && r.at(j+1).width == 4 {
		j++
	}
	b, ok := r.end(j)
	if !ok {
		return spot{}, false, false
	}
	return r.span(a, b)
}

// time reads the range or else the time that begins at a token.
func (r *reader) time(i int) (p spot, broken, ok bool) {
	if p, broken, ok = r.ranged(i); !ok {
		p, ok = r.period(i)
	}
	return p, broken, ok
}

// separated finds the second end of a range behind the first: a dash, "to", or "and" where
// "between" stands before it.
func (r *reader) separated(i int, a spot) int {
	t := r.at(a.next)
	lead := r.lead(i)
	switch {
	case t.gap == '-' && t.role != to && t.role != until && t.role != and:
		return a.next
	case t.gap != ' ' && t.gap != ',' && t.gap != '-' && t.gap != '&':
		return 0
	case lead == between && t.role == and:
		if t.norm == "و" || t.norm == "and" {
			return a.next + 1
		}
		return a.next
	case lead == between && t.and:
		return a.next
	case a.loneDay() && (t.role == and || t.and || t.gap == '&'), a.day > 0 && a.year == 0 && r.dayListed(a.next): // "14 and 15 August", "August 14 and 15"
		if t.role == and {
			return a.next + 1
		}
		return a.next
	case t.role == to, t.role == until && t.norm != "till", t.role == until && lead == from:
		if r.at(a.next+1).role == role(0) && r.at(a.next+1).width == 0 {
			return 0
		}
		return a.next + 1
	}
	return 0
}

// dayListed reports whether a token goes on to a day of the same month: "August 14 and
// 15", and not "August 14 and 15 people".
func (r *reader) dayListed(i int) bool {
	j := i
	if r.at(j).role == and {
		j++
	}
	t, u := r.at(j), r.at(j+1)
	return (j > i || t.and) && t.width > 0 && t.width <= 2 && r.joined(j) && (u.gap != ' ' || u.width == 4)
}

// lead is the word that stands before a time and says what it has to do with it, without
// "the" and «عامي».
func (r *reader) lead(i int) role {
	j := r.leadAt(i)
	if j < 0 {
		return noRole
	}
	return r.at(j).role
}

// leadAt is where that word stands; -1 when there is none.
func (r *reader) leadAt(i int) int {
	j := i - 1
	if j >= 0 && (r.at(j).role == the && r.joined(j+1) || leading[r.at(j).norm]) && r.joined(j+1) {
		j--
	}
	if j < 0 || !r.joined(j+1) {
		return -1
	}
	switch r.at(j).role {
	case before, after, since, until, from, to, between, and, in, on, of:
		return j
	}
	return -1
}

// leading may stand between a preposition and its time.
var leading = set("ما يومي عامي شهري الفترة around about")

// span is the range from one spot to another.
func (r *reader) span(a, b spot) (p spot, broken, ok bool) {
	switch {
	case a.loneDay() && b.loneDay():
		return spot{}, false, false
	case a.loneDay():
		if b.day == 0 || b.month == 0 {
			return spot{}, false, false
		}
		a.date = date{year: b.year, month: b.month, day: a.day, hijri: b.hijri}
		a.dated = true
	case b.loneDay():
		if a.day == 0 || a.month == 0 || a.year > 0 {
			return spot{}, false, false
		}
		b.date = date{month: a.month, day: b.day, hijri: a.hijri}
		b = r.withYear(b.date, b.next)
		a.year = b.year
	}
	p = spot{next: b.next, relative: a.relative && b.relative, adverb: true, span: true}
	if a.dated && b.dated {
		return r.dateSpan(p, a, b)
	}
	if a.bad || b.bad {
		p.bad = true
		return p, true, true
	}
	if a.weekday && a.window.First > b.window.Last {
		a.window.First -= 7
	}
	p.window = Window{a.window.First, b.window.Last, a.window.Approximate || b.window.Approximate}
	return p, p.window.First > p.window.Last, true
}

// dateSpan is the range between two dates, of which each may leave its year to the other.
func (r *reader) dateSpan(p, a, b spot) (spot, bool, bool) {
	p.relative = a.year == 0 && b.year == 0
	wraps := a.month > b.month
	switch {
	case a.year == 0 && b.year > 0:
		a.year = b.year
		if wraps {
			a.year--
		}
	case a.year > 0 && b.year == 0:
		b.year = a.year
		if wraps {
			b.year++
		}
	case a.year == 0:
		b.date = r.resolve(b.date, r.ref, r.ahead)
		a.year = b.year
		if wraps {
			a.year--
		}
	}
	first, ok1 := a.date.window()
	last, ok2 := b.date.window()
	if !ok1 || !ok2 {
		p.bad = true
		return p, true, true
	}
	p.window = Window{first.First, last.Last, first.Approximate || last.Approximate}
	return p, first.First > last.Last || first.Last > last.Last, true
}
