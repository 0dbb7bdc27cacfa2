package bot

import (
	"context"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// mostCopies is how many articles with nearly the same text a card names.
const mostCopies = 3

// A card shows an article as it is stored.
type card struct {
	heading  key
	article  corpus.Article
	rejected corpus.Date      // a date that its page gives and that cannot be
	kept     corpus.Fields    // stayed as set by hand
	copies   []corpus.Summary // nearly the same text
	more     []line           // at the end
}

// document words the card.
func (c card) document(lang text.Language) Document {
	d := Document{language: lang}
	d.add(heading(say(lang, c.heading)))
	d.add(c.facts(lang)...)
	if c.kept != 0 {
		d.add(labelled(lang, keyKeptFields, fieldNames(c.kept, lang)))
	}
	if first := firstLine(c.article); first != "" {
		d.add(quotation(first, c.article.Language))
	}
	if len(c.copies) > 0 {
		d.add(copyLines(c.copies, lang)...)
	}
	if len(c.more) > 0 {
		d.add(c.more...)
	}
	return d
}

// facts are the lines that say what the article is; what it does not have is left
// out, but for its outlet and date.
func (c card) facts(lang text.Language) []line {
	a := c.article
	lines := []line{
		{spans: []span{reference(a.ID, a.Title, a.URL, lang)}},
		labelled(lang, keyLabelOutlet, span{role: roleOutside, text: orElse(a.Source, lang, keyUnknown)}),
	}
	if a.Author != "" {
		lines = append(lines, labelled(lang, keyLabelAuthor, span{role: roleOutside, text: a.Author}))
	}
	lines = append(lines,
		c.date(lang),
		labelled(lang, keyLabelLanguage, span{text: say(lang, languageName(a.Language))}),
		sentence(say(lang, keyLabelWords, corpus.CountWords(a.Body))),
		labelled(lang, keyLabelID, span{role: roleCode, text: a.ID}),
	)
	if a.URL != "" {
		lines = append(lines, addressLine(a.URL, lang))
	}
	return append(lines, hiddenLines(a.Embargo, a.Removed, lang)...)
}

// hiddenLines say what hides an article, or hid it.
func hiddenLines(embargo, removed time.Time, lang text.Language) (lines []line) {
	if !embargo.IsZero() {
		lines = append(lines, labelled(lang, keyLabelEmbargo, moment(embargo, lang)...))
	}
	if !removed.IsZero() {
		lines = append(lines, labelled(lang, keyLabelRemoved, moment(removed, lang)...))
	}
	return lines
}

// date is the line of the publication date, and of the one that was left out.
func (c card) date(lang text.Language) line {
	published := date(c.article.Published, lang)
	if c.article.Published.IsZero() {
		published = span{text: say(lang, keyUnknown)}
	}
	l := labelled(lang, keyLabelDate, published)
	if !c.rejected.IsZero() {
		l.spans = append(l.spans, span{text: say(lang, keyListSeparator) + say(lang, keyRejectedDate)}, date(c.rejected, lang))
	}
	return l
}

// labelled is what a thing is, and the thing.
func labelled(lang text.Language, k key, spans ...span) line {
	return line{spans: append([]span{{text: say(lang, k)}}, spans...)}
}

// addressLine shows an address, to be copied.
func addressLine(url string, lang text.Language) line {
	return labelled(lang, keyLabelAddress, address(url))
}

// mostAddress is how much of an address is shown, in UTF-16 code units.
const mostAddress = 500

// address is an address as it can be copied; of a very long one it is the beginning.
func address(url string) span {
	head, tail := cutText(printableURL(url), mostAddress)
	if tail != "" {
		head += "…"
	}
	return span{role: roleCode, text: head}
}

// firstLine is how the text begins, "" when the title says so.
func firstLine(a corpus.Article) string {
	if a.TitleDerived {
		return ""
	}
	first, _, _ := strings.Cut(a.Body, "\n")
	return shortened(first)
}

// copyLines name articles with nearly the same text.
func copyLines(copies []corpus.Summary, lang text.Language) []line {
	lines := []line{heading(say(lang, keyCopies))}
	for _, c := range copies[:min(len(copies), mostCopies)] {
		lines = append(lines, summaryLine(c, lang))
	}
	if more := len(copies) - mostCopies; more > 0 {
		lines = append(lines, sentence(say(lang, keyMoreArticles, more)))
	}
	return lines
}

// summaryLine is an article in a line.
func summaryLine(a corpus.Summary, lang text.Language) line {
	return list(lang,
		reference(a.ID, a.Title, a.URL, lang),
		span{role: roleOutside, text: orElse(a.Source, lang, keyOutletUnknown)},
		date(a.Published, lang),
		span{role: roleCode, text: a.ID},
	)
}

func languageName(lang text.Language) key {
	switch lang {
	case text.Arabic:
		return keyLanguageAr
	case text.English:
		return keyLanguageEn
	}
	return keyLanguageOther
}

// show sends a card with the buttons that undo the change and begin another. undo
// is the key of the change, "" for none.
func (t turn) show(c card, undo string) Reply {
	return send(c.document(t.lang), t.cardButtons(c.article, undo)...)
}

// card is a card of an article and nothing more.
func (t turn) card(k key, a corpus.Article, undo string) Reply {
	return t.show(card{heading: k, article: a}, undo)
}

// cardButtons are the row below a card.
func (t turn) cardButtons(a corpus.Article, undo string) [][]Button {
	edit := Button{say(t.lang, keyEditButton), buttonEdit + ":" + a.ID}
	if undo == "" {
		return [][]Button{{edit}}
	}
	edit.Data += ":" + undo
	return [][]Button{{t.undoButton(undo), edit}}
}

func (t turn) undoButton(undo string) Button {
	return Button{say(t.lang, keyUndoButton), "u:" + undo}
}

// copiesOf returns the articles with nearly the same text as one. An answer must
// not fail for them.
func (t turn) copiesOf(ctx context.Context, id string) []corpus.Summary {
	copies, err := t.Editor.Copies(ctx, id)
	if err != nil && ctx.Err() == nil {
		t.log("looking for copies of an article", err)
	}
	return copies
}
