package figures

import "strings"

const (
	// Telling is how many sentences at the beginning of an article may tell of its event, of
	// which the leading ones do so whatever their words are.
	Telling = 15
	leading = 2
	// LooksBack is how many sentences a year goes on for that an article looks back on.
	LooksBack = 2
)

// background reports whether a sentence of a report tells of something other than the event
// that the report is of, as far as its words and those before it show: articles end with
// what happened before and elsewhere.
func (rd Reader) background(r *reading, report *Report, before []Line, index int) bool {
	if index >= Telling || r.listed() {
		return true
	}
	for _, b := range before[max(0, len(before)-LooksBack):] {
		past := &reading{s: b.Text, terms: b.Terms}
		if len(b.Terms) <= mostTerms && past.otherYear(past.numbers(), report) {
			return true
		}
	}
	return index >= leading && !r.tied(report)
}

// listed reports whether a sentence is an entry of a list of years: "2018: Quakes hit Lombok".
func (r *reading) listed() bool {
	return len(r.terms) > 1 && r.integer(0) >= 1000 && strings.HasPrefix(strings.TrimSpace(r.gap(1)), ":")
}

// tied reports whether a sentence is tied to the event that its report is of: by a word for
// it, by the day, by its place or by words for a count that goes on.
func (r *reading) tied(report *Report) bool {
	for i := range r.terms {
		kind, ok := lookUp(kindsOf, r.word(i))
		if ok && report.events[kind] || has(going, r.word(i)) || bothPlaces[r.word(i)] {
			return true
		}
	}
	for _, day := range report.daysIn(r) {
		for _, known := range report.days {
			if day == known {
				return true
			}
		}
	}
	return false
}

// going are words for a count that goes on.
var going = set("toll حصيلة الحصيلة")
