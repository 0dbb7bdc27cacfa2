package retrieval

import (
	"maps"
	"math"
	"slices"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// meansOf works out a vocabulary afresh from the articles of a bench: by language
// and stem the mean of the vectors of its forms.
func (b *bench) meansOf(articles ...corpus.Article) map[text.Language]map[string][]float32 {
	b.t.Helper()
	written := map[text.Language]map[string]bool{}
	for _, a := range articles {
		if written[a.Language] == nil {
			written[a.Language] = map[string]bool{}
		}
		for _, form := range forms(b.engine.analyzer, a.Body) {
			written[a.Language][form] = true
		}
	}
	means := map[text.Language]map[string][]float32{}
	for lang, set := range written {
		means[lang] = map[string][]float32{}
		count := map[string]float32{}
		for _, form := range slices.Sorted(maps.Keys(set)) {
			vectors, err := b.quick.Passages(b.t.Context(), []string{form})
			if err != nil {
				b.t.Fatal(err)
			}
			stem := b.engine.analyzer.Terms(form)[0].Stem
			if means[lang][stem] == nil {
				means[lang][stem] = make([]float32, b.quick.Dim())
			}
			count[stem]++
			for i, x := range vectors[0] {
				means[lang][stem][i] += (x - means[lang][stem][i]) / count[stem]
			}
		}
	}
	return means
}

// checkVocabulary compares the engine's vocabulary with one worked out afresh.
func (b *bench) checkVocabulary(articles ...corpus.Article) {
	b.t.Helper()
	b.compareVocabulary(b.engine, articles)
	b.compareVocabulary(b.open(), articles) // as it is after a start
}

func (b *bench) compareVocabulary(e *Engine, articles []corpus.Article) {
	b.t.Helper()
	want := b.meansOf(articles...)
	for _, lang := range []text.Language{text.Arabic, text.English} {
		if got := e.vocabulary.count(lang); got != len(want[lang]) {
			b.t.Errorf("%d stems of %q, want %d", got, lang, len(want[lang]))
		}
		for stem, mean := range want[lang] {
			got := e.vocabulary.vector(lang, stem)
			if got == nil {
				b.t.Errorf("%q has no vector", stem)
				continue
			}
			if cosine := dot(got, mean) / math.Sqrt(dot(got, got)*dot(mean, mean)); cosine < .999 {
				b.t.Errorf("%q: cosine with the mean of its forms is %.4f", stem, cosine)
			}
		}
	}
}

var ferries = corpus.Article{
	Title: "Ferry", Source: "Valley Post", Language: text.English,
	Body: "The ferry sails at noon. Ferries sailed yesterday. A sailing takes an hour, and the HARBOUR waits. ferry, Ferry.",
}

// TestVocabularyFollows lets articles come, change and go.
func TestVocabularyFollows(t *testing.T) {
	b := newBench(t, harbour, museum)
	b.checkVocabulary(harbour, museum)

	id := b.add(ferries)
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, museum, ferries)

	changed := ferries
	changed.Body = "The ferry sank. Ferries are late."
	if _, _, err := b.store.Edit(t.Context(), id, func(a *corpus.Article) error { a.Body = changed.Body; return nil }); err != nil {
		t.Fatal(err)
	}
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, museum, changed)

	if err := b.store.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour, museum)
}

// TestVocabularyWithoutRefresh takes several changes in at once, and words whose
// article has gone before they were ever looked at.
func TestVocabularyManyChanges(t *testing.T) {
	b := newBench(t, harbour)
	first, second := b.add(ferries), b.add(bridge)
	b.encode()
	if err := b.store.Remove(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour, bridge)
	if err := b.store.Remove(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	b.add(ferries)
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, ferries)
}

func TestForms(t *testing.T) {
	b := newBench(t)
	tests := []struct {
		name, text string
		want       []string
	}{
		{"stop words and numbers are not words", "The harbour of 2024 has 3 piers", []string{"harbour", "piers"}},
		{"marks, tatweel and what is invisible go", "الْمِينَاءُ \u200fالمينـــاء", []string{"الميناء"}},
		{"hamza and taa marbuta stay", "المدينة أعلنت", []string{"أعلنت", "المدينة"}},
		{"case stays", "Zelensky ZELENSKY Zelensky", []string{"ZELENSKY", "Zelensky"}},
		{"what is too long is no word", "ok " + string(slices.Repeat([]byte("a"), maxFormRunes+1)), []string{"ok"}},
		{"nothing", " \xff ", []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := forms(b.engine.analyzer, test.text); !slices.Equal(got, test.want) {
				t.Errorf("forms(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}
