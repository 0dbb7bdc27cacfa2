// Package figures reads the figures of news reports, in Arabic and in English, and tells
// whether two reports of one event give one of them differently: "killed at least 2,900
// people" and «أسفر عن مقتل ألفي شخص».
//
// Begin with [Reader]: [Reader.Report] reads what a report is about, [Reader.Sentence] the
// figures of one of its sentences, and [Compare] sets two figures side by side. All of it
// would rather miss a disagreement than invent one.
package figures

import (
	"slices"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A Relation is how two figures stand to each other.
type Relation int

// The relations.
const (
	Unrelated Relation = iota // not of the same thing, or nobody can tell
	Agree                     // both may be true as they stand, rounding allowed
	Differ
)

// A Thing is what a figure tells of: a role such as [Killed], and of whom or of what.
type Thing struct {
	Role Role
	// Of is the noun that is counted, the unit that is measured, or the currency.
	Of string
	// Per is "year" of money that is paid or earned each year, else empty.
	Per string
}

// A Figure is a number in a sentence with what it tells of.
type Figure struct {
	Thing Thing
	// Value is in the unit's base: minutes, metres, kilograms, square metres.
	Value float64
	Bound Bound
	// Start and End are bytes of the sentence: the number, with the words that bound it
	// before and its noun or unit behind.
	Start, End int
	// Stated says that the words alone say what the figure is of, such as "killed": of
	// others, such as "six countries", only a question can tell that they mean the same.
	Stated bool

	step  float64 // half of it is how far rounding may have moved the value
	scope scope
}

// A Reader reads figures. It is safe for concurrent use as long as its parts are.
type Reader struct {
	Analyzer *text.Analyzer
	Lexicon  *lexicon.Lexicon
}

// Compare sets side by side two figures of two reports of one event, which the caller has
// made sure of by [Report.SameEvent]. asked says that both sentences tell what one
// question asks for, so that figures that are not [Figure.Stated] may be compared, too.
func Compare(a, b *Statement, x, y *Figure, asked bool) Relation {
	if !asked && (!x.Stated || !y.Stated) || !sameThing(x, y) && (!asked || !x.alike(y)) {
		return Unrelated
	}
	if !a.sameScope(b, x, y) {
		return Unrelated
	}
	if agree(x, y) {
		return Agree
	}
	return Differ
}

// sameThing reports whether two figures count or measure the same.
func sameThing(x, y *Figure) bool { return x.Thing == y.Thing }

// alike reports whether two amounts of money are of the same as far as they say of what:
// one of them may not.
func (f *Figure) alike(o *Figure) bool {
	if f.Kind() != OfMoney || f.Thing.Of != o.Thing.Of || f.Thing.Per != o.Thing.Per {
		return false
	}
	return f.Thing.Role == Measured || o.Thing.Role == Measured
}

// A Statement is a sentence of a report with its figures.
type Statement struct {
	Report  *Report
	Figures []Figure

	days []int // that the sentence names
}

// sameScope reports whether two figures are of the same place and the same days.
func (s *Statement) sameScope(o *Statement, x, y *Figure) bool {
	if len(s.days) > 0 && len(o.days) > 0 && !slices.ContainsFunc(s.days, func(d int) bool { return slices.Contains(o.days, d) }) {
		return false
	}
	return x.scope.same(&y.scope, s.Report, o.Report)
}

// Telling returns the figures of a statement that tell of the same thing as x.
func (s *Statement) Telling(x *Figure) []*Figure {
	var out []*Figure
	for i := range s.Figures {
		if sameThing(&s.Figures[i], x) {
			out = append(out, &s.Figures[i])
		}
	}
	return out
}
