package source

import (
	"fmt"
	"strings"
)

// splitBareBlock parts front matter without its "---" lines from the text after it:
// the lines above the first empty one, when all are "key: value" with keys that are
// known. One such line may be a title or a byline, and several of one field the speakers of
// an interview ("Reporter: …"); it takes two fields, or an embargo, which must not be lost: with
// text right below it, it is an error. It returns nil and the whole text when there is
// no such block.
func splitBareBlock(s string) (block frontMatter, body string, err error) {
	block = make(frontMatter)
	rest := strings.TrimLeft(s, "\n")
	for {
		line, below, _ := strings.Cut(rest, "\n")
		if strings.TrimSpace(line) == "" {
			break
		}
		if !isKnown(line) || !block.add(line) {
			return nil, s, block.unparted(line)
		}
		rest = below
	}
	if len(block) < 2 && !block.embargoed() {
		return nil, s, nil
	}
	return block, rest, nil
}

// isKnown reports whether a line is "key: value" with a key that is known.
func isKnown(line string) bool {
	key, value, ok := strings.Cut(line, ":")
	if !ok || !isKey(key) || strings.TrimSpace(value) == "" {
		return false
	}
	return frontMatter{canonicalKey(key): field{value: unquote(strings.TrimSpace(value))}}.known()
}

// embargoed reports whether a block states until when there is an embargo.
func (b frontMatter) embargoed() bool {
	_, err := parsePublished(oneLine(b["embargo"].value))
	return err == nil
}

// unparted is the error for a block that runs into the text at line, nil when it
// states no embargo, and so is prose.
func (b frontMatter) unparted(line string) error {
	if !b.embargoed() {
		return nil
	}
	below := firstRunes(strings.TrimSpace(line), mostFaultWord)
	return &Fault{Kind: FaultEmbargo, Words: []string{below}, Said: fmt.Sprintf(
		"%s: add an empty line above %q, or leave the embargo out", b["embargo"].key, below)}
}
