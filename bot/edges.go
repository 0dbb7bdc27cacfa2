package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// An edge is a place where a text can be cut; the lower, the better.
type edge int

const (
	edgeLine edge = iota
	edgeSentence
	edgeClause
	edgeWord
	edgeIsolated edge = 4 // added to the above inside of an isolate
	edgeAny      edge = 9
	edgeNone     edge = 10
)

// cutText divides s into a head of at most limit UTF-16 code units and the rest,
// which is "" when all of it fits. It cuts at the last of the best edges in the
// second half, and never inside a character with its marks, as long as these are
// fewer than a piece is long.
func cutText(s string, limit int) (head, tail string) {
	end := prefix(s, limit)
	if end == len(s) {
		return s, ""
	}
	at, best := end, edgeNone
	sentences := sentenceStarts(s, end)
	depth := 0 // of isolates that are open
	for i, r := range s[:end+1] {
		if i > 0 && i >= end/2 && betweenCharacters(s, i) {
			if e := edgeAt(s, i, sentences[i], depth > 0); e <= best {
				at, best = i, e
			}
		}
		depth = depthAfter(depth, r)
	}
	return s[:at], s[at:]
}

// sentenceStarts returns where sentences begin in s[:end], and at end.
func sentenceStarts(s string, end int) map[int]bool {
	const ahead = 64 // bytes to see that a sentence begins at end
	window := s[:min(len(s), end+ahead)]
	starts := map[int]bool{}
	for _, span := range text.Sentences(window) {
		starts[span.Start] = true
	}
	return starts
}

// depthAfter is how many isolates are open after r, when depth were before it.
// They end with their line.
func depthAfter(depth int, r rune) int {
	switch {
	case r == '\n':
		return 0
	case opensIsolate(r):
		return depth + 1
	case r == '\u2069' && depth > 0:
		return depth - 1
	}
	return depth
}

// edgeAt returns the edge at i.
func edgeAt(s string, i int, sentence, isolated bool) edge {
	if !afterSpace(s, i) {
		return edgeAny
	}
	var e edge
	switch {
	case s[i-1] == '\n':
		return edgeLine
	case sentence:
		e = edgeSentence
	case afterClause(s, i):
		e = edgeClause
	default:
		e = edgeWord
	}
	if isolated {
		e += edgeIsolated
	}
	return e
}

func afterSpace(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsSpace(r)
}

// afterClause reports whether a clause ends before the space that ends at i.
func afterClause(s string, i int) bool {
	_, n := utf8.DecodeLastRuneInString(s[:i])
	r, _ := utf8.DecodeLastRuneInString(s[:i-n])
	return strings.ContainsRune(",;:،؛", r)
}

// betweenCharacters reports whether no character with its marks is torn apart at
// i: before a mark, a variation or a format character that opens nothing, after
// one that does or a joiner, or between two regional indicators.
func betweenCharacters(s string, i int) bool {
	next, _ := utf8.DecodeRuneInString(s[i:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	const joiner = '\u200d'
	return (!unicode.In(next, unicode.M, unicode.Cf, unicode.Sk) || opensIsolate(next)) &&
		before != joiner && !opensIsolate(before) && (!isRegional(before) || !isRegional(next))
}

func opensIsolate(r rune) bool { return r >= '\u2066' && r <= '\u2068' }

func isRegional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// cutStart returns where the end of s begins that has at most limit UTF-16 code
// units: at the first of the best edges in its first half, as [cutText] ends.
func cutStart(s string, limit int) int {
	start := suffix(s, limit)
	if start == 0 || start == len(s) {
		return start
	}
	sentences := map[int]bool{}
	for _, span := range text.Sentences(s[start:]) {
		sentences[start+span.Start] = true
	}
	delete(sentences, start) // that is only where the search begins
	at, best := len(s), edgeNone
	for i := range s[start:] {
		i += start
		if i > start+(len(s)-start)/2 && best < edgeNone {
			break
		}
		if betweenCharacters(s, i) {
			if e := edgeAt(s, i, sentences[i], false); e < best {
				at, best = i, e
			}
		}
	}
	return at
}
