package answertype

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Evidence by numbers: counts, amounts, durations.

// How well a number shows how many, by what stands beside it.
const (
	countsIt     = 1.0 // what is counted
	countsAny    = 0.6 // something else, perhaps by another name
	countsVague  = 0.5 // what is counted, with a word like "many"
	countsInName = 0.3 // behind a name: "Boeing 737"
	countsUnit   = 0.3 // a unit: days, dollars
	countsOne    = 0.3 // "one" and «واحد» are pronouns more often
	unitUnasked  = 0.5 // an amount of another sort
	lastsVaguely = 0.4 // "for years", "since"
)

// crowds are words for many that are not numbers.
var crowds = set(`dozens hundreds scores thousands millions billions several many few dozen no none zero both`,
	`عشرات مئات آلاف ملايين العشرات المئات الآلاف الملايين بضع بضعة عدة عدد`)

var ordinalEnds = [...]string{"st", "nd", "rd", "th"}

// number reports whether the i-th word is a number, or a part of one, that the
// question does not have.
func (s *said) number(i int) bool {
	w := s.word(i)
	if w == "" || !text.NumberWord(w) || s.known(i) {
		return false
	}
	if !digit(w) {
		if numbers := text.Numbers(w); len(numbers) == 1 && slices.Contains(s.wanted.has, numbers[0]) {
			return false
		}
		return true
	}
	return !ordinal(w)
}

func digit(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// ordinal reports whether a word is digits with an ordinal's end: "21st".
func ordinal(word string) bool {
	for _, end := range ordinalEnds {
		if digit(word) && strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// count weighs what shows how many.
func (s *said) count() float64 {
	if s.wanted.Sort == Frequency {
		return s.best(s.frequency)
	}
	return s.best(func(i int) float64 {
		switch {
		case s.number(i):
			return s.counts(i)
		case (s.in(i, crowds) || ordinal(s.word(i))) && s.countedNear(i):
			return countsVague
		case s.unnamedCrowd(i):
			return countsVague
		}
		return s.twoOf(i)
	})
}

// counts weighs the number at i.
func (s *said) counts(i int) float64 {
	switch near := s.countedNear(i); {
	case s.dated(i) || s.numbered(i), s.year(i) && s.in(i-1, yearWords) && s.word(i-1) != "from" && !s.countedAt(i+1):
		return 0
	case near:
		return countsIt
	case s.year(i):
		return 0
	case s.unitAt(i):
		return countsUnit
	case s.digits(i) && s.joined(i) && s.capital(i-1) && i > 1 && !s.terms[i-1].Stop && !strings.HasSuffix(s.word(i-1), "'s"):
		return countsInName
	case s.word(i) == "one" || s.bare(i) == "واحد" || s.bare(i) == "واحده":
		return countsOne
	case len(s.wanted.Counted) == 0:
		return 0.8
	}
	return countsAny
}

// unnamedCrowd reports whether a word for many stands without what it counts, as it
// does of people: "Dozens were killed.", «قتل العشرات».
func (s *said) unnamedCrowd(i int) bool {
	if !slices.Contains(s.wanted.Counted, people[0]) || !unnamedCrowds[s.word(i)] {
		return false
	}
	next := s.word(i + 1)
	return next == "" || auxiliaries[next] || s.arabic(i) && s.terms[i+1].Stop && next != "من"
}

var unnamedCrowds = set(`dozens scores hundreds thousands millions العشرات المئات الآلاف`)

// countedAt reports whether what is counted stands at i.
func (s *said) countedAt(i int) bool { return i < len(s.terms) && s.counted(i) }

// countedNear reports whether what is counted stands beside the i-th word: soon
// behind it, or, less often, before it.
func (s *said) countedNear(i int) bool {
	for k := max(i-3, 0); k <= min(i+4, len(s.terms)-1); k++ {
		if k != i && s.counted(k) {
			return true
		}
	}
	return false
}

// counted reports whether the i-th word is what is counted. Arabic plurals that
// change within the word keep the consonants.
func (s *said) counted(i int) bool {
	stem := s.terms[i].Stem
	if slices.Contains(s.wanted.Counted, stem) {
		return true
	}
	if !s.arabic(i) || s.terms[i].Stop {
		return false
	}
	return s.sameBones(stem)
}

// sameBones reports whether an Arabic word has the consonants of what is counted.
func (s *said) sameBones(word string) bool {
	bones := consonants(word)
	return utf8.RuneCountInString(bones) >= 2 && slices.ContainsFunc(s.wanted.Counted, func(c string) bool { return consonants(c) == bones })
}

// consonants are the letters of an Arabic stem that its plurals keep.
func consonants(stem string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'ا', 'و', 'ي', 'ء', 'ئ', 'ؤ', 'ه', 'ة':
			return -1
		}
		return r
	}, stem)
}

