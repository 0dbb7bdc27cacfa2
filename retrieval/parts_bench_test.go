package retrieval

import (
	"io/fs"
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
