package source

import (
	"strings"
	"unicode"
)

// maxFrontMatter is the number of lines a block may have between its rules.
const maxFrontMatter = 64

// rule is the line that opens and closes a block.
const rule = "---"

// frontMatter holds the fields of a block by their canonical keys.
type frontMatter map[string]field

// field is one line of a block, its key as the file writes it.
type field struct{ key, value string }

// splitFrontMatter parts a leading block of "key: value" lines between two
// "---" lines from the text after it. It returns nil and the whole text when
// there is no such block, when it is not closed within maxFrontMatter lines, or
// when it holds prose: a text may well begin with a horizontal rule, and no
// word of it may be lost.
func splitFrontMatter(s string) (block frontMatter, body string) {
	line, rest, ok := strings.Cut(strings.TrimLeft(s, "\n"), "\n")
	if !ok || strings.TrimRight(line, " \t") != rule {
		return nil, s
	}
	block = make(frontMatter)
	for range maxFrontMatter + 1 {
		line, rest, ok = strings.Cut(rest, "\n")
		if strings.TrimRight(line, " \t") == rule {
			return block, rest
		}
		if !ok || !block.add(line) {
			return nil, s
		}
	}
	return nil, s
}

// add reads one line of a block and reports whether it may stand there.
// Comments and the indented or listed values of unknown keys are stepped over.
// The first statement of a key counts.
func (b frontMatter) add(line string) bool {
	if strings.TrimSpace(line) == "" || strings.ContainsRune(" \t#-", rune(line[0])) {
		return true
	}
	key, value, ok := strings.Cut(line, ":")
	if !ok || !isKey(key) {
		return false
	}
	canonical := canonicalKey(key)
	if b[canonical].value == "" {
		b[canonical] = field{key: strings.TrimSpace(key), value: unquote(strings.TrimSpace(value))}
	}
	return true
}

// isKey reports whether s can be a key: one short ASCII word.
func isKey(s string) bool {
	s = strings.TrimRight(s, " \t")
	return s != "" && len(s) <= 40 && !strings.ContainsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || r != '_' && r != '-' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// canonicalKey lowers a key and resolves its other names.
func canonicalKey(s string) string {
	switch s = strings.ToLower(strings.TrimSpace(s)); s {
	case "date":
		return "published"
	case "outlet":
		return "source"
	case "language":
		return "lang"
	}
	return s
}

// unquote removes one pair of quotation marks around a value.
func unquote(s string) string {
	if len(s) < 2 || (s[0] != '"' && s[0] != '\'') || s[len(s)-1] != s[0] {
		return s
	}
	return strings.TrimSpace(s[1 : len(s)-1])
}

// meta returns the known values of a block as overrides.
func (b frontMatter) meta() Meta {
	return Meta{
		Title:     b["title"].value,
		Source:    b["source"].value,
		URL:       b["url"].value,
		Published: b["published"].value,
		Lang:      b["lang"].value,
	}
}
