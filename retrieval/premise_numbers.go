package retrieval

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/figures"
)

// A figure is a number that a text names.
type figure struct {
	value       string // as [text.Numbers] has it
	spelled     bool   // in words
	first, last int    // the terms that name it
	clock       bool   // of a time of day, or a score
	day         bool   // of a date
	sentence    int    // of the article
}

// ordinalWords are Arabic ordinals without article and endings: behind one a number is a
// part of it, as in «الثالث عشر».
var ordinalWords = set(text.Normalize(`الحادي الحادية الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة السادس السادسة السابع السابعة الثامن الثامنة التاسع التاسعة
	حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع first second third fourth fifth sixth seventh eighth ninth`))

// figuresIn returns the numbers of a text, in order.
func figuresIn(s string, terms []text.Term) (found []figure) {
	for i := 0; i < len(terms); i++ {
		if !text.NumberWord(terms[i].Norm) {
			continue
		}
		first := i
		for i+1 < len(terms) && goesOnNumber(s, terms, i) {
			i++
		}
		for !text.NumberWord(terms[i].Norm) {
			i--
		}
		if isOrdinal(terms, first, i) {
			continue
		}
		f := figure{first: first, last: i, spelled: !isDigit(terms[first].Norm[0]), clock: besideColon(s, terms[first], terms[i]), day: besideMonth(s, terms, first, i)}
		for _, f.value = range text.Numbers(s[terms[first].Start:terms[i].End]) {
			found = append(found, f)
		}
	}
	return found
}

// isOrdinal reports whether the words of a number are a part of an ordinal: «الثالث عشر»,
// "twenty-first", «السابع والستون بعد المئتين».
func isOrdinal(terms []text.Term, first, last int) bool {
	if last+1 < len(terms) && ordinalWords[terms[last+1].Norm] {
		return true
	}
	if first == 0 {
		return false
	}
	before := terms[first-1].Norm
	return ordinalWords[before] || before == "بعد" && strings.HasPrefix(terms[first].Norm, "ال")
}

// goesOnNumber reports whether the word behind the i-th belongs to the same number: "two
// thousand and three", «10 آلاف و500».
func goesOnNumber(s string, terms []text.Term, i int) bool {
	between := s[terms[i].End:terms[i+1].Start]
	letters := func(k int) bool {
		r, _ := utf8.DecodeRuneInString(terms[k].Norm)
		return unicode.IsLetter(r)
	}
	hyphened := between == "-" && letters(i) && letters(i+1)
	if strings.TrimSpace(between) != "" && !hyphened {
		return false
	}
	next := terms[i+1].Norm
	and := (next == "and" || next == "و") && i+2 < len(terms) && text.NumberWord(terms[i+2].Norm)
	return and || text.NumberWord(next) && (letters(i) || letters(i+1))
}

