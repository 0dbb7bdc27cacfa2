package check

import "slices"

// What a source denies, and what it tells as possible, planned or wanted, is compared by
// the words behind the word that does so, since the claim may have other verbs around
// them: "left without taking questions", "answered questions".

// How much of a scope must have a counterpart.
const (
	deniedShare = 0.6  // for the claim to tell what was denied
	backedShare = 0.6  // for a denial of the claim to be that of the source
	unrealShare = 0.65 // for the claim to tell what was planned
	asMuch      = 0.1  // less than there: another place tells it as well
	counterpart = 0.6  // how alike two words of it are at least
)

// denials are the words behind each word of denial of a clause. Opposites are none: they
// are compared by themselves.
func (r *reading) denials(k stretch) []stretch {
	return r.scopes(k, func(i int) bool { return r.negates(i) && len(oppositions(&r.words[i])) == 0 })
}

// unreal are the words behind each word of a clause that tells what is not so yet.
func (r *reading) unreal(k stretch) []stretch { return r.scopes(k, r.supposes) }

// scopes are what stands in a clause behind the words that are marks.
func (r *reading) scopes(k stretch, marks func(i int) bool) []stretch {
	var out []stretch
	for i := k.first; i < k.end; i++ {
		if marks(i) && r.anyTells(i+1, k.end) {
			out = append(out, stretch{first: i + 1, end: k.end, sentence: k.sentence})
		}
	}
	return out
}

func (r *reading) anyTells(first, end int) bool {
	return slices.ContainsFunc(r.words[min(first, end):end], func(w word) bool { return w.weight > 0 })
}

// deniedThere reports whether a clause of the claim tells without denial what a source
// tells only with one.
func (h *held) deniedThere(k stretch) bool {
	mine := h.claim.polarity(k)
	if h.claim.denies(h.claim.sentences[k.sentence]) || mine.hedged || !h.claim.substantial(k) {
		return false
	}
	return h.anyScope((*reading).denials, func(u unit, d stretch) bool {
		share, n := h.told(k, u.in, d)
		theirs := u.in.polarity(stretch{first: d.first, end: d.end, sentence: d.sentence})
		theirs.denied = !theirs.denied
		return n >= 2 && share >= deniedShare && mine.contrary(theirs) && !h.elsewhere(k, u, d, (*reading).denies)
	})
}

// backed reports whether a denial of the claim is one of a source.
func (h *held) backed(k stretch) bool {
	for _, mine := range h.claim.denials(k) {
		if h.anyScope((*reading).denials, func(u unit, d stretch) bool {
			share, n := h.told(mine, u.in, d)
			mirrored := h.share(mine, func(i int) float64 { return h.inScope(i, u.in, d) })
			return n > 0 && max(share, mirrored) >= backedShare
		}) {
			return true
		}
	}
	return false
}

// supposed reports whether a clause of the claim tells as done what a source tells only as
// possible, planned or wanted.
func (h *held) supposed(k stretch) bool {
	if !h.claim.done(k) || h.claim.denies(k) || h.claim.polarity(k).hedged || h.claim.tentative(k.sentence) || !h.claim.substantial(k) {
		return false
	}
	return h.anyScope((*reading).unreal, func(u unit, d stretch) bool {
		share, n := h.told(k, u.in, d)
		_, all := h.told(k, u.in, stretch{first: u.first, end: u.end})
		return n > 1 && all > 1 && share >= unrealShare && !h.elsewhere(k, u, d, (*reading).supposing)
	})
}

// affirmedThere reports whether all that a clause of the claim denies, and more of it, is
// told without denial by a clause of a source, and denied by none.
func (h *held) affirmedThere(k stretch) bool {
	const allOf = 0.9
	if h.claim.polarity(k).hedged || h.claim.unlike(k) || h.backed(k) {
		return false
	}
	for _, mine := range h.claim.denials(k) {
		for _, u := range h.units {
			at := stretch{first: u.first, end: u.end, sentence: u.sentence}
			if !u.clause || u.in.title || u.in.denies(u.in.sentences[u.sentence]) || u.in.supposing(u.in.sentences[u.sentence]) {
				continue
			}
			before := stretch{first: k.first, end: mine.first}
			if h.share(mine, func(i int) float64 { return h.inScope(i, u.in, at) }) >= allOf && h.exactly(mine, u) > 0 && h.exactly(before, u) > 0 {
				return true
			}
		}
	}
	return false
}

// exactly is how many words of the claim that are no names a unit has.
func (h *held) exactly(k stretch, u unit) int {
	n := 0
	for i := k.first; i < k.end; i++ {
		w := &h.claim.words[i]
		if w.weight > 0 && !w.name && !isNumber(w.Norm) && h.inScope(i, u.in, stretch{first: u.first, end: u.end}) >= bySaying {
			n++
		}
	}
	return n
}

// opposedThere reports whether a clause of a source tells the opposite of one of the claim
// with else the same words, and none that has as many of them tells the same.
func (h *held) opposedThere(k stretch) bool {
	const least = 0.6
	mine := h.claim.polarity(k)
	if h.claim.denies(k) || mine.hedged {
		return false
	}
	for pair, s := range mine.sides {
		same, opposed := 0.0, 0.0
		for _, u := range h.units {
			if !u.clause {
				continue
			}
			theirs := u.in.polarity(stretch{first: u.first, end: u.end, sentence: u.sentence})
			t, of := theirs.sides[pair], h.beside(k, u, pair)
			switch {
			case t == 0, !h.claim.tellsSide(k, pair), !u.in.tellsSide(stretch{first: u.first, end: u.end}, pair):
			case t&s != 0, h.turnedRound(k, u):
				same = max(same, of)
			case !u.in.title && mine.contrary(theirs) && h.exactly(k, u) > 0:
				opposed = max(opposed, of)
			}
		}
		if opposed >= least && same < opposed-asMuch {
			return true
		}
	}
	return false
}

