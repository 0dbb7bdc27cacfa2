package dates

import "time"

// Stretches with names of their own: seasons, decades, centuries, quarters, weekends, and
// parts of a stretch.

// aPart reads "early May", "the end of 2024", «مطلع العام», «أواخر الشهر الماضي».
func (r *reader) aPart(i int) (spot, bool) {
	t := r.at(i)
	third := int(t.value)
	if t.role == firstWord || t.role == finalWord { // «أول الشهر», «آخر العام»
		third = 0
		if t.role == finalWord {
			third = 2
		}
		if u := r.at(i + 1); u.role == unitWord && !u.definite {
			return spot{}, false
		}
	}
	j := i + 1
	if !r.joined(j) {
		return spot{}, false
	}
	for r.is(j, of) || r.is(j, the) || r.is(j, in) && r.at(j).norm == "in" || r.is(j, from) && r.at(j).norm != "from" {
		j++
	}
	if r.isUnit(j, weeks) && t.norm == "نهاية" {
		return spot{}, false
	}
	p, ok := r.whole(j)
	if !ok || !r.joined(j) || p.bad {
		return spot{}, false
	}
	p.bare = false
	if p.grain != aDay {
		p.window = thirdOf(p.window, p.grain, third)
		p.grain, p.dated = aStretch, false
	}
	return p, true
}

// whole reads what may have an early part: a month, a year, a decade, a week, a day.
func (r *reader) whole(i int) (spot, bool) {
	if u := r.at(i); u.role == unitWord && !u.many && !u.two && unit(u.value) > hours {
		if p, ok := r.thisUnit(i); ok {
			return p, true
		}
	}
	p, ok := r.period(i)
	return p, ok && (p.grain != aStretch || r.at(p.next-1).role == unitWord || r.at(p.next-1).role == decade || p.window.Last-p.window.First > 3000)
}

// thisUnit is "the year" and «العام» as the present one, of which a part that is yet to
// come is the one before.
func (r *reader) thisUnit(i int) (spot, bool) {
	u := r.at(i)
	if r.at(i-1).role != the && !u.definite || r.at(i+1).behind && r.joined(i+1) || r.at(i+1).width > 0 && r.joined(i+1) ||
		unit(u.value) < weeks || unit(u.value) > years {
		return spot{}, false
	}
	p := r.unitSpot(unit(u.value), 0, i+1)
	third := int(r.firstPart(i).value)
	if first := thirdOf(p.window, p.grain, third).First; first > r.ref && !r.article {
		p = r.unitSpot(unit(u.value), -1, i+1)
	}
	return p, true
}

// firstPart is the nearest word before a token that is a part.
func (r *reader) firstPart(i int) token {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch t := r.at(j); t.role {
		case part:
			return t
		case finalWord:
			t.value = 2
			return t
		}
	}
	return token{}
}

// someTime reads «وقت سابق من هذا الشهر» and «وقت مبكر من صباح أمس».
func (r *reader) someTime(i int) (spot, bool) {
	if !r.joined(i + 1) {
		return spot{}, false
	}
	switch t := r.at(i + 1); {
	case t.role == sooner, t.role == later:
		return r.elapsed(i + 1)
	case t.norm != "مبكر" && t.norm != "متاخر":
		return spot{}, false
	}
	j := i + 2
	if r.is(j, from) {
		j++
	}
	p, ok := r.period(j)
	return p, ok && r.joined(j) && p.grain == aDay
}

// elapsed reads "earlier this month", "later this year", «سابق من هذا الشهر».
func (r *reader) elapsed(i int) (spot, bool) {
	t := r.at(i)
	j := i + 1
	for r.is(j, from) || r.is(j, in) || r.is(j, on) {
		j++
	}
	p, ok := r.period(j)
	if !ok || !r.joined(j) || !p.relative || p.grain < aDay {
		return spot{}, false
	}
	if p.grain != aDay && p.window.Contains(r.ref) {
		switch {
		case t.role == sooner:
			p.window.Last = r.ref
		case r.ahead || !r.article: // of what has been it is rather "later that year"
			p.window.First = r.ref
		}
	}
	return p, true
}

