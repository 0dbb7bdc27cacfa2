package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/writer"
)

const (
	buttonTranslate = "tr"
	// mostTranslations is how many quotes under an answer have such a button, and translationsInRow how many stand beside
	// each other.
	mostTranslations, translationsInRow = 8, 4
)

// translationButtons are the buttons under an answer whose quotes are in another language, one for each such quote that is
// not gone.
func (t turn) translationButtons(a answering) (rows [][]Button) {
	if t.Writer == nil {
		return nil
	}
	var row []Button
	for _, c := range a.Citations {
		if len(row) < mostTranslations && isCitationNumber(c.N) && isForeignQuote(c, a.Language) {
			row = append(row, Button{
				Label: say(a.Language, keyTranslateButton, c.N), Data: fmt.Sprintf("%s:%s:%d", buttonTranslate, a.key, c.N),
			})
		}
	}
	return slices.Collect(slices.Chunk(row, translationsInRow))
}

// isForeignQuote reports whether a quote is in the other language of the two that can be checked.
func isForeignQuote(c retrieval.Citation, lang text.Language) bool {
	return c.ArticleID != "" && c.Language != lang && language(c.Language) != text.Other
}

// translate sends a model's translation of a quote, below the answer.
func (t turn) translate(ctx context.Context, argument string) (Reply, error) {
	key, number, _ := strings.Cut(argument, ":")
	n, err := strconv.Atoi(number)
	if err != nil {
		return t.stale(), nil
	}
	old, ok, err := t.recall(ctx, key)
	if !ok || err != nil {
		return t.stale(), err
	}
	t.lang = old.kept.Language
	c, gone, err := t.foreignQuote(ctx, old.kept, n)
	switch {
	case err != nil:
		return Reply{}, err
	case gone:
		return t.notice(keySourceGone), nil
	case c == nil:
		return t.stale(), nil
	case t.Writer == nil:
		return t.notice(keyTranslateNone), nil
	case t.Writing.isCrowded():
		return t.notice(keyTranslateNotNow), nil
	}
	if refused, err := t.overLimit(ctx); refused != "" || err != nil {
		return Reply{Notice: refused}, err
	}
	r, err := t.translated(ctx, *c)
	if err != nil {
		return Reply{}, err
	}
	if _, gone, err := t.foreignQuote(ctx, old.kept, n); gone || err != nil { // a model takes its time
		return t.notice(keySourceGone), err
	}
	return inReply(r, t.messageOf(old)), nil
}

// foreignQuote returns a citation of a kept answer by its number, as it is now; nil when it needs no translation.
func (t turn) foreignQuote(ctx context.Context, kept keptAnswer, n int) (c *retrieval.Citation, gone bool, err error) {
	i := slices.IndexFunc(kept.Citations, func(k keptCitation) bool { return k.N == n })
	if i < 0 {
		return nil, false, nil
	}
	s, err := t.sourceOf(ctx, kept.Citations[i])
	if err != nil || s.gone || !isForeignQuote(s.Citation, kept.Language) {
		return nil, s.gone, err
	}
	return &s.Citation, false, nil
}

// translated has a quote translated and says what came of it.
func (t turn) translated(ctx context.Context, c retrieval.Citation) (Reply, error) {
	wanted, end := t.Writing.until(ctx)
	defer end()
	words, reason, err := t.Writer.Translate(wanted, c.Quote.Text, c.Language, t.lang)
	switch {
	case ctx.Err() != nil:
		return Reply{}, ctx.Err()
	case err != nil: // the person wants no more
		return Reply{}, nil
	}
	t.Metrics.Translated(string(reason))
	if words == "" {
		return t.untranslated(reason), nil
	}
	return send(translation(c, words, t.Writer.Model(), t.lang)), nil
}

// untranslated says why there is no translation: for a moment when it is known at once, else in a message, as the press of
// a button is answered for so long only.
func (t turn) untranslated(reason writer.Reason) Reply {
	switch reason {
	case writer.ReasonResting, writer.ReasonBusy:
		return t.notice(keyTranslateNotNow)
	case writer.ReasonTime, writer.ReasonModel, writer.ReasonUnfit, writer.ReasonStopped:
		return t.says(keyTranslateNotNow)
	}
	return t.says(keyTranslateUnsure)
}

// translation is a quote in the words of a model. They are no quote, and nothing in the message looks like one.
func translation(c retrieval.Citation, words, model string, lang text.Language) Document {
	d := Document{language: lang}
	d.add(heading(say(lang, keyTranslation, c.N)), sentenceAround(lang, keyTranslatedBy, model))
	d.add(line{spans: []span{writtenSpan(words)}})
	d.add(label(c, lang))
	return d
}
