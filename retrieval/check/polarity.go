package check

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// negations finds the clause of a claim that denies what the part of the sources denies
// not that says the like, or the other way round. Only clauses are compared, since a
// sentence may deny one thing and state another.
func (c *Checker) negations(ctx context.Context, claim Claim) (Fault, error) {
	h, err := c.hold(ctx, claim)
	if err != nil || h == nil {
		return Fault{}, err
	}
	for _, k := range h.claim.clauses {
		if h.contradicted(k) || h.deniedThere(k) || h.affirmedThere(k) || h.opposedThere(k) || h.supposed(k) {
			return Fault{Kind: Negation, What: h.claim.written(k)}, nil
		}
	}
	return Fault{}, nil
}

// How near a clause of a source is to one of a claim.
const (
	nearEnough = 1.05 // for the two to be compared
	nearAcross = 1.0  // in the other language
	nearlyAs   = 0.08 // less than the nearest: it may be meant as well
	spokenOf   = 0.33 // how much of its words that are no names must have a counterpart
)

// contradicted reports whether the clauses of the sources nearest to one of the claim say
// the contrary.
func (h *held) contradicted(k stretch) bool {
	all := h.ranked(k, func(u unit) bool { return u.clause })
	if len(all) == 0 {
		return false
	}
	least := nearEnough
	if all[0].in.lang != h.claim.lang {
		least = nearAcross
	}
	if all[0].how < least {
		return false
	}
	mine := h.claim.polarity(k)
	if h.backed(k) || h.planned(k) {
		return false
	}
	if u := h.alikest(k); !mine.contrary(u.in.polarity(stretch{first: u.first, end: u.end})) {
		return false
	}
	for _, u := range all {
		if u.how < all[0].how-nearlyAs {
			break
		}
		if h.turnedRound(k, u.unit) || h.excused(k, u.unit) || !mine.contrary(u.in.polarity(stretch{first: u.first, end: u.end, sentence: u.sentence})) {
			return false
		}
	}
	return true
}

// alikest is the clause of the sources whose vector is nearest to that of one of the claim.
func (h *held) alikest(k stretch) unit {
	v := h.claim.vectorOf(k)
	best, at := -2.0, h.units[0]
	for _, u := range h.units {
		if !u.clause || u.in.title {
			continue
		}
		if c := v.cosine(u.vector); c > best {
			best, at = c, u
		}
	}
	return at
}

// near tells how much a clause of the claim and one of a source speak of the same.
func (h *held) near(k stretch, u unit) float64 {
	return h.claim.vectorOf(k).cosine(u.vector) + 0.8*h.plainly(k, u) + 0.25*h.back(k, u)
}

// speaksOf reports whether a unit has enough of the words of a clause that are no names.
func (h *held) speaksOf(k stretch, u unit) bool { return h.plainly(k, u) >= spokenOf }

// plainly is how much of the words of a clause that are no names has a counterpart in a
// unit.
func (h *held) plainly(k stretch, u unit) float64 {
	some, all := 0.0, 0.0
	for i := k.first; i < k.end; i++ {
		w := &h.claim.words[i]
		if w.weight == 0 || isNumber(w.Norm) || w.name {
			continue
		}
		some += w.weight * slices.Max(h.alike[u.in][i][u.first:u.end])
		all += w.weight
	}
	if all == 0 {
		return 0
	}
	return some / all
}

// back is how much of a unit has a counterpart in a stretch of the claim.
func (h *held) back(k stretch, u unit) float64 {
	some, all := 0.0, 0.0
	for j := u.first; j < u.end; j++ {
		w := &u.in.words[j]
		if w.weight == 0 || isNumber(w.Norm) {
			continue
		}
		best := 0.0
		for i := k.first; i < k.end; i++ {
			if row := h.alike[u.in][i]; row != nil {
				best = max(best, row[j])
			}
		}
		some += w.weight * best
		all += w.weight
	}
	if all == 0 {
		return 0
	}
	return some / all
}

// A polarity is what a clause denies.
type polarity struct {
	denied bool         // by words of denial alone
	turned []int        // the pairs of opposites of words that deny as well: "failed"
	hedged bool         // it denies a part
	sides  map[int]side // by pair of opposites
}

// A side is which of two opposites a clause has; both bits are set when it has both.
type side uint8

