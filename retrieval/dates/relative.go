package dates

import "time"

// Times that count from a day: "yesterday", "3 days ago", «الأسبوع الماضي».

// units by a word are offsets from the present one.
func offsetOf(m role) int {
	switch m {
	case lastWord, pastWord:
		return -1
	case nextWord:
		return 1
	}
	return 0
}

// relativeDay reads "yesterday", «أمس الجمعة», «أمس الأول», «اليوم».
func (r *reader) relativeDay(i int) (spot, bool) {
	t := r.at(i)
	if t.role != dayWord {
		return spot{}, false
	}
	day := r.ref + Day(t.value)
	next := i + 1
	u := r.at(next)
	switch {
	case t.value == -1 && u.role == ordinal && u.value == 1 && r.joined(next): // «أمس الأول»
		day--
		next++
	case t.value == 0 && t.norm == "اليوم" && r.theDay(i):
		return spot{}, false
	}
	p := spot{next: next, window: Window{First: day, Last: day}, grain: aDay, relative: true, adverb: true}
	return r.withWeekday(p), true
}

// theDay reports whether «اليوم» is rather a day that is described: «اليوم التالي», «في
// اليوم», «منذ ذلك اليوم».
func (r *reader) theDay(i int) bool {
	u, b := r.at(i+1), r.at(i-1)
	if r.is(i-1, in) || b.role == in && b.norm == "في" || theDayBefore[b.norm] {
		return true
	}
	return u.gap == ' ' && u.role != weekday && (u.role == ordinal || dayDescribed[u.norm])
}

// withWeekday adds the weekday that stands beside a day: «أمس (الجمعة)». Where they do
// not agree by a day, the weekday is right: an article may be dated after its writing.
func (r *reader) withWeekday(p spot) spot {
	next := p.next
	if gap := r.at(next).gap; gap != ' ' && gap != '(' && gap != ',' {
		return p
	}
	if r.isUnit(next, days) {
		next++
	}
	t := r.at(next)
	if t.role != weekday || t.loose || t.and {
		return p
	}
	p.next = next + 1
	for _, off := range [...]Day{0, -1, 1} {
		if d := p.window.First + off; d.Time().Weekday() == time.Weekday(t.value) {
			p.window = Window{First: d, Last: d}
			return p
		}
	}
	if dated, ok := r.weekdayDate(p.next, time.Weekday(t.value)); ok {
		return dated
	}
	return p
}

// dayBeforeYesterday reads that, "the day after tomorrow", «أول أمس», «أول من أمس» and
// «بعد غد».
func (r *reader) dayBeforeYesterday(i int) (spot, bool) {
	j, off := i, Day(0)
	switch t := r.at(i); {
	case t.role == unitWord && r.isUnit(i, days) && t.norm == "day":
		j++
		off = map[role]Day{before: -1, after: 1}[r.at(j).role]
		j++
	case t.role == firstWord, t.norm == "اولة":
		j, off = i+1, -1
		if r.is(j, from) {
			j++
		}
	case t.role == before && t.norm == "قبل":
		j, off = i+1, -1
	case t.role == after && t.norm == "بعد":
		j, off = i+1, 1
	}
	t := r.at(j)
	if off == 0 || t.role != dayWord || t.value != int16(off) || !r.joined(j) {
		return spot{}, false
	}
	d := r.ref + 2*off
	p := spot{next: j + 1, window: Window{First: d, Last: d}, grain: aDay, relative: true, adverb: true}
	return r.withWeekday(p), true
}

