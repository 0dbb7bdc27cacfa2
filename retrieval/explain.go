package retrieval

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// Bounds on what is told of a word.
const (
	mostListed           = 40 // variants of lists
	mostTranslationsTold = 10
	mostNamesTold        = 8
)

// An Explained is a word or phrase of a question as [Engine.Search] sees it.
type Explained struct {
	Text       string // as written
	Normalized string
	Stems      string        // what it is looked up by, with spaces between; of a phrase without its stop words
	Language   text.Language // of its script; text.Other for a number
	Role       Role
	// What follows is empty unless Role is RoleSearched.

	// Known says that the lexicon has it; Proper that it is the name of one person,
	// place or year.
	Known, Proper bool
	// Sure is how far the translations of a word that the lexicon does not know are
	// trusted, 0 to 1.
	Sure float64
	// Ways are the ways of saying it, that of the question first, grouped by origin.
	// Those that the collection has stand first among the listed ones.
	Ways []Way
	// Omitted counts the ways that Search looks for, or kin, that are not among Ways:
	// they are too many.
	Omitted int
	// Found says where all of it together is found: in Arabic, in English and, if
	// there are such articles, in other languages.
	Found []Found
}

// A Role says what a word does in a question.
type Role string

// The roles.
const (
	RoleSearched Role = "searched"
	RoleStop     Role = "stop" // a function word, which is not searched for
	RoleAsks     Role = "asks" // "long" in "how long": an answer need not have it
)

// An Origin says how a way of saying a word is known.
type Origin string

// The origins, in the order of Explained.Ways.
const (
	OriginText    Origin = "text"    // as in the question
	OriginTypo    Origin = "typo"    // a word of the collection that it may have been meant for, and what lists say of the likeliest
	OriginAdded   Origin = "added"   // of lists that were added to those of the program
	OriginBuiltIn Origin = "builtin" // of the program's lists
	OriginKin     Origin = "kin"     // of the program's lists: the same country in other words
	OriginMeaning Origin = "meaning" // from the collection's vocabulary: a translation, or nearly the same
	OriginSound   Origin = "sound"   // a name that sounds alike
)

// A Way is one way of saying a word.
type Way struct {
	Origin   Origin
	Language text.Language
	// Text is how it is written: in the question, in the list, or, of what is found in
	// the collection's vocabulary, in an article. It is from outside, and not fit to be
	// printed as it is.
	Text string
	// Stems are the phrases of stems that it is looked up by.
	Stems []string
	// Weight is what it counts in ranking, in [0, 1]; 0 is for what is too unsure to be
	// looked up, and for kin, which only tells that a passage is not about something
	// else.
	Weight float64
	// CSLS is the similarity of meaning, about -0.3 to 0.6; 0 for another origin than
	// OriginMeaning.
	CSLS float64
	// Similarity is that of sound, 0.7 to 1; 0 for another origin than OriginSound.
	Similarity float64
	// Passages counts those that hold it, by the language of the article, where Search
	// looks for it so with a preposition written onto it, too.
	Passages map[text.Language]int
}

// A Found says where a word is found in one language.
type Found struct {
	Language text.Language
	Passages int // that hold any way of saying it
	Of       int // all passages of the language
	// IDF is what the word weighs among the others of a question: the rarer, the more.
	IDF float64
}

// Explain returns the words and phrases of a question, in its order and each once,
// with all that Search knows of them. Errors are as for [Engine.Ask]. The caller
// owns what is returned.
func (e *Engine) Explain(ctx context.Context, question string) ([]Explained, error) {
	a, err := e.analyse(question)
	if err != nil {
		return nil, err
	}
	x := newExplainer(e, &a)
	if err := e.translate(ctx, &a); err != nil {
		return nil, err
	}
	out := x.skipped()
	for i := range a.groups {
		one, err := x.searched(ctx, i)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b placed) int { return cmp.Compare(a.first, b.first) })
	words := make([]Explained, len(out))
	for i, p := range out {
		words[i] = p.Explained
	}
	return words, nil
}

// A placed is explained and has the number of its first term.
type placed struct {
	Explained
	first int
}

// An explainer explains one question.
type explainer struct {
	engine *Engine
	asked  *analysis
	terms  []text.Term
	own    []int // by group, how many alternatives it has before it is translated
	// listed has by first term what the lexicon knows, and builtIn what it would
	// without the added lists.
	listed, builtIn map[int]lexicon.Group
}