// besideColon reports whether a number is one of two with a colon between.
func besideColon(s string, first, last text.Term) bool {
	before, after := s[:first.Start], s[last.End:]
	return len(before) > 1 && before[len(before)-1] == ':' && isDigit(before[len(before)-2]) ||
		len(after) > 1 && after[0] == ':' && isDigit(after[1])
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// besideMonth reports whether a number stands beside the name of a month.
func besideMonth(s string, terms []text.Term, first, last int) bool {
	return first > 0 && monthAt(s, terms, first-1) != 0 || last+1 < len(terms) && monthAt(s, terms, last+1) != 0
}

// figures returns the numbers of the article.
func (w *witness) figures() []figure {
	if w.numbers == nil {
		w.numbers = []figure{}
		for i, s := range w.sentences {
			for _, f := range figuresIn(s.text, s.terms) {
				f.sentence = i
				w.numbers = append(w.numbers, f)
			}
		}
	}
	return w.numbers
}

// numbered reports whether the article has a number, whatever it counts.
func (w *witness) numbered(value string) bool {
	return slices.ContainsFunc(w.figures(), func(f figure) bool { return f.value == value })
}

// leastSaid is the least number that is looked for: "one" and "two" are said in many ways.
const leastSaid = 3

// barely is the least number that is looked for where it counts nothing: "3rd and nine".
const barely = 10

// presumedNumbers returns the numbers of a question, but for days and years.
func (e *Engine) presumedNumbers(q *query, terms []text.Term) (taken []presumed) {
	roles := figures.Roles(terms)
	for _, f := range figuresIn(q.text, terms) {
		v, err := strconv.ParseFloat(f.value, 64)
		if err != nil || f.day || v < leastSaid || q.inName(f.first) || f.anyhow(terms) {
			continue
		}
		context := q.contextOf(f, terms)
		counts := f.last+1 < len(terms) && !terms[f.last+1].Stop && q.text[terms[f.last].End:terms[f.last+1].Start] == " "
		numbers := q.numbersName(f, terms)
		if !f.tells(v) && !counts && !numbers && (f.spelled || v < barely) {
			continue
		}
		p := presumed{f.first, f.last, -1, func(w *witness) bool {
			return w.holdsNumber(f, v, context, numbers) || w.holdsRole(f, roles)
		}}
		if counts && !priced(q.text, terms[f.first]) {
			p.last++ // "nine points"
		}
		taken = append(taken, p)
	}
	return taken
}

// anyhow reports whether a number is no more than a way of speaking: "the three parts", of
// which a report says one after the other, «الأجزاء الثلاثة», "the 80s", and «ألف» alone,
// which is a verb, too.
func (f *figure) anyhow(terms []text.Term) bool {
	norm := terms[f.first].Norm
	single := f.first == f.last
	switch {
	case f.spelled && single && (strings.HasPrefix(norm, "ال") || norm == text.Normalize("ألف")):
		return true
	case f.spelled && single && f.first > 0 && terms[f.first-1].Norm == "the":
		return true
	}
	return !f.spelled && strings.HasSuffix(norm, "s")
}

// tells reports whether a number is found by itself: smaller ones stand in every article.
func (f *figure) tells(v float64) bool { return v >= tellingNumber || strings.Contains(f.value, ".") }

// numbersName reports whether a number is a part of the name before it, as in
// "Chandrayaan-3" and «كوب 28».
func (q *query) numbersName(f figure, terms []text.Term) bool {
	if f.first == 0 || f.spelled || terms[f.first-1].Stop {
		return false
	}
	before := terms[f.first-1]
	switch q.text[before.End:terms[f.first].Start] {
	case "-":
		return capitalAt(q.text, before.Start) || arabic(before.Norm)
	case " ":
		return capitalAt(q.text, before.Start) && f.first > 1 || arabic(before.Norm)
	}
	return false
}

// inName reports whether a term is a year or stands in a phrase that the lexicon has.
func (q *query) inName(term int) bool {
	return slices.ContainsFunc(q.groups, func(g group) bool {
		return g.first <= term && term <= g.last && (g.year != 0 || g.first < g.last)
	})
}

// contextOf returns the groups that stand next to a number.
func (q *query) contextOf(f figure, terms []text.Term) (groups []int) {
	for i := range q.groups {
		g := &q.groups[i]
		if between(terms, g.last, f.first) || between(terms, f.last, g.first) {
			groups = append(groups, i)
		}
	}
	return groups
}

// between reports whether of two terms the first stands before the second, and none but
// function words are between them.
func between(terms []text.Term, a, b int) bool {
	if a >= b {
		return false
	}
	for k := a + 1; k < b; k++ {
		if !terms[k].Stop {
			return false
		}
	}
	return true
}

// Numbers from telling on, and decimals, are found by themselves; smaller ones must count
// the same. What is round stands for what is as near to it.
const (
	tellingNumber = 100
	roundedTo     = 0.02
	roundDigits   = 3
)

// holdsNumber reports whether the article has a number of the question, a small one next
// to a word that it stands next to there; in another language, where many words may do
// so, only when it is a part of a name.
func (w *witness) holdsNumber(f figure, v float64, context []int, name bool) bool {
	tells := f.tells(v) || f.clock || len(context) == 0
	across := w.language != w.query.lang
	for _, own := range w.figures() {
		if own.value == f.value && (tells || !own.day && (across && !name || w.beside(own, context))) {
			return true
		}
		if tells && isRound(f.value) && aboutEqual(own.value, v) {
			return true
		}
	}
	return w.long || name && w.words[roman(int(v))]
}

// roman is a number below fifty as English writes it behind a name, in lower case: "Super
// Bowl XXXIII"; "" for another.
func roman(n int) string {
	if n < 1 || n >= 50 {
		return ""
	}
	tens := [...]string{"", "x", "xx", "xxx", "xl"}
	ones := [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	return tens[n/10] + ones[n%10]
}

// holdsRole reports whether the article has a number that counts nothing where it stands, in
// a sentence that tells of what the question asks for: "the death toll rose to 14 on Sunday"
// is of 14 people.
func (w *witness) holdsRole(f figure, roles []figures.Role) bool {
	for _, own := range w.figures() {
		if own.value != f.value || own.day || own.clock {
			continue
		}
		s := &w.sentences[own.sentence]
		if s.counts(own.last) {
			continue
		}
		if w.shares(s, 2) || slices.ContainsFunc(roles, func(role figures.Role) bool { return s.tells(role) }) {
			return true
		}
	}
	return false
}

// timesOfDay begin what is said of when, normalised: «إلى 14 يوم الأحد» counts no days.
var timesOfDay = set(text.Normalize("يوم صباح مساء ليلة ظهر عصر فجر early late"))

// shares reports whether a sentence has so much that tells what the question asks about.
func (w *witness) shares(s *spokenSentence, least int) bool {
	words := wordSet(s.terms)
	for _, i := range w.others(-1) {
		if w.query.groups[i].saidIn(words) {
			least--
		}
	}
	return least <= 0
}

// counts reports whether what a number counts stands behind it.
func (s *spokenSentence) counts(number int) bool {
	if number+1 >= len(s.terms) {
		return false
	}
	next := s.terms[number+1]
	return !next.Stop && !dayNames[next.Norm] && !timesOfDay[next.Norm] && strings.TrimSpace(s.text[s.terms[number].End:next.Start]) == ""
}

// tells reports whether a sentence has a word that tells of what a number is.
func (s *spokenSentence) tells(role figures.Role) bool {
	return slices.ContainsFunc(s.terms, func(t text.Term) bool { return slices.Contains(figures.Stems(role), t.Stem) })
}

// priced reports whether the sign of a currency stands before a number.
func priced(s string, number text.Term) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:number.Start])
	return unicode.Is(unicode.Sc, r)
}

