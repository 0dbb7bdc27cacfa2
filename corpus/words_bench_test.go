package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"newsbot/corpus/text"
)

// benchForms makes up the 200 words of the n-th article: 20 are its own, of the others half are common and half are words
// of any earlier article.
func benchForms(r *rand.Rand, n int) []string {
	list := make([]string, 0, 200)
	for i := range 20 {
		list = append(list, fmt.Sprintf("own-%d-%d", n, i))
	}
	seen := map[string]bool{}
	for len(list) < 200 {
		f := fmt.Sprintf("common-%d", r.IntN(1000))
		if r.IntN(2) == 0 && n > 0 {
			f = fmt.Sprintf("own-%d-%d", r.IntN(n), r.IntN(20))
		}
		if !seen[f] {
			seen[f] = true
			list = append(list, f)
		}
	}
	return list
}

// benchWords is a PutWords of all articles pending, at most 16, the first of which is the n-th.
func benchWords(b *testing.B, s *Store, r *rand.Rand, n int) (articles []ArticleWords, words []Word) {
	b.Helper()
	list, err := s.PendingWords(b.Context(), "test", 16)
	if err != nil {
		b.Fatal(err)
	}
	seen := map[string]bool{}
	for i, src := range list {
		forms := benchForms(r, n+i)
		articles = append(articles, ArticleWords{src.ArticleID, text.English, TextHash(src.Body), forms})
		unknown, err := s.UnknownWords(b.Context(), "test", text.English, forms)
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range unknown {
			if !seen[f] {
				seen[f] = true
				words = append(words, Word{Language: text.English, Form: f, Scale: 1, Data: make([]int8, 512)})
			}
		}
	}
	return articles, words
}

// wordStore opens a store of n articles in English, which have their words when asked for.
func wordStore(b *testing.B, n int, withWords bool) (*Store, *rand.Rand) {
	b.Helper()
	s := testStore(b)
	r := rand.New(rand.NewPCG(1, 2))
	list := samples(n, 100)
	for i := range list {
		list[i].Language = text.English
	}
	if err := s.AddAll(b.Context(), slices.Values(list), nil); err != nil {
		b.Fatal(err)
	}
	for i := 0; withWords && i < n; i += 16 {
		articles, words := benchWords(b, s, r, i)
		if err := s.PutWords(b.Context(), "test", articles, words); err != nil {
			b.Fatal(err)
		}
	}
	return s, r
}

// BenchmarkPutWords stores the words of 16 articles, 200 each, a tenth of them new, beside 3,000 other articles.
func BenchmarkPutWords(b *testing.B) {
	const before = 3000
	s, r := wordStore(b, before, true)
	n := before
	for b.Loop() {
		b.StopTimer()
		for i := range 16 {
			a := sample(n+i, 100)
			a.Language = text.English
			mustAdd(b, s, a)
		}
		articles, words := benchWords(b, s, r, n)
		if len(articles) != 16 || len(words) < 16*20 {
			b.Fatalf("%d articles and %d new words", len(articles), len(words))
		}
		n += 16
		b.StartTimer()
		if err := s.PutWords(b.Context(), "test", articles, words); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRemove takes out articles without and with 200 words, from among 3,000.
func BenchmarkRemove(b *testing.B) {
	for _, withWords := range []bool{false, true} {
		b.Run(fmt.Sprintf("words=%v", withWords), func(b *testing.B) {
			s, _ := wordStore(b, 3000, withWords)
			list, err := s.List(b.Context(), ListOptions{})
			if err != nil {
				b.Fatal(err)
			}
			for i := 0; b.Loop() && i < len(list); i++ {
				if err := s.Purge(b.Context(), list[i].ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBacklog counts, and lists the first 50, of 10,000 articles that lack vectors of two encoders and of words.
func BenchmarkBacklog(b *testing.B) {
	s, r := wordStore(b, 10_000, false)
	ctx := b.Context()
	for _, encoder := range []string{"test", "other"} {
		if err := s.PutVectors(ctx, encoder, nil); err != nil {
			b.Fatal(err)
		}
	}
	articles, words := benchWords(b, s, r, 0)
	if err := s.PutWords(ctx, "test", articles, words); err != nil {
		b.Fatal(err)
	}
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if n, _, err := s.Backlog(ctx, "test", "other", WordsOf("test")); err != nil || n != 10_000 {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("pending words", func(b *testing.B) {
		for b.Loop() {
			if list, err := s.PendingWords(ctx, "test", 0); err != nil || len(list) != defaultPending {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("pending", func(b *testing.B) {
		for b.Loop() {
			if list, err := s.Pending(ctx, "test", 0); err != nil || len(list) < defaultPending {
				b.Fatal(len(list), err)
			}
		}
	})
}
