package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// destination returns the length of what makes a link of the brackets before s:
// `(address "title")`, or `[1]`, the number of a reference. It is 0 when s
// begins with neither. The address must look like one, so that an editor's
// "[the minister](formerly)" is not taken for a link.
func destination(s string) int {
	if strings.HasPrefix(s, "[") {
		return referenceLength(s)
	}
	if !strings.HasPrefix(s, "(") {
		return 0
	}
	end := addressEnd(s)
	if !isAddress(strings.Trim(s[1:end], "<>")) {
		return 0
	}
	end += titleLength(s[end:])
	if !strings.HasPrefix(s[end:], ")") {
		return 0
	}
	return end + 1
}

// referenceLength returns the length of the "[12]" that s begins with, or 0.
func referenceLength(s string) int {
	end := strings.IndexByte(s[:min(len(s), 6)], ']')
	if end < 2 || strings.Trim(s[1:end], "0123456789") != "" {
		return 0
	}
	return end + 1
}

// addressEnd returns where the address in "(address)" ends: at white space, a
// bracket or the parenthesis that closes it.
func addressEnd(s string) int {
	depth := 0
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '[', ']':
			return i
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return len(s)
}

// titleLength returns the length of the ` "title"` that s begins with, or 0.
func titleLength(s string) int {
	const longest = 300
	s = s[:min(len(s), longest)]
	rest := strings.TrimLeft(s, " \t")
	spaces := len(s) - len(rest)
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return 0
	}
	end := strings.IndexByte(rest[1:], rest[0])
	if end < 0 || strings.ContainsAny(rest[1:end+1], "[\n") {
		return 0
	}
	return spaces + end + 2
}

// isAddress reports whether the target of a link is an address rather than a
// word in parentheses.
func isAddress(s string) bool {
	switch {
	case s == "" || strings.ContainsAny(s, " \t\n"):
		return false
	case strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") || strings.HasPrefix(s, "www."):
		return true
	case s[0] == '/' || s[0] == '#' || s[0] == '.' || s[0] == '?':
		return true
	}
	dot := strings.LastIndexByte(s, '.')
	return dot > 0 && dot < len(s)-1 || strings.Contains(s, "/") && s[0] < utf8.RuneSelf
}

// bracketPairs returns, for the index of each "[" or "]" that has a counterpart,
// the counterpart's index plus one; nil when s has no brackets. A backslash
// before a bracket takes it out of the matching.
func bracketPairs(s string) []int32 {
	if !strings.Contains(s, "](") && !strings.Contains(s, "][") {
		return nil
	}
	pairs := make([]int32, len(s))
	var open []int32
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			open = append(open, int32(i))
		case ']':
			if n := len(open); n > 0 {
				start := open[n-1]
				open = open[:n-1]
				pairs[start], pairs[i] = int32(i)+1, start+1
			}
		}
	}
	return pairs
}

// tickRuns returns where the runs of each length of "`" begin, ascending.
func tickRuns(s string) map[int][]int {
	runs := make(map[int][]int)
	for i := strings.IndexByte(s, '`'); i >= 0 && i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		n := runLength(s[i:])
		runs[n] = append(runs[n], i)
		i += n
	}
	return runs
}

// runLength counts how often the first byte of s is repeated from its start.
func runLength(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}

// isTag reports whether the inside of <...> is a tag that only dresses text.
func isTag(inner string) bool {
	switch tagName(inner) {
	case "b", "i", "u", "s", "em", "strong", "mark", "small", "sub", "sup", "span", "center", "a", "font":
		return true
	}
	return isBreak(inner)
}

// isBreak reports whether the inside of <...> is a tag that parts words.
func isBreak(inner string) bool {
	switch tagName(inner) {
	case "br", "hr", "p", "div", "blockquote":
		return true
	}
	return false
}

// tagName returns the name of the tag with the given inside, in lower case.
func tagName(inner string) string {
	name, _, _ := strings.Cut(strings.ToLower(strings.Trim(inner, "/ ")), " ")
	return name
}

// isWordRune reports whether r can be part of a word.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
