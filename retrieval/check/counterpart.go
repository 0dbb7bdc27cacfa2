package check

import (
	"math"
	"sync"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
	"newsbot/retrieval/lexicon"
)

// general are the words of the news.
var general = sync.OnceValue(func() *background.Words {
	w, err := background.LoadWords()
	if err != nil {
		return nil // the tests load them, too
	}
	return w
})

// weight is what a word tells, from 0 to 1: a rare one more than a frequent one.
func weight(t text.Term) float64 {
	const most = 8
	if t.Stop {
		return 0
	}
	g := general()
	if g == nil {
		return 1
	}
	return max(0.2, min(-math.Log(g.Share(t.Stem)), most)/most)
}

// How alike words are that are not the same.
const (
	bySaying = 0.95 // as the lexicon has it
	bySound  = 0.9  // a name as the other language writes it
	// The cosine of two words that tells nothing, and that which tells as much.
	nothing, aswell = 0.25, 0.65
)

// alike tells how much two words say the same, from 0 to 1.
func (w *word) alike(o *word) float64 {
	if w.Norm == o.Norm || w.Stem == o.Stem {
		return 1
	}
	if isNumber(w.Norm) || isNumber(o.Norm) {
		return 0
	}
	best := 0.0
	if w.saidAs(o.Stem) || o.saidAs(w.Stem) {
		best = bySaying
	}
	across := isArabic(w.Norm) != isArabic(o.Norm)
	if across || w.capital && o.capital {
		const sounds = 0.75
		if s := lexicon.Similarity(w.Norm, o.Norm); s >= sounds && (w.capital || o.capital) && utf8.RuneCountInString(w.Norm) > 2 {
			best = max(best, bySound)
		}
	}
	if !w.vector.none() && !o.vector.none() {
		best = max(best, min((w.vector.ofWords(o.vector)-nothing)/(aswell-nothing), 1)*bySaying)
	}
	return best
}

// saidAs reports whether a stem is a way of saying a word, or a part of one.
func (w *word) saidAs(stem string) bool {
	for _, s := range w.says {
		for _, t := range s.stems {
			if t == stem {
				return true
			}
		}
	}
	return false
}

// saidAlone reports whether a stem by itself is a way of saying a word.
func (w *word) saidAlone(stem string) bool {
	for _, s := range w.says {
		if len(s.stems) == 1 && s.stems[0] == stem {
			return true
		}
	}
	return false
}

// namedAs reports whether a stem is a part of a name that tells whose it is: the only or
// the last of what a word is also said as, or any where several words are said so.
func (w *word) namedAs(stem string) bool {
	for _, s := range w.says {
		for i, t := range s.stems {
			if t == stem && (s.part || i == len(s.stems)-1) {
				return true
			}
		}
	}
	return false
}
