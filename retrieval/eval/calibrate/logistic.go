package main

import (
	"errors"
	"hash/fnv"
	"math"
)

// A row is a sample made ready to be fitted.
type row struct {
	*sample
	x      []float64 // evidence, and a one at the place of its direction
	given  float64   // what the evidence is worth whose weight is given; it is zero in x
	weight float64
	logit  float64 // as foretold by a model that was not fitted to its article
}

const (
	folds = 5
	// ridge keeps weights small, in units of deviations.
	ridge = 1.0
	steps = 30
)

// fold is the part that a sample belongs to, with all about its article.
func (r *row) fold() int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(r.Article)) // it returns no error
	return int(h.Sum32() % folds)
}

func dot(a, b []float64) float64 {
	var sum float64
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// fit returns the weights of a logistic model by Newton's method. The first so many
// features are scaled to their deviations for the penalty.
func fit(rows []row, scaled int, takes func(*row) bool) ([]float64, error) {
	deviation := deviations(rows, scaled)
	w := make([]float64, len(rows[0].x))
	for range steps {
		gradient, hessian := make([]float64, len(w)), square(len(w))
		for i := range scaled {
			gradient[i] = ridge * deviation[i] * deviation[i] * w[i]
			hessian[i][i] = ridge*deviation[i]*deviation[i] + 1e-6
		}
		for i := scaled; i < len(w); i++ {
			hessian[i][i] = 1e-6
		}
		for k := range rows {
			if r := &rows[k]; takes(r) {
				r.addTo(gradient, hessian, w)
			}
		}
		step, err := solve(hessian, gradient)
		if err != nil {
			return nil, err
		}
		var moved float64
		for i := range w {
			w[i] -= step[i]
			moved = max(moved, math.Abs(step[i]))
		}
		if moved < 1e-8 {
			break
		}
	}
	return w, nil
}

// addTo adds what the row gives to the derivatives of the loss.
func (r *row) addTo(gradient []float64, hessian [][]float64, w []float64) {
	p := sigmoid(r.logitBy(w))
	wrong := p
	if r.Answerable {
		wrong = p - 1
	}
	for i, x := range r.x {
		if x == 0 {
			continue
		}
		gradient[i] += r.weight * wrong * x
		for j, y := range r.x {
			hessian[i][j] += r.weight * p * (1 - p) * x * y
		}
	}
}

// logitBy is the row's log-odds by some weights.
func (r *row) logitBy(w []float64) float64 { return r.given + dot(w, r.x) }

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func deviations(rows []row, features int) []float64 {
	out := make([]float64, features)
	for i := range out {
		var sum, squares float64
		for k := range rows {
			sum += rows[k].x[i]
			squares += rows[k].x[i] * rows[k].x[i]
		}
		n := float64(len(rows))
		out[i] = math.Sqrt(max(squares/n-sum/n*sum/n, 0))
	}
	return out
}

func square(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

// solve returns x with a·x = b, by elimination; a is positive definite. It changes both.
func solve(a [][]float64, b []float64) ([]float64, error) {
	for i := range a {
		if a[i][i] < 1e-12 {
			return nil, errors.New("the samples do not say what some evidence is worth")
		}
		for j := i + 1; j < len(a); j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < len(a); k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := i + 1; k < len(a); k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b, nil
}
