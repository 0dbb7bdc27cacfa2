package eval

import (
	"math"
	"slices"
	"time"
)

// cutoff is how many documents of a ranking MRR and nDCG look at.
const cutoff = 10

// hit is 1 when one of the first k documents of a ranking is relevant, else 0.
func hit(ranking []string, relevant map[string]bool, k int) float64 {
	if i := slices.IndexFunc(ranking, func(d string) bool { return relevant[d] }); i >= 0 && i < k {
		return 1
	}
	return 0
}

// reciprocalRank is one over the rank of the first relevant document, 0 when it is
// not among the first ten.
func reciprocalRank(ranking []string, relevant map[string]bool) float64 {
	i := slices.IndexFunc(ranking, func(d string) bool { return relevant[d] })
	if i < 0 || i >= cutoff {
		return 0
	}
	return 1 / float64(i+1)
}

// ndcg is the normalised discounted cumulative gain of the first ten documents
// (Järvelin and Kekäläinen 2002), relevance being binary: 1 when as many of them
// are relevant as can be, and stand first.
func ndcg(ranking []string, relevant map[string]bool) float64 {
	var got, ideal float64
	for i, d := range ranking[:min(cutoff, len(ranking))] {
		if relevant[d] {
			got += discount(i)
		}
	}
	for i := range min(cutoff, len(relevant)) {
		ideal += discount(i)
	}
	if ideal == 0 {
		return 0
	}
	return got / ideal
}

func discount(i int) float64 { return 1 / math.Log2(float64(i)+2) }

// percentile is the smallest of the durations that p percent of them do not
// exceed, 0 for none. They must be sorted.
func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*p+99)/100-1]
}
