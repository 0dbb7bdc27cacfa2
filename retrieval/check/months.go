package check

import (
	"strconv"
	"strings"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// monthWords are the names of months in English and in the Arabic families, but for those
// that have two words.
var monthWords = listed(map[time.Month]string{
	time.January: `january jan يناير جانفي`, time.February: `february feb فبراير شباط فيفري`, time.March: `march مارس آذار`, time.April: `april apr أبريل إبريل نيسان أفريل`,
	time.May: `may مايو أيار`, time.June: `june jun يونيو يونيه حزيران جوان`, time.July: `july jul يوليو يوليه تموز جويلية يوليوز`, time.August: `august aug أغسطس آب أوت غشت`,
	time.September: `september sept sep سبتمبر أيلول شتنبر`, time.October: `october oct أكتوبر`, time.November: `november nov نوفمبر نونبر`, time.December: `december dec ديسمبر دجنبر`,
})

// pairedMonths are the Levant's months of two words, by their first: that with «الأول»
// behind it and that with «الثاني».
var pairedMonths = map[string][2]time.Month{
	text.Normalize("تشرين"): {time.October, time.November},
	text.Normalize("كانون"): {time.December, time.January},
}

// isMonth reports whether a word names a month, and nothing else.
func isMonth(norm string) bool {
	for _, w := range unwritten(norm) {
		if m := monthWords[w]; m != 0 && w != "may" && w != "march" || pairedMonths[w][0] != 0 {
			return true
		}
	}
	return false
}

// monthAt is the month that the i-th word names, alone or with the next; 0 for none. "may"
// and "march" have a capital inside of a sentence, or a number beside them.
func (p *prose) monthAt(i int) time.Month {
	w := p.word(i)
	for _, form := range unwritten(w) {
		if pair := pairedMonths[form]; pair[0] != 0 {
			switch p.word(i + 1) {
			case "الاول":
				return pair[0]
			case "الثاني":
				return pair[1]
			}
		}
	}
	m, _ := known(monthWords, w)
	inside := i > 0 && !p.ends(i) || isNumeral(p.word(i+1))
	if (w == "may" || w == "march") && (!p.capital(i) || !inside) {
		return 0
	}
	return m
}

// A monthDay is a month that a text names with days of it, whatever its year.
type monthDay struct {
	at, last    int // the terms that say it
	month       time.Month
	from, until int // days, 0 when none is named
	year        int // 0 when none stands beside it
}

// monthDays returns the months of a text with the days that stand beside them.
func (p *prose) monthDays() []monthDay {
	var all []monthDay
	for i := range p.terms {
		m := p.monthAt(i)
		if m == 0 {
			continue
		}
		d := monthDay{at: i, last: i, month: m}
		if _, paired := known(pairedMonths, p.word(i)); paired {
			d.last++
		}
		p.addDays(&d)
		if d.year = p.yearAt(d.last + 1); d.year != 0 {
			d.last++
		}
		all = append(all, d)
	}
	return all
}

// addDays adds the days beside a month: "15 August", "August 15", "from 6 to 10 March".
func (p *prose) addDays(d *monthDay) {
	if day := p.dayAt(d.at - 1); day != 0 {
		d.at = p.dayStarts(d.at - 1)
		d.from, d.until = day, day
	} else if day := p.dayAt(d.at - 2); day != 0 && (p.word(d.at-1) == "of" || p.word(d.at-1) == "من") {
		d.at = p.dayStarts(d.at - 2)
		d.from, d.until = day, day
	} else if day := p.dayAt(d.last + 1); day != 0 && !inArabic(p.word(d.last)) {
		d.last++
		d.from, d.until = day, day
		return
	}
	if d.from == 0 {
		return
	}
	before := d.at - 1
	if through[p.word(before)] {
		before--
	} else if !strings.ContainsAny(p.gap(d.at), "-–") {
		return
	}
	if day := p.dayAt(before); day != 0 && day < d.from {
		d.at, d.from = before, day
	}
}

// dayStarts is where the words of a day begin that ends with the i-th.
func (p *prose) dayStarts(i int) int {
	w := p.word(i)
	if _, ordinal := known(ordinals, p.word(i-1)); ordinal && (w == "عشر" || strings.HasPrefix(w, "وال")) {
		return i - 1
	}
	if englishTens[p.word(i-1)] != 0 {
		return i - 1
	}
	return i
}

var through = text.WordSet("to and until through إلى و حتى")

// dayAt is the day of a month that the i-th word may be, or the last of several words: "15",
// "15th", «الخامس عشر», «الثالث والعشرين»; 0 for none.
func (p *prose) dayAt(i int) int {
	day, err := strconv.Atoi(strings.TrimRight(p.word(i), "stndrh"))
	if err != nil {
		day = p.spelledDay(i)
	}
	if day < 1 || day > 31 {
		return 0
	}
	return day
}

func (p *prose) spelledDay(i int) int {
	w := p.word(i)
	if v, ok := known(ordinals, w); ok {
		if tens := englishTens[p.word(i-1)]; tens != 0 && v < 10 {
			v += tens
		}
		return int(v)
	}
	before, _ := known(ordinals, p.word(i-1))
	if w == "عشر" && before > 0 {
		return 10 + int(before)
	}
	rest, and := strings.CutPrefix(w, "وال")
	if !and {
		rest, _ = strings.CutPrefix(w, "ال")
	}
	v := text.Numbers(rest)
	if len(v) != 1 || !strings.HasSuffix(rest, "ين") && !strings.HasSuffix(rest, "ون") {
		return 0
	}
	tens, err := strconv.Atoi(v[0])
	if err != nil || tens < 20 {
		return 0
	}
	if and {
		return tens + int(before)
	}
	return tens
}

// expression is a month with its days as a time, in a year when none is named.
func (d monthDay) expression(p *prose, year int) dates.Expression {
	x := dates.Expression{Start: p.terms[d.at].Start, End: p.terms[d.last].End, Relative: d.year == 0}
	if d.year != 0 {
		year = d.year
	}
	if d.from == 0 {
		x.Window = dates.Window{First: dates.NewDay(year, d.month, 1), Last: dates.NewDay(year, d.month+1, 1) - 1}
	} else {
		x.Window = dates.Window{First: dates.NewDay(year, d.month, d.from), Last: dates.NewDay(year, d.month, d.until)}
	}
	return x
}
