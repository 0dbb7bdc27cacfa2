package check

import (
	"context"
	"math"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// meaning finds the clause of a claim that no part of the sources says the like of.
func (c *Checker) meaning(ctx context.Context, claim Claim) (Fault, error) {
	h, err := c.hold(ctx, claim)
	if err != nil || h == nil {
		return Fault{}, err
	}
	least, at := math.Inf(1), stretch{}
	parts := h.parts()
	for _, k := range parts {
		if s := h.support(k).score(h.usual(), len(parts)); s < least {
			least, at = s, k
		}
	}
	if least >= leastSupport {
		return Fault{}, nil
	}
	return Fault{Kind: Meaning, What: h.claim.written(at)}, nil
}

// parts are the claim and, when it has several, its clauses that can be judged.
func (h *held) parts() []stretch {
	if len(h.claim.clauses) == 1 {
		return h.claim.clauses
	}
	out := []stretch{{first: 0, end: len(h.claim.words)}}
	for _, k := range h.claim.clauses {
		if h.claim.substantial(k) {
			out = append(out, k)
		}
	}
	return out
}

// substantial reports whether a clause has enough words to be judged by itself, beside
// numbers: "after 11 p.m." has not.
func (r *reading) substantial(k stretch) bool {
	const least, letters = 2, 3
	n := 0
	for _, w := range r.words[k.first:k.end] {
		if w.weight > 0 && !isNumber(w.Norm) && utf8.RuneCountInString(w.Norm) >= letters {
			n++
		}
	}
	return n >= least
}

// A support tells how well the sources bear out a clause.
type support struct {
	cosine  float64 // the greatest of it and a clause, a sentence or two sentences
	covered float64 // how much of its words has a counterpart in one place
	words   float64 // that tell something
	whole   bool    // it is more than a clause
}

func (h *held) support(k stretch) support {
	s := support{whole: k.vector.none() && len(h.claim.clauses) > 1}
	v := h.claim.vectorOf(k)
	for _, u := range h.units {
		s.cosine = max(s.cosine, v.cosine(u.vector))
		if !u.clause {
			s.covered = max(s.covered, h.in(k, u))
		}
	}
	for _, w := range h.claim.words[k.first:k.end] {
		if w.weight > 0 {
			s.words++
		}
	}
	return s
}

// A direction is the language of a claim and that of what it cites.
type direction struct{ claim, source text.Language }

// A spread is how something lies among clauses that are true.
type spread struct{ mean, deviation float64 }

func (s spread) z(x float64) float64 { return (x - s.mean) / s.deviation }

// A usual is what is so of the clauses of true sentences of one direction.
type usual struct{ cosine, covered spread }

// usuals and what follows were fitted on the development sentences in testdata: a
// logistic model of the clause that is borne out least.
var usuals = map[direction]usual{
	{text.English, text.English}: {spread{0.721, 0.121}, spread{0.869, 0.143}},
	{text.Arabic, text.Arabic}:   {spread{0.718, 0.127}, spread{0.893, 0.124}},
	{text.English, text.Arabic}:  {spread{0.593, 0.110}, spread{0.828, 0.136}},
	{text.Arabic, text.English}:  {spread{0.585, 0.119}, spread{0.774, 0.156}},
}

const (
	byCosine  = 2.11
	byCovered = 1.15
	byWhole   = -1.57
	byWords   = 1.76 // by their logarithm: what has few words is found in part by chance
	byParts   = 2.37 // by their logarithm: of many the least is lower, though all are borne out
	bias      = -0.44
	// leastSupport removes 4 to 5 of a hundred true sentences.
	leastSupport = -0.3
	// Of fewer words than these the cosine and the words tell less.
	cosineWords = 6
	coverWords  = 3
)

// score is the logarithm of the odds that a clause is borne out, one of the parts of a claim.
func (s support) score(u usual, parts int) float64 {
	score := bias + byCosine*u.cosine.z(s.cosine)*min(1, s.words/cosineWords) +
		byCovered*u.covered.z(s.covered)*min(1, s.words/coverWords) +
		byWords*math.Log(max(1, s.words)) + byParts*math.Log(float64(max(1, parts)))
	if s.whole {
		score += byWhole
	}
	return score
}

// usual is that of the claim's direction; across when there are sources in both languages.
func (h *held) usual() usual {
	lang := h.claim.lang
	for _, r := range h.sources {
		if r.lang != h.claim.lang {
			lang = r.lang
		}
	}
	if u, ok := usuals[direction{h.claim.lang, lang}]; ok {
		return u
	}
	return usuals[direction{text.English, text.English}]
}
