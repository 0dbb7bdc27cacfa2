package check

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// A sort says in what way a number is said.
type sort uint8

const (
	cardinal sort = iota
	ordinal       // "31st", «الثالثة عشرة», the XIV of a name
	part          // "a third of"
	clock         // a time of day, in minutes
)

// An amount is a number of a text.
type amount struct {
	first, last int     // the terms that say it
	value       float64 // in the unit's base
	sort        sort
	bound       bound
	of          measure // what it is measured in, the zero measure when that is not said
	counted     string  // of whom or of what there are so many, "" when that is not known
	noun        bool    // a word stands behind that it may count
	fate        string  // what became of them, "" when that is not said
	also        float64 // what it is with what stands behind: three in "three to eight billion", eleven in "11 hours and 55 minutes"; 0 for none
	half        dayHalf // of a clock
	whole       bool    // of a clock: no minutes are said
	glued       bool    // it is a part of a name: "GPT-3.5"
	paired      bool    // a hyphen joins it to the number before: "4-2"
	digits      bool    // it is written in digits
	label       bool    // it stands behind what it numbers and counts nothing: "Article 5"
	loose       bool    // it is said of anything that has so many: "quintet", "hat-trick"
	around      map[int]neighbour
}

// A dayHalf is that before noon or that after it.
type dayHalf uint8

const (
	anyHalf dayHalf = iota
	forenoon
	afternoon
)

// mostAmounts is how many numbers of a text are read: what has more is a table.
const mostAmounts = 60

// amounts returns the numbers of a text in order, but for those among the terms that taken
// reports, which are of dates.
func (p *prose) amounts(taken func(term int) bool) []amount {
	var all []amount
	for i := 0; i < len(p.terms) && len(all) < mostAmounts; i++ {
		if taken(i) {
			continue
		}
		a, ok := p.amount(i, taken)
		if !ok {
			continue
		}
		a.bound, a.digits = p.boundBefore(a.first), isNumeral(p.word(a.first))
		a.loose = a.loose || a.sort == ordinal && a.value == 1 && !p.attached(&a)
		a.label = a.sort != clock && p.labels(&a)
		a.also = p.scaledLater(&a)
		a.paired = len(all) > 0 && all[len(all)-1].last == a.first-1 && p.pair(a.first)
		all = append(all, a)
		i = a.last
	}
	for i := range all {
		p.describe(all, i)
	}
	for i := range all[:max(len(all)-1, 0)] {
		a, b := &all[i], &all[i+1]
		if a.of.sort == days && b.of.sort == days && b.of.base < a.of.base && b.first-a.last <= 3 {
			a.also = a.value + b.value // "11 hours and 55 minutes"
		}
		p.endsRange(a, b)
	}
	return all
}

// scaledLater is what a number of a range is with the scale that stands behind its end.
func (p *prose) scaledLater(a *amount) float64 {
	next := a.last + 1
	if _, scaled := known(scales, p.word(a.last)); scaled || a.sort != cardinal || !ranges[p.word(next)] {
		return 0
	}
	end, ok := p.counting(next + 1)
	if !ok {
		return 0
	}
	scale, _ := known(scales, p.word(end.last))
	return a.value * scale
}

var ranges = text.WordSet("to or and إلى أو و")

// labels reports whether an amount numbers the word before it.
func (p *prose) labels(a *amount) bool {
	if a.first == 0 || p.terms[a.first-1].Stop || !p.spaced(a.first) {
		return false
	}
	behind := a.last + 1
	return behind >= len(p.terms) || p.terms[behind].Stop || !p.spaced(behind)
}

// attached reports whether a telling word stands right beside an ordinal, which it then is
// of: "the first visit", «الزيارة الأولى».
func (p *prose) attached(a *amount) bool {
	behind := a.last + 1
	if behind < len(p.terms) && p.spaced(behind) && !p.terms[behind].Stop {
		return true
	}
	return a.first > 0 && p.spaced(a.first) && strings.HasPrefix(p.word(a.first), "ال") && strings.HasPrefix(p.word(a.first-1), "ال")
}

// amount reads the number that begins with the i-th word.
func (p *prose) amount(i int, taken func(int) bool) (amount, bool) {
	for _, read := range [...]func(int) (amount, bool){p.time, p.ordinal, p.fraction, p.counting, p.roman, p.special} {
		if a, ok := read(i); ok && !taken(a.last) {
			return a, true
		}
	}
	return amount{}, false
}

