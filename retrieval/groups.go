package retrieval

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// An alternative is one way to say what a group of the question's words says.
type alternative struct {
	stems  []string // all must occur
	weight float64
	// summed is for translations: what they find adds up, by weight, where of
	// other spellings the best counts.
	summed bool
}

// A group is a word or phrase of the question with its spellings and
// translations: it is scored as one term.
type group struct {
	first, last  int // the terms of the question that it covers
	alternatives []alternative
	scripts      map[text.Language]bool // languages in which it can be found
	grams        []string               // character 4-grams of the question's own Arabic stems
	kin          []alternative          // tell of the same country in other words
	proper       bool                   // the name of one person, place or year
	named        bool                   // the lexicon has nothing but names for it, of whatever: "Google", "Nobel Prize"
	exact        bool                   // the lexicon has it as it is spelled
	// word is the question's own as articles write it, empty for a phrase, norm how it
	// is normalised, and known that the lexicon has it; sure is how sure its translations are, 0 to 1.
	word  questionWord
	norm  string
	known bool
	sure  float64
	year  int // 0 when it is none
	// meant is the word that a mistyped one was most likely meant for, without a
	// place in the question; its Norm is "" when there is none.
	meant text.Term
}

// groups joins the question's content words with what the lexicon knows of
// them. Words the lexicon does not know stand alone.
func (e *Engine) groups(question string, terms []text.Term) []group {
	var out []group
	known := make([]bool, len(terms))
	names := !titleCase(question, terms)
	shouted := text.Shouted(question)
	for _, g := range e.lexicon.Load().Groups(terms) {
		if g.First == g.Last && asksHow(terms, g.First) {
			continue
		}
		one := group{first: g.First, last: g.Last, scripts: map[text.Language]bool{}, proper: g.Proper, known: true}
		if t := terms[g.First]; g.First == g.Last {
			one.word, one.norm = questionWord{t.Stem, wordAsWritten(question[t.Start:t.End], shouted)}, t.Norm
		}
		for _, a := range g.Alternatives {
			one.alternatives = append(one.alternatives, alternative{stems: a.Stems, weight: float64(a.Weight)})
			one.scripts[a.Language] = true
		}
		one.named, one.exact = areNames(g.Alternatives), g.First < g.Last || spelledSo(g.Alternatives, terms[g.First].Norm)
		for _, a := range g.Kin {
			one.kin = append(one.kin, alternative{stems: a.Stems, weight: 1})
		}
		if said := stems(terms[g.First : g.Last+1]); len(said) > 0 {
			one.alternatives = append(one.alternatives, alternative{stems: said, weight: 1})
		}
		for i := g.First; i <= g.Last; i++ {
			known[i] = true
			one.own(terms[i])
		}
		out = append(out, one)
	}
	for i, t := range terms {
		if known[i] || t.Stop || asksHow(terms, i) {
			continue
		}
		one := group{first: i, last: i, scripts: map[text.Language]bool{}, proper: names && i > 0 && capital(question, t)}
		one.alternatives = append([]alternative{{stems: []string{t.Stem}, weight: 1}}, e.slips(t)...)
		one.word, one.norm = questionWord{t.Stem, wordAsWritten(question[t.Start:t.End], shouted)}, t.Norm
		one.own(t)
		e.mend(&one, t)
		out = append(out, one)
	}
	out = unique(out)
	for i := range out {
		out[i].attach()
	}
	return out
}

// areNames reports whether ways of saying something are names: all the English ones are
// written with a capital letter.
func areNames(all []lexicon.Alternative) bool {
	n := 0
	for _, a := range all {
		if a.Language != text.English {
			continue
		}
		if n++; !capitalAt(a.Text, 0) {
			return false
		}
	}
	return n > 0
}

// spelledSo reports whether a word is spelled as one of the ways to say something, but for
// what is written onto it in Arabic: by its stem alone a word may be found for another.
func spelledSo(all []lexicon.Alternative, norm string) bool {
	if !arabic(norm) {
		return true
	}
	return slices.ContainsFunc(all, func(a lexicon.Alternative) bool {
		spelled := withoutClitics(text.Normalize(a.Text))
		return spelled == withoutClitics(norm) || spelled == withoutClitics(unattached(norm))
	})
}

