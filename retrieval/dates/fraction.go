package dates

import "time"

// Fractions of a month or a year: quarters, halves, weeks, and its first or last so many
// days or months.

// aFraction reads "the first quarter of 2025", "Q1 2025", "the second half of last year",
// «الربع الأول من عام 2025», «النصف الثاني من العام الماضي», "the first week of May".
func (r *reader) aFraction(i int) (spot, bool) {
	t := r.at(i)
	n, j := r.whichOne(i)
	if (t.role == quarterWord || t.role == halfWord) && t.value > 0 {
		n, j = int(t.value), i+1
	} else if j == 0 || r.at(j-1).role == noRole {
		return spot{}, false
	}
	fraction := r.fractionIn(i, j)
	for r.is(j, of) || r.is(j, from) && r.at(j).norm != "from" || r.is(j, the) {
		j++
	}
	p, ok := r.period(j)
	if !ok || !r.joined(j) || p.bad || n < -1 {
		return spot{}, false
	}
	p.bare = false
	p.dated = false
	whole := p.grain
	p.grain = aStretch
	first := p.window.First.Time()
	switch {
	case whole == aYear && fraction == quarterWord && n >= -1 && n <= 4 && n != 0:
		n = fromEnd(n, 4)
		p.window = Window{First: NewDay(first.Year(), time.Month(3*n-2), 1), Last: NewDay(first.Year(), time.Month(3*n+1), 1) - 1}
	case whole == aYear && fraction == halfWord && n <= 2 && n != 0:
		n = fromEnd(n, 2)
		p.window = Window{First: NewDay(first.Year(), time.Month(6*n-5), 1), Last: NewDay(first.Year(), time.Month(6*n+1), 1) - 1}
	case whole == aMonth && fraction == halfWord && n <= 2 && n != 0:
		p.window = half(p.window, fromEnd(n, 2))
	case whole == aMonth && fraction == unitWord && n <= 5 && n != 0:
		p.window = weekOfMonth(p.window, n)
	default:
		return spot{}, false
	}
	return p, true
}

// fromEnd counts -1 as the last of some.
func fromEnd(n, of int) int {
	if n < 0 {
		return of
	}
	return n
}

// half is the first or second half of a month.
func half(w Window, n int) Window {
	if n == 1 {
		w.Last = w.First + 14
	} else {
		w.First += 15
	}
	return w
}

// weekOfMonth is the nth seven days of a month, or the last.
func weekOfMonth(w Window, n int) Window {
	if n < 0 {
		w.First = w.Last - 6
		return w
	}
	w.First += Day(7 * (n - 1))
	w.Last = min(w.First+6, w.Last)
	return w
}

// fractionIn is which fraction the tokens name: a quarter, a half, or a week.
func (r *reader) fractionIn(i, next int) role {
	for j := i; j < next; j++ {
		switch t := r.at(j); {
		case t.role == quarterWord, t.role == halfWord:
			return t.role
		case r.isUnit(j, weeks):
			return unitWord
		}
	}
	return noRole
}

// whichOne reads "first quarter", «الربع الأول», «الأسبوع الأخير», "last week"; -1 is the
// last.
func (r *reader) whichOne(i int) (n, next int) {
	named := func(j int) bool {
		t := r.at(j)
		return (t.role == quarterWord || t.role == halfWord) && t.value == 0 || r.isUnit(j, weeks)
	}
	if t := r.at(i); named(i) && t.norm[0] > 'z' {
		if u := r.at(i + 1); u.role == pastWord && u.behind && r.joined(i+1) {
			return -1, i + 2
		}
		if n, next := r.ordinalNumber(i + 1); next > 0 && r.joined(i+1) {
			return n, next
		}
		return 0, 0
	}
	j := 0
	switch t := r.at(i); t.role {
	case lastWord, finalWord:
		n, j = -1, i+1
	case firstWord:
		n, j = 1, i+1
	default:
		if n, j = r.ordinalNumber(i); t.ordinal {
			n, j = t.number, i+1
		}
	}
	if j == 0 || !named(j) || !r.joined(j) {
		return 0, 0
	}
	return n, j + 1
}

// aSlice reads "the first three months of 2025", "last 10 days of May", «الأشهر الثلاثة
// الأولى من عام 2025», «الشهرين الأخيرين من 2024».
func (r *reader) aSlice(i int) (spot, bool) {
	n, u, fromLast, j := r.sliceSize(i)
	if j == 0 || n < 1 || n > 366 || u == hours {
		return spot{}, false
	}
	k := j
	for r.is(k, of) || r.is(k, from) && r.at(k).norm != "from" || r.is(k, the) {
		k++
	}
	if k == j || !r.joined(k) {
		return spot{}, false
	}
	p, ok := r.period(k)
	if !ok || p.bad || p.grain < aWeek {
		return spot{}, false
	}
	w := p.window
	if fromLast {
		w.First = max(w.First, backBy(u, w.Last+1, n))
	} else {
		w.Last = min(w.Last, backBy(u, w.First, -n)-1)
	}
	p.window, p.bare, p.dated, p.grain = w, false, false, aStretch
	return p, true
}

// sliceSize reads how many units are taken, from which end, and where what they are taken
// from begins.
func (r *reader) sliceSize(i int) (n int, u unit, fromLast bool, next int) {
	t := r.at(i)
	if t.role == unitWord && t.definite { // «الأشهر الثلاثة الأولى»
		n, j := 2, i+1
		if t.many {
			if n, j = r.quantity(j); j == 0 {
				return 0, 0, false, 0
			}
		}
		end := r.at(j)
		first := end.role == ordinal && end.value == 1
		if !t.many && !t.two || !r.joined(j) || !first && (end.role != pastWord || !end.behind) {
			return 0, 0, false, 0
		}
		return n, unit(t.value), !first, j + 1
	}
	first := t.role == ordinal && t.value == 1
	if t.role != lastWord && !first || t.norm[0] > 'z' {
		return 0, 0, false, 0
	}
	n, j := r.quantity(i + 1)
	end := r.at(j)
	if j == 0 || end.role != unitWord || !end.many || !r.joined(i+1) || !r.joined(j) {
		return 0, 0, false, 0
	}
	return n, unit(end.value), t.role == lastWord, j + 1
}

// weekAround reads "week of 11 August", which is the calendar week of the day.
func (r *reader) weekAround(i int) (spot, bool) {
	if !r.isUnit(i, weeks) || !r.is(i+1, of) {
		return spot{}, false
	}
	j := i + 2
	if r.is(j, the) {
		j++
	}
	p, ok := r.fullDate(j)
	if !ok || p.bad || !r.joined(j) {
		return spot{}, false
	}
	p.window = r.weekOf(p.window.First)
	p.dated, p.bare, p.grain = false, false, aWeek
	return p, true
}
