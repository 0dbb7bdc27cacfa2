package writer

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/check"
)

// maxSource is how long the text of a source may be, in runes, unless its quote and
// context are longer by themselves.
const maxSource = 1500

// fit reports whether an answer is one that is written.
func fit(a *retrieval.Answer) bool {
	return a != nil && a.Verdict == retrieval.Answered && a.Kind == retrieval.Best && len(a.Citations) > 0 &&
		(a.Language == text.Arabic || a.Language == text.English)
}

// sources returns what the model may write from: for each citation of an answer the
// passage that has its quote. One that is no longer there, or no longer so, is left
// out.
func (w *Writer) sources(ctx context.Context, r Request) ([]check.Source, error) {
	var out []check.Source
	for _, c := range r.Answer.Citations {
		a, passages, err := r.Library.Full(ctx, c.ArticleID)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			w.config.Logger.Warn("read a source", "err", err)
			continue
		}
		if has(a.Body, c.Quote) {
			out = append(out, check.Source{
				N: c.N, Text: excerpt(a.Body, passages, c),
				Title: a.Title, Outlet: a.Source, Published: a.Published, Language: a.Language,
			})
		}
	}
	return out, nil
}

// has reports whether a quote stands in a body as it says.
func has(body string, q retrieval.Quote) bool {
	return 0 <= q.Start && q.Start < q.End && q.End <= len(body) && body[q.Start:q.End] == q.Text
}

// excerpt returns the passage that a citation's quote is of, as far as [maxSource]
// lets it, and its context, on a line of its own when it stands apart.
func excerpt(body string, passages []corpus.Passage, c retrieval.Citation) string {
	around := text.Span{Start: c.Quote.Start, End: c.Quote.End}
	for _, p := range passages {
		if p.ID == c.PassageID && p.Start <= p.End && p.End <= len(body) {
			around = standing(body, p, grow(body, p, around), c.Quote.Start)
		}
	}
	out := body[around.Start:around.End]
	if c.Context == nil || !has(body, *c.Context) || around.Start <= c.Context.Start && c.Context.End <= around.End {
		return out
	}
	if c.Context.Start < around.Start {
		return c.Context.Text + "\n" + out
	}
	return out + "\n" + c.Context.Text
}

// grow adds to a span the sentences of a passage around it, the nearest first and
// those before it before those behind, as long as it has room.
func grow(body string, p corpus.Passage, span text.Span) text.Span {
	fits := func(s text.Span) bool { return utf8.RuneCountInString(body[s.Start:s.End]) <= maxSource }
	var before, behind []text.Span
	for _, s := range p.Sentences {
		switch {
		case s.Start < span.Start:
			before = append(before, s)
		case s.End > span.End:
			behind = append(behind, s)
		}
	}
	for len(before) > 0 || len(behind) > 0 {
		if n := len(before); n > 0 {
			if wider := (text.Span{Start: before[n-1].Start, End: span.End}); fits(wider) {
				span, before = wider, before[:n-1]
			} else {
				before = nil
			}
		}
		if len(behind) > 0 {
			if wider := (text.Span{Start: span.Start, End: behind[0].End}); fits(wider) {
				span, behind = wider, behind[1:]
			} else {
				behind = nil
			}
		}
	}
	return span
}

// standing takes off a span of a passage the sentences at its beginning, up to a quote, that
// go on from what is not in it: whom "He added" means, neither the model nor a checker could
// know.
func standing(body string, p corpus.Passage, span text.Span, quote int) text.Span {
	for _, s := range p.Sentences {
		if s.Start < span.Start {
			continue
		}
		if s.Start >= quote || !unexplained(body[s.Start:s.End]) {
			break
		}
		span.Start = min(s.End, quote)
	}
	span.Start += len(body[span.Start:quote]) - len(strings.TrimLeftFunc(body[span.Start:quote], unicode.IsSpace))
	return span
}

// asked is what a question was understood as.
func asked(a *retrieval.Answer) string {
	if a.Understood != "" {
		return strings.TrimSpace(a.Understood)
	}
	return strings.TrimSpace(a.Question)
}
