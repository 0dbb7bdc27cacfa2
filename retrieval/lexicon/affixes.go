package lexicon

// What a similarity loses where a stemmer is thought to have taken something
// off: the ends sound alike in both languages, but «ال» and «و» are rarely a part
// of a foreign name.
const (
	startDiscount = .1
	wawDiscount   = .06
	endDiscount   = .03
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
			if s.at < e.at && consonants(w.sounds[s.at:e.at]) >= minConsonants {
				cuts = append(cuts, cut{s.at, e.at, w.doubt(s.at, e.at) + s.discount + e.discount})
			}
		}
	}
	return cuts
}

// doubt returns what a similarity loses for the shortness of a part of a word.
// What an Arabic stemmer takes off a Latin word it takes off always, so that the
// whole word speaks for the stem; the English one takes off an end now and then.
func (w *spoken) doubt(start, end int) float64 {
	if !w.arabic {
		end = w.n
	}
	return doubt(consonants(w.sounds[start:end]))
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
		starts = w.appendStart(starts, border{1, wawDiscount})
		first = 1
	}
	if w.at(first, soundB, soundP, soundK, soundF, soundV) && first == 0 {
		first = 1
	}
	if w.at(first, soundA, soundE, soundU) && w.at(first+1, soundL) {
		starts = w.appendStart(starts, border{first + 2, startDiscount})
	}
	return starts
}

// appendStart appends a beginning, and that after a vowel there: Arabic writes it
// or not.
func (w *spoken) appendStart(starts []border, b border) []border {
	starts = append(starts, b)
	if b.at < w.n && w.sounds[b.at].sound.vowel() {
		starts = append(starts, border{b.at + 1, b.discount})
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
	return append(ends, border{end - 2, endDiscount})
}

// arabicStarts are the beginnings of an Arabic word without what may be a
// conjunction, an article or a preposition written onto it.
func (w *spoken) arabicStarts() []border {
	starts := []border{{}}
	first := 0
	if w.at(0, soundWaw, soundB, soundL, soundK, soundF) {
		first = 1
		starts = append(starts, border{1, startDiscount})
	}
	if w.at(first, soundA, soundAlif) && w.at(first+1, soundL) {
		starts = append(starts, border{at: first + 2})
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
	return append(ends, border{end, endDiscount})
}
