package figures

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

const (
	// reachBefore and reachBehind are within how many words of a number it is said what it
	// is of; an Arabic sentence begins with its verb.
	reachBefore, reachBeforeArabic, reachBehind = 7, 12, 6
	// mostFigures is how many numbers of a sentence are read at most, and mostTerms of how
	// many words: what has more is a table.
	mostFigures, mostTerms = 12, 200
	// nounWithin is within how many words behind a number its noun or unit stands.
	nounWithin = 3
)

// A reading is a sentence that is read.
type reading struct {
	s     string
	terms []text.Term
	known map[int]lexicon.Group // by first word, nil until they are asked for
}

// groups are what the lexicon knows of the sentence, by first word.
func (r *reading) groups(rd Reader) map[int]lexicon.Group {
	if r.known == nil {
		r.known = map[int]lexicon.Group{}
		for _, g := range rd.Lexicon.Groups(r.terms) {
			r.known[g.First] = g
		}
	}
	return r.known
}

func (r *reading) word(i int) string {
	if i < 0 || i >= len(r.terms) {
		return ""
	}
	return r.terms[i].Norm
}

// gap is what stands before the i-th word, or behind the last.
func (r *reading) gap(i int) string {
	switch {
	case i < 0 || i > len(r.terms) || len(r.terms) == 0:
		return ""
	case i == 0:
		return r.s[:r.terms[0].Start]
	case i == len(r.terms):
		return r.s[r.terms[i-1].End:]
	}
	return r.s[r.terms[i-1].End:r.terms[i].Start]
}

// breaks reports whether a mark parts the i-th word from the one before.
func (r *reading) breaks(i int) bool { return strings.ContainsAny(r.gap(i), ",;:،؛()—–\n") }

// any reports whether one of the words from first to last, both counted, is in a set.
func (r *reading) any(first, last int, words map[string]bool) bool {
	for i := max(first, 0); i <= min(last, len(r.terms)-1); i++ {
		if has(words, r.word(i)) {
			return true
		}
	}
	return false
}

// Sentence reads the figures of a sentence of a report: the index-th, before which those
// stand that come last in before, of which two are looked at. What tells of something other
// than the event that the report is of has none.
func (rd Reader) Sentence(report *Report, before []Line, sentence Line, index int) Statement {
	out := Statement{Report: report}
	if len(sentence.Terms) > mostTerms {
		return out
	}
	r := &reading{s: sentence.Text, terms: sentence.Terms}
	all := slices.DeleteFunc(r.numbers(), func(n number) bool { return r.named(n) && !r.year(n) && !r.dated(n) })
	if len(all) == 0 || len(all) > mostFigures || r.earlierYear(all, report) || rd.background(r, report, before, index) {
		return out
	}
	kinds, other := map[Kind]int{}, r.otherYear(all, report)
	for i := range all {
		f, ok := r.figure(all, i)
		if f.Thing.Role != "" {
			kinds[f.Kind()]++
		}
		if ok && (f.Kind() == OfMoney || !other) { // an agreement may be for years to come
			out.Figures = append(out.Figures, f)
		}
	}
	out.Figures = single(out.Figures, kinds)
	if len(out.Figures) == 0 {
		return out
	}
	out.days = report.happenings(r)
	where := rd.scope(r, report)
	for i := range out.Figures {
		out.Figures[i].scope = where
		if clause := r.tollClause(&out.Figures[i]); clause != nil {
			out.Figures[i].scope.within(rd, clause, report)
		}
	}
	return out
}

// tollClause is a sentence up to the mark behind a toll that was reached; what follows it
// happened elsewhere: "rose to 14, as rescuers searched in Zarand". It is nil for other
// figures.
func (r *reading) tollClause(f *Figure) *reading {
	if !f.Stated {
		return nil
	}
	rising := false
	for i := range r.terms {
		rising = rising || has(rises, r.word(i)) || reached[r.word(i)]
		if r.terms[i].Start >= f.End && r.breaks(i) {
			if !rising {
				return nil
			}
			return &reading{s: r.s, terms: r.terms[:i]}
		}
	}
	return nil
}

// single leaves out, in place, things that a sentence has several figures of: of each it
// would take more to say which is which. Of what only a question can tell the meaning of
// there may not even be another of the kind, whether it is fit or not.
func single(figures []Figure, kinds map[Kind]int) []Figure {
	several := func(f Figure) bool {
		return !f.Stated && kinds[f.Kind()] > 1 || slices.ContainsFunc(figures, func(o Figure) bool { return o.Start != f.Start && o.Thing == f.Thing })
	}
	var out []Figure
	for _, f := range figures {
		if !several(f) {
			out = append(out, f)
		}
	}
	return out
}

// otherYear reports whether a sentence names a year that is not the report's: it tells of
// something before.
func (r *reading) otherYear(all []number, report *Report) bool {
	return slices.ContainsFunc(all, func(n number) bool {
		return r.year(n) && report.Known && int(n.value) != report.Published.Year()
	})
}

