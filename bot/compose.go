package bot

import (
	"fmt"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A passage is the stretch of an article around a quote, which is shown in place
// of the quote when a reader wants to see more.
type passage struct {
	before, quote, after string
	cutBefore, cutAfter  bool // it goes on there, which a line of the bot's own says
}

// compose words an answer. open holds the passages to show instead of quotes, by
// the number of their citation.
func compose(a retrieval.Answer, open map[int]passage) Document {
	d := Document{language: a.Language}
	d.opening(a)
	d.body(a, open)
	return d
}

// body is an answer without its opening.
func (d *Document) body(a retrieval.Answer, open map[int]passage) {
	for _, c := range a.Citations {
		if c.ArticleID == "" {
			d.add(gone(c.N, a.Language))
			continue
		}
		if p, ok := open[c.N]; ok {
			d.add(opened(c, p, a.Language)...)
			continue
		}
		d.add(citation(c, a.Language)...)
	}
	if len(a.Citations) == 0 && a.Near != nil {
		d.add(near(a.Near, a.Language)...)
	}
	d.notes(a)
}

// opening says first whether there is an answer and, when there is none, what is
// missing and what the citations are.
func (d *Document) opening(a retrieval.Answer) {
	switch {
	case a.Articles == 0 && len(a.Citations) == 0:
		d.say(keyNoArticles)
	case a.Verdict == retrieval.Answered:
		d.say(keyAnswered)
	default:
		d.add(append([]line{sentence(say(d.language, keyNoAnswer))}, missing(a.Missing, d.language)...)...)
		if len(a.Citations) > 0 {
			d.add(heading(say(d.language, keyNearest)))
		}
	}
}

// notes says what else the reader should know of the answer.
func (d *Document) notes(a retrieval.Answer) {
	notes := advice(a)
	if a.Verdict == retrieval.Answered && !a.AsOf.IsZero() {
		notes = append(notes, sentence(say(d.language, keyNewest, FormatDate(a.AsOf, d.language))))
	}
	if a.Pending > 0 {
		notes = append(notes, sentence(say(d.language, keyPending, a.Pending)))
	}
	if len(notes) > 0 {
		d.add(notes...)
	}
}

// citation is a quote with the line that says where it is from, for a frame in
// the language lang.
func citation(c retrieval.Citation, lang text.Language) []line {
	var lines []line
	if c.Context != nil {
		lines = append(lines, sentence(say(lang, keyContext)), quotation(c.Context.Text, c.Language))
	}
	return append(lines, quotation(c.Quote.Text, c.Language), label(c, lang))
}

// opened is a citation with its passage in place of the quote, under the title of
// the article.
func opened(c retrieval.Citation, p passage, lang text.Language) []line {
	lines := []line{{spans: []span{reference(c.ArticleID, c.Title, c.URL, lang)}}}
	if p.cutBefore {
		lines = append(lines, sentence("…"))
	}
	lines = append(lines, p.line(c.Language))
	if p.cutAfter {
		lines = append(lines, sentence("…"))
	}
	return append(lines, label(c, lang))
}

// label is the line of a citation's mark, outlet and date, and leads to the
// article.
func label(c retrieval.Citation, lang text.Language) line {
	spans := []span{{role: roleOutside, text: orElse(c.Source, lang, keyOutletUnknown)}}
	spans = append(spans, dates(c.Published, c.Corrected, lang)...)
	l := list(lang, append(spans,
		span{role: roleRead, text: orElse(c.Title, lang, keyUntitled), article: c.ArticleID, url: c.URL})...)
	l.spans = append([]span{{role: roleMark, text: fmt.Sprintf("[%d]", c.N)}, {text: " "}}, l.spans...)
	return l
}

// reference is the title of an article, leading to it.
func reference(id, title, url string, lang text.Language) span {
	return span{role: roleLink, text: orElse(title, lang, keyUntitled), article: id, url: url}
}

// line shows the passage as a quotation.
func (p passage) line(lang text.Language) line {
	return line{quotation: true, language: lang, spans: []span{
		{role: roleVerbatim, text: p.before},
		{role: roleCited, text: p.quote},
		{role: roleVerbatim, text: p.after},
	}}
}

func orElse(s string, lang text.Language, k key) string {
	if s == "" {
		return say(lang, k)
	}
	return s
}
