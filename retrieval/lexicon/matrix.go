package lexicon

import (
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"newsbot/retrieval/encoder/kernel"
)

// chunkRows is how many rows of a Matrix lie together: half a megabyte of 512
// numbers each stays in the second-level cache while all words of a question are
// compared with it, and growing never copies what is there.
const chunkRows = 1024

// A Matrix holds vectors of the words of one language, a row each, so that those
// nearest to some words of the other language are found in one pass. A row takes a
// byte a number and 20 bytes.
//
// Cosines are between centred vectors: those of a language lie around a common
// centre, which says more of the language than of the words. Rows are kept as they
// came, and the centre is taken out of every product.
//
// [Matrix.Nearest] is safe for concurrent use, also beside [Matrix.Row]; changes
// need the matrix alone.
type Matrix struct {
	dim    int
	inputs int       // dim and zeros up to a multiple of what the kernels take
	centre []float32 // inputs numbers
	hubs   *Matrix
	rows   int
	chunks []*chunk
	kernel *kernel.Kernel
}

type chunk struct {
	weights kernel.Matrix8 // its steps are those of unit vectors
	scale   [chunkRows]float32
	inverse [chunkRows]float32 // 1 / length of the centred row; 0 where there is none
	// crowding is the mean cosine with the nearest hubs, as its bits, 0 until it is
	// asked for: it depends on nothing but the row.
	crowding [chunkRows]atomic.Uint32
}

// NewMatrix makes an empty matrix of vectors of dim numbers, at most
// kernel.MaxInputs. centre is the mean of the language's vectors, nil for zero.
// hubs are frequent words of the other language, against which is measured how
// near a row is to just anything; nil leaves that out. Neither may change later.
func NewMatrix(dim int, centre []float32, hubs *Matrix) (*Matrix, error) {
	if dim <= 0 || dim > kernel.MaxInputs || centre != nil && len(centre) != dim || hubs != nil && hubs.dim != dim {
		return nil, fmt.Errorf("a matrix of %d numbers a row, a centre of %d", dim, len(centre))
	}
	m := &Matrix{dim: dim, hubs: hubs, kernel: kernel.Best()}
	m.inputs = (dim + kernel.BlockInputs - 1) / kernel.BlockInputs * kernel.BlockInputs
	m.centre = make([]float32, m.inputs)
	copy(m.centre, centre)
	return m, nil
}

// Rows returns how many rows there are, the empty ones among them.
func (m *Matrix) Rows() int { return m.rows }

// Append adds an empty row and returns its number.
func (m *Matrix) Append() int {
	if m.rows == len(m.chunks)*chunkRows {
		c := &chunk{}
		c.weights = kernel.Matrix8{
			Outputs: chunkRows, Inputs: m.inputs, Weights: kernel.Zero8(chunkRows, m.inputs),
			Steps: make([]float32, chunkRows), Bias: make([]float32, chunkRows),
		}
		m.chunks = append(m.chunks, c)
	}
	m.rows++
	return m.rows - 1
}

// Set makes a row the vector scale·data, of as many numbers as a row has. A vector of zeros, one that is not
// finite, and the centre itself have no direction: nothing is near them.
func (m *Matrix) Set(row int, scale float32, data []int8) {
	c, i := m.chunks[row/chunkRows], row%chunkRows
	padded := data
	if m.dim != m.inputs {
		padded = make([]int8, m.inputs)
		copy(padded, data)
	}
	c.weights.SetRow(i, padded)
	c.scale[i], c.inverse[i], c.weights.Steps[i] = scale, 0, 0
	c.crowding[i].Store(0)
	length := float64(m.distance(scale, padded))
	if scale == 0 || allZero(data) || length < 1e-9 || math.IsNaN(length) || math.IsInf(length, 0) {
		return
	}
	c.inverse[i] = float32(1 / math.Sqrt(length))
	c.weights.Steps[i] = scale * c.inverse[i]
}

// distance is the square of that from the centre, in four sums: one would wait for
// itself at every step.
func (m *Matrix) distance(scale float32, data []int8) float32 {
	var sums [4]float32
	for j := 0; j < len(data); j += 4 {
		x, c := (*[4]int8)(data[j:]), (*[4]float32)(m.centre[j:])
		d0, d1 := scale*float32(x[0])-c[0], scale*float32(x[1])-c[1]
		d2, d3 := scale*float32(x[2])-c[2], scale*float32(x[3])-c[3]
		sums[0] += d0 * d0
		sums[1] += d1 * d1
		sums[2] += d2 * d2
		sums[3] += d3 * d3
	}
	return sums[0] + sums[1] + sums[2] + sums[3]
}

func allZero(data []int8) bool {
	return !slices.ContainsFunc(data, func(x int8) bool { return x != 0 })
}

// Clear empties a row.
func (m *Matrix) Clear(row int) { m.Set(row, 0, make([]int8, m.dim)) }

// Row returns what Set was given. The caller owns data.
func (m *Matrix) Row(row int) (scale float32, data []int8) {
	c, i := m.chunks[row/chunkRows], row%chunkRows
	data = make([]int8, m.inputs)
	c.weights.Row(data, i)
	return c.scale[i], data[:m.dim]
}

// ReadRow writes the vector that Set was given to v, of as many numbers.
func (m *Matrix) ReadRow(v []float32, row int) {
	var data [kernel.MaxInputs]int8
	c, i := m.chunks[row/chunkRows], row%chunkRows
	c.weights.Row(data[:m.inputs], i)
	for j := range v {
		v[j] = c.scale[i] * float32(data[j])
	}
}

// unit writes the centred row, of length 1, to v, which has m.inputs numbers.
func (m *Matrix) unit(v []float32, row int) {
	c, i := m.chunks[row/chunkRows], row%chunkRows
	data := make([]int8, m.inputs)
	c.weights.Row(data, i)
	for j, x := range data {
		v[j] = (c.scale[i]*float32(x) - m.centre[j]) * c.inverse[i]
	}
}
