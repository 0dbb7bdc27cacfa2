package retrieval

import (
	"context"

	"newsbot/corpus/text"
)

// alike says how near words of articles come in meaning to the words of a question, so
// that a sentence is found which says it in other words: "beats" for "win", «تصل» for
// «تبلغ». Unlike translations, which find passages, it counts what is hardly related
// too: within a few articles that is worth knowing.
type alike struct {
	engine   *Engine
	meanings [][]float32                            // by group, centred; nil for a phrase, a name or a number
	seen     map[text.Language]map[string][]float64 // by stem
	scratch  []float32
}

// alike reads what the words of a question mean. Without a quick encoder nothing is
// alike.
func (e *Engine) alike(ctx context.Context, q *query) (*alike, error) {
	a := &alike{engine: e, meanings: make([][]float32, len(q.groups)), seen: map[text.Language]map[string][]float64{}}
	v := e.meanings()
	if v == nil {
		return a, nil
	}
	a.scratch = make([]float32, v.dim)
	var words []questionWord
	which := map[text.Language][]int{}
	for i := range q.groups {
		w := q.groups[i].word
		words = append(words, w)
		if from := w.language(); q.groups[i].guessed() && translatable(w.form) && v.usual[from] != nil && i < mostTranslated {
			which[from] = append(which[from], i)
		}
	}
	for from, some := range which {
		meanings, err := e.meaningsOf(ctx, from, words, some)
		if err != nil {
			return nil, err
		}
		for i, m := range meanings {
			a.meanings[i] = m
		}
	}
	return a, nil
}

// of returns for each group the cosine of the word of a sentence that comes nearest.
func (a *alike) of(lang text.Language, words []text.Term) []float64 {
	out := make([]float64, len(a.meanings))
	for _, w := range words {
		if w.Stop {
			continue
		}
		for i, c := range a.word(lang, w.Stem) {
			out[i] = max(out[i], c)
		}
	}
	return out
}

// word returns what a stem comes near to. Sentences share their words, so it is kept.
func (a *alike) word(lang text.Language, stem string) []float64 {
	found, ok := a.seen[lang][stem]
	if ok {
		return found
	}
	if a.seen[lang] == nil {
		a.seen[lang] = map[string][]float64{}
	}
	found = a.compare(lang, stem)
	a.seen[lang][stem] = found
	return found
}

func (a *alike) compare(lang text.Language, stem string) []float64 {
	if !a.read(lang, stem) {
		return nil
	}
	out := make([]float64, len(a.meanings))
	for i, m := range a.meanings {
		if m != nil {
			out[i] = min(max(dot(m, a.scratch), 0), 1)
		}
	}
	return out
}

// read puts the centred vector of a stem into scratch; false when there is none.
func (a *alike) read(lang text.Language, stem string) bool {
	a.engine.mu.RLock()
	defer a.engine.mu.RUnlock()
	v := a.engine.vocabulary
	if v == nil || v.stems[lang] == nil || v.usual[lang] == nil {
		return false
	}
	row, ok := v.stems[lang].rows[stem]
	if !ok {
		return false
	}
	v.stems[lang].vectors.ReadRow(a.scratch, int(row))
	for i, c := range v.usual[lang].centre {
		a.scratch[i] -= c
	}
	unit(a.scratch)
	return true
}
