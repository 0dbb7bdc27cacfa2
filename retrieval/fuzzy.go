package retrieval

import (
	"cmp"
	"iter"
	"slices"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// What a word counts that a question may have meant by one that nobody has
// written: one letter left out, put in, replaced, or swapped with the next. Words
// that begin with another letter count less. The weights hardly matter: .85 and .7
// rank questions with one such error as well.
const (
	slipFrom   = 5  // letters; shorter words have too many neighbours
	slipTo     = 24 // longer ones are none
	slipsMost  = 3
	slipped    = 0.7
	slippedOff = 0.4 // begins with another letter
)

// alphabets are the letters that may have been left out or mistaken, normalised.
func alphabet(lang text.Language) []rune {
	if lang == text.Arabic {
		return []rune("ءابتثجحخدذرزسشصضطظعغفقكلمنهوؤيئ")
	}
	return []rune("abcdefghijklmnopqrstuvwxyz")
}

// slips returns what a word of the question may have been meant for: of the words
// of the collection at one error's distance those that begin alike, then the most
// frequent. There are none for a word that an article of its language has, or that
// is known to be one.
func (e *Engine) slips(t text.Term) []alternative {
	lang, ok := spelt(t.Norm)
	if !ok || e.general.knows(t.Stem) {
		return nil
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	f := e.words[lang]
	if f == nil || len(f.stems.lookup(t.Stem)) > 0 {
		return nil
	}
	return f.likeliest(f.meant(t, lang))
}

// endings is how many letters at the end of an English word decide what the
// stemmer takes off: an error there may change more of the stem than a letter.
const endings = 8

// meant returns the stems of the collection that a word may have been meant for,
// with their weights. All neighbours are made and looked up, some 500: that takes
// well under a millisecond and needs no index of its own. Arabic ones are stemmed.
// English ones are neighbours of the stem, which saves the stemmer most of them,
// and those of the word that differ from it in the ending.
func (f *fields) meant(t text.Term, lang text.Language) map[string]float64 {
	meant := map[string]float64{}
	look := func(stem string, alike bool) {
		if len(f.stems.lookup(stem)) == 0 {
			return
		}
		weight := slippedOff
		if alike {
			weight = slipped
		}
		meant[stem] = max(meant[stem], weight)
	}
	letters, from := alphabet(lang), 0
	if lang == text.English {
		for stem := range neighbours(t.Stem, letters, 0) {
			look(stem, initial(stem) == initial(t.Stem))
		}
		from = max(0, len(t.Norm)-endings)
	}
	for word := range neighbours(t.Norm, letters, from) {
		look(text.Stem(word), initial(word) == initial(t.Norm))
	}
	return meant
}

func initial(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return r
}

// likeliest makes alternatives of the few best of what may have been meant.
func (f *fields) likeliest(meant map[string]float64) []alternative {
	out := make([]alternative, 0, len(meant))
	for stem, weight := range meant {
		out = append(out, alternative{stems: []string{stem}, weight: weight})
	}
	slices.SortFunc(out, func(a, b alternative) int {
		x, y := a.stems[0], b.stems[0]
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(len(f.stems.lookup(y)), len(f.stems.lookup(x))), cmp.Compare(x, y))
	})
	return out[:min(slipsMost, len(out))]
}

// spelt returns the language whose letters alone a word is written in; false for
// one that is too short, too long or has anything else in it.
func spelt(word string) (text.Language, bool) {
	n, arabic, latin := 0, 0, 0
	for _, r := range word {
		n++
		switch {
		case r >= 'a' && r <= 'z':
			latin++
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
			arabic++
		}
	}
	switch {
	case n < slipFrom || n > slipTo:
	case n == latin:
		return text.English, true
	case n == arabic:
		return text.Arabic, true
	}
	return "", false
}

// neighbours yields the words that are one error, not before the letter numbered
// from, away from a word; some come more than once. It never yields the word itself.
func neighbours(word string, letters []rune, from int) iter.Seq[string] {
	runes := []rune(word)
	return func(yield func(string) bool) {
		buf := make([]rune, 0, len(runes)+1)
		with := func(head, tail []rune, letters ...rune) bool {
			buf = append(append(append(buf[:0], head...), letters...), tail...)
			return yield(string(buf))
		}
		for i := from; i <= len(runes); i++ {
			head, tail := runes[:i], runes[i:]
			if len(tail) > 0 && !with(head, tail[1:]) {
				return
			}
			if len(tail) > 1 && tail[0] != tail[1] && !with(head, tail[2:], tail[1], tail[0]) {
				return
			}
			for _, r := range letters {
				if !with(head, tail, r) || len(tail) > 0 && tail[0] != r && !with(head, tail[1:], r) {
					return
				}
			}
		}
	}
}
