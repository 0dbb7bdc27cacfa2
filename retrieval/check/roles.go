package check

import (
	"strings"

	"newsbot/corpus/text"
)

// exchanged reports whether a clause has two names in the other order than the part of the
// sources that says the like, beside the same word and in the same voice.
func (h *held) exchanged(k stretch) (who string, ok bool) {
	all := h.ranked(k, func(u unit) bool { return u.clause || u.in.sentences[u.sentence].first == u.first })
	least := exchangedFrom
	if len(all) > 0 && all[0].in.lang != h.claim.lang {
		least = exchangedAcross
	}
	if len(all) == 0 || all[0].how < least {
		return "", false
	}
	u := all[0].unit
	for i := k.first; i < k.end; i++ {
		for j := i + 1; j < k.end; j++ {
			if h.turned(k, i, j, u) {
				return h.claim.written(stretch{first: i, end: j + 1}), true
			}
		}
	}
	return "", false
}

const (
	exchangedFrom   = 1.2
	exchangedAcross = 1.0
)

// turned reports whether the names i and j of the claim stand in the other order in a
// unit, and nothing accounts for it.
func (h *held) turned(k stretch, i, j int, u unit) bool {
	if !h.claim.acts(i) || !h.claim.acts(j) || h.claim.joined(i, j) {
		return false
	}
	a, b := h.place(i, u), h.place(j, u)
	if a < 0 || b < 0 || b >= a || u.in.joined(b, a) || u.in.placed(a) || u.in.placed(b) || h.claim.placed(i) || h.claim.placed(j) {
		return false
	}
	flips := h.claim.passive(stretch{first: i, end: j}) != u.in.passive(stretch{first: b, end: a})
	if h.claim.converse(k, u) {
		flips = !flips
	}
	return !flips && h.verbBetween(k, i, j, u, b, a)
}

// acts reports whether the i-th word is a name that may do or undergo something: no
// adjective, and none that something belongs to.
func (r *reading) acts(i int) bool {
	norm := r.words[i].Norm
	return r.words[i].name && !strings.HasSuffix(norm, "'s") && !strings.HasSuffix(norm, "’s") && !r.adjectival(stretch{first: i, end: i + 1})
}

// turnedRound reports whether a unit has two names of a clause in the other order, beside a
// word that says the same of exchanged roles: "beat", "lost to".
func (h *held) turnedRound(k stretch, u unit) bool {
	if !h.claim.converse(k, u) {
		return false
	}
	last := -1
	for i := k.first; i < k.end; i++ {
		if !h.claim.words[i].name {
			continue
		}
		at := h.place(i, u)
		if at >= 0 && at < last {
			return true
		}
		last = max(last, at)
	}
	return false
}

// place is where a unit has the i-th word of the claim; -1 when it has not.
func (h *held) place(i int, u unit) int {
	for j := u.first; j < u.end; j++ {
		if u.in.acts(j) && h.names(i, u.in, stretch{first: j, end: j + 1}) {
			return j
		}
	}
	return -1
}

// joined reports whether nothing but names and what joins them stands between two words.
func (r *reading) joined(first, last int) bool {
	for i := first + 1; i < last; i++ {
		w := r.words[i]
		if !w.name && w.weight > 0 {
			return false
		}
		if prepositions[w.Norm] {
			return false
		}
	}
	return true
}

// prepositions set apart two names.
var prepositions = text.WordSet("to from by with against for in at over after before than on into of", "إلى من على مع ضد في عن لدى قبل بعد")

// passive reports whether what stands between two names turns them round.
func (r *reading) passive(s stretch) bool {
	by, was := false, false
	for i := s.first; i < s.end; i++ {
		switch r.words[i].Norm {
		case "by", "قبل", "يد", "بواسطه":
			by = true
		case "was", "were", "been", "being", "is", "are", "من", "علي":
			was = true
		}
	}
	return by && was
}

// verbBetween reports whether a word of the claim before or between its two names, and no
// name, has a counterpart before or between them in the unit.
func (h *held) verbBetween(k stretch, i, j int, u unit, b, a int) bool {
	const least = 0.7
	from, start := i, b
	if h.claim.lang == text.Arabic {
		from = k.first
	}
	if u.in.lang == text.Arabic {
		start = u.first
	}
	for x := from; x < j; x++ {
		w := &h.claim.words[x]
		if w.weight == 0 || w.name || isNumber(w.Norm) {
			continue
		}
		row := h.alike[u.in][x]
		for y := start; y < a; y++ {
			if row != nil && row[y] >= least && !u.in.words[y].name || converses(w, &u.in.words[y]) {
				return true
			}
		}
	}
	return false
}

// converse reports whether a stretch and a unit have two of the words that turn roles round.
func (r *reading) converse(k stretch, u unit) bool {
	for i := k.first; i < k.end; i++ {
		for j := u.first; j < u.end; j++ {
			if converses(&r.words[i], &u.in.words[j]) {
				return true
			}
		}
	}
	return false
}

// converses reports whether two words say the same of exchanged roles.
func converses(w, o *word) bool {
	for _, a := range oppositions(w) {
		for _, b := range oppositions(o) {
			if a.pair == b.pair && a.side != b.side && converse[a.pair] {
				return true
			}
		}
	}
	return false
}

// converse are the pairs of opposites that turn roles round.
var converse = func() map[int]bool {
	m := map[int]bool{}
	for i, line := range strings.Split(strings.TrimSpace(opposites), "\n") {
		if strings.HasPrefix(line, "won ") || strings.HasPrefix(line, "bought ") {
			m[i] = true
		}
	}
	return m
}()
