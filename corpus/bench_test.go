package corpus

import (
	"slices"
	"testing"
)

func samples(n, words int) []Article {
	list := make([]Article, n)
	for i := range list {
		list[i] = sample(i, words)
	}
	return list
}

func BenchmarkSplit(b *testing.B) {
	body := sample(1, 100_000).Body
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Split(body)
	}
}

func BenchmarkAdd(b *testing.B) {
	s := testStore(b)
	n := 0
	for b.Loop() {
		mustAdd(b, s, sample(n, 300))
		n++
	}
}

func BenchmarkAddUnchanged(b *testing.B) {
	s := testStore(b)
	for b.Loop() {
		mustAdd(b, s, sample(1, 300))
	}
}

func BenchmarkAddAll1000(b *testing.B) {
	list := samples(1000, 300)
	for b.Loop() {
		s := openStore(b, Config{Dir: b.TempDir()})
		if err := s.AddAll(b.Context(), slices.Values(list), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEach1000(b *testing.B) {
	s := testStore(b)
	if err := s.AddAll(b.Context(), slices.Values(samples(1000, 300)), nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		err := s.Each(b.Context(), func(_ Article, ps []Passage) error { n += len(ps); return nil })
		if err != nil || n == 0 {
			b.Fatal(n, err)
		}
	}
}

// BenchmarkVectors stores and reads the vectors of 200 articles with 384 dimensions.
func BenchmarkVectors(b *testing.B) {
	s := testStore(b)
	if err := s.AddAll(b.Context(), slices.Values(samples(200, 300)), nil); err != nil {
		b.Fatal(err)
	}
	pending, err := s.Pending(b.Context(), "test", 1000)
	if err != nil {
		b.Fatal(err)
	}
	vs := make([]Vector, len(pending))
	for i, t := range pending {
		vs[i] = Vector{Hash: t.Hash, Scale: 1, Data: make([]int8, 384)}
	}
	b.Run("put", func(b *testing.B) {
		for b.Loop() {
			if err := s.PutVectors(b.Context(), "test", vs); err != nil {
				b.Fatal(err)
			}
			if err := s.DropVectors(b.Context(), "test"); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(vs)), "vectors")
	})
	if err := s.PutVectors(b.Context(), "test", vs); err != nil {
		b.Fatal(err)
	}
	b.Run("each", func(b *testing.B) {
		n := 0
		for b.Loop() {
			if err := s.EachPassageVector(b.Context(), "test", func(Vector) error { n++; return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/vector")
	})
}
