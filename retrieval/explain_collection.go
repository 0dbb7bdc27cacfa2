package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// mostSpellings is how many forms of a stem are looked at to show one of them.
const mostSpellings = 32

// passagesWith counts by language the passages in which Search finds a way of saying
// a word. The engine's lock is held.
func (e *Engine) passagesWith(w *Way) map[text.Language]int {
	one := group{}
	for _, phrase := range w.Stems {
		one.alternatives = append(one.alternatives, alternative{stems: strings.Fields(phrase), weight: 1})
	}
	if w.Origin == OriginText || w.Origin == OriginAdded || w.Origin == OriginBuiltIn {
		one.attach()
	}
	counts := map[text.Language]int{}
	for lang, f := range e.words {
		if n, _ := f.holding(one.alternatives); n > 0 {
			counts[lang] = n
		}
	}
	return counts
}

// foundOf says where a group is found. The engine's lock is held.
func (e *Engine) foundOf(g *group) []Found {
	var all []Found
	for _, lang := range [...]text.Language{text.Arabic, text.English, text.Other} {
		one := Found{Language: lang}
		df := 0.0
		if f := e.words[lang]; f != nil {
			one.Of = f.stems.count
			one.Passages, df = f.holding(g.alternatives)
		}
		one.IDF = idf(df, one.Of, e.general.share(g.alternatives))
		if lang != text.Other || one.Of > 0 {
			all = append(all, one)
		}
	}
	return all
}

// holding counts the passages that hold one of some alternatives, and those that
// the idf is made of, in which unsure translations count less.
func (f *fields) holding(alternatives []alternative) (passages int, df float64) {
	a := f.account()
	defer f.accounts.Put(a)
	a.count(f.stems, alternatives)
	return len(a.group.docs), a.group.df
}

// spell fills in how the stems of ways are written in an article: the shortest form
// of each, the stem itself where none is known any more.
func (e *Engine) spell(ctx context.Context, ways []Way) error {
	of := map[int64]string{} // stems by the keys of their forms
	e.mu.RLock()
	for _, w := range ways {
		for _, key := range e.vocabulary.keys(w.Language, w.Stems[0]) {
			of[key] = w.Stems[0]
		}
	}
	e.mu.RUnlock()
	spelled := map[string]string{}
	if err := e.spellings(ctx, of, spelled); err != nil {
		return err
	}
	for i := range ways {
		stem := ways[i].Stems[0]
		ways[i].Text = cmp.Or(spelled[stem], stem)
	}
	return nil
}

// spellings reads the forms with keys of some stems, and notes the plainest of each.
func (e *Engine) spellings(ctx context.Context, of map[int64]string, spelled map[string]string) error {
	if len(of) == 0 {
		return nil
	}
	err := e.store.Words(ctx, e.encoders.Quick.ID(), slices.Sorted(maps.Keys(of)), func(w corpus.Word) error {
		stem := of[w.Key]
		if had, ok := spelled[stem]; !ok || plainer(w.Form, had) {
			spelled[stem] = w.Form
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading words: %w", err)
	}
	return nil
}

// plainer reports whether a form is shorter than another, or as short and in lower
// case.
func plainer(form, than string) bool {
	n, m := utf8.RuneCountInString(form), utf8.RuneCountInString(than)
	return n < m || n == m && form > than
}

// keys returns some of the keys of a stem's forms.
func (v *vocabulary) keys(lang text.Language, stem string) []int64 {
	if v == nil || v.stems[lang] == nil {
		return nil
	}
	row, ok := v.stems[lang].rows[stem]
	if !ok {
		return nil
	}
	forms := v.stems[lang].forms[row]
	return forms[:min(len(forms), mostSpellings)]
}
