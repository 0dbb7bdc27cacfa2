package dates

// maxYearsBack is how far back what is counted in units may lie.
const maxYearsBack = 200

// backWindow is the unit of the calendar that is n units back: 3 days ago is a day, two
// months ago a month.
func (r *reader) backWindow(u unit, n int) (Window, bool) {
	switch {
	case u == hours:
		return Window{First: r.ref - Day(n/24) - Day((n%24+23)/24), Last: r.ref - Day(n/24)}, n < 24*30
	case u == weekends, n > maxYearsBack && u >= years, n > 12*maxYearsBack:
		return Window{}, false
	case u == decades:
		u, n = years, 10*n
	case u == centuries:
		return Window{}, false
	}
	return r.calendarUnit(u, r.ref, -n), true
}

// agoPhrase reads "3 days ago", "a week ago", «قبل ثلاثة أيام», «منذ شهرين».
func (r *reader) agoPhrase(i int) (spot, bool) {
	t := r.at(i)
	arabic := t.norm != "" && t.norm[0] > 'z'
	start := i
	if arabic {
		if t.role != before && t.role != since || t.norm == "قبيل" {
			return spot{}, false
		}
		start++
		if vague[r.at(start).norm] {
			return spot{}, false
		}
	} else if vague[r.at(i-1).norm] {
		return spot{}, false
	}
	if p, ok := r.noAgo(i, start); ok {
		return p, true
	}
	n, u, next := r.amount(start)
	if next == 0 || arabic && !r.joined(start) {
		return spot{}, false
	}
	switch {
	case !arabic && !r.is(next, ago):
		return spot{}, false
	case !arabic:
		next++
	case r.is(next, from) && r.at(next+1).norm != "الان", r.at(next).width == 4 && u == years, u == decades && n == 1,
		r.at(next).role == weekday, r.at(next).role == month, r.at(next).role == hijri, r.at(next).role == monthHead, r.at(next).width > 0:
		// «قبل يومين من القمة», «قبل عام 2020», «قبل عقد القمة», «قبل يوم الجمعة», «قبل شهر مايو»
		return spot{}, false
	}
	w, ok := r.backWindow(u, n)
	if !arabic && r.is(next, dayWord) && r.at(next).value == 0 && u > hours { // "a year ago today"
		d := backBy(u, r.ref, n)
		return spot{next: next + 1, window: Window{First: d, Last: d}, relative: true, adverb: true, grain: aDay}, ok
	}
	p := spot{next: next, window: w, relative: true, adverb: true, back: true, grain: grainOf(u)}
	return p, ok
}

func grainOf(u unit) grain {
	switch u {
	case days:
		return aDay
	case weeks:
		return aWeek
	case months:
		return aMonth
	case years:
		return aYear
	}
	return aStretch
}

// unitPhrase reads "last week", "this month", "the past 3 days", "next year", "the week
// before last".
func (r *reader) unitPhrase(i int) (spot, bool) {
	t := r.at(i)
	if t.role == unitWord && t.norm[0] <= 'z' {
		if r.is(i+1, before) && r.is(i+2, lastWord) { // "the week before last"
			p := r.unitSpot(unit(t.value), -2, i+3)
			return p, grainOf(unit(t.value)) != aDay
		}
		return spot{}, false
	}
	if r.article && t.norm == "previous" { // the one before another in the text
		return spot{}, false
	}
	if t.behind || t.role != lastWord && t.role != pastWord && t.role != thisWord && t.role != nextWord || !r.joined(i+1) {
		return spot{}, false
	}
	if p, ok := r.modified(i+1, t.role); ok {
		return p, true
	}
	if r.lasts(i) {
		return spot{}, false
	}
	if t.norm == "last" && r.at(i-1).role == the && r.joined(i) { // "in the last month"
		t.role = pastWord
	}
	n, j := r.quantity(i + 1)
	if j == 0 {
		n, j = 1, i+1
	}
	u := r.at(j)
	if u.role != unitWord || !r.joined(j) || r.cut(j+1) || n < 1 || n > 1000 {
		return spot{}, false
	}
	if j == i+1 && (u.many || u.two || t.role != pastWord && unit(u.value) == days || unit(u.value) == hours) {
		return r.theseUnits(t, u, j)
	}
	return r.countedUnits(t, n, j, j > i+1)
}

