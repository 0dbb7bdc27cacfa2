package retrieval_test

import (
	"io/fs"
	"os"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/retrieval"
	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/answers"
)

// BenchmarkAskKinds has real questions answered, one after the other, from the articles that
// tell, which stand among so many passages of the collections of size_test.go: those that say
// when, that go on from another, that are answered by a number, and so on. Every question is
// asked once before, so that what is left is what answering takes.
func BenchmarkAskKinds(b *testing.B) {
	all, err := answers.Questions()
	if err != nil {
		b.Fatal(err)
	}
	kinds := []struct {
		name string
		is   func(q *answers.Question) bool
	}{
		{"plain", func(q *answers.Question) bool { return q.Kind == "who" || q.Kind == "where" || q.Kind == "why" }},
		{"window", func(q *answers.Question) bool { return !q.Window.IsZero() }},
		{"follow-up", func(q *answers.Question) bool { return q.Previous != "" }},
		{"yes-no", func(q *answers.Question) bool { return q.Kind == "yes/no" }},
		{"numbers", func(q *answers.Question) bool {
			return q.Kind == "how many" || q.Kind == "how much" || q.Kind == "disagreement"
		}},
		{"premise", func(q *answers.Question) bool { return q.Expect == answers.Premise }},
		{"all", func(*answers.Question) bool { return true }},
	}
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine := open(b, withReports(b, dir, encoders), encoders)
		for i := range all {
			askAs(b, engine, &all[i])
		}
		for _, kind := range kinds {
			b.Run(kind.name, func(b *testing.B) {
				var asked []*answers.Question
				for i := range all {
					if kind.is(&all[i]) {
						asked = append(asked, &all[i])
					}
				}
				var times durations
				for b.Loop() {
					q := asked[len(times)%len(asked)]
					times.add(func() { askAs(b, engine, q) })
				}
				times.report(b)
			})
		}
	})
}

// askAs asks a question when and after what it is to be asked.
func askAs(b *testing.B, engine *retrieval.Engine, q *answers.Question) {
	question := retrieval.Question{Text: q.Text, Now: q.Now}
	if q.Previous != "" {
		question.Previous = &retrieval.Turn{Question: q.Previous}
	}
	if _, err := engine.Ask(b.Context(), question); err != nil {
		b.Errorf("Ask(%q) = %v", q.Text, err)
	}
}

// withReports returns a copy of a collection that also has the samples, and the reports that
// differ.
func withReports(b *testing.B, dir string, encoders retrieval.Encoders) string {
	b.Helper()
	to := b.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		b.Fatal(err)
	}
	store := openStore(b, to)
	defer closeStore(b, store)
	addAll(b, store, append(sampleArticles(b), ownReports(b)...))
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: to}).Run(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	return to
}

func ownReports(b *testing.B) []corpus.Article {
	b.Helper()
	var all []corpus.Article
	names, err := fs.Glob(eval.OwnReports(), "*.md")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(eval.OwnReports(), name)
		if err != nil {
			b.Fatal(err)
		}
		a, err := source.Parse(name, data)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}
