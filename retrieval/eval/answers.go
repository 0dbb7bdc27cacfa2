package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/eval/provenance"
)

// quoted says where a gold answer of a question stands.
type quoted struct {
	first, any, passage bool
	refused             bool
}

// judge has a question answered, and adds the verdict and where the gold answers are
// quoted: of all that is found, and of the relevant documents alone.
func (x *index) judge(ctx context.Context, s *sums, j judgement) error {
	a, err := x.ask(ctx, j.Question, nil)
	if err != nil {
		return err
	}
	if j.lost {
		s.verdicts.lost = append(s.verdicts.lost, decided(a))
		return nil
	}
	s.verdicts.kept = append(s.verdicts.kept, decided(a))
	if len(j.gold) == 0 {
		return nil
	}
	found, err := x.quotes(ctx, a, j.gold)
	if err != nil {
		return err
	}
	s.answer(found.answered(decided(a)))
	s.found.add(found)
	if a, err = x.ask(ctx, j.Question, x.holding(j.relevant)); err != nil {
		return err
	}
	given, err := x.quotes(ctx, a, j.gold)
	s.given.add(given)
	return err
}

// ask has a question answered, from some articles or from all, and quotes even what
// it declines. One that the engine refuses is declined.
func (x *index) ask(ctx context.Context, q Question, within []string) (retrieval.Answer, error) {
	a, err := x.engine.Ask(ctx, retrieval.Question{Text: q.Text, Within: within, Regardless: true})
	if unaskable(err) {
		return retrieval.Answer{Verdict: retrieval.Declined}, nil
	}
	if err != nil {
		return a, fmt.Errorf("question %q: %w", q.ID, err)
	}
	return a, x.check(ctx, &a)
}

// check holds an answer against the articles, when that is asked for.
func (x *index) check(ctx context.Context, a *retrieval.Answer) error {
	if x.shown == nil {
		return nil
	}
	n, err := provenance.Check(ctx, x.store, a)
	x.shown.Merge(n)
	return err
}

// decided is what an answer is in the end.
func decided(a retrieval.Answer) outcome {
	return outcome{a.Probability, a.Verdict == retrieval.Answered && len(a.Citations) > 0}
}

// answered leaves nothing of what a refusal would have quoted.
func (q quoted) answered(o outcome) quoted {
	if o.answered {
		return q
	}
	return quoted{refused: true}
}

// quotes looks for the gold answers in what is quoted, whatever the verdict. They
// must be normalised.
func (x *index) quotes(ctx context.Context, a retrieval.Answer, gold []string) (quoted, error) {
	var q quoted
	if len(a.Citations) == 0 {
		return q, nil
	}
	for i, c := range a.Citations {
		if holds(c.Quote.Text, gold) {
			q.any = true
			q.first = q.first || i == 0
		}
	}
	passage, err := x.passage(ctx, a.Citations[0])
	q.passage = holds(passage, gold)
	return q, err
}

// passage is the text of the passage that a citation is from.
func (x *index) passage(ctx context.Context, c retrieval.Citation) (string, error) {
	article, passages, err := x.store.Full(ctx, c.ArticleID)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(passages, func(p corpus.Passage) bool { return p.ID == c.PassageID })
	if i < 0 {
		return "", nil
	}
	return article.Body[passages[i].Start:passages[i].End], nil
}

// holds tells whether one of the gold answers stands in a text.
func holds(s string, gold []string) bool {
	s = text.Normalize(s)
	return slices.ContainsFunc(gold, func(g string) bool { return strings.Contains(s, g) })
}

// normalized returns the gold answers as they are compared, without those that
// nothing is left of.
func normalized(gold []string) []string {
	var out []string
	for _, g := range gold {
		if n := strings.TrimSpace(text.Normalize(g)); n != "" {
			out = append(out, n)
		}
	}
	return out
}