// ordinal reads "31st", "twenty-first", «الثالثة عشرة», «السابع والستون بعد المئتين».
func (p *prose) ordinal(i int) (amount, bool) {
	a := amount{first: i, last: i, sort: ordinal}
	w := p.word(i)
	if digits := strings.TrimRight(w, "stndrh"); digits != w && isNumeral(digits) {
		switch w[len(digits):] {
		case "st", "nd", "rd", "th":
			a.value, _ = strconv.ParseFloat(digits, 64)
			return a, true
		}
		return amount{}, false
	}
	if v, ok := ordinals[w]; ok && !inArabic(w) {
		a.value = v
		return a, true
	}
	if tens, ok := englishTens[w]; ok && p.spaced(i+1) {
		if v, found := ordinals[p.word(i+1)]; found && v < 10 {
			a.value, a.last = tens+v, i+1
			return a, true
		}
	}
	v, ok := known(ordinals, w)
	if !ok || !inArabic(w) {
		return amount{}, false
	}
	a.value = v
	p.compoundOrdinal(&a)
	return a, true
}

// compoundOrdinal adds the tens and hundreds of an Arabic ordinal.
func (p *prose) compoundOrdinal(a *amount) {
	next := p.word(a.last + 1)
	if next == "عشر" || next == "عشره" {
		a.value, a.last = a.value+10, a.last+1
		return
	}
	if tens, ok := strings.CutPrefix(next, "وال"); ok {
		if v := text.Numbers(tens); len(v) == 1 {
			n, _ := strconv.ParseFloat(v[0], 64)
			a.value, a.last = a.value+n, a.last+1
		}
	}
	if p.word(a.last+1) == "بعد" {
		if v := text.Numbers(p.word(a.last + 2)); len(v) == 1 && strings.HasPrefix(p.word(a.last+2), "ال") {
			n, _ := strconv.ParseFloat(v[0], 64)
			a.value, a.last = a.value+n, a.last+2
		}
	}
}

// fraction reads "half a million", "two-thirds", «ثلثي», «نصف مليون».
func (p *prose) fraction(i int) (amount, bool) {
	a := amount{first: i, last: i, sort: part}
	times := 1.0
	if p.spaced(i+1) && text.NumberWord(p.word(i)) {
		if _, ok := manyParts[p.word(i+1)]; ok {
			if v := text.Numbers(p.written(i)); len(v) == 1 {
				times, _ = strconv.ParseFloat(v[0], 64)
				a.last = i + 1
			}
		}
	}
	w := p.word(a.last)
	v, ok := manyParts[w]
	if !ok {
		v, ok = known(parts, w)
	}
	if !ok || w == "third" || w == "quarter" && p.word(i-1) != "a" && p.word(i-1) != "one" {
		return amount{}, false
	}
	if inArabic(w) && (strings.HasPrefix(p.word(i+1), "نهائي") || strings.HasPrefix(p.word(i+1), "النهائي")) {
		return amount{}, false
	}
	a.value = v * times
	next := a.last + 1
	if p.word(next) == "a" || p.word(next) == "an" {
		next++
	}
	if scale, ok := scales[p.word(next)]; ok {
		a.value, a.last, a.sort = a.value*scale, next, cardinal
	}
	return a, true
}

