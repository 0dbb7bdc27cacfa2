package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"newsbot/retrieval"
	"newsbot/retrieval/eval"
)

// A cell is a set and a pair of languages.
type cell struct{ set, pair string }

// A question is a sample made ready for scoring.
type question struct {
	cell         cell
	article      string
	given, found list
}

// A list is the sentences of a question that compete.
type list struct {
	quotes []eval.QuoteCandidate
	gold   []bool
	signs  [][]float64
}

// newQuestions refuses samples of other signs than there are now.
func newQuestions(samples []eval.QuoteSample) ([]question, error) {
	var out []question
	for i := range samples {
		s := &samples[i]
		q := question{cell: cell{s.Set, s.QueryLang + "->" + s.CorpusLang}, article: s.Article}
		var err error
		if q.given, err = newList(s.Given); err != nil {
			return nil, err
		}
		if q.found, err = newList(s.Found); err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

func newList(quotes []eval.QuoteCandidate) (list, error) {
	l := list{quotes: quotes}
	width := len(retrieval.SignNames())
	for _, c := range quotes {
		if len(c.Signs) != width {
			return l, fmt.Errorf("samples have %d signs, choosing has %d: gather them anew", len(c.Signs), width)
		}
		signs := make([]float64, width)
		for i, x := range c.Signs {
			signs[i] = float64(x)
		}
		l.gold, l.signs = append(l.gold, c.Gold), append(l.signs, signs)
	}
	return l, nil
}

func (l *list) scores(w []float64) []float64 {
	out := make([]float64, len(l.signs))
	for k, signs := range l.signs {
		for i, x := range signs {
			out[k] += w[i] * x
		}
	}
	return out
}

// quotes is how many an answer has at most.
const quotes = 3

// hits says whether the best sentence holds a gold answer, and whether one of those
// quoted does, none of which has a part of another.
func (l *list) hits(w []float64) (first, some bool) {
	scores := l.scores(w)
	order := make([]int, len(scores))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var chosen []int
	for _, k := range order {
		if len(chosen) == quotes {
			break
		}
		if slices.ContainsFunc(chosen, func(c int) bool { return l.overlap(c, k) }) {
			continue
		}
		first = first || len(chosen) == 0 && l.gold[k]
		some = some || l.gold[k]
		chosen = append(chosen, k)
	}
	return first, some
}

func (l *list) overlap(a, b int) bool {
	x, y := l.quotes[a], l.quotes[b]
	return x.Document == y.Document && x.Start < y.End && y.Start < x.End
}

// Figures are the shares of questions with a gold answer in the first quote, and in one
// of three.
type figures struct{ givenFirst, givenAny, foundFirst, foundAny float64 }

// part is one of so many into which the questions fall, those of an article together.
func (q *question) part(of int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(q.article)) // it returns no error
	return int(h.Sum32() % uint32(of))
}

// measure returns the figures of each cell, by the weights that each question is to be
// answered with.
func measure(all []question, weights func(*question) []float64) map[cell]figures {
	sums, sizes := map[cell]figures{}, map[cell]float64{}
	for i := range all {
		q := &all[i]
		w := weights(q)
		f := sums[q.cell]
		f.add(q.given.hits(w))
		f.addFound(q.found.hits(w))
		sums[q.cell] = f
		sizes[q.cell]++
	}
	for c, f := range sums {
		sums[c] = f.times(1 / sizes[c])
	}
	return sums
}

func (f *figures) add(first, some bool) {
	f.givenFirst += number(first)
	f.givenAny += number(some)
}

func (f *figures) addFound(first, some bool) {
	f.foundFirst += number(first)
	f.foundAny += number(some)
}

func (f figures) times(x float64) figures {
	return figures{f.givenFirst * x, f.givenAny * x, f.foundFirst * x, f.foundAny * x}
}

func (f figures) plus(o figures) figures {
	return figures{f.givenFirst + o.givenFirst, f.givenAny + o.givenAny, f.foundFirst + o.foundFirst, f.foundAny + o.foundAny}
}

// mean is that of the cells that pass.
func mean(by map[cell]figures, passes func(cell) bool) figures {
	var sum figures
	n := 0.0
	for _, c := range cellsOf(by) {
		if passes(c) {
			sum = sum.plus(by[c])
			n++
		}
	}
	return sum.times(1 / max(n, 1))
}

// cellsOf are the cells in order.
func cellsOf(by map[cell]figures) []cell {
	var out []cell
	for c := range by {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b cell) int { return cmp.Or(cmp.Compare(a.set, b.set), cmp.Compare(a.pair, b.pair)) })
	return out
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
