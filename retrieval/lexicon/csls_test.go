package lexicon

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// A language is made-up words: vectors around a common centre.
type language struct {
	centre []float32
	scale  []float32
	data   [][]int8
}

func newLanguage(r *rand.Rand, words, dim int) language {
	l := language{centre: make([]float32, dim)}
	for i := range l.centre {
		l.centre[i] = float32(r.NormFloat64()) / float32(math.Sqrt(float64(dim))) / 2
	}
	for range words {
		data, scale := make([]int8, dim), float32(0.002+0.001*r.Float64())
		for i := range data {
			x := float64(l.centre[i]) + r.NormFloat64()/math.Sqrt(float64(dim))
			data[i] = int8(min(max(math.Round(x/float64(scale)), -127), 127))
		}
		l.data, l.scale = append(l.data, data), append(l.scale, scale)
	}
	return l
}

func (l language) matrix(t testing.TB, hubs *Matrix) *Matrix {
	t.Helper()
	m, err := NewMatrix(len(l.centre), l.centre, hubs)
	if err != nil {
		t.Fatal(err)
	}
	for i := range l.data {
		m.Set(m.Append(), l.scale[i], l.data[i])
	}
	return m
}

// centred is a word's unit vector, as plain arithmetic has it.
func (l language) centred(word int) []float32 {
	v := make([]float32, len(l.centre))
	var squares float64
	for i, x := range l.data[word] {
		v[i] = l.scale[word]*float32(x) - l.centre[i]
		squares += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(squares))
	}
	return v
}

func (l language) crowding(v []float32) float64 {
	var cosines []float64
	for i := range l.data {
		cosines = append(cosines, cosine(v, l.centred(i)))
	}
	slices.SortFunc(cosines, func(a, b float64) int { return -int(math.Copysign(1, a-b)) })
	sum := 0.0
	for _, c := range cosines[:neighbours] {
		sum += c
	}
	return sum / neighbours
}

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// TestNearest compares the search with plain arithmetic, over two chunks.
func TestNearest(t *testing.T) {
	const tolerance = 0.012
	r := rand.New(rand.NewPCG(1, 1))
	from, to := newLanguage(r, 400, 96), newLanguage(r, chunkRows+300, 96)
	m := to.matrix(t, from.matrix(t, nil))
	var asked [][]float32
	for i := range 40 { // more than pass through together
		asked = append(asked, from.centred(i))
	}
	found := m.Nearest(asked, 5)
	for i, matches := range found {
		if i%8 != 0 {
			continue // plain arithmetic takes its time
		}
		var want []float64
		own := to.crowding(asked[i])
		for row := range to.data {
			v := to.centred(row)
			if c := cosine(asked[i], v); c > .2 {
				want = append(want, 2*c-own-from.crowding(v))
			}
		}
		slices.SortFunc(want, func(a, b float64) int { return -int(math.Copysign(1, a-b)) })
		for n, match := range matches {
			if got := float64(match.CSLS); math.Abs(got-want[n]) > tolerance {
				t.Errorf("word %d, match %d: CSLS of row %d = %.4f, want %.4f", i, n, match.Row, got, want[n])
			}
		}
	}
}

// TestNearestOddDimension has rows that no kernel takes as they are.
func TestNearestOddDimension(t *testing.T) {
	l := newLanguage(rand.New(rand.NewPCG(2, 2)), 50, 45)
	m := l.matrix(t, nil)
	for i, matches := range m.Nearest([][]float32{l.centred(3), l.centred(49)}, 1) {
		if want := []int{3, 49}[i]; len(matches) != 1 || matches[0].Row != want {
			t.Errorf("Nearest to row %d = %v", want, matches)
		}
	}
}

// TestMatrixChanges compares a matrix whose rows came, changed and went, with one
// made of what is left.
func TestMatrixChanges(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	hubs := newLanguage(r, 50, 64).matrix(t, nil)
	l := newLanguage(r, 600, 64)
	changed := language{l.centre, slices.Clone(l.scale), slices.Clone(l.data)}
	m := l.matrix(t, hubs)
	asked := [][]float32{l.centred(1), l.centred(2), l.centred(3)}
	m.Nearest(asked, 100) // what is remembered of the rows must not outlive them
	for range 2000 {
		row, from := r.IntN(600), r.IntN(600)
		if r.IntN(3) == 0 {
			changed.scale[row], changed.data[row] = 0, make([]int8, 64)
			m.Clear(row)
			continue
		}
		changed.scale[row], changed.data[row] = l.scale[from], l.data[from]
		m.Set(row, l.scale[from], l.data[from])
	}
	got, want := m.Nearest(asked, 100), changed.matrix(t, hubs).Nearest(asked, 100)
	for i := range want {
		if !slices.Equal(got[i], want[i]) || len(want[i]) == 0 {
			t.Errorf("word %d: %v, made anew %v", i, got[i][:3], want[i][:3])
		}
	}
	for row := range m.Rows() {
		if scale, data := m.Row(row); scale != changed.scale[row] || !slices.Equal(data, changed.data[row]) {
			t.Fatalf("row %d = %v × %v, want %v × %v", row, scale, data, changed.scale[row], changed.data[row])
		}
	}
}

