package source

import (
	"fmt"
	"strings"
	"unicode"

	"newsbot/corpus"
)

// maxFrontMatter is the number of lines a block may have between its rules.
const maxFrontMatter = 64

// rule is the line that opens and closes a block; tomlRule does so for TOML,
// which is not read.
const (
	rule     = "---"
	tomlRule = "+++"
)

// frontMatter holds the fields of a block by their canonical keys.
type frontMatter map[string]field

// field is one line of a block, its key as the file writes it.
type field struct{ key, value string }

// splitFrontMatter parts a leading block of "key: value" lines between two
// "---" lines, which may be forgotten, from the text after it. It returns nil and the
// whole text when there is no such block: a text may well begin with a horizontal rule, and no
// word of it may be lost. A block that states something known and is not closed
// within maxFrontMatter lines is an error, and so is one of TOML; neither may
// end up in quotes.
func splitFrontMatter(s string) (block frontMatter, body string, err error) {
	line, rest, ok := strings.Cut(strings.TrimLeft(s, "\n"), "\n")
	switch line = strings.TrimRight(line, " \t"); {
	case line == tomlRule && startsTOML(rest):
		return nil, s, &Fault{Kind: FaultTOML, Said: `front matter between "+++" lines is not understood: write "key: value" lines between two "---" lines`}
	case !ok || line != rule:
		return splitBareBlock(s)
	}
	block = make(frontMatter)
	for range maxFrontMatter + 1 {
		line, rest, ok = strings.Cut(rest, "\n")
		if strings.TrimRight(line, " \t") == rule {
			return block, rest, nil
		}
		if added := block.add(line); !added || !ok {
			return nil, s, block.unclosed(line, added)
		}
	}
	return nil, s, block.unclosed(line, true)
}

// unclosed is the error for a block that runs into the text at line, or, when
// that was a line of the block, to the end. It is nil when the block holds
// nothing known, and so is prose.
func (b frontMatter) unclosed(line string, inBlock bool) error {
	switch {
	case !b.known():
		return nil
	case inBlock:
		return &Fault{Kind: FaultFront, Said: fmt.Sprintf(
			"front matter without its closing ---: add the line below the last key (%d lines at most)", maxFrontMatter)}
	}
	below := firstRunes(strings.TrimSpace(line), mostFaultWord)
	return &Fault{Kind: FaultFront, Words: []string{below}, Said: fmt.Sprintf("front matter without its closing ---: add the line above %q", below)}
}

// startsTOML reports whether the first line that says something is a "key =
// value" line, or a "key: value" one whose rules are mistaken, or a [table].
func startsTOML(s string) bool {
	line, _ := cutLine(s)
	if key, _, ok := strings.Cut(line, "="); ok && isKey(key) {
		return true
	}
	key, _, ok := strings.Cut(line, ":")
	return ok && isKey(key) || strings.HasPrefix(line, "[") && strings.HasSuffix(strings.TrimSpace(line), "]")
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

// maxKey is the length, in bytes, of the longest key that is not known: a word.
const maxKey = 80

// isKey reports whether s can be a key: the name of a field, or one short word.
func isKey(s string) bool {
	if _, ok := FieldName(s); ok {
		return true
	}
	s = strings.TrimRight(s, " \t")
	return s != "" && len(s) <= maxKey && !strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("_-.", r) && !unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Cf)
	})
}

// canonicalKey is the key of the field that s is a name of, or, of an unknown one, s
// in lower case.
func canonicalKey(s string) string {
	if key, ok := FieldName(s); ok {
		return key
	}
	return strings.ToLower(strings.TrimSpace(s))
}

// unquote removes one pair of quotation marks around a value.
func unquote(s string) string {
	if len(s) < 2 || (s[0] != '"' && s[0] != '\'') || s[len(s)-1] != s[0] {
		return s
	}
	return strings.TrimSpace(s[1 : len(s)-1])
}

// known reports whether a block states anything about its article.
func (b frontMatter) known() bool { return b.meta() != (Meta{}) || b.id() != "" }

// id is the ID that a block states, "" for none. Other programs number their files under
// the same key; what cannot be an ID of ours is one of theirs.
func (b frontMatter) id() string {
	if id := b["id"].value; corpus.IsID(id) {
		return id
	}
	return ""
}

// meta returns the known values of a block as overrides.
func (b frontMatter) meta() Meta {
	return Meta{
		Title:     b["title"].value,
		Source:    b["source"].value,
		URL:       b["url"].value,
		Published: b["published"].value,
		Lang:      b["lang"].value,
		Author:    b["author"].value,
		Modified:  b["modified"].value,
		Embargo:   b["embargo"].value,
	}
}
