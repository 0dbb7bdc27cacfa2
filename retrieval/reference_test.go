package retrieval

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A plainIndex is a [wordIndex] without any thought of speed: the documents.
type plainIndex map[int32][]string

func (x plainIndex) words() (n int) {
	for _, d := range x {
		n += len(d)
	}
	return n
}

// frequencies returns how often a word stands in the documents that hold it.
func (x plainIndex) frequencies(word string) map[int32]float64 {
	found := map[int32]float64{}
	for doc, words := range x {
		for _, w := range words {
			if w == word {
				found[doc]++
			}
		}
	}
	return found
}

// phrase returns the documents that hold all the stems, with the frequency of the
// rarest.
func (x plainIndex) phrase(stems []string) map[int32]float64 {
	var found map[int32]float64
	for i, stem := range stems {
		list := x.frequencies(stem)
		if i == 0 {
			found = list
			continue
		}
		for doc, tf := range found {
			if found[doc] = min(tf, list[doc]); found[doc] == 0 {
				delete(found, doc)
			}
		}
	}
	return found
}

// count finds the documents of a group: of other spellings the best counts, of
// translations the sum.
func (x plainIndex) count(alternatives []alternative) (tf map[int32]float64, df float64) {
	spelled, tf := map[int32]float64{}, map[int32]float64{}
	for _, a := range alternatives {
		if !a.summed {
			for doc, n := range x.phrase(a.stems) {
				spelled[doc] = max(spelled[doc], n*a.weight)
			}
		}
	}
	maps.Copy(tf, spelled)
	df = float64(len(spelled))
	for _, a := range alternatives {
		if !a.summed {
			continue
		}
		for doc, n := range x.phrase(a.stems) {
			tf[doc] += n * a.weight
			if _, ok := spelled[doc]; !ok {
				df += a.weight
			}
		}
	}
	return tf, df
}

func (x plainIndex) saturate(doc int32, tf float64) float64 {
	average := float64(x.words()) / float64(max(len(x), 1))
	norm := 1 - bm25B + bm25B*float64(len(x[doc]))/max(average, 1)
	return tf * (bm25K1 + 1) / (tf + bm25K1*norm)
}

// plainScores works out coverage and BM25 of every document as byWords does, and
// the idf of the groups and of the whole question.
func plainScores(g *general, stems, fourGrams plainIndex, groups []group, lang text.Language) (coverage, bm25 map[int32]float64, idfs []float64, whole float64) {
	coverage, bm25 = map[int32]float64{}, map[int32]float64{}
	for _, gr := range groups {
		found, df := stems.count(gr.alternatives)
		weight := idf(df, len(stems), g.share(gr.alternatives))
		idfs = append(idfs, weight)
		if len(found) == 0 && !gr.scripts[lang] {
			whole += unknownWeight * weight
			continue
		}
		whole += weight * gr.counts(lang)
		for doc, tf := range found {
			coverage[doc] += weight * min(tf, gr.counts(lang))
			bm25[doc] += weight * stems.saturate(doc, tf)
		}
		for _, gram := range gr.grams {
			list := fourGrams.frequencies(gram)
			weight := gramsWeight * idf(float64(len(list)), len(fourGrams), 0) / float64(len(gr.grams))
			for doc, tf := range list {
				bm25[doc] += weight * fourGrams.saturate(doc, tf)
			}
		}
	}
	return coverage, bm25, idfs, whole
}

// A dice draws words and groups, common ones more often.
type dice struct{ *rand.Rand }

func (r dice) stem() string { return fmt.Sprint("كلمات", int(60*math.Pow(r.Float64(), 3))) }

func (r dice) stems(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = r.stem()
	}
	return out
}

func (r dice) group() group {
	g := group{scripts: map[text.Language]bool{text.Arabic: r.IntN(2) == 0}, grams: grams(r.stems(r.IntN(3)))}
	for range 1 + r.IntN(5) {
		n := 1
		if r.IntN(4) == 0 {
			n = 2 + r.IntN(2)
		}
		g.alternatives = append(g.alternatives, alternative{r.stems(n), []float64{1, 0.9, 0.3}[r.IntN(3)], r.IntN(3) == 0})
	}
	return g
}

