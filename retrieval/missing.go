package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
)

const (
	// mostMissing is how many words or phrases are said to be missing.
	mostMissing = 3
	// tellsLeast is what a word weighs at least beside the question's heaviest that is
	// worth naming: "yesterday" is not what is missing.
	tellsLeast = 0.5
	// tooCommon is the share of passages of news in general from which on a word tells
	// nothing, such as "happened".
	tooCommon = 0.1
	// apartLeast is what a word weighs at least beside the heaviest that may be said not
	// to stand with another.
	apartLeast = 0.7
	// onTopic is the share of the question's weight from which on an article is about
	// what is asked, so that it is the fact that is missing.
	onTopic = 0.6
	// maybeSaid is what a translation by meaning weighs at least for its word not to be
	// called missing, and surelySaid for it to be called there; maybeAlike is for words
	// of the question's own language, which weigh half as much at most.
	maybeSaid  = 0.5
	surelySaid = 0.9
	maybeAlike = 0.25
	// moreFrequent is by how much a word must be more frequent than the one that begins
	// with another letter to be taken for the one that is meant.
	moreFrequent = 4
)

// A Missing says what of a question the coverage lacks, in at most one of its fields but
// Presumed. Words are as the question has them, of any length; they are from outside, and not
// fit to be printed as they are.
type Missing struct {
	// Words are up to 3 names, words or phrases of the question that no article has in
	// either language, in its order.
	Words []string
	// Apart are two of which there is coverage, but no article has both; else nil.
	Apart []string
	// Uncited are up to 3 names, dates or numbers of the question that none of the articles
	// that are cited has with all else, in its order; there may be coverage of them.
	Uncited []string
	// Presumed says that the question takes for granted what is missing, and that what is
	// cited would answer it otherwise.
	Presumed bool
	// Fact is what is not told of something that there is coverage of: when, who and
	// so on; never which or yes/no.
	Fact answertype.Kind
}

// A gap is a question held against the coverage.
type gap struct {
	engine *Engine
	query  *query
	terms  []text.Term
	told   []told  // the question's groups, in its order
	whole  float64 // weight of those that are telling
	// passages is how many there are.
	passages int
}

// A told is a group of the question with the articles that have it, which are only
// looked for when it is telling.
type told struct {
	*group
	weight  float64 // idf
	holders holders
	unknown bool // nobody knows the word: it may be mistyped
	telling bool // says what is asked about
}

// gapOf looks for the question's words in all articles.
func (e *Engine) gapOf(q *query) *gap {
	g := &gap{engine: e, query: q, terms: e.analyzer.Terms(q.text)}
	e.mu.RLock()
	defer e.mu.RUnlock()
	g.passages = len(e.byID)
	heaviest := 0.0
	for i := range q.groups {
		t := told{group: &q.groups[i], weight: q.lightest(i)}
		heaviest = max(heaviest, t.weight)
		g.told = append(g.told, t)
	}
	slices.SortFunc(g.told, func(a, b told) int { return cmp.Compare(a.first, b.first) })
	for i := range g.told {
		t := &g.told[i]
		rare := t.weight >= tellsLeast*heaviest && e.general.share(t.alternatives) < tooCommon
		t.telling = (t.proper || rare && t.lettered(g.terms)) && !t.asks(g.terms) && !q.tellsTime(i)
		if t.telling {
			t.holders, t.unknown = e.holders(t.group), e.unknown(t.group)
			g.whole += t.weight
		}
	}
	g.breakNames()
	return g
}

// breakNames takes from the parts of a name, one of which no article has, those that
// have the others: they are about somebody else.
func (g *gap) breakNames() {
	for i := range g.told {
		if !g.told[i].absentName() {
			continue
		}
		from, to := g.name(i)
		for k := from; k <= to; k++ {
			g.told[k].holders = nil
		}
	}
}

// unknown reports whether nobody knows a word that is long enough to be mistyped.
func (e *Engine) unknown(g *group) bool {
	return !g.known && g.year == 0 && !e.general.knows(g.word.stem) && !e.general.knows(text.Stem(unattached(g.norm))) &&
		(g.proper || utf8.RuneCountInString(g.word.stem) >= slipFrom)
}