const (
	one side = 1 << iota
	other
)

// contrary reports whether two clauses that speak of the same deny each other.
func (p polarity) contrary(o polarity) bool {
	if p.hedged || o.hedged {
		return false
	}
	flipped := p.denied != o.denied
	for pair, s := range p.sides {
		if t := o.sides[pair]; s != 0 && t != 0 && s&t == 0 {
			return !flipped
		}
	}
	for _, pair := range p.turned {
		flipped = flipped != (o.sides[pair] == 0)
	}
	for _, pair := range o.turned {
		flipped = flipped != (p.sides[pair] == 0)
	}
	return flipped
}

// polarity reads a stretch.
func (r *reading) polarity(k stretch) polarity {
	p := polarity{sides: map[int]side{}}
	for i := k.first; i < k.end; i++ {
		facing := oppositions(&r.words[i])
		for _, o := range facing {
			p.sides[o.pair] |= o.side
		}
		switch {
		case hedging[r.words[i].Norm] && (i == 0 || r.words[i-1].Norm != "a"):
			p.hedged = true
		case !r.negates(i), p.denied && repeating[r.words[i].Norm]:
		case len(facing) > 0:
			p.turned = append(p.turned, facing[0].pair)
		default:
			p.denied = !p.denied
		}
	}
	return p
}

// repeating go on with a denial: "neither … nor".
var repeating = text.WordSet("nor", "ولا")

// oppositions are the sides of a word, also with what Arabic writes onto it.
func oppositions(w *word) []opposition {
	for _, clitic := range [...]string{"", "و", "ف", "ب", "ل", "س", "وس", "ال", "وال", "بال", "لل"} {
		rest, ok := strings.CutPrefix(w.Norm, clitic)
		if !ok {
			continue
		}
		if opposing[rest] != nil {
			return opposing[rest]
		}
		for _, suffix := range [...]string{"ه", "ها", "هم", "هما"} {
			bare, ends := strings.CutSuffix(rest, suffix)
			if !ends {
				continue
			}
			if o := opposing[strings.TrimSuffix(bare, "ت")+"ه"]; o != nil {
				return o
			}
			if opposing[bare] != nil {
				return opposing[bare]
			}
		}
	}
	return nil
}

// failing are words that deny only what "to" joins to them: a bank that failed did so.
var failing = text.WordSet("failed fail fails failing failure")

// negates reports whether the i-th word denies.
func (r *reading) negates(i int) bool {
	norm := r.words[i].Norm
	if strings.HasSuffix(norm, "n't") || strings.HasSuffix(norm, "n’t") {
		return true
	}
	for _, p := range turning {
		if r.has(i, p) {
			return true
		}
	}
	if bare := strings.TrimPrefix(norm, "و"); isArabic(norm) && negating[bare] && utf8.RuneCountInString(bare) > 2 {
		norm = bare
	}
	if norm == "غير" && i+1 < len(r.words) && strings.HasPrefix(r.words[i+1].Norm, "ال") {
		return false // it is a part of an adjective: "the improper requests"
	}
	if !negating[norm] || failing[norm] && !r.has(i+1, []string{"to"}) {
		return false
	}
	for _, p := range asserting {
		for k := range p {
			if p[k] == r.words[i].Norm && r.has(i-k, p) {
				return false
			}
		}
	}
	return true
}

// has reports whether words stand at i.
func (r *reading) has(i int, words []string) bool {
	if i < 0 || i+len(words) > len(r.words) {
		return false
	}
	for k, w := range words {
		if r.words[i+k].Norm != w {
			return false
		}
	}
	return true
}

// An opposition is a side of a pair of opposites.
type opposition struct {
	pair int
	side side
}

// opposing are the opposites, by word.
var opposing = func() map[string][]opposition {
	m := map[string][]opposition{}
	for i, line := range strings.Split(strings.TrimSpace(opposites), "\n") {
		left, right, _ := strings.Cut(line, "|")
		for s, words := range map[side]string{one: left, other: right} {
			for _, w := range strings.Fields(words) {
				norm := text.Normalize(w)
				if o := (opposition{i, s}); !slices.Contains(m[norm], o) {
					m[norm] = append(m[norm], o)
				}
			}
		}
	}
	return m
}()
