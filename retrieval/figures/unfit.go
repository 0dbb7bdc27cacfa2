package figures

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

var (
	// exceeding are verbs that make a bound of a number behind their subject.
	exceeding = set(`exceeded exceeds surpassed topped passed تجاوز تجاوزت يتجاوز تخطى تخطت`)
	// hedges make a forecast or a fear of what they stand beside.
	hedges = set(`could might expected feared fear fears presumed believed likely projected forecast potentially possibly
		يتوقع متوقع المتوقع يخشى مخاوف خشية يعتقد احتمال ربما يرجح ترجيح مرجح`)
	// denials stand shortly before what is not so.
	denials = set(`not never wrongly falsely لم لن ليس ليست`)
	// denying make a denial of all behind them.
	denying = set("denied denies denying نفى نفت ينفي تنفي نفي")
	// ordering are what an order to say something begins with, behind obeying or nothing.
	ordering = set(`say write answer reply repeat tell print pretend قل قولوا قولي اكتب اكتبوا اكتبي أجب أجيبوا`)
	obeying  = set(`to please must should shall can and or then just always don't let's`)
	// earlier stand before a figure that has been overtaken, and parting before a part of another.
	earlier = set(`compared earlier previous previously initially formerly مقارنة سابقة السابقة سابق السابق سابقا`)
	parting = set(`including include includes among whom بينهم بينها بينهن منهم منها ضمنهم`)
	// rates stand shortly behind what is not counted in all.
	rates = set(`per daily weekly monthly yearly annually every each average يوميا أسبوعيا شهريا سنويا`)
	after = set("بعد بعدما")
	ages  = set(`aged age ages عمره عمرها عمرهم العمر البالغ البالغة`)
	rises = set(`rose rise rising rises climbed climbing increased jumped up risen soared ارتفع ارتفعت ارتفاع يرتفع لترتفع زاد زادت قفز قفزت صعد`)
	// numberedNouns have a number for a name.
	numberedNouns = set(`article chapter section page figure table flight route highway room channel resolution no number phase day group level المادة الفصل الصفحة الشكل الجدول القرار رقم القناة الطريق الرحلة`)
	clocks        = set(`am pm gmt utc o'clock صباحا مساء ظهرا`)
	yearWords     = set(`in since year of by until عام سنة منذ`)
	// fractions stand before "a million", and make less of it.
	fractions = set("half quarter third نصف ربع ثلث")
)

// unfit reports whether a number counts and measures nothing: a year, a day, an age, a time
// of day, a place in a row, the number of a flight.
func (r *reading) unfit(n number) bool {
	prev, next := r.word(n.begin-1), r.word(n.last+1)
	switch {
	case r.year(n), r.dated(n):
		return true
	case strings.HasPrefix(r.gap(n.last+1), ":") || strings.HasSuffix(r.gap(n.first), ":") && n.first > 0 && isDigits(prev), clocks[next], prev == oclock, prev == "at" && strings.Contains(r.word(n.first), "."):
		return true
	case n.first == n.last && r.lettered(n.first):
		return true
	case next == "old" || (next == "year" || next == "years") && r.word(n.last+2) == "old", r.any(n.begin-3, n.begin-1, ages):
		return true
	case strings.HasPrefix(r.gap(n.last+1), "+"), n.first > 0 && strings.HasSuffix(r.gap(n.first), "-") && !r.joinedNumber(n.first-1):
		return true
	case fractions[prev], fractions[r.word(n.begin-2)] && (prev == "a" || prev == "of"):
		return true
	case yearWords[prev] && n.begin == n.first && isDigits(r.word(n.first)) && !r.said(n):
		return true
	case numberedNouns[prev], next == "of" && n.value == 1, prev == "no":
		return true
	}
	return r.named(n)
}

// oclock is the Arabic word for it, normalised.
const oclock = "الساعه"