// earlierYear reports whether a sentence names a year before the report's.
func (r *reading) earlierYear(all []number, report *Report) bool {
	return slices.ContainsFunc(all, func(n number) bool {
		return r.year(n) && report.Known && int(n.value) < report.Published.Year()
	})
}

// figure reads what the i-th of all numbers is of.
func (r *reading) figure(all []number, i int) (f Figure, ok bool) {
	n := all[i]
	low, high := 0, len(r.terms)
	if i > 0 {
		low = all[i-1].last + 1
	}
	if i > 0 && between(r, all[i-1], n) && r.rising(all[i-1]) { // "rose from 40 to 52"
		low = 0
	}
	if i+1 < len(all) {
		high = all[i+1].begin
	}
	if r.unfit(n) {
		return Figure{}, false
	}
	fit := !r.inRange(all, i) && !r.unsure(n, low, high)
	f = Figure{Value: n.value, step: n.step, Bound: n.bound, Start: r.terms[n.begin].Start, End: r.terms[n.last].End}
	if n.bound == Exactly && r.any(max(low, n.begin-reachBefore), n.begin-1, exceeding) {
		f.Bound = AtLeast
	}
	if r.begins(n) {
		f.Start = r.terms[n.first].Start - len(r.sign(n.first))
	}
	switch {
	case r.magnitude(n, low, high):
		f.Thing, f.Stated = Thing{Role: Magnitude}, true
		return f, fit && !r.any(n.begin-5, n.last+5, otherQuakes)
	case r.measured(n, low, high, &f):
		if !r.compound(all, i, &f) {
			return Figure{}, false
		}
		return f, fit
	}
	counts := r.counts(n, low, high, &f)
	if f.Stated && r.any(n.begin-6, n.last+6, would) { // who would die did not, though what would be built would cost
		return f, false
	}
	return f, fit && counts
}

var would = set("would")

// begins reports whether the sign of a currency is a part of what the number begins with.
func (r *reading) begins(n number) bool { return n.begin == n.first && r.sign(n.first) != "" }

// sign is the currency's that stands right before the i-th word.
func (r *reading) sign(i int) string {
	gap := r.gap(i)
	for sign, of := range signs {
		if of != "percent" && strings.HasSuffix(gap, string(sign)) {
			return string(sign)
		}
	}
	return ""
}

// measured reads a figure with a unit.
func (r *reading) measured(n number, low, high int, f *Figure) bool {
	u, end := r.unit(n, high)
	if u.of == "" {
		return false
	}
	f.Thing, f.Value, f.step = Thing{Role: Measured, Of: u.of}, f.Value*u.base, f.step*u.base
	f.End = max(f.End, end)
	if u.money() && r.yearly(n) {
		f.Thing.Per = "year"
	}
	if role, _, _ := r.nearest(n, low, high, subjects); role != "" {
		f.Thing.Role = role
	}
	return true
}

// yearly reports whether a number is of each year: "$8 billion a year", «سنويا».
func (r *reading) yearly(n number) bool {
	for k := n.last + 1; k <= n.last+3 && !r.breaks(k); k++ {
		if has(eachYear, r.word(k)) || (r.word(k) == "a" || r.word(k) == "per" || r.word(k) == "في") && has(years, r.word(k+1)) {
			return true
		}
	}
	return false
}

var (
	eachYear = set("annually yearly سنويا")
	years    = set("year السنة العام")
)

// compound adds the minutes of "two hours and 45 minutes", of which it reports the second
// number to be none of its own.
func (r *reading) compound(all []number, i int, f *Figure) bool {
	if f.Thing.Of != "time" {
		return true
	}
	at := all[i].begin - 1
	if w := r.word(at); w == "and" || w == "و" {
		at--
	}
	if r.oneBehind(at) {
		at--
	}
	if u := units[r.word(at)]; u.of == "time" && !r.breaks(all[i].begin) {
		if r.word(at-1) != "an" && r.word(at-1) != "a" && !arabic(r.word(at)) || i > 0 && all[i-1].last == at-1 || r.dual(at) {
			return false
		}
		f.Value, f.Start = f.Value+u.base, r.terms[at].Start
	}
	if i+1 == len(all) || all[i+1].begin-all[i].last > 3 {
		return true
	}
	u, end := r.unit(all[i+1], len(r.terms))
	if own, _ := r.unit(all[i], len(r.terms)); u.of == "time" && u.base < own.base && r.any(all[i].last+1, all[i+1].begin-1, joints) {
		f.Value, f.step, f.End = f.Value+all[i+1].value*u.base, u.base, end
	}
	return true
}

var joints = set("and و")

