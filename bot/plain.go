package bot

import (
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// PlainText renders an answer as lines of text without markup, ending in a line
// feed, see [Document.Text].
func PlainText(a retrieval.Answer) string { return InternationalMonths.PlainText(a) }

// ArticleText renders a whole article with a frame in the language lang: title,
// outlet and date, id, address when it has one, and its text, ending in a line
// feed. What [Document.Text] says of quotes holds for the text.
func ArticleText(a corpus.Article, lang text.Language) string {
	d := Document{language: lang}
	lines := []line{
		{spans: []span{{role: roleOutside, text: orElse(a.Title, lang, keyUntitled)}}},
		list(lang, span{role: roleOutside, text: orElse(a.Source, lang, keyOutletUnknown)}, date(a.Published, lang)),
		articleLine(a.ID, lang),
	}
	if a.URL != "" {
		lines = append(lines, sentence(printableURL(a.URL)))
	}
	d.add(lines...)
	return d.Text() + "\n" + isolate(Printable(a.Body), lang) + "\n"
}

// articleLine says the ID of an article.
func articleLine(id string, lang text.Language) line {
	return sentenceAround(lang, keyArticle, id)
}

// Text renders a document as lines of text without markup, ending in a line
// feed. Quotes are verbatim: all that is added are quotation marks and the
// invisible isolates U+2068 and U+2069 around text that runs against the
// direction of the frame; all that is replaced are control characters, which
// could steer a terminal (see [Printable]).
func (d Document) Text() string {
	blocks := make([]string, len(d.blocks))
	for i, b := range d.blocks {
		var lines []string
		for _, l := range b {
			lines = append(lines, l.plain(d.language, b)...)
		}
		blocks[i] = strings.Join(lines, "\n")
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

// plain renders a line, and below it or behind them where its links lead, unless the
// block that it is in says so.
func (l line) plain(lang text.Language, in block) []string {
	if l.quotation {
		return []string{l.quoted(lang)}
	}
	var b strings.Builder
	var targets []string
	for _, s := range l.spans {
		switch s.role {
		case roleLink, roleRead:
			if l.inline {
				b.WriteString(PrintableLine(s.text, lang) + " (" + s.pointer(lang) + ")")
				continue
			}
			if s.url != "" || !in.names(s.article) {
				targets = append(targets, s.target(lang))
			}
			fallthrough
		case roleOutside, roleCode:
			b.WriteString(PrintableLine(s.text, lang))
		default:
			b.WriteString(s.text)
		}
	}
	return append([]string{b.String()}, targets...)
}

// names reports whether a block shows an article's ID.
func (b block) names(article string) bool {
	return slices.ContainsFunc(b, func(l line) bool {
		return slices.Contains(l.spans, span{role: roleCode, text: article})
	})
}

// quoted puts a quotation in the quotation marks of its article's language.
func (l line) quoted(lang text.Language) string {
	before, after := quotationMarks(l.language)
	return isolate(before+Printable(l.text())+after, lang)
}

func quotationMarks(lang text.Language) (before, after string) {
	if lang == text.Arabic {
		return "«", "»"
	}
	return "“", "”"
}

// pointer is the target of a link in the middle of a line.
func (s span) pointer(lang text.Language) string {
	if s.url == "" {
		return s.target(lang)
	}
	return apart(s.target(lang), lang)
}

// target is the address of a linked article or, when it has none, its ID.
func (s span) target(lang text.Language) string {
	if s.url == "" {
		return say(lang, keyArticle, isolate(s.article, lang))
	}
	return printableURL(s.url)
}
