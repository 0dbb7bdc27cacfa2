package check

import (
	"context"
	"slices"
)

// held is a claim held against its sources.
type held struct {
	claim   *reading
	sources []*reading
	units   []unit
	alike   map[*reading][][]float64 // by word of the claim and of a source; nil for one that tells nothing
	best    []float64                // by word of the claim
}

// A unit is a part of a source: a clause, a sentence, or two that stand beside each other.
type unit struct {
	in         *reading
	first, end int // words
	sentence   int // the last
	vector     vector
	clause     bool
}

// hold reads a claim and its sources, with the titles of their articles; nil when there
// is nothing to read.
func (c *Checker) hold(ctx context.Context, claim Claim) (*held, error) {
	texts := []read{{claim.Text, claim.Language, false}}
	for _, s := range claim.Sources {
		texts = append(texts, read{s.Text, s.Language, false}, read{s.Title, s.Language, true})
	}
	all, err := c.read(ctx, texts)
	if err != nil {
		return nil, err
	}
	h := &held{claim: all[0], alike: map[*reading][][]float64{}}
	for _, r := range all[1:] {
		if len(r.words) > 0 && !slices.Contains(h.sources, r) {
			h.sources = append(h.sources, r)
		}
	}
	if len(h.claim.words) == 0 || len(h.sources) == 0 {
		return nil, nil
	}
	for _, r := range h.sources {
		h.units = append(h.units, r.units()...)
	}
	h.markFirst()
	h.align()
	return h, nil
}

// markFirst finds whether the word that the claim begins with, which has a capital anyway,
// is a name: it is one in a source. The reading is others' too, so that it is copied.
func (h *held) markFirst() {
	first := h.claim.words[0]
	if first.name || first.weight == 0 || !first.capital {
		return
	}
	named := func(w word) bool { return w.name && w.Norm == first.Norm }
	if !slices.ContainsFunc(h.sources, func(r *reading) bool { return slices.ContainsFunc(r.words, named) }) {
		return
	}
	claim := *h.claim
	claim.words = slices.Clone(claim.words)
	claim.words[0].name = true
	h.claim = &claim
}

// units are the clauses of a reading, its sentences, and those beside each other.
func (r *reading) units() []unit {
	var out []unit
	for i, s := range r.sentences {
		out = append(out, unit{in: r, first: s.first, end: s.end, sentence: i, vector: s.vector})
		if i > 0 {
			before := r.sentences[i-1]
			out = append(out, unit{in: r, first: before.first, end: s.end, sentence: i, vector: before.vector.and(s.vector)})
		}
	}
	for _, k := range r.clauses {
		out = append(out, unit{in: r, first: k.first, end: k.end, sentence: k.sentence, vector: r.vectorOf(k), clause: true})
	}
	return out
}

// align tells of each word of the claim how much each of the sources says the same.
func (h *held) align() {
	h.best = make([]float64, len(h.claim.words))
	for _, r := range h.sources {
		rows := make([][]float64, len(h.claim.words))
		for i := range h.claim.words {
			w := &h.claim.words[i]
			if w.weight == 0 {
				continue
			}
			rows[i] = make([]float64, len(r.words))
			for j := range r.words {
				if r.words[j].weight > 0 {
					rows[i][j] = w.alike(&r.words[j])
					h.best[i] = max(h.best[i], rows[i][j])
				}
			}
		}
		h.alike[r] = rows
	}
}

// in is how much of a stretch of the claim has a counterpart in a unit. Names have it
// wherever they stand, and numbers do not count: both are checked by themselves.
func (h *held) in(s stretch, u unit) float64 {
	return h.share(s, func(i int) float64 {
		if h.claim.words[i].capital && i > 0 {
			return h.best[i]
		}
		return slices.Max(h.alike[u.in][i][u.first:u.end])
	})
}

// share is the part of what the words of a stretch tell that is found, from 0 to 1.
func (h *held) share(s stretch, found func(i int) float64) float64 {
	some, all := 0.0, 0.0
	for i := s.first; i < s.end; i++ {
		w := &h.claim.words[i]
		if w.weight == 0 || isNumber(w.Norm) {
			continue
		}
		some += w.weight * found(i)
		all += w.weight
	}
	if all == 0 {
		return 1
	}
	return some / all
}
