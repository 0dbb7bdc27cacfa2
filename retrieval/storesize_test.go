package retrieval_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/database"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// storeArticlesEnv is how many articles BenchmarkStoreSize stores:
//
//	NEWSBOT_ARTICLES=10000 go test -run '^$' -bench StoreSize -benchtime 1x -timeout 1h ./retrieval
const (
	storeArticlesEnv     = "NEWSBOT_ARTICLES"
	defaultStoreArticles = 500
)

// An article may take mostBytes of the file in a collection of manyArticles. In a smaller one it takes more: most of the
// forms of words, each of which has a vector, are new then.
const (
	manyArticles = 10_000
	mostBytes    = 40_000
)

// BenchmarkStoreSize stores articles of 400 words in sentences of 20 with all their vectors, of as many dimensions as
// the encoders that ship have, and tells what each takes of the store's file.
//
// What matters is how many forms of words there are, so the made-up texts have as many as real ones. By 200,000 words they
// have 48,000 Arabic and 28,000 English forms, Wikipedia's 39,000 (drawn out from 158,000 words) and 26,000; by 4,000,000
// they have 194,000 and 118,000; frequencies of words in news, web and subtitles (wordfreq 3.1) let expect 197,000,
// and 96,000 without capitals, an eighth more with them.
func BenchmarkStoreSize(b *testing.B) {
	for _, lang := range []text.Language{text.Arabic, text.English} {
		b.Run(string(lang), func(b *testing.B) {
			n := defaultStoreArticles
			if wanted := os.Getenv(storeArticlesEnv); wanted != "" {
				var err error
				if n, err = strconv.Atoi(wanted); err != nil || n < 1 {
					b.Fatalf("%s=%q: a number of articles is wanted", storeArticlesEnv, wanted)
				}
			}
			for b.Loop() {
				dir := b.TempDir()
				fillStore(b, dir, lang, n)
				reportSizes(b, dir, n)
			}
		})
	}
}

// reportSizes reports what the file takes for each of n articles, and how much of that is of which tables.
func reportSizes(b *testing.B, dir string, n int) {
	b.Helper()
	db, err := database.Connect(filepath.Join(dir, corpus.FileName), 1, database.ReadOnly)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read
	for what, tables := range map[string]string{
		"bytes/article": "%", "vectors": "vector", "words": "%word%", "bodies": "body", "sketches": "sketch%", "texts": "text%",
	} {
		var bytes int
		err := db.QueryRowContext(b.Context(), "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE ?", tables).Scan(&bytes)
		if err != nil {
			b.Fatal(err)
		}
		if what == "bytes/article" && n >= manyArticles && bytes/n > mostBytes {
			b.Errorf("an article takes %d bytes, want at most %d", bytes/n, mostBytes)
		}
		b.ReportMetric(float64(bytes)/float64(n), what)
	}
	var forms int
	if err := db.QueryRowContext(b.Context(), "SELECT count(*) FROM word").Scan(&forms); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(forms), "forms")
}

// fillStore makes a store of n articles that has all its vectors.
func fillStore(b *testing.B, dir string, lang text.Language, n int) {
	b.Helper()
	encoders := retrieval.Encoders{Strong: &encodertest.Fake{Size: 384}, Quick: &encodertest.Fake{Size: 512}}
	store := openStore(b, dir)
	defer closeStore(b, store)
	w := newWriter(b)
	w.r = rand.New(rand.NewPCG(5, 5))
	for done := 0; done < n; {
		var articles []corpus.Article
		for range min(1000, n-done) {
			articles = append(articles, w.report(lang, done+len(articles)))
		}
		addAll(b, store, articles)
		done += len(articles)
	}
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	if articles, _, err := store.Backlog(b.Context(), encoders.Names()...); err != nil || articles != 0 {
		b.Fatalf("%d articles lack vectors, %v", articles, err)
	}
}

// report makes up the i-th article of a language: 400 words in 20 sentences, in paragraphs of four.
func (w *writer) report(lang text.Language, i int) corpus.Article {
	var body strings.Builder
	for sentence := range 20 {
		words := append(strings.Fields(strings.TrimSuffix(w.sentence(lang), ".")), strings.Fields(w.sentence(lang))[12:]...)
		body.WriteString(strings.Join(words, " "))
		body.WriteString([]string{" ", " ", " ", "\n\n"}[sentence%4])
	}
	title := strings.TrimSuffix(w.sentence(lang), ".")
	return corpus.Article{
		Title: title, Source: "Test", Language: lang, Body: body.String(),
		URL: "https://news.example/2025/05/" + strconv.Itoa(i), Published: corpus.Day(2025, 5, 1+i%28),
	}
}
