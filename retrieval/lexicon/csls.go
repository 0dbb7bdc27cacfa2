package lexicon

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"newsbot/retrieval/encoder/kernel"
)

const (
	// neighbours is over how many of the nearest the crowding of a word is taken,
	// as Conneau et al. (2018, Word translation without parallel data) have it.
	neighbours = 10
	// candidates is how many rows, the nearest by cosine, are ranked by CSLS. Of
	// 83,000 translations of 4,167 words they held 99.5 % of the best 20, and all but
	// two of the best three.
	candidates = 100
	// together is how many vectors pass through a matrix at a time.
	together = 32
)

// A Match is a row that may say what a word says.
type Match struct {
	Row int
	// CSLS is twice the cosine, less how near each of the two is to just anything:
	// the mean of a word's ten greatest cosines in the other language. About -2 to
	// 2. It tells apart a good translation from a hub that is near everything.
	CSLS float32
}

// Nearest returns for each of some centred unit vectors of the other language,
// of as many numbers as a row has, the n rows of the greatest CSLS, the best first;
// n is at most 50. Each list is the same whatever else is asked for.
func (m *Matrix) Nearest(vectors [][]float32, n int) [][]Match {
	out := make([][]Match, 0, len(vectors))
	for some := range slices.Chunk(vectors, together) {
		tops := m.scan(some, candidates)
		m.measure(tops)
		for _, t := range tops {
			out = append(out, m.rank(t, n))
		}
	}
	return out
}

// rank orders candidates by CSLS.
func (m *Matrix) rank(t top, n int) []Match {
	own := t.mean(neighbours)
	list := make([]Match, len(t.hits))
	for i, h := range t.hits {
		list[i] = Match{h.row, 2*h.cosine - own - m.crowding(h.row)}
	}
	slices.SortStableFunc(list, func(a, b Match) int { return cmp.Compare(b.CSLS, a.CSLS) })
	return list[:min(n, len(list))]
}

// crowding is what measure found of a row.
func (m *Matrix) crowding(row int) float32 {
	return math.Float32frombits(m.chunks[row/chunkRows].crowding[row%chunkRows].Load())
}

