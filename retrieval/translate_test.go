package retrieval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/use"
)

// A wordBench is an engine that knows nothing but words.
type wordBench struct {
	t      testing.TB
	engine *Engine
	words  *vocabulary
	keys   int64
}

func newWordBench(t testing.TB, quick Encoder) *wordBench {
	t.Helper()
	analyzer := text.NewAnalyzer()
	v, err := newVocabulary(quick, analyzer)
	if err != nil {
		t.Fatal(err)
	}
	return &wordBench{t, &Engine{encoders: Encoders{Quick: quick}, analyzer: analyzer, vocabulary: v}, v, 0}
}

// newFakeBench takes the trigrams of a few words for what is usual.
func newFakeBench(t testing.TB) (*wordBench, *encodertest.Fake) {
	t.Helper()
	fake := &encodertest.Fake{Size: 64}
	b := newWordBench(t, fake)
	for lang, hubs := range map[text.Language]string{text.Arabic: "said was new his 7", text.English: "قال كان جديد 7"} {
		known := &usualWords{centre: slices.Repeat([]float32{0.01}, 64)}
		var err error
		if known.hubs, err = b.words.matrix(text.Other); err != nil {
			t.Fatal(err)
		}
		for _, w := range b.encoded(lang, strings.Fields(hubs)...) {
			known.hubs.Set(known.hubs.Append(), w.Scale, w.Data)
		}
		b.words.usual[lang] = known
	}
	return b, fake
}

// encoded are words as the store has them.
func (b *wordBench) encoded(lang text.Language, forms ...string) []corpus.Word {
	b.t.Helper()
	vectors, err := b.engine.encoders.Quick.Passages(b.t.Context(), forms)
	if err != nil {
		b.t.Fatal(err)
	}
	var words []corpus.Word
	for i, v := range vectors {
		b.keys++
		scale, data := corpus.Quantize(v)
		words = append(words, corpus.Word{Key: b.keys, Language: lang, Form: forms[i], Scale: scale, Data: data})
	}
	return words
}

func (b *wordBench) change(c wordChange) {
	b.t.Helper()
	b.engine.mu.Lock()
	defer b.engine.mu.Unlock()
	if err := b.words.apply(c); err != nil {
		b.t.Error(err)
	}
}

func (b *wordBench) translate(from text.Language, forms ...string) [][]translation {
	b.t.Helper()
	var words []questionWord
	for _, form := range forms {
		words = append(words, questionWord{b.words.stem(form), form})
	}
	found, err := b.engine.translations(b.t.Context(), from, words, otherLanguage(from))
	if err != nil {
		b.t.Fatal(err)
	}
	if len(found[0]) != len(forms) {
		b.t.Fatalf("%d translations of %d words", len(found[0]), len(forms))
	}
	return found[0]
}

