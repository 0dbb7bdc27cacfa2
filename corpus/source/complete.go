package source

import (
	"cmp"
	"fmt"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// FrontMatter parts the front matter that opens a document, that of a file called name, from the text below it, and puts
// what it states over what a says. A text without front matter is returned as it is, with a. Front matter that is not
// closed or has a bad date, address or language is an error that names the file. The text may be made of paragraphs
// parted by blank lines, and front matter, too.
func FrontMatter(name, s string, a corpus.Article) (withFront corpus.Article, rest string, err error) {
	return takeFrontMatter(name, joinFrontMatter(unixLines(s)), a)
}

// takeFrontMatter is FrontMatter for the text of a text file, whose front matter ends at a blank line.
func takeFrontMatter(name, s string, a corpus.Article) (withFront corpus.Article, rest string, err error) {
	block, rest, err := splitFrontMatter(s)
	if err != nil {
		return a, s, fmt.Errorf("%s: %w", Label(name), err)
	}
	withFront, err = override(a, block.meta(), func(key string) string {
		return fmt.Sprintf("%s: front matter: %s", Label(name), block[key].key)
	})
	if err != nil {
		return a, s, err
	}
	withFront.ID = cmp.Or(block.id(), a.ID)
	return withFront, rest, nil
}

// Complete returns an article that was read from a document, such as a PDF, completed by what its body states in the
// words of a text file: front matter at its top, which wins over what the document says of itself, a headline where
// there is no title, and what is missing from the dateline. name is that of the file, for errors; they are those of
// [Parse].
func Complete(name string, a corpus.Article) (corpus.Article, error) {
	a, body, err := FrontMatter(name, a.Body, a)
	if err != nil {
		return corpus.Article{}, err
	}
	title, below := headlineOf(a, body)
	if !HasText(below) {
		return corpus.Article{}, fmt.Errorf("%s: %w below its title and front matter", Label(name), corpus.ErrEmpty)
	}
	a.Body = below
	return completeFromDateline(entitle(a, title)), nil
}

// headlineOf parts the headline from a text. Where the title is known, other lines at the top stay as they are and where they are.
func headlineOf(a corpus.Article, s string) (title, body string) {
	if a.Title == "" {
		return splitHeadline(s)
	}
	if first, rest := cutHeadline(strings.TrimSpace(s)); text.Normalize(first) == text.Normalize(a.Title) {
		return first, rest
	}
	return "", strings.TrimSpace(s)
}

// joinFrontMatter returns a text with the paragraphs that open it on adjacent lines when they are lines of front matter:
// in a document each line is a paragraph of its own, and word processors turn "---" into a drawn line.
func joinFrontMatter(s string) string {
	rest, lines := strings.TrimLeft(s, "\n"), []string(nil)
	for range maxFrontMatter {
		paragraph, below, _ := strings.Cut(rest, "\n\n")
		if !areKnown(paragraph) {
			break
		}
		lines, rest = append(lines, strings.TrimSpace(paragraph)), strings.TrimLeft(below, "\n")
	}
	if len(lines) == 0 {
		return s
	}
	return strings.Join(lines, "\n") + "\n\n" + rest
}

// areKnown reports whether all lines of a paragraph are front matter with keys that are known.
func areKnown(paragraph string) bool {
	for line := range strings.SplitSeq(strings.Trim(paragraph, "\n"), "\n") {
		if !isKnown(line) {
			return false
		}
	}
	return true
}
