package eval

import (
	"context"
	"fmt"

	"newsbot/retrieval"
)

// A QuoteSample is a question that has gold answers, with the sentences that may be
// quoted for it, for fitting.
type QuoteSample struct {
	Set                   string
	QueryLang, CorpusLang string
	Article               string // the title of a relevant document, or its id: questions with the same are of one article
	Given, Found          []QuoteCandidate
}

// A QuoteCandidate is a sentence, as [retrieval.Sentence] has it.
type QuoteCandidate struct {
	Document   int32 // those of one list with the same number are of one article
	Start, End int32 // of the quote
	Gold       bool  // the quote holds a gold answer
	Signs      []float32
}

// GatherQuotes indexes and asks as [Run] does, and yields each question that has a
// relevant document and a gold answer: Given are the sentences of the relevant
// documents, Found those that an answer chooses from. Of a set's questions in a
// language at most so many are asked, evenly spread, 0 being all. Errors are as for
// Run, or yield's.
func GatherQuotes(ctx context.Context, o Options, most int, yield func(*QuoteSample) error) error {
	return gathering(ctx, o, most, func(r *runner) error {
		return r.gatherAlone(ctx, func(x *index, c pair) error { return r.gatherQuotes(ctx, x, c, yield) })
	})
}

// gatherQuotes asks the questions of a cell.
func (r *runner) gatherQuotes(ctx context.Context, x *index, c pair, yield func(*QuoteSample) error) error {
	all := r.plan.judgements(c)
	for n, j := range all {
		r.Progress(Progress{Index: c.corpus, Pair: c.String(), Asked: n, Questions: len(all)})
		if !j.judged() || len(j.gold) == 0 {
			continue
		}
		s := &QuoteSample{Set: r.plan.sets[j.set].Name, QueryLang: c.query, CorpusLang: c.corpus, Article: r.plan.titleOf(j, c)}
		if err := x.sampleQuotes(ctx, &j, s); err != nil {
			return err
		}
		if err := yield(s); err != nil {
			return err
		}
	}
	return nil
}

// titleOf is that of the first relevant document, or its id.
func (p *plan) titleOf(j judgement, c pair) string {
	for _, d := range p.documents(c.corpus) {
		if j.relevant[d.id] {
			if d.Title != "" {
				return d.Title
			}
			return d.id
		}
	}
	return ""
}

// sampleQuotes fills in the sentences.
func (x *index) sampleQuotes(ctx context.Context, j *judgement, s *QuoteSample) (err error) {
	if s.Given, err = x.candidateQuotes(ctx, j, x.holding(j.relevant)); err != nil {
		return err
	}
	s.Found, err = x.candidateQuotes(ctx, j, nil)
	return err
}

func (x *index) candidateQuotes(ctx context.Context, j *judgement, within []string) ([]QuoteCandidate, error) {
	sentences, err := x.engine.Sentences(ctx, retrieval.Question{Text: j.Text, Within: within})
	if err != nil {
		return nil, fmt.Errorf("question %q: %w", j.ID, err)
	}
	numbers := map[string]int32{}
	out := make([]QuoteCandidate, len(sentences))
	for i, s := range sentences {
		if _, ok := numbers[s.ArticleID]; !ok {
			numbers[s.ArticleID] = int32(len(numbers))
		}
		out[i] = QuoteCandidate{
			numbers[s.ArticleID], int32(s.Start), int32(s.End), holds(s.Quote, j.gold), single(s.Signs),
		}
	}
	return out, nil
}