// lasts reports whether "last" at a token is the verb: "did the talks last 3 weeks", "to
// last two days", "last a week".
func (r *reader) lasts(i int) bool {
	n, j := r.quantity(i + 1)
	if r.at(i).norm != "last" || j == 0 || n < 1 {
		return false
	}
	if r.at(i+1).role == one || modal[r.at(i-1).norm] {
		return true
	}
	if r.article || r.at(0).norm == "what" || r.at(0).norm == "who" || r.at(i-1).role != noRole || i == 0 || befalling[r.at(i-1).norm] {
		return false // "what did he say last 3 days"
	}
	for k := i - 1; k >= 0; k-- {
		if modal[r.at(k).norm] {
			return true
		}
	}
	return false
}

var (
	// modal are the words that leave a verb as it is in the dictionary.
	modal = set("do does did don't doesn't didn't will won't would wouldn't shall should can can't could couldn't may might must to not")
	// befalling are such verbs before "last 3 days", which then says when.
	befalling = set("happen occur say do report publish write die rise fall change come go appear play win lose visit meet there")
)

// theseUnits is a unit behind "this" or «هذا» in the plural, which is none, but «هذه
// السنة» is one.
func (r *reader) theseUnits(t, u token, j int) (spot, bool) {
	if t.norm[0] > 'z' && u.definite && !u.many && !u.two && unit(u.value) > days {
		return r.unitSpot(unit(u.value), 0, j+1), true
	}
	return spot{}, false
}

// countedUnits is the last n units, or the calendar's last.
func (r *reader) countedUnits(t token, n, j int, numbered bool) (spot, bool) {
	u := unit(r.at(j).value)
	p := spot{next: j + 1, relative: true, adverb: true}
	switch {
	case numbered && n > 1 || t.role == pastWord || t.role == lastWord && u == decades:
		if n > maxYearsBack && u >= years {
			return spot{}, false
		}
		var ok bool
		p.window, ok = r.stretch(t.role, u, n)
		return p, ok
	case u == days || u == hours:
		return spot{}, false
	}
	return r.unitSpot(u, offsetOf(t.role), j+1), true
}

// unitSpot is the unit of the calendar that is n after the present one.
func (r *reader) unitSpot(u unit, n, next int) spot {
	return spot{next: next, window: r.calendarUnit(u, r.ref, n), grain: grainOf(u), relative: true, adverb: true}
}

// cut reports whether a token makes what stands before it another thing: "the last week
// of the war", «الأسبوع الأخير من الحملة».
func (r *reader) cut(i int) bool {
	return r.is(i, of) || r.is(i, from) && r.at(i).norm != "from" && !r.fromWhich(i)
}

// fromWhich reports whether «من» goes on to what the time is of, which does not change
// it: «الأسبوع الماضي من».
func (r *reader) fromWhich(i int) bool {
	b := r.at(i - 1)
	return b.behind && b.role != pastWord
}

// modified reads what is behind "last", "this" and "next" and no plain unit: "last
// March", "this summer", "last Ramadan", «هذا الصيف».
func (r *reader) modified(i int, m role) (spot, bool) {
	t := r.at(i)
	switch t.role {
	case month, hijri, monthHead:
		name, next := r.monthName(i)
		if next == 0 || r.at(next).width > 0 && r.joined(next) {
			return spot{}, false
		}
		return r.monthSpot(name, m, next), true
	case season:
		return r.seasonSpot(t, m, i+1), !events[r.at(i+1).norm]
	case quarterWord:
		if t.value == 0 && !r.cut(i+1) {
			return r.unitSpot(quarters, offsetOf(m), i+1), true
		}
	}
	return spot{}, false
}