// sampleForms are the words of the sample articles.
func sampleForms(t testing.TB, analyzer *text.Analyzer) map[text.Language][]string {
	t.Helper()
	names, err := fs.Glob(samples.FS(), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	all := map[text.Language][]string{}
	for _, name := range names {
		raw, err := fs.ReadFile(samples.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := source.Parse(name, raw)
		if err != nil {
			t.Fatal(err)
		}
		lang := text.Detect(a.Body)
		all[lang] = append(all[lang], forms(analyzer, a.Body)...)
	}
	for lang := range all {
		slices.Sort(all[lang])
		all[lang] = slices.Compact(all[lang])
	}
	return all
}

// newSampleBench knows the words of the sample articles, with the real encoder.
func newSampleBench(t testing.TB) *wordBench {
	t.Helper()
	enc, err := use.New(use.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := newWordBench(t, enc)
	all := sampleForms(t, b.engine.analyzer)
	for _, lang := range []text.Language{text.Arabic, text.English} {
		b.change(wordChange{come: b.encoded(lang, all[lang]...)})
	}
	return b
}

// TestTranslateSamples translates words as they are written in questions over the
// sample articles with the real encoder.
func TestTranslateSamples(t *testing.T) {
	if testing.Short() {
		t.Skip("encoding the words of the samples takes a second: not with -short")
	}
	b := newSampleBench(t)
	tests := []struct {
		from           text.Language
		word, wanted   string
		among          int
		surely, unsure bool
	}{
		{text.English, "earthquake", "زلزال", 1, true, false},
		{text.English, "president", "الرئيس", 1, true, false},
		{text.English, "goals", "أهداف", 3, false, false},
		{text.English, "election", "انتخابات", 1, true, false},
		{text.English, "Turkey", "تركيا", 1, true, false},
		{text.English, "Ukraine", "أوكرانيا", 1, true, false},
		{text.English, "killed", "قتل", 5, false, false},
		{text.Arabic, "والرئيس", "president", 1, true, false},
		{text.Arabic, "الزلازل", "earthquake", 1, true, false},
		{text.Arabic, "زُلزال", "earthquake", 1, true, false},
		{text.Arabic, "للانتخابات", "election", 2, true, false},
		{text.Arabic, "واشنطن", "Washington", 1, true, false},
		{text.Arabic, "روسيا", "Russia", 1, true, false},
		{text.Arabic, "مباراة", "match", 5, false, false},
		{text.English, "zorblaxian", "", 0, false, true},
	}
	for _, test := range tests {
		found := b.translate(test.from, test.word)[0]
		var stems []string
		for _, f := range found {
			stems = append(stems, f.stem)
		}
		if test.wanted != "" && !slices.Contains(stems[:min(test.among, len(stems))], b.words.stem(test.wanted)) {
			t.Errorf("%s is %q, want %s among the first %d", test.word, stems, test.wanted, test.among)
		}
		if len(found) > mostTranslations {
			t.Errorf("%s has %d translations", test.word, len(found))
		}
		if sure := len(found) > 0 && found[0].csls >= 0.2; sure != test.surely && (test.surely || test.unsure) {
			t.Errorf("%s: the best is %+v, want it sure: %v", test.word, found[:min(1, len(found))], test.surely)
		}
		if !slices.IsSortedFunc(found, func(a, b translation) int { return -compare(a.weight, b.weight) }) {
			t.Errorf("%s: %+v is not sorted", test.word, found)
		}
		for i, f := range found {
			if f.csls < leastCSLS || f.weight > 1 || f.weight <= 0 || i == 0 && f.weight != 1 {
				t.Errorf("%s: translation %d is %+v", test.word, i, f)
			}
		}
	}
}

func compare(a, b float64) int {
	if a < b {
		return -1
	}
	return 1
}

// TestTranslateFollows compares a vocabulary whose words came and went with one
// made of those that are left.
func TestTranslateFollows(t *testing.T) {
	b, _ := newFakeBench(t)
	r := rand.New(rand.NewPCG(8, 8))
	letters := []string{"ba", "ki", "lor", "san", "ti", "mar", "ul", "ven"}
	left, hidden := map[int64]corpus.Word{}, map[int64]corpus.Word{}
	asked := []string{"كتاب", "بيت", "سلام"}
	for round := range 60 {
		var c wordChange
		seen := map[string]bool{} // a store gives a form one key
		for _, w := range slices.Concat(slices.Collect(maps.Values(left)), slices.Collect(maps.Values(hidden))) {
			seen[w.Form] = true
		}
		for range 5 {
			form := letters[r.IntN(8)] + letters[r.IntN(8)] + letters[r.IntN(8)] + []string{"", "s", "ed"}[r.IntN(3)]
			if !seen[form] {
				seen[form] = true
				c.come = append(c.come, b.encoded(text.English, form)...)
			}
		}
		var back []corpus.Word
		for _, key := range slices.Sorted(maps.Keys(hidden)) { // in order, for the same numbers in every run
			if w := hidden[key]; r.IntN(4) == 0 {
				back = append(back, w)
				delete(hidden, key)
			}
		}
		var keep []int64
		for _, w := range c.come {
			left[w.Key] = w
		}
		for _, key := range slices.Sorted(maps.Keys(left)) {
			if r.IntN(20) == 0 || round == 59 && r.IntN(4) > 0 { // many go at last
				if r.IntN(2) == 0 {
					hidden[key] = left[key]
				}
				delete(left, key)
				continue
			}
			keep = append(keep, key)
		}
		b.change(c)
		for _, w := range back {
			left[w.Key] = w
			keep = append(keep, w.Key)
		}
		slices.Sort(keep)
		gone, again := b.words.goneWithout(keep, back)
		c = wordChange{gone: gone, come: back}
		for _, key := range again {
			c.come = append(c.come, left[key])
		}
		slices.SortFunc(c.come, func(a, b corpus.Word) int { return int(a.Key - b.Key) })
		b.change(c)
		b.translate(text.Arabic, asked...) // what is remembered must not outlive this
	}
	fresh, _ := newFakeBench(t)
	var all []corpus.Word
	for _, w := range left {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b corpus.Word) int { return int(a.Key - b.Key) })
	fresh.change(wordChange{come: all})
	got, want := b.translate(text.Arabic, asked...), fresh.translate(text.Arabic, asked...)
	for i := range want {
		if !equalTranslations(got[i], want[i]) || len(want[i]) == 0 {
			t.Errorf("%s is %+v, with a vocabulary made anew %+v", asked[i], got[i], want[i])
		}
	}
}

// equalTranslations compares lists but for the order of stems that do as well, who
// lie in different rows.
func equalTranslations(a, b []translation) bool {
	order := func(x, y translation) int {
		if x.csls != y.csls {
			return -compare(x.csls, y.csls)
		}
		return strings.Compare(x.stem, y.stem)
	}
	return slices.Equal(slices.SortedFunc(slices.Values(a), order), slices.SortedFunc(slices.Values(b), order))
}

// TestTranslateKnownWord has the question's word in the collection too, in another
// form.
func TestTranslateKnownWord(t *testing.T) {
	b, _ := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "car", "harbour")})
	before := b.translate(text.Arabic, "سيارة")[0]
	b.change(wordChange{come: b.encoded(text.Arabic, "قطار")})
	if got := b.translate(text.Arabic, "سيارة")[0]; !slices.Equal(got, before) {
		t.Errorf("beside another word: %+v, want %+v", got, before)
	}
	b.change(wordChange{come: b.encoded(text.Arabic, "سيارات")})
	if got := b.translate(text.Arabic, "سيارة")[0]; slices.Equal(got, before) {
		t.Errorf("with the word's other form: %+v, as without it", got)
	}
}

