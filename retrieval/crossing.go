package retrieval

import (
	"context"

	"newsbot/corpus/text"
)

// How far translations are trusted (fitted on the development sets, which change
// little with them).
const (
	// surelyTranslated is the CSLS of a word's best translation that is trusted
	// wholly; one of 0 is not.
	surelyTranslated = 0.3
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
	return ranking.unknown + (1-ranking.unknown)*g.sure
}

// guessed says whether a group is given translations: a single word that is not
// known to be a name.
func (g *group) guessed() bool { return g.word.stem != "" && (!g.known || !g.proper) }

// translate adds to the groups of single words what may say the same in the other
// language, among the words of the collection: by their meanings, what the lexicon
// knows of them notwithstanding, for it does not know all; and for words that it
// does not know at all, names that sound alike.
func (e *Engine) translate(ctx context.Context, a *analysis) error {
	single := map[text.Language][]*group{} // by the language they are in
	for i := range a.groups {
		if g := &a.groups[i]; g.guessed() {
			lang := text.English
			if arabic(g.word.stem) {
				lang = text.Arabic
			}
			single[lang] = append(single[lang], g)
		}
	}
	for from, groups := range single {
		words := make([]questionWord, len(groups))
		for i, g := range groups {
			words[i] = g.word
		}
		to := otherLanguage(from)
		found, err := e.translations(ctx, from, to, words)
		if err != nil {
			return err
		}
		for i, g := range groups {
			g.say(found[i])
			if !g.known {
				e.sound(g, to)
			}
		}
	}
	return nil
}

// say adds translations.
func (g *group) say(found []translation) {
	if len(found) == 0 {
		return
	}
	g.sure = min(max(found[0].csls/surelyTranslated, 0), 1)
	if g.sure == 0 {
		return
	}
	for _, t := range found {
		g.alternatives = append(g.alternatives, alternative{stems: []string{t.stem}, weight: t.weight * g.sure, summed: true})
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
