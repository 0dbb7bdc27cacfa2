package retrieval

import (
	"cmp"
	"maps"
	"slices"

	"newsbot/corpus/text"
)

// The runners-up of a language, by rank from 0.
const (
	runnersFrom = 1
	runnersTo   = 10
)

// level makes the scores of several languages comparable. Those of one language
// stay in order; when there is only one they stay as they are.
func level(all []candidate, asked text.Language) {
	levels := levelsOf(all)
	for i := range all {
		lang := all[i].article.Language
		reached, several := levels[lang]
		if !several {
			return
		}
		all[i].score -= levelled * reached.score()
		if lang != asked {
			all[i].score += otherBonus
		}
	}
}

// levelsOf returns what the runners-up of each language reach, nil when there is
// only one. A language with few candidates takes what it lacks from the others:
// its best is no better for having no rivals.
func levelsOf(all []candidate) map[text.Language]featured {
	lists := map[text.Language][]featured{}
	for i := range all {
		lang := all[i].article.Language
		lists[lang] = append(lists[lang], all[i].featured())
	}
	if len(lists) < 2 {
		return nil
	}
	levels, known := map[text.Language]featured{}, map[text.Language]float64{}
	var usual featured
	var weight float64
	for _, lang := range slices.Sorted(maps.Keys(lists)) {
		reached, runners := runnersUp(lists[lang])
		levels[lang] = reached
		known[lang] = float64(runners) / (runnersTo - runnersFrom)
		usual.add(known[lang], reached)
		weight += known[lang]
	}
	if weight == 0 {
		return levels
	}
	for lang, share := range known {
		var level featured
		level.add(share, levels[lang])
		level.add((1-share)/weight, usual)
		levels[lang] = level
	}
	return levels
}

// runnersUp returns what the second to the tenth best reach on each feature by
// itself, on average, and how many there are.
func runnersUp(list []featured) (reached featured, runners int) {
	runners = min(runnersTo, len(list)) - runnersFrom
	if runners <= 0 {
		return featured{}, 0
	}
	column := make([]float64, len(list))
	for i := range reached {
		for n := range list {
			column[n] = list[n][i]
		}
		slices.SortFunc(column, func(a, b float64) int { return cmp.Compare(b, a) })
		for _, x := range column[runnersFrom : runnersFrom+runners] {
			reached[i] += x / float64(runners)
		}
	}
	return reached, runners
}
