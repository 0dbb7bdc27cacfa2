package main

import (
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/answertype"
)

// A missingJSON says what the coverage lacks, in one of its fields.
type missingJSON struct {
	Words    []string        `json:"words,omitempty"`    // that no article has
	Apart    []string        `json:"apart,omitempty"`    // two that no article has both of
	Uncited  []string        `json:"uncited,omitempty"`  // that no article cited has with all else
	Fact     answertype.Kind `json:"fact,omitempty"`     // that is not told
	Presumed bool            `json:"presumed,omitempty"` // the question takes it for granted
}

// newMissingJSON is nil when that is not known.
func newMissingJSON(m retrieval.Missing) *missingJSON {
	if len(m.Words) == 0 && len(m.Apart) == 0 && len(m.Uncited) == 0 && m.Fact == "" && !m.Presumed {
		return nil
	}
	return &missingJSON{m.Words, m.Apart, m.Uncited, m.Fact, m.Presumed}
}

// A reportJSON is the article nearest to a question that is declined.
type reportJSON struct {
	ArticleID string        `json:"article_id"`
	Title     string        `json:"title"`
	Source    *string       `json:"source"` // null when unknown
	URL       *string       `json:"url"`    // null when there is none
	Published corpus.Date   `json:"published_at"`
	Corrected *corpus.Date  `json:"corrected_at,omitempty"`
	Language  text.Language `json:"language"`
}

func newReportJSON(r *retrieval.Report) *reportJSON {
	if r == nil {
		return nil
	}
	out := &reportJSON{
		ArticleID: r.ArticleID, Title: r.Title, Source: nullable(r.Source), URL: nullable(r.URL),
		Published: r.Published, Language: r.Language,
	}
	if !r.Corrected.IsZero() {
		out.Corrected = &r.Corrected
	}
	return out
}

// An adviceJSON says how to ask differently.
type adviceJSON struct {
	Kind  retrieval.AdviceKind `json:"kind"`
	About string               `json:"about,omitempty"`
}

func newAdviceJSON(a retrieval.Advice) *adviceJSON {
	if a.Kind == retrieval.AdviceNone {
		return nil
	}
	return &adviceJSON{a.Kind, a.About}
}
