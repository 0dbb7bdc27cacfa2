package lexicon

import (
	"math"
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// A node is a place in the lexicon that a word or a phrase leads to.
type node struct {
	// next has the nodes that a phrase goes on to. Nearly all nodes have very few,
	// so that a slice is faster to make and to search than a map.
	next []edge
	// entries are the entries that have this word or phrase, in list order.
	entries []int
	// said holds what leads here.
	said []Alternative
	// proper says that all entries are.
	proper bool
	// kin are the alternatives of the entries that belong to the same country.
	kin []Alternative
	// alternatives are those of all entries, ready to be handed out.
	alternatives []Alternative
}

// An edge leads to a node by the key of a term.
type edge struct {
	key string
	to  *node
}

// follow returns the node that key leads to, or nil.
func (n *node) follow(key string) *node {
	for _, e := range n.next {
		if e.key == key {
			return e.to
		}
	}
	return nil
}

// A builder makes a Lexicon out of entries.
type builder struct {
	entries [][]Alternative
	proper  []bool  // by entry
	named   []bool  // by entry
	kin     [][]int // by entry, the entries of the same country
	nodes   []*node // all that have entries
	lex     *Lexicon

	// The small values of the many nodes are cut out of large ones.
	nodeSlab  slab[node]
	entrySlab slab[int]
	saidSlab  slab[Alternative]
}

// A slab hands out slices of one element each, many to an allocation.
type slab[T any] []T

func (s *slab[T]) one(v T) []T {
	if len(*s) == cap(*s) {
		*s = make([]T, 0, 1024)
	}
	*s = append(*s, v)
	last := len(*s)
	return (*s)[last-1 : last : last]
}

// newBuilder returns a builder with room for n entries.
func newBuilder(n int) *builder {
	return &builder{
		entries: make([][]Alternative, 0, n),
		nodes:   make([]*node, 0, 8*n),
		lex: &Lexicon{
			byNorm:    make(map[string]*node, 3*n),
			byStem:    make(map[string]*node, 3*n),
			phrases:   make(map[string]*node, n),
			firstKeys: make(map[string]string, n/2),
		},
	}
}

func (b *builder) add(e Entry) {
	id := len(b.entries)
	b.entries = append(b.entries, make([]Alternative, 0, countForms(e)))
	b.proper, b.named = append(b.proper, e.Proper), append(b.named, e.Named && !isPeople(e))
	b.kin = append(b.kin, nil)
	for _, v := range e.English {
		b.addVariant(id, v, text.English)
	}
	for _, v := range e.Arabic {
		b.addVariant(id, v, text.Arabic)
	}
}

func countForms(e Entry) int {
	n := len(e.English)
	for _, v := range e.Arabic {
		n += len(v.forms)
	}
	return n
}

// addVariant adds the forms of a variant. The form of a verb whose stem is short
// is left out, the others stand for it: «قضى» would bring in every «قضية».
func (b *builder) addVariant(id int, v Variant, lang text.Language) {
	verb := len(v.forms) == verbForms
	for _, terms := range v.forms {
		kept := content(terms)
		if len(kept) == 0 || verb && isShort(terms[0].Stem) {
			continue
		}
		said := Alternative{Stems: stems(kept), Text: v.Text, Language: lang, Weight: 1}
		if !v.QuestionOnly {
			b.entries[id] = appendAlternative(b.entries[id], said)
		}
		if len(terms) == 1 {
			b.addWord(id, terms[0], said)
			continue
		}
		b.addPhrase(id, terms, said)
	}
}

func (b *builder) addWord(id int, t text.Term, said Alternative) {
	b.mark(b.child(b.lex.byNorm, t.Norm), id, said)
	if !isShort(t.Stem) {
		b.mark(b.child(b.lex.byStem, t.Stem), id, said)
	}
}

func (b *builder) addPhrase(id int, terms []text.Term, said Alternative) {
	if said.Language == text.Arabic {
		b.lex.firstKeys[terms[0].Norm] = key(terms[0])
	}
	n := b.child(b.lex.phrases, key(terms[0]))
	for _, t := range terms[1:] {
		k := key(t)
		to := n.follow(k)
		if to == nil {
			to = b.newNode()
			n.next = append(n.next, edge{k, to})
		}
		n = to
	}
	b.mark(n, id, said)
}

// mark records that n leads to an entry, and by which stems.
func (b *builder) mark(n *node, id int, said Alternative) {
	if n.entries == nil {
		b.nodes = append(b.nodes, n)
		n.entries, n.said = b.entrySlab.one(id), b.saidSlab.one(said)
		return
	}
	n.said = appendAlternative(n.said, said)
	if n.entries[len(n.entries)-1] != id {
		n.entries = append(n.entries, id)
	}
}

func (b *builder) lexicon() *Lexicon {
	for _, n := range b.nodes {
		n.alternatives = b.alternatives(n)
		for _, id := range n.entries {
			for _, kin := range b.kin[id] {
				n.kin = append(n.kin, b.entries[kin]...)
			}
		}
		n.proper = !slices.ContainsFunc(n.entries, func(id int) bool { return !b.proper[id] })
		n.said = nil
	}
	b.lex.entries, b.lex.proper, b.lex.named = b.entries, b.proper, b.named
	return b.lex
}

// join makes kin of neighbours that tell of one country: their Arabic begins
// alike, «هولندا» and «هولندي», where the English need not.
func (b *builder) join(entries []Entry) {
	for i := 1; i < len(entries); i++ {
		if entries[i].Country && entries[i-1].Country && alike(entries[i-1], entries[i]) {
			b.kin[i] = append(b.kin[i], i-1)
			b.kin[i-1] = append(b.kin[i-1], i)
		}
	}
}

// alike reports whether an Arabic variant of each begins with the same three
// letters.
func alike(a, b Entry) bool {
	for _, v := range a.Arabic {
		for _, w := range b.Arabic {
			x, y := []rune(withoutArticle(v.Text)), []rune(withoutArticle(w.Text))
			if len(x) >= 3 && len(y) >= 3 && slices.Equal(x[:3], y[:3]) {
				return true
			}
		}
	}
	return false
}

func withoutArticle(variant string) string {
	return strings.TrimPrefix(text.Normalize(variant), "ال")
}

// alternatives returns what was said and the alternatives of a node's entries.
// A node with one entry that offers what was said shares the entry's own.
func (b *builder) alternatives(n *node) []Alternative {
	first := b.entries[n.entries[0]]
	if len(n.entries) == 1 && !slices.ContainsFunc(n.said, func(a Alternative) bool { return !contains(first, a) }) {
		return first
	}
	weight := float32(1 / math.Sqrt(float64(len(n.entries))))
	size := len(n.said)
	for _, id := range n.entries {
		size += len(b.entries[id])
	}
	all := append(make([]Alternative, 0, size), n.said...)
	for _, id := range n.entries {
		for _, alt := range b.entries[id] {
			alt.Weight = weight
			all = appendAlternative(all, alt)
		}
	}
	return all
}

// appendAlternative adds alt unless its stems are there already.
func appendAlternative(all []Alternative, alt Alternative) []Alternative {
	if contains(all, alt) {
		return all
	}
	return append(all, alt)
}

// contains reports whether all has an alternative with the stems of alt.
func contains(all []Alternative, alt Alternative) bool {
	return slices.ContainsFunc(all, func(have Alternative) bool {
		return slices.Equal(have.Stems, alt.Stems)
	})
}

func (b *builder) newNode() *node { return &b.nodeSlab.one(node{})[0] }

func (b *builder) child(m map[string]*node, key string) *node {
	n := m[key]
	if n == nil {
		n = b.newNode()
		m[key] = n
	}
	return n
}