// theWeekend reads "the weekend", "last weekend", «نهاية الأسبوع», «عطلة نهاية الأسبوع
// الماضي».
func (r *reader) theWeekend(i int) (spot, bool) {
	t := r.at(i)
	j, m := i, noRole
	if (t.role == lastWord || t.role == thisWord || t.role == nextWord || t.role == pastWord) && !t.behind {
		m = t.role
		j++
	}
	if j > i && !r.joined(j) {
		return spot{}, false
	}
	switch u := r.at(j); {
	case u.role == unitWord && unit(u.value) == weekends && !u.many:
		j++
		if m == noRole && !u.definite && r.at(i-1).role != the && r.at(i-1).role != on && r.at(i-1).role != in {
			return spot{}, false
		}
	case weekendHead[u.norm] || u.norm == "نهايه":
		if weekendHead[r.at(j).norm] {
			j++
		}
		if r.at(j).norm == "نهايه" {
			j++
		}
		if !r.isUnit(j, weeks) || !r.at(j).definite || !r.joined(j) {
			return spot{}, false
		}
		j++
	default:
		return spot{}, false
	}
	if u := r.at(j); u.behind && r.joined(j) {
		m = u.role
		j++
	}
	p := spot{next: j, relative: true, adverb: true}
	p.window = r.weekendWindow(m)
	return p, true
}

// weekendWindow is the weekend that m says. Without it, and where "this weekend" is over,
// it is the last that has begun.
func (r *reader) weekendWindow(m role) Window {
	w := r.calendarUnit(weekends, r.ref, offsetOf(m))
	switch {
	case w.Contains(r.ref), r.ahead, m == lastWord, m == nextWord:
		return w
	case m == noRole, r.past():
		return r.weekendBy(r.ref)
	}
	return w
}

// seasonWindow is a season that begins in a year, as the weather services have them in
// the north: summer is June to August, winter begins in December.
func seasonWindow(s, year int) Window {
	first := 3 + 3*s
	return Window{First: NewDay(year, time.Month(first), 1), Last: NewDay(year, time.Month(first+3), 1) - 1}
}

// seasonSpot is a season that is the last, this or the next one.
func (r *reader) seasonSpot(t token, m role, next int) spot {
	year := r.ref.Time().Year() + 1
	for seasonWindow(int(t.value), year).First > r.ref { // the last that has begun
		year--
	}
	w := seasonWindow(int(t.value), year)
	switch {
	case (m == lastWord || m == pastWord) && w.Last >= r.ref:
		w = seasonWindow(int(t.value), year-1)
	case m == nextWord, m == thisWord && w.Last < r.ref && w.First.Time().Year() < r.ref.Time().Year() && t.value < 3,
		m == thisWord && t.value == 3 && w.Last < r.ref && r.ahead:
		w = seasonWindow(int(t.value), year+1)
	}
	return spot{next: next, window: w, relative: true, adverb: true}
}

// aSeason reads "summer 2024", "the summer of 2024", «صيف 2024», «الصيف الماضي», «صيف
// العام الماضي».
func (r *reader) aSeason(i int) (spot, bool) {
	t := r.at(i)
	if t.role == monthHead && t.norm == "ربيع" {
		t.entry = entry{role: season}
	}
	if t.role != season {
		return spot{}, false
	}
	if u := r.at(i + 1); u.behind && u.role != pastWord && r.joined(i+1) && t.norm[0] > 'z' {
		return r.seasonSpot(t, u.role, i+2), true
	}
	year, _, next := r.yearBehind(i + 1)
	if next == 0 || year < 1500 || r.at(i+1).gap == ',' {
		return spot{}, false
	}
	digits := r.at(next-1).width > 0 || r.at(next-1).role == yearEra
	return spot{next: next, window: seasonWindow(int(t.value), year), relative: !digits, adverb: true}, true
}

