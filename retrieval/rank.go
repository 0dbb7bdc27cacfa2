package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// How many candidates a language gives: the best by words and the best by
// vectors (recall .98 each way on the development sets), of which those best
// at first sight are compared sentence by sentence.
const (
	candidatesBy = 100
	compared     = 30
)

// A candidate is a passage on the way to being ranked.
type candidate struct {
	*passage
	family  int64 // of which its article is a copy; 0 for none
	cross   bool  // in another language than the question
	encoded bool  // the passage has a vector
	// understood says that it has the quick encoder's, too.
	understood bool
	blind      bool    // there is no telling its cosine, for the encoder fails
	coverage   float64 // 0 to 1
	mass       float64 // 0 to about 1
	cosine     float64 // passage, in deviations; by its words when there is no vector
	best       float64 // best sentence, in deviations
	quick      float64 // passage, to the quick encoder, in deviations
	score      float64
}

// guess fills in the cosines that are not there.
func (c *candidate) guess() {
	if !c.encoded {
		c.cosine = c.wordedCosine(c.coverage)
	}
	if !c.understood {
		c.quick = usualQuick * c.cosine
	}
}

// wordedCosine stands in for the cosine of the passage, or of a sentence of it, that covers
// so much of the question.
func (c *candidate) wordedCosine(coverage float64) float64 {
	if !c.blind {
		return worded * coverage
	}
	by := blindWithin * coverage
	if c.cross {
		by = blindAcross * coverage
	}
	if !c.understood {
		return by
	}
	return (1-blindQuick)*by + blindQuick*c.quick/usualQuick
}

func (c *candidate) featured() featured {
	return featured{byCoverage: c.coverage, byMass: c.mass, byPassage: c.cosine, bySentence: c.best, byQuick: c.quick}
}

// judge gives the candidate its score.
func (c *candidate) judge() {
	f := c.featured()
	c.score = f.score()
}

// A query is an analysed question on its way through the indexes.
type query struct {
	analysis
	joined bool     // copies count once
	within []string // IDs of the articles whose passages are the candidates; none for what is found
	period *period  // in which what is quoted lies; nil for any
	// rivals are by language what stands in for the rivals that a window does not have.
	rivals map[text.Language]float64
	// times are the words that tell the window, and timed says by group that it is of
	// them; nil for no window.
	times         []dates.Expression
	timed         []bool
	today         dates.Day
	coverer       *coverer
	alike         *alike // nil until sentences are looked at
	served        *space // by which the strong view is; the view has none when its encoder fails
	strong, quick view
	pages         map[string]*page            // those opened for quoting, by article
	idfs          map[text.Language][]float64 // by language and group
}

func (q *query) idf(lang text.Language, group int) float64 { return q.idfs[lang][group] }

// rank orders the candidates of all languages, best first, in place.
func (e *Engine) rank(q *query, all []candidate) []candidate {
	order(q, all)
	return e.joinTwins(q, all)
}

// order does so without making one result of a report that is there twice.
func order(q *query, all []candidate) {
	for i := range all {
		all[i].judge()
	}
	level(all, q.lang)
	sortCandidates(all)
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
	if q.served != e.serving || q.quick.space != e.quick {
		return nil, errMoved
	}
	q.idfs, q.rivals = map[text.Language][]float64{}, map[text.Language]float64{}
	var all []candidate
	for _, lang := range slices.Sorted(maps.Keys(e.words)) {
		list, err := e.candidatesIn(ctx, q, lang)
		if err != nil {
			return nil, err
		}
		all = append(all, atFirstSight(list)...)
	}
	return all, nil
}

// candidatesIn collects those of one language, in no order. What is not found by its
// words has what these are worth in it, too.
func (e *Engine) candidatesIn(ctx context.Context, q *query, lang text.Language) ([]candidate, error) {
	q.strong.centre(lang, q.joined)
	q.quick.centre(lang, q.joined)
	f := e.words[lang]
	a := f.account()
	defer f.accounts.Put(a)
	e.byWords(q, lang, a)
	slots, err := e.slotsOf(ctx, q, lang, a)
	if err != nil {
		return nil, err
	}
	slices.Sort(slots)
	slots = slices.Compact(slots)
	list := make([]candidate, len(slots))
	for i, slot := range slots {
		list[i] = q.candidate(e.passages[slot])
		list[i].family = e.families[list[i].ArticleID]
		a.fill(&list[i])
	}
	return list, nil
}

// slotsOf are those of a language's best by words, which were counted, and by vectors,
// in no order, some twice; or of the articles that the question is about.
func (e *Engine) slotsOf(ctx context.Context, q *query, lang text.Language, a *account) ([]int32, error) {
	switch {
	case len(q.within) > 0:
		return q.during(e.slotsWithin(q.within, lang), e.moments), nil
	case q.period != nil:
		return e.slotsDuring(q, lang, a), nil
	}
	slots := a.scores.best(candidatesBy)
	if q.strong.space == nil {
		return slots, nil
	}
	near, err := q.strong.space.index.nearest(ctx, lang, q.strong.vector, candidatesBy)
	if err != nil {
		return nil, err
	}
	for _, n := range near {
		slots = append(slots, e.byID[n.id].slot)
	}
	return slots, nil
}

// atFirstSight sorts a language's candidates, the passage's cosine standing in
// for its best sentence's.
func atFirstSight(list []candidate) []candidate {
	for i := range list {
		list[i].guess()
		list[i].best = list[i].cosine
		list[i].judge()
	}
	sortCandidates(list)
	return list
}

func (q *query) candidate(p *passage) candidate {
	c := candidate{passage: p, cross: p.article.Language != q.lang, blind: q.strong.space == nil}
	c.cosine, c.encoded = q.strong.passage(p)
	c.quick, c.understood = q.quick.passage(p)
	return c
}

// compare finds each promising candidate's best sentence; for the rest their
// passage's cosine goes on standing in for them.
func (e *Engine) compare(ctx context.Context, q *query, all []candidate) error {
	taken := map[text.Language]int{}
	var close []int
	var hashes []corpus.Hash
	for i := range all {
		lang := all[i].article.Language
		if taken[lang]++; taken[lang] <= compared {
			close = append(close, i)
			hashes = append(hashes, all[i].sentences...)
		}
	}
	if err := q.strong.read(ctx, e.store, hashes); err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	for _, i := range close {
		if z, ok := q.strong.best(all[i].passage); ok {
			all[i].best = z
		}
	}
	return nil
}
