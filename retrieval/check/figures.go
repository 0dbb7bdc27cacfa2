package check

import (
	"context"
	"slices"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// numbers looks for every number of a claim in what it cites: the same value of the same
// thing.
func (c *Checker) numbers(_ context.Context, claim Claim) (Fault, error) {
	p := c.prose(claim.Text, claim.Language)
	bridge, inTime := c.bridge(p), c.dated(p, claim.Sources...)
	own := p.amounts(func(i int) bool { return inTime(i) || bridge.inPhrase(i) })
	switch {
	case len(own) == 0:
		return Fault{}, nil
	case len(own) > mostClaimed:
		return Fault{Kind: Number}, nil // a table, which nobody can check
	}
	var told []toldAmounts
	for _, s := range claim.Sources {
		for i, q := range c.proses(s) {
			told = append(told, toldAmounts{q, q.amounts(c.dated(q, s)), i == 0, q.years(s.Published)})
		}
	}
	for i := range own {
		wrong := !bridge.borneOut(&own[i], own, told)
		for k := 0; k < i && !wrong; k++ {
			wrong = bridge.swapped(&own[k], &own[i], told) || bridge.doubled(&own[k], &own[i], own, told)
		}
		wrong = wrong || i > 0 && own[i].paired && !scored(&own[i-1], &own[i], told)
		if wrong {
			return Fault{Number, p.s[p.terms[own[i].first].Start:p.terms[own[i].last].End]}, nil
		}
	}
	return Fault{}, nil
}

// mostClaimed is how many numbers a sentence has at most.
const mostClaimed = 20

// A toldAmounts is what numbers a source has.
type toldAmounts struct {
	in    *prose
	all   []amount
	title bool  // it sums up what the passage need not have: no number of it takes the place of another
	years []int // that it names, and that of its publication
}

// dated returns which terms of a text belong to its dates. Times that are counted, "ten
// years ago", are left to the numbers.
func (c *Checker) dated(p *prose, sources ...Source) func(term int) bool {
	taken := make([]bool, len(p.terms)+1)
	for _, s := range sources {
		for _, x := range c.times(p, s) {
			first, last := p.span(x.Start, x.End)
			if first < 0 || p.isAmount(first, last) || p.countsBack(x, first, last) {
				continue
			}
			for i := first; i <= last; i++ {
				taken[i] = true
			}
		}
	}
	for _, d := range p.monthDays() {
		for i := d.at; i <= d.last; i++ {
			taken[i] = true
		}
	}
	for i := range p.terms {
		taken[i] = taken[i] || p.yearAt(i) != 0
	}
	return func(term int) bool { return term >= 0 && term < len(p.terms) && taken[term] }
}

// countsBack reports whether a time is a number of days, months or years before or after
// another.
func (p *prose) countsBack(x dates.Expression, first, last int) bool {
	if !x.Relative {
		return false
	}
	for i := first; i <= last; i++ {
		if _, dual := known(dualMeasures, p.word(i)); dual {
			return true
		}
		if u, ok := known(units, p.word(i)); ok && u.sort == days && (p.numbered(i-1) || p.numbered(i+1)) {
			return true
		}
	}
	return false
}

// isAmount reports whether what may be a year is a number: "about 2000 workers".
func (p *prose) isAmount(first, last int) bool {
	return first == last && len(p.word(first)) == 4 && isNumeral(p.word(first)) && p.yearAt(first) == 0
}

// numbered reports whether the i-th word is a number.
func (p *prose) numbered(i int) bool { return text.NumberWord(p.word(i)) }

// yearAt is the year that the i-th word is: four digits that count nothing; 0 for none.
func (p *prose) yearAt(i int) int {
	w := p.word(i)
	if len(w) != 4 || (w[0] != '1' && w[0] != '2') || p.written(i) != w && len(p.written(i)) == 5 {
		return 0
	}
	year := 0
	for _, r := range w {
		if r < '0' || r > '9' {
			return 0
		}
		year = year*10 + int(r-'0')
	}
	a := amount{first: i, last: i}
	if year < 1000 || year > 2100 || p.unit(&a, len(p.terms)) != (measure{}) || p.boundBefore(i) != exactly {
		return 0
	}
	return year
}

// borneOut reports whether the sources have an amount of a claim, and no other one in its
// place.
func (b *bridge) borneOut(a *amount, own []amount, told []toldAmounts) bool {
	var others []nearness
	here, found, rivals := nearness{}, false, false
	fated, fate := false, false // fate: another one met with what the claim says of this one
	for _, t := range told {
		for i := range t.all {
			switch o := &t.all[i]; {
			case a.sameAs(o):
				here.add(b.nearness(a, t.in, o))
				found, fated = true, fated || o.fate == a.fate
			case a.comparable(o) && !t.title:
				near := b.nearness(a, t.in, o)
				rivals = rivals || near.total() >= besideIt
				if !slices.ContainsFunc(own, func(x amount) bool { return x.sameAs(o) }) {
					fate = fate || a.fate != "" && o.fate == a.fate
					if a.of.sort == o.of.sort && (a.counted == o.counted || o.counted == "") {
						others = append(others, near)
					}
				}
			}
		}
	}
	switch {
	case !found:
		return a.loose || a.saidOtherwise(rivals, told)
	case fate && !fated:
		return false
	}
	return !a.placed() || !slices.ContainsFunc(others, func(o nearness) bool { return here.outdone(o, strayFactor, strayMargin) })
}

// swapped reports whether two numbers of a claim stand in each other's place: the sources
// say of each what the claim says of the other.
func (b *bridge) swapped(x, y *amount, told []toldAmounts) bool {
	if x.value == y.value || !x.comparable(y) || !x.placed() || !y.placed() || b.p.outOf(x, y) {
		return false
	}
	best := func(a, like *amount) float64 {
		near := 0.0
		for _, t := range told {
			for i := range t.all {
				if o := &t.all[i]; like.sameAs(o) && (a == like || a.comparable(o)) {
					near = max(near, b.nearness(a, t.in, o).total())
				}
			}
		}
		return near
	}
	straight, crossed := best(x, x)+best(y, y), best(x, y)+best(y, x)
	return crossed > straight*swapFactor+swapMargin
}

// outOf reports whether two numbers stand together as "419.8 out of 500": what stands around
// is of both.
func (p *prose) outOf(x, y *amount) bool {
	const most = 3
	if y.first-x.last > most {
		return false
	}
	for k := x.last + 1; k < y.first; k++ {
		if w := p.word(k); w == "of" || w == "من" {
			return true
		}
	}
	return false
}

// placed reports whether a number has its place in what is told: "first", "both" and
// "doubled" are said of anything.
func (a *amount) placed() bool {
	const few = 2
	return a.sort != part && (a.value > few || a.of != (measure{}))
}

// doubled reports whether one of two numbers of a claim that are alike took the place of
// another: the sources have theirs once, and one beside it that the claim has not.
func (b *bridge) doubled(x, y *amount, own []amount, told []toldAmounts) bool {
	if x.value != y.value || !x.comparable(y) || !x.placed() {
		return false
	}
	same, rival := 0, false
	for _, t := range told {
		for i := range t.all {
			switch o := &t.all[i]; {
			case y.sameAs(o):
				same++
			case y.comparable(o) && !slices.ContainsFunc(own, func(a amount) bool { return a.sameAs(o) }):
				near := max(b.nearness(x, t.in, o).total(), b.nearness(y, t.in, o).total())
				rival = rival || near >= besideIt
			}
		}
	}
	return same == 1 && rival
}

// besideIt is from which nearness on a number stands beside the same words.
const besideIt = 0.5

// scored reports whether a score or range of a claim is one of the sources, whichever side
// it names first. Where they have none it may be told in words.
func scored(x, y *amount, told []toldAmounts) bool {
	pairs, loose := false, [2]bool{}
	for _, t := range told {
		for i := range t.all {
			o := &t.all[i]
			if i > 0 && o.paired {
				pairs = true
				before := &t.all[i-1]
				if x.value == before.value && y.value == o.value || x.value == o.value && y.value == before.value {
					return true
				}
				continue
			}
			if i+1 < len(t.all) && t.all[i+1].paired {
				continue
			}
			if o.counted == "goals" {
				loose[0], loose[1] = loose[0] || o.value == x.value, loose[1] || o.value == y.value
			}
		}
	}
	one := anySays(told, ones)
	return !pairs || (loose[0] || x.value == 1 && one) && (loose[1] || y.value == 1 && one)
}

var ones = text.WordSet("one واحد واحدة")

// How much nearer than the number itself another of the source must stand to the words
// around a number of the claim to be what belongs there; and two of the claim to the words
// around each other.
const (
	strayFactor, strayMargin = 1.5, 0.4
	swapFactor, swapMargin   = 1.3, 0.25
)
