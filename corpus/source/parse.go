package source

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// maxHeadline is the length, in runes, up to which a first line can be a title.
const maxHeadline = 120

// Parse reads an article from the bytes of a text or Markdown file called name
// (its extension decides: .txt, .text or none, .md or .markdown). data is not
// kept.
//
// It takes title, outlet, address, date, language, author, date of modification,
// embargo and ID from front matter, whose keys are the names of [FieldName], what is
// missing from a heading and, of an article without an ID, the dateline, and leaves
// the rest empty for [corpus.Prepare]. The body is as in the file, without front matter, title
// line and outer white space, with "\n" line ends and, in Markdown, without
// marks.
//
// Binary files, other extensions, more than [MaxFile] bytes, text that is not
// UTF-8 (or UTF-16 with a byte order mark), front matter that is not closed or
// has a bad date, address or language, and a file without text ([corpus.ErrEmpty]) are refused
// with an error that names the file. Those of the characters are a [Refusal].
func Parse(name string, data []byte) (corpus.Article, error) {
	s, err := readText(name, data)
	if err != nil {
		return corpus.Article{}, err
	}
	split, err := splitterFor(name)
	if err != nil {
		return corpus.Article{}, err
	}
	return parse(name, s, split)
}

// ParseText is [Parse] for a file that is known to be text, or Markdown, whatever the extension of its name.
func ParseText(name string, data []byte, markdown bool) (corpus.Article, error) {
	s, err := readText(name, data)
	if err != nil {
		return corpus.Article{}, err
	}
	if markdown {
		return parse(name, s, splitMarkdown)
	}
	return parse(name, s, splitHeadline)
}

// readText returns the characters of a text file.
func readText(name string, data []byte) (string, error) {
	shown := Label(name)
	if err := checkSize(shown, int64(len(data))); err != nil {
		return "", err
	}
	return decode(shown, data)
}

// parse makes an article of a text; split parts its title from its body.
func parse(name, s string, split func(s string) (title, body string)) (corpus.Article, error) {
	a, s, err := takeFrontMatter(name, s, corpus.Article{})
	if err != nil {
		return corpus.Article{}, err
	}
	title, body := split(s)
	if !HasText(body) {
		return corpus.Article{}, fmt.Errorf("%s: %w below its title and front matter", Label(name), corpus.ErrEmpty)
	}
	a.Body = body
	return completeFromDateline(entitle(a, title)), nil
}

// Label is the name of a file, or of a part of one, as it appears in errors: at most 200 characters on one line, since a
// name may come from a stranger's message.
func Label(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text.Valid(name))
	if utf8.RuneCountInString(name) > 200 {
		name = string([]rune(name)[:199]) + "…"
	}
	if strings.TrimSpace(name) == "" {
		return "the file"
	}
	return name
}

// splitterFor returns, by the extension of name, the function that parts a text
// into title (empty when it has none) and body, and refuses other extensions.
func splitterFor(name string) (split func(s string) (title, body string), err error) {
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case ext == ".md" || ext == ".markdown":
		return splitMarkdown, nil
	case ext == "" || ext == "." || ext == ".txt" || ext == ".text":
		return splitHeadline, nil
	case strings.Contains(ext, " "): // "Letter to Mr. Smith" has no extension
		return splitHeadline, nil
	}
	return nil, fmt.Errorf("%s has the extension %s; rename it to end in .txt or .md if it is text", Label(name), Label(ext))
}

// splitHeadline parts a first line that is clearly a headline from the text
// below it. A byline above it is none and stays in the body.
func splitHeadline(s string) (title, body string) {
	s = strings.TrimSpace(s)
	title, body = cutHeadline(s)
	if title == "" || !isByline(title) {
		return title, body
	}
	byline := title
	if title, body = cutHeadline(body); title == "" || isByline(title) {
		return "", s
	}
	return title, byline + "\n\n" + body
}

// cutHeadline parts a first line that has the form of a headline: short, without
// a stop at its end, set off by a blank line, and not a dateline.
func cutHeadline(s string) (title, body string) {
	line, rest, ok := strings.Cut(s, "\n")
	title = strings.TrimSpace(line)
	next, _, _ := strings.Cut(rest, "\n")
	if !ok || strings.TrimSpace(next) != "" || !isHeadline(title) || !HasText(rest) {
		return "", s
	}
	if _, ok := parseDateline(title); ok {
		return "", s
	}
	return title, strings.TrimSpace(rest)
}

// isHeadline reports whether a line has the shape of one.
func isHeadline(line string) bool {
	if utf8.RuneCountInString(line) > maxHeadline || !HasText(line) {
		return false
	}
	bare := strings.TrimRight(line, `"'”’»)] `)
	last, _ := utf8.DecodeLastRuneInString(bare)
	return !strings.ContainsRune(".!?؟…۔:؛;,،", last)
}

// entitle gives a the title found in its text. When the article already has
// one, the line stays in the body unless it says the same.
func entitle(a corpus.Article, title string) corpus.Article {
	switch {
	case title == "":
	case a.Title == "":
		a.Title = oneLine(title)
	case text.Normalize(a.Title) != text.Normalize(title):
		a.Body = title + "\n\n" + a.Body
	}
	return a
}

// completeFromDateline fills in the date and outlet that a lacks. One with an ID has been
// in a store before, and is taken as it is.
func completeFromDateline(a corpus.Article) corpus.Article {
	if a.ID != "" || !a.Published.IsZero() && a.Source != "" {
		return a
	}
	_, date, outlet, ok := Dateline(a.Body)
	if !ok {
		return a
	}
	if a.Published.IsZero() {
		a.Published = date
	}
	if a.Source == "" {
		a.Source = outlet
	}
	return a
}

// HasText reports whether s says anything: a letter or a digit.
func HasText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
