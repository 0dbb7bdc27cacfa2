package corpus

import (
	"iter"
	"runtime"
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
	mustAdd(b, s, sample(1, 300))
	for b.Loop() {
		if _, status, err := s.Add(b.Context(), sample(1, 300)); err != nil || status != Unchanged {
			b.Fatal(status, err)
		}
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

// BenchmarkAddAll20000 shows that memory does not grow with the stream: it reports what is live after a tenth of the articles
// and at most after that, and fails when that is much more.
func BenchmarkAddAll20000(b *testing.B) {
	const n = 20_000
	for b.Loop() {
		s := openStore(b, Config{Dir: b.TempDir()})
		var early, most float64
		err := s.AddAll(b.Context(), stream(n), func(o Outcome) error {
			switch {
			case o.N == n/10:
				early = live()
			case o.N > n/10 && o.N%1000 == 0:
				most = max(most, live())
			}
			return o.Err
		})
		if err != nil || most > early+4 {
			b.Fatalf("%v; %.1f MB live, then up to %.1f", err, early, most)
		}
		b.ReportMetric(early, "early-MB")
		b.ReportMetric(most, "most-MB")
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// live is how many MB the heap holds.
func live() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// stream makes articles one by one.
func stream(n int) iter.Seq[Article] {
	return func(yield func(Article) bool) {
		for i := range n {
			if !yield(sample(i, 400)) {
				return
			}
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
