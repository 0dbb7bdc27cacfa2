package source

import (
	"strings"
	"unicode/utf8"
)

// splitMarkdown returns the text of a first-line heading, if there is one, and
// the text below without Markdown's marks. Both kinds of heading count: "# A"
// and "A" underlined with "===".
func splitMarkdown(s string) (title, body string) {
	s = strings.TrimSpace(dropComments(s))
	line, rest, _ := strings.Cut(s, "\n")
	if heading, ok := atxHeading(line); ok {
		title, body = heading, rest
	} else if under, below, _ := strings.Cut(rest, "\n"); isUnderline(under, '=') && !isBullet(line) {
		title, body = line, below
	}
	title = strings.TrimSpace(inline(title))
	if !HasText(title) || utf8.RuneCountInString(title) > maxValue {
		return "", cleanMarkdown(s)
	}
	return title, cleanMarkdown(body)
}

// cleanMarkdown removes the marks of Markdown from s so that its sentences read
// as prose, and keeps the words: heading marks, emphasis, quotation marks at
// line starts, rules, fences and link addresses go, images with them. List
// bullets stay. The lines of a paragraph that was broken to fit a column are
// joined, as every renderer of Markdown joins them.
func cleanMarkdown(s string) string {
	c := cleaner{}
	for line := range strings.SplitSeq(s, "\n") {
		c.add(line)
	}
	c.flush()
	return squeeze(c.out)
}

// cleaner takes the lines of a Markdown text one by one.
type cleaner struct {
	out       []string
	paragraph strings.Builder // lines not yet in out
	last      string          // the newest of them
	fence     string          // the mark that opened the block of code we are in, or ""
}

// add takes one line.
func (c *cleaner) add(raw string) {
	line := unquoteBlock(raw)
	mark := fenceMark(line)
	heading, isHeading := atxHeading(line)
	switch {
	case c.fence != "" && strings.HasPrefix(mark, c.fence):
		c.fence = ""
	case c.fence != "":
		c.out = append(c.out, raw)
	case mark != "":
		c.flush()
		c.fence = mark
	case isHeading:
		c.flush()
		c.out = append(c.out, inline(heading))
	case isRule(line, c.paragraph.Len() > 0), isDefinition(line):
		c.flush()
	case strings.TrimSpace(line) == "":
		c.flush()
		c.out = append(c.out, "")
	default:
		c.extend(line)
	}
}

// extend adds a line to the paragraph, with a space where the line before it
// was broken in mid sentence.
func (c *cleaner) extend(line string) {
	switch {
	case c.paragraph.Len() == 0:
	case isWrapped(c.last, line):
		c.paragraph.WriteByte(' ')
		line = strings.TrimLeft(line, " \t")
	default:
		c.paragraph.WriteByte('\n')
	}
	c.last = line
	c.paragraph.WriteString(strings.TrimRight(line, " \t"))
}

// flush ends the paragraph.
func (c *cleaner) flush() {
	if c.paragraph.Len() > 0 {
		c.out = append(c.out, inline(c.paragraph.String()))
		c.paragraph.Reset()
	}
}

// wrapWidth is the length, in runes, from which a line counts as broken by a
// column; shorter ones were ended on purpose.
const wrapWidth = 45

// isWrapped reports whether next continues the sentence of the line before it.
func isWrapped(line, next string) bool {
	if strings.HasSuffix(line, "  ") || strings.HasSuffix(line, `\`) || isTableRow(line) || isTableRow(next) || isBullet(next) {
		return false
	}
	line = strings.TrimRight(line, `*_"'”’»)] `)
	last, _ := utf8.DecodeLastRuneInString(line)
	return !strings.ContainsRune(".!?؟…۔:", last) && utf8.RuneCountInString(line) >= wrapWidth
}

// isTableRow reports whether a line is a row of a table.
func isTableRow(line string) bool {
	return strings.HasPrefix(strings.TrimSpace(line), "|")
}

// isBullet reports whether a line is an item of a list: "- a", "* a", "1. a".
func isBullet(line string) bool {
	mark, _, ok := strings.Cut(strings.TrimLeft(line, " \t"), " ")
	if !ok || mark == "" || len(mark) > 4 {
		return false
	}
	if mark == "-" || mark == "*" || mark == "+" || mark == "•" {
		return true
	}
	number := strings.TrimRight(mark, ".)")
	return len(number) == len(mark)-1 && strings.Trim(number, "0123456789") == ""
}

// atxHeading returns the text of a "## Heading ##" line.
func atxHeading(line string) (text string, ok bool) {
	line = strings.TrimLeft(line, " ")
	text = strings.TrimLeft(line, "#")
	if n := len(line) - len(text); n == 0 || n > 6 || text != "" && text[0] != ' ' && text[0] != '\t' {
		return "", false
	}
	text = strings.TrimSpace(text)
	if bare := strings.TrimRight(text, "#"); bare == "" || strings.HasSuffix(bare, " ") {
		text = strings.TrimSpace(bare)
	}
	return text, true
}

// unquoteBlock removes the ">" marks of a block quotation.
func unquoteBlock(line string) string {
	for {
		rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), ">")
		if !ok {
			return line
		}
		line = strings.TrimPrefix(rest, " ")
	}
}

// fenceMark returns the run of three or more "`" or "~" that opens or closes a
// block of code, or "".
func fenceMark(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, c := range []string{"`", "~"} {
		rest := strings.TrimLeft(line, c)
		if n := len(line) - len(rest); n >= 3 && !strings.Contains(rest, c) {
			return line[:n]
		}
	}
	return ""
}

// isRule reports whether a line is a horizontal rule, or the underline of a
// heading when it follows text.
func isRule(line string, follows bool) bool {
	if follows && (isUnderline(line, '=') || isUnderline(line, '-')) {
		return true
	}
	line = strings.NewReplacer(" ", "", "\t", "").Replace(line)
	return len(line) >= 3 && (isUnderline(line, '-') || isUnderline(line, '*') || isUnderline(line, '_'))
}

// isUnderline reports whether a line consists of c alone.
func isUnderline(line string, c byte) bool {
	line = strings.TrimSpace(line)
	return line != "" && strings.Trim(line, string(c)) == ""
}

// isDefinition reports whether a line gives the address of a reference link:
// `[1]: https://example.org "Title"`.
func isDefinition(line string) bool {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "[") || strings.HasPrefix(line, "[^") {
		return false
	}
	_, dest, ok := strings.Cut(line, "]:")
	dest, _, _ = strings.Cut(strings.TrimSpace(dest), " ")
	return ok && isAddress(strings.Trim(dest, "<>"))
}

// dropComments removes HTML comments. An unclosed one is kept: it would take the
// rest of the article along.
func dropComments(s string) string {
	if !strings.Contains(s, "<!--") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<!--")
		if !ok {
			break
		}
		_, after, ok := strings.Cut(rest, "-->")
		if !ok {
			break
		}
		b.WriteString(before)
		if strings.HasSuffix(before, " ") {
			after = strings.TrimPrefix(after, " ")
		}
		s = after
	}
	return b.String() + s
}

// squeeze joins lines, with at most one blank line between paragraphs.
func squeeze(lines []string) string {
	var b strings.Builder
	blank := true
	for _, line := range lines {
		empty := strings.TrimSpace(line) == ""
		if empty && blank {
			continue
		}
		b.WriteString(strings.TrimRight(line, " \t"))
		b.WriteByte('\n')
		blank = empty
	}
	return strings.TrimSpace(b.String())
}
