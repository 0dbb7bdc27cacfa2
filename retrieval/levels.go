package retrieval

import (
	"cmp"
	"maps"
	"slices"

	"newsbot/corpus/text"
)

// How the candidates of two languages are compared. A question finds more that
// looks like an answer in its own language, whether or not the answer is there: so
// most of what a language's runners-up reach on each feature is taken from all its
// candidates, and another language gets something on top. Both fitted on the
// development sets, each mixed with passages of the other language.
const (
	levelled    = 0.6 // of the runners-up's score
	otherBonus  = 1.0 // for a language that is not the question's
	runnersFrom = 1   // by rank, from 0
	runnersTo   = 10
)

// level makes the scores of several languages comparable. Those of one language
// stay in order; when there is only one they stay as they are.
func level(all []candidate, asked text.Language) {
	lists := map[text.Language][]*candidate{}
	for i := range all {
		lang := all[i].article.Language
		lists[lang] = append(lists[lang], &all[i])
	}
	if len(lists) < 2 {
		return
	}
	levels := levelsOf(lists)
	for lang, list := range lists {
		shift := -levelled * levels[lang]
		if lang != asked {
			shift += otherBonus
		}
		for _, c := range list {
			c.score += shift
		}
	}
}

// levelsOf returns what the runners-up of each language reach. A language with few
// candidates takes what it lacks from the others: its best is no better for having
// no rivals.
func levelsOf(lists map[text.Language][]*candidate) map[text.Language]float64 {
	own, known := map[text.Language]float64{}, map[text.Language]float64{}
	var sum, weight float64
	for _, lang := range slices.Sorted(maps.Keys(lists)) {
		reached, runners := runnersUp(lists[lang])
		own[lang] = reached
		known[lang] = float64(runners) / (runnersTo - runnersFrom)
		sum, weight = sum+known[lang]*reached, weight+known[lang]
	}
	if weight == 0 {
		return own
	}
	levels := map[text.Language]float64{}
	for lang, share := range known {
		levels[lang] = share*own[lang] + (1-share)*sum/weight
	}
	return levels
}

// runnersUp returns the weighted sum of what the second to the tenth best reach on
// each feature by itself, and how many there are.
func runnersUp(list []*candidate) (reached float64, runners int) {
	features := make([][]float64, len(list[0].features()))
	for _, c := range list {
		for i, x := range c.features() {
			features[i] = append(features[i], x)
		}
	}
	runners = min(runnersTo, len(list)) - runnersFrom
	if runners <= 0 {
		return 0, 0
	}
	for i, w := range ranking.features() {
		slices.SortFunc(features[i], func(a, b float64) int { return cmp.Compare(b, a) })
		var sum float64
		for _, x := range features[i][runnersFrom : runnersFrom+runners] {
			sum += x
		}
		reached += w * sum / float64(runners)
	}
	return reached, runners
}