// TestByWordsAsThePlainWay compares scores and order with those worked out
// without any index, while documents come and go.
func TestByWordsAsThePlainWay(t *testing.T) {
	r := dice{rand.New(rand.NewPCG(3, 4))}
	known, err := newGeneral()
	if err != nil {
		t.Fatal(err)
	}
	e := &Engine{general: known, words: map[text.Language]*fields{text.Arabic: newFields()}}
	f, stems, fourGrams := e.words[text.Arabic], plainIndex{}, plainIndex{}
	for round := range 60 {
		for range 12 {
			doc := int32(r.IntN(20 + 10*round))
			for int(doc) >= len(e.passages) {
				n := len(e.passages)
				e.passages = append(e.passages, &passage{slot: int32(n), article: &article{Article: corpus.Article{Language: text.Arabic}}})
			}
			if f.stems.has(doc) {
				f.stems.remove(doc)
				f.grams.remove(doc)
				delete(stems, doc)
				delete(fourGrams, doc)
				continue
			}
			stems[doc] = r.stems(r.IntN(40))
			fourGrams[doc] = grams(stems[doc])
			f.stems.add(doc, stems[doc])
			f.grams.add(doc, fourGrams[doc])
		}
		q := &query{idfs: map[text.Language][]float64{}}
		for range r.IntN(6) {
			q.groups = append(q.groups, r.group())
		}
		compareWithPlain(t, e, q, stems, fourGrams)
	}
}

func compareWithPlain(t *testing.T, e *Engine, q *query, stems, fourGrams plainIndex) {
	t.Helper()
	const near = 1e-9
	coverage, bm25, idfs, whole := plainScores(e.general, stems, fourGrams, q.groups, text.Arabic)
	want := slices.Collect(maps.Keys(bm25))
	slices.SortFunc(want, func(a, b int32) int {
		return cmp.Or(cmp.Compare(bm25[b], bm25[a]), cmp.Compare(a, b))
	})
	want = want[:min(candidatesBy, len(want))]
	a := e.words[text.Arabic].account()
	e.byWords(q, text.Arabic, a)
	if got := a.scores.best(candidatesBy); len(got) != len(want) {
		t.Fatalf("%d candidates, want %d", len(got), len(want))
	}
	for doc, p := range e.passages {
		doc, c := int32(doc), candidate{passage: p}
		a.fill(&c)
		if x := coverage[doc] / max(whole, 1e-9); math.Abs(c.coverage-x) > near {
			t.Errorf("document %d: coverage %v, want %v", doc, c.coverage, x)
		}
		if x := bm25[doc] / max(whole*(bm25K1+1), 1e-9); math.Abs(c.mass-x) > near {
			t.Errorf("document %d: mass %v, want %v", doc, c.mass, x)
		}
	}
	for i, x := range idfs {
		if math.Abs(q.idfs[text.Arabic][i]-x) > near {
			t.Errorf("idf of group %d = %v, want %v", i, q.idfs[text.Arabic][i], x)
		}
	}
}

// TestBestIsSorted compares the heap with sorting, among many equal scores.
func TestBestIsSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var s scoring
	for range 200 {
		n := r.IntN(60)
		s.begin(100)
		for _, doc := range r.Perm(100)[:n] {
			s.at(int32(doc)).bm25 = float64(r.IntN(8))
		}
		want := slices.Clone(s.docs)
		slices.SortFunc(want, func(a, b int32) int {
			return cmp.Or(cmp.Compare(s.cells[b].bm25, s.cells[a].bm25), cmp.Compare(a, b))
		})
		limit := r.IntN(30)
		if got := s.best(limit); !slices.Equal(got, want[:min(limit, n)]) {
			t.Fatalf("best(%d) of %d = %v, want %v", limit, n, got, want)
		}
	}
}

// TestStampsDoNotComeAgain begins a round at the end of the count.
func TestStampsDoNotComeAgain(t *testing.T) {
	var a tally
	var s scoring
	a.begin(3)
	s.begin(3)
	a.raise([]posting{{1, 5}}, 1)
	s.at(1).bm25 = 5
	a.round, s.round = math.MaxUint32, math.MaxUint32
	a.cells[1].stamp, s.cells[1].stamp = 1, 1
	a.begin(3)
	s.begin(3)
	if cell, fresh := a.at(1); !fresh || cell.tf != 0 {
		t.Errorf("a tally's cell of long ago counts: %v", *cell)
	}
	if got := s.at(1).bm25; got != 0 {
		t.Errorf("a score of long ago counts: %v", got)
	}
}
