package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A stretch without a stop can be as long as a page: Arabic reports often write
// a paragraph with commas alone. One that is too long to be quoted is cut between
// clauses.

const (
	// MaxSentenceWords is how many words [Sentences] gives a sentence at most.
	MaxSentenceWords = 90
	// maxSentenceRunes bounds what is no prose: rows of signs, endless words.
	maxSentenceRunes = 1000
	// fewWords is the length of a piece that says too little to stand alone.
	fewWords = 15
	// seenRunes and seenWords are how much of a stretch is looked at to find the
	// next cut.
	seenRunes = 3 * maxSentenceRunes
	seenWords = 3 * MaxSentenceWords
)

// What a cut costs, in the words it may be off the middle for a cheaper one.
const (
	cutSemicolon = 0
	cutColon     = 10 // or a dash
	cutClause    = 20 // a comma and a conjunction
	cutOpener    = 32 // a conjunction that begins a clause, alone
	cutComma     = 40
	cutJoin      = 60 // a conjunction that may join mere words, alone
	cutSpace     = 80
	cutQuotation = 60 // more, inside a quotation or brackets
	cutCrumb     = 300
)

// fits reports whether s is short enough for a sentence.
func fits(s string) bool {
	if len(s) <= MaxSentenceWords {
		return true
	}
	words := 0
	for sc := (scanner{s: s}); words <= MaxSentenceWords && sc.next(); {
		words++
	}
	return words <= MaxSentenceWords && len(clipRunes(s, maxSentenceRunes)) == len(s)
}

// wordSpans returns where the first words of s are, as many as are looked at.
func wordSpans(s string) []Span {
	spans := make([]Span, 0, seenWords)
	for sc := (scanner{s: s}); len(spans) < seenWords && sc.next(); {
		spans = append(spans, Span{sc.start, sc.end})
	}
	return spans
}

// addPieces adds s[start:end], cut so that every piece fits.
func (sp *splitter) addPieces(start, end int) {
	var q quotation
	for {
		seen := clipRunes(sp.s[start:end], seenRunes)
		if len(seen) == end-start && fits(seen) {
			break
		}
		cut := q.cut(seen)
		piece := strings.TrimRightFunc(seen[:cut], unicode.IsSpace)
		sp.spans = append(sp.spans, Span{start, start + len(piece)})
		rest := sp.s[start+cut : end]
		start = end - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	}
	sp.spans = append(sp.spans, Span{start, end})
}

// cut returns where to cut s, which does not fit: where it costs least, else
// behind the last word or rune that fits. q moves on to there.
func (q *quotation) cut(s string) int {
	words := wordSpans(s)
	parts := max((len(words)+MaxSentenceWords-1)/MaxSentenceWords, 2)
	middle := len(words) / parts
	best, bestCost, runes := 0, -1, 0
	if len(words) > 0 {
		q.read(s[:words[0].Start])
	}
	state, after := *q, *q
	for k := 1; k < len(words) && k <= MaxSentenceWords; k++ {
		from, to := words[k-1].End, words[k].Start
		runes += utf8.RuneCountInString(s[words[k-1].Start:to])
		if runes > maxSentenceRunes {
			break
		}
		at := from + cutAfter(s[from:to])
		state.read(s[from:at])
		if at > from {
			cost := cutCost(s[from:at], s[to:words[k].End]) + state.cost() + max(k-middle, middle-k)
			if min(k, len(words)-k) < fewWords {
				cost += cutCrumb
			}
			if bestCost < 0 || cost < bestCost {
				best, bestCost, after = at, cost, state
			}
		}
		state.read(s[at:to])
	}
	if bestCost < 0 {
		return lastFitting(s, words)
	}
	*q = after
	return best
}

// cutAfter returns where a text may be cut between two words: after white space, or
// after an Arabic mark that the next word is glued to; 0 for nowhere.
func cutAfter(between string) int {
	cut := 0
	for i, r := range between {
		if unicode.IsSpace(r) || r == '،' || r == '؛' {
			cut = i + utf8.RuneLen(r)
		}
	}
	return cut
}

// lastFitting returns the end of the longest beginning of s that fits, not always at
// the edge of a word.
func lastFitting(s string, words []Span) int {
	end := len(clipRunes(s, maxSentenceRunes))
	if len(words) > MaxSentenceWords {
		end = min(end, words[MaxSentenceWords].Start)
	}
	return end
}

// cutCost is the cost of a cut after the marks that follow a word, before the
// word next.
func cutCost(marks, next string) int {
	switch {
	case strings.ContainsAny(marks, "؛;"):
		return cutSemicolon
	case strings.ContainsAny(marks, ":–—-"):
		return cutColon
	case strings.ContainsAny(marks, "،,") && (opensClause(next) || joinsClause(next)):
		return cutClause
	case opensClause(next):
		return cutOpener
	case strings.ContainsAny(marks, "،,"):
		return cutComma
	case joinsClause(next):
		return cutJoin
	}
	return cutSpace
}

// opensClause reports whether a word as written begins a clause nearly always.
func opensClause(word string) bool {
	switch word {
	case "but", "while", "whereas", "although", "though", "because",
		"فيما", "بينما", "حيث", "لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "ولكنها", "إذ", "مما", "علما":
		return true
	}
	return strings.HasPrefix(word, "و") && isReportingVerb(strings.TrimPrefix(word, "و"))
}

// joinsClause reports whether a word often begins a clause after a comma.
func joinsClause(word string) bool {
	switch word {
	case "and", "or", "so", "yet", "which", "who", "when", "where", "as", "after", "before", "since", "until", "if",
		"ثم", "كما", "وهو", "وهي", "وأن", "وإن", "وكان", "وكانت", "وقد", "وذلك", "بعد", "بعدما", "قبل", "عندما", "في", "وفي", "التي", "الذي":
		return true
	}
	return false
}

// A quotation says whether a place is inside quotation marks or brackets.
type quotation struct {
	depth    int
	straight bool // inside marks that open and close alike
}

// read moves past marks.
func (q *quotation) read(marks string) {
	for _, r := range marks {
		switch r {
		case '«', '“', '(', '[':
			q.depth++
		case '»', '”', ')', ']':
			q.depth = max(q.depth-1, 0)
		case '"':
			q.straight = !q.straight
		}
	}
}

// cost is what a cut costs more here.
func (q *quotation) cost() int {
	if q.depth > 0 || q.straight {
		return cutQuotation
	}
	return 0
}
