package check

import (
	"slices"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// inSequence reports whether a year that a claim counts from the publication, "next year's
// conference", is that of the next or last of what a source says is held every year.
func (t *toldTimes) inSequence(p *prose, x dates.Expression) bool {
	const shortest, longest = 360, 366
	if n := length(x.Window); !x.Relative || !t.known || n < shortest || n > longest {
		return false
	}
	words := following
	if x.Window.Last < t.published {
		words = preceding
	}
	first, last := p.span(x.Start, x.End)
	if first < 0 || !p.hasAny(first, last, words) {
		return false
	}
	return slices.ContainsFunc(t.in, func(q *prose) bool {
		return q.hasAny(0, len(q.terms)-1, words) && q.hasAny(0, len(q.terms)-1, yearly)
	})
}

// hasAny reports whether one of the terms first to last is in a list.
func (p *prose) hasAny(first, last int, list map[string]bool) bool {
	for i := first; i <= last; i++ {
		if _, ok := known(list, p.word(i)); ok {
			return true
		}
	}
	return false
}

var (
	following = text.WordSet("next following coming المقبل المقبلة القادم القادمة التالي التالية مقبل مقبلة قادم قادمة تالي تالية")
	preceding = text.WordSet("last previous past الماضي الماضية السابق السابقة ماضي ماضية سابق سابقة")
	yearly    = text.WordSet("annual annually yearly year سنوي سنوية سنويا السنوي السنوية عام سنة")
)

// endsRange gives the end of a range what only its beginning says: eight billion dollars of
// "from three billion dollars to eight".
func (p *prose) endsRange(a, b *amount) {
	if a.sort != cardinal || b.sort != cardinal || b.of != (measure{}) || b.noun || b.counted != "" || !p.rangeBetween(a, b) {
		return
	}
	if _, own := known(scales, p.word(b.last)); own {
		return
	}
	scale, ok := known(scales, p.word(a.last))
	if !ok && a.of == (measure{}) {
		return
	}
	b.also = b.value * max(scale, 1) * max(a.of.base, 1)
}