// theWeekday reads "Friday", "last Friday", «يوم الجمعة الماضي», "Friday last week", and
// the date that may follow.
func (r *reader) theWeekday(i int) (spot, bool) {
	j, m := i, noRole
	if t := r.at(j); t.role == lastWord || t.role == thisWord || t.role == nextWord || t.role == pastWord {
		if t.behind {
			return spot{}, false
		}
		m = t.role
		j++
		if !r.joined(j) {
			return spot{}, false
		}
	}
	t := r.at(j)
	if t.role != weekday {
		return spot{}, false
	}
	on := time.Weekday(t.value)
	if m == noRole {
		if p, ok := r.weekdayDate(j+1, on); ok {
			return p, true
		}
	}
	next := j + 1
	if u := r.at(next); u.behind && u.role != pastWord && r.joined(next) {
		m = u.role
		next++
	}
	p := spot{next: next, grain: aDay, relative: true, weekday: true, adverb: m != noRole || !t.loose, bare: t.loose && m == noRole}
	if w, end := r.weekBehind(next); end > 0 && m == noRole {
		for w.First.Time().Weekday() != on {
			w.First++
		}
		p.window, p.next = Window{First: w.First, Last: w.First}, end
		return p, true
	}
	p.window = r.weekdayWindow(on, m)
	return p, true
}

// weekdayWindow is a weekday counted from the day of reference.
func (r *reader) weekdayWindow(on time.Weekday, m role) Window {
	from := r.weekRef
	d := from - Day((7+from.Time().Weekday()-on)%7) // that day or one before it
	switch {
	case m == thisWord:
		d = r.weekOf(from).First
		d += Day((7 + on - d.Time().Weekday()) % 7)
	case m == nextWord:
		d += 7
	case m == lastWord, m == pastWord:
		if d == from {
			d -= 7
		}
	case r.ahead:
		if d < from {
			d += 7
		}
	case d == r.ref && !r.article: // asked today
		d -= 7
	}
	return Window{First: d, Last: d}
}

// weekBehind reads the week that a weekday is of: "last week", "of this week", «من
// الأسبوع الماضي».
func (r *reader) weekBehind(i int) (Window, int) {
	j := i
	if r.is(j, of) || r.is(j, from) {
		j++
	}
	t, u := r.at(j), r.at(j+1)
	if !r.joined(j) || !r.joined(j+1) {
		return Window{}, 0
	}
	var m role
	switch {
	case r.isUnit(j+1, weeks) && !t.behind && (t.role == lastWord || t.role == thisWord || t.role == nextWord):
		m = t.role
	case r.isUnit(j, weeks) && t.definite && u.behind && u.role != pastWord:
		m = u.role
	default:
		return Window{}, 0
	}
	return r.calendarUnit(weeks, r.ref, offsetOf(m)), j + 2
}

// night is "last night", "tonight", «الليلة الماضية» and "overnight".
func (r *reader) night(i int) (spot, bool) {
	t, u := r.at(i), r.at(i+1)
	p := spot{next: i + 1, window: Window{First: r.ref, Last: r.ref}, grain: aDay, relative: true, adverb: true}
	switch {
	case t.role == tonight && u.role == lastWord && u.behind && r.joined(i+1), t.role == lastWord && u.norm == "night" && r.joined(i+1):
		p.next++
		p.window.First--
		if r.article { // the evening before; a question also means what was reported on it
			p.window.Last--
		}
		return p, true
	case t.role == tonight && r.is(i+1, before) && r.is(i+2, lastWord): // «الليلة قبل الماضية»
		p.next += 2
		p.window = Window{First: r.ref - 2, Last: r.ref - 1}
		return p, true
	case t.norm == "overnight" && (u.role == on || u.role == weekday || u.norm == "into" || u.role == from):
		return spot{}, false // "overnight on Friday"
	case t.norm == "overnight":
		p.window.First--
		return p, true
	case t.role == tonight:
		return p, !u.behind || u.role == thisWord
	}
	return spot{}, false
}

// aDaytime reads a time of day with its day: "this morning", «مساء أمس», «فجر يوم الجمعة».
func (r *reader) aDaytime(i int) (spot, bool) {
	t := r.at(i)
	if t.role == thisWord && !t.behind && r.is(i+1, daytime) && !r.capital(i+1) {
		return spot{next: i + 2, window: Window{First: r.ref, Last: r.ref}, grain: aDay, relative: true, adverb: true}, true
	}
	if t.role != daytime {
		return spot{}, false
	}
	j := i + 1
	if r.is(j, of) || r.is(j, from) && r.at(j).norm != "from" {
		j++
	}
	if r.isUnit(j, days) && !r.at(j).definite {
		j++
	}
	if !r.joined(j) {
		return spot{}, false
	}
	for _, read := range [...]func(int) (spot, bool){r.relativeDay, r.dayBeforeYesterday, r.theWeekday, r.fullDate} {
		if p, ok := read(j); ok && p.grain == aDay {
			return p, true
		}
	}
	return spot{}, false
}

