package main

import (
	"math"
	"slices"
)

// ridge keeps weights small that hardly matter: it is what the square of a sign's
// weight costs, in units of one over the sign's spread, beside the mean surprise.
const ridge = 1e-4

// steps are more than are needed until the weights stay as they are.
const steps = 30

// fit returns the weights that make the gold sentences of the questions likeliest. It
// goes Newton's way, as if what is known of the gold sentences was certain: that makes
// the loss smaller at every step, also where several hold the answer.
func fit(all []question, free []bool) []float64 {
	lists := informative(all)
	w := make([]float64, len(free))
	spread := spreads(lists, len(w))
	for range steps {
		gradient, curvature := slope(lists, w)
		for i := range w {
			cost := 2 * ridge * spread[i] * spread[i]
			gradient[i] += cost * w[i]
			curvature[i][i] += cost
			if !free[i] || spread[i] == 0 {
				clear(curvature[i])
				curvature[i][i], gradient[i] = 1, 0
				for j := range w {
					if j != i {
						curvature[j][i] = 0
					}
				}
			}
		}
		for i, d := range solve(curvature, gradient) {
			w[i] -= d
		}
	}
	return w
}

// A weighted list counts so much.
type weighted struct {
	*list
	weight float64
}

// informative are the lists that there is something to choose in, each cell's weighing
// the same.
func informative(all []question) []weighted {
	sizes := map[cell]float64{}
	for i := range all {
		sizes[all[i].cell]++
	}
	var out []weighted
	for i := range all {
		for _, l := range []*list{&all[i].given, &all[i].found} {
			if slices.Contains(l.gold, true) && slices.Contains(l.gold, false) {
				out = append(out, weighted{l, 1 / (2 * float64(len(sizes)) * sizes[all[i].cell])})
			}
		}
	}
	return out
}

// spreads are the standard deviations of the signs over all sentences.
func spreads(lists []weighted, width int) []float64 {
	sum, squares := make([]float64, width), make([]float64, width)
	n := 0.0
	for _, l := range lists {
		for _, signs := range l.signs {
			n++
			for i, x := range signs {
				sum[i] += x
				squares[i] += x * x
			}
		}
	}
	out := make([]float64, width)
	for i := range out {
		mean := sum[i] / max(n, 1)
		out[i] = math.Sqrt(max(squares[i]/max(n, 1)-mean*mean, 0))
	}
	return out
}

// slope returns the gradient of the loss at w, and its curvature as if the gold
// sentences were certain.
func slope(lists []weighted, w []float64) (gradient []float64, curvature [][]float64) {
	gradient = make([]float64, len(w))
	curvature = make([][]float64, len(w))
	for i := range curvature {
		curvature[i] = make([]float64, len(w))
	}
	for _, l := range lists {
		every, right := l.chances(w)
		mean := make([]float64, len(w))
		for k, signs := range l.signs {
			for i, x := range signs {
				mean[i] += every[k] * x
				gradient[i] += l.weight * (every[k] - right[k]) * x
			}
		}
		for k, signs := range l.signs {
			for i := range w {
				d := l.weight * every[k] * (signs[i] - mean[i])
				for j := range w {
					curvature[i][j] += d * (signs[j] - mean[j])
				}
			}
		}
	}
	return gradient, curvature
}

// chances are how likely each sentence is, among all and among the gold ones.
func (l *list) chances(w []float64) (every, right []float64) {
	scores := l.scores(w)
	top := slices.Max(scores)
	every, right = make([]float64, len(scores)), make([]float64, len(scores))
	var all, gold float64
	for k, s := range scores {
		every[k] = math.Exp(s - top)
		all += every[k]
		if l.gold[k] {
			gold += every[k]
		}
	}
	for k := range every {
		if l.gold[k] {
			right[k] = every[k] / max(gold, 1e-300)
		}
		every[k] /= all
	}
	return every, right
}

// solve returns x with a·x = b, of a symmetric and positive matrix, by elimination in
// place.
func solve(a [][]float64, b []float64) []float64 {
	for i := range a {
		for k := i + 1; k < len(a); k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < len(a); j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := i + 1; j < len(a); j++ {
			b[i] -= a[i][j] * b[j]
		}
		b[i] /= a[i][i]
	}
	return b
}
