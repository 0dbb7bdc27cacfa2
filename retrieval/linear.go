package retrieval

import (
	"errors"
	"fmt"
	"math"
)

// checkVector refuses what would spoil an index: another length, numbers that
// are not finite, and the zero vector.
func checkVector(v []float32, dim int) error {
	if len(v) != dim {
		return fmt.Errorf("the vector has %d numbers, %d are wanted", len(v), dim)
	}
	n := dot(v, v)
	if math.IsNaN(n) || math.IsInf(n, 0) || n == 0 {
		return errors.New("the vector is zero or not finite")
	}
	return nil
}

// dot returns the inner product of two vectors of one length.
func dot(a, b []float32) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return float64(s0) + float64(s1) + float64(s2) + float64(s3)
}

// unit scales v to length one, in place, and returns it.
func unit(v []float32) []float32 {
	n := float32(math.Sqrt(dot(v, v)))
	if n == 0 {
		return v
	}
	for i := range v {
		v[i] /= n
	}
	return v
}

// A mean is the running sum of vectors.
type mean struct {
	n   float64
	sum []float64
}

func newMean(dim int) *mean { return &mean{sum: make([]float64, dim)} }

func (m *mean) add(v []float32)    { m.change(v, 1) }
func (m *mean) remove(v []float32) { m.change(v, -1) }

func (m *mean) change(v []float32, by float64) {
	m.n += by
	for i, f := range v {
		m.sum[i] += by * float64(f)
	}
}

// without returns the mean of those vectors seen that o has not seen, of which it saw no
// other.
func (m *mean) without(o *mean) *mean {
	rest := &mean{n: m.n - o.n, sum: make([]float64, len(m.sum))}
	for i, x := range m.sum {
		rest.sum[i] = x - o.sum[i]
	}
	return rest
}

// blend returns the mean of the vectors seen and of prior, counted as weight
// vectors. prior may be nil, which is the zero vector.
func (m *mean) blend(prior []float32, weight float64) []float32 {
	out := make([]float32, len(m.sum))
	for i := range out {
		s := m.sum[i]
		if prior != nil {
			s += weight * float64(prior[i])
		}
		out[i] = float32(s / max(m.n+weight, 1))
	}
	return out
}

// A centre is where the passages of a language lie around, next to a question.
type centre struct {
	mean  []float32
	own   float64 // product of the mean with itself
	asked float64 // and with the question
}

func newCentre(mean, question []float32) centre {
	return centre{mean, dot(mean, mean), dot(question, mean)}
}

// cosine is that of a question, which is centred and of unit length, with the unit
// vector p less the mean of its language.
func (c *centre) cosine(question, p []float32) float64 {
	length := dot(p, p) - 2*dot(p, c.mean) + c.own
	if length <= 1e-9 {
		return 0
	}
	return (dot(question, p) - c.asked) / math.Sqrt(length)
}

// centred returns v less the mean, of unit length; v itself stays as it is.
func centred(v, mean []float32) []float32 {
	out := make([]float32, len(v))
	copy(out, v)
	for i := range mean {
		out[i] -= mean[i]
	}
	if dot(out, out) < 1e-9 {
		copy(out, v)
	}
	return unit(out)
}
