package retrieval_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// BenchmarkWindow asks each question without a window, and with windows of a day, a week,
// a month and a year, one right after the other, its encoding included. It tells how long
// each takes, and the median of how much longer or shorter than without:
//
//	NEWSBOT_PASSAGES=10000 NEWSBOT_BENCH=DIR go test -run '^$' -bench Window -benchtime 300x ./retrieval
//
// "found" looks for passages and "answered" answers, which looks outside, too, when
// nothing in the window comes near.
func BenchmarkWindow(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine, asked := open(b, dir, encoders), questions(b)
		b.Run("found", func(b *testing.B) {
			benchWindows(b, engine, asked, func(q retrieval.Question) {
				if _, err := engine.Search(b.Context(), q, 10); err != nil {
					b.Error(err)
				}
			})
		})
		b.Run("answered", func(b *testing.B) {
			benchWindows(b, engine, asked, func(q retrieval.Question) {
				if _, err := engine.Ask(b.Context(), q); err != nil {
					b.Error(err)
				}
			})
		})
	})
}

// benchWindows asks with windows of so many days; 0 is none.
func benchWindows(b *testing.B, engine *retrieval.Engine, asked []string, ask func(retrieval.Question)) {
	b.Helper()
	lengths := []int{0, 1, 7, 30, 365}
	first := dates.NewDay(2024, time.March, 1)
	took := make([]durations, len(lengths))
	for n := 0; b.Loop(); n++ {
		q := retrieval.Question{Text: asked[n%len(asked)], Language: text.English}
		if _, err := engine.Explain(b.Context(), q.Text); err != nil { // what is remembered of its words is so for all
			b.Fatal(err)
		}
		for k := range lengths {
			k = (k + n) % len(lengths)
			q.Window = dates.Window{}
			if lengths[k] > 0 {
				q.Window = dates.Window{First: first, Last: first + dates.Day(lengths[k]) - 1}
			}
			took[k].add(func() { ask(q) })
		}
	}
	for k, length := range lengths {
		ratios := make([]float64, len(took[k]))
		for i, t := range took[k] {
			ratios[i] = t.Seconds() / took[0][i].Seconds()
		}
		slices.Sort(ratios)
		times := slices.Sorted(slices.Values(took[k]))
		b.ReportMetric(times[len(times)/2].Seconds()*1000, fmt.Sprintf("%dd-ms", length))
		b.ReportMetric(ratios[len(ratios)/2], fmt.Sprintf("%dd-ratio", length))
	}
}
