package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// cacheWords is the size of one generation of the word cache. Two generations
// of entries of about 150 bytes are kept: 10 MB when full. A million words of
// news have some 60,000 different ones.
const cacheWords = 32 << 10

// Term is a word as an index wants it.
type Term struct {
	Word
	// Stem is what the index stores: the light10 stem of an Arabic word, the
	// Snowball stem of a Latin one, the number or word itself otherwise. Never
	// empty.
	Stem string
	// Stop marks a function word that carries no topic. It keeps its place so
	// that phrases and questions can still be read off the terms.
	Stop bool
}

// Analyzer turns texts into terms. It remembers the words it has seen, up to a
// bound, and is safe for concurrent use. Make one with [NewAnalyzer] and share
// it.
type Analyzer struct {
	stop map[string]bool // read only after NewAnalyzer

	mu         sync.RWMutex
	young, old map[string]analysis // guarded by mu; keyed by the word as written
}

// analysis is what the cache keeps of a word.
type analysis struct {
	norm, stem string
	stop       bool
	capital    bool // a stop word written in capitals, as in "US" and "WHO"
}

// NewAnalyzer returns an Analyzer with an empty cache.
func NewAnalyzer() *Analyzer {
	return &Analyzer{stop: stopWords(), young: make(map[string]analysis)}
}

// Terms returns the words of s, each analysed by its own script, in order.
// Function words are marked, not left out.
func (a *Analyzer) Terms(s string) []Term {
	terms := make([]Term, 0, len(s)/6+1)
	capitals := false
	for sc := (scanner{s: s}); sc.next(); {
		w := a.analyse(&sc)
		if w.norm == "" {
			continue
		}
		capitals = capitals || w.capital
		terms = append(terms, Term{Word{Span{sc.start, sc.end}, w.norm}, w.stem, w.stop})
	}
	if capitals && !Shouted(s) {
		spareCapitals(s, terms)
	}
	return terms
}

// analyse returns the analysis of the scanner's current word, from the cache
// when it is there.
func (a *Analyzer) analyse(sc *scanner) analysis {
	word := sc.word()
	if len(word) > maxWordBytes {
		return a.analyseNew(sc) // not worth keeping
	}
	a.mu.RLock()
	w, found := a.young[word]
	if !found {
		w, found = a.old[word]
	}
	a.mu.RUnlock()
	if !found {
		w = a.analyseNew(sc)
		a.remember(word, w)
	}
	return w
}

// remember puts an analysis into the cache, and forgets the older generation
// when the younger one is full.
func (a *Analyzer) remember(word string, w analysis) {
	// Keys and values must not keep the whole text alive that they are cut from.
	word = strings.Clone(word)
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.young) >= cacheWords {
		a.old, a.young = a.young, make(map[string]analysis, cacheWords)
	}
	a.young[word] = w
}

// analyseNew analyses the scanner's current word. The result shares no memory
// with the text.
func (a *Analyzer) analyseNew(sc *scanner) analysis {
	norm := strings.Clone(sc.norm())
	switch sc.kind {
	case classArabic:
		return analysis{norm: norm, stem: light10(norm), stop: a.stopArabic(norm, sc.word())}
	case classLatin:
		return a.analyseLatin(norm, sc.word())
	case classHonorific:
		return analysis{norm: norm, stem: norm, stop: true}
	}
	return analysis{norm: norm, stem: norm}
}

// analyseLatin analyses a word in Latin letters.
func (a *Analyzer) analyseLatin(norm, written string) analysis {
	base := strings.TrimSuffix(strings.TrimSuffix(norm, "'s"), "'")
	stop := (a.stop[norm] || a.stop[base]) && written != "May" // the month, or a name
	w := analysis{norm: norm, stop: stop, capital: stop && capitals(written)}
	if stop {
		w.stem = strings.ReplaceAll(base, "'", "")
		return w
	}
	w.stem = stemEnglish(strings.ReplaceAll(base, "'", ""))
	return w
}

// stopArabic reports whether a normalised Arabic word is a stop word, by itself
// or behind the conjunctions و and ف.
func (a *Analyzer) stopArabic(norm, written string) bool {
	if a.stop[norm] {
		return !topicAsWritten(strings.Map(dropInvisible, written))
	}
	rest, ok := strings.CutPrefix(norm, "و")
	if !ok {
		rest, ok = strings.CutPrefix(norm, "ف")
	}
	return ok && atLeast(rest, 2) && a.stop[rest] && !topicAfterAll(norm) &&
		!topicAsWritten(strings.TrimPrefix(strings.Map(dropInvisible, written), "و"))
}

// topicAsWritten lists the spellings that tell a topic from the function word it
// is folded into: علي (Ali, not على), منى (Mina, not مني), إمام (imam, not أمام).
func topicAsWritten(written string) bool {
	switch written {
	case "علي", "منى", "كلى", "مثلى", "آية", "إمام":
		return true
	}
	return false
}

// topicAfterAll lists the normalised words that only look like a conjunction
// and a stop word: ولي (heir), فهم (understanding), وام (a news agency).
func topicAfterAll(norm string) bool {
	switch norm {
	case "ولي", "فهم", "فلك", "فلكي", "فعلي", "فعليه", "وام", "واحد", "ودي":
		return true
	}
	return false
}

// Stem returns the stem of one normalised word that is written in letters of one
// script, the [Term.Stem] that [Analyzer.Terms] finds for it. Nothing is
// remembered, so it suits words that are only guesses.
func Stem(norm string) string {
	first, _ := utf8.DecodeRuneInString(norm)
	switch classOf(first) {
	case classArabic:
		return light10(norm)
	case classLatin:
		base := strings.TrimSuffix(strings.TrimSuffix(norm, "'s"), "'")
		return stemEnglish(strings.ReplaceAll(base, "'", ""))
	}
	return norm
}

// stemEnglish returns the Snowball stem of a normalised word, or the word when
// nothing of it would be left.
func stemEnglish(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	if env.Current() == "" {
		return word
	}
	return env.Current()
}

// capitals reports whether a word of two letters or more has no lower-case one.
func capitals(word string) bool {
	upper := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2
}

// Shouted reports whether s has three Latin words or more and is all capitals,
// so that capitals mean nothing in it.
func Shouted(s string) bool {
	words := 0
	for sc := (scanner{s: s}); sc.next(); {
		if sc.kind != classLatin {
			continue
		}
		if strings.IndexFunc(sc.word(), unicode.IsLower) >= 0 {
			return false
		}
		words++
	}
	return words >= 3
}

// spareCapitals unmarks the stop words written in capitals: "US" is a country
// and "WHO" an organisation.
func spareCapitals(s string, terms []Term) {
	for i := range terms {
		if terms[i].Stop && capitals(s[terms[i].Start:terms[i].End]) {
			terms[i].Stop = false
		}
	}
}

// Gap returns what stands in s before the i-th of its terms, from 0, behind the one before
// it; of i = len(terms) what stands behind the last.
func Gap(s string, terms []Term, i int) string {
	start, end := 0, len(s)
	if i > 0 {
		start = terms[i-1].End
	}
	if i < len(terms) {
		end = terms[i].Start
	}
	return s[start:end]
}
