package retrieval_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/encodertest"
)

// A shortcut encodes questions as the real encoder does and passages by trigrams,
// for benchmarks of all but the encoding of articles.
type shortcut struct {
	*e5.Encoder
	fake *encodertest.Fake
}

func (s shortcut) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	return s.fake.Passages(ctx, texts)
}

// shortcuts are encoders with the numbers of dimensions of the real ones.
func shortcuts(b *testing.B) retrieval.Encoders {
	b.Helper()
	enc, err := e5.New(e5.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return retrieval.Encoders{
		Strong: shortcut{enc, &encodertest.Fake{Size: enc.Dim()}},
		Quick:  &encodertest.Fake{Size: 512},
	}
}

// made returns n articles of about 300 words, half of them Arabic, put together
// from the sentences of the samples.
func made(b *testing.B, n int) []corpus.Article {
	b.Helper()
	pool := map[text.Language][]string{}
	for _, a := range sampleArticles(b) {
		for _, s := range text.Sentences(a.Body) {
			pool[a.Language] = append(pool[a.Language], a.Body[s.Start:s.End])
		}
	}
	r := rand.New(rand.NewPCG(7, 7))
	out := make([]corpus.Article, n)
	for i := range out {
		lang := []text.Language{text.Arabic, text.English}[i%2]
		var body strings.Builder
		for words := 0; words < 300; {
			s := pool[lang][r.IntN(len(pool[lang]))]
			words += len(strings.Fields(s))
			body.WriteString(s + "\n")
		}
		out[i] = corpus.Article{Title: fmt.Sprint("Report ", i), Source: "Test", Language: lang, Body: body.String()}
	}
	return out
}

// sampleFiles are the names of the sample articles' files, in order.
func sampleFiles() ([]string, error) { return fs.Glob(samples.FS(), "*.md") }

func sampleArticles(tb testing.TB) []corpus.Article {
	tb.Helper()
	names, err := sampleFiles()
	if err != nil {
		tb.Fatal(err)
	}
	var out []corpus.Article
	for _, name := range names {
		raw, err := fs.ReadFile(samples.FS(), name)
		if err != nil {
			tb.Fatal(err)
		}
		a, err := source.Parse(name, raw)
		if err != nil {
			tb.Fatal(err)
		}
		if a.Language == "" {
			a.Language = text.Detect(a.Body)
		}
		out = append(out, a)
	}
	return out
}

func openStore(tb testing.TB, dir string) *corpus.Store {
	tb.Helper()
	store, err := corpus.Open(tb.Context(), corpus.Config{Dir: dir, AllowCopies: true})
	if err != nil {
		tb.Fatal(err)
	}
	return store
}

func closeStore(tb testing.TB, store *corpus.Store) {
	tb.Helper()
	if err := store.Close(); err != nil {
		tb.Error(err)
	}
}

func addAll(tb testing.TB, store *corpus.Store, articles []corpus.Article) {
	tb.Helper()
	each := func(yield func(corpus.Article) bool) {
		for _, a := range articles {
			if !yield(a) {
				return
			}
		}
	}
	err := store.AddAll(tb.Context(), each, func(o corpus.Outcome) error { return o.Err })
	if err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkAsk answers questions over 100 articles, the question's encoding
// included.
func BenchmarkAsk(b *testing.B) {
	dir := b.TempDir()
	encoders := shortcuts(b)
	store := openStore(b, dir)
	b.Cleanup(func() { closeStore(b, store) })
	addAll(b, store, made(b, 100))
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	engine, err := retrieval.Open(b.Context(), retrieval.Config{Store: store, Encoders: encoders})
	if err != nil {
		b.Fatal(err)
	}
	questions := []string{
		"How long did the talks between Trump and Putin in Alaska last?", "من كان هداف كأس العالم 2022؟",
		"Which countries were invited to join BRICS in Johannesburg?", "متى وقع الزلزال الأول في تركيا وسوريا؟",
	}
	i := 0
	for b.Loop() {
		if _, err := engine.Ask(b.Context(), retrieval.Question{Text: questions[i%len(questions)]}); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkIndexer gives 40 articles of 300 words all their vectors, with the real
// encoders.
func BenchmarkIndexer(b *testing.B) {
	encoders := shipped(b)
	articles := made(b, 40)
	texts := 0
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		store := openStore(b, dir)
		addAll(b, store, articles)
		if err := store.OnlyPassages(b.Context(), encoders.Quick.ID()); err != nil {
			b.Fatal(err)
		}
		_, n, err := store.Backlog(b.Context(), encoders.Names()...)
		if err != nil {
			b.Fatal(err)
		}
		texts += n
		b.StartTimer()
		if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		closeStore(b, store)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.N*len(articles))/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(texts)/b.Elapsed().Seconds(), "vectors/s")
}

// BenchmarkImport commits 1,000 articles of 300 words to a new store and makes
// them searchable by words.
func BenchmarkImport(b *testing.B) {
	encoders := shortcuts(b)
	articles := made(b, 1000)
	for b.Loop() {
		store := openStore(b, b.TempDir())
		engine, err := retrieval.Open(b.Context(), retrieval.Config{Store: store, Encoders: encoders})
		if err != nil {
			b.Fatal(err)
		}
		addAll(b, store, articles)
		if err := engine.Refresh(b.Context()); err != nil {
			b.Fatal(err)
		}
		if engine.Articles() != 1000 {
			b.Fatalf("%d articles are searchable, want 1000", engine.Articles())
		}
		closeStore(b, store)
	}
}