// twoOf weighs the Arabic dual of what is counted: «وزيران». «وزيرين» may be many.
func (s *said) twoOf(i int) float64 {
	w := s.word(i)
	if !s.arabic(i) || slices.Contains(s.wanted.has, w) || strings.HasPrefix(w, "ال") {
		return 0
	}
	for _, dual := range [...]struct {
		end    string
		weight float64
	}{{"تان", countsIt}, {"تين", countsIt}, {"ان", countsIt}, {"ين", countsAny}} {
		if one, ok := strings.CutSuffix(w, dual.end); ok {
			if s.sameBones(one) || s.sameBones(bare(one)) {
				return dual.weight
			}
			return 0
		}
	}
	return 0
}

// dated reports whether a number is the day of a date or a part of the time of day.
func (s *said) dated(i int) bool {
	if w := s.word(i); len(w) > 2 || w[0] > '9' {
		return false
	}
	return s.month(i-1) || s.month(i+1) || strings.HasPrefix(s.gap(i+1), ":") || i > 0 && s.gap(i) == ":" ||
		s.word(i-1) == "الساعه"
}

// numbered reports whether a number names one of a row or ends a name: "Article 5",
// «المادة 5», COVID-19.
func (s *said) numbered(i int) bool {
	return s.joined(i) && numberedNouns[s.word(i-1)] || s.gap(i) == "-" && s.capital(i-1)
}

var numberedNouns = set(`article chapter section page flight route highway room channel resolution covid type phase`, `المادة الفصل الصفحة الفقرة القرار رقم القناة الغرفة الطريق`)

// unitAt reports whether the number at i belongs to a unit of time, money or measure.
func (s *said) unitAt(i int) bool {
	return s.money(i) || s.in(i+1, timeUnits) || s.unit(i+1) != Any || s.unit(i+2) != Any || percentSign(s.gap(i+1))
}

// often are words that say how often.
var often = set(`once twice thrice daily weekly monthly yearly annually hourly annual biannual quarterly fortnightly nightly biennial`,
	`مرة مرتين مرتان يوميا أسبوعيا شهريا سنويا دوريا سنوي سنوية أسبوعية شهرية يومية مرارا`)

// frequency weighs what shows how often, or how many times.
func (s *said) frequency(i int) float64 {
	switch {
	case s.word(i) == "مره":
		if s.number(i-1) || s.word(i-1) == "كل" {
			return 1
		}
		return 0.3
	case s.in(i, often) && !s.known(i):
		return 1
	case s.in(i, seldom):
		return 0.5
	case (s.word(i) == "every" || s.word(i) == "each" || s.bare(i) == "كل") && (timeUnits[s.word(i+1)] || twoUnits[s.word(i+1)] || s.number(i+1) || weekdays[s.word(i+1)] || s.month(i+1) || seasons[s.word(i+1)]):
		return 1
	case (s.word(i) == "times" || s.word(i) == "مرات") && (s.number(i-1) || s.in(i-1, crowds)):
		return 1
	case s.number(i) && !s.dated(i) && !s.year(i) && s.countedNear(i):
		return 1
	case s.number(i) && !s.dated(i) && !s.year(i):
		return 0.3
	}
	return 0
}

// seldom are words that say vaguely how often.
var seldom = set(`always often usually sometimes rarely seldom never frequently regularly occasionally`, `دائما غالبا عادة أحيانا نادرا أبدا بانتظام باستمرار`)

// duration weighs what shows how long something lasts.
func (s *said) duration() float64 {
	lasts := s.best(s.lasts)
	if s.wanted.Sort == Length {
		lasts = max(lasts, s.best(func(i int) float64 {
			if !s.number(i) {
				return 0
			}
			return s.measured(i, Length)
		}))
	}
	return lasts
}

var (
	vague   = set(`a an several few couple many half whole entire another over`, `بضع بضعة عدة نصف ربع`)
	lasting = set(`for over throughout since until lasted lasting`, `لمدة طوال طيلة مدى استمر استمرت دام دامت استغرق استغرقت منذ حتى خلال على`)
)

func (s *said) lasts(i int) float64 {
	w := s.word(i)
	switch {
	case digit(w) && timeUnits[strings.TrimLeft(w, "0123456789.")]:
		return 1
	case s.in(i, twoUnits):
		return 1
	case s.in(i, timeUnits) && !s.ordinalBefore(i):
		for k := i - 1; k >= max(i-3, 0); k-- {
			if s.number(k) && !s.year(k) && !s.dated(k) {
				return 1
			}
			if k >= i-2 && s.in(k, vague) {
				return 0.8
			}
		}
		if s.in(i-1, lasting) {
			return lastsVaguely
		}
	case s.year(i) && i > 1 && s.yearBefore(i):
		return 0.7
	case w == "since" || w == "until" || w == "منذ" || w == "حتي":
		return lastsVaguely
	case s.year(i), s.clock(i):
		return 0.2
	}
	return 0
}

// ordinalBefore tells «القرن العشرين» and "20th century" from a length of time.
func (s *said) ordinalBefore(i int) bool {
	w := s.word(i)
	return w == "century" || w == "القرن" || w == "العقد"
}

// yearBefore reports whether another year stands shortly before, as in "from 1990 to 1998".
func (s *said) yearBefore(i int) bool {
	for k := i - 1; k >= max(i-4, 0); k-- {
		if s.year(k) {
			return true
		}
	}
	return false
}