// isRound reports whether a number has few digits but zeros.
func isRound(value string) bool {
	return len(strings.TrimRight(value, "0")) <= roundDigits && !strings.Contains(value, ".")
}

func aboutEqual(value string, v float64) bool {
	own, err := strconv.ParseFloat(value, 64)
	return err == nil && math.Abs(own-v) <= roundedTo*v
}

// beside reports whether a number of the article stands within three words of one that
// says what one of some groups of the question says.
func (w *witness) beside(f figure, groups []int) bool {
	const within = 3
	s := w.sentences[f.sentence]
	for _, step := range [...]int{-1, 1} {
		i := f.first
		if step > 0 {
			i = f.last
		}
		for n := 0; n < within; {
			if i += step; i < 0 || i >= len(s.terms) {
				break
			}
			if s.terms[i].Stop {
				continue
			}
			n++
			if w.comesNear(s.terms[i], groups) {
				return true
			}
		}
	}
	return false
}

// comesNear reports whether a word of the article says, or means something like, one of some groups
// of the question.
func (w *witness) comesNear(t text.Term, groups []int) bool {
	q := w.query
	covers := q.coverer.cover(map[string]bool{t.Stem: true})
	var alike []float64
	if q.alike != nil {
		alike = q.alike.word(w.language, t.Stem)
	}
	from := nearFrom
	if w.language != q.lang {
		from = acrossFrom
	}
	return slices.ContainsFunc(groups, func(i int) bool {
		return covers[i] > 0 || i < len(alike) && alike[i] >= from
	})
}
