package retrieval

import (
	"context"
	"slices"

	"newsbot/corpus/text"
)

// How far guesses are trusted (fitted on the development sets, which change little
// with them).
const (
	// surelyTranslated is the CSLS of a word's best translation that is trusted
	// wholly; one of 0 is not.
	surelyTranslated = 0.3
	// spelledAlike is taken off that of a word whose vector tells how it is spelt: up
	// to there the best is mostly another name with some of its letters.
	spelledAlike = 0.3
	// mostAlike is what a word of the question's own language that means nearly the
	// same weighs: as much at a CSLS of alikeFrom+alikeRange, nothing at alikeFrom.
	mostAlike  = 0.5
	alikeFrom  = 0.1
	alikeRange = 0.5
	// common is the share of passages from which on a word is no name that needs
	// to be looked for by its sound.
	common = 0.002
)

// counts is how much of a group's weight counts among passages of a language: all
// of it where its words can be looked for, less where they were only guessed.
func (g *group) counts(lang text.Language) float64 {
	if g.scripts[lang] {
		return 1
	}
	return unknownWeight + (1-unknownWeight)*g.sure
}

// guessed says whether a group is given translations: a single word that is not
// known to be a name.
func (g *group) guessed() bool { return g.word.stem != "" && (!g.known || !g.proper) }

// translate adds to the groups of single words what may say the same in the other
// language, among the words of the collection: by their meanings, what the lexicon
// knows of them notwithstanding, for it does not know all; and for words that it
// does not know at all, names that sound alike. Of their own language it adds what
// means nearly the same: "quake" for "earthquake", the plural «زلازل» for «زلزال».
func (e *Engine) translate(ctx context.Context, a *analysis) error {
	single := map[text.Language][]*group{} // by the language they are in
	for i := range a.groups {
		if g := &a.groups[i]; g.guessed() {
			from := g.word.language()
			single[from] = append(single[from], g)
		}
	}
	for from, groups := range single {
		words := make([]questionWord, len(groups))
		for i, g := range groups {
			words[i] = g.word
		}
		to := otherLanguage(from)
		said, err := e.translations(ctx, from, words, from, to)
		if err != nil {
			return err
		}
		alike, found := said[0], said[1]
		for i, g := range groups {
			meaningful := e.meaningful(g)
			if meaningful {
				g.resemble(alike[i])
			}
			g.say(found[i], meaningful)
			if !g.known {
				e.sound(g, to)
			}
		}
	}
	return nil
}

// language is that of a word, by its script.
func (w questionWord) language() text.Language {
	if arabic(w.stem) {
		return text.Arabic
	}
	return text.English
}

// meaningful says whether the vector of a group's word tells what it means: of a word
// that no list has, and of a name, it tells how it is spelt.
func (e *Engine) meaningful(g *group) bool {
	return g.known || !g.proper && e.general.knows(g.word.stem)
}

// resemble adds words of the question's own language, those apart that it says
// already.
func (g *group) resemble(found []translation) {
	for _, t := range found {
		weight := mostAlike * min((t.csls-alikeFrom)/alikeRange, 1)
		if weight > 0 && !g.says(t.stem) {
			g.alternatives = append(g.alternatives, alternative{stems: []string{t.stem}, weight: weight, summed: true})
		}
	}
}

// says reports whether a stem is among the group's alternatives.
func (g *group) says(stem string) bool {
	return slices.ContainsFunc(g.alternatives, func(a alternative) bool { return len(a.stems) == 1 && a.stems[0] == stem })
}

// say adds translations.
func (g *group) say(found []translation, meaningful bool) {
	if len(found) == 0 {
		return
	}
	sure := min(max(found[0].csls/surelyTranslated, 0), 1)
	if !meaningful {
		sure = min(max((found[0].csls-spelledAlike)/surelyTranslated, 0), 1)
	}
	if sure == 0 {
		return
	}
	g.sure = max(g.sure, sure)
	for _, t := range found {
		g.alternatives = append(g.alternatives, alternative{stems: []string{t.stem}, weight: t.weight * sure, summed: true})
	}
}

// sound adds names that sound alike.
func (e *Engine) sound(g *group, to text.Language) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.vocabulary == nil || e.vocabulary.stems[to] == nil {
		return
	}
	if e.general.words.Share(g.word.stem) > common {
		return
	}
	for _, m := range e.vocabulary.stems[to].names.Match(g.norm) {
		if e.general.words.Share(m.Word) > common {
			continue
		}
		g.alternatives = append(g.alternatives, alternative{stems: []string{m.Word}, weight: m.Similarity})
		g.sure = max(g.sure, m.Similarity)
	}
}