// monthSpot is a month that is the last, this or the next of its name.
func (r *reader) monthSpot(name entry, m role, next int) spot {
	d := date{month: int(name.value), hijri: name.role == hijri}
	now := r.ref.Time().Year()
	if d.hijri {
		now = hijriOf(r.ref)/12 + 1
	}
	d.year = now
	w, _ := d.window()
	switch {
	case m == nextWord && w.First <= r.ref:
		d.year++
	case (m == lastWord || m == pastWord) && w.Last >= r.ref:
		d.year--
	}
	w, _ = d.window()
	return spot{next: next, window: w, grain: aMonth, relative: true, adverb: true}
}

// arabicUnit reads a unit with the article and what it is described by: «الأسبوع الماضي»,
// «الأيام الثلاثة الماضية», «اليومين الماضيين», «الأسبوع قبل الماضي».
func (r *reader) arabicUnit(i int) (spot, bool) {
	t := r.at(i)
	if t.role != unitWord || !t.definite {
		return spot{}, false
	}
	u, n, j := unit(t.value), 1, i+1
	numbered := t.two
	if t.two {
		n = 2
	}
	if t.many {
		q, next := r.quantity(j)
		if next == 0 || !r.joined(j) || q < 2 || q > 1000 {
			return spot{}, false
		}
		n, j, numbered = q, next, true
	}
	m := r.at(j)
	if !r.joined(j) || u == years && n == 1 && titles[r.at(i-1).norm] {
		return spot{}, false
	}
	if !numbered {
		return r.oneArabicUnit(u, j)
	}
	return r.manyArabicUnits(u, n, m, j)
}

// oneArabicUnit is «الأسبوع» with what stands behind it at j.
func (r *reader) oneArabicUnit(u unit, j int) (spot, bool) {
	k := j
	if w := r.at(k).norm; w == "ما" {
		k++
	}
	if r.is(k, before) && r.at(k+1).role == lastWord && r.joined(k+1) {
		return r.unitSpot(u, -2, k+2), u > days
	}
	m := r.at(j)
	if !m.behind || m.role == pastWord || u <= days {
		return spot{}, false
	}
	return r.unitSpot(u, offsetOf(m.role), j+1), true
}

// manyArabicUnits is «الأيام الثلاثة» with what stands behind it at j.
func (r *reader) manyArabicUnits(u unit, n int, m token, j int) (spot, bool) {
	if !m.behind || n > maxYearsBack && u >= years || r.cut(j+1) {
		return spot{}, false
	}
	p := spot{next: j + 1, relative: true, adverb: true}
	var ok bool
	p.window, ok = r.stretch(m.role, u, n)
	return p, ok
}

// stretch is the last or the next n units, as a word says; false for another word.
func (r *reader) stretch(word role, u unit, n int) (Window, bool) {
	switch word {
	case lastWord, pastWord:
		return lastUnits(u, r.ref, n), true
	case nextWord:
		return nextUnits(u, r.ref, n), true
	}
	return Window{}, false
}

// numberedUnits reads a number before its unit in Arabic: «آخر ثلاثة أيام», «الثلاثة أيام
// الماضية», «ال24 ساعة الماضية», «24 ساعة الماضية».
func (r *reader) numberedUnits(i int) (spot, bool) {
	j, final := i, false
	if t := r.at(j); t.role == finalWord {
		final = true
		j++
	}
	if r.at(j).norm == "ال" {
		j++
	}
	if j > i && !r.joined(j) {
		return spot{}, false
	}
	n, u, next := r.amount(j)
	if next == 0 || r.at(next - 1).norm[0] <= 'z' || u >= years && n > maxYearsBack {
		return spot{}, false
	}
	m := r.at(next)
	p := spot{next: next, window: lastUnits(u, r.ref, n), relative: true, adverb: true}
	switch {
	case r.joined(next) && m.behind && (m.role == lastWord || m.role == pastWord):
		p.next++
	case r.joined(next) && m.behind && m.role == nextWord:
		p.next++
		p.window = nextUnits(u, r.ref, n)
	case !final || n == 1 && u == days || r.cut(next):
		return spot{}, false
	}
	return p, !r.cut(p.next)
}
