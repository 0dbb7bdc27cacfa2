package retrieval

import (
	"fmt"
	"math"

	"newsbot/retrieval/background"
)

// How much the statistics that ship with the program weigh beside the
// collection's own, in passages: a collection of a handful of articles leans
// on them, one of thousands hardly.
const (
	backgroundPassages = 300
	backgroundVectors  = 20
)

// general is what the engine knows of language before it has seen an article.
type general struct{ words *background.Words }

func newGeneral() (*general, error) {
	words, err := background.LoadWords()
	if err != nil {
		return nil, fmt.Errorf("reading the background statistics: %w", err)
	}
	return &general{words}, nil
}

// knows reports whether a stem is that of a word of either language.
func (g *general) knows(stem string) bool { return g.words.Has(stem) }

// share is the part of passages expected to hold one of the alternatives.
func (g *general) share(alternatives []alternative) float64 {
	none := 1.0
	for _, a := range alternatives {
		all := 1.0
		for _, s := range a.stems {
			all = min(all, g.words.Share(s))
		}
		none *= 1 - all
	}
	return 1 - none
}

// idf is the weight of a term found in df of n passages of a collection,
// blended with the share of passages that hold it in general. df need not be
// whole: translations count by their weights.
func idf(df float64, n int, share float64) float64 {
	d := df + backgroundPassages*share
	all := float64(n) + backgroundPassages
	return math.Log(1 + (all-d+0.5)/(d+0.5))
}
