package retrieval

import (
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

const (
	// maxCitations is how many sentences an answer quotes at most.
	maxCitations = 3
	// citeWithin is how far below the best sentence's score another may lie to
	// be quoted beside it.
	citeWithin = 8
	// maxQuoteWords is how many words a quote may have with the sentences joined to
	// it.
	maxQuoteWords = text.MaxSentenceWords
)

// quotes are the sentences chosen, and how likely the best of them answers.
type quotes struct {
	citations []Citation
	said      [][]thought // by each of the sentences cited
	judgement
}

// best quotes the best sentence, and those nearly as good that say something else. Those
// of other articles must bear on the question, too.
func (e *Engine) best(q *query, sentences []sentence, ranked []candidate) quotes {
	if len(sentences) == 0 {
		return quotes{judgement: judgement{verdict: Declined}}
	}
	out := quotes{judgement: e.judge(q, &sentences[0], ranked)}
	bears := map[*page]bool{sentences[0].page: true}
	for i := range sentences {
		s := &sentences[i]
		if len(out.citations) == maxCitations || s.score < sentences[0].score-citeWithin {
			break
		}
		if _, known := bears[s.page]; !known {
			v := e.judge(q, s, ranked).verdict
			bears[s.page] = v == Answered || out.verdict == Declined || v == out.verdict
		}
		if bears[s.page] {
			out.cite(q, s)
		}
	}
	return out
}

// cite adds a sentence unless one before it says the same, and reports whether it did.
func (f *quotes) cite(q *query, s *sentence) bool {
	c := s.citation()
	if repeats(f.citations, c) {
		return false
	}
	own := q.thoughtOf(s.page, s.index)
	if slices.ContainsFunc(f.said, func(said []thought) bool { return q.repeats(said, own) }) {
		return false
	}
	c.N = len(f.citations) + 1
	f.citations, f.said = append(f.citations, c), append(f.said, q.thoughtsOf(s, &c))
	return true
}

// citation quotes a sentence with whom it speaks of: joined with what stands between
// them when that is near and short, else as its context.
func (s *sentence) citation() Citation {
	a := &s.page.article
	c := Citation{
		ArticleID: a.ID, PassageID: s.ID, Title: a.Title, Source: a.Source, URL: a.URL,
		Published: a.Published, Corrected: a.Corrected, Language: a.Language,
	}
	span := s.Span
	if s.from != s.index {
		naming := s.page.sentences[s.from]
		if s.index-s.from < maxJoined && len(text.Words(a.Body[naming.Start:s.End])) <= maxQuoteWords {
			span.Start = naming.Start
		} else {
			c.Context = &Quote{a.Body[naming.Start:naming.End], naming.Start, naming.End}
		}
	}
	c.Quote = Quote{a.Body[span.Start:span.End], span.Start, span.End}
	return c
}

// repeats reports whether a citation says what one before it does: the same
// bytes, or the same text, however it is spaced, in another article.
func repeats(before []Citation, c Citation) bool {
	said := respaced(c.Quote.Text)
	for _, b := range before {
		if b.ArticleID == c.ArticleID && b.Quote.Start < c.Quote.End && c.Quote.Start < b.Quote.End {
			return true
		}
		if respaced(b.Quote.Text) == said {
			return true
		}
	}
	return false
}

// respaced is a text normalised, with one space between words.
func respaced(s string) string { return strings.Join(strings.Fields(text.Normalize(s)), " ") }

// latest is the latest publication date cited; zero when none is known.
func latest(citations []Citation) corpus.Date {
	var d corpus.Date
	for _, c := range citations {
		if c.Published.Time.After(d.Time) {
			d = c.Published
		}
	}
	return d
}
