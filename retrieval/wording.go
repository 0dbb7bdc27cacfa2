package retrieval

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Whether somebody's words stand in a sentence: people quote from memory, leave words
// out, begin in the middle, put another word for one, and mistype.

const (
	// alignedSentences is around how many sentences of a passage words are aligned.
	alignedSentences = 3
	// longerWindow is what each sentence more costs that words are aligned with.
	longerWindow = 0.02
	// partedWindow is what it costs that they are of several paragraphs.
	partedWindow = 0.06
	// sameStem and misspelt are what words count that are not the same.
	sameStem = 0.9
	misspelt = 0.8
	// inOrder is what of the score hangs on the order of the words.
	inOrder = 0.4
)

// align finds the sentences around a stretch of a page that have most of a wording; false
// when they have too little.
func (e *Engine) align(w *wording, p *page, start, end int) (best wordedAt, ok bool) {
	var share []float64
	var at []int
	for i, s := range p.sentences {
		if s.End > start && s.Start < end {
			at = append(at, i)
			share = append(share, w.bag(e.terms(p, i)))
		}
	}
	order := make([]int, len(at))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case share[a] > share[b]:
			return -1
		case share[a] < share[b]:
			return 1
		}
		return 0
	})
	for _, k := range order[:min(alignedSentences, len(order))] {
		for first := max(at[k]-maxJoined+1, 0); first <= at[k]; first++ {
			for last := at[k]; last < min(first+maxJoined, len(p.sentences)); last++ {
				f := e.alignWith(w, p, first, last)
				if f.score >= wordedLeast && (!ok || f.rank() > best.rank()) {
					best, ok = f, true
				}
			}
		}
	}
	return best, ok
}

// rank prefers words as they are, and fewer sentences.
func (f *wordedAt) rank() float64 {
	rank := f.score - longerWindow*float64(f.last-f.first)
	if f.page.parted(f.first, f.last) {
		rank -= partedWindow
	}
	if f.exact {
		rank++
	}
	return rank
}

// alignWith says how much of a wording some sentences of a page have.
func (e *Engine) alignWith(w *wording, p *page, first, last int) wordedAt {
	var words []text.Term
	for i := first; i <= last; i++ {
		words = append(words, e.terms(p, i)...)
	}
	f := wordedAt{page: p, first: first, last: last}
	if f.exact = holdsInOrder(words, w.words); f.exact {
		f.score = 1
		return f
	}
	f.score = (1-inOrder)*w.bag(words) + inOrder*w.aligned(words)
	return f
}

// holdsInOrder reports whether words hold others one after the other, however they are
// spelt: with other digits, without hamza and vowels, with other marks between them.
func holdsInOrder(words, others []text.Term) bool {
	if len(others) == 0 {
		return false
	}
	for i := 0; i+len(others) <= len(words); i++ {
		k := 0
		for k < len(others) && words[i+k].Norm == others[k].Norm {
			k++
		}
		if k == len(others) {
			return true
		}
	}
	return false
}

// bag is the share of a wording that words have, whatever their order, each word
// standing for one only.
func (w *wording) bag(words []text.Term) float64 {
	if w.whole == 0 {
		return 0
	}
	best := make([]float64, len(w.words))
	for _, t := range words {
		alike := w.alikeTo(t)
		at := -1
		for i, a := range alike {
			if a > best[i] && (at < 0 || (a-best[i])*w.weights[i] > (alike[at]-best[at])*w.weights[at]) {
				at = i
			}
		}
		if at >= 0 {
			best[at] = alike[at]
		}
	}
	sum := 0.0
	for i, b := range best {
		sum += b * w.weights[i]
	}
	return sum / w.whole
}

// aligned is the share of a wording that words have in its order: their longest common
// subsequence, by what the words tell.
func (w *wording) aligned(words []text.Term) float64 {
	row := make([]float64, len(w.words)+1)
	for _, t := range words {
		alike := w.alikeTo(t)
		if alike == nil {
			continue
		}
		diagonal := 0.0
		for i, a := range alike {
			up := row[i+1]
			row[i+1] = max(up, row[i], diagonal+a*w.weights[i])
			diagonal = up
		}
	}
	return row[len(w.words)] / max(w.whole, 1e-9)
}

// alikeTo is how much each word of a wording is like a word of an article; nil when none
// is. Articles say the same words again and again, so it is kept.
func (w *wording) alikeTo(t text.Term) []float64 {
	if known, ok := w.alike[t.Norm]; ok {
		return known
	}
	var out []float64
	for i := range w.words {
		if a := alikeness(&w.words[i], &t); a > 0 {
			if out == nil {
				out = make([]float64, len(w.words))
			}
			out[i] = a
		}
	}
	w.alike[t.Norm] = out
	return out
}

// alikeness is how much two words are one, 0 to 1.
func alikeness(a, b *text.Term) float64 {
	switch {
	case a.Norm == b.Norm:
		return 1
	case a.Stem == b.Stem:
		return sameStem
	case numeric(a.Norm) || numeric(b.Norm):
		return sameNumber(a.Norm, b.Norm)
	case a.Stop || b.Stop:
		return 0
	case slip(a.Norm, b.Norm) || slip(a.Stem, b.Stem):
		return misspelt
	}
	return 0
}

func numeric(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(first)
}

// sameNumber is 1 for a number in digits and the same in words.
func sameNumber(a, b string) float64 {
	if numeric(a) && numeric(b) {
		return 0
	}
	m, n := text.Numbers(a), text.Numbers(b)
	if len(m) == 1 && slices.Equal(m, n) {
		return 1
	}
	return 0
}

// slip reports whether two words of four letters or more differ by one letter that is
// left out, put in, another or swapped with the next; of eight or more by two.
func slip(a, b string) bool {
	const letters = 4 // bytes of the shortest that may be one
	if len(a) < letters || len(b) < letters {
		return false
	}
	x, y := []rune(a), []rune(b)
	short := min(len(x), len(y))
	most := 0
	switch {
	case short >= 8:
		most = 2
	case short >= 4:
		most = 1
	}
	if most == 0 || max(len(x), len(y))-short > most || x[0] != y[0] && x[len(x)-1] != y[len(y)-1] {
		return false
	}
	return distance(x, y, most) <= most
}

// distance is how many letters two words differ by, as far as that is not more than most:
// the restricted edit distance (Damerau 1964).
func distance(x, y []rune, most int) int {
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := range x {
		next[0] = i + 1
		least := next[0]
		for k := range y {
			cost := 1
			if x[i] == y[k] {
				cost = 0
			}
			next[k+1] = min(row[k]+cost, row[k+1]+1, next[k]+1)
			if i > 0 && k > 0 && x[i] == y[k-1] && x[i-1] == y[k] {
				next[k+1] = min(next[k+1], before[k-1]+1)
			}
			least = min(least, next[k+1])
		}
		if least > most {
			return least
		}
		before, row, next = row, next, before
	}
	return row[len(y)]
}