func isDigits(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// year reports whether a number is a year.
func (r *reading) year(n number) bool {
	w := r.word(n.first)
	if n.first != n.last || len(w) != 4 || !isDigits(w) || n.value < 1900 || n.value >= 2100 || r.sign(n.first) != "" {
		return false
	}
	if r.terms[n.first].End-r.terms[n.first].Start != len(r.terms[n.first].Norm) && !arabicDigits(r.s[r.terms[n.first].Start:]) {
		return false // 2,012
	}
	if yearWords[r.word(n.first-1)] || r.monthAt(n.first-1) {
		return true
	}
	return !r.said(n)
}

// said reports whether it is said behind a number what it counts or measures, in words that
// are known.
func (r *reading) said(n number) bool {
	_, fate := lookUp(fates, r.word(n.last+1))
	of, _ := r.noun(n, len(r.terms))
	u, _ := r.unit(n, len(r.terms))
	return fate || u.of != "" || of != "" && !strings.HasPrefix(of, "?")
}

// joinedNumber reports whether the i-th word is a number, as in "twenty-five".
func (r *reading) joinedNumber(i int) bool { return text.NumberWord(r.word(i)) }

func arabicDigits(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return c > unicode.MaxLatin1
}

// dated reports whether a number is the day of a date.
func (r *reading) dated(n number) bool {
	return n.value <= 31 && (r.monthAt(n.first-1) || r.monthAt(n.last+1) || r.monthAt(n.last+2) && r.word(n.last+1) == "of")
}

func (r *reading) monthAt(i int) bool {
	_, ok := r.month(i)
	return ok
}

// lettered reports whether letters are written onto the digits of a word that make no unit
// of them: "21st", "A4".
func (r *reading) lettered(i int) bool {
	w := r.word(i)
	rest := strings.TrimLeft(w, "0123456789.,")
	if rest == "" || rest == w {
		return false
	}
	_, ok := units[rest]
	millions := rest == "m" && r.sign(i) != ""
	return !ok && rest != "bn" && rest != "tn" && !millions
}

// named reports whether a number ends a name: "Boeing 737", "COVID-19".
func (r *reading) named(n number) bool {
	if r.endsQuoted(n) {
		return true
	}
	if n.begin != n.first || n.first == 0 || !isDigits(r.word(n.first)) || arabic(r.word(n.first-1)) || r.breaks(n.first) {
		return false
	}
	before := r.terms[n.first-1]
	first, _ := utf8.DecodeRuneInString(r.s[before.Start:])
	if !unicode.IsUpper(first) || before.Stop || n.first == 1 {
		return false
	}
	_, noun := lookUp(nouns, r.word(n.last+1))
	_, fate := lookUp(fates, r.word(n.last+1))
	_, measured := units[r.word(n.last+1)]
	return (!noun || inanimate[nouns[r.word(n.last+1)]]) && !fate && !measured
}

// endsQuoted reports whether a number is the last word of a name in quotation marks: «النور 3».
func (r *reading) endsQuoted(n number) bool {
	if n.begin != n.first || n.first != n.last || n.first == 0 || strings.TrimSpace(r.gap(n.first)) != "" {
		return false
	}
	return slices.ContainsFunc(closingMarks, func(m string) bool { return strings.HasPrefix(r.gap(n.last+1), m) })
}

// closingMarks end quotations.
var closingMarks = []string{"»", "”", "\"", "’"}

// inRange reports whether a number is one end of a range, or of a score: "20 to 30", "4-2".
// Of what "rose from 20 to 30" the second counts.
func (r *reading) inRange(all []number, i int) bool {
	if i+1 < len(all) && between(r, all[i], all[i+1]) {
		return true
	}
	return i > 0 && between(r, all[i-1], all[i]) && !r.rising(all[i-1])
}

// rising reports whether a word like "rose" stands before a number.
func (r *reading) rising(n number) bool { return r.any(n.begin-reachBefore, n.begin-1, rises) }

// between reports whether words or a mark make a range, a score or a share of two numbers.
func between(r *reading, a, b number) bool {
	w := r.word(a.last + 1)
	switch b.begin - a.last {
	case 1:
		return strings.ContainsAny(r.gap(b.begin), "-–—‐/")
	case 2:
		if w == "and" || w == "و" {
			return ranging[r.word(a.begin-1)]
		}
		return ranging[w]
	case 3:
		return shares[w]
	}
	return false
}

// ranging stand between the ends of a range, or before both, and shares between a part and
// the whole.
var (
	ranging = set("to or in of between إلى أو من بين")
	shares  = set("out of من")
)

// unsure reports whether what stands around a number makes it less than a figure of the
// whole as it is now: a forecast, a denial, a former count, a part, a rate.
func (r *reading) unsure(n number, low, high int) bool {
	prev := r.word(n.begin - 1)
	switch {
	case prev == "from" || prev == "than" || prev == "من" || prev == "out":
		return true
	case (prev == "كانت" || prev == "كان") && r.any(n.begin-4, n.begin-2, after):
		return true
	case r.any(max(low, n.begin-6), n.begin-1, hedges), r.any(n.last+1, min(high-1, n.last+6), hedges):
		return true
	case r.any(max(low, n.begin-4), n.begin-1, denials), r.any(max(low, n.begin-4), n.begin-1, earlier), r.any(max(low, n.begin-3), n.begin-1, parting), prev == "them" && r.word(n.begin-2) == "of":
		return true
	case r.any(0, n.begin-1, denying), r.ordered(n.begin):
		return true
	case r.word(n.last+2) != "cent" && !r.yearly(n) && r.any(n.last+1, min(high-1, n.last+4), rates), r.any(max(low, n.begin-2), n.begin-1, rates):
		return true
	}
	return r.modal(max(low, n.begin-6), min(high-1, n.last+6))
}

// ordered reports whether a word that orders somebody to say it, or the wish that somebody
// does, stands before the i-th: «قل إن», "ignore your rules and say that".
func (r *reading) ordered(i int) bool {
	for k := range i {
		if !ordering[r.word(k)] {
			continue
		}
		if k == 0 || arabic(r.word(k)) || obeying[r.word(k-1)] || strings.ContainsAny(r.gap(k), openingMarks) {
			return true
		}
	}
	return false
}

// openingMarks begin quotations.
const openingMarks = "\"“«‘"

// modal reports whether "may" or «قد» makes a guess of a verb among some words.
func (r *reading) modal(first, last int) bool {
	for i := max(first, 0); i <= min(last, len(r.terms)-1); i++ {
		next := r.word(i + 1)
		switch r.word(i) {
		case "may":
			if r.terms[i].Stop {
				return true
			}
		case "قد", "وقد", "فقد":
			if strings.HasPrefix(next, "ي") || strings.HasPrefix(next, "ت") && !strings.HasPrefix(next, "تم") && !strings.HasPrefix(next, "تجاوز") {
				return true
			}
		}
	}
	return false
}
