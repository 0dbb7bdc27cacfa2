package retrieval

import (
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A headline is written to be read before the report, says more than it knows and leaves
// out who says it: it is not quoted as what the report tells.

// likeTitle is what share of the title's words a line has that repeats it, and the other
// way round.
const likeTitle = 0.8

// unquotable reports whether a sentence of an article says nothing, or is its headline,
// which some keep in the body.
func unquotable(a *corpus.Article, s text.Span) bool {
	return wordless(a, s) || headline(a, s) || leadsAway(a.Body, s)
}

// leadsAway reports whether a sentence is a line that leads to a page, below what there
// is to read: an address, alone or behind a colon and what it is the address of, as it
// stands under posts.
func leadsAway(body string, s text.Span) bool {
	if s.End > len(body) {
		return false
	}
	line := strings.TrimRight(body[s.Start:s.End], " \t\u00a0\u200e\u200f.")
	at := strings.LastIndexAny(line, " \t\u00a0") + 1
	lower := strings.ToLower(line[at:])
	if !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
		return false
	}
	label := strings.TrimRight(line[:at], " \t\u00a0\u200e\u200f")
	return (strings.HasSuffix(label, ":") || !strings.ContainsFunc(label, wordRune)) &&
		ownLine(body, s) && strings.ContainsFunc(body[:s.Start], wordRune)
}

// asksItself reports whether a sentence is a question, and not somebody's in quotation
// marks: it tells nothing.
func asksItself(s string) bool {
	s = strings.TrimRight(s, " \t\n\r\u00a0\u200e\u200f")
	return (strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟")) && !strings.ContainsAny(s, "\"“”«»")
}

// headline reports whether a sentence stands on a line of its own and says what the title
// does: the same, or nearly without a full stop. A title that was made of the body's
// first words is none, unless a line of its own repeats it, and neither is all there is
// of a body.
func headline(a *corpus.Article, s text.Span) bool {
	if a.Title == "" || s.End > len(a.Body) || s.End-s.Start > 2*len(a.Title)+40 || !ownLine(a.Body, s) {
		return false
	}
	line := a.Body[s.Start:s.End]
	if respaced(unstopped(line)) == respaced(unstopped(a.Title)) {
		return !a.TitleDerived || printedAgain(a.Body, s)
	}
	return !a.TitleDerived && unstopped(line) == line && sameWords(line, a.Title)
}

// printedAgain reports whether the same stands on the nearest line with the words of a
// sentence, before or behind it, and nothing else does.
func printedAgain(body string, s text.Span) bool {
	line := body[s.Start:s.End]
	if at := strings.LastIndex(body[:s.Start], line); at >= 0 && ownLine(body, text.Span{Start: at, End: at + len(line)}) {
		return true
	}
	at := strings.Index(body[s.End:], line)
	return at >= 0 && ownLine(body, text.Span{Start: s.End + at, End: s.End + at + len(line)})
}

// ownLine reports whether nothing else stands on the line of a sentence, and something
// on other lines.
func ownLine(body string, s text.Span) bool {
	before := strings.TrimRight(body[:s.Start], " \t\u00a0\u200e\u200f*#_")
	after := strings.TrimLeft(body[s.End:], " \t\u00a0\u200e\u200f*_")
	if before != "" && !strings.ContainsAny(before[len(before)-1:], "\n\r") || after != "" && !strings.ContainsAny(after[:1], "\n\r") {
		return false
	}
	return strings.ContainsFunc(before, wordRune) || strings.ContainsFunc(after, wordRune)
}

// unstopped is a line without the stop at its end.
func unstopped(line string) string { return strings.TrimRight(line, ".!?؟…۔ ") }

// sameWords reports whether two lines share most of the words of each.
func sameWords(a, b string) bool {
	words := func(s string) map[string]bool {
		m := map[string]bool{}
		for _, w := range text.Words(s) {
			m[w.Norm] = true
		}
		return m
	}
	in, other := words(a), words(b)
	shared := 0
	for w := range in {
		if other[w] {
			shared++
		}
	}
	const least = 3 // words, fewer tell nothing
	return shared >= least && float64(shared) >= likeTitle*float64(max(len(in), len(other)))
}
