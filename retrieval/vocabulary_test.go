package retrieval

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
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
	vocabulary := e.meanings()
	for _, lang := range []text.Language{text.Arabic, text.English} {
		if got := vocabulary.count(lang); got != len(want[lang]) {
			b.t.Errorf("%d stems of %q, want %d", got, lang, len(want[lang]))
		}
		for stem, mean := range want[lang] {
			got := vocabulary.vector(lang, stem)
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

	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour, museum)
}

// TestVocabularyManyChanges takes several changes in at once, and words whose
// article has gone before they were ever looked at.
func TestVocabularyManyChanges(t *testing.T) {
	b := newBench(t, harbour)
	first, second := b.add(ferries), b.add(bridge)
	b.encode()
	if err := b.store.Purge(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour, bridge)
	if err := b.store.Purge(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	b.add(ferries)
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, ferries)
}

// TestVocabularyInterrupted ends a refresh after the article is out of the word
// index and before the vocabulary is looked at.
func TestVocabularyInterrupted(t *testing.T) {
	b := newBench(t, harbour)
	id := b.add(ferries)
	b.encode()
	b.refresh()
	b.checkVocabulary(harbour, ferries)
	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	changes, err := b.store.Changes(t.Context(), b.engine.seq)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.engine.replaceAll(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour)
}

// TestVocabularyUnseenArticle lets an article come after the changes were read and
// before the words are, and go before the next refresh.
func TestVocabularyUnseenArticle(t *testing.T) {
	b := newBench(t, harbour)
	b.checkVocabulary(harbour)
	id := b.add(ferries)
	b.encode()
	if err := b.engine.refreshVocabulary(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	b.checkVocabulary(harbour)
}

// TestVocabularyIsExact compares a vocabulary that has lived through removals of
// first and middle forms with one that is read anew, bit by bit.
func TestVocabularyIsExact(t *testing.T) {
	b := newBench(t, harbour)
	b.checkVocabulary(harbour)
	var ids []string
	for _, form := range []string{"sail", "sails", "sailed", "sailing", "Sail", "Sails"} {
		a := ferries
		a.URL, a.Body = "https://news.example/"+form, "They "+form+" again."
		ids = append(ids, b.add(a))
	}
	b.encode()
	b.refresh()
	for _, id := range []string{ids[0], ids[3]} {
		if err := b.store.Purge(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	b.refresh()
	fresh := b.open().meanings()
	if got, want := b.engine.vocabulary.vector(text.English, "sail"), fresh.vector(text.English, "sail"); !slices.Equal(got, want) || want == nil {
		t.Errorf("the vector is %v, read anew %v", got, want)
	}
}

// TestVocabularyAfterReload starts anew, as after many changes.
func TestVocabularyAfterReload(t *testing.T) {
	b := newBench(t, harbour)
	b.checkVocabulary(harbour)
	b.add(ferries)
	b.encode()
	b.engine.seq = -1 // which the log does not reach
	b.refresh()
	b.checkVocabulary(harbour, ferries)
}

// TestRetitledKeepsWords changes an article's title: its passages are encoded
// anew, its words stay as they are.
func TestRetitledKeepsWords(t *testing.T) {
	b := newBench(t, harbour)
	id := b.add(ferries)
	b.encode()
	b.quick.Before = func(_ context.Context, texts []string) error {
		if len(texts) != 1 || !strings.HasPrefix(texts[0], "Another title\n") {
			t.Errorf("%q was encoded, want the passage", texts)
		}
		return nil
	}
	_, _, err := b.store.Edit(t.Context(), id, func(a *corpus.Article) error { a.Title = "Another title"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	b.encode()
	b.quick.Before = nil
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
