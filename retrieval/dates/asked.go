package dates

import (
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// maxAsked is the length of the longest text, in words, that is read as a question. What
// is longer is rather an article, whose times say nothing of what is wanted.
const maxAsked = 120

// Asked reads the window of a question in a language. today is when it is asked, and
// about the day of the article that the conversation is about, which weekdays count
// back from; both may be the same.
//
// "Last week", "last month" and "last year" are those of the calendar, "the last week" and
// "the last 7 days" end today. So many days ago is a day, so many weeks, months or years
// ago that week, month or year. A weekday is the last one before today, and the last one
// up to about when that is earlier: a report of a Friday says "on Friday" of that day. A
// day or a month without a year is the last that has begun, a third of a year
// (early, mid, late) four months and of a month ten days, a season that of the north.
// "Since" goes until today, "until" and "before" have no beginning, and "after" begins the
// day after. 8/9/2025 is 8 September. Winter has the year in which it begins.
//
// What is rather no time makes no window, since that would hide the answer: a year or a
// month needs a preposition, a date that is part of a name or tells one of many ("the 2022
// World Cup", «هجوم 7 أكتوبر») is none, and "today" in a question about how things are
// means now. What stands in quotation marks is not read. Several times make one window:
// the narrower where one lies in the other, and else from the first to the last. The place
// of an expression has the preposition with it.
func (c Calendar) Asked(question string, lang text.Language, today, about Day) Asking {
	tokens := scan(question)
	if len(tokens) == 0 || len(tokens) > maxAsked {
		return Asking{}
	}
	today, about = clamp(today), clamp(about)
	r := &reader{calendar: c, lang: lang, s: question, tokens: tokens, ref: today, weekRef: today}
	if about < today {
		r.weekRef = about
	}
	return r.asked()
}

// asked reads all that a question says of when.
func (r *reader) asked() Asking {
	var a Asking
	r.ahead = r.asksAhead()
	var spots []spot
	quoted := quotations(r.s)
	for i := 0; i < len(r.tokens); {
		for len(quoted) > 0 && quoted[0].End <= r.at(i).Start {
			quoted = quoted[1:]
		}
		if len(quoted) > 0 && quoted[0].Start < r.at(i).Start {
			i++
			continue
		}
		p, start, ok := r.ask(i)
		if !ok {
			i++
			continue
		}
		e := Expression{Start: r.at(start).Start, End: r.at(p.next - 1).End, Window: p.window, Relative: p.relative}
		if p.bad {
			at := r.problem(i, e)
			return Asking{Problem: r.s[at.Start:at.End], ProblemAt: at}
		}
		i = max(p.next, i+1)
		if p.window.IsZero() {
			continue
		}
		r.listed = p.next
		a.Expressions = append(a.Expressions, e)
		spots = append(spots, p)
	}
	a.Window = r.together(spots, a.Expressions)
	return a
}

// quotations are the stretches of a question in quotation marks. What they say of when is
// no part of what is asked: "who said “we will meet on Friday”?"
func quotations(s string) []text.Span {
	var spans []text.Span
	start := -1
	for i, c := range s {
		switch {
		case start < 0 && strings.ContainsRune("«“„\"", c):
			start = i
		case start >= 0 && strings.ContainsRune("»”\"", c):
			spans = append(spans, text.Span{Start: start, End: i})
			start = -1
		}
	}
	if len(spans) == 1 && len(strings.TrimSpace(s)) < spans[0].End-spans[0].Start+2*utf8.UTFMax {
		return nil // all of it is
	}
	return spans
}

// problem is where the words of what is no time stand, those before it too that make a
// range.
func (r *reader) problem(i int, e Expression) text.Span {
	if lead := r.lead(i); lead != between && lead != from {
		e.Start = r.minus(i)
	}
	return text.Span{Start: e.Start, End: e.End}
}

// ask reads a time with what stands before it, from start on. Its window is zero when it
// says nothing of when; it is bad when there is no such time.
func (r *reader) ask(i int) (p spot, start int, ok bool) {
	p, broken, ok := r.time(i)
	if !ok {
		return p, i, false
	}
	start = i
	j := r.leadAt(i)
	lead := noRole
	if j >= 0 {
		lead, start = r.at(j).role, j
	} else if r.at(i-1).role == the && r.joined(i) {
		start = i - 1
	}
	if r.named(i, p) || r.leftOut(i, p, lead) {
		return spot{next: p.next}, i, true
	}
	if p.bad || broken {
		p.bad = true
		return p, start, true
	}
	return r.related(p, i, j, lead, start)
}

// leftOut reports whether a time says nothing of when without a preposition that fits.
func (r *reader) leftOut(i int, p spot, lead role) bool {
	t := r.at(i)
	meant := r.at(i-1).norm == "for" || t.prefix == prefixLa // what is planned for Friday
	switch {
	case r.by(i), meant && !r.ahead && (p.weekday || p.relative && !p.adverb):
		return true
	case t.role == dayWord && t.value == 0 && p.next == i+1:
		return lead == until || lead == to || constant[r.at(i-1).norm] || r.asksState()
	case !p.bare, r.inList(i), r.onlyAbout(i, p), happenings[r.at(i-1).norm], lead == of && happenings[r.at(i-2).norm]:
		return false
	case p.grain == aDay && p.dated: // 15/8
		return lead == noRole || lead == of
	case lead == from: // «من مارس» is rather "who exerted"
		return r.at(i-1).norm == "من" && !r.onwards(p.next) && !started[r.at(i-2).norm]
	case lead == to:
		return r.at(i-2).norm != "up"
	case lead == of:
		return r.at(i-2).norm != "as" && r.at(i-2).role != unitWord // "the month of May"
	}
	return lead == on || lead == and || lead == noRole && !p.adverb
}

// by reports whether a time is when something is to be done by.
func (r *reader) by(i int) bool {
	w := r.at(i - 1).norm
	return w == "by" || w == "بحلول"
}

// onlyAbout reports whether a question says little but a year or a month: "and 2023?",
// «وماذا عن مارس؟».
func (r *reader) onlyAbout(i int, p spot) bool {
	const most = 4
	if i == 0 || len(r.tokens) > most+p.next-i {
		return false
	}
	for j, t := range r.tokens {
		if (j < i || j >= p.next) && !turning[t.norm] {
			return false
		}
	}
	return true
}

// asksAhead reports whether a question is about what is to be: its Friday is the next.
func (r *reader) asksAhead() bool {
	coming := false
	for i, t := range r.tokens {
		if pastWords[t.norm] {
			return false
		}
		coming = coming || r.isComing(i)
	}
	return coming
}

// inList reports whether a time goes on a list of times: "in 2019, 2020 and 2021".
func (r *reader) inList(i int) bool {
	if r.listed == 0 || r.listed > i {
		return false
	}
	gap := r.at(r.listed).gap
	behind := r.listed == i-1 && (r.at(i-1).role == and || comparing[r.at(i-1).norm])
	return (behind || r.listed == i && (r.at(i).and || gap == ',')) && (gap == ' ' || gap == ',')
}

// related is a time as the word before it makes it: "since March", "before 5 May".
func (r *reader) related(p spot, i, j int, lead role, start int) (spot, int, bool) {
	w := p.window
	switch lead {
	case since:
		w = sinceWindow(w, r.ref)
	case until:
		w.First = Beginning
	case before, after:
		w, start = r.beside(p, j)
	case from:
		if r.onwards(p.next) || started[r.at(j-1).norm] {
			w = sinceWindow(w, r.ref)
		}
	case to, of:
		if w := r.at(j - 1).norm; w == "up" || w == "as" { // "up to 2020", "as of May"
			p.window = Window{Beginning, p.window.Last, p.window.Approximate}
			return p, j - 1, true
		}
		start = i
	case between:
		if !p.span {
			start = i
		}
	case and:
		start = i
	}
	if lead == noRole && p.back && r.at(i).role == since { // «منذ شهرين»
		w = sinceWindow(w, r.ref)
	}
	p.window = w
	return p, start, true
}

// beside is what is before or after a time, by the word at j, and where its expression
// begins.
func (r *reader) beside(p spot, j int) (w Window, start int) {
	w, start = p.window, j
	off := Day(1)
	if r.at(j).role == before {
		off = -1
	}
	switch {
	case p.grain == aDay && r.isUnit(j-1, days) && r.at(j-1).norm == "day": // "the day after 7 October"
		return Window{w.First + off, w.Last + off, w.Approximate}, j - 1
	case r.at(j-1).norm == "or" && r.at(j-2).role == on: // "on or after 5 May"
		start = j - 2
		w.First, w.Last = w.First+1, w.Last-1
	}
	if off > 0 {
		return sinceWindow(Window{w.Last + 1, w.Last + 1, w.Approximate}, r.ref), start
	}
	return Window{Beginning, w.First - 1, w.Approximate}, start
}

// sinceWindow is from the beginning of a window until today, or without an end when it has
// not begun.
func sinceWindow(w Window, today Day) Window {
	w.Last = today
	if w.First > today {
		w.Last = End
	}
	return w
}

// onwards reports whether "onwards" stands at a token.
func (r *reader) onwards(i int) bool {
	w := r.at(i).norm
	return w == "onwards" || w == "onward" || w == "on"
}

// started stand before «من» where it means since.
var started = set("ابتداء اعتبارا بدءا انطلاقا starting beginning")

// together is what several windows come to: the narrowest when one lies in the other, and
// else from the first to the last.
func (r *reader) together(spots []spot, expressions []Expression) Window {
	r.inYear(spots, expressions)
	r.inSameYear(spots, expressions)
	var w Window
	for _, e := range expressions {
		switch {
		case w.IsZero() || w.Covers(e.Window):
			w = e.Window
		case e.Window.Covers(w):
		default:
			w = Window{min(w.First, e.Window.First), max(w.Last, e.Window.Last), w.Approximate || e.Window.Approximate}
		}
	}
	return w
}

// inSameYear resolves dates without a year in that of the next of a list: "in November and
// December 2023", and takes the date of the Gregorian calendar for the one it agrees with:
// «3 رمضان 1446 الموافق 3 مارس 2025».
func (r *reader) inSameYear(spots []spot, expressions []Expression) {
	const between = len(", and ") + 2 // bytes of what may join a list
	for i := len(spots) - 2; i >= 0; i-- {
		a, b := spots[i], spots[i+1]
		if !a.dated || !b.dated || b.year == 0 {
			continue
		}
		switch {
		case a.hijri && !b.hijri && r.agrees(a.next):
			expressions[i].Window = expressions[i+1].Window
		case a.year == 0 && !a.hijri && !b.hijri && a.window == expressions[i].Window && expressions[i+1].Start-expressions[i].End <= between:
			a.year = b.year
			if w, ok := a.date.window(); ok {
				spots[i].year, expressions[i].Window, expressions[i].Relative = b.year, w, false
			}
		}
	}
}

// agrees reports whether what goes on at a token is the same day in the other calendar.
func (r *reader) agrees(i int) bool {
	w := r.at(i).norm
	return w == "الموافق" || w == "corresponding" || r.at(i).gap == '(' || r.at(i).gap == '/'
}

// inYear resolves dates without a year in the one year that a question names: "In 2024,
// what happened in March?"
func (r *reader) inYear(spots []spot, expressions []Expression) {
	year := 0
	for _, p := range spots {
		if p.dated && p.year > 0 && p.grain == aYear && !p.hijri {
			if year > 0 {
				return
			}
			year = p.year
		}
	}
	if year == 0 {
		return
	}
	for i, p := range spots {
		if p.dated && p.year == 0 && !p.hijri && p.month > 0 && p.window == expressions[i].Window {
			p.year = year
			if w, ok := p.date.window(); ok {
				expressions[i].Window, expressions[i].Relative = w, false
			}
		}
	}
}