// measure works out the crowding of those candidates whose it is not known yet.
func (m *Matrix) measure(tops []top) {
	if m.hubs == nil {
		return
	}
	var rows []int
	for _, t := range tops {
		for _, h := range t.hits {
			if m.crowding(h.row) == 0 {
				rows = append(rows, h.row)
			}
		}
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	parallel((len(rows)+together-1)/together, func(next func() (int, bool)) {
		s := m.hubs.newSearch(together)
		for i, ok := next(); ok; i, ok = next() {
			m.measureSome(s, rows[i*together:min((i+1)*together, len(rows))])
		}
	})
}

func (m *Matrix) measureSome(s *search, rows []int) {
	s.begin(len(rows), neighbours)
	for i, row := range rows {
		m.unit(s.vector(i), row)
	}
	s.prepare()
	for at := range m.hubs.chunks {
		s.chunk(at)
	}
	for i, row := range rows {
		crowding := s.tops[i].cut().mean(neighbours)
		m.chunks[row/chunkRows].crowding[row%chunkRows].Store(math.Float32bits(crowding))
	}
}

// scan returns the n rows of the greatest cosine with each of the vectors, at most
// together.
func (m *Matrix) scan(vectors [][]float32, n int) []top {
	out := make([]top, len(vectors))
	for i := range out {
		out[i] = newTop(n)
	}
	var mu sync.Mutex
	parallel(len(m.chunks), func(next func() (int, bool)) {
		s := m.newSearch(len(vectors))
		s.begin(len(vectors), n)
		for i, v := range vectors {
			copy(s.vector(i), v)
		}
		s.prepare()
		for at, ok := next(); ok; at, ok = next() {
			s.chunk(at)
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range out {
			out[i].hits = append(out[i].hits, s.tops[i].hits...)
		}
	})
	for i := range out {
		out[i] = out[i].cut()
	}
	return out
}

// parallel runs work on as many goroutines as there are processors, at most n.
// Together their calls of next yield 0 to n-1.
func parallel(n int, work func(next func() (int, bool))) {
	var taken atomic.Int64
	next := func() (int, bool) {
		i := int(taken.Add(1)) - 1
		return i, i < n
	}
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) - 1 {
		wg.Go(func() { work(next) })
	}
	work(next)
	wg.Wait()
}

// A search is what one goroutine needs to compare vectors with the rows of a
// matrix.
type search struct {
	matrix  *Matrix
	vectors []float32 // side by side
	offsets []float32 // their products with the centre
	inputs  *kernel.Activations8
	cosines []float32 // chunkRows for each vector
	tops    []top
}

// newSearch makes room for n vectors.
func (m *Matrix) newSearch(n int) *search {
	return &search{
		matrix:  m,
		vectors: make([]float32, n*m.inputs),
		inputs:  kernel.NewActivations8(n, 1, m.inputs),
		cosines: make([]float32, n*chunkRows),
	}
}

// begin prepares for n vectors, to be written to vector, and the best most rows of
// each.
func (s *search) begin(n, most int) {
	s.vectors = s.vectors[:n*s.matrix.inputs]
	clear(s.vectors)
	s.offsets, s.tops = make([]float32, n), make([]top, n)
	for i := range s.tops {
		s.tops[i] = newTop(most)
	}
}

func (s *search) vector(i int) []float32 {
	return s.vectors[i*s.matrix.inputs:][:s.matrix.inputs]
}

// prepare makes the vectors ready to be multiplied.
func (s *search) prepare() {
	for i := range s.offsets {
		for j, x := range s.vector(i) {
			s.offsets[i] += x * s.matrix.centre[j]
		}
	}
	s.matrix.kernel.Quantize8(s.inputs, 0, kernel.View{Data: s.vectors, Stride: s.matrix.inputs}, len(s.offsets))
}

// chunk takes in the rows of one chunk.
func (s *search) chunk(at int) {
	c := s.matrix.chunks[at]
	s.matrix.kernel.MatMul8(kernel.View{Data: s.cosines, Stride: chunkRows}, s.inputs, 0, &c.weights, len(s.offsets))
	for i, offset := range s.offsets {
		t := &s.tops[i]
		for row, product := range s.cosines[i*chunkRows:][:chunkRows] {
			cosine := product - offset*c.inverse[row]
			if cosine >= t.floor && c.inverse[row] != 0 {
				t.add(hit{at*chunkRows + row, cosine})
			}
		}
	}
}

type hit struct {
	row    int
	cosine float32
}

// A top keeps the greatest of many cosines: it lets up to twice as many gather
// before it drops the smaller half.
type top struct {
	most  int
	floor float32 // what is less cannot be among them
	hits  []hit
}

func newTop(most int) top { return top{most: most, floor: -math.MaxFloat32} }

func (t *top) add(h hit) {
	if t.hits = append(t.hits, h); len(t.hits) == 2*t.most {
		*t = t.cut()
		t.floor = t.hits[t.most-1].cosine
	}
}

// cut returns the greatest, sorted; among equals the first rows.
func (t top) cut() top {
	slices.SortFunc(t.hits, greaterFirst)
	t.hits = t.hits[:min(t.most, len(t.hits))]
	return t
}

// greaterFirst is asked so often that what decides nearly always stands first.
func greaterFirst(a, b hit) int {
	switch {
	case a.cosine > b.cosine:
		return -1
	case a.cosine < b.cosine:
		return 1
	}
	return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.row, b.row)) // equal, or no numbers
}

// mean is that of the n greatest, 0 when there is none.
func (t top) mean(n int) float32 {
	n = min(n, len(t.hits))
	var sum float32
	for _, h := range t.hits[:n] {
		sum += h.cosine
	}
	return sum / float32(max(n, 1))
}
