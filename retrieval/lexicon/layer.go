package lexicon

import (
	"math"
	"slices"

	"newsbot/corpus/text"
)

// With returns a lexicon that knows the added entries besides all that l knows,
// which it shares and leaves as it is. It takes time for the added entries only;
// every call makes questions a little slower.
//
// An added entry contradicts nothing, whatever lines of l have its words: a word
// that both know has the alternatives of both, the added ones with the weight
// they have among themselves. The longest phrase wins, be it added or not. Among
// the added entries a word of several lines has several senses, named or not.
//
// A [Entry.Proper] entry that shares a spelling with exactly one line of l, and
// that a name too, is another list of the same thing's names: each of them, in
// either list, finds all of both.
func (l *Lexicon) With(added []Entry) *Lexicon {
	if len(added) == 0 {
		return l
	}
	b := newBuilder(len(added))
	for _, e := range added {
		b.add(e)
	}
	b.join(added)
	extra := b.adopt(l, added)
	over := b.lexicon()
	over.base, over.extra, over.first = l, extra, l.first+len(l.entries)
	for _, n := range b.nodes {
		for i := range n.entries {
			n.entries[i] += over.first
		}
	}
	return over
}

// Base returns what l was before anything was added to it by With.
func (l *Lexicon) Base() *Lexicon {
	for l.base != nil {
		l = l.base
	}
	return l
}

// adopt gives the added names what base knows of the same things, and returns by
// number of an entry below what the added names offer it.
func (b *builder) adopt(base *Lexicon, added []Entry) map[int][]Alternative {
	extra := map[int][]Alternative{}
	for id, e := range added {
		if !e.Proper {
			continue
		}
		own := b.entries[id]
		for _, same := range base.sameNames(e) {
			for _, alt := range own {
				extra[same] = appendAlternative(extra[same], alt)
			}
			for _, alt := range base.offered(same) {
				b.entries[id] = appendAlternative(b.entries[id], alt)
			}
		}
	}
	return extra
}

// offered returns what the entry with a number offers, of l or below it.
func (l *Lexicon) offered(number int) []Alternative {
	for number < l.first {
		l = l.base
	}
	return l.entries[number-l.first]
}

// sameNames returns the numbers of the entries, in l and below it, that are names
// and share with e a spelling that no other entry beside them has.
func (l *Lexicon) sameNames(e Entry) []int {
	var same []int
	for _, v := range slices.Concat(e.English, e.Arabic) {
		for at := l; at != nil; at = at.base {
			n := at.spelled(v.forms[0])
			if n == nil || len(n.entries) != 1 || !at.proper[n.entries[0]-at.first] || slices.Contains(same, n.entries[0]) {
				continue
			}
			same = append(same, n.entries[0])
		}
	}
	return same
}

// spelled returns the node of a word or phrase that is spelled like terms, or nil.
func (l *Lexicon) spelled(terms []text.Term) *node {
	switch len(terms) {
	case 0:
		return nil
	case 1:
		return l.byNorm[terms[0].Norm]
	}
	n := l.phrases[key(terms[0])]
	for _, t := range terms[1:] {
		if n == nil {
			return nil
		}
		n = n.follow(key(t))
	}
	return n
}

// group returns what a node says of the terms that lead to it.
func (n *node) group() Group {
	if n == nil {
		return Group{}
	}
	return Group{Proper: n.proper, Kin: n.kin, Alternatives: n.alternatives, entries: n.entries}
}

// extended returns a group from below with what added names offer its entries:
// for less where these are several senses of a word.
func (l *Lexicon) extended(g Group) Group {
	if len(l.extra) == 0 {
		return g
	}
	weight := float32(1)
	if !g.Proper {
		weight = float32(1 / math.Sqrt(float64(len(g.entries))))
	}
	for _, id := range g.entries {
		for _, alt := range l.extra[id] {
			alt.Weight *= weight
			g.Alternatives = appendAlternative(slices.Clip(g.Alternatives), alt)
		}
	}
	return g
}

// merge joins what the added entries and those of base say of the same terms. An
// alternative that both have keeps the larger weight.
func (g Group) merge(below Group) Group {
	all := slices.Clone(g.Alternatives)
	for _, alt := range below.Alternatives {
		i := slices.IndexFunc(all, func(have Alternative) bool { return slices.Equal(have.Stems, alt.Stems) })
		if i < 0 {
			all = append(all, alt)
			continue
		}
		all[i].Weight = max(all[i].Weight, alt.Weight)
	}
	g.Alternatives = all
	g.Kin = slices.Concat(g.Kin, below.Kin)
	g.Proper = g.Proper && below.Proper
	g.entries = slices.Concat(g.entries, below.entries)
	return g
}
