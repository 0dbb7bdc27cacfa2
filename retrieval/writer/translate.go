package writer

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/check"
)

const (
	// maxQuote is the longest quote that is translated, in runes.
	maxQuote = 4000
	// A translation may be three times as long as the quote, and shorter by as much; one
	// of a few words may be longer.
	longer, roomy = 3, 200
)

// Translate returns a model's translation of a quote, "" and a reason when there is
// none that can be trusted: of its numbers, dates and names none may be lost or new.
// Its only error is that of ctx.
func (w *Writer) Translate(ctx context.Context, quote string, from, to text.Language) (string, Reason, error) {
	quote = strings.TrimSpace(quote)
	if quote == "" || runes(quote) > maxQuote || from == to || languageNames[from] == "" || languageNames[to] == "" {
		return "", ReasonUnfit, ctx.Err()
	}
	key := keyOf(w.Model(), string(from), string(to), quote)
	if done, ok := w.done.get(key); ok {
		return done, ReasonNone, ctx.Err()
	}
	var translation string
	var doubt Reason
	reason, err := w.ask(ctx, nil, func(ctx context.Context) (err error) {
		written, err := w.translation(ctx, quote, from, to)
		if err != nil {
			return err
		}
		translation, doubt, err = w.trust(ctx, quote, written, from, to)
		return err
	})
	if reason == ReasonNone {
		reason = doubt
	}
	if err != nil || reason != ReasonNone {
		return "", reason, err
	}
	w.done.put(key, translation)
	return translation, ReasonNone, nil
}

// translation asks the model for one.
func (w *Writer) translation(ctx context.Context, quote string, from, to text.Language) (string, error) {
	var b strings.Builder
	most := 4 * max(roomy, longer*runes(quote)) // bytes, spaces and all
	err := w.hear(ctx, translationPrompt(quote, from, to, w.newCode()), most, func(piece string) (bool, error) {
		b.WriteString(piece)
		return false, nil
	})
	return b.String(), err
}

// announced is what some models say before a translation: "Here is the translation:".
var announced = regexp.MustCompile(`^\s*[*_#\s]*(?:(?i:(?:sure|certainly|of course)[!,.:]?\s+)?(?i:here(?:'s|’s| is) (?:the|a|your|my) (?:\w+ ){0,2}translation[^:\n]{0,40}|(?:\w+ )?translation(?: (?:in|to|into) \w+)?)|` +
	`(?:(?:إليك|إليكم|هذه|فيما يلي|وفيما يلي) )?(?:هي )?(?:ال)?ترجمة(?: [^:\n.]{0,40})?)[*_\s]*:[*_\s]*`)

// ofTranslation is what a quote has that may begin so itself.
var ofTranslation = regexp.MustCompile(`(?i)translat|ترجم`)

// trust returns what a model has written as a translation, without markup, and why it
// cannot be trusted. Its only error is that of ctx.
func (w *Writer) trust(ctx context.Context, quote, written string, from, to text.Language) (string, Reason, error) {
	written = text.Valid(written)
	if !ofTranslation.MatchString(quote) {
		written = announced.ReplaceAllString(written, "")
	}
	r := read(written, true)
	translation := unwrapped(strings.Join(strings.Fields(r.text), " "), quote)
	size, most := runes(translation), max(roomy, longer*runes(quote))
	switch {
	case strings.Trim(translation, ". ") == none, len(r.marks) > 0, paragraphs(r.text) > paragraphs(quote), size > most, size*longer < runes(quote)-roomy/longer:
		return "", ReasonLittle, nil
	case text.Detect(translation) != to:
		return "", ReasonLanguage, nil
	}
	for _, s := range sentencesOf(translation) {
		if !plain(s) {
			return "", ReasonLittle, nil
		}
	}
	for _, look := range []func() (bool, error){
		func() (bool, error) { return w.borneOut(ctx, translation, to, quote, from, nothingNew) },
		func() (bool, error) { return w.borneOut(ctx, quote, from, translation, to, nothingLost) },
	} {
		if ok, err := look(); !ok || err != nil {
			return "", ReasonLittle, err
		}
	}
	return translation, ReasonNone, nil
}

// nothingNew are the faults of a translation held against its quote, nothingLost those
// of the quote held against its translation: there the meaning has been looked at already.
var (
	nothingNew  = func(k check.Kind) bool { return k != check.Fine }
	nothingLost = func(k check.Kind) bool {
		return k == check.Number || k == check.Date || k == check.Name || k == check.Negation
	}
)

// borneOut reports whether each sentence of one text is borne out by another. What is
// in quotation marks there cannot be the same words here, so the marks go. Its only
// error is that of ctx: what cannot be checked is not borne out.
func (w *Writer) borneOut(ctx context.Context, claims string, lang text.Language, source string, of text.Language, bad func(check.Kind) bool) (bool, error) {
	sources := []check.Source{{N: 1, Text: source, Language: of}}
	for _, s := range sentencesOf(claims) {
		fault, err := w.config.Checker.Check(ctx, check.Claim{Text: unquoted(s), Language: lang, Sources: sources})
		switch {
		case ctx.Err() != nil:
			return false, ctx.Err()
		case err != nil:
			w.config.Logger.Warn("check a translation", "err", err)
			return false, nil
		case bad(fault.Kind):
			return false, nil
		}
	}
	return true, nil
}

// sentencesOf returns the sentences of a text.
func sentencesOf(s string) []string {
	var out []string
	for _, span := range spansOf(s) {
		out = append(out, s[span.Start:span.End])
	}
	return out
}

const quotationMarks = `"“”„«»`

// unquoted returns s without quotation marks.
func unquoted(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(quotationMarks, r) {
			return -1
		}
		return r
	}, s)
}

// unwrapped takes off the quotation marks around a whole translation whose quote has
// none around it.
func unwrapped(s, quote string) string {
	first, size := utf8.DecodeRuneInString(s)
	last, lastSize := utf8.DecodeLastRuneInString(s)
	marked := func(r rune) bool { return strings.ContainsRune(quotationMarks, r) }
	if !marked(first) || !marked(last) || len(s) < size+lastSize || strings.ContainsAny(quote[:min(len(quote), 3)], quotationMarks) {
		return s
	}
	inner := s[size : len(s)-lastSize]
	if strings.ContainsAny(inner, quotationMarks) {
		return s // two quotations, one at each end
	}
	return strings.TrimSpace(inner)
}

// paragraphs counts the lines of a text that are not empty.
func paragraphs(s string) int {
	n := 0
	for line := range strings.Lines(s) {
		if strings.TrimFunc(line, unicode.IsSpace) != "" {
			n++
		}
	}
	return n
}

func runes(s string) int { return utf8.RuneCountInString(s) }
