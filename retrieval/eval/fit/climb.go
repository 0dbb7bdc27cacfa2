package main

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"newsbot/retrieval"
)

// A question is a sample made fast to score.
type question struct {
	cell      int
	features  []float32 // of all candidates, one after the other
	levels    [][]float32
	level     []int8 // by candidate, which of the levels, -1 for none
	other     []bool
	documents []int32
	relevant  []bool // by document
	ideal     float64
}

// A cell is the questions of one set, kind and pair of languages.
type cell struct{ kind, set, pair string }

// A problem is what is fitted.
type problem struct {
	cells     []cell
	questions []question
}

// newProblem refuses samples of other features than there are now.
func newProblem(samples []kindred) (*problem, error) {
	p := &problem{}
	numbers := map[cell]int{}
	for i := range samples {
		s := &samples[i]
		c := cell{s.Kind, s.Set, s.QueryLang + "->" + s.CorpusLang}
		n, ok := numbers[c]
		if !ok {
			n = len(p.cells)
			numbers[c], p.cells = n, append(p.cells, c)
		}
		q, err := compact(n, s)
		if err != nil {
			return nil, err
		}
		p.questions = append(p.questions, q)
	}
	return p, nil
}

func compact(cell int, s *kindred) (question, error) {
	q := question{cell: cell, ideal: ideal(s.Relevant)}
	width := len(retrieval.FeatureNames())
	for _, c := range s.Candidates {
		if len(c.Features) != width {
			return q, fmt.Errorf("samples have %d features, ranking has %d: gather them anew", len(c.Features), width)
		}
		q.features = append(q.features, c.Features...)
		q.other = append(q.other, c.Other)
		q.documents = append(q.documents, c.Document)
		for int(c.Document) >= len(q.relevant) {
			q.relevant = append(q.relevant, false)
		}
		q.relevant[c.Document] = c.Relevant
		q.level = append(q.level, q.levelOf(c.Level))
	}
	return q, nil
}

func (q *question) levelOf(level []float32) int8 {
	if level == nil {
		return -1
	}
	for i, l := range q.levels {
		if slices.Equal(l, level) {
			return int8(i)
		}
	}
	q.levels = append(q.levels, level)
	return int8(len(q.levels) - 1)
}

const cutoff = 10

func discount(i int) float64 { return 1 / math.Log2(float64(i)+2) }

func ideal(relevant int) float64 {
	var sum float64
	for i := range min(relevant, cutoff) {
		sum += discount(i)
	}
	return sum
}

// ndcg is that of the question by the weights; scores is room for the next call.
func (q *question) ndcg(w *retrieval.Weights, room []float64) (ndcg float64, scores []float64) {
	scores = q.scores(w, room)
	for d, relevant := range q.relevant {
		if relevant {
			ndcg += gain(scores, d) / q.ideal
		}
	}
	return ndcg, scores
}

// gain is what a document earns by its rank.
func gain(scores []float64, document int) float64 {
	rank := 0
	for d, s := range scores {
		if s > scores[document] || s == scores[document] && d < document {
			if rank++; rank == cutoff {
				return 0
			}
		}
	}
	return discount(rank)
}

// scores are those of the documents, each that of its best passage.
func (q *question) scores(w *retrieval.Weights, room []float64) []float64 {
	scores := slices.Grow(room[:0], len(q.relevant))[:len(q.relevant)]
	for i := range scores {
		scores[i] = math.Inf(-1)
	}
	shifts := make([]float64, len(q.levels))
	for i, l := range q.levels {
		for j, x := range l {
			shifts[i] += w.Levelled * w.Features[j] * float64(x)
		}
	}
	width := len(w.Features)
	for i, d := range q.documents {
		var s float64
		for j, x := range q.features[i*width : (i+1)*width] {
			s += w.Features[j] * float64(x)
		}
		if l := q.level[i]; l >= 0 {
			s -= shifts[l]
			if q.other[i] {
				s += w.OtherBonus
			}
		}
		scores[d] = max(scores[d], s)
	}
	return scores
}

// figures returns the mean nDCG@10 of each cell.
func (p *problem) figures(w *retrieval.Weights) []float64 {
	values := p.each(w)
	sums, counts := make([]float64, len(p.cells)), make([]float64, len(p.cells))
	for i := range p.questions {
		sums[p.questions[i].cell] += values[i]
		counts[p.questions[i].cell]++
	}
	for i := range sums {
		sums[i] /= max(counts[i], 1)
	}
	return sums
}

// each returns the nDCG@10 of each question.
func (p *problem) each(w *retrieval.Weights) []float64 {
	const many = 64 // that a goroutine takes at a time
	values := make([]float64, len(p.questions))
	var taken atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var scores []float64
			for {
				from := int(taken.Add(many)) - many
				if from >= len(values) {
					return
				}
				for i := from; i < min(from+many, len(values)); i++ {
					values[i], scores = p.questions[i].ndcg(w, scores)
				}
			}
		})
	}
	wg.Wait()
	return values
}

// mean is that of the figures of cells that pass.
func (p *problem) mean(figures []float64, passes func(cell) bool) float64 {
	var sum, n float64
	for i, f := range figures {
		if passes(p.cells[i]) {
			sum, n = sum+f, n+1
		}
	}
	return sum / max(n, 1)
}

// A slot is a weight by its number: those of the features first, then the two of
// comparing languages.
type slot int

// at returns the weight of a slot.
func (i slot) at(w *retrieval.Weights) *float64 {
	switch n := int(i) - len(w.Features); n {
	case 0:
		return &w.Levelled
	case 1:
		return &w.OtherBonus
	}
	return &w.Features[i]
}

// with returns weights with another value in a slot.
func with(w retrieval.Weights, i slot, value float64) retrieval.Weights {
	w.Features = slices.Clone(w.Features)
	*i.at(&w) = value
	return w
}

const (
	// leastGain is what a step must bring.
	leastGain = 2e-5
	// leastScale is what the steps of small weights are shares of.
	leastScale = 0.1
)

// climb returns weights that none near by exceed, starting from w: fixed ones stay.
func (p *problem) climb(ctx context.Context, w retrieval.Weights, fixed []slot, passes func(cell) bool) (retrieval.Weights, error) {
	some := p.only(passes)
	best := some.mean(some.figures(&w), passes)
	for _, step := range []float64{0.5, 0.25, 0.12, 0.06} {
		for improved := true; improved; {
			if err := ctx.Err(); err != nil {
				return w, err
			}
			improved = false
			for i := range slot(len(w.Features) + 2) {
				if slices.Contains(fixed, i) {
					continue
				}
				for _, by := range []float64{step, -step} {
					now := *i.at(&w)
					changed := with(w, i, max(now+by*max(math.Abs(now), leastScale), 0))
					if v := some.mean(some.figures(&changed), passes); v > best+leastGain {
						w, best, improved = changed, v, true
						break
					}
				}
			}
		}
	}
	return w, nil
}

// only is the problem without the questions of cells that do not pass.
func (p *problem) only(passes func(cell) bool) *problem {
	some := &problem{cells: p.cells}
	for _, q := range p.questions {
		if passes(p.cells[q.cell]) {
			some.questions = append(some.questions, q)
		}
	}
	return some
}
