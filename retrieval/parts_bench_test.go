package retrieval

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// BenchmarkIndexWords takes articles into the word index on one processor, their
// analysis included.
func BenchmarkIndexWords(b *testing.B) {
	var articles []corpus.Article
	var split [][]corpus.Passage
	names, err := fs.Glob(samples.FS(), "*.md")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(samples.FS(), name)
		if err != nil {
			b.Fatal(err)
		}
		a, err := source.Parse(name, raw)
		if err != nil {
			b.Fatal(err)
		}
		a.ID, a.Language = name, text.Detect(a.Body)
		articles, split = append(articles, a), append(split, corpus.Split(a.Body))
	}
	e := &Engine{analyzer: text.NewAnalyzer(), articles: map[string]*article{}, byID: map[string]*passage{}, words: map[text.Language]*fields{}}
	passages, i := 0, 0
	for b.Loop() {
		e.add(articles[i], split[i])
		passages += len(split[i])
		i = (i + 1) % len(articles)
	}
	b.ReportMetric(float64(passages)/b.Elapsed().Seconds(), "passages/s")
}

// BenchmarkNearest is what chromem-go alone takes for a question: the search of
// both languages' vectors. NEWSBOT_PASSAGES has the sizes.
func BenchmarkNearest(b *testing.B) {
	sizes := os.Getenv("NEWSBOT_PASSAGES")
	if sizes == "" {
		sizes = "2000"
	}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(size, func(b *testing.B) { benchmarkNearest(b, n) })
	}
}

func benchmarkNearest(b *testing.B, n int) {
	const dim = 384
	r := rand.New(rand.NewPCG(1, 1))
	random := func() []float32 {
		v := make([]float32, dim)
		for i := range v {
			v[i] = r.Float32() - 0.5
		}
		return unit(v)
	}
	x := newVectorIndex(dim)
	languages := []text.Language{text.Arabic, text.English}
	for i := range n {
		if err := x.add(b.Context(), languages[i%2], strconv.Itoa(i), random()); err != nil {
			b.Fatal(err)
		}
	}
	q := random()
	for b.Loop() {
		for _, lang := range languages {
			if _, err := x.nearest(b.Context(), lang, q, candidatesBy); err != nil {
				b.Fatal(err)
			}
		}
	}
}
