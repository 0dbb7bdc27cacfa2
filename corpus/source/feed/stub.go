package feed

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
)

// How many words make a text more than a beginning. Feeds put whole texts into the element content, and often but a first
// paragraph into the description.
const (
	fullContent     = 60
	fullDescription = 150
	// enough is how many words are worth storing when the page cannot be read.
	enough = 25
)

// fullest returns the longer text of an item, and whether it is all of it.
func fullest(content, description string) (s string, full bool) {
	c, cutContent := untail(plain(content))
	d, cutDescription := untail(plain(description))
	if len(d) > len(c) {
		return d, !cutDescription && corpus.CountWords(d) >= fullDescription
	}
	return c, !cutContent && corpus.CountWords(c) >= fullContent
}

// What texts in feeds end with besides text. A sentence may end with the words "read more", too, so they have to stand
// behind the end of another.
var (
	appeared = regexp.MustCompile(`(?i)\s*(the post .+ appeared first on .+|ظهرت المقالة .+ أولاً على .+)$`)
	more     = regexp.MustCompile(`(?i)(^|\n|[.…!?؟»"\])])\s*[\[(]?(read more|read the full story|read the full article|` +
		`continue reading|full story|اقرأ المزيد|إقرأ المزيد|أقرأ المزيد|اقرأ الخبر كاملا|تابع القراءة|متابعة القراءة|` +
		`أكمل القراءة|لقراءة المزيد|للمزيد|المزيد)[\s.…:»«›→>\])]*$`)
	dots = regexp.MustCompile(`(…|\.\.\.)[\])]?$`)
)

// maxTail is how much of the end of a text is looked at, in bytes.
const maxTail = 800

// untail takes off what is no text of the article, and tells whether the text breaks off.
func untail(s string) (text string, cut bool) {
	start := max(0, len(s)-maxTail)
	for start < len(s) && !utf8.RuneStart(s[start]) {
		start++
	}
	tail := strings.TrimRightFunc(appeared.ReplaceAllString(s[start:], ""), unicode.IsSpace)
	if m := more.FindStringSubmatchIndex(tail); m != nil {
		tail, cut = tail[:m[3]], true // what stands before the words stays
	}
	return strings.TrimSpace(s[:start] + tail), cut || dots.MatchString(tail)
}
