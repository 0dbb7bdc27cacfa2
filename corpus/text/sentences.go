package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTailBytes is the length up to which a piece without a letter or digit
// (a stray quotation mark, an emoji) is joined to the sentence before it.
const maxTailBytes = 32

// Sentences returns the sentences of s in order, trimmed of outer white space.
// Together they cover every byte that is not white space, each once.
//
// A sentence ends at . ! ? ؟ … ۔ with the quotation marks and brackets that
// close after it, and at every line end. It does not end at the stops of
// decimals, abbreviations, initials and acronyms, at an ellipsis that goes on
// in lower case, or at a stop inside a quotation when the sentence goes on after
// the closing mark. When in doubt two sentences stay together, since a quote
// must never be less than a sentence. No span has more than [MaxSentenceWords]
// words or 1,000 runes: a longer stretch is cut between clauses, best at ؛ or ;
// then at a colon or dash, before a conjunction, at a comma, at white space, or in
// the worst case between two runes, and outside of quotations when it can be.
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