// attach adds the forms of Arabic words that light stemming leaves: with a
// preposition written onto the word, «بفرنسا», with the alif of an indefinite
// accusative, «اجتماعا», and with the sin of the future, «سيتصل».
func (g *group) attach() {
	for _, a := range slices.Clone(g.alternatives) {
		first := a.stems[0]
		long := utf8.RuneCountInString(first) >= 4 || len(a.stems) > 1
		if !long || !arabic(first) {
			continue
		}
		forms := []string{"ب" + first, "ل" + first, first + "ا"}
		if strings.HasPrefix(first, "ي") || strings.HasPrefix(first, "ت") {
			forms = append(forms, "س"+first)
		}
		for _, form := range forms {
			phrase := append([]string{form}, a.stems[1:]...)
			g.alternatives = append(g.alternatives, alternative{phrase, a.weight * attached, a.summed})
		}
	}
}

// attached is what such a form weighs: now and then it is another word.
const attached = 0.9

func arabic(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Arabic, first)
}

// titleCase reports whether a question is written like a headline, three content
// words or more and all with a capital letter: then capitals do not tell names.
func titleCase(question string, terms []text.Term) bool {
	n := 0
	for _, t := range terms {
		if t.Stop {
			continue
		}
		if n++; !capital(question, t) {
			return false
		}
	}
	return n >= 3
}

// capital reports whether a word is written as a name: with a capital letter,
// but not in capitals, as abbreviations are, whose full form an article may use.
func capital(question string, t text.Term) bool {
	word := question[t.Start:t.End]
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && strings.ContainsFunc(word[size:], unicode.IsLower)
}

// own notes what the question's own word can be found by.
func (g *group) own(t text.Term) {
	first, _ := utf8.DecodeRuneInString(t.Norm)
	switch {
	case unicode.IsDigit(first):
		g.scripts[text.Arabic], g.scripts[text.English] = true, true
		if n, err := strconv.Atoi(t.Norm); err == nil && n >= 1900 && n < 2100 {
			g.proper, g.year = true, n
		}
	case unicode.Is(unicode.Arabic, first):
		g.scripts[text.Arabic] = true
		g.grams = append(g.grams, text.Grams(t.Stem)...)
	default:
		g.scripts[text.English] = true
	}
	g.scripts[text.Other] = true
}

// unique drops groups that say the same again: a word asked twice counts once.
func unique(groups []group) []group {
	seen := map[string]bool{}
	out := groups[:0]
	for _, g := range groups {
		var key strings.Builder
		for _, a := range g.alternatives {
			key.WriteString(strings.Join(a.stems, " ") + "|")
		}
		if !seen[key.String()] {
			seen[key.String()] = true
			out = append(out, g)
		}
	}
	return out
}

// A coverer says which groups of a question a set of words covers.
type coverer struct {
	singles map[string][]hit // by stem
	phrases []phrase
	groups  int
}

type hit struct {
	group  int
	weight float64
}

type phrase struct {
	hit
	stems []string
}

// quotedFor is how likely a translation must be that a sentence is chosen for it:
// less likely ones find passages, but would choose the wrong words there.
const quotedFor = 0.5

func newCoverer(groups []group) *coverer {
	c := &coverer{singles: map[string][]hit{}, groups: len(groups)}
	for i, g := range groups {
		c.add(i, g.alternatives)
	}
	return c
}

// kinCoverer says of which groups a set of words has the kin.
func kinCoverer(groups []group) *coverer {
	c := &coverer{singles: map[string][]hit{}, groups: len(groups)}
	for i, g := range groups {
		c.add(i, g.kin)
	}
	return c
}

func (c *coverer) add(group int, alternatives []alternative) {
	for _, a := range alternatives {
		if a.summed && a.weight < quotedFor {
			continue
		}
		h := hit{group, min(a.weight, 1)}
		if len(a.stems) == 1 {
			c.singles[a.stems[0]] = append(c.singles[a.stems[0]], h)
			continue
		}
		c.phrases = append(c.phrases, phrase{h, a.stems})
	}
}

// cover returns by group the weight of its best alternative that words holds,
// 0 to 1.
func (c *coverer) cover(words map[string]bool) []float64 {
	out := make([]float64, c.groups)
	for w := range words {
		for _, h := range c.singles[w] {
			out[h.group] = max(out[h.group], h.weight)
		}
	}
	for _, p := range c.phrases {
		if out[p.group] < p.weight && all(words, p.stems) {
			out[p.group] = p.weight
		}
	}
	return out
}

func all(words map[string]bool, stems []string) bool {
	for _, s := range stems {
		if !words[s] {
			return false
		}
	}
	return true
}

// wordSet returns the stems of the words that are searched for.
func wordSet(terms []text.Term) map[string]bool {
	words := make(map[string]bool, len(terms))
	for _, t := range terms {
		if !t.Stop {
			words[t.Stem] = true
		}
	}
	return words
}
