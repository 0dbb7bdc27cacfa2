package intent

import (
	"strings"

	"newsbot/corpus/text"
)

// A pattern is the words of a form, in order. It is written as words with spaces between
// them; "in|at" is either word, "?the" may be left out, and "لـ" is the preposition
// written onto the next word, which it does not take.
type pattern []slot

type slot struct {
	words    map[string]bool // normalised
	optional bool
	joined   string // what the next word begins with
}

// parse reads a pattern.
func parse(s string) pattern {
	var p pattern
	for _, field := range strings.Fields(s) {
		word, optional := strings.CutPrefix(field, "?")
		if joined, ok := strings.CutSuffix(word, "ـ"); ok {
			p = append(p, slot{joined: joined, optional: optional})
			continue
		}
		set := map[string]bool{}
		for one := range strings.SplitSeq(word, "|") {
			set[text.Normalize(one)] = true
		}
		p = append(p, slot{words: set, optional: optional})
	}
	return p
}

// patterns reads one pattern a line.
func patterns(s string) (all []pattern) {
	for line := range strings.Lines(s) {
		if p := parse(line); len(p) > 0 {
			all = append(all, p)
		}
	}
	return all
}

// begin is how many of some words, from the first on, a pattern takes; 0 when they do not
// begin as it does.
func (p pattern) begin(words []text.Word) int {
	n, ok := p.match(words)
	if !ok {
		return 0
	}
	return n
}

func (p pattern) match(words []text.Word) (n int, ok bool) {
	if len(p) == 0 {
		return 0, true
	}
	s := p[0]
	if len(words) > 0 {
		switch {
		case s.joined != "" && strings.HasPrefix(words[0].Norm, s.joined):
			return p[1:].match(words)
		case s.words[words[0].Norm]:
			if n, ok := p[1:].match(words[1:]); ok {
				return n + 1, true
			}
		}
	}
	if s.optional {
		return p[1:].match(words)
	}
	return 0, false
}

// longest is what the pattern takes that takes most of some words.
func longest(all []pattern, words []text.Word) int {
	n := 0
	for _, p := range all {
		n = max(n, p.begin(words))
	}
	return n
}

// whole reports whether a pattern takes all of some words.
func whole(all []pattern, words []text.Word) bool {
	for _, p := range all {
		if len(words) > 0 && p.begin(words) == len(words) {
			return true
		}
	}
	return false
}

// A form is how a question begins that is of a kind.
type form struct {
	pattern
	kind Kind
	kept int // of its words, the last, that belong to the topic too, since they may say when
}

func formsOf(kind Kind, kept int, s string) (all []form) {
	for _, p := range patterns(s) {
		all = append(all, form{p, kind, kept})
	}
	return all
}
