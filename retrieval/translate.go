package retrieval

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// How the words of a question are translated. Measured as retrieval across
// languages by BM25 and nothing but translations, the mean nDCG@10 of eight
// pairings of questions and collections (.741): the best alone .608, five .717, ten
// .732, forty .747; a temperature of .2 .736, of .4 .740; a least CSLS of 0 .724;
// the largest frequency instead of weighted sums .724.
const (
	// mostTranslations is how many stems may stand for one word.
	mostTranslations = 20
	// leastCSLS is what the worst of them has.
	leastCSLS = -0.3
	// translationTemperature is the loss of CSLS that takes a weight to 1/e.
	translationTemperature = 0.3
	// mostTranslated is how many words of one question are translated: more than
	// questions have.
	mostTranslated = 64
)

// A questionWord is a word of a question.
type questionWord struct {
	stem string
	form string // as articles write it
}

// A translation is a stem of the other language that may say what a word says, or
// one of its own that says nearly the same.
type translation struct {
	stem string
	// weight is what it counts beside the word's best, which has 1.
	weight float64
	// csls says how sure it is, whatever the weight. Among the words of 6,200
	// passages the best has been right, by a list that lacks many a translation, in
	// a share of .12 to .19 with .1 to .2, .31 to .35 up to .3, .48 to .53 up to .4,
	// .63 to .64 up to .5, .66 to .74 up to .6, .70 to .82 above; among those of twenty
	// articles in .87 to .96 above .6 and .33 to .62 from .2 to .3.
	csls float64
}

