package eval

import (
	"context"
	"fmt"
	"strings"

	"newsbot/retrieval"
)

// A WeighedQuestion is a question with the evidence that there is an answer to it in
// an index, for fitting.
type WeighedQuestion struct {
	Set        string
	Article    string // the article that the question was asked about; those of one are one
	Gold       bool   // the question has gold answers
	Answerable bool   // a relevant document is in the index
	QueryLang  string
	CorpusLang string
	Evidence   []float64 // as [retrieval.Weighed] has it
}

// Weigh indexes and asks as [Run] does, and yields the evidence for each question that
// has a relevant document, dropped or not, and for the questions of other sets. Errors
// are as for Run, or yield's.
func Weigh(ctx context.Context, o Options, yield func(*WeighedQuestion) error) error {
	return gathering(ctx, o, 0, func(r *runner) error {
		return r.gatherAlone(ctx, func(x *index, c pair) error {
			if err := r.weigh(ctx, x, c, yield); err != nil {
				return err
			}
			return r.weighOthers(ctx, x, c, yield)
		})
	})
}

// weigh asks the questions of a cell.
func (r *runner) weigh(ctx context.Context, x *index, c pair, yield func(*WeighedQuestion) error) error {
	all := r.plan.judgements(c)
	for n, j := range all {
		r.Progress(Progress{Index: c.corpus, Pair: c.String(), Asked: n, Questions: len(all)})
		if !j.judged() && !j.lost {
			continue
		}
		s := r.plan.sets[j.set]
		w := &WeighedQuestion{
			Set: s.Name, Article: s.article(j.ID), Gold: len(j.gold) > 0,
			Answerable: j.judged(), QueryLang: c.query, CorpusLang: c.corpus,
		}
		if err := x.weigh(ctx, j.Question, w, yield); err != nil {
			return err
		}
	}
	return nil
}

// weighOthers asks the questions of other sets.
func (r *runner) weighOthers(ctx context.Context, x *index, c pair, yield func(*WeighedQuestion) error) error {
	for _, s := range r.plan.others {
		for _, q := range s.Questions[c.query] {
			w := &WeighedQuestion{Set: s.Name, Article: s.article(q.ID), Gold: true, QueryLang: c.query, CorpusLang: c.corpus}
			if err := x.weigh(ctx, q, w, yield); err != nil {
				return err
			}
		}
	}
	return nil
}

// weigh yields the evidence for a question, if it can be asked.
func (x *index) weigh(ctx context.Context, q Question, w *WeighedQuestion, yield func(*WeighedQuestion) error) error {
	found, err := x.engine.Weigh(ctx, retrieval.Question{Text: q.Text})
	switch {
	case unaskable(err):
		return nil
	case err != nil:
		return fmt.Errorf("question %q: %w", q.ID, err)
	case found.Evidence == nil:
		return nil
	}
	w.Evidence = found.Evidence
	return yield(w)
}

// article is what the documents that answer a question are parts of: their title, or
// the part of their id before the last hyphen.
func (s *Set) article(question string) string {
	if len(s.Relevant[question]) == 0 {
		return question
	}
	id := s.Relevant[question][0]
	for _, documents := range s.Documents {
		for _, d := range documents {
			if d.ID == id && d.Title != "" {
				return d.Title
			}
		}
	}
	if i := strings.LastIndex(id, "-"); i > 0 {
		return id[:i]
	}
	return id
}
