package retrieval

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// monthNames are the names of the months by which a question is held against an article,
// normalised, in English and in the three Arabic families but for those that are common
// words too. Of the Levant's, four have two words.
var monthNames = monthsOf(`january يناير جانفي`, `february فبراير شباط فيفري`, `march مارس آذار`, `april أبريل نيسان أفريل`,
	`may مايو أيار`, `june يونيو حزيران جوان`, `july يوليو تموز جويلية يوليوز`, `august أغسطس أوت غشت`,
	`september سبتمبر أيلول شتنبر`, `october أكتوبر`, `november نوفمبر نونبر`, `december ديسمبر دجنبر`)

// pairedMonths are the Levant's months by their first word: the one with «الأول» behind it
// and the one with «الثاني».
var pairedMonths = map[string][2]time.Month{
	text.Normalize("تشرين"): {time.October, time.November},
	text.Normalize("كانون"): {time.December, time.January},
}

func monthsOf(names ...string) map[string]time.Month {
	months := map[string]time.Month{}
	for i, list := range names {
		for name := range set(text.Normalize(list)) {
			months[name] = time.Month(i + 1)
		}
	}
	return months
}

// monthAt is the month that the i-th word names, alone or with the next; 0 for none.
// "march" and "may" are only with a capital, and not where all words have one.
func monthAt(s string, terms []text.Term, i int) time.Month {
	norm := terms[i].Norm
	if rest, size := utf8.DecodeRuneInString(norm); rest == 'و' && monthNames[norm] == 0 && pairedMonths[norm][0] == 0 {
		norm = norm[size:]
	}
	if pair := pairedMonths[norm]; pair[0] != 0 && i+1 < len(terms) {
		switch terms[i+1].Norm {
		case text.Normalize("الأول"):
			return pair[0]
		case text.Normalize("الثاني"):
			return pair[1]
		}
		return 0
	}
	m := monthNames[norm]
	if (norm == "march" || norm == "may") && (i == 0 || !capitalAt(s, terms[i].Start)) {
		return 0
	}
	return m
}

// presumedTime returns a time of the question, none when it counts back from the day of
// the question, and of what is taken for granted all but the words of it.
func (e *Engine) presumedTime(x dates.Expression, taken []presumed, terms []text.Term) (presumed, []presumed) {
	of := presumed{-1, -1, -1, nil}
	for i, t := range terms {
		if x.Start <= t.Start && t.End <= x.End && (of.first >= 0 || !t.Stop) {
			if of.first < 0 {
				of.first = i
			}
			of.last = i
		}
	}
	if of.first < 0 {
		return of, taken
	}
	if !x.Relative {
		of.held = func(w *witness) bool { return w.holdsWindow(x.Window) }
	}
	rest := taken[:0]
	for _, p := range taken {
		switch {
		case p.first < of.first || p.first > of.last:
			rest = append(rest, p)
		case p.group >= 0 && p.last == of.last:
			of.group = p.group // a year
		default:
			of.group = -1
		}
	}
	return of, rest
}

// holdsWindow reports whether the article was published in a window or soon after, or
// tells of a time in it with what is quoted. One that tells no time at all may be of any.
func (w *witness) holdsWindow(window dates.Window) bool {
	if window.Approximate {
		window.First, window.Last = window.First-1, window.Last+1
	}
	known := !w.published.IsZero()
	published := dates.DayOf(w.published.Time)
	if known && window.First <= published && (window.Last == dates.End || published <= window.Last+toldLate) {
		return true
	}
	told := known
	for n, s := range w.sentences {
		if !w.near(n) {
			continue
		}
		for _, x := range w.engine.calendar.Stated(s.text, w.language, published, known) {
			told = true
			if x.Window.Overlaps(window) {
				return true
			}
		}
	}
	return !told
}

