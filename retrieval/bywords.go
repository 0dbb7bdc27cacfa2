package retrieval

import (
	"sync"

	"newsbot/corpus/text"
)

// fields are the word indexes of one language's passages.
type fields struct {
	stems *wordIndex
	grams *wordIndex

	accounts sync.Pool // of *account, kept from question to question
}

func newFields() *fields { return &fields{stems: newWordIndex(), grams: newWordIndex()} }

// An account is what searching a language's words needs room for, and what it finds.
type account struct {
	scores scoring
	whole  float64 // idf of all that there is to find
	group  tally
	buf    []posting
}

// account returns an empty one, which goes back to f.accounts after use.
func (f *fields) account() *account {
	a, ok := f.accounts.Get().(*account)
	if !ok {
		a = &account{}
	}
	a.scores.begin(len(f.stems.lengths))
	a.whole = 0
	return a
}

// byWords scores the passages of a language by the question's words.
func (e *Engine) byWords(q *query, lang text.Language, a *account) {
	f := e.words[lang]
	saturation := f.stems.saturation()
	for i := range q.groups {
		g := &q.groups[i]
		a.count(f.stems, g.alternatives)
		weight := idf(a.group.df, f.stems.count, e.general.share(g.alternatives))
		q.idfs[lang] = append(q.idfs[lang], weight)
		if len(a.group.docs) == 0 && !g.scripts[lang] {
			a.whole += unknownWeight * weight
			continue
		}
		counts := g.counts(lang)
		a.whole += weight * counts
		a.credit(weight, counts, saturation)
		a.byGrams(f.grams, g.grams)
	}
}

// count finds the documents of a group.
func (a *account) count(w *wordIndex, alternatives []alternative) {
	a.group.begin(len(w.lengths))
	for _, summed := range [...]bool{false, true} {
		for i := range alternatives {
			alt := &alternatives[i]
			if alt.summed != summed {
				continue
			}
			var list []posting
			list, a.buf = w.phrase(alt.stems, a.buf)
			if summed {
				a.group.sum(list, alt.weight)
			} else {
				a.group.raise(list, alt.weight)
			}
		}
	}
}

// credit adds to the scores what the group's documents earn: no more of coverage
// than the group counts.
func (a *account) credit(weight, counts float64, s saturation) {
	for _, doc := range a.group.docs {
		tf := a.group.cells[doc].tf
		score := a.scores.at(doc)
		score.coverage += weight * min(tf, counts)
		score.bm25 += weight * s.of(doc, tf)
	}
}

// byGrams adds what an Arabic word's 4-grams find: other forms of it.
func (a *account) byGrams(w *wordIndex, grams []string) {
	saturation := w.saturation()
	for _, gram := range grams {
		list := w.lookup(gram)
		weight := gramsWeight * idf(float64(len(list)), w.count, 0) / float64(len(grams))
		for _, p := range list {
			a.scores.at(p.doc).bm25 += weight * saturation.of(p.doc, float64(p.tf))
		}
	}
}

// fill says what the words are worth in a candidate.
func (a *account) fill(c *candidate) {
	s := a.scores.at(c.slot)
	c.coverage = s.coverage / max(a.whole, 1e-9)
	c.mass = s.bm25 / max(a.whole*(bm25K1+1), 1e-9)
}
