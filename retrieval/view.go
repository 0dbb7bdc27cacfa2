package retrieval

import (
	"context"
	"maps"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// A view is a question as one encoder sees it, next to the passages and sentences of
// the collection. All cosines are between centred vectors and in deviations from
// those of unrelated texts. The passages' part is guarded by the [Engine].
type view struct {
	asked     text.Language
	space     *space // nil when there is no such encoder, or it fails: nothing is seen then
	known     *background.Vectors
	vector    []float32 // the question's, centred by its language
	centres   map[text.Language]*centre
	sentences map[corpus.Hash]corpus.Vector // those read so far
	scratch   []float32                     // for a vector that is looked at and no more
}

// newView encodes a question for a space, which may be nil, with what is known of its
// encoder. After an error nothing is seen.
func newView(ctx context.Context, s *space, known *background.Vectors, a analysis) (view, error) {
	v := view{asked: a.lang, centres: map[text.Language]*centre{}, sentences: map[corpus.Hash]corpus.Vector{}}
	if s == nil {
		return v, nil
	}
	asked, err := s.question(ctx, a)
	if err != nil {
		return v, err
	}
	v.space, v.known, v.vector = s, known, centred(asked, known.Questions[a.lang])
	return v, nil
}

// centre remembers where the passages of a language lie around, those of copies once or
// again and again.
func (v *view) centre(lang text.Language, once bool) {
	if v.space != nil {
		c := newCentre(v.space.centre(lang, once), v.vector)
		v.centres[lang] = &c
	}
}

func (v *view) direction(lang text.Language) background.Direction {
	return background.Direction{Question: v.asked, Passage: lang}
}

// vectorOf returns a passage's vector, centred; false when there is none.
func (v *view) vectorOf(p *passage) ([]float32, bool) {
	if v.space == nil {
		return nil, false
	}
	found, ok := v.space.vectors[p]
	if !ok {
		return nil, false
	}
	return centred(v.floats(found), v.centres[p.article.Language].mean), true
}

// passage is a passage's cosine; false when it has no vector.
func (v *view) passage(p *passage) (z float64, ok bool) {
	if v.space == nil {
		return 0, false
	}
	found, ok := v.space.vectors[p]
	if !ok {
		return 0, false
	}
	lang := p.article.Language
	return v.known.PassageSpread(v.direction(lang)).Z(v.centres[lang].cosine(v.vector, v.floats(found))), true
}

// floats is [vector.floats], good until the next vector is looked at.
func (v *view) floats(found vector) []float32 {
	if found.whole != nil {
		return found.whole
	}
	return unit(v.dequantize(found.bytes))
}

// acrossE5 is the deviation of e5's cosines of unrelated texts in two languages.
const acrossE5 = 0.0725

// scale is what makes the strong encoder's centred cosines, across languages, those of e5. The engine is
// locked.
func (v *view) scale() float64 {
	if v.space == nil || v.space.statistics == nil {
		return 1
	}
	there := v.known.PassageSpread(background.Direction{Question: text.Arabic, Passage: text.English})
	back := v.known.PassageSpread(background.Direction{Question: text.English, Passage: text.Arabic})
	return 2 * acrossE5 / (there.Deviation + back.Deviation)
}

// dequantize is [corpus.Dequantize], good until the next vector is looked at: of
// hundreds that a question looks at none is kept.
func (v *view) dequantize(x corpus.Vector) []float32 {
	v.scratch = v.scratch[:0]
	for _, b := range x.Data {
		v.scratch = append(v.scratch, x.Scale*float32(b))
	}
	return v.scratch
}

// read fetches the vectors of sentences that have not been read yet.
func (v *view) read(ctx context.Context, store *corpus.Store, hashes []corpus.Hash) error {
	if v.space == nil {
		return nil
	}
	var lacking []corpus.Hash
	for _, h := range hashes {
		if _, ok := v.sentences[h]; !ok {
			lacking = append(lacking, h)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	half := len(lacking) / 2 // two read faster than one
	parts := [][]corpus.Hash{lacking[:half], lacking[half:]}
	found := make([]map[corpus.Hash]corpus.Vector, len(parts))
	var tasks []func(context.Context) error
	for i, part := range parts {
		tasks = append(tasks, func(ctx context.Context) (err error) {
			found[i], err = store.Vectors(ctx, v.space.encoder.ID(), part)
			return err
		})
	}
	if err := together(ctx, tasks...); err != nil {
		return err
	}
	for _, f := range found {
		maps.Copy(v.sentences, f)
	}
	return nil
}

// sentenceOf returns the vector of a sentence, centred; false when it was not read.
func (v *view) sentenceOf(lang text.Language, h corpus.Hash) ([]float32, bool) {
	s, ok := v.sentences[h]
	if !ok {
		return nil, false
	}
	return centred(v.dequantize(s), v.centres[lang].mean), true
}

// sentence is the cosine of a sentence in an article of a language; false when it
// was not read.
func (v *view) sentence(lang text.Language, h corpus.Hash) (z float64, ok bool) {
	s, ok := v.sentences[h]
	if !ok {
		return 0, false
	}
	return v.known.SentenceSpread(v.direction(lang)).Z(v.centres[lang].cosine(v.vector, v.dequantize(s))), true
}

// best is the highest of a passage's sentences; false when none was read.
func (v *view) best(p *passage) (best float64, found bool) {
	for _, h := range p.sentences {
		z, ok := v.sentence(p.article.Language, h)
		if ok && (!found || z > best) {
			best, found = z, true
		}
	}
	return best, found
}

// bestSentence says which of a passage's sentences that is; the zero hash, which is
// no text's, when none was read.
func (v *view) bestSentence(p *passage) corpus.Hash {
	var at corpus.Hash
	var best float64
	for _, h := range p.sentences {
		z, ok := v.sentence(p.article.Language, h)
		if ok && (at == corpus.Hash{} || z > best) {
			best, at = z, h
		}
	}
	return at
}
