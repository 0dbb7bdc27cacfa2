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
	articles := benchSamples(b)
	var split [][]corpus.Passage
	for i := range articles {
		split = append(split, corpus.Split(articles[i].Body))
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

func benchSamples(b *testing.B) (articles []corpus.Article) {
	b.Helper()
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
		articles = append(articles, a)
	}
	return articles
}

// BenchmarkDoubt holds what a question takes for granted against three articles of the
// samples, of which it lacks a name, a month and a number, and says what is missing.
func BenchmarkDoubt(b *testing.B) {
	x := newBench(b, benchSamples(b)...)
	for name, question := range map[string]string{
		"en": "Did Kolenko say in March 2019 that 417 people had died in the earthquake in Türkiye?",
		"ar": "هل قال الملك كولينكو في مارس 2019 إن 417 شخصا ماتوا في زلزال تركيا؟",
	} {
		b.Run(name, func(b *testing.B) {
			asked := Question{Text: question, Regardless: true}
			q, all, err := x.engine.prospect(b.Context(), asked)
			if err != nil {
				b.Fatal(err)
			}
			var answer Answer
			if err := x.engine.answer(b.Context(), q, x.engine.selection(asked), all, &answer); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				answer.Verdict = Answered
				x.engine.doubt(q, &request{Question: asked}, &answer)
			}
			if answer.Verdict != Nearest {
				b.Errorf("%q is %s", question, answer.Verdict)
			}
		})
	}
}
