package figures

import (
	"maps"
	"slices"

	"newsbot/corpus/text"
)

// A Kind is what sort of number a figure is.
type Kind int

// The kinds.
const (
	OfCount Kind = iota
	OfMoney
	OfShare // a percentage
	OfTime
	OfMeasure // of anything else, among it the strength of an earthquake
)

// Kind is what sort of number the figure is.
func (f *Figure) Kind() Kind {
	switch of := f.Thing.Of; {
	case f.Thing.Role == Magnitude:
		return OfMeasure
	case of == "percent":
		return OfShare
	case of == "time":
		return OfTime
	case unit{of: of}.money() && unitSorts[of]:
		return OfMoney
	case unitSorts[of]:
		return OfMeasure
	}
	return OfCount
}

// Roles returns the roles that a question's words speak of, in no order, each once.
func Roles(question []text.Term) []Role {
	var out []Role
	quake := slices.ContainsFunc(question, func(t text.Term) bool { return has(quakes, t.Norm) })
	for _, t := range question {
		for _, table := range [...]map[string]Role{fates, subjects} {
			if role, ok := lookUp(table, t.Norm); ok && !slices.Contains(out, role) {
				out = append(out, role)
			}
		}
		if has(losses, t.Norm) && !slices.Contains(out, Killed) {
			out = append(out, Killed)
		}
		if quake && has(magnitudeWords, t.Norm) && !slices.Contains(out, Magnitude) {
			out = append(out, Magnitude)
		}
	}
	return out
}

// losses are words by which questions ask for those who were killed without saying so.
var losses = set("victim victims casualty casualties lives ضحية ضحايا حصيلة")

// magnitudeWords ask how strong an earthquake was.
var magnitudeWords = set("magnitude richter strong strength powerful ريختر قوة شدة قوته شدته درجة")

// Priced reports whether a role is one of amounts of money.
func (r Role) Priced() bool {
	switch r {
	case Cost, Losses, Aid, Deal, Fine, Loan:
		return true
	}
	return false
}

// Stems returns the stems of the words that tell of a role; none when no word does.
func Stems(role Role) []string { return roleStems[role] }

var roleStems = func() map[Role][]string {
	found := map[Role]map[string]bool{}
	for _, table := range [...]map[string]Role{fates, subjects} {
		for w, role := range table {
			if found[role] == nil {
				found[role] = map[string]bool{}
			}
			found[role][text.Stem(w)] = true
		}
	}
	found[Magnitude] = map[string]bool{}
	for w := range magnitudes {
		found[Magnitude][text.Stem(w)] = true
	}
	out := map[Role][]string{}
	for role, stems := range found {
		out[role] = slices.Sorted(maps.Keys(stems))
	}
	return out
}()