// counting reads digits and words that count: "1.5 million", «ثلاثة وعشرين», «مليون ونصف».
func (p *prose) counting(i int) (amount, bool) {
	if a, ok := p.gluedNumber(i); ok || !text.NumberWord(p.word(i)) {
		return a, ok
	}
	const mostWords = 10
	a, digits := amount{first: i, last: i}, ""
	for j := i; j < len(p.terms) && j-i < mostWords && (j == i || p.spaced(j)); j++ {
		and := p.word(j) == "and" || p.word(j) == "و"
		if !and && !text.NumberWord(p.word(j)) || j > i && p.pair(j) {
			break
		}
		found := text.Numbers(p.s[p.terms[i].Start:p.terms[j].End])
		if len(found) > 1 {
			break
		}
		if len(found) == 1 && !and {
			a.last, digits = j, found[0]
		}
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(value, 0) {
		return amount{}, false
	}
	a.value = value
	p.addHalf(&a)
	if p.vague(&a) {
		return amount{}, false
	}
	before := p.gap(a.first)
	a.glued = before == "-" && a.first > 0 && !isNumeral(p.word(a.first-1)) && isNumeral(p.word(a.first))
	return a, true
}

// pair reports whether a hyphen between digits joins the i-th word to the one before: a
// score or a range.
func (p *prose) pair(i int) bool {
	return strings.ContainsAny(p.gap(i), "-‐–") && isNumeral(p.word(i)) && isNumeral(p.word(i-1))
}

// addHalf adds the half of "two and a half" and of «مليون ونصف».
func (p *prose) addHalf(a *amount) {
	var end int
	switch next := p.word(a.last + 1); {
	case next == "and" && p.word(a.last+2) == "a" && p.word(a.last+3) == "half":
		end = a.last + 3
	case next == "ونصف":
		end = a.last + 1
	case units[next] != (measure{}) && p.word(a.last+2) == "ونصف": // «6 أمتار ونصف»
		a.value += 0.5
		return
	default:
		return
	}
	scale, scaled := known(scales, p.word(a.last))
	if !scaled {
		scale = 1
	}
	a.value, a.last = a.value+scale/2, end
	if again, ok := known(scales, p.word(end+1)); ok && scaled && again == scale {
		a.last = end + 1 // «مليون ونصف المليون»
	}
	if after, ok := scales[p.word(end+1)]; ok && !scaled {
		a.value, a.last = a.value*after, end+1
	}
}

// vague reports whether a word that may be a number is none: "one of them", «أحد», «ألف».
func (p *prose) vague(a *amount) bool {
	if a.first != a.last {
		return false
	}
	switch w := p.word(a.first); w {
	case "one", "واحد", "واحده", "الواحد", "الواحده", "واحدا", "بواحد", "والف", "الف":
		if w == "الف" || w == "والف" {
			return strings.HasPrefix(p.word(a.first+1), "ال") || a.first+1 >= len(p.terms)
		}
		u, measured := units[p.word(a.first+1)]
		return !measured || u == (measure{days, 1}) // "one day" is any
	}
	return false
}

// gluedNumber reads the digits of "COP28" and of "3.5bn", "26kg".
func (p *prose) gluedNumber(i int) (amount, bool) {
	w := p.word(i)
	if w == "" || inArabic(w) {
		return amount{}, false
	}
	a := amount{first: i, last: i}
	letters := strings.TrimLeft(w, "0123456789.")
	if digits := w[:len(w)-len(letters)]; digits != "" && letters != "" {
		v, err := strconv.ParseFloat(digits, 64)
		if scale, ok := gluedScales[letters]; ok && err == nil && (letters != "m" || strings.ContainsAny(p.gap(i), "$€£")) {
			a.value = v * scale
			return a, true
		}
		a.value, a.of = v, units[letters]
		a.glued = a.of == measure{}
		a.value *= max(a.of.base, 1)
		return a, err == nil
	}
	digits := strings.TrimLeftFunc(w, unicode.IsLetter)
	v, err := strconv.ParseFloat(digits, 64)
	a.value, a.glued = v, true
	return a, err == nil && digits != w && !math.IsInf(v, 0)
}

// roman reads the numeral of "Elizabeth II" and "Leo XIV".
func (p *prose) roman(i int) (amount, bool) {
	if i == 0 || !p.capital(i-1) {
		return amount{}, false
	}
	v := romanValue(p.written(i))
	return amount{first: i, last: i, value: float64(v), sort: ordinal, glued: true}, v > 0
}

// romanValue is a Roman numeral of two letters or more, and V and X; 0 for none.
func romanValue(s string) int {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
	if s == "I" || s == "" || len(s) > 6 || strings.Trim(s, "IVX") != "" {
		return 0
	}
	worth := map[byte]int{'I': 1, 'V': 5, 'X': 10}
	sum := 0
	for i := range len(s) {
		v := worth[s[i]]
		if i+1 < len(s) && worth[s[i+1]] > v {
			v = -v
		}
		sum += v
	}
	return max(sum, 0)
}

// special reads what holds a number without a word for it: "a dozen", "twice", «شهرين».
func (p *prose) special(i int) (amount, bool) {
	w := p.word(i)
	if v, ok := known(specials, w); ok {
		if scale, ok := scales[p.word(i+1)]; ok {
			return amount{first: i, last: i + 1, value: v * scale}, true
		}
		return amount{first: i, last: i, value: v, loose: groupings[strings.TrimPrefix(w, "ال")]}, true
	}
	if of, ok := known(dualMeasures, w); ok {
		a := amount{first: i, last: i, value: 2 * of.base, of: of}
		if p.word(i+1) == "ونصف" {
			a.value += of.base / 2
		}
		return a, true
	}
	if of, ok := known(dualNouns, w); ok {
		return amount{first: i, last: i, value: 2, counted: of}, true
	}
	if of, ok := units[w]; ok && (p.word(i-1) == "a" || p.word(i-1) == "an" || p.word(i-1) == "per") && p.counts(i) {
		return amount{first: i, last: i, value: of.base, of: of}, true // "for the first time in a decade"
	}
	return amount{}, false
}

// counts reports whether "a decade" is one, and no "a week later" or "twice a year".
func (p *prose) counts(i int) bool {
	return p.word(i) == "decade" || p.word(i) == "century"
}

// capital reports whether the i-th word begins with a capital.
func (p *prose) capital(i int) bool {
	if i < 0 || i >= len(p.terms) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.terms[i].Start:])
	return unicode.IsUpper(r)
}

func isNumeral(norm string) bool { return norm != "" && norm[0] >= '0' && norm[0] <= '9' }
