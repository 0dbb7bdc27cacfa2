package retrieval

import (
	"fmt"
	"math"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// The documented formula of a candidate's score is that of Search.
func TestCandidatesScore(t *testing.T) {
	for name, b := range map[string]*bench{
		"one language":  newBench(t, harbour),
		"two languages": newBench(t, append(talks(), harbour)...),
	} {
		t.Run(name, func(t *testing.T) { b.checkCandidates("When was the harbour bridge opened?") })
	}
}

func (b *bench) checkCandidates(question string) {
	b.t.Helper()
	b.encode()
	b.refresh()
	found, err := b.engine.Search(b.t.Context(), Question{Text: question}, 100)
	if err != nil {
		b.t.Fatal(err)
	}
	all, err := b.engine.Candidates(b.t.Context(), Question{Text: question})
	if err != nil {
		b.t.Fatal(err)
	}
	if len(found) == 0 || len(all) != len(found) {
		b.t.Fatalf("%d candidates of which %d are found", len(all), len(found))
	}
	best := map[string]float64{} // by article
	for _, c := range all {
		score := plainScore(CurrentWeights(), c)
		if old, ok := best[c.ArticleID]; !ok || score > old {
			best[c.ArticleID] = score
		}
		if c.Other != (c.Language != text.English) {
			b.t.Errorf("a candidate in %s is said to be in another language: %v", c.Language, c.Other)
		}
	}
	seen := map[string]bool{}
	for _, r := range found {
		if !seen[r.ArticleID] && math.Abs(r.Score-best[r.ArticleID]) > 1e-9 {
			b.t.Errorf("%s has the score %v, by its features %v", r.ArticleID, r.Score, best[r.ArticleID])
		}
		seen[r.ArticleID] = true
	}
}

func plainScore(w Weights, c Candidate) float64 {
	var score float64
	for i, x := range c.Features {
		score += w.Features[i] * x
		if c.Level != nil {
			score -= w.Levelled * w.Features[i] * c.Level[i]
		}
	}
	if c.Level != nil && c.Other {
		score += w.OtherBonus
	}
	return score
}

// Passages that are found by their vectors alone, being beyond the best by words,
// have what the words are worth in them all the same.
func TestCandidatesBeyondTheBestByWords(t *testing.T) {
	var articles []corpus.Article
	for i := range 2 * candidatesBy {
		articles = append(articles, corpus.Article{
			Title: fmt.Sprintf("Number %d", i), Language: text.English, Body: "The ferry reached the island before the storm.",
		})
	}
	b := newBench(t, articles...)
	all, err := b.engine.Candidates(t.Context(), Question{Text: "When did the ferry reach the island?"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Features[byCoverage] < 0.99 || c.Features[byMass] == 0 {
			t.Errorf("one of %d candidates that are alike has the features %v", len(all), c.Features)
		}
	}
	if len(all) <= candidatesBy {
		t.Errorf("%d candidates: none was found by its vector alone", len(all))
	}
}
