package check

import (
	"strings"

	"newsbot/corpus/text"
)

// otherPartner reports whether a clause of the claim brings two names together that its
// sources set against each other: both are in one sentence, and each has somebody else
// beside it there.
func (h *held) otherPartner() (who string, ok bool) {
	for _, k := range h.claim.clauses {
		runs := h.claim.runs(k)
		for a := range runs {
			for b := a + 1; b < len(runs); b++ {
				if h.claim.together(runs[a], runs[b]) && h.setApart(runs[a], runs[b]) {
					return h.claim.written(stretch{first: runs[a].first, end: runs[b].end}), true
				}
			}
		}
	}
	return "", false
}

// together reports whether two names of a clause do something with each other: neither is an
// adjective, and the second neither stands in a list with the first nor begins a clause
// behind a conjunction.
func (r *reading) together(a, b stretch) bool {
	if r.adjectival(stretch{first: a.end - 1, end: a.end}) || r.adjectival(stretch{first: b.end - 1, end: b.end}) || r.joined(a.end-1, b.first) {
		return false
	}
	before, first := r.words[b.first-1].Norm, r.words[b.first].Norm
	if joins[before] || clauseStarts[before] || isArabic(first) && strings.HasPrefix(first, "و") {
		return false
	}
	return !strings.ContainsAny(r.gap(b.first), ",،;؛")
}

// setApart reports whether the sources have two names of the claim in one sentence at least,
// and wherever they have, in clauses of their own.
func (h *held) setApart(a, b stretch) bool {
	some := false
	for _, r := range h.sources {
		for _, s := range r.sentences {
			if r.title || !h.named(a, r, s) || !h.named(b, r, s) {
				continue
			}
			if !h.parted(a, b, r, s) {
				return false
			}
			some = true
		}
	}
	return some
}

// parted reports whether no clause of a sentence has both of two names, and each clause that
// has one of them has another name that the claim has not.
func (h *held) parted(a, b stretch, r *reading, s stretch) bool {
	side, against := 0, false // the last clause that has one of them, and whether another is set against it
	for _, k := range r.clauses {
		if k.sentence != s.sentence {
			continue
		}
		x, y := h.named(a, r, k), h.named(b, r, k)
		if x && y || (x || y) && !h.hasOther(r, []stretch{k}) {
			return false
		}
		switch {
		case x && side == 2, y && side == 1:
			against = against || r.contrasts(k)
		}
		if x {
			side = 1
		} else if y {
			side = 2
		}
	}
	return against
}

// contrasts reports whether a clause is set beside the one before: "while Putin sat with
// Lavrov", and does not depend on it.
func (r *reading) contrasts(k stretch) bool {
	first := r.words[k.first].Norm
	return contrasting[first] || strings.ContainsAny(r.gap(k.first), ";؛") || isArabic(first) && strings.HasPrefix(first, "و") && !clauseStarts[first]
}

var contrasting = text.WordSet("while whereas but and فيما بينما أما لكن")
