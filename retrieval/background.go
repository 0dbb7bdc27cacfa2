package retrieval

import (
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

// general is what the engine knows of language and of its encoder before
// it has seen an article.
type general struct {
	words   *background.Words
	vectors background.Vectors // zero for an encoder nobody has measured
}

func newGeneral(enc Encoder) (*general, error) {
	words, err := background.LoadWords()
	if err != nil {
		return nil, err
	}
	g := &general{words: words}
	vectors, err := background.LoadVectors(enc.ID(), enc.Dim())
	if err != nil {
		return nil, err
	}
	if vectors != nil {
		g.vectors = *vectors
	}
	return g, nil
}

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
// blended with the share of passages that hold it in general.
func idf(df, n int, share float64) float64 {
	d := float64(df) + backgroundPassages*share
	all := float64(n) + backgroundPassages
	return math.Log(1 + (all-d+0.5)/(d+0.5))
}
