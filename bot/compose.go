package bot

import (
	"fmt"
	"slices"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A passage is the stretch of an article around a quote, which is shown in place
// of the quote when a reader wants to see more.
type passage struct {
	before, quote, after string
	cutBefore, cutAfter  bool             // it goes on there, which a line of the bot's own says
	times                []retrieval.Time // that other quotes of its article tell
}

// compose words an answer. open holds the passages to show instead of quotes, by
// the number of their citation.
func compose(a retrieval.Answer, open map[int]passage) Document {
	d := Document{language: a.Language}
	d.understanding(a)
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
	d.disagreements(a)
	d.reports(a)
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
	case a.Kind == retrieval.Best && a.Verdict == retrieval.Answered:
		l := sentence(say(d.language, keyAnswered))
		l.leads = true
		d.add(l)
	case d.premiseOpening(a), d.kindOpening(a):
	case a.Outside:
		d.outside(a)
	default:
		d.add(append([]line{sentence(say(d.language, keyNoAnswer))}, missing(a.Missing, d.language)...)...)
		if len(a.Citations) > 0 {
			d.add(heading(say(d.language, keyNearest)))
		}
	}
}

// notes says what else the reader should know of the answer.
func (d *Document) notes(a retrieval.Answer) {
	notes := append(advice(a), freshness(a)...)
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
	lines := when(c, lang)
	if c.Context != nil {
		lines = append(lines, sentence(say(lang, keyContext)), quotation(c.Context.Text, c.Language))
	}
	lines = append(lines, quotation(c.Quote.Text, c.Language))
	return append(append(lines, asides(c, lang)...), label(c, lang))
}

// asides are what stands under a quote to help the reader with it, none of it verbatim.
func asides(c retrieval.Citation, lang text.Language) []line {
	return slices.Concat(times(c, lang), claim(c, lang), glosses(c, lang), also(c, lang))
}

// understanding says before all how the question was understood: what it goes on from,
// and which days it is about.
func (d *Document) understanding(a retrieval.Answer) {
	if lines := append(understood(a), window(a)...); len(lines) > 0 {
		d.add(lines...)
	}
}

// opened is a citation with its passage in place of the quote, under the title of
// the article.
func opened(c retrieval.Citation, p passage, lang text.Language) []line {
	lines := append(when(c, lang), line{spans: []span{reference(c.ArticleID, c.Title, c.URL, lang)}})
	if p.cutBefore {
		lines = append(lines, sentence("…"))
	}
	lines = append(lines, p.line(c.Language))
	if p.cutAfter {
		lines = append(lines, sentence("…"))
	}
	return append(append(lines, asidesOf(c, p, lang)...), label(c, lang))
}

// asidesOf are the asides under the passage that a quote stands in. Who says what the
// quote tells is said to be of that alone: others may speak in the rest.
func asidesOf(c retrieval.Citation, p passage, lang text.Language) []line {
	own := slices.Concat(claim(c, lang), glosses(c, lang))
	whole := isBlank(p.before+p.after) && !p.cutBefore && !p.cutAfter
	if len(own) > 0 && !whole {
		own = slices.Insert(own, 0, sentence(say(lang, keyOfQuote)))
	}
	return slices.Concat(p.timesAround(c, lang), own, also(c, lang))
}

// label is the line of a citation's mark, outlet and date, and leads to the
// article.
func label(c retrieval.Citation, lang text.Language) line {
	spans := []span{{role: roleOutside, text: orElse(c.Source, lang, keyOutletUnknown)}}
	spans = append(spans, dating(c.Published, c.Corrected, lang)...)
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
