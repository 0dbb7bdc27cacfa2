package intent

import (
	"slices"

	"newsbot/corpus/text"
)

// The forms of both languages. A question is read by all of them, since people mix.
var (
	forms = slices.Concat(
		formsOf(Timeline, 1, happenedInEnglish), formsOf(Timeline, 3, daysAgoInEnglish), formsOf(Timeline, 1, happenedInArabic),
		formsOf(Timeline, 0, timelineInEnglish), formsOf(Timeline, 0, timelineInArabic),
		formsOf(Summary, 0, summaryInEnglish), formsOf(Summary, 0, summaryInArabic),
		formsOf(About, 0, aboutInEnglish), formsOf(About, 0, aboutInArabic),
	)
	howDid  = patterns(howDidInEnglish)
	unfolds = patterns(unfoldsInEnglish)

	polite     = slices.Concat(patterns(politeInEnglish), patterns(politeInArabic))
	politeEnd  = patterns(politeEndings)
	anArticle  = patterns(articleEndings)
	theArticle = slices.Concat(patterns(articleInEnglish), patterns(articleInArabic))
	ofTopic    = slices.Concat(patterns(ofTopicInEnglish), patterns(ofTopicInArabic))
	newest     = slices.Concat(patterns(newestInEnglish), patterns(newestInArabic))
	newestOf   = slices.Concat(patterns(newestOfInEnglish), patterns(newestOfInArabic))
	newsOf     = slices.Concat(patterns(newsInEnglish), patterns(newsInArabic))
	according  = slices.Concat(patterns(accordingInEnglish), patterns(accordingInArabic))
	from       = slices.Concat(patterns(fromInEnglish), patterns(fromInArabic))
	say        = slices.Concat(patterns(sayInEnglish), patterns(sayInArabic))
	whoSaid    = slices.Concat(patterns(whoSaidInEnglish), patterns(whoSaidInArabic))
	thisFrom   = slices.Concat(patterns(thisFromInEnglish), patterns(thisFromInArabic))
	didWhat    = slices.Concat(
		sayings(patterns(didInEnglish), false), sayings(patterns(saidInArabic), true),
	)
	orders = slices.Concat(patterns(ordersInEnglish), patterns(ordersInArabic))

	aboutWord = words("about on عن حول بشأن")
	asking    = words(askingInEnglish + " " + askingInArabic)
	behindOf  = words(behindMinInArabic)
)

// A saying is how a question begins that asks what somebody says, before the name.
type saying struct {
	pattern
	verbs bool // it has the verb of saying; else that stands behind the name
}

func sayings(all []pattern, verbs bool) (out []saying) {
	for _, p := range all {
		out = append(out, saying{p, verbs})
	}
	return out
}

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range text.Words(s) {
		set[w.Norm] = true
	}
	return set
}
