package retrieval_test

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// The benchmarks of speed and size are run on collections of so many passages of
// 80 words, half of them Arabic:
//
//	NEWSBOT_PASSAGES=10000,100000 NEWSBOT_BENCH=DIR go test -run '^$' -bench 'Search|Open' ./retrieval
//
// The collections are made in DIR and used again.
const (
	passagesEnv     = "NEWSBOT_PASSAGES"
	benchEnv        = "NEWSBOT_BENCH"
	defaultPassages = "2000"
)

// sized runs a benchmark for each of the sizes wanted.
func sized(b *testing.B, run func(b *testing.B, dir string, encoders retrieval.Encoders)) {
	b.Helper()
	encoders := retrieval.Encoders{Strong: shortcuts(b).Strong}
	sizes := os.Getenv(passagesEnv)
	if sizes == "" {
		sizes = defaultPassages
	}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < articlePassages {
			b.Fatalf("%s=%q: numbers of passages are wanted", passagesEnv, size)
		}
		b.Run(size, func(b *testing.B) { run(b, collectionOf(b, n, encoders.Strong), encoders) })
	}
}

// collectionOf returns the folder of a collection of n passages that has all its
// vectors.
func collectionOf(b *testing.B, n int, enc retrieval.Encoder) string {
	b.Helper()
	root := os.Getenv(benchEnv)
	if root == "" {
		root = b.TempDir()
	}
	dir := filepath.Join(root, strconv.Itoa(n))
	complete := filepath.Join(dir, "complete")
	if _, err := os.Stat(complete); err == nil {
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
	putVectors(b, store, enc)
	if err := os.WriteFile(complete, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	return dir
}

// putVectors gives every text of a store a vector drawn at random.
func putVectors(b *testing.B, store *corpus.Store, enc retrieval.Encoder) {
	b.Helper()
	var batch []corpus.Vector
	flush := func() error {
		err := store.PutVectors(b.Context(), enc.ID(), batch)
		batch = batch[:0]
		return err
	}
	r := rand.New(rand.NewPCG(8, 8))
	put := func(s string) {
		v := corpus.Vector{Hash: corpus.TextHash(s), Scale: 1. / 1280, Data: make([]int8, enc.Dim())}
		for i := range v.Data {
			v.Data[i] = int8(r.IntN(255) - 127)
		}
		batch = append(batch, v)
	}
	err := store.Each(b.Context(), func(a corpus.Article, ps []corpus.Passage) error {
		for _, t := range corpus.Texts(&a, ps) {
			put(t.Text)
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

// A writer makes up articles whose words are as frequent as in news: four
// paragraphs of 80 words, each of which becomes a passage.
type writer struct {
	r     *rand.Rand
	words map[text.Language]*urn
}

const articlePassages = 4

// An urn holds words, to be drawn as often as they occur.
type urn struct {
	words, function []string
	upTo            []float64 // sums of the words' shares
}

func newWriter(b *testing.B) *writer {
	b.Helper()
	w := &writer{r: rand.New(rand.NewPCG(7, 7)), words: map[text.Language]*urn{
		text.Arabic:  {function: strings.Fields("في من على أن إلى عن التي الذي هذا بين مع كان")},
		text.English: {function: strings.Fields("the of to and a in that is for on was with")},
	}}
	f, err := os.Open(filepath.Join("background", "data", "words.tsv.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only read
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	for scan := bufio.NewScanner(z); scan.Scan(); {
		stem, count, _ := strings.Cut(scan.Text(), "\t")
		share, err := strconv.ParseFloat(count, 64)
		if err != nil {
			b.Fatal(err)
		}
		lang := text.English
		if stem[0] >= utf8.RuneSelf {
			lang = text.Arabic
		}
		w.words[lang].put(stem, share)
	}
	return w
}

func (u *urn) put(word string, share float64) {
	if n := len(u.upTo); n > 0 {
		share += u.upTo[n-1]
	}
	u.words, u.upTo = append(u.words, word), append(u.upTo, share)
}

func (u *urn) draw(r *rand.Rand) string {
	i, _ := slices.BinarySearch(u.upTo, r.Float64()*u.upTo[len(u.upTo)-1])
	return u.words[min(i, len(u.words)-1)]
}

// article makes up the i-th report.
func (w *writer) article(i int) corpus.Article {
	lang := []text.Language{text.Arabic, text.English}[i%2]
	var body strings.Builder
	for range articlePassages {
		for range 5 {
			body.WriteString(w.sentence(lang) + " ")
		}
		body.WriteString("\n\n")
	}
	return corpus.Article{Title: fmt.Sprint("Report ", i), Source: "Test", Language: lang, Body: body.String()}
}

// sentence is one of 16 words: two of five are function words, one of eighty is a
// name that hardly comes again, the others have some of the endings and prefixes
// of their language.
func (w *writer) sentence(lang text.Language) string {
	u, out := w.words[lang], make([]string, 16)
	for i := range out {
		switch r := w.r.IntN(80); {
		case r < 32:
			out[i] = u.function[w.r.IntN(len(u.function))]
		case r == 32:
			out[i] = w.name(lang)
		default:
			out[i] = w.inflect(lang, u.draw(w.r))
		}
	}
	first, size := utf8.DecodeRuneInString(out[0])
	out[0] = string(unicode.ToUpper(first)) + out[0][size:]
	return strings.Join(out, " ") + "."
}

func (w *writer) inflect(lang text.Language, stem string) string {
	if lang == text.Arabic {
		return []string{"", "", "ال", "وال", "ب"}[w.r.IntN(5)] + stem + []string{"", "", "ة", "ات", "ها"}[w.r.IntN(5)]
	}
	return stem + []string{"", "", "s", "ed", "ing"}[w.r.IntN(5)]
}

func (w *writer) name(lang text.Language) string {
	syllables := strings.Fields("ba ko ri mu ta ze lo ni sha du fe ga")
	if lang == text.Arabic {
		syllables = strings.Fields("با كو ري مو تا زي لو ني شا دو في غا")
	}
	var name strings.Builder
	for range 4 {
		name.WriteString(syllables[w.r.IntN(len(syllables))])
	}
	return name.String()
}

// question asks with six words as frequent as they are in the collection, two of
// them function words.
func (w *writer) question(lang text.Language) string {
	u := w.words[lang]
	words := []string{u.function[w.r.IntN(len(u.function))], u.function[w.r.IntN(len(u.function))]}
	for range 4 {
		words = append(words, w.inflect(lang, u.draw(w.r)))
	}
	return strings.Join(words, " ") + "?"
}

// questions are what the benchmarks ask, half of them in Arabic.
func questions(b *testing.B) []string {
	w := newWriter(b)
	w.r = rand.New(rand.NewPCG(9, 9))
	out := make([]string, 200)
	for i := range out {
		out[i] = w.question([]text.Language{text.Arabic, text.English}[i%2])
	}
	return out
}

// BenchmarkSearch asks one question after the other, their encoding included.
func BenchmarkSearch(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine := open(b, dir, encoders)
		asked := questions(b)
		took := make([]float64, 0, 1000)
		for b.Loop() {
			started := time.Now()
			ask(b, engine, asked[len(took)%len(asked)])
			took = append(took, time.Since(started).Seconds()*1000)
		}
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2], "p50-ms")
		b.ReportMetric(took[len(took)*99/100], "p99-ms")
	})
}

// BenchmarkSearchTogether asks from as many goroutines as there are processors.
func BenchmarkSearchTogether(b *testing.B) {
	sized(b, func(b *testing.B, dir string, encoders retrieval.Encoders) {
		engine := open(b, dir, encoders)
		asked := questions(b)
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
