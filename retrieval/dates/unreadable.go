package dates

import (
	"strings"
	"unicode/utf8"
)

// Numbers of a question that stand where a time has its year or its amount and are none.
// They are not passed over, since the words without them would tell another time.

// figures reports whether a token is written in digits alone, however many.
func (r *reader) figures(i int) bool {
	t := r.at(i)
	return t.norm != "" && strings.Trim(t.norm, "0123456789") == "" && !strings.ContainsAny(r.written(i), ",.٬٫")
}

// ends reports whether nothing stands behind a token that it could count.
func (r *reader) ends(i int) bool {
	if r.measured(i) {
		return false
	}
	switch u := r.at(i + 1); u.gap {
	case ' ':
		return i+1 >= len(r.tokens) || u.role == in || u.role == on
	case 'x', ',', '(':
		return true
	}
	return false
}

// negative reports whether a minus sign belongs to a token: "-3", and not "2-3".
func (r *reader) negative(i int) bool { return r.minus(i) < r.at(i).Start }

// minus is where the minus sign of a token stands, and where the token does when it has
// none.
func (r *reader) minus(i int) int {
	t := r.at(i)
	before, signed := strings.CutSuffix(r.s[:t.Start], "-")
	if !signed {
		before, signed = strings.CutSuffix(r.s[:t.Start], "−")
	}
	if last, _ := utf8.DecodeLastRuneInString(before); signed && r.figures(i) && (before == "" || last == ' ') {
		return len(before)
	}
	return t.Start
}

// farYear reads a year in four figures that lies far ahead: "in 3026". A number like it is
// rather one of things wherever it could be.
func (r *reader) farYear(i int) (year, next int) {
	const first = 2200
	if t := r.at(i); r.article || t.width != 4 || t.number < first || t.ordinal || t.prefix != 0 || !r.ends(i) {
		return 0, 0
	}
	return r.at(i).number, i + 1
}

// farYearAlone reads such a year behind a word that goes with years.
func (r *reader) farYearAlone(i int) (spot, bool) {
	year, next := r.farYear(i)
	switch b := r.at(i - 1); {
	case next == 0 || !r.joined(i):
		return spot{}, false
	case b.role != in && b.role != since && b.role != until && b.role != before && b.role != after && !r.isUnit(i-1, years):
		return spot{}, false
	}
	p := r.dated(date{year: year}, next)
	p.bare = true
	return p, true
}

// noYear reads a number behind the word for year that is the number of none: "year 0",
// "year -5", «سنة 99999».
func (r *reader) noYear(i int) (spot, bool) {
	const longest = 4
	t := r.at(i)
	none := r.negative(i) || len(t.norm) > longest || strings.Trim(t.norm, "0") == ""
	return spot{next: i + 1, bad: true}, !r.article && r.figures(i) && none && r.ends(i)
}

// oddYear reads what stands behind a date where its year does and is no usual one: "28
// November 3026", «5 رمضان 61». It makes a date that there is not of one like "28 November
// 20266".
func (r *reader) oddYear(d date, i int) (spot, bool) {
	const longest = 4 // digits
	t := r.at(i)
	if r.article || !r.figures(i) || t.gap != ' ' && t.gap != ',' || !r.ends(i) {
		return spot{}, false
	}
	year, next := r.farYear(i)
	switch digits := len(t.norm); {
	case next > 0 && !d.hijri, d.hijri && d.day > 0 && t.gap == ' ' && digits <= longest:
		d.year = max(year, t.number)
		p := r.dated(d, i+1)
		p.bad = p.bad || d.year == 0
		return p, true
	case digits > longest, d.day > 0 && digits > 2 && t.gap == ' ':
		return spot{next: i + 1, date: d, dated: true, grain: d.grain(), bad: true}, true
	}
	return spot{}, false
}

// scales are the words of numbers so large that two of them count more years than there
// have been.
var scales = set("million billion trillion مليون مليار بليون تريليون")

// endless reads an amount that no time lies back, such as «مليار مليار سنة». next is the
// token behind it, 0 when there is none.
func (r *reader) endless(i int) (next int) {
	const longest, words, most = 9, 6, 2
	large, j := 0, i
	for ; j < i+words && j < len(r.tokens) && r.joined(j) && r.at(j).role != unitWord; j++ {
		t := r.at(j)
		switch {
		case r.figures(j) && len(t.norm) > longest:
			large += most
		case scales[t.norm]:
			large++
		case t.width == 0 && t.role != one && t.role != spelled:
			return 0
		}
	}
	if r.article || large < most || r.at(j).role != unitWord || !r.joined(j) {
		return 0
	}
	return j + 1
}

// noAgo reads what is so many units back as no time is: "-3 days ago", «قبل مليار مليار
// سنة». The amount begins at start.
func (r *reader) noAgo(i, start int) (spot, bool) {
	next := r.endless(start)
	if next == 0 && r.negative(start) && !r.article {
		_, _, next = r.amount(start)
	}
	switch {
	case next == 0:
		return spot{}, false
	case start > i:
		return spot{next: next, bad: true, relative: true, adverb: true}, r.joined(start)
	}
	return spot{next: next + 1, bad: true, relative: true, adverb: true}, r.is(next, ago)
}
