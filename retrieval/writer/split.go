package writer

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

const (
	// maxTail is how many bytes may come without the end of a sentence.
	maxTail = 3 << 10
	// Beyond so many bytes, which few sentences have, the end of one is looked for only
	// behind every few words: each time all of it is read.
	longTail, fewWords = 1 << 10, 8
	// maxUnclosed is how many bytes a bracket may stay open that could be a mark.
	maxUnclosed = 100
	// enders are what may end a sentence.
	enders = ".!?؟…۔\n\r\v\f\u0085\u2028\u2029"
)

// A written sentence is one as the model has written it, without its markup and
// marks.
type sentence struct {
	text  string
	cites []int // ascending, each once; [noSource] among them for what is none
}

// A splitter makes sentences of the pieces of a stream. How a stream is cut in
// pieces makes no difference.
type splitter struct {
	tail    []byte // what is not in a sentence yet
	inLine  bool   // the tail begins within a line
	words   int    // that have come, by the white space between them
	endless bool   // a sentence has gone on beyond all measure: nothing more is read
}

// add returns the sentences that a piece makes whole: those behind which another
// has begun.
func (s *splitter) add(piece string) []sentence {
	var out []sentence
	for _, c := range []byte(piece) {
		if s.endless = s.endless || len(s.tail) >= maxTail; s.endless {
			return out
		}
		s.tail = append(s.tail, c)
		if c != ' ' && c != '\n' {
			continue
		}
		s.words++
		if len(s.tail) < longTail || s.words%fewWords == 0 {
			out = append(out, s.whole()...)
		}
	}
	return out
}

// whole takes off the tail all sentences but the last one.
func (s *splitter) whole() []sentence {
	if !bytes.ContainsAny(s.tail, enders) {
		return nil
	}
	s.tail = []byte(text.Valid(string(s.tail)))
	r := read(string(s.tail), !s.inLine)
	spans := spansOf(r.text)
	if len(spans) < 2 {
		return nil
	}
	last := spans[len(spans)-1]
	if unclosed(r.text[last.Start:]) {
		return nil
	}
	out := r.sentences(spans)
	s.tail = s.tail[r.from[last.Start]:]
	s.inLine = true
	return out[:len(out)-1]
}

// end returns the sentences that are left when the stream has ended.
func (s *splitter) end() []sentence {
	r := read(text.Valid(string(s.tail)), !s.inLine)
	s.tail = nil
	return r.sentences(spansOf(r.text))
}

// unclosed reports whether s begins with a bracket that may still become a mark.
func unclosed(s string) bool {
	open := strings.LastIndexAny(s, "[【［〔(（!")
	return open >= 0 && len(s)-open < maxUnclosed && !strings.ContainsAny(s[open:], "]】］〕)）") && onlyMarkBefore(s[:open])
}

// onlyMarkBefore reports whether there are no words in s.
func onlyMarkBefore(s string) bool { return len(text.Words(s)) == 0 }

// spansOf returns where sentences stand. One that [text.Sentences] cuts for its
// length is whole here.
func spansOf(s string) []text.Span {
	var out []text.Span
	for _, span := range text.Sentences(s) {
		if n := len(out); n > 0 && !strings.Contains(s[out[n-1].End:span.Start], "\n") && !ends(s[out[n-1].Start:out[n-1].End]) {
			out[n-1].End = span.End
			continue
		}
		out = append(out, span)
	}
	return out
}

// sentences returns what stands in the spans. A mark belongs to the sentence that it
// stands in or behind.
func (r reading) sentences(spans []text.Span) []sentence {
	out := make([]sentence, len(spans))
	for i, span := range spans {
		out[i].text = stopped(strings.ReplaceAll(r.text[span.Start:span.End], "\n", " "))
	}
	for _, m := range r.marks {
		for i := len(spans) - 1; i >= 0; i-- {
			if spans[i].Start < m.at {
				out[i].cites = append(out[i].cites, m.numbers...)
				break
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].cites)
		out[i].cites = slices.Compact(out[i].cites)
	}
	return out
}

// stopped returns a sentence with its full stop, unless a colon ends it.
func stopped(s string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	if ends(s) || last == ':' {
		return s
	}
	return strings.TrimRight(s, ",،;؛ -–—") + "."
}