// tellsSide reports whether a stretch has a word of a pair of opposites that tells what is
// done or so: "under" does not, and "the last" is of some things and not of others.
func (r *reading) tellsSide(k stretch, pair int) bool {
	return slices.ContainsFunc(r.words[k.first:k.end], func(w word) bool {
		_, sole := known(unique, w.Norm)
		return w.weight > 0 && !sole && slices.ContainsFunc(oppositions(&w), func(o opposition) bool { return o.pair == pair })
	})
}

// beside is how much of a clause of the claim a unit has, beside a pair of opposites. Names
// have their counterpart wherever they stand.
func (h *held) beside(k stretch, u unit, pair int) float64 {
	return h.share(k, func(i int) float64 {
		w := &h.claim.words[i]
		switch {
		case slices.ContainsFunc(oppositions(w), func(o opposition) bool { return o.pair == pair }):
			return 1
		case w.name:
			return h.best[i]
		}
		return h.inScope(i, u.in, stretch{first: u.first, end: u.end})
	})
}

// excused reports whether a clause of the claim and one of a source do not deny each other
// though one has a denial: the one compares and the other tells of the only one, or what is
// denied stands in the next clause.
func (h *held) excused(k stretch, u unit) bool {
	at := stretch{first: u.first, end: u.end, sentence: u.sentence}
	if h.claim.denies(k) {
		return h.claim.unlike(k) && u.singular()
	}
	return u.in.denies(at) && h.claim.denies(stretch{first: k.end, end: h.claim.sentences[k.sentence].end})
}

// planned reports whether a clause of a source tells only as planned, possible or wanted
// what one of the claim denies.
func (h *held) planned(k stretch) bool {
	const most = 0.5
	if !h.claim.notDone(k) {
		return false
	}
	for _, mine := range h.claim.denials(k) {
		for _, u := range h.units {
			at := stretch{first: u.first, end: u.end, sentence: u.sentence}
			if u.clause && u.in.supposing(at) && h.of(mine, u) >= most {
				return true
			}
		}
	}
	return false
}

// anyScope reports whether something is so of a scope of a clause of the sources.
func (h *held) anyScope(scopes func(*reading, stretch) []stretch, so func(unit, stretch) bool) bool {
	for _, u := range h.units {
		if !u.clause || u.in.title {
			continue
		}
		for _, d := range scopes(u.in, stretch{first: u.first, end: u.end, sentence: u.sentence}) {
			if so(u, d) {
				return true
			}
		}
	}
	return false
}

// told is how much of a scope has a counterpart in a stretch of the claim, and how many
// words of the claim, that are no names, are such.
func (h *held) told(k stretch, in *reading, d stretch) (share float64, n int) {
	some, all := 0.0, 0.0
	for j := d.first; j < d.end; j++ {
		w := &in.words[j]
		if w.weight == 0 || isNumber(w.Norm) {
			continue
		}
		best := 0.0
		for i := k.first; i < k.end; i++ {
			best = max(best, h.same(i, in, j))
		}
		some += w.weight * best
		all += w.weight
	}
	if all == 0 {
		return 0, 0
	}
	for i := k.first; i < k.end; i++ {
		if w := &h.claim.words[i]; !w.name && !isNumber(w.Norm) && h.inScope(i, in, d) >= counterpart {
			n++
		}
	}
	return some / all, n
}

// same is how alike a word of the claim and one of a source are, verbs in whatever form.
func (h *held) same(i int, in *reading, j int) float64 {
	row := h.alike[in][i]
	if row == nil {
		return 0
	}
	if row[j] < bySaying && sameVerb(h.claim.words[i].Norm, in.words[j].Norm) {
		return bySaying
	}
	return row[j]
}

// elsewhere reports whether a clause of the sources that is not so tells what the claim has
// of a scope, and of the rest as much.
func (h *held) elsewhere(k stretch, at unit, d stretch, so func(*reading, stretch) bool) bool {
	there := h.of(k, at)
	for _, u := range h.units {
		if !u.clause || u.in == at.in && u.first == at.first || so(u.in, stretch{first: u.first, end: u.end, sentence: u.sentence}) {
			continue
		}
		if h.of(k, u) >= there-asMuch && h.retold(k, u, at.in, d) {
			return true
		}
	}
	return false
}

// retold reports whether a unit has most of the words that the claim has of a scope.
func (h *held) retold(k stretch, u unit, in *reading, d stretch) bool {
	n, all := 0, 0
	for i := k.first; i < k.end; i++ {
		if h.inScope(i, in, d) < counterpart {
			continue
		}
		all++
		if h.inScope(i, u.in, stretch{first: u.first, end: u.end}) >= counterpart {
			n++
		}
	}
	return 3*n > 2*all
}

// inScope is how much a word of the claim has a counterpart in a stretch of a source.
func (h *held) inScope(i int, in *reading, d stretch) float64 {
	best := 0.0
	for j := d.first; j < d.end; j++ {
		best = max(best, h.same(i, in, j))
	}
	return best
}

// of is how much of a stretch of the claim a unit has, names and all.
func (h *held) of(k stretch, u unit) float64 {
	return h.share(k, func(i int) float64 {
		return h.inScope(i, u.in, stretch{first: u.first, end: u.end})
	})
}
