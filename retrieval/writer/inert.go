package writer

import (
	"regexp"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// What is written for a model to read is made inert first: it may say what it
// likes, and yet looks like nothing that the prompt is built of.

var (
	squareMarks = regexp.MustCompile(`\s*[\[【［〔]\s*\^?[\p{Nd}\s,،;–-]+[\]】］〕]`)
	roundMarks  = regexp.MustCompile(`[(（]\s*(\p{Nd}[\p{Nd}\s,،;–-]*)[)）]`)
	fences      = regexp.MustCompile("[-=~*_]{3,}|(?m:^[ \t]*#+)")
)

// lookalikes are signs that prompts, markup and templates of chats are made of, and
// what stands for them.
var lookalikes = strings.NewReplacer("<", "‹", ">", "›", "[", "(", "]", ")", "【", "(", "】", ")", "［", "(", "］", ")",
	"{", "(", "}", ")", "`", "'", "|", "/")

// inert returns what stands for s in a prompt: one line for each of its lines that
// is not empty, without control and format characters, without marks like "[3]",
// without what looks like a fence, and without the prompt's own code.
func inert(s, code string) string {
	s = strings.Map(printable, text.Valid(s))
	s = squareMarks.ReplaceAllString(s, "")
	s = roundMarks.ReplaceAllString(s, "$1")
	for strings.Contains(s, code) {
		s = strings.ReplaceAll(s, code, "")
	}
	s = fences.ReplaceAllString(s, "—")
	var lines []string
	for line := range strings.Lines(lookalikes.Replace(s)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// inertLine is inert in one line.
func inertLine(s, code string) string {
	return strings.ReplaceAll(inert(s, code), "\n", " ")
}

// printable maps line ends to "\n", other control characters to a space, and drops
// what is not seen.
func printable(r rune) rune {
	switch {
	case r == '\n', r == '\r', r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
		return '\n'
	case unicode.IsControl(r):
		return ' '
	case hidden(r):
		return -1
	}
	return r
}

// hidden reports whether a rune is not seen: marks of direction, joiners, tags, and
// what no character is assigned to.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Variation_Selector) || r == '\u034f' || r == '\u115f' || r == '\u3164'
}