// lightest is what a group weighs in the language that has it most.
func (q *query) lightest(group int) float64 {
	least := 0.0
	for _, idfs := range q.idfs {
		if w := idfs[group]; least == 0 || w < least {
			least = w
		}
	}
	return least
}

// absentName reports whether a group is a name that no article has.
func (t *told) absentName() bool { return t.telling && t.proper && len(t.holders) == 0 }

// lettered reports whether a group is a word, not a number or a single letter.
func (t *told) lettered(terms []text.Term) bool {
	norm := terms[t.first].Norm
	return !strings.ContainsFunc(norm, unicode.IsDigit) && utf8.RuneCountInString(norm) > 1
}

// kindWords say what kind of answer is wanted, as "number", "year" and "city" do.
var kindWords = set(`عدد نسبه قيمه سعر ثمن مساحه طول عمر percentage percent number amount price cost population age
	عام سنه يوم تاريخ شهر year date day month century decade
	مدينه دوله بلد قاره عاصمه منطقه ولايه ملعب مكان city country town place state region continent stadium`)

// asks reports whether a group is one of them.
func (t *told) asks(terms []text.Term) bool {
	norm := terms[t.first].Norm
	return t.first == t.last && kindWords[norm]
}

// missing says what is missing: a name before all, then the fact where there is an
// article about all else, then words.
func (g *gap) missing(kind answertype.Kind) Missing {
	if g.query.lang == text.Other {
		return Missing{} // its words are in no article, whatever they are about
	}
	lacking := g.lacking()
	named := slices.ContainsFunc(lacking, func(t *told) bool { return t.proper })
	switch {
	case !named && facts[kind] && g.onTopic():
		return Missing{Fact: kind}
	case len(lacking) > 0:
		return Missing{Words: g.most(lacking)}
	}
	return g.apart()
}

// facts are those of which it can be said that they are not told.
var facts = map[answertype.Kind]bool{
	answertype.Who: true, answertype.When: true, answertype.Where: true, answertype.HowMany: true, answertype.HowMuch: true,
	answertype.HowLong: true, answertype.Why: true, answertype.How: true,
}

// lacking returns what no article has: names first, then by weight.
func (g *gap) lacking() []*told {
	return g.those(func(t *told) bool { return t.telling && len(t.holders) == 0 })
}

// most returns as many of the groups, the first before the others, as make up no more
// phrases than are said to be missing.
func (g *gap) most(lacking []*told) []string {
	var out []string
	for n := range lacking {
		more := g.phrases(lacking[:n+1])
		if len(more) > mostMissing {
			break
		}
		out = more
	}
	return out
}

