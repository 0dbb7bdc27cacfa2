package dates

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Dates as they are written out, in words and in figures.

// monthNames of two words, by the first and what follows it.
var twoWordMonths = map[string]entry{
	"كانون الثاني": {role: month, value: 1}, "كانون ثاني": {role: month, value: 1},
	"كانون الاول": {role: month, value: 12}, "كانون اول": {role: month, value: 12},
	"تشرين الاول": {role: month, value: 10}, "تشرين اول": {role: month, value: 10},
	"تشرين الثاني": {role: month, value: 11}, "تشرين ثاني": {role: month, value: 11},

	"ربيع الاول": {role: hijri, value: 3}, "ربيع اول": {role: hijri, value: 3},
	"ربيع الثاني": {role: hijri, value: 4}, "ربيع الاخر": {role: hijri, value: 4}, "ربيع ثاني": {role: hijri, value: 4},
	"جمادي الاول": {role: hijri, value: 5}, "جمادي الاولي": {role: hijri, value: 5},
	"جمادي الثاني": {role: hijri, value: 6}, "جمادي الثانيه": {role: hijri, value: 6},
	"جمادي الاخر": {role: hijri, value: 6}, "جمادي الاخره": {role: hijri, value: 6},
	"ذو القعده": {role: hijri, value: 11}, "ذي القعده": {role: hijri, value: 11},
	"ذو الحجه": {role: hijri, value: 12}, "ذي الحجه": {role: hijri, value: 12},

	"rabi awwal": {role: hijri, value: 3}, "rabi awal": {role: hijri, value: 3}, "rabi i": {role: hijri, value: 3},
	"rabi thani": {role: hijri, value: 4}, "rabi akhir": {role: hijri, value: 4}, "rabi ii": {role: hijri, value: 4},
	"jumada awwal": {role: hijri, value: 5}, "jumada ula": {role: hijri, value: 5}, "jumada i": {role: hijri, value: 5},
	"jumada thani": {role: hijri, value: 6}, "jumada akhirah": {role: hijri, value: 6}, "jumada akhira": {role: hijri, value: 6},
	"jumada ii": {role: hijri, value: 6}, "jumada thaniyah": {role: hijri, value: 6},
	"dhu qadah": {role: hijri, value: 11}, "dhu qidah": {role: hijri, value: 11}, "dhu qada": {role: hijri, value: 11},
	"dhu qaada": {role: hijri, value: 11}, "dhu qaadah": {role: hijri, value: 11},
	"dhu hijjah": {role: hijri, value: 12}, "dhu hijja": {role: hijri, value: 12}, "dhu hijah": {role: hijri, value: 12},
}

// headForms are the spellings of the first words of Hijri months in English.
var headForms = map[string]string{"rabia": "rabi", "jumadi": "jumada", "dhul": "dhu", "dhu'l": "dhu", "zul": "dhu", "zu": "dhu", "thul": "dhu"}

// monthName reads the name of a month: «آب», «كانون الثاني», «آب/أغسطس», "Aug.", "Dhu
// al-Hijjah". next is the token behind it, 0 when there is none.
func (r *reader) monthName(i int) (m entry, next int) {
	m, next = r.singleMonth(i)
	if next == 0 || m.role == hijri {
		return m, next
	}
	if gap := r.at(next).gap; gap == '/' || gap == '(' {
		if also, end := r.singleMonth(next); end > 0 && also.role == month && also.value == m.value {
			m.loose = false
			return m, end
		}
	}
	return m, next
}

func (r *reader) singleMonth(i int) (entry, int) {
	t := r.at(i)
	switch t.role {
	case month, hijri:
		return t.entry, i + 1
	case monthHead:
		head, rest := t.norm, i+1
		if form, ok := headForms[head]; ok {
			head = form
		}
		ayn := r.at(rest).gap == '\'' // "Rabi' al-Awwal"
		if w := r.at(rest).norm; (w == "al" || w == "ul" || w == "el") && (ayn || r.joined(rest)) {
			rest++
			ayn = false
		}
		if !ayn && !r.joined(rest) {
			return entry{}, 0
		}
		tail := strings.ReplaceAll(r.at(rest).norm, "'", "")
		if e, ok := twoWordMonths[head+" "+tail]; ok {
			return e, rest + 1
		}
	}
	return entry{}, 0
}