// presumedMonths returns the months of a question, with the day that stands beside them.
func (e *Engine) presumedMonths(q *query, terms []text.Term) (taken []presumed) {
	for i := range terms {
		m := monthAt(q.text, terms, i)
		if m == 0 {
			continue
		}
		p := presumed{i, i, -1, nil}
		day := 0
		for _, k := range [...]int{i - 1, i + 1} {
			if d := dayAt(terms, k); d != 0 && day == 0 {
				day, p.first, p.last = d, min(i, k), max(i, k)
			}
		}
		p.held = func(w *witness) bool { return w.holdsMonth(m, day) }
		taken = append(taken, p)
	}
	return taken
}

// dayAt is the day of a month that the i-th word may be; 0 for none.
func dayAt(terms []text.Term, i int) int {
	const ordinal = 2 // "15th"
	if i < 0 || i >= len(terms) {
		return 0
	}
	norm := terms[i].Norm
	d, err := strconv.Atoi(norm)
	if err != nil && len(norm) > ordinal {
		d, err = strconv.Atoi(norm[:len(norm)-ordinal])
	}
	if err != nil || d < 1 || d > 31 {
		return 0
	}
	return d
}

// toldLate is for how many days after something it is reported without its date: "on
// Tuesday", "last week".
const toldLate = 7

// holdsMonth reports whether the article tells of a month, and of a day in it unless that
// is 0, or was published then or soon after. One that tells no date at all may be of any.
func (w *witness) holdsMonth(m time.Month, day int) bool {
	dated := !w.published.IsZero()
	if dated && w.publishedAbout(m, day) {
		return true
	}
	for n, s := range w.sentences {
		if !w.near(n) {
			continue
		}
		for i := range s.terms {
			found := monthAt(s.text, s.terms, i)
			dated = dated || found != 0
			if found == m && (day == 0 || dayAt(s.terms, i-1) == day || dayAt(s.terms, i+1) == day) {
				return true
			}
		}
	}
	return !dated || w.long
}

// publishedAbout reports whether the article was published in a month, or on a day of it,
// or so soon after that it tells of it without its date.
func (w *witness) publishedAbout(m time.Month, day int) bool {
	for back := range toldLate + 1 {
		t := w.published.Time.AddDate(0, 0, -back)
		if t.Month() == m && (day == 0 || t.Day() == day) {
			return true
		}
	}
	return false
}

// holdsYear reports whether the article was published in a year, or so near its ends
// that it tells of it without naming it. One that is undated and names no year may be of
// any.
func (w *witness) holdsYear(year int) bool {
	if !w.published.IsZero() {
		t := w.published.Time
		return t.Year() == year || t.AddDate(0, 0, -toldLate).Year() == year || w.tellsYear(year)
	}
	named := slices.ContainsFunc(w.figures(), func(f figure) bool { return f.year() != 0 })
	return !named || w.tellsYear(year)
}

// near reports whether a sentence of the article is its title, or quoted or next to what
// is, in its paragraph. A dated report tells of other times, too: the year of what it tells of stands there.
func (w *witness) near(sentence int) bool {
	return w.nearTo(w.quoted, sentence)
}

// nearTo is [witness.near] for some of what is quoted.
func (w *witness) nearTo(quoted map[int]bool, sentence int) bool {
	return sentence == 0 || w.published.IsZero() || quoted[sentence] ||
		quoted[sentence+1] && !w.sentences[sentence+1].breaks || quoted[sentence-1] && !w.sentences[sentence].breaks
}

// tellsYear reports whether the article names a year, or has it at the end of "2001-02".
func (w *witness) tellsYear(year int) bool {
	before := 0
	for _, f := range w.figures() {
		if !w.near(f.sentence) {
			before = 0
			continue
		}
		if f.year() == year || before/100 == year/100 && f.value == strconv.Itoa(year%100) {
			return true
		}
		before = f.year()
	}
	return w.long
}

// year is the year that a figure may be; 0 for none.
func (f *figure) year() int {
	const least, most = 1000, 2100
	y, err := strconv.Atoi(f.value)
	if err != nil || y < least || y > most {
		return 0
	}
	return y
}
