package lexicon

// What a similarity loses where a stemmer is thought to have taken something off.
const (
	articleDiscount = .01
	affixDiscount   = .04
)

// A cut is a part of a word that the other language's stemmer may have left, and
// what the doubt costs.
type cut struct {
	start, end int
	discount   float64
}

// cuts returns the parts of a word to look for among the stems of the other
// script: the whole, and what is left without what sounds like an affix there.
// Parts with too few consonants are left out.
func (w *spoken) cuts() []cut {
	starts, ends := w.latinStarts(), w.latinEnds()
	if w.arabic {
		starts, ends = w.arabicStarts(), w.arabicEnds()
	}
	cuts := make([]cut, 0, len(starts)*len(ends))
	for _, s := range starts {
		for _, e := range ends {
			part := spoken{n: 0}
			if s.at >= e.at {
				continue
			}
			part.n = copy(part.sounds[:], w.sounds[s.at:e.at])
			if part.consonants() >= minConsonants {
				cuts = append(cuts, cut{s.at, e.at, s.discount + e.discount})
			}
		}
	}
	return cuts
}

// A border is where a part of a word may begin or end.
type border struct {
	at       int
	discount float64
}

// at reports whether the sound at i is one of some.
func (w *spoken) at(i int, some ...sound) bool {
	if i < 0 || i >= w.n {
		return false
	}
	for _, s := range some {
		if w.sounds[i].sound == s {
			return true
		}
	}
	return false
}

// latinStarts are the beginnings of a Latin word whose Arabic stem may have lost
// what sounds like «و» or like an article: «البانيا» becomes "بانيا", «بالتيمور»
// "تيمور".
func (w *spoken) latinStarts() []border {
	starts := []border{{}}
	first := 0
	if w.at(0, soundW, soundU, soundO, soundV) {
		starts = append(starts, border{1, affixDiscount})
		first = 1
	}
	if w.at(first, soundB, soundP, soundK, soundF, soundV) && first == 0 {
		first = 1
	}
	if w.at(first, soundA, soundE, soundU) && w.at(first+1, soundL) {
		starts = append(starts, border{first + 2, affixDiscount})
	}
	return starts
}

// latinEnds are the ends of a Latin word whose Arabic stem may have lost what
// sounds like «ان», «ون», «ين» or «ات».
func (w *spoken) latinEnds() []border {
	ends := []border{{at: w.n}}
	end := w.n
	if w.at(end-1, soundE) {
		end--
	}
	if end < 2 || !w.sounds[end-2].sound.vowel() || !w.at(end-1, soundN, soundT) {
		return ends
	}
	return append(ends, border{end - 2, affixDiscount})
}

// arabicStarts are the beginnings of an Arabic word without what may be a
// conjunction, an article or a preposition written onto it.
func (w *spoken) arabicStarts() []border {
	starts := []border{{}}
	first := 0
	if w.at(0, soundWaw, soundB, soundL, soundK, soundF) {
		first = 1
		starts = append(starts, border{1, affixDiscount})
	}
	if w.at(first, soundA) && w.at(first+1, soundL) {
		starts = append(starts, border{first + 2, articleDiscount})
	}
	return starts
}

// arabicEnds are the ends of an Arabic word whose English stem may have lost
// what sounds like "s", "ed", "er", "al", "ic", "ate" or "ing".
func (w *spoken) arabicEnds() []border {
	ends := []border{{at: w.n}}
	end := w.n - 1
	switch {
	case w.at(end, soundS, soundSad, soundD, soundR, soundL, soundTsh, soundK, soundT):
	case w.at(end, soundGhain, soundJeem, soundG) && w.at(end-1, soundN):
		end--
	default:
		return ends
	}
	for end > 1 && w.sounds[end-1].sound.vowel() {
		end--
	}
	return append(ends, border{end, affixDiscount})
}
