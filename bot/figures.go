package bot

import (
	"fmt"
	"strconv"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// also says where else a quote stands nearly word for word.
func also(c retrieval.Citation, lang text.Language) []line {
	if len(c.Also) == 0 {
		return nil
	}
	l := sentence(say(lang, keyAlso))
	l.inline = true
	for i, r := range c.Also {
		if i > 0 {
			l.spans = append(l.spans, span{text: semicolon(lang)})
		}
		outlet := span{role: roleLink, text: orElse(r.Source, lang, keyOutletUnknown), article: r.ArticleID, url: r.URL}
		l.spans = append(l.spans, list(lang, append([]span{outlet}, dating(r.Published, r.Corrected, lang)...)...).spans...)
	}
	if c.AlsoMore > 0 {
		l.spans = append(l.spans, span{text: semicolon(lang)}, span{text: say(lang, keyAlsoMore, c.AlsoMore)})
	}
	return []line{l}
}

// semicolon parts reports, whose parts commas part.
func semicolon(lang text.Language) string {
	if lang == text.Arabic {
		return "؛ "
	}
	return "; "
}

// disagreements lists the figures that reports give differently, as each has it, under one
// heading: none is preferred. A sentence that is no citation is quoted.
func (d *Document) disagreements(a retrieval.Answer) {
	for _, one := range a.Disagreements {
		lines := []line{heading(say(d.language, keyFiguresDiffer))}
		for _, f := range one.Figures {
			lines = append(lines, figure(f, d.language)...)
		}
		d.add(lines...)
	}
}

// figure is a number as its report has it, with who says so and when.
func figure(f retrieval.Figure, lang text.Language) []line {
	outlet := span{role: roleOutside, text: orElse(f.Source, lang, keyOutletUnknown)}
	spans := append([]span{outlet}, dating(f.Published, f.Corrected, lang)...)
	if f.N == 0 {
		spans = append(spans, span{role: roleRead, text: orElse(f.Title, lang, keyUntitled), article: f.ArticleID, url: f.URL})
	}
	l := list(lang, spans...)
	l.spans = append([]span{{role: roleOutside, text: figureWords(f)}, {text: ": "}}, l.spans...)
	if f.N > 0 {
		l.spans = append(l.spans, span{text: " "}, span{role: roleMark, text: fmt.Sprintf("[%d]", f.N)})
		return []line{l}
	}
	return []line{l, quotation(f.Quote.Text, f.Language)}
}

// figureWords are the words of the quote that are the number with its unit, or the number
// alone where they are not in it.
func figureWords(f retrieval.Figure) string {
	from, to := f.From-f.Quote.Start, f.To-f.Quote.Start
	if from < 0 || to > len(f.Quote.Text) || from >= to {
		return strconv.FormatFloat(f.Value, 'f', -1, 64)
	}
	return f.Quote.Text[from:to]
}