// TestTranslateNothing asks for what cannot be translated.
func TestTranslateNothing(t *testing.T) {
	b, fake := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "harbour", "ferry")})
	unmeasured := newWordBench(t, fake)
	unmeasured.change(wordChange{come: unmeasured.encoded(text.English, "harbour")})
	tests := []struct {
		name     string
		bench    *wordBench
		from, to text.Language
		form     string
		found    int
	}{
		{"a word", b, text.Arabic, text.English, "ميناء", 2},
		{"no word of that language", b, text.English, text.Arabic, "harbour", 0},
		{"another language", b, text.Other, text.English, "port", 0},
		{"to another language", b, text.Arabic, text.Other, "ميناء", 0},
		{"to its own language", b, text.Arabic, text.Arabic, "ميناء", 0},
		{"digits", b, text.Arabic, text.English, "2024", 0},
		{"letters and digits", b, text.Arabic, text.English, "ف16", 0},
		{"marks", b, text.Arabic, text.English, "«»", 0},
		{"nothing", b, text.Arabic, text.English, "", 0},
		{"what is too long", b, text.Arabic, text.English, strings.Repeat("م", 10_000), 0},
		{"an encoder nobody has measured", unmeasured, text.Arabic, text.English, "ميناء", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, err := test.bench.engine.translations(t.Context(), test.from, []questionWord{{test.form, test.form}}, test.to)
			if err != nil || len(found[0]) != 1 || len(found[0][0]) != test.found {
				t.Errorf("translations = %+v, %v; want %d", found, err, test.found)
			}
		})
	}
	if found := b.translate(text.Arabic); len(found) != 0 {
		t.Errorf("translations of no words = %+v", found)
	}
	none := &Engine{}
	if found, err := none.translations(t.Context(), text.Arabic, make([]questionWord, 2), text.English); err != nil || len(found[0]) != 2 {
		t.Errorf("translations without a quick encoder = %v, %v; want two empty ones", found, err)
	}
}

// TestTranslateManyWords asks for more than is translated.
func TestTranslateManyWords(t *testing.T) {
	b, _ := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "harbour", "ferry")})
	found := b.translate(text.Arabic, slices.Repeat([]string{"ميناء"}, 10_000)...)
	for i, list := range found {
		if want := i < mostTranslated; (len(list) > 0) != want {
			t.Fatalf("word %d: %+v, want translations: %v", i, list, want)
		}
	}
}

