package check

import (
	"math"
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A bridge finds what the words of a claim say in a source, in its language or in the
// other one.
type bridge struct {
	p      *prose
	groups []lexicon.Group
	stems  []map[string]bool  // by term: the stems that say what it says
	rarity []float64          // by term: how much it tells, from 0 to 1
	heard  map[[2]string]bool // words of both that have been compared by their sound
	look   func(name string) []lexicon.Group
}

func (c *Checker) bridge(p *prose) *bridge {
	b := &bridge{p: p, groups: c.config.Lexicon().Groups(p.terms), stems: make([]map[string]bool, len(p.terms)), rarity: make([]float64, len(p.terms)), heard: map[[2]string]bool{}}
	b.look = func(name string) []lexicon.Group { return c.config.Lexicon().Groups(c.config.Analyzer.Terms(name)) }
	for i, t := range p.terms {
		if t.Stop || text.NumberWord(t.Norm) {
			continue
		}
		b.rarity[i] = rarity(newsWords().Share(t.Stem))
		b.stems[i] = map[string]bool{t.Stem: true}
		for _, w := range unwritten(t.Norm) {
			b.stems[i][text.Stem(w)] = true
		}
	}
	for _, g := range b.groups {
		for i := g.First; i <= g.Last; i++ {
			if b.stems[i] == nil {
				continue
			}
			for _, a := range append(g.Alternatives[:len(g.Alternatives):len(g.Alternatives)], g.Kin...) {
				for _, stem := range a.Stems {
					b.stems[i][stem] = true
				}
			}
		}
	}
	return b
}

// rarity is how much a word tells that so many passages have: all of it when one in a
// hundred has, hardly anything when one in eight has.
func rarity(share float64) float64 {
	const all, nothing = 4.6, 2.0 // -ln
	return min(1, max(0.1, (-math.Log(share)-nothing)/(all-nothing)))
}

// inPhrase reports whether the i-th word is part of a phrase that the lexicon knows:
// "COVID-19", «مجموعة السبع».
func (b *bridge) inPhrase(i int) bool {
	return slices.ContainsFunc(b.groups, func(g lexicon.Group) bool {
		named := inArabic(b.p.word(g.First)) || b.p.capital(g.First) || b.p.capital(g.Last)
		return named && g.First < g.Last && g.First <= i && i <= g.Last && slices.ContainsFunc(b.p.terms[g.First:g.Last+1], func(t text.Term) bool {
			return !t.Stop && !text.NumberWord(t.Norm)
		})
	})
}

// says reports whether the i-th word of the claim says what a word of a source does.
func (b *bridge) says(i int, t text.Term) bool {
	if b.stems[i] == nil || t.Stop {
		return false
	}
	if b.stems[i][t.Stem] || !b.p.capitalised(i, t) {
		return b.stems[i][t.Stem]
	}
	pair := [2]string{b.p.word(i), t.Norm}
	alike, heard := b.heard[pair]
	if !heard {
		alike = soundsAlike(pair[0], pair[1])
		b.heard[pair] = alike
	}
	return alike
}

// capitalised reports whether the i-th word of the claim or a word in the other script can
// be a name that is spelt by its sound.
func (p *prose) capitalised(i int, t text.Term) bool {
	return inArabic(p.word(i)) != inArabic(t.Norm) && (p.capital(i) || inArabic(p.word(i)))
}

// alikeSound is from where on two words of different scripts are taken for one name.
const alikeSound = 0.7

func soundsAlike(a, b string) bool {
	for _, x := range unwritten(a) {
		for _, y := range unwritten(b) {
			if lexicon.Similarity(x, y) >= alikeSound {
				return true
			}
		}
	}
	return false
}

// A nearness says of words around a number or time of the claim, by term, how near they
// stand to one of a source: from 0 to 1 each.
type nearness map[int]float64

// nearness compares what stands around a number of the claim with what stands around one of
// a source.
func (b *bridge) nearness(a *amount, in *prose, o *amount) nearness {
	near := nearness{}
	for i, w := range a.around {
		for k, v := range o.around {
			weight := w.weight * v.weight * b.rarity[i]
			if w.behind != v.behind {
				weight *= otherSide
			}
			if weight > near[i] && b.says(i, in.terms[k]) {
				near[i] = weight
			}
		}
	}
	return near
}

func (n nearness) total() (sum float64) {
	for _, v := range n {
		sum += v
	}
	return sum
}

// add takes in another place where the same is told: the nearest counts, word by word.
func (n nearness) add(o nearness) {
	for i, v := range o {
		n[i] = max(n[i], v)
	}
}

// outdone reports whether another place in a source has clearly more of the words around,
// and hardly lacks what this one has.
func (n nearness) outdone(o nearness, factor, margin float64) bool {
	gain, loss := 0.0, 0.0
	for i, v := range o {
		gain += max(0, v-n[i])
	}
	for i, v := range n {
		loss += max(0, v-o[i])
	}
	return gain > loss*factor+margin
}

// A neighbour is a word near a number.
type neighbour struct {
	weight float64
	behind bool
}

const (
	// reach is within how many telling words of a number its context is.
	reach = 7
	// otherSide is what a word counts that stands on the other side of the number, and
	// parted one that a conjunction or a mark parts from it.
	otherSide, parted = 0.75, 0.6
)

// around returns the telling words near a number, those of its sentence between the number
// before, which ends at low, and the one behind, which begins at high.
func (p *prose) around(a *amount, low, high int) map[int]neighbour {
	out := map[int]neighbour{}
	weight := 1.0
	for i, n := a.first-1, 0; i >= low && n < reach && !p.ends(i+1); i-- {
		if p.parts(i, i+1) {
			weight *= parted
		}
		if p.tells(i) && !p.counted(i, a) {
			n++
			out[i] = neighbour{weight * weightAt(n), false}
		}
	}
	weight = 1
	for i, n := a.last+1, 0; i < high && n < reach && !p.ends(i); i++ {
		if p.parts(i, i) {
			weight *= parted
		}
		if p.tells(i) && !p.counted(i, a) {
			n++
			out[i] = neighbour{weight * weightAt(n), true}
		}
	}
	return out
}

// tells reports whether the i-th word has a meaning of its own: it is no number, no date and
// no measure.
func (p *prose) tells(i int) bool {
	w := p.word(i)
	if _, measured := known(units, w); measured {
		return false
	}
	_, weekday := known(weekdays, w)
	return !p.terms[i].Stop && !text.NumberWord(w) && !weekday && p.monthAt(i) == 0
}

// counted reports whether the i-th word says what an amount counts, or what became of it:
// these are compared by themselves.
func (p *prose) counted(i int, a *amount) bool {
	of, _ := known(nouns, p.word(i))
	fate, _ := known(fates, p.word(i))
	return of != "" && of == a.counted || fate != "" && fate == a.fate
}

// parts reports whether the i-th word is a conjunction, or a mark stands before the k-th.
func (p *prose) parts(i, k int) bool {
	w := p.word(i)
	return w == "and" || w == "while" || w == "but" || w == "و" || strings.ContainsAny(p.gap(k), ",،:—–") || strings.HasPrefix(w, "وال")
}

func weightAt(distance int) float64 { return 1 / (0.5 + 0.5*float64(distance)) }