// unit returns the unit of a number and where it ends in the sentence.
func (r *reading) unit(n number, high int) (u unit, end int) {
	behind := r.gap(n.last + 1)
	at := r.terms[n.last].End
	trimmed := strings.TrimLeft(behind, " ")
	for sign, of := range signs {
		switch {
		case strings.HasPrefix(trimmed, string(sign)):
			return unit{of, 1}, at + len(behind) - len(trimmed) + len(string(sign))
		case of != "percent" && strings.HasSuffix(r.gap(n.first), string(sign)):
			return unit{of, 1}, at
		}
	}
	if r.dual(n.last) {
		return units[r.word(n.last)], at
	}
	if glued := strings.TrimLeft(r.word(n.last), "0123456789.,"); n.first == n.last && glued != "" && glued != r.word(n.last) {
		return units[glued], at
	}
	next := r.word(n.last + 1)
	if (next == "per" || next == "في") && n.last+2 < len(r.terms) && (r.word(n.last+2) == "cent" || has(hundredth, r.word(n.last+2))) {
		return unit{"percent", 1}, r.terms[n.last+2].End
	}
	for k := n.last + 1; k < min(high, n.last+1+nounWithin) && !r.breaks(k); k++ {
		u, ok := units[r.word(k)]
		if ok && (k == n.last+1 || u.money()) {
			return u, r.terms[k].End
		}
	}
	return unit{}, 0
}

// hundredth follow «في».
var hundredth = set("المئة المائة المية")

// counts reads a figure that counts something.
func (r *reading) counts(n number, low, high int, f *Figure) bool {
	role, at, clear := r.nearest(n, low, high, fates)
	if !clear {
		return false
	}
	of, nounAt := r.noun(n, high)
	if nounAt > n.last {
		f.End = r.terms[nounAt].End
	}
	if role == "" {
		f.Thing = Thing{Role: Counted, Of: of}
		return of != "" && n.value > 1
	}
	if of == "" {
		if !r.close(n, at) {
			return false
		}
		of = r.nounBeside(at)
		if at > n.last && at <= n.last+2 {
			f.End = r.terms[at].End
		}
	}
	if of == "cases" && at > n.last { // «17 حالة وفاة»
		of, f.End = crowd, r.terms[at].End
	}
	f.Thing, f.Stated = Thing{Role: role, Of: of}, true
	if role == Killed && r.further(n, nounAt) || r.any(n.last+1, n.last+3, fresh) || role == Injured && r.any(0, len(r.terms)-1, infections) {
		return false
	}
	return !inanimate[of] || role == Destroyed || role == Damaged || role == Affected
}

// further reports whether a number is of those that come on top of others.
func (r *reading) further(n number, nounAt int) bool {
	return r.any(n.begin-2, n.begin-1, additional) || r.any(n.last+1, max(nounAt, n.last)+1, additional)
}

// close reports whether what is said of a number that stands without a noun is said right
// beside it: "the toll rose to 40", but not "deaths among those over 60".
func (r *reading) close(n number, at int) bool {
	if at > n.last {
		return at-n.last <= closeBy
	}
	return n.begin-at <= closeBy || has(reaching, r.word(n.begin-1))
}

// closeBy is within how many words something stands right beside a number.
const closeBy = 3

var (
	reaching   = set(`to at reached reaching stood stands إلى بلغ بلغت عند`)
	fresh      = set(`new جديد جديدة`)
	infections = set(`virus infection infections coronavirus covid cholera ebola flu فيروس كورونا كوفيد كوليرا الكوليرا إيبولا عدوى مرض وباء حالة حالات`)
)

var additional = set(`another further additional extra more others other آخرين آخرون أخرى إضافيين إضافية`)

// noun returns what the number counts and where that stands; "" when it stands alone. What
// both languages have a common name for goes by it, all else by its stem.
func (r *reading) noun(n number, high int) (of string, at int) {
	if r.dual(n.last) {
		return nouns[r.word(n.last)], n.last
	}
	for k := n.last + 1; k < min(high, n.last+1+nounWithin) && !r.breaks(k); k++ {
		if concept, ok := lookUp(nouns, r.word(k)); ok {
			return concept, k
		}
		if r.terms[k].Stop {
			break
		}
		if _, fate := lookUp(fates, r.word(k)); fate {
			return "", 0
		}
		if arabic(r.word(k)) && strings.HasPrefix(r.word(k), "ال") {
			break // what is counted is indefinite
		}
		if of == "" || !arabic(r.word(k)) { // the last of English nouns is the head, the first of Arabic ones
			of, at = "?"+r.terms[k].Stem, k
		}
	}
	return of, at
}

// nounBeside returns of whom a word like "deaths" tells, by the word beside it.
func (r *reading) nounBeside(at int) string {
	for _, k := range [...]int{at - 1, at + 1, at + 2} {
		if concept, ok := lookUp(nouns, r.word(k)); ok && concept != crowd {
			return concept
		}
	}
	return crowd
}

// magnitude reports whether a number is how strong an earthquake was.
func (r *reading) magnitude(n number, low, high int) bool {
	if n.value >= 10 || !r.any(0, len(r.terms)-1, quakes) {
		return false
	}
	if r.any(max(low, n.begin-3), n.begin-1, magnitudes) || r.any(n.last+1, min(high-1, n.last+1), magnitudes) {
		return true
	}
	return units[r.word(n.last+1)].of == "degrees" && r.any(low, n.begin-1, strengths)
}