// TestNearestDegenerate asks matrices that have little to say.
func TestNearestDegenerate(t *testing.T) {
	l := newLanguage(rand.New(rand.NewPCG(4, 4)), 3, 64)
	same := language{centre: l.centre}
	for range chunkRows + 200 {
		same.scale, same.data = append(same.scale, l.scale[0]), append(same.data, l.data[0])
	}
	mute := language{l.centre, []float32{0, float32(math.NaN()), float32(math.Inf(1)), 1}, [][]int8{l.data[0], l.data[0], l.data[0], make([]int8, 64)}}
	none := language{centre: l.centre}
	one := language{l.centre, l.scale[:1], l.data[:1]}
	tests := []struct {
		name       string
		to, hubs   language
		rows       int
		first, csl float64
	}{
		{"no row", none, l, 0, 0, 0},
		{"rows without a direction", mute, l, 0, 0, 0},
		{"one row, one hub, both the word itself", one, one, 1, 0, 0},
		{"one row, no hub", one, none, 1, 0, 1},
		{"all the same: the first rows", same, one, 20, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := test.to.matrix(t, test.hubs.matrix(t, nil))
			asked := [][]float32{l.centred(0), make([]float32, 64), slices.Repeat([]float32{float32(math.NaN())}, 64)}
			for range 2 { // the second time the rows are known
				found := m.Nearest(asked, 20)
				if len(found[0]) != test.rows {
					t.Fatalf("Nearest found %d rows, want %d", len(found[0]), test.rows)
				}
				for i, match := range found[0] {
					if match.Row != i || math.Abs(float64(match.CSLS)-test.csl) > 0.01 {
						t.Errorf("match %d = %+v, want row %d with CSLS %v", i, match, i, test.csl)
					}
				}
			}
		})
	}
}

func TestNewMatrixRefuses(t *testing.T) {
	other, err := NewMatrix(32, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (*Matrix, error){
		"no numbers":           func() (*Matrix, error) { return NewMatrix(0, nil, nil) },
		"too many":             func() (*Matrix, error) { return NewMatrix(1<<20, nil, nil) },
		"a centre that is odd": func() (*Matrix, error) { return NewMatrix(64, make([]float32, 63), nil) },
		"hubs that are odd":    func() (*Matrix, error) { return NewMatrix(64, nil, other) },
	} {
		if _, err := open(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestNearestConcurrent asks from many goroutines at once, while nothing of the
// rows is known yet.
func TestNearestConcurrent(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	from, to := newLanguage(r, 100, 64), newLanguage(r, 2*chunkRows, 64)
	hubs := from.matrix(t, nil)
	want := to.matrix(t, hubs).Nearest([][]float32{from.centred(0), from.centred(1)}, 20)
	m := to.matrix(t, hubs)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 4 {
				word := (i + n) % 2
				if got := m.Nearest([][]float32{from.centred(word)}, 20)[0]; !slices.Equal(got, want[word]) {
					t.Errorf("word %d: %v, want %v", word, got[:3], want[word][:3])
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkNearest translates six words over 100,000 rows of 512 numbers, half of
// 200,000 stems: at first, when nothing is known of the rows, and later.
func BenchmarkNearest(b *testing.B) {
	r := rand.New(rand.NewPCG(6, 6))
	pool := newLanguage(r, 4096, 512)
	hubs := newLanguage(r, 2048, 512)
	m, err := NewMatrix(512, pool.centre, hubs.matrix(b, nil))
	if err != nil {
		b.Fatal(err)
	}
	data := make([]int8, 512)
	for i := range 100_000 {
		for j, x := range pool.data[i%4096] {
			data[j] = x + int8(r.IntN(9)-4)
		}
		m.Set(m.Append(), pool.scale[i%4096], data)
	}
	var asked [][]float32
	for i := range 6 {
		asked = append(asked, hubs.centred(i))
	}
	for _, cold := range []bool{true, false} {
		b.Run(fmt.Sprintf("cold=%v", cold), func(b *testing.B) {
			for b.Loop() {
				if cold {
					m.forget()
				}
				m.Nearest(asked, 20)
			}
		})
	}
}

// forget drops what is known of the rows.
func (m *Matrix) forget() {
	for _, c := range m.chunks {
		for i := range c.crowding {
			c.crowding[i].Store(0)
		}
	}
}
