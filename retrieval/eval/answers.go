package eval

import (
	"context"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// quoted says where a gold answer of a question stands.
type quoted struct {
	first, any, passage bool
	refused             bool
}

// quotes looks for the gold answers in what was answered. They must be
// normalised. In a refusal nothing is looked for.
func (x *index) quotes(ctx context.Context, a retrieval.Answer, gold []string) (quoted, error) {
	if a.Verdict != retrieval.Answered || len(a.Citations) == 0 {
		return quoted{refused: true}, nil
	}
	var q quoted
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
