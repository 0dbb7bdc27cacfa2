package retrieval

import (
	"fmt"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// crowded are articles of about five passages each that speak of the same words as some
// reports of an earthquake, and these.
func crowded(n int) []corpus.Article {
	articles := []corpus.Article{firstCount, nextDay, inArabic, roundedCount}
	for i := range n {
		var body strings.Builder
		for k := range 25 {
			fmt.Fprintf(&body, "District %d of Morocco said on Monday that %d people were killed on its roads, and %d injured, while office %d counted its letters and the mayor opened a bridge.\n\n", i, 3+i%40, k+i, i*k)
		}
		articles = append(articles, corpus.Article{
			Title: fmt.Sprint("Roads of district ", i), Source: fmt.Sprint("Outlet ", i), Published: corpus.Day(2023, 9, 1+i%28), Language: text.English, Body: body.String(),
		})
	}
	return articles
}

// BenchmarkDisagreements times what comparing figures and naming copies add to a question
// among ten thousand passages.
func BenchmarkDisagreements(b *testing.B) {
	x := newBench(b, crowded(1200)...)
	r := x.engine.request(Question{Text: "How many people were killed by the earthquake in Morocco?"})
	q, all, err := x.engine.prospect(b.Context(), r.Question)
	if err != nil {
		b.Fatal(err)
	}
	var answer Answer
	if err := x.engine.answer(b.Context(), q, x.engine.selection(r.Question), all, &answer); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		answer.Disagreements = nil
		if err := x.engine.disagreements(b.Context(), q, &r, all, &answer); err != nil {
			b.Fatal(err)
		}
		x.engine.also(&r, &answer)
	}
	b.ReportMetric(float64(len(x.engine.byID)), "passages")
	b.ReportMetric(float64(len(answer.Disagreements)), "disagreements")
}