// dayOfMonth reads a day of a month that counts from today: "the 5th of last month",
// «الخامس من الشهر الجاري», «5 الجاري».
func (r *reader) dayOfMonth(i int) (spot, bool) {
	day, j := r.dayNumber(i)
	if j == 0 || day < 1 || !r.joined(j) {
		return spot{}, false
	}
	p := spot{next: j + 1, grain: aDay, relative: true, adverb: true}
	switch t := r.at(j); {
	case t.behind && t.role != pastWord && t.number == 0 && (t.norm == "الجاري" || t.norm == "الماضي" || t.norm == "المقبل" || t.norm == "الحالي"):
		p.window = r.calendarUnit(months, r.ref, offsetOf(t.role))
	case r.is(j, of), r.is(j, from) && t.norm != "from":
		month, ok := r.period(j + 1)
		if !ok || !month.relative || month.grain != aMonth || !r.joined(j+1) || month.dated {
			return spot{}, false
		}
		p.next, p.window = month.next, month.window
	default:
		return spot{}, false
	}
	p.window.First += Day(day - 1)
	p.bad = p.window.First > p.window.Last
	p.window.Last = p.window.First
	return p, true
}

// takeDaytime adds the time of day behind a day: "Friday night", «الجمعة مساء».
func (r *reader) takeDaytime(p spot) spot {
	if p.grain == aDay && r.is(p.next, daytime) && !r.at(p.next).and {
		p.next++
	}
	return p
}

// quantity reads how many units there are: "3", "three", "a", «خمسة عشر», "24".
func (r *reader) quantity(i int) (n, next int) {
	t := r.at(i)
	switch {
	case t.width > 0 && !t.ordinal:
		return t.number, i + 1
	case t.role == one:
		if r.at(i+1).norm == "couple" {
			return 2, r.skipOf(i + 2)
		}
		if r.at(i+1).norm == "hundred" {
			return 100, i + 2
		}
		return 1, i + 1
	case t.role != spelled:
		return 0, 0
	case t.norm == "couple":
		return 2, r.skipOf(i + 1)
	}
	u := r.at(i + 1)
	if (u.role == spelled || u.role == one) && r.joined(i+1) {
		if t.norm[0] > 'z' && u.value == 10 && !u.and && t.value < 10 { // «خمسة عشر»
			return int(t.value) + 10, i + 2
		}
		if t.norm[0] > 'z' && u.and && t.value < 10 && u.value >= 20 || t.norm[0] <= 'z' && t.value >= 20 && u.value > 0 && u.value < 10 {
			return int(t.value + u.value), i + 2
		}
		if u.value == 10 && t.value >= 11 { // «أحد عشر»
			return int(t.value), i + 2
		}
	}
	return int(t.value), i + 1
}

func (r *reader) skipOf(i int) int {
	if r.is(i, of) {
		return i + 1
	}
	return i
}

// amount reads a number and its unit: "3 days", "a week", «يومين», «خمسة عشر يوما».
func (r *reader) amount(i int) (n int, u unit, next int) {
	if t := r.at(i); t.role == unitWord && t.norm[0] > 'z' && !t.many && !t.definite {
		if t.two {
			return 2, unit(t.value), i + 1
		}
		return 1, unit(t.value), i + 1
	}
	n, j := r.quantity(i)
	t := r.at(j)
	if j == 0 || t.role != unitWord || !r.joined(j) || n < 1 || n > 1000 || t.two || t.definite {
		return 0, 0, 0
	}
	return n, unit(t.value), j + 1
}
