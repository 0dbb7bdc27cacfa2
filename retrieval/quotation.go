package retrieval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// What somebody says may take several sentences: those in the middle show neither
// that they are said nor by whom.

// A quotation keeps count of the marks that are open.
type quotation struct {
	depth    int // of « and “
	straight bool
}

func (q *quotation) open() bool { return q.depth > 0 || q.straight }

// read takes in the marks of a piece of text and returns where the last quotation
// began in it, or -1. Marks of two kinds may close each other.
func (q *quotation) read(s string) int {
	began := -1
	for i, r := range s {
		was := q.open()
		switch r {
		case '«', '“':
			q.mark(markOpens(s, i, r))
		case '»', '”':
			q.mark(false)
		case '"':
			if !was && markOpens(s, i, r) {
				q.straight = true
			} else {
				q.mark(false)
			}
		}
		if !was && q.open() {
			began = i
		}
	}
	return began
}

// mark counts one mark that opens or closes.
func (q *quotation) mark(opens bool) {
	switch {
	case opens:
		q.depth++
	case q.depth > 0:
		q.depth--
	default:
		q.straight = false
	}
}

// markOpens reports whether a word begins behind the mark at i: 6" is a length.
func markOpens(s string, i int, mark rune) bool {
	next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(mark):])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	if mark == '"' && unicode.IsDigit(before) {
		return false
	}
	return mark == '«' || next != utf8.RuneError && !unicode.IsSpace(next) && !strings.ContainsRune(".,;:!?؟،؛", next)
}

// opening returns the index of the sentence that opened the quotation in which a
// page's i-th sentence begins, or i when it begins in none. The end of a paragraph
// closes all.
func (p *page) opening(i int) int {
	if p.openings == nil {
		p.openings = openings(p.article.Body, p.sentences)
	}
	return p.openings[i]
}

func openings(body string, sentences []text.Span) []int {
	out := make([]int, len(sentences))
	var q quotation
	end, opened := 0, 0
	for i, s := range sentences {
		between := body[min(end, s.Start):s.Start]
		if strings.ContainsAny(between, lineBreaks) {
			q = quotation{}
		} else if q.read(between) >= 0 {
			opened = i
		}
		out[i] = i
		if q.open() {
			out[i] = opened
		}
		if q.read(body[s.Start:s.End]) >= 0 {
			opened = i
		}
		end = s.End
	}
	return out
}

// goesOn reports whether a page's i-th sentence is a piece of a long one that the
// sentence before it began.
func (p *page) goesOn(i int) bool {
	if i == 0 {
		return false
	}
	before := p.article.Body[p.sentences[i-1].Start:p.sentences[i-1].End]
	between := p.article.Body[p.sentences[i-1].End:p.sentences[i].Start]
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "\"'”’»)] \u200f\u200e\u2069"))
	return !strings.ContainsAny(between, lineBreaks) && !strings.ContainsRune(".!?؟…۔。！？", last)
}

// spoken reports whether a page's i-th sentence begins inside a quotation and does
// not say whose it is.
func (e *Engine) spoken(p *page, i int) bool {
	return p.opening(i) != i && !e.toldBehind(p, i)
}

// toldBehind reports whether a sentence that begins inside a quotation ends it and
// says behind it who speaks.
func (e *Engine) toldBehind(p *page, i int) bool {
	sentence := p.text(i)
	end := strings.IndexAny(sentence, "»”\"")
	return end >= 0 && slices.ContainsFunc(e.terms(p, i), func(w text.Term) bool { return w.Start > end && says(w.Norm) })
}

// speaker returns the index of the sentence that says whose the quotation is in which
// the i-th begins: the one that opens it, or one before that names somebody. When the
// speaker is told behind it, a name before would be another's.
func (e *Engine) speaker(p *page, i int, needs func(int) need, names func(int) bool) int {
	opening := p.opening(i)
	if e.introduces(p, opening) {
		return opening
	}
	for j := i + 1; j < len(p.sentences) && j-i <= maxBack && p.opening(j) == opening; j++ {
		if e.toldBehind(p, j) {
			return opening
		}
	}
	open := needs(opening)
	from := antecedent(opening, func(j int) need {
		if j == opening {
			return somebody
		}
		return needs(j)
	}, names)
	if names(from) || open == somebody || open == something {
		return from
	}
	return opening
}

// introduces reports whether a sentence names somebody before the quotation that it
// opens: who is named inside it does not speak.
func (e *Engine) introduces(p *page, i int) bool {
	began := new(quotation).read(p.text(i))
	words := e.terms(p, i)
	n := 0
	for n < len(words) && words[n].Start < began {
		n++
	}
	return namesSomebody(p.text(i), words[:n])
}

// speaksOn reports whether a sentence ends a quotation that began before it, and
// does not say whose it is.
func speaksOn(sentence string, words []text.Term) bool {
	depth := 0
	for i, r := range sentence {
		switch r {
		case '«', '“':
			depth++
		case '»', '”':
			if depth--; depth < 0 {
				return !slices.ContainsFunc(words, func(w text.Term) bool { return w.Start > i && says(w.Norm) })
			}
		}
	}
	return false
}

// bareSpeaker is a quotation and behind it a bare role: "the minister said".
func bareSpeaker(sentence string, words []text.Term) bool {
	for i := 1; i < len(words); i++ {
		mark, _ := utf8.DecodeRuneInString(strings.TrimLeft(sentence[words[i-1].End:words[i].Start], ".,!?…؟،"))
		if strings.ContainsRune("\"”»", mark) && speaksBare(sentence, words[i:]) {
			return true
		}
	}
	return false
}

// speaksBare is "said the minister", "the minister said", «قال الوزير».
func speaksBare(sentence string, words []text.Term) bool {
	first := words[0].Norm
	switch {
	case arabic(first):
		return len(words) == 2 && says(first) && roles[words[1].Norm]
	case saying[first]:
		return plain(words, 1) == "the" && bareRole(sentence, words[1:])
	}
	return first == "the" && len(words) > 2 && saying[words[2].Norm] && bareRole(sentence, words)
}