// TestTranslateRemembers counts how often words are encoded.
func TestTranslateRemembers(t *testing.T) {
	b, fake := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "harbour", "ferry")})
	encoded := 0
	fake.Before = func(_ context.Context, texts []string) error { encoded += len(texts); return nil }
	first := b.translate(text.Arabic, "ميناء")
	once := encoded
	again := b.translate(text.Arabic, "ميناء")
	if encoded != once || once == 0 || !slices.Equal(first[0], again[0]) {
		t.Errorf("%d texts were encoded, then %d; %+v, then %+v", once, encoded-once, first, again)
	}
	b.change(wordChange{come: b.encoded(text.English, "boat")})
	encoded = 0
	both := []text.Language{text.Arabic, text.English}
	if _, err := b.engine.translations(t.Context(), text.Arabic, []questionWord{{"ميناء", "ميناء"}}, both...); err != nil || encoded != once {
		t.Errorf("for two languages %d texts were encoded, want %d: %v", encoded, once, err)
	}
	b.change(wordChange{come: b.encoded(text.English, "shore")})
	encoded = 0
	if found := b.translate(text.Arabic, "ميناء"); encoded != once || len(found[0]) != 4 {
		t.Errorf("after a change %d texts were encoded, want %d; %+v", encoded, once, found)
	}
	for i := range 3 * cachedWords {
		b.words.translated.put(b.words.version, translatedWord{text.Arabic, text.English, questionWord{"", fmt.Sprint(i)}}, nil)
	}
	if n := len(b.words.translated.young) + len(b.words.translated.old); n > 2*cachedWords {
		t.Errorf("%d words are remembered, want at most %d", n, 2*cachedWords)
	}
}

// TestTranslateHostileEncoder has encoders that fail.
func TestTranslateHostileEncoder(t *testing.T) {
	b, fake := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "harbour")})
	broken := errors.New("broken")
	tests := map[string]func(v [][]float32) ([][]float32, error){
		"an error":            func([][]float32) ([][]float32, error) { return nil, broken },
		"too few vectors":     func(v [][]float32) ([][]float32, error) { return v[1:], nil },
		"vectors cut short":   func(v [][]float32) ([][]float32, error) { v[0] = v[0][:3]; return v, nil },
		"a vector of zeros":   func(v [][]float32) ([][]float32, error) { clear(v[0]); return v, nil },
		"no vectors whatever": func([][]float32) ([][]float32, error) { return nil, nil },
	}
	for name, after := range tests {
		t.Run(name, func(t *testing.T) {
			fake.After = after
			_, err := b.engine.translations(t.Context(), text.Arabic, []questionWord{{"ميناء", "ميناء"}}, text.English)
			if err == nil {
				t.Error("no error")
			}
		})
	}
}

// TestTranslateConcurrent translates while words come and go.
func TestTranslateConcurrent(t *testing.T) {
	b, _ := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "harbour", "ferry")})
	var changes []wordChange
	for i := range 50 {
		words := b.encoded(text.English, fmt.Sprint("boat", i), fmt.Sprint("ship", i))
		changes = append(changes, wordChange{come: words}, wordChange{gone: []int64{words[0].Key}})
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := range 25 {
				if found := b.translate(text.Arabic, fmt.Sprint("ميناء", []string{"", "ات"}[(i+n)%2])); len(found[0]) == 0 {
					t.Error("no translation")
				}
			}
		})
	}
	for _, c := range changes {
		b.change(c)
	}
	wg.Wait()
}

func TestWithoutClitics(t *testing.T) {
	for form, want := range map[string]string{
		"الرئيس": "رئيس", "والرئيس": "رئيس", "بالرئيس": "رئيس", "للرئيس": "رئيس", "ورئيس": "رئيس",
		"وزير": "وزير", "الى": "الى", "رئيس": "رئيس", "": "", "و": "و",
	} {
		if got := withoutClitics(form); got != want {
			t.Errorf("withoutClitics(%q) = %q, want %q", form, got, want)
		}
	}
}

// BenchmarkTranslate translates six words that are not remembered over 200,000
// stems, their encoding included.
func BenchmarkTranslate(b *testing.B) {
	w := newSampleBench(b)
	all := sampleForms(b, w.engine.analyzer)
	r := rand.New(rand.NewPCG(9, 9))
	for _, lang := range []text.Language{text.Arabic, text.English} {
		known := w.words.stems[lang].vectors
		for n := known.Rows(); w.words.count(lang) < 100_000; {
			scale, data := known.Row(r.IntN(n))
			for i := range data {
				data[i] = int8(min(max(int(data[i])+r.IntN(41)-20, -127), 127))
			}
			w.keys++
			form := fmt.Sprint("x", w.keys)
			if err := w.words.add(corpus.Word{Key: w.keys, Language: lang, Form: form, Scale: scale, Data: data}); err != nil {
				b.Fatal(err)
			}
		}
	}
	for _, lang := range []text.Language{text.Arabic, text.English} {
		b.Run("from="+string(lang), func(b *testing.B) {
			for b.Loop() {
				var words []questionWord
				for range 6 {
					form := all[lang][r.IntN(len(all[lang]))]
					words = append(words, questionWord{w.words.stem(form), form})
				}
				w.words.version++ // forgets
				if _, err := w.engine.translations(b.Context(), lang, words, otherLanguage(lang)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
