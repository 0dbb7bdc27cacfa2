package unigram_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/samples"
	e5 "newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/unigram"
	use "newsbot/retrieval/encoder/use/weights"
)

// everything is a limit that no text of these tests reaches.
const everything = 1 << 30

// model is a tokenizer that ships, with what the tests know of it.
type model struct {
	name    string
	rules   unigram.Rules
	vocab   unigram.Vocabulary
	pieces  map[string]int32 // by their text
	longest int              // of the pieces, in bytes
	*unigram.Tokenizer
}

// models opens the tokenizers that ship.
func models(tb testing.TB) []model {
	tb.Helper()
	small, err := e5.Parse(readFile(tb, "../e5/e5.bin"))
	if err != nil {
		tb.Fatal(err)
	}
	universal, err := use.Parse(readFile(tb, "../use/use.bin"))
	if err != nil {
		tb.Fatal(err)
	}
	all := []model{
		{name: "e5", rules: unigram.XLMRoberta, vocab: small.Vocabulary},
		{name: "use", rules: unigram.UniversalSentenceEncoder, vocab: universal.Vocabulary},
	}
	for i := range all {
		if all[i].Tokenizer, err = unigram.New(all[i].vocab, all[i].rules); err != nil {
			tb.Fatal(err)
		}
		all[i].pieces = map[string]int32{}
		for id := range all[i].vocab.Lengths {
			if text := all[i].Piece(int32(id)); text != "" {
				all[i].pieces[text] = int32(id)
				all[i].longest = max(all[i].longest, len(text))
			}
		}
	}
	return all
}

func readFile(tb testing.TB, name string) []byte {
	tb.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return file
}

// news returns the paragraphs of the sample articles of a language, "" for both.
func news(tb testing.TB, lang string) []string {
	tb.Helper()
	files, err := fs.Glob(samples.FS(), "*"+lang+".md")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no articles in %q: %v", lang, err)
	}
	var paragraphs []string
	for _, file := range files {
		article, err := fs.ReadFile(samples.FS(), file)
		if err != nil {
			tb.Fatal(err)
		}
		_, body, _ := bytes.Cut(article[3:], []byte("\n---\n")) // behind the front matter
		paragraphs = append(paragraphs, strings.Split(strings.TrimSpace(string(body)), "\n\n")...)
	}
	return paragraphs
}

// marked writes the short vowels over Arabic letters, as in a text for children.
func marked(text string) string {
	var b strings.Builder
	for i, r := range text {
		b.WriteRune(r)
		if unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) {
			b.WriteRune([]rune("\u064e\u064f\u0650\u0652\u0651")[i%5])
		}
	}
	return b.String()
}

// presented writes Arabic letters as the presentation forms that old programs
// and PDF files are full of.
func presented(text string) string {
	form := map[rune]rune{}
	for r := rune(0xfe80); r <= 0xfefc; r++ {
		if plain := []rune(strings.TrimPrefix(unigram.Normalize(string(r), 0), "▁")); len(plain) == 1 {
			form[plain[0]] = r
		}
	}
	return strings.Map(func(r rune) rune {
		if f, found := form[r]; found {
			return f
		}
		return r
	}, text)
}

func mapped(texts []string, change func(string) string) []string {
	changed := make([]string, len(texts))
	for i, text := range texts {
		changed[i] = change(text)
	}
	return changed
}

// kinds are texts as the news has them, and as nobody writes them on purpose.
func kinds(tb testing.TB) map[string][]string {
	arabic := news(tb, ".ar")
	return map[string][]string{
		"mixed":        news(tb, ""),
		"arabic":       arabic,
		"arabic-marks": mapped(arabic, marked),
		"english":      news(tb, ".en"),
		"presentation": mapped(arabic, presented),
		"long-word":    {strings.Repeat("استقلاليتهم", 910), strings.Repeat("counterintelligence", 527)},
		"one-letter":   {strings.Repeat("a", 10000), strings.Repeat("ـ", 10000), strings.Repeat("-", 10000)},
		"emoji":        {strings.Repeat("👩‍👩‍👧‍👦 👨🏽‍⚕️ 🇵🇸🏴‍☠️", 500)},
		"ligatures":    {strings.Repeat("\ufdfa", 3000)},
		"broken":       {strings.Repeat("\xff\xd8\xc3", 3000)},
	}
}

// BenchmarkEncode reports how many characters a second each tokenizer cuts, on
// one processor.
func BenchmarkEncode(b *testing.B) {
	all := kinds(b)
	for _, m := range models(b) {
		for _, kind := range []string{"mixed", "arabic", "arabic-marks", "english", "presentation", "long-word", "one-letter", "emoji", "ligatures", "broken"} {
			b.Run(fmt.Sprintf("%s/%s", m.name, kind), func(b *testing.B) { benchmark(b, m, all[kind]) })
		}
	}
}

func benchmark(b *testing.B, m model, texts []string) {
	b.ReportAllocs()
	runes := 0
	for _, text := range texts {
		runes += utf8.RuneCountInString(text)
	}
	var ids []int32
	for b.Loop() {
		for _, text := range texts {
			ids = m.Encode(ids[:0], text, everything)
		}
	}
	b.ReportMetric(float64(b.N)*float64(runes)/b.Elapsed().Seconds(), "runes/s")
}
