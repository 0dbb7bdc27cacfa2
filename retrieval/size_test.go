package retrieval_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

// The benchmarks of speed and size are run on collections of so many passages of
// 80 words, half of them Arabic, with the encoders that ship:
//
//	export NEWSBOT_PASSAGES=10000,100000 NEWSBOT_BENCH=DIR
//	go test -run '^$' -bench Search -benchtime 500x ./retrieval
//	go test -run '^$' -bench Answer -benchtime 500x ./retrieval
//	go test -run '^$' -bench Open -benchtime 5x ./retrieval
//
// The collections are made in DIR, which takes some minutes, and used again. The
// vectors of their passages and sentences are drawn at random, those of their words
// are real, and so is the encoding of questions.
const (
	passagesEnv     = "NEWSBOT_PASSAGES"
	benchEnv        = "NEWSBOT_BENCH"
	defaultPassages = "2000"
)

// sized runs a benchmark for each of the sizes wanted.
func sized(b *testing.B, run func(b *testing.B, dir string, encoders retrieval.Encoders)) {
	b.Helper()
	encoders := shipped(b)
	sizes := os.Getenv(passagesEnv)
	if sizes == "" {
		sizes = defaultPassages
	}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < articlePassages {
			b.Fatalf("%s=%q: numbers of passages are wanted", passagesEnv, size)
		}
		b.Run(size, func(b *testing.B) { run(b, collectionOf(b, n, encoders), encoders) })
	}
}

// shipped are the encoders inside the program.
func shipped(b *testing.B) retrieval.Encoders {
	b.Helper()
	strong, err := e5.New(e5.Options{})
	if err != nil {
		b.Fatal(err)
	}
	quick, err := use.New(use.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return retrieval.Encoders{Strong: strong, Quick: quick}
}

// collectionOf returns the folder of a collection of n passages that has all its
// vectors.
func collectionOf(b *testing.B, n int, encoders retrieval.Encoders) string {
	b.Helper()
	root := os.Getenv(benchEnv)
	if root == "" {
		root = b.TempDir()
	}
	dir := filepath.Join(root, strconv.Itoa(n))
	complete := filepath.Join(dir, "complete")
	vectors := strings.Join(append(encoders.Names(), "dated"), "\n")
	if made, err := os.ReadFile(complete); err == nil && string(made) == vectors {
		return dir
	}
	if err := os.RemoveAll(dir); err != nil {
		b.Fatal(err)
	}
	store := openStore(b, dir)
	defer closeStore(b, store)
	w := newWriter(b)
	for done := 0; done < n; done += 1000 * articlePassages {
		articles := make([]corpus.Article, 0, 1000)
		for i := done; i < min(n, done+1000*articlePassages); i += articlePassages {
			articles = append(articles, w.article(i/articlePassages))
		}
		addAll(b, store, articles)
	}
	if err := store.OnlyPassages(b.Context(), encoders.Quick.ID()); err != nil {
		b.Fatal(err)
	}
	putVectors(b, store, encoders.Quick)
	putVectors(b, store, encoders.Strong)
	// What is lacking now are the words.
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(complete, []byte(vectors), 0o600); err != nil {
		b.Fatal(err)
	}
	return dir
}

// putVectors gives every text of a store that wants one a vector drawn at random.
func putVectors(b *testing.B, store *corpus.Store, enc retrieval.Encoder) {
	b.Helper()
	var batch []corpus.Vector
	flush := func() error {
		err := store.PutVectors(b.Context(), enc.ID(), batch)
		batch = batch[:0]
		return err
	}
	r := rand.New(rand.NewPCG(8, 8))
	put := func(h corpus.Hash) {
		v := corpus.Vector{Hash: h, Scale: 1. / 1280, Data: make([]int8, enc.Dim())}
		for i := range v.Data {
			v.Data[i] = int8(r.IntN(255) - 127)
		}
		batch = append(batch, v)
	}
	err := store.Each(b.Context(), func(a corpus.Article, ps []corpus.Passage) error {
		for _, t := range corpus.Texts(&a, ps) {
			put(t.Hash)
		}
		if len(batch) > 20_000 {
			return flush()
		}
		return nil
	})
	if err := errors.Join(err, flush()); err != nil {
		b.Fatal(err)
	}
}

// questions are what the benchmarks ask, half of them in Arabic: so many that what
// is remembered of one helps another no more than it does in earnest.
func questions(b *testing.B) []string {
	b.Helper()
	w := newWriter(b)
	w.r = rand.New(rand.NewPCG(9, 9))
	out := make([]string, 5000)
	for i := range out {
		out[i] = w.question([]text.Language{text.Arabic, text.English}[i%2])
	}
	return out
}

// BenchmarkSearch asks one question after the other, their encoding included
// ("whole"), and has chromem-go do its part alone for as many ("scan").
func BenchmarkSearch(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine, asked := open(b, dir, encoders), questions(b)
		b.Run("whole", func(b *testing.B) {
			var times durations
			for b.Loop() {
				question := asked[len(times)%len(asked)]
				times.add(func() { ask(b, engine, question) })
			}
			times.report(b)
		})
		b.Run("scan", func(b *testing.B) {
			var times durations
			for b.Loop() {
				b.StopTimer()
				scan, err := engine.Scan(b.Context(), asked[len(times)%len(asked)])
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				times.add(func() { err = scan() })
				if err != nil {
					b.Fatal(err)
				}
			}
			times.report(b)
		})
	})
}

