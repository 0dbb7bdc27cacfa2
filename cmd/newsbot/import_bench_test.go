package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// BenchmarkImportJSONL imports articles of 400 words in both languages, until they
// are committed and an engine finds them by their words. It reports how many that
// are a second, and by how much the live heap of the import grows at most, which
// has nothing to do with the size of the file.
func BenchmarkImportJSONL(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprintf("articles=%d", n), func(b *testing.B) {
			file := writeLines(b, n)
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				stop := watchHeap(b)
				b.StartTimer()
				if code, _, stderr := run(b, dir, fakeEncoder, "import", "-wait=false", file); code != exitDone {
					b.Fatalf("exit code %d, stderr %q", code, stderr)
				}
				b.StopTimer()
				stop()
				b.StartTimer()
				wantSearchable(b, dir, n)
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// BenchmarkImportFolder imports 1,000 files of text with front matter, of 400 words in
// both languages, until words find them.
func BenchmarkImportFolder(b *testing.B) {
	const n = 1000
	folder, r := b.TempDir(), rand.New(rand.NewPCG(8, 15))
	for i := range n {
		a := madeUp(r, i)
		text := fmt.Sprintf("---\ntitle: %s\nsource: %s\nurl: %s\npublished: %s\n---\n%s\n", a.Title, a.Source, a.URL, a.Published, a.Text)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		b.StartTimer()
		if code, _, stderr := run(b, dir, fakeEncoder, "import", "-wait=false", folder); code != exitDone {
			b.Fatalf("exit code %d, stderr %q", code, stderr)
		}
		wantSearchable(b, dir, n)
	}
}

func fakeEncoder() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil }

// wantSearchable opens an engine over a folder.
func wantSearchable(b *testing.B, dir string, n int) {
	b.Helper()
	store, err := corpus.Open(b.Context(), corpus.Config{Dir: dir, ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer closeStore(store)
	engine, err := retrieval.Open(b.Context(), retrieval.Config{
		Store: store, Encoders: retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: fakeUSE()},
	})
	if err != nil {
		b.Fatal(err)
	}
	if engine.Articles() != n {
		b.Fatalf("%d articles are searchable, want %d", engine.Articles(), n)
	}
}

// watchHeap looks at the live heap until stop is called, which reports how much
// more it has been than at first.
func watchHeap(b *testing.B) (stop func()) {
	for range 3 { // pools and what has a finalizer live on for a while
		runtime.GC()
	}
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	most := before
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	return func() {
		close(done)
		watching.Wait()
		b.ReportMetric(float64(most-before)/(1<<20), "growth-MB")
	}
}

// writeLines writes a JSONL file of n articles of 400 words.
func writeLines(tb testing.TB, n int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "articles.jsonl")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	r := rand.New(rand.NewPCG(8, 15))
	for i := range n {
		if err := enc.Encode(madeUp(r, i)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// madeUp is an article of 400 words, most of them common and some its own.
func madeUp(r *rand.Rand, n int) source.Record {
	words := strings.Fields("council harbour minister agreed report river bridge market school rain border talks vote budget doctors engineers summer workers water trade")
	language := "en"
	if n%2 == 1 {
		words = strings.Fields("المجلس الميناء الوزير اتفق التقرير النهر الجسر السوق المدرسة المطر الحدود المحادثات التصويت الميزانية الأطباء المهندسون الصيف العمال المياه التجارة")
		language = "ar"
	}
	var body strings.Builder
	for sentence := range 25 {
		for range 14 {
			body.WriteString(words[r.IntN(len(words))] + " ")
		}
		fmt.Fprintf(&body, "%s%d %d.", words[r.IntN(len(words))], r.IntN(20000), n)
		if sentence%4 == 3 {
			body.WriteString("\n\n")
			continue
		}
		body.WriteByte(' ')
	}
	return source.Record{
		Title: fmt.Sprintf("%s %s %d", words[n%len(words)], words[(n/7)%len(words)], n), Text: body.String(),
		Source: fmt.Sprintf("Outlet %d", n%40), URL: fmt.Sprintf("https://news.example/%d", n),
		Published: fmt.Sprintf("2025-%02d-%02d", n%12+1, n%28+1), Lang: language,
	}
}