// newExplainer is to be called before a is translated.
func newExplainer(e *Engine, a *analysis) *explainer {
	x := &explainer{engine: e, asked: a, terms: e.analyzer.Terms(a.text)}
	for i := range a.groups {
		x.own = append(x.own, len(a.groups[i].alternatives))
	}
	known := e.lexicon.Load()
	x.listed, x.builtIn = byFirst(known.Groups(x.terms)), byFirst(known.Base().Groups(x.terms))
	return x
}

func byFirst(groups []lexicon.Group) map[int]lexicon.Group {
	m := map[int]lexicon.Group{}
	for _, g := range groups {
		m[g.First] = g
	}
	return m
}

// skipped returns the words that are not searched for.
func (x *explainer) skipped() []placed {
	covered := make([]bool, len(x.terms))
	for _, g := range x.asked.groups {
		for i := g.first; i <= g.last; i++ {
			covered[i] = true
		}
	}
	var out []placed
	seen := map[string]bool{}
	for i, t := range x.terms {
		role := RoleAsks
		if t.Stop {
			role = RoleStop
		}
		if covered[i] || seen[t.Norm] || !t.Stop && !asksHow(x.terms, i) {
			continue
		}
		seen[t.Norm] = true
		out = append(out, placed{x.word(i, i, role), i})
	}
	return out
}

// word explains terms without what is known of them.
func (x *explainer) word(first, last int, role Role) Explained {
	terms := x.terms[first : last+1]
	var norms []string
	for _, t := range terms {
		norms = append(norms, t.Norm)
	}
	stem := strings.Join(stems(terms), " ")
	if stem == "" { // nothing but stop words
		stem = strings.Join(norms, " ")
	}
	return Explained{
		Text:       strings.Clone(x.asked.text[terms[0].Start:terms[len(terms)-1].End]),
		Normalized: strings.Join(norms, " "), Stems: stem, Language: scriptOf(stem), Role: role,
	}
}

// scriptOf is the language of a word by its letters.
func scriptOf(word string) text.Language {
	switch {
	case arabic(word):
		return text.Arabic
	case strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) }):
		return text.English
	}
	return text.Other
}

