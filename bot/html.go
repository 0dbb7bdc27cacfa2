package bot

import (
	"regexp"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// The marks that give a line the direction of its first letter when it does not
// begin with one (Unicode Standard Annex 9). Clients decide the direction of a
// line by its first strong character, and not all of them pass over isolates.
const (
	lrm = "\u200e"
	rlm = "\u200f"
)

// HTML renders a document in the HTML of the Bot API. link returns the address
// of an article's own pages in the bot, which is where an article leads that has
// no address outside.
//
// Text of articles is as it is: all that is added are tags, the four entities
// that escape them, and the invisible U+2068, U+2069, U+200E and U+200F.
func (d Document) HTML(link func(article string) string) string {
	blocks := make([]string, len(d.blocks))
	for i, b := range d.blocks {
		lines := make([]string, len(b))
		for j, l := range b {
			lines[j] = l.html(d.language, link)
		}
		blocks[i] = strings.Join(lines, "\n")
	}
	return strings.ToValidUTF8(strings.Join(blocks, "\n\n"), "\uFFFD") // Telegram takes nothing else
}

// A quotation that is longer than this is folded: a client shows its first three
// lines and the rest when it is touched. 300 UTF-16 code units are about seven
// lines on a phone, more than most sentences of the news have, so that what
// answers a question is seen at once; a passage pushes no other out of sight.
const (
	foldUnits = 300
	foldLines = 4
)

// html renders a line of a frame in the language lang.
func (l line) html(lang text.Language, link func(string) string) string {
	if l.quotation {
		return l.htmlQuotation()
	}
	var b strings.Builder
	b.WriteString(l.direction(lang))
	for _, s := range l.spans {
		b.WriteString(s.html(lang, link))
	}
	return b.String()
}

// htmlQuotation renders a quotation, folded when it is long.
func (l line) htmlQuotation() string {
	body := l.htmlRows()
	if l.trimmed {
		body = strings.Trim(body, "\n")
	}
	folded := !l.unfolded && (visible(body) > foldUnits || strings.Count(body, "\n") >= foldLines)
	if l.code {
		body = "<code>" + body + "</code>"
	}
	if folded {
		return "<blockquote expandable>" + body + "</blockquote>"
	}
	return "<blockquote>" + body + "</blockquote>"
}

// direction returns the mark that a frame's line needs in front.
func (l line) direction(lang text.Language) string {
	var all strings.Builder
	for _, s := range l.spans {
		all.WriteString(s.shown(lang))
	}
	return direction(all.String(), lang)
}

// direction returns the mark that must stand before a line in the language
// lang: none when its first character settles the matter, or when there is
// nothing that could turn an English one.
func direction(line string, lang text.Language) string {
	first := firstRune(line)
	switch {
	case strings.TrimSpace(line) == "":
		return ""
	case lang == text.Arabic && !isRTL(first):
		return unmarked(rlm, first)
	case lang == text.English && string(first) != lrm && !unicode.Is(unicode.Latin, first) && strings.ContainsFunc(line, isRTL):
		return unmarked(lrm, first)
	}
	return ""
}

// unmarked returns a mark such that it can stand before the character next: of
// several marks in a row Telegram keeps the last one only.
func unmarked(mark string, next rune) string {
	if string(next) == lrm || string(next) == rlm {
		return mark + fsi + pdi
	}
	return mark
}

// directionQuoted is [direction] for a line of a quotation. A line of an Arabic
// article that is all in other letters, such as the name of an agency or a
// sentence in English, is left to itself: its full stop belongs on its right.
func directionQuoted(line string, lang text.Language) string {
	foreign := func(r rune) bool { return isForeign(r, text.Arabic) }
	if lang == text.Arabic && !strings.ContainsFunc(line, isRTL) && strings.ContainsFunc(line, foreign) {
		return ""
	}
	return direction(line, lang)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func (s span) html(lang text.Language, link func(string) string) string {
	shown := escape(s.shown(lang))
	switch s.role {
	case roleStrong:
		return "<b>" + shown + "</b>"
	case roleCode: // what is copied has no isolates
		return apart("<code>"+escape(s.text)+"</code>", lang)
	case roleLink, roleRead:
		return s.anchor(shown, link)
	}
	return shown
}

// shown is what can be seen of a span of a frame in the language lang, with its
// isolates.
func (s span) shown(lang text.Language) string {
	switch s.role {
	case roleMark, roleCode:
		return apart(s.text, lang)
	case roleOutside, roleLink:
		return outside(s.text, lang)
	case roleRead:
		return say(lang, keyRead)
	case roleWritten:
		return writtenWords(s.text, lang)
	}
	return words(s.text, lang)
}

// outside is [PrintableLine] with numbers isolated as well, which an Arabic line
// could otherwise join with what stands beside them.
func outside(s string, lang text.Language) string {
	s = PrintableLine(s, lang)
	if lang != text.Arabic || strings.HasPrefix(s, fsi) || !strings.ContainsFunc(s, unicode.IsDigit) {
		return s
	}
	return apart(s, lang)
}

// words isolates dates, numbers, commands and Latin words from the Arabic words
// of the bot around them.
func words(s string, lang text.Language) string {
	if lang != text.Arabic {
		return s
	}
	return foreignWords.ReplaceAllString(s, fsi+"${0}"+pdi)
}

// foreignWords matches what is isolated in the bot's own Arabic, with the marks
// that direct it in a terminal: a date as a whole, the mark of a citation, or
// Latin words and numbers in a row with the signs between them.
var foreignWords = regexp.MustCompile(`\d{1,2} (?:` + strings.Join(everyMonth(), "|") + `) \d{4}` +
	`|\[\d+\]` +
	`|\x{200e}?[/+-]?[\p{Latin}\d](?:[\p{Latin}\d _./:?#@%&+'=-]*[\p{Latin}\d%])?\x{200e}?`)

// apart isolates what is neither of one direction nor of the other from an
// Arabic line.
func apart(s string, lang text.Language) string {
	if lang != text.Arabic {
		return s
	}
	return fsi + s + pdi
}

// anchor makes a link of rendered text.
func (s span) anchor(rendered string, link func(string) string) string {
	return `<a href="` + escape(s.address(link)) + `">` + rendered + "</a>"
}

// address is where a link leads.
func (s span) address(link func(string) string) string {
	address := printableURL(s.url)
	if address == "" || len(escape(address)) > maxAddress {
		return link(s.article)
	}
	return address
}

// htmlRows renders the text of a quotation, each of its lines in the
// direction of its language and with its isolates balanced.
func (l line) htmlRows() string {
	var b strings.Builder
	all := rows(l.spans)
	bold := false
	for i, row := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		var raw strings.Builder
		for _, s := range row {
			raw.WriteString(s.text)
		}
		before, after := balance(raw.String())
		b.WriteString(directionQuoted(before+raw.String(), l.language) + before)
		for j, s := range row {
			if s.isBold() && !bold {
				b.WriteString("<b>")
				bold = true
			}
			b.WriteString(escape(s.text))
			if s.isBold() && !boldAfter(all, i, j) {
				b.WriteString("</b>")
				bold = false
			}
		}
		b.WriteString(after)
	}
	return b.String()
}

// isBold reports whether something of a span is to be seen in bold.
func (s span) isBold() bool { return s.role == roleCited && strings.TrimSpace(s.text) != "" }

// boldAfter reports whether the next thing to be seen after the span j of row i
// is in bold. One tag is around all of it, since the tags of a message are
// numbered.
func boldAfter(all [][]span, i, j int) bool {
	for j++; i < len(all); i, j = i+1, 0 {
		for _, s := range all[i][min(j, len(all[i])):] {
			if strings.TrimSpace(s.text) != "" {
				return s.isBold()
			}
		}
	}
	return false
}

// rows divides spans at their line feeds.
func rows(spans []span) [][]span {
	out := [][]span{nil}
	for _, s := range spans {
		for i, part := range strings.Split(s.text, "\n") {
			if i > 0 {
				out = append(out, nil)
			}
			last := &out[len(out)-1]
			*last = append(*last, span{role: s.role, text: part})
		}
	}
	return out
}

// escape is how the Bot API wants text, inside a tag or between two.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
