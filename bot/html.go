package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"

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
	return strings.Join(blocks, "\n\n")
}

// html renders a line of a frame in the language lang.
func (l line) html(lang text.Language, link func(string) string) string {
	if l.quotation {
		return "<blockquote>" + l.htmlQuotation() + "</blockquote>"
	}
	var b strings.Builder
	b.WriteString(l.direction(lang))
	for _, s := range l.spans {
		b.WriteString(s.html(lang, link))
	}
	return b.String()
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
		return rlm
	case lang == text.English && !unicode.Is(unicode.Latin, first) && strings.ContainsFunc(line, isRTL):
		return lrm
	}
	return ""
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
		return PrintableLine(s.text, lang)
	case roleRead:
		return say(lang, keyRead)
	}
	return s.text
}

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
	if s.url == "" {
		return link(s.article)
	}
	return printableURL(s.url)
}

// htmlQuotation renders the text of a quotation, each of its lines in the
// direction of its language and with its isolates balanced.
func (l line) htmlQuotation() string {
	var b strings.Builder
	for i, row := range rows(l.spans) {
		if i > 0 {
			b.WriteByte('\n')
		}
		var raw strings.Builder
		for _, s := range row {
			raw.WriteString(s.text)
		}
		before, after := balance(raw.String())
		b.WriteString(direction(before+raw.String(), l.language) + before)
		for _, s := range row {
			b.WriteString(s.htmlVerbatim())
		}
		b.WriteString(after)
	}
	return b.String()
}

func (s span) htmlVerbatim() string {
	if s.role != roleCited || strings.TrimSpace(s.text) == "" {
		return escape(s.text)
	}
	return "<b>" + escape(s.text) + "</b>"
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

// visible is the length of rendered text as Telegram limits it: in UTF-16 code
// units, after entities are parsed.
func visible(html string) int {
	n, inTag, inEntity := 0, false, false
	for _, r := range html {
		switch {
		case inTag:
			inTag = r != '>'
		case inEntity:
			inEntity = r != ';'
		case r == '<':
			inTag = true
		default:
			inEntity = r == '&' // the whole of it counts as one
			n += utf16.RuneLen(r)
		}
	}
	return n
}
