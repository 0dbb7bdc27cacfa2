package e5

import (
	"fmt"
	"strings"
	"testing"

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

// BenchmarkEncode times one question, on all processors and on one, and a batch
// of passages, with every kernel of this processor. The portable one, where it is
// not the only one, is timed on a short question alone.
func BenchmarkEncode(b *testing.B) {
	for _, name := range kernel.Names() {
		all, one := newEncoder(b, Options{Kernel: name}), newEncoder(b, Options{Kernel: name, Threads: 1})
		if name == kernel.Portable && len(kernel.Names()) > 1 {
			text := textOf(b, all, 18)
			b.Run(name+"/question/tokens=18", func(b *testing.B) { benchmarkQuestion(b, all, text) })
			continue
		}
		for _, tokens := range []int{18, 64, 200, 512} {
			text := textOf(b, all, tokens)
			b.Run(fmt.Sprintf("%s/question/tokens=%d", name, tokens), func(b *testing.B) { benchmarkQuestion(b, all, text) })
			b.Run(fmt.Sprintf("%s/question-one-thread/tokens=%d", name, tokens), func(b *testing.B) { benchmarkQuestion(b, one, text) })
		}
		b.Run(name+"/passages/tokens=200", func(b *testing.B) { benchmarkPassages(b, all, textOf(b, all, 200)) })
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
