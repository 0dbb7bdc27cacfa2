package figures

import (
	"math"
	"strings"
)

// A Bound says how a number bounds the figure that it stands for.
type Bound int

// The bounds.
const (
	Exactly Bound = iota
	AtLeast       // "at least", "more than", «ما لا يقل عن»
	AtMost        // "up to", "fewer than", «أقل من»
	About         // "about", "nearly", «نحو»
)

const (
	// looseShare is by which share of itself a number behind "about" may be off, and one
	// behind "more than" be surpassed.
	looseShare = 0.1
	// roundedShare is by which share a number may be off that was rounded without saying so.
	roundedShare = 0.05
	// countedStep is what a count is rounded to at least: 120 is taken to be counted.
	countedStep = 100
	// roundedBound is what the number of a bound is rounded to at least that leaves room:
	// "at least 94" has been counted.
	roundedBound = 10
)

// agree reports whether two figures may both be true, rounding allowed: 4,300 and "more
// than 4,000" do, and so do "at least 40" and 42. "At least 40" and 52 do not, though no
// logic forbids it: who has counted 52 says something else.
func agree(x, y *Figure) bool {
	low, high := x, y
	if low.Value > high.Value {
		low, high = high, low
	}
	const exact = 1e-9
	gap := high.Value - low.Value - exact*high.Value
	return gap <= low.reach(AtLeast) || gap <= high.reach(AtMost)
}

// reach is by how much the true value may lie beyond the number, above it when side is
// [AtLeast] and below it when it is [AtMost].
func (f *Figure) reach(side Bound) float64 {
	const open = 0.999 // "more than 4,000" is less than 5,000
	switch f.Bound {
	case side:
		if f.Thing.counted() && f.step < roundedBound {
			return 0
		}
		return max(looseShare*f.Value, open*f.step)
	case About:
		return looseShare * f.Value
	}
	if f.Thing.counted() && f.step < countedStep {
		return 0
	}
	return min(roundedShare*f.Value, f.step/2)
}

// counted reports whether the thing is counted, not measured.
func (t Thing) counted() bool {
	_, measured := unitSorts[t.Of]
	return !measured && t.Role != Magnitude
}

// stepOf is the unit of the last place that a number is written with: 1,000 of "4000" and
// 0.1 of "7.8".
func stepOf(number string) float64 {
	if _, decimals, ok := strings.Cut(number, "."); ok {
		return math.Pow10(-len(decimals))
	}
	return math.Pow10(len(number) - len(strings.TrimRight(number, "0")))
}
