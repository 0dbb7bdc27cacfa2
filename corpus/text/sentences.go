package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxSentenceRunes is the length from which a sentence is cut in pieces.
	maxSentenceRunes = 1000
	// maxTailBytes is the length up to which a piece without a letter or digit
	// (a stray quotation mark, an emoji) is joined to the sentence before it.
	maxTailBytes = 32
)

// Sentences returns the sentences of s in order, trimmed of outer white space.
// Together they cover every byte that is not white space, each once.
//
// A sentence ends at . ! ? ؟ … ۔ with the quotation marks and brackets that
// close after it, and at every line end. It does not end at the stops of
// decimals, abbreviations, initials and acronyms, at an ellipsis that goes on
// in lower case, or at a stop inside a quotation when the sentence goes on after
// the closing mark. When in doubt two sentences stay together, since a quote
// must never be less than a sentence. No span is longer than 1,000 runes: a
// longer stretch is cut at ؛ or ; if it has any, else at a colon or comma, at
// white space, or in the worst case between two runes.
func Sentences(s string) []Span {
	sp := splitter{s: s}
	start := 0
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		switch {
		case isLineEnd(r):
			sp.line(start, i)
			i += size
			start = i
		case isStop(r):
			end, isEdge := sp.stop(start, i)
			if isEdge {
				sp.add(start, end)
				start = end
			}
			i = end
		default:
			i += size
		}
	}
	sp.line(start, len(s))
	return sp.spans
}

// splitter gathers sentences.
type splitter struct {
	s     string
	spans []Span
	open  bool // the last span ended on the line that is being read
}

// line adds what is left of a line and ends it.
func (sp *splitter) line(start, end int) {
	sp.add(start, end)
	sp.open = false
}

// add adds the sentence s[start:end] without its outer white space, in pieces
// when it is too long. It joins a scrap to the sentence before it on the line.
func (sp *splitter) add(start, end int) {
	start = end - len(strings.TrimLeftFunc(sp.s[start:end], unicode.IsSpace))
	trimmed := strings.TrimRightFunc(sp.s[start:end], unicode.IsSpace)
	if trimmed == "" {
		return
	}
	end = start + len(trimmed)
	if sp.open && isScrap(trimmed) {
		last := &sp.spans[len(sp.spans)-1]
		if end-last.Start <= maxSentenceRunes {
			last.End = end
			return
		}
	}
	sp.addPieces(start, end)
	sp.open = true
}

// isScrap reports whether a short string has neither letter nor digit.
func isScrap(s string) bool {
	return len(s) <= maxTailBytes && strings.IndexFunc(s, isWordRune) < 0
}

// isWordRune reports whether r is a letter or digit.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// addPieces adds s[start:end], cut so that no piece is too long.
func (sp *splitter) addPieces(start, end int) {
	for end-start > maxSentenceRunes { // bytes first: they are cheaper to count
		window := clipRunes(sp.s[start:end], maxSentenceRunes)
		if len(window) == end-start {
			break
		}
		piece := strings.TrimSpace(window[:cutPoint(window)])
		sp.spans = append(sp.spans, Span{start, start + len(piece)})
		rest := sp.s[start+len(piece) : end]
		start = end - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	}
	sp.spans = append(sp.spans, Span{start, end})
}

// cutPoint returns where to cut a window of an over-long sentence: in its second
// half after the last mark that is followed by white space, the strongest mark
// first; else at the last white space; else at its end.
func cutPoint(window string) int {
	var cuts [4]int // by strength; 0 for none
	spaced := false
	for end := len(window); end > 1 && (end > len(window)/2 || cuts == [4]int{}); {
		r, size := utf8.DecodeLastRuneInString(window[:end])
		if k := cutStrength(r); k >= 0 && cuts[k] == 0 && (spaced || k == len(cuts)-1) {
			cuts[k] = end
		}
		spaced = unicode.IsSpace(r)
		end -= size
	}
	for _, cut := range cuts {
		if cut > 0 {
			return cut
		}
	}
	return len(window)
}

// cutStrength ranks the runes after which a long sentence may be cut, 0 first;
// -1 for those after which it may not.
func cutStrength(r rune) int {
	switch {
	case r == '؛' || r == ';':
		return 0
	case r == ':':
		return 1
	case r == '،' || r == ',':
		return 2
	case unicode.IsSpace(r):
		return 3
	}
	return -1
}

// decode decodes the rune at i: RuneError, 0 at the end of s.
func decode(s string, i int) (rune, int) {
	if i < len(s) && s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// isLineEnd reports whether r ends a line.
func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// isStop reports whether r is a mark that may end a sentence.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '؟', '…', '۔', '。', '！', '？':
		return true
	}
	return false
}

// isCloser reports whether r closes a quotation or bracket.
func isCloser(r rune) bool { return isQuoteCloser(r) || r == ')' || r == ']' || r == '}' }

// isQuoteCloser reports whether r closes a quotation, or may.
func isQuoteCloser(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '»', '›', '“', '«', '」':
		return true
	}
	return false
}