// translations returns for each of some languages and each word what says it there,
// among the stems of the collection: the best first, at most mostTranslations, none
// for a word with digits, for those after the first mostTranslated, and for languages
// other than Arabic and English. In its own language the first is mostly the word
// itself. They are meant to be scored as one term, with weighted sums of frequencies.
// The caller must not change the lists.
func (e *Engine) translations(ctx context.Context, from text.Language, words []questionWord, to ...text.Language) ([][][]translation, error) {
	out, unknown := make([][][]translation, len(to)), make([][]int, len(to))
	v := e.meanings()
	var all []int
	for k, lang := range to {
		out[k] = make([][]translation, len(words))
		if v != nil && v.usual[from] != nil && v.usual[lang] != nil {
			unknown[k] = e.remembered(v, from, lang, words, out[k])
			all = append(all, unknown[k]...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	meanings, err := e.meaningsOf(ctx, from, words, all)
	if err != nil {
		return nil, err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for k, lang := range to {
		for n, list := range v.translate(lang, unknown[k], meanings) {
			i := unknown[k][n]
			out[k][i] = list
			v.translated.put(v.version, translatedWord{from, lang, words[i]}, list)
		}
	}
	return out, nil
}

// remembered fills in the translations that are known, and returns the numbers of
// the words that are to be translated still.
func (e *Engine) remembered(v *vocabulary, from, to text.Language, words []questionWord, out [][]translation) (unknown []int) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	for i, w := range words[:min(len(words), mostTranslated)] {
		if !translatable(w.form) {
			continue
		}
		list, ok := v.translated.get(v.version, translatedWord{from, to, w})
		if out[i] = list; !ok {
			unknown = append(unknown, i)
		}
	}
	return unknown
}

// translatable says whether a vector can say what a word means.
func translatable(form string) bool {
	return strings.ContainsFunc(form, unicode.IsLetter) && !strings.ContainsFunc(form, unicode.IsDigit) &&
		utf8.RuneCountInString(form) <= maxFormRunes
}

// encodeWords returns for each of the words with the given numbers the vectors of
// the ways to write it, by that number.
func (e *Engine) encodeWords(ctx context.Context, lang text.Language, words []questionWord, which []int) (map[int][][]float32, error) {
	var all []string
	counts := make([]int, len(which))
	for n, i := range which {
		ways := waysToWrite(lang, words[i].form)
		counts[n] = len(ways)
		all = append(all, ways...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	vectors, err := e.encoders.Quick.Passages(ctx, all)
	if err == nil {
		err = checkVectors(vectors, len(all), e.encoders.Quick.Dim())
	}
	if err != nil {
		return nil, fmt.Errorf("encoding the words of the question: %w", err)
	}
	forms := make(map[int][][]float32, len(which))
	for n, i := range which {
		forms[i], vectors = vectors[:counts[n]], vectors[counts[n]:]
	}
	return forms, nil
}

func checkVectors(vectors [][]float32, n, dim int) error {
	if len(vectors) != n {
		return fmt.Errorf("the encoder made %d vectors of %d texts", len(vectors), n)
	}
	for _, v := range vectors {
		if err := checkVector(v, dim); err != nil {
			return err
		}
	}
	return nil
}

// waysToWrite returns the forms of a word whose mean is translated: that of the
// question, and of an Arabic one also those without what is written onto it and
// with the article alone; one that is the question's own counts twice. Their mean finds .50 of the translations of 4,760 words
// first, the form alone .47; with «وال» written onto the words .50 and .38.
func waysToWrite(lang text.Language, form string) []string {
	form = strings.Map(visible, form)
	if lang != text.Arabic {
		return []string{form}
	}
	bare := withoutClitics(form)
	return []string{form, bare, "ال" + bare}
}

// withoutClitics takes the article, with what may stand before it, and «و» from an
// Arabic word that stays long enough.
func withoutClitics(form string) string {
	for _, clitics := range []string{"وال", "فال", "بال", "كال", "لل", "ال"} {
		if bare, found := strings.CutPrefix(form, clitics); found && utf8.RuneCountInString(bare) >= 2 {
			return bare
		}
	}
	if bare, found := strings.CutPrefix(form, "و"); found && utf8.RuneCountInString(bare) >= 4 {
		return bare
	}
	return form
}

// meaningsOf returns what those of the words mean that have the given numbers, by
// that number: those remembered, and the others encoded. There is a quick encoder
// then, and words of that language are translated.
func (e *Engine) meaningsOf(ctx context.Context, from text.Language, words []questionWord, which []int) (map[int][]float32, error) {
	v := e.meanings()
	found := make(map[int][]float32, len(which))
	var unknown []int
	e.mu.RLock()
	for _, i := range which {
		m, ok := v.meant.get(v.version, translatedWord{from, "", words[i]})
		if !ok {
			unknown = append(unknown, i)
			continue
		}
		found[i] = corpus.Dequantize(m.Scale, m.Data)
	}
	e.mu.RUnlock()
	forms, err := e.encodeWords(ctx, from, words, unknown)
	if err != nil {
		return nil, err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, i := range unknown {
		var m corpus.Vector
		m.Scale, m.Data = corpus.Quantize(v.meaning(from, words[i].stem, forms[i]))
		v.meant.put(v.version, translatedWord{from, "", words[i]}, m)
		found[i] = corpus.Dequantize(m.Scale, m.Data)
	}
	return found, nil
}

// translate finds the translations of the words with the given numbers, by which
// there are their meanings.
func (v *vocabulary) translate(to text.Language, which []int, meant map[int][]float32) [][]translation {
	if len(which) == 0 || v.stems[to] == nil {
		return nil
	}
	stems := v.stems[to]
	meanings := make([][]float32, len(which))
	for n, i := range which {
		meanings[n] = meant[i]
	}
	out := make([][]translation, len(which))
	for n, matches := range stems.vectors.Nearest(meanings, mostTranslations) {
		out[n] = stems.weigh(matches)
	}
	return out
}

// meaning is the mean of a word's forms and, where the collection of its own
// language has the word too, of the forms there, centred.
func (v *vocabulary) meaning(lang text.Language, stem string, forms [][]float32) []float32 {
	m := newMean(v.dim)
	for _, f := range forms {
		m.add(f)
	}
	if stored := v.vector(lang, stem); stored != nil {
		m.add(stored)
	}
	return centred(m.blend(nil, 0), v.usual[lang].centre)
}

// weigh makes translations of matches, which are sorted.
func (s *stemVectors) weigh(matches []lexicon.Match) []translation {
	n := slices.IndexFunc(matches, func(m lexicon.Match) bool { return !(m.CSLS >= leastCSLS) })
	if n >= 0 {
		matches = matches[:n]
	}
	list := make([]translation, len(matches))
	for i, m := range matches {
		list[i] = translation{
			stem:   s.stems[m.Row],
			weight: math.Exp(float64(m.CSLS-matches[0].CSLS) / translationTemperature),
			csls:   float64(m.CSLS),
		}
	}
	return list
}
