package bot

import (
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// PlainText renders an answer as lines of text without markup, ending in a line
// feed. Quotes are verbatim: all that is added are quotation marks and the
// invisible isolates U+2068 and U+2069 around text that runs against the
// direction of the frame; all that is replaced are control characters, which
// could steer a terminal (see [Printable]).
func PlainText(a retrieval.Answer) string {
	return compose(a).plain()
}

// plain renders a message: its paragraphs with an empty line between them.
func (m message) plain() string {
	paragraphs := []string{m.lead}
	if m.heading != "" {
		paragraphs = append(paragraphs, m.heading)
	}
	for _, e := range m.entries {
		paragraphs = append(paragraphs, e.plain(m.language))
	}
	if len(m.notes) > 0 {
		paragraphs = append(paragraphs, strings.Join(m.notes, "\n"))
	}
	return strings.Join(paragraphs, "\n\n") + "\n"
}

// plain renders a citation for a frame in the language lang: context, quote,
// where it is from, and where to read it.
func (e entry) plain(lang text.Language) string {
	var lines []string
	if e.context != "" {
		lines = append(lines, say(lang, keyContext), e.quoted(e.context, lang))
	}
	return strings.Join(append(lines, e.quoted(e.quote, lang), e.label(lang), e.link(lang)), "\n")
}

// quoted puts a text in the quotation marks of its article's language.
func (e entry) quoted(s string, lang text.Language) string {
	before, after := "“", "”"
	if e.language == text.Arabic {
		before, after = "«", "»"
	}
	return isolate(before+Printable(s)+after, lang)
}

func (e entry) label(lang text.Language) string {
	parts := []string{
		PrintableLine(e.outlet, lang),
		e.date,
		PrintableLine(e.title, lang),
	}
	return e.mark + " " + strings.Join(parts, say(lang, keyListSeparator))
}

// link is the article's address or, when it has none, its id.
func (e entry) link(lang text.Language) string {
	if e.url == "" {
		return say(lang, keyArticle, isolate(e.article, lang))
	}
	return printableURL(e.url)
}

// ArticleText renders a whole article with a frame in the language lang: title,
// outlet and date, id, address when it has one, and its text, ending in a line
// feed. What [PlainText] says of quotes holds for the text.
func ArticleText(a corpus.Article, lang text.Language) string {
	e := newEntry(retrieval.Citation{
		ArticleID: a.ID, Title: a.Title, Source: a.Source,
		Published: a.Published, Language: a.Language,
	}, lang)
	origin := []string{PrintableLine(e.outlet, lang), e.date}
	lines := []string{
		PrintableLine(e.title, lang),
		strings.Join(origin, say(lang, keyListSeparator)),
		e.link(lang),
	}
	if a.URL != "" {
		lines = append(lines, printableURL(a.URL))
	}
	return strings.Join(append(lines, "", isolate(Printable(a.Body), lang)), "\n") + "\n"
}