// yearNumber reads a year in four figures and the era behind it, or a year of the Hijri
// calendar with its era.
func (r *reader) yearNumber(i int) (year int, isHijri bool, next int) {
	t := r.at(i)
	if t.width < 1 || t.ordinal || t.and && t.prefix != 0 {
		return 0, false, 0
	}
	next = i + 1
	era := r.at(next)
	switch {
	case !r.joined(next) && era.gap != '(' && era.gap != '.':
	case era.role == hijriEra && r.written(next) != "ah":
		return t.number, true, next + 1
	case era.role == yearEra && r.written(next) != "ad":
		if t.width == 3 && t.number >= 100 {
			return t.number, false, next + 1
		}
		next++
	case era.norm == "bc", era.norm == "bce", era.norm == "قم", era.role == before && strings.HasPrefix(r.at(next+1).norm, "الميلاد"):
		return 0, false, 0
	}
	if t.width != 4 || t.number < 1000 || t.number > 2199 || r.counts(i) {
		return 0, false, 0
	}
	return t.number, false, next
}

// counts reports whether a number in four figures is rather one of things than a year:
// "2000 people", "$2025".
func (r *reader) counts(i int) bool {
	if r.measured(i) {
		return true
	}
	u, v := r.at(i+1), r.at(i+2)
	if u.role == and || u.role == to || u.role == until || v.and {
		return v.width > 0 && r.joined(i+2) && (v.number > 2199 || r.measured(i+2)) // "2000 to 2500 homes"
	}
	return false
}

// measured reports whether signs or words beside a number say what it counts.
func (r *reader) measured(i int) bool {
	t, u := r.at(i), r.at(i+1)
	if b := r.at(i - 1); b.role == unitWord && unit(b.value) == years && !b.many {
		return false
	}
	if t.gap == '$' || t.gap == 'x' && i > 0 && currencyBefore(r.s[:t.Start]) || percentBehind(r.s[t.End:]) {
		return true
	}
	if u.gap != ' ' {
		return false
	}
	return measures[u.norm] || (t.number%100 == 0 || t.number < 1800) && counted(u.norm)
}

// currencyBefore reports whether a text ends with the sign of a currency.
func currencyBefore(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \u00a0"))
	return unicode.Is(unicode.Sc, r)
}

// percentBehind reports whether a text begins with a percent sign.
func percentBehind(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	return r == '%' || r == '٪' || unicode.Is(unicode.Sc, r)
}

// yearBehind reads the year that may follow a month: "2025", ", 2025", "of 2025", «من
// عام 2025», "last year", «من العام الماضي».
func (r *reader) yearBehind(i int) (year int, isHijri bool, next int) {
	if gap := r.at(i).gap; gap != ' ' && gap != ',' && gap != '-' && gap != '.' && gap != '/' && gap != '\'' {
		return 0, false, 0
	}
	j := i
	if (r.is(j, of) || r.is(j, from) || r.is(j, in)) && r.at(j).norm != "from" {
		j++
	}
	if (j > i || r.at(j).gap == ' ') && r.isUnit(j, years) && r.at(j+1).width > 0 {
		j++
	}
	if t := r.at(j); t.gap == '\'' && t.width == 2 && j == i { // "May '24"
		if t.number > 60 {
			return 1900 + t.number, false, j + 1
		}
		return 2000 + t.number, false, j + 1
	}
	if y, h, next := r.yearNumber(j); next > 0 && (j == i || r.joined(j)) {
		return y, h, next
	}
	if r.at(j).gap != ' ' {
		return 0, false, 0
	}
	if r.is(j, the) {
		j++
	}
	return r.yearRelative(j)
}

