package e5

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/kernel"
)

// textOf returns a text that makes as many tokens as asked, prefix and specials
// included.
func textOf(tb testing.TB, e *Encoder, tokens int) string {
	tb.Helper()
	words := strings.Fields("أعلنت وزارة الطاقة اليوم عن خطة لبناء ثلاث محطات في الجنوب said the minister on Tuesday after talks in the city")
	var text strings.Builder
	// No piece reaches from one word into the next, so their counts add up.
	for i, n := 0, len(e.ids("passage:"))+2; n < tokens; i++ {
		word := " " + words[i%len(words)]
		text.WriteString(word)
		n += len(e.ids(word))
	}
	return text.String()
}

// lengths are the numbers of tokens that one text is timed with: all of them, or
// the first alone with the portable kernel where it is not the only one, because
// it takes half a second for the last.
func lengths(name string) []int {
	all := []int{18, 64, 200}
	if name == kernel.Portable && len(kernel.Names()) > 1 {
		return all[:1]
	}
	return all
}

// BenchmarkEncode times one question, on all processors and on one, and a batch
// of passages, with every kernel of this processor.
func BenchmarkEncode(b *testing.B) {
	for _, name := range kernel.Names() {
		all, one := newEncoder(b, Options{Kernel: name}), newEncoder(b, Options{Kernel: name, Threads: 1})
		for _, tokens := range lengths(name) {
			text := textOf(b, all, tokens)
			b.Run(fmt.Sprintf("%s/question/tokens=%d", name, tokens), func(b *testing.B) { benchmarkQuestion(b, all, text) })
			b.Run(fmt.Sprintf("%s/question-one-thread/tokens=%d", name, tokens), func(b *testing.B) { benchmarkQuestion(b, one, text) })
		}
		if slices.Contains(lengths(name), 200) {
			b.Run(name+"/passages/tokens=200", func(b *testing.B) { benchmarkPassages(b, all, textOf(b, all, 200)) })
		}
	}
}

func benchmarkQuestion(b *testing.B, e *Encoder, text string) {
	for b.Loop() {
		if _, err := e.Question(b.Context(), text); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkPassages(b *testing.B, e *Encoder, text string) {
	texts := make([]string, 16)
	for i := range texts {
		texts[i] = text
	}
	for b.Loop() {
		if _, err := e.Passages(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "passages/s")
}

// The stages of one text that BenchmarkEncodeStages tells apart.
const (
	tokenizing    = iota
	embedding     // pieces and positions
	projecting    // queries, keys and values
	attending     // scores, softmax and sums
	transforming  // the output of the attention and the feed-forward network
	finishing     // mean and length
	stagesOfAText // how many there are
)

// stages is how long each stage of texts has taken so far.
type stages struct {
	spent [stagesOfAText]time.Duration
	last  time.Time
}

// done books the time since the last call to a stage.
func (s *stages) done(stage int) {
	now := time.Now()
	s.spent[stage] += now.Sub(s.last)
	s.last = now
}

// encode makes the vector of a question of at most one window, as Question does,
// on one thread.
func (s *stages) encode(e *Encoder, st *state, question string) []float32 {
	s.last = time.Now()
	content := e.ids("query: " + question)
	s.done(tokenizing)
	st.prepare(content, 1)
	th, all := st.threads[0], span{0, len(content) + 2}
	st.embed(th, all)
	s.done(embedding)
	for l := range st.model.Layers {
		s.layer(st, th, all, l)
	}
	vector := make([]float32, weights.Width)
	for i, v := range st.x[:st.tokens*weights.Width] {
		vector[i%weights.Width] += v
	}
	kernel.Unit(vector)
	s.done(finishing)
	return vector
}

func (s *stages) layer(st *state, th *thread, all span, l int) {
	layer, buffer := &st.model.Layers[l], l%2
	for c := range all.chunks {
		st.project(th, layer, c, buffer)
	}
	s.done(projecting)
	for c := range all.chunks {
		st.attend(th, c, buffer)
		s.done(attending)
		st.transform(th, layer, c)
		s.done(transforming)
	}
}

// BenchmarkEncodeStages times one question on one thread and reports the share of
// each stage.
func BenchmarkEncodeStages(b *testing.B) {
	for _, name := range kernel.Names() {
		e := newEncoder(b, Options{Kernel: name, Threads: 1})
		for _, tokens := range lengths(name) {
			text := textOf(b, e, tokens)
			b.Run(fmt.Sprintf("%s/tokens=%d", name, tokens), func(b *testing.B) { benchmarkStages(b, e, text) })
		}
	}
}

func benchmarkStages(b *testing.B, e *Encoder, text string) {
	vector, err := e.Question(b.Context(), text)
	if err != nil {
		b.Fatal(err)
	}
	want := encodertest.Golden{Vector: vector}
	st := newState(e.model, e.kernel, stateSizes[1])
	var s stages
	for b.Loop() {
		if got := s.encode(e, st, text); want.Cosine(got) < .99999 {
			b.Fatal("the stages do not make the vector that Question makes")
		}
	}
	for i, unit := range []string{"tokenize-%", "embed-%", "project-%", "attend-%", "feed-forward-%", "finish-%"} {
		b.ReportMetric(100*s.spent[i].Seconds()/b.Elapsed().Seconds(), unit)
	}
}

// BenchmarkOpen times the start: the checksum of the file and the index of the
// vocabulary.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := New(Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTokenize(b *testing.B) {
	e := newEncoder(b, Options{})
	text := textOf(b, e, 200)
	b.SetBytes(int64(len(text)))
	var ids []int32
	for b.Loop() {
		ids = e.tokenizer.Encode(ids[:0], text, 1000)
	}
}
