package retrieval_test

import (
	"testing"

	"newsbot/retrieval"
)

// BenchmarkKinds asks for each kind of answer over 10,000 passages, next to an ordinary
// question. The reports are made of the same few sentences, so that words that are looked
// for stand in very many.
func BenchmarkKinds(b *testing.B) {
	dir := b.TempDir()
	encoders := shortcuts(b)
	store := openStore(b, dir)
	b.Cleanup(func() { closeStore(b, store) })
	addAll(b, store, made(b, 3000))
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	engine, err := retrieval.Open(b.Context(), retrieval.Config{Store: store, Encoders: encoders})
	if err != nil {
		b.Fatal(err)
	}
	for _, tt := range []struct{ name, question string }{
		{"best", "How long did the talks between Trump and Putin in Alaska last?"},
		{"statement", "It was a very long night for the people of the city, and nobody knew what would come after it"},
		{"timeline", "What happened in Syria?"},
		{"summary", "Summarise the Alaska summit"},
		{"source", "Who said “There's no deal until there's a deal”?"},
		{"about", "articles about Egypt"},
		{"latest", "latest news"},
		{"outlet", "What does Test say about the Alaska summit?"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := engine.Ask(b.Context(), retrieval.Question{Text: tt.question}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