// searched explains a group.
func (x *explainer) searched(ctx context.Context, i int) (placed, error) {
	g := &x.asked.groups[i]
	one := x.word(g.first, g.last, RoleSearched)
	one.Known, one.Proper, one.Sure = g.known, g.proper, g.sure
	ways := []Way{{Origin: OriginText, Language: one.Language, Text: one.Text, Stems: []string{one.Stems}, Weight: 1}}
	e := x.engine
	if one.Known {
		ways = x.listedWays(g, &one, ways)
	} else {
		ways = x.slippedWays(g, &one, ways)
	}
	if g.guessed() {
		told := len(ways)
		var err error
		if ways, err = x.guessedWays(ctx, g, x.own[i], ways); err != nil {
			return placed{}, err
		}
		one.Omitted = len(g.alternatives) - x.own[i] - counted(ways[told:])
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for i := range ways {
		ways[i].Passages = e.passagesWith(&ways[i])
	}
	one.Found = e.foundOf(g)
	ways, omitted := tellable(ways)
	one.Ways, one.Omitted = ways, one.Omitted+omitted
	return placed{one, g.first}, nil
}

// tellable drops listed ways that are too many, and counts them. What the
// collection has stays, and stands first.
func tellable(ways []Way) (kept []Way, omitted int) {
	slices.SortStableFunc(ways, func(a, b Way) int {
		return cmp.Or(
			cmp.Compare(slices.Index(origins[:], a.Origin), slices.Index(origins[:], b.Origin)),
			cmp.Compare(a.absent(), b.absent()))
	})
	count := map[Origin]int{}
	for _, w := range ways {
		if count[w.Origin]++; count[w.Origin] > mostListed {
			omitted++
			continue
		}
		kept = append(kept, w)
	}
	return kept, omitted
}

var origins = [...]Origin{OriginText, OriginTypo, OriginAdded, OriginBuiltIn, OriginKin, OriginMeaning, OriginSound}

// absent is 1 for a listed way that the collection does not have, 0 for all else:
// what was guessed stays in its order.
func (w *Way) absent() int {
	guessed := w.Origin == OriginMeaning || w.Origin == OriginSound
	if !guessed && len(w.Passages) == 0 {
		return 1
	}
	return 0
}

// listedWays appends those of the lexicon, but for what the question says itself.
func (x *explainer) listedWays(g *group, one *Explained, ways []Way) []Way {
	l := lister{one, ways, map[wayKey]int{}}
	known := x.listed[g.first]
	for _, alt := range known.Alternatives {
		l.add(x.origin(g, alt), alt, float64(alt.Weight))
	}
	for _, alt := range known.Kin {
		l.add(OriginKin, alt, 0)
	}
	return l.ways
}

// slippedWays appends what a word may have been meant for, and what the lexicon
// says of the likeliest.
func (x *explainer) slippedWays(g *group, one *Explained, ways []Way) []Way {
	e, slips := x.engine, map[string]bool{}
	for _, a := range e.slips(x.terms[g.first]) {
		slips[a.stems[0]] = true
		ways = append(ways, Way{Origin: OriginTypo, Language: scriptOf(a.stems[0]), Text: a.stems[0], Stems: a.stems, Weight: a.weight})
	}
	l := lister{one, ways, map[wayKey]int{}}
	known, _ := e.listed(g.meant)
	for _, alt := range known.Alternatives {
		if !slips[strings.Join(alt.Stems, " ")] {
			l.add(OriginTypo, alt, slipped*float64(alt.Weight))
		}
	}
	return l.ways
}

// A lister adds variants of lists to the ways of saying a word: a way for each
// variant, whatever forms it has.
type lister struct {
	one  *Explained
	ways []Way // that of the question first
	at   map[wayKey]int
}

func (l *lister) add(origin Origin, alt lexicon.Alternative, weight float64) {
	stems := strings.Join(alt.Stems, " ")
	key := wayKey{origin, alt.Text}
	i, ok := l.at[key]
	switch {
	case stems == l.one.Stems:
		return
	case text.Normalize(alt.Text) == l.one.Normalized:
		i = 0 // the question's own has another stem, too
	case !ok:
		i, l.at[key] = len(l.ways), len(l.ways)
		l.ways = append(l.ways, Way{Origin: origin, Language: alt.Language, Text: alt.Text})
	}
	l.ways[i].Stems = append(l.ways[i].Stems, stems)
	l.ways[i].Weight = max(l.ways[i].Weight, weight)
}

// A wayKey tells apart the variants of a word.
type wayKey struct {
	origin Origin
	text   string
}

// origin says whose an alternative is.
func (x *explainer) origin(g *group, alt lexicon.Alternative) Origin {
	own, ok := x.builtIn[g.first]
	has := ok && own.Last == g.last && slices.ContainsFunc(own.Alternatives, func(have lexicon.Alternative) bool {
		return slices.Equal(have.Stems, alt.Stems)
	})
	if has {
		return OriginBuiltIn
	}
	return OriginAdded
}

// guessedWays appends words that mean the same or nearly, and names of a word that
// the lexicon does not know. The group's alternatives from own on were made of them.
func (x *explainer) guessedWays(ctx context.Context, g *group, own int, ways []Way) ([]Way, error) {
	e := x.engine
	from := g.word.language()
	to := otherLanguage(from)
	said := len(ways)
	weights := map[wayKey]float64{}
	for _, a := range g.alternatives[own:] {
		weights[wayKey{guess(a), a.stems[0]}] = a.weight
	}
	found, err := e.translations(ctx, from, []questionWord{g.word}, from, to) // remembered by now
	if err != nil {
		return nil, err
	}
	for k, lang := range [...]text.Language{from, to} {
		told := 0
		for _, t := range found[k][0] {
			weight := weights[wayKey{OriginMeaning, t.stem}]
			if told == mostTranslationsTold || lang == from && weight == 0 { // itself, or too far off
				continue
			}
			told++
			ways = append(ways, Way{Origin: OriginMeaning, Language: lang, Stems: []string{t.stem}, Weight: weight, CSLS: t.csls})
		}
	}
	names := 0
	for _, m := range e.soundsLike(g.norm, to) {
		if weight := weights[wayKey{OriginSound, m.Word}]; weight > 0 && names < mostNamesTold {
			names++
			ways = append(ways, Way{Origin: OriginSound, Language: to, Stems: []string{m.Word}, Weight: weight, Similarity: m.Similarity})
		}
	}
	return ways, e.spell(ctx, ways[said:])
}

// counted returns how many of some ways count in ranking.
func counted(ways []Way) int {
	n := 0
	for _, w := range ways {
		if w.Weight > 0 {
			n++
		}
	}
	return n
}

// guess is where an alternative that was added by translate is from.
func guess(a alternative) Origin {
	if a.summed {
		return OriginMeaning
	}
	return OriginSound
}

// soundsLike returns the stems of a language that sound like a word.
func (e *Engine) soundsLike(norm string, lang text.Language) []lexicon.NameMatch {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.vocabulary == nil || e.vocabulary.stems[lang] == nil {
		return nil
	}
	return e.vocabulary.stems[lang].names.Match(norm)
}