// thatSeason is "over the summer", the last that has begun.
func (r *reader) thatSeason(i int) (spot, bool) {
	t := r.at(i)
	if t.role != season || t.norm[0] > 'z' || r.lead(i) != in || r.at(i-1).role != the || r.joined(i+1) && r.at(i+1).role == noRole || r.is(i+1, of) {
		return spot{}, false
	}
	return r.seasonSpot(t, noRole, i+1), true
}

// aDecade reads "the 1990s", "the 90s", "the nineties", «التسعينيات», «ستينيات القرن
// الماضي».
func (r *reader) aDecade(i int) (spot, bool) {
	t := r.at(i)
	if t.role != decade {
		return spot{}, false
	}
	next, base := i+1, 1900
	if !t.loose {
		base = 0
	}
	if c, end := r.centuryBehind(i + 1); end > 0 && t.loose {
		base, next = 100*(c-1), end
	} else if t.loose && (t.value < 50 || !r.datesDecade(i)) {
		return spot{}, false
	}
	first := base + int(t.value)
	if first < 1000 || first > 2190 || r.at(next).role == from && ages[r.at(next+1).norm] {
		return spot{}, false
	}
	w := yearsWindow(first, first+9)
	if first%100 == 0 && !t.loose && t.norm[len(t.norm)-2:] == "0s" && first < 1900 { // the 1800s
		w = yearsWindow(first, first+99)
	}
	return spot{next: next, window: w}, true
}

// datesDecade reports whether a decade without its century tells a time and no age: "in
// the nineties" does, "in his nineties" does not.
func (r *reader) datesDecade(i int) bool {
	j := i - 1
	if r.at(i).norm[0] <= 'z' {
		for r.at(j).role == part {
			j--
		}
		return r.at(j).role == the
	}
	if r.is(i+1, from) && ages[r.at(i+2).norm] || persons[r.at(j-1).norm] || persons[r.at(j).norm] {
		return false
	}
	return r.at(j).role != noRole || r.at(i).value >= 50 && j >= 0
}

// centuryBehind reads «القرن الماضي», «القرن التاسع عشر», "of the last century" as the
// number of the century.
func (r *reader) centuryBehind(i int) (c, next int) {
	j := i
	if r.is(j, of) || r.is(j, from) {
		j++
	}
	if r.is(j, the) {
		j++
	}
	if !r.joined(j) {
		return 0, 0
	}
	return r.theCentury(j)
}

// theCentury reads "19th century", "last century", «القرن التاسع عشر».
func (r *reader) theCentury(i int) (c, next int) {
	now := (r.ref.Time().Year()-1)/100 + 1
	t := r.at(i)
	if r.isUnit(i, centuries) && t.definite {
		if u := r.at(i + 1); u.behind && u.role != pastWord && r.joined(i+1) {
			return now + offsetOf(u.role), i + 2
		}
		n, next := r.ordinalNumber(i + 1)
		if next == 0 || !r.joined(i+1) {
			return 0, 0
		}
		return n, next
	}
	if (t.role == lastWord && t.norm != "previous" || t.role == thisWord) && !t.behind && r.isUnit(i+1, centuries) && r.joined(i+1) {
		return now + offsetOf(t.role), i + 2
	}
	n, j := r.ordinalNumber(i)
	if t.ordinal {
		n, j = t.number, i+1
	}
	if j == 0 || !r.isUnit(j, centuries) || !r.joined(j) {
		return 0, 0
	}
	return n, j + 1
}

func (r *reader) aCentury(i int) (spot, bool) {
	c, next := r.theCentury(i)
	if next == 0 || c < 5 || c > 22 || r.at(next-1).gap == '-' && r.at(next).gap == ' ' && r.at(next).role == noRole {
		return spot{}, false // before that, it is often one before Christ
	}
	if era := r.at(next).norm; era == "bc" || era == "bce" || era == "قم" || r.at(next).role == before || r.at(next).role == hijriEra {
		return spot{}, false
	}
	return spot{next: next, window: yearsWindow(100*c-99, 100*c)}, true
}