// yearRelative reads "last year" and «العام الماضي» as the number of a year.
func (r *reader) yearRelative(i int) (year int, isHijri bool, next int) {
	now := r.ref.Time().Year()
	t, u := r.at(i), r.at(i+1)
	switch {
	case !r.joined(i + 1):
	case (t.role == lastWord || t.role == nextWord || t.role == thisWord) && r.isUnit(i+1, years):
		return now + offsetOf(t.role), false, i + 2
	case r.isUnit(i, years) && t.definite && u.behind && (u.role == lastWord || u.role == nextWord || u.role == thisWord):
		return now + offsetOf(u.role), false, i + 2
	}
	return 0, false, 0
}

// dayNumber reads the day of a month: "15", "15th", "fifteenth", «الخامس عشر».
func (r *reader) dayNumber(i int) (day, next int) {
	t := r.at(i)
	if t.width == 1 || t.width == 2 {
		return t.number, i + 1
	}
	if t.role == firstWord {
		return 1, i + 1
	}
	return r.ordinalNumber(i)
}

// ordinalNumber reads an ordinal in words: "twenty-first", «الحادي والعشرين».
func (r *reader) ordinalNumber(i int) (n, next int) {
	t := r.at(i)
	switch t.role {
	case ordinal:
		u := r.at(i + 1)
		if u.role == spelled && r.joined(i+1) && t.norm[0] > 'z' {
			if u.value == 10 && !u.and {
				return int(t.value) + 10, i + 2
			}
			if u.and && u.value%10 == 0 && u.value >= 20 {
				return int(t.value + u.value), i + 2
			}
		}
		return int(t.value), i + 1
	case spelled:
		if t.value < 20 || t.value > 90 {
			return 0, 0
		}
		if t.norm[0] > 'z' {
			return int(t.value), i + 1
		}
		if u := r.at(i + 1); u.role == ordinal && u.value < 10 && r.joined(i+1) {
			return int(t.value + u.value), i + 2
		}
	}
	return 0, 0
}

// dayMonth reads "15 August 2025", "the 15th of August", «الخامس عشر من آب/أغسطس».
func (r *reader) dayMonth(i int) (spot, bool) {
	day, j := r.dayNumber(i)
	if j == 0 || day == 0 {
		return spot{}, false
	}
	if of, from := r.is(j, of), r.is(j, from) && r.at(j).norm != "from"; of || from {
		j++
	}
	if r.isUnit(j, months) && r.joined(j) {
		j++
	}
	m, next := r.monthName(j)
	if next == 0 || !r.joined(j) && r.at(j).gap != '/' && r.at(j).gap != '.' || r.at(j).and {
		return spot{}, false
	}
	d := date{month: int(m.value), day: day, hijri: m.role == hijri}
	if u := r.at(next); u.behind && u.role != pastWord && r.joined(next) { // «10 يوليو الماضي»
		return r.describedDate(d, u.role, next+1), true
	}
	p := r.withYear(d, next)
	return p, p.year > 0 || !r.verbalDay(i, j, next)
}

// describedDate is a day that is the last, this year's or the next of its name.
func (r *reader) describedDate(d date, m role, next int) spot {
	p := r.dated(d, next)
	if p.bad {
		return p
	}
	if m == thisWord {
		d.year = r.ref.Time().Year()
		if d.hijri {
			d.year = hijriOf(r.ref)/12 + 1
		}
	}
	full := r.resolve(d, r.ref, m == nextWord)
	p.window, _ = full.window()
	p.adverb = true
	return p
}

// verbalDay reports whether a number and a month are rather a subject and its verb: "how
// many of the 5 may stay".
func (r *reader) verbalDay(i, name, next int) bool {
	w := r.at(name).norm
	if w != "may" && w != "march" || r.capital(name) || !r.joined(next) {
		return false
	}
	before := r.at(i - 1).role
	return before == noRole || before == the || before == of
}

