package retrieval

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// How many candidates a language gives: the best by words and the best by
// vectors (recall .98 each way on the development sets), of which those best
// at first sight are compared sentence by sentence.
const (
	candidatesBy = 100
	compared     = 30
)

// weights are those of the linear score. The features are comparable across
// languages: shares of the question's idf, and cosines in deviations from
// those of unrelated texts.
type weights struct {
	coverage float64 // share of the question's idf that the passage covers
	mass     float64 // BM25 over the most it could be
	passage  float64 // cosine of the passage
	sentence float64 // cosine of its best sentence
	quick    float64 // cosine of the passage, to the quick encoder
	grams    float64 // of the 4-gram field inside BM25
	unknown  float64 // how much of a word counts that cannot be looked for
}

var ranking = weights{coverage: 4.5, mass: 2.2, passage: 1.04, sentence: 0.1, quick: 0.22, grams: 0.3, unknown: 0.3}

// A candidate is a passage on the way to being ranked.
type candidate struct {
	*passage
	cross   bool // in another language than the question
	encoded bool // the passage has a vector
	// understood says that it has the quick encoder's, too.
	understood bool
	coverage   float64 // 0 to 1
	mass       float64 // 0 to about 1
	cosine     float64 // passage, in deviations; by its words when there is no vector
	best       float64 // best sentence, in deviations
	quick      float64 // passage, to the quick encoder, in deviations
	score      float64
}

// worded stands in for a cosine that is not there yet: how many deviations a
// text of one language usually reaches by covering all of the question's idf.
// So articles are found and answer by their words alone until they are encoded.
// usualQuick does for the quick encoder's, by the other's (both fitted on the
// development sets).
const (
	worded     = 6
	usualQuick = 0.75
)

// guess fills in the cosines that are not there.
func (c *candidate) guess() {
	if !c.encoded {
		c.cosine = worded * c.coverage
	}
	if !c.understood {
		c.quick = usualQuick * c.cosine
	}
}

// features are those of the linear score, weights.features their weights.
func (c *candidate) features() [5]float64 {
	return [...]float64{c.coverage, c.mass, c.cosine, c.best, c.quick}
}

func (w weights) features() [5]float64 {
	return [...]float64{w.coverage, w.mass, w.passage, w.sentence, w.quick}
}

func (c *candidate) sum(w weights) float64 {
	var sum float64
	for i, f := range c.features() {
		sum += w.features()[i] * f
	}
	return sum
}

// A query is an analysed question with its vector, on its way through the
// indexes.
type query struct {
	analysis
	coverer *coverer
	space   *space
	vector  []float32 // in space, centred by the question's language
	quick   quickView
	vectors map[corpus.Hash]corpus.Vector
	centres map[text.Language][]float32
	idfs    map[text.Language][]float64 // by language and group
}

// A quickView is a question as the quick encoder sees it; space is nil when there
// is none.
type quickView struct {
	space   *space
	vector  []float32 // centred by the question's language
	centres map[text.Language][]float32
}

// of returns the quick encoder's vector of a passage; false when there is none.
func (v *quickView) of(p *passage) (vector, bool) {
	if v.space == nil {
		return vector{}, false
	}
	found, ok := v.space.vectors[p]
	return found, ok
}

func (q *query) idf(lang text.Language, group int) float64 { return q.idfs[lang][group] }

// rank returns the candidates of all languages, best first.
func (e *Engine) rank(ctx context.Context, q *query) ([]candidate, error) {
	all, err := e.candidates(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := e.compare(ctx, q, all); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].score = all[i].sum(ranking)
	}
	level(all, q.lang)
	sortCandidates(all)
	return e.joinTwins(q, all), nil
}

func sortCandidates(all []candidate) {
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ID, b.ID))
	})
}

// candidates collects each language's best by words and by vectors: per
// language, so that neither crowds out the other.
func (e *Engine) candidates(ctx context.Context, q *query) ([]candidate, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if q.space != e.serving || q.quick.space != e.quick {
		return nil, errMoved
	}
	q.centres, q.idfs = map[text.Language][]float32{}, map[text.Language][]float64{}
	q.quick.centres = map[text.Language][]float32{}
	var all []candidate
	for _, lang := range slices.Sorted(maps.Keys(e.words)) {
		q.centres[lang] = q.space.centre(lang)
		if q.quick.space != nil {
			q.quick.centres[lang] = q.quick.space.centre(lang)
		}
		found := e.byWords(q, lang)
		near, err := q.space.index.nearest(ctx, lang, q.vector, candidatesBy)
		if err != nil {
			return nil, err
		}
		for _, n := range near {
			p := e.byID[n.id]
			if _, ok := found[p.slot]; !ok {
				found[p.slot] = e.candidate(q, p)
			}
		}
		list := slices.Collect(maps.Values(found))
		all = append(all, atFirstSight(list)...)
	}
	return all, nil
}

// atFirstSight sorts a language's candidates, the passage's cosine standing in
// for its best sentence's.
func atFirstSight(list []candidate) []candidate {
	for i := range list {
		list[i].guess()
		list[i].best = list[i].cosine
		list[i].score = list[i].sum(ranking)
	}
	sortCandidates(list)
	return list
}

func (e *Engine) candidate(q *query, p *passage) candidate {
	c := candidate{passage: p, cross: p.article.Language != q.lang}
	d := background.Direction{Question: q.lang, Passage: p.article.Language}
	if v, ok := q.space.vectors[p]; ok {
		c.encoded = true
		c.cosine = q.space.known.PassageSpread(d).Z(centredCosine(q.vector, v.floats(), q.centres[d.Passage]))
	}
	if v, ok := q.quick.of(p); ok {
		c.understood = true
		c.quick = q.quick.space.known.PassageSpread(d).Z(centredCosine(q.quick.vector, v.floats(), q.quick.centres[d.Passage]))
	}
	return c
}

// compare finds each promising candidate's best sentence; for the rest their
// passage's cosine goes on standing in for it.
func (e *Engine) compare(ctx context.Context, q *query, all []candidate) error {
	taken := map[text.Language]int{}
	var close []int
	var hashes []corpus.Hash
	for i := range all {
		lang := all[i].article.Language
		if taken[lang]++; taken[lang] > compared {
			continue
		}
		close = append(close, i)
		hashes = append(hashes, all[i].sentences...)
	}
	vectors, err := e.store.Vectors(ctx, q.space.encoder.ID(), hashes)
	if err != nil {
		return err
	}
	q.vectors = vectors
	for _, i := range close {
		if z, ok := e.bestSentence(q, all[i].passage); ok {
			all[i].best = z
		}
	}
	return nil
}

// bestSentence is the highest of a passage's sentences; false when none of
// them has a vector yet.
func (e *Engine) bestSentence(q *query, p *passage) (best float64, found bool) {
	for _, h := range p.sentences {
		z, ok := e.sentenceZ(q, p.article.Language, h)
		if ok && (!found || z > best) {
			best, found = z, true
		}
	}
	return best, found
}

// sentenceZ is a sentence's centred cosine with the question in deviations;
// false when its vector is not there.
func (e *Engine) sentenceZ(q *query, lang text.Language, h corpus.Hash) (float64, bool) {
	v, ok := q.vectors[h]
	if !ok {
		return 0, false
	}
	d := background.Direction{Question: q.lang, Passage: lang}
	return q.space.known.SentenceSpread(d).Z(centredCosine(q.vector, corpus.Dequantize(v.Scale, v.Data), q.centres[lang])), true
}
