package check

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// sameAs reports whether an amount of a source bears out one of a claim.
func (a *amount) sameAs(o *amount) bool {
	if a.sort == clock || o.sort == clock {
		return a.sameTime(o)
	}
	if !a.sameSort(o) || a.conflicts(o) {
		return false
	}
	if a.bound == atLeast && o.bound == atMost || a.bound == atMost && o.bound == atLeast {
		return false
	}
	for _, x := range a.readings() {
		for _, y := range o.readings() {
			if x.equals(&y) {
				return true
			}
		}
	}
	return false
}

// readings are what a number may be: as it stands, and with the scale of its range.
func (a *amount) readings() []amount {
	if a.also == 0 {
		return []amount{*a}
	}
	scaled := *a
	scaled.value = a.also
	return []amount{*a, scaled}
}

func (a *amount) sameTime(o *amount) bool {
	if a.sort != o.sort || a.half != o.half && a.half != anyHalf && o.half != anyHalf {
		return false
	}
	const hour = 60
	return a.value == o.value || a.whole && math.Floor(o.value/hour)*hour == a.value || a.bound == about && math.Abs(a.value-o.value) <= hour/6
}

// sameSort reports whether two numbers may say the same: an ordinal is another ordinal, but
// for what numbers a name.
func (a *amount) sameSort(o *amount) bool {
	const few = 10
	switch {
	case a.sort == o.sort, a.glued, o.glued:
		return true
	case a.sort == ordinal && o.sort == cardinal:
		return o.label || a.value > few
	case a.sort == cardinal && o.sort == ordinal:
		return a.label || a.value > few // "31 members" of "the 31st member"
	}
	return a.sort == part && o.of.sort == percents || o.sort == part && a.of.sort == percents
}

// conflicts reports whether two numbers are surely of different things.
func (a *amount) conflicts(o *amount) bool {
	none := measure{}
	switch {
	case a.of != none && o.of != none:
		soft := a.of.sort == points && o.of.sort == percents || a.of.sort == percents && o.of.sort == points
		return a.of.sort != o.of.sort && !soft
	case a.of.sort == degrees || o.of.sort == degrees: // of magnitude 6.8, or 6.8 degrees
		return a.counted != "" || o.counted != ""
	case a.of != none && (o.counted != "" || o.noun), o.of != none && (a.counted != "" || a.noun):
		return true
	case a.counted != "" && o.counted != "" && a.counted != o.counted:
		return true
	case a.counted != "" && o.value != math.Trunc(o.value), o.counted != "" && a.value != math.Trunc(a.value):
		return a.sort != part && o.sort != part // nobody counts six and a half of them
	}
	return a.fate != "" && o.fate != "" && a.fate != o.fate
}

// equals reports whether a value of a source bears out one of a claim: it is the same, or
// an honest rounding that the claim calls one.
func (a *amount) equals(o *amount) bool {
	const (
		exact   = 1e-9
		units   = 0.01 // of what is told in another unit
		months  = 0.025
		rounded = 0.05
		beyond  = 0.12 // what is "more than 80,000" has less than an eighth more
	)
	x, y, base := a.value, o.value, 1.0
	switch {
	case a.of == (measure{}) && o.of != (measure{}):
		y /= o.of.base
	case o.of == (measure{}) && a.of != (measure{}):
		x /= a.of.base
	case a.of != (measure{}):
		base = a.of.base
	}
	if a.sort == part || o.sort == part {
		return math.Abs(share(a)-share(o)) < 0.01
	}
	gap := math.Abs(x - y)
	switch {
	case gap <= exact*x, a.of != o.of && gap <= units*x, a.of.sort == days && a.of != o.of && o.of.sort == days && gap <= months*x:
		return true
	case precision(x/base) >= precision(y/base):
		return false // it is no rounder
	case a.bound == about:
		return gap <= rounded*y
	case a.bound == atLeast:
		return x <= y && gap <= beyond*y
	case a.bound == atMost:
		return x >= y && gap <= beyond*y
	}
	return false
}

// precision is how many digits of a number are no zeros at its end.
func precision(v float64) int {
	digits := strconv.FormatFloat(v, 'f', -1, 64)
	return len(strings.Trim(strings.Replace(digits, ".", "", 1), "0"))
}

// share is a part of one: of a percentage a hundredth.
func share(a *amount) float64 {
	if a.of.sort == percents {
		return a.value / 100
	}
	return a.value
}

// comparable reports whether a number of a source, another one, may be what belongs in the
// place of one of the claim.
func (a *amount) comparable(o *amount) bool {
	return a.sort == o.sort && a.glued == o.glued && !a.conflicts(o)
}

// saidOtherwise reports whether a small number may be said without a word for it: "the two
// men", "the first", of those that are named.
func (a *amount) saidOtherwise(rivals bool, told []toldAmounts) bool {
	const few = 2
	switch {
	case a.sort == ordinal && a.value == 1:
		return !rivals || anySays(told, firsts)
	case a.sort == cardinal && a.value <= few && a.of == (measure{}) && !a.digits:
		return !rivals || anySays(told, pairs)
	case a.of == (measure{days, year}):
		return !rivals && slices.ContainsFunc(told, func(t toldAmounts) bool { return apart(t.years, int(a.value/year)) })
	case a.sort == cardinal && a.counted != "" && !a.digits:
		return slices.ContainsFunc(told, func(t toldAmounts) bool { return t.in.lists(int(a.value)) })
	}
	return false
}

// apart reports whether two years lie so far from each other: "their first title in 36
// years" of one since 1986.
func apart(years []int, n int) bool {
	return slices.ContainsFunc(years, func(y int) bool { return n > 0 && slices.Contains(years, y+n) })
}

// years are those that a text names, with that of its publication when that is known.
func (p *prose) years(published corpus.Date) (all []int) {
	if !published.IsZero() {
		all = append(all, published.Time.Year())
	}
	for i := range p.terms {
		if y := p.yearAt(i); y != 0 {
			all = append(all, y)
		}
	}
	return all
}

// lists reports whether a text has so many things one after the other: "Egypt, Iran and
// China", «سوريا والأردن ومصر».
func (p *prose) lists(n int) bool {
	const least, mostWords = 3, 4
	if n < least {
		return false
	}
	for i := range p.terms {
		items, words, closed := 1, 0, false
		for k := i + 1; k < len(p.terms) && !p.ends(k) && !closed; k++ {
			and := p.word(k) == "and"
			switch {
			case inArabic(p.word(k)) && strings.HasPrefix(p.word(k), "و") && p.spaced(k) && words < 2:
				items, words = items+1, 0
			case and || strings.HasPrefix(p.gap(k), ","):
				items, words, closed = items+1, 0, and
			default:
				words++
			}
			if words >= mostWords {
				break
			}
		}
		if items == n {
			return true
		}
	}
	return false
}

func anySays(told []toldAmounts, words map[string]bool) bool {
	return slices.ContainsFunc(told, func(t toldAmounts) bool {
		return slices.ContainsFunc(t.in.terms, func(w text.Term) bool { return words[w.Norm] })
	})
}

var (
	firsts = text.WordSet("never before unprecedented يسبق سبق قبل جديد جديدة")
	pairs  = text.WordSet("both two pair كلا كلاهما البلدين البلدان الجانبين الجانبان الطرفان الطرفين الرئيسان الرئيسين الزعيمان الزعيمين الفائزان الفائزين الباحثان")
)
