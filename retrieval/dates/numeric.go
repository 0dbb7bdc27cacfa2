package dates

import "strings"

// Dates in figures. Where day and month could change places the day is first, as the
// press of the Arab countries and of Europe has it: 8/9/2025 is 8 September.

// numeric reads dates in figures: "2025-08-15", "15/8/2025", "15.8.2025".
func (r *reader) numeric(i int) (spot, bool) {
	t := r.at(i)
	if strings.Count(t.norm, ".") == 2 {
		return r.dotted(i)
	}
	u, v := r.at(i+1), r.at(i+2)
	sign := u.gap
	if t.width == 0 || u.width == 0 || sign != '/' && sign != '-' {
		return spot{}, false
	}
	if v.width > 0 && v.gap == sign {
		if w := r.at(i + 3); w.width > 0 && w.gap == sign {
			return spot{}, false
		}
		return r.threeNumbers(t, u, v, i+3)
	}
	if v.gap == sign && r.figures(i+2) && t.width <= 2 && u.width <= 2 && !r.article { // 31/12/99999
		return spot{next: i + 3, bad: true}, true
	}
	switch {
	case t.width == 4 && u.width == 2 && u.number == (t.number+1)%100: // the season 2001-02
		return spot{}, false
	case t.width == 4 && u.width == 2 && t.number >= 1800 && t.number < 2200 && u.number >= 1 && u.number <= 12: // 2025-08
		return r.dated(date{year: t.number, month: u.number}, i+2), true
	case u.width == 4 && t.width <= 2 && u.number >= 1800 && u.number < 2200 && t.number >= 1 && t.number <= 12: // 8/2025
		return r.dated(date{year: u.number, month: t.number}, i+2), true
	case sign == '/' && t.width <= 2 && u.width <= 2 && t.number >= 1 && u.number >= 1 && r.at(i).ordinal == u.ordinal:
		return r.twoNumbers(t, u, i+2)
	}
	return spot{}, false
}

// twoNumbers reads "15/8".
func (r *reader) twoNumbers(t, u token, next int) (spot, bool) {
	d := date{month: u.number, day: t.number}
	if d.month > 12 {
		d = date{month: t.number, day: u.number}
	}
	if !d.exists() || t.number == 9 && u.number == 11 { // 9/11 is a name
		return spot{}, false
	}
	p := r.dated(d, next)
	p.bare = true
	return p, true
}

// threeNumbers reads what the three numbers of a date say. Years of the Hijri calendar
// tell themselves.
func (r *reader) threeNumbers(t, u, v token, next int) (spot, bool) {
	var d date
	switch {
	case t.width == 4 && u.width <= 2 && v.width <= 2:
		d = date{year: t.number, month: u.number, day: v.number}
	case v.width == 4 && t.width <= 2 && u.width <= 2:
		d = date{year: v.number, month: u.number, day: t.number}
	case v.width == 2 && u.gap == '/' && t.width <= 2 && u.width <= 2:
		d = date{year: 2000 + v.number, month: u.number, day: t.number}
	default:
		return spot{}, false
	}
	const ahead = 5 // years of the Hijri calendar that are spoken of: 29/5/1453 is none
	d.hijri = d.year >= firstHijriYear && d.year <= hijriOf(r.ref)/12+1+ahead
	if !d.hijri && (d.year < 1800 || d.year > 2199 && r.article) {
		return spot{}, false
	}
	if d.month > 12 && d.day <= 12 && d.day > 0 {
		d.month, d.day = d.day, d.month
	}
	p := r.dated(d, next)
	p.bad = p.bad || d.month == 0 || d.day == 0
	if e := r.at(next); e.role == hijriEra && d.hijri || e.role == yearEra {
		p.next++
	}
	return p, true
}

// dotted reads "15.8.2025", which is one word.
func (r *reader) dotted(i int) (spot, bool) {
	var tokens [3]token
	for k, figures := range strings.SplitN(r.at(i).norm, ".", 3) {
		if figures == "" || len(figures) > 4 || strings.Trim(figures, "0123456789") != "" {
			return spot{}, false
		}
		tokens[k].norm = figures
		tokens[k].readDigits(figures)
	}
	if tokens[2].width != 4 && tokens[0].width != 4 {
		return spot{}, false // a version
	}
	return r.threeNumbers(tokens[0], tokens[1], tokens[2], i+1)
}