// those returns some of the groups: names first, then by weight.
func (g *gap) those(some func(*told) bool) []*told {
	var out []*told
	for i := range g.told {
		if some(&g.told[i]) {
			out = append(out, &g.told[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *told) int {
		return cmp.Or(-compareBools(a.proper, b.proper), cmp.Compare(b.weight, a.weight))
	})
	return out
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// onTopic reports whether of the articles that surely have most of the question's weight
// one has all its names and the heaviest of its other words.
func (g *gap) onTopic() bool {
	needed := g.needed()
	weights, has := map[*article]float64{}, map[*article]int{}
	most := 0.0
	for i := range g.told {
		t := &g.told[i]
		if !t.telling {
			continue
		}
		for a, sure := range t.holders {
			if !sure {
				continue
			}
			weights[a] += t.weight
			most = max(most, weights[a])
			if needed[t] {
				has[a]++
			}
		}
	}
	if most <= 0 || most < onTopic*g.whole {
		return false
	}
	for a, w := range weights {
		if w == most && has[a] == len(needed) {
			return true
		}
	}
	return false
}

// needed are the names of a question and the heaviest of its other words.
func (g *gap) needed() map[*told]bool {
	needed := map[*told]bool{}
	var heaviest *told
	for i := range g.told {
		t := &g.told[i]
		switch {
		case !t.telling:
		case t.proper:
			needed[t] = true
		case heaviest == nil || t.weight > heaviest.weight:
			heaviest = t
		}
	}
	if heaviest != nil {
		needed[heaviest] = true
	}
	return needed
}

// apart finds the two groups that tell most and are in no article together. Two parts
// of one name are that name, which is missing.
func (g *gap) apart() Missing {
	heaviest := 0.0
	for i := range g.told {
		heaviest = max(heaviest, g.told[i].weight)
	}
	there := g.those(func(t *told) bool {
		return t.telling && len(t.holders) > 0 && (t.proper || t.weight >= apartLeast*heaviest)
	})
	for j, b := range there {
		for _, a := range there[:j] {
			if a.meets(b) {
				continue
			}
			pair := g.phrases([]*told{a, b})
			if len(pair) == 1 {
				return Missing{Words: pair}
			}
			return Missing{Apart: pair}
		}
	}
	return Missing{}
}

// meets reports whether an article has both.
func (t *told) meets(other *told) bool {
	for a := range t.holders {
		if _, both := other.holders[a]; both {
			return true
		}
	}
	return false
}

// phrases returns groups as the question has them, in its order: those beside each
// other as one phrase, names with the names beside them.
func (g *gap) phrases(some []*told) []string {
	taken := make([]bool, len(g.told))
	for _, t := range some {
		i := slices.IndexFunc(g.told, func(x told) bool { return x.group == t.group })
		from, to := g.name(i)
		for k := from; k <= to; k++ {
			taken[k] = true
		}
	}
	var out []string
	for i := 0; i < len(taken); i++ {
		if !taken[i] {
			continue
		}
		from := i
		for i+1 < len(taken) && taken[i+1] && g.beside(i, 1) {
			i++
		}
		out = append(out, g.text(from, i))
	}
	return out
}

// name returns the first and the last of the names that one stands among. In Arabic,
// which has no capitals, those beside it may be of others.
func (g *gap) name(i int) (from, to int) {
	from, to = i, i
	named := func(k int) bool {
		return g.told[k].proper && g.told[k].year == 0 && !arabic(g.terms[g.told[k].first].Norm)
	}
	if !named(i) {
		return from, to
	}
	for from > 0 && named(from-1) && g.beside(from-1, 0) {
		from--
	}
	for to+1 < len(g.told) && named(to+1) && g.beside(to, 0) {
		to++
	}
	return from, to
}

// beside reports whether nothing but spaces, and up to so many function words, is
// between a group and the next one.
func (g *gap) beside(i, words int) bool {
	last, first := g.told[i].last, g.told[i+1].first
	if first <= last || first-last-1 > words {
		return false
	}
	for k := last; k < first; k++ {
		if k > last && joins[g.terms[k].Norm] {
			return false
		}
		if strings.TrimSpace(g.query.text[g.terms[k].End:g.terms[k+1].Start]) != "" {
			return false
		}
	}
	return true
}

// joins are the words between things that are not one.
var joins = set("and or nor with او ام مع")

// text returns groups, from the first to the last, as the question has them, but for a
// preposition or conjunction written onto the first.
func (g *gap) text(from, to int) string {
	first := g.terms[g.told[from].first]
	s := g.query.text[first.Start+g.engine.proclitic(g.query.text, first) : g.terms[g.told[to].last].End]
	for _, genitive := range [...]string{"'s", "’s"} {
		s = strings.TrimSuffix(s, genitive)
	}
	return strings.Clone(s)
}

// proclitic is how many bytes of a term are one letter written onto a word that is much more
// frequent without it, as in «بكأس», or the conjunction before an article; 0 for none.
func (e *Engine) proclitic(s string, t text.Term) int {
	word := s[t.Start:t.End]
	first, size := utf8.DecodeRuneInString(word)
	if !strings.ContainsRune("بلكف", first) && !strings.HasPrefix(word, "وال") {
		return 0
	}
	bare := e.analyzer.Terms(word[size:])
	if len(bare) != 1 || bare[0].Stop || utf8.RuneCountInString(bare[0].Norm) < 3 {
		return 0
	}
	if first == 'و' && bare[0].Stem == t.Stem {
		return size
	}
	if known := e.general.words; !known.Has(bare[0].Stem) || known.Share(bare[0].Stem) < moreFrequent*known.Share(t.Stem) {
		return 0
	}
	return size
}