// withYear is a spot of a date with the year that may follow.
func (r *reader) withYear(d date, next int) spot {
	year, _, end := r.yearBehind(next)
	if end == 0 {
		if p, ok := r.oddYear(d, next); ok {
			return p
		}
		return r.dated(d, next)
	}
	d.year = year
	if d.hijri && year > lastTabularYear {
		d.year = hijriYearIn(year, d.month)
	}
	p := r.dated(d, end)
	p.relative = r.at(end-1).width == 0 && r.at(end-1).role != yearEra && r.at(end-1).role != hijriEra
	return p
}

// monthDay reads "August 15th, 2025", «آب 15», and a month alone.
func (r *reader) monthDay(i int) (spot, bool) {
	m, j := r.monthName(i)
	if j == 0 {
		return spot{}, false
	}
	d := date{month: int(m.value), hijri: m.role == hijri}
	if p := r.withYear(d, j); p.next > j {
		return p, !r.verbal(i, j)
	}
	k := j
	if r.is(k, the) {
		k++
	}
	t := r.at(k)
	day, next := r.dayNumber(k)
	gap := t.gap == ' ' || t.gap == '.' && m.loose
	if next > 0 && gap && day > 0 && !t.and && t.role != firstWord && t.role != spelled && (t.role != ordinal || k > j) && r.dayOf(i, day, next) {
		d.day = day
		return r.withYear(d, next), true
	}
	p := r.dated(d, j)
	p.bare = true
	// «رجب» is rather a man, and "Jan" too.
	b := r.at(i - 1)
	return p, !m.loose || r.isUnit(i-1, months) || (b.role == in || b.role == since || b.role == until)
}

// verbal reports whether a month is rather a verb: "what may 2025 bring".
func (r *reader) verbal(i, next int) bool {
	w := r.at(i).norm
	return (w == "may" || w == "march") && !r.capital(i) && next == i+1 && questionWords[r.at(i-1).norm]
}

// dayOf reports whether the number behind a month is its day: not in "in May 15 countries
// voted" nor "how may 5 people".
func (r *reader) dayOf(i, day, next int) bool {
	sure := r.at(next-1).ordinal || r.at(i-1).role == on
	if _, _, end := r.yearBehind(next); end > 0 || sure {
		return true
	}
	if behind := r.at(next); behind.gap == ' ' {
		among := r.at(i-1).role == in || r.at(i).norm[0] > 'z' // "in May 15 countries", «مارس 5 لاعبين»
		if counted(behind.norm) || among && behind.role == noRole {
			return false
		}
	}
	if day > 31 {
		return false
	}
	w := r.at(i).norm
	return w != "may" && w != "march" || r.capital(i) || r.at(i-1).role != noRole
}

// counted reports whether a word names what numbers count, in the plural.
func counted(word string) bool {
	return len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") || manyWords[word]
}

// weekdayDate reads "Friday, 15 August 2025" and «الجمعة 15 أغسطس» at the word after the
// weekday.
func (r *reader) weekdayDate(i int, on time.Weekday) (spot, bool) {
	if gap := r.at(i).gap; gap != ' ' && gap != ',' && gap != '(' {
		return spot{}, false
	}
	if r.is(i, the) {
		i++
	}
	p, ok := r.fullDate(i)
	if !ok || p.grain != aDay || !p.dated {
		return spot{}, false
	}
	if p.year == 0 && !p.bad && !p.hijri {
		p.window, _ = r.onWeekday(p.date, r.ref, r.ahead, on).window()
	}
	if p.hijri && !p.bad {
		p.window = near(p.window, on)
	}
	p.weekday, p.bare = true, false
	return p, true
}

// near is the day beside a day of the Hijri calendar that is a certain weekday, for months
// may begin a day off; the day itself when it is none of them.
func near(w Window, on time.Weekday) Window {
	for _, off := range [...]Day{0, -1, 1} {
		if d := w.First + off; d.Time().Weekday() == on {
			return Window{d, d, w.Approximate}
		}
	}
	return w
}

// fullDate reads a date with its day.
func (r *reader) fullDate(i int) (spot, bool) {
	for _, read := range [...]func(int) (spot, bool){r.numeric, r.dayMonth, r.monthDay} {
		if p, ok := read(i); ok && p.day > 0 {
			return p, true
		}
	}
	return spot{}, false
}
