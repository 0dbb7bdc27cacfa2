package use

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/retrieval/encoder/kernel"
)

// textOf returns a text that makes at least as many tokens as asked, specials
// included.
func textOf(tb testing.TB, e *Encoder, tokens int) string {
	tb.Helper()
	words := strings.Fields("أعلنت وزارة الطاقة اليوم عن خطة لبناء ثلاث محطات في الجنوب said the minister on Tuesday after talks in the city")
	var text strings.Builder
	// No piece reaches from one word into the next, so their counts add up.
	for i, n := 0, 2; n < tokens; i++ {
		word := " " + words[i%len(words)]
		text.WriteString(word)
		n += len(e.appendIDs(nil, word)) - 2
	}
	return text.String()
}

// BenchmarkEncode times one text, and batches of sentences and of words, with
// every kernel of this processor. The portable one, where it is not the only one,
// is timed on a sentence alone.
func BenchmarkEncode(b *testing.B) {
	for _, name := range kernel.Names() {
		e := newEncoder(b, Options{Kernel: name})
		questions, batches := []int{3, 25, 200}, []int{3, 25}
		if name == kernel.Portable && len(kernel.Names()) > 1 {
			questions, batches = []int{25}, nil
		}
		for _, tokens := range questions {
			text := textOf(b, e, tokens)
			b.Run(fmt.Sprintf("%s/question/tokens=%d", name, tokens), func(b *testing.B) { benchmarkQuestion(b, e, text) })
		}
		for _, tokens := range batches {
			texts := slices.Repeat([]string{textOf(b, e, tokens)}, 320)
			b.Run(fmt.Sprintf("%s/passages/tokens=%d", name, tokens), func(b *testing.B) { benchmarkPassages(b, e, texts) })
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

func benchmarkPassages(b *testing.B, e *Encoder, texts []string) {
	for b.Loop() {
		if _, err := e.Passages(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "texts/s")
}

// BenchmarkEncodeStages times a sentence on one thread and reports the share of
// each stage.
func BenchmarkEncodeStages(b *testing.B) {
	for _, name := range kernel.Names() {
		b.Run(name, func(b *testing.B) {
			e := newEncoder(b, Options{Kernel: name, Threads: 1})
			text := textOf(b, e, 25)
			s, vectors := newState(e.model, e.kernel), make([][]float32, 1)
			var spent [5]time.Duration
			for b.Loop() {
				stages := []func(){
					func() { s.begin(1); s.ids = e.appendIDs(s.ids[:0], text) },
					func() { s.add(0, cut{0, len(s.ids), 0, len(s.ids)}) },
					s.project,
					func() { s.convolveAll(); s.sumAll() },
					func() { s.finish(vectors) },
				}
				for i, stage := range stages {
					start := time.Now()
					stage()
					spent[i] += time.Since(start)
				}
			}
			for i, unit := range []string{"tokenize-%", "embed-%", "project-%", "convolve-%", "finish-%"} {
				b.ReportMetric(100*spent[i].Seconds()/b.Elapsed().Seconds(), unit)
			}
		})
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