// steadyTick is the time from one question to the next of 20 a second.
const steadyTick = 50 * time.Millisecond

// BenchmarkAnswer has one question after the other answered ("alone"), and 20 a
// second, whether or not those before are answered ("steady").
func BenchmarkAnswer(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine, asked := open(b, dir, encoders), questions(b)
		b.Run("alone", func(b *testing.B) {
			b.ReportAllocs()
			var times durations
			for b.Loop() {
				question := asked[len(times)%len(asked)]
				times.add(func() { answer(b, engine, question) })
			}
			times.report(b)
		})
		b.Run("steady", func(b *testing.B) {
			var times durations
			var mu sync.Mutex
			var waiting sync.WaitGroup
			ticker := time.NewTicker(steadyTick)
			defer ticker.Stop()
			n := 0
			for b.Loop() {
				question := asked[n%len(asked)]
				n++
				came := <-ticker.C
				waiting.Go(func() {
					answer(b, engine, question)
					took := time.Since(came)
					mu.Lock()
					defer mu.Unlock()
					times = append(times, took)
				})
			}
			waiting.Wait()
			times.report(b)
		})
	})
}

func answer(b *testing.B, engine *retrieval.Engine, question string) {
	if _, err := engine.Ask(b.Context(), retrieval.Question{Text: question}); err != nil {
		b.Errorf("Ask(%q) = %v", question, err)
	}
}

// durations are what single calls have taken.
type durations []time.Duration

func (d *durations) add(call func()) {
	started := time.Now()
	call()
	*d = append(*d, time.Since(started))
}

// report reports the median and the 99th percentile.
func (d *durations) report(b *testing.B) {
	slices.Sort(*d)
	b.ReportMetric((*d)[len(*d)/2].Seconds()*1000, "p50-ms")
	b.ReportMetric((*d)[len(*d)*99/100].Seconds()*1000, "p99-ms")
}

// BenchmarkSearchTogether asks from as many goroutines as there are processors.
func BenchmarkSearchTogether(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine, asked := open(b, dir, encoders), questions(b)
		var n atomic.Int64
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				ask(b, engine, asked[int(n.Add(1))%len(asked)])
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "questions/s")
	})
}

func ask(b *testing.B, engine *retrieval.Engine, question string) {
	found, err := engine.Search(b.Context(), retrieval.Question{Text: question}, 10)
	if err != nil {
		b.Error(err)
	}
	if len(found) == 0 {
		b.Errorf("Search(%q) found nothing", question)
	}
}

// open opens an engine over a collection until the benchmark ends.
func open(b *testing.B, dir string, encoders retrieval.Encoders) *retrieval.Engine {
	b.Helper()
	store := openStore(b, dir)
	b.Cleanup(func() { closeStore(b, store) })
	engine, err := retrieval.Open(b.Context(), retrieval.Config{Store: store, Encoders: encoders})
	if err != nil {
		b.Fatal(err)
	}
	if n := engine.Pending(); n != 0 {
		b.Fatalf("%d articles lack vectors", n)
	}
	return engine
}

// BenchmarkOpen rebuilds the indexes, as every start does, and tells what memory
// they take.
func BenchmarkOpen(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		store := openStore(b, dir)
		b.Cleanup(func() { closeStore(b, store) })
		before := heap()
		var engine *retrieval.Engine
		for b.Loop() {
			var err error
			if engine, err = retrieval.Open(b.Context(), retrieval.Config{Store: store, Encoders: encoders}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(heap()-before)/1e6, "MB")
		b.ReportMetric(float64(engine.WordCount(text.Arabic)+engine.WordCount(text.English)), "words")
		runtime.KeepAlive(engine)
	})
}

// heap is what is in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
