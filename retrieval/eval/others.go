package eval

import (
	"context"
	"fmt"
)

// Others are questions of other sets, about something else than the documents of the
// index: none of them is taken to have an answer there.
type Others struct {
	Questions int `json:"questions"`
	// FalseAnswers is the share that was answered, 0 to 1; nil of none.
	FalseAnswers *float64 `json:"false_answer_rate"`
}

// readOthers reads the sets whose questions are asked of documents that are not theirs.
func (p *plan) readOthers(ctx context.Context, dirs []string) error {
	for _, dir := range dirs {
		for _, s := range p.sets {
			if sameFile(s.Dir, dir) {
				return fmt.Errorf("the documents of %s are indexed, so that its questions are not about something else", dir)
			}
		}
		s, err := ReadSet(ctx, dir)
		if err != nil {
			return err
		}
		p.others = append(p.others, s)
	}
	return nil
}

// askOthers asks the questions of other sets that are in the language of a cell.
func (r *runner) askOthers(ctx context.Context, x *index, c pair) ([]outcome, error) {
	var all []Question
	for _, s := range r.plan.others {
		all = append(all, s.Questions[c.query]...)
	}
	outcomes := make([]outcome, len(all))
	for n, q := range all {
		r.Progress(Progress{Index: c.corpus, Pair: c.String() + ", of other sets", Asked: n, Questions: len(all)})
		a, err := x.ask(ctx, q, nil)
		if err != nil {
			return nil, err
		}
		outcomes[n] = decided(a)
	}
	return outcomes, nil
}

// othersFigures is nil when there are no other sets.
func (r *runner) othersFigures(all []outcome) *Others {
	if len(r.plan.others) == 0 {
		return nil
	}
	return &Others{len(all), share(all, func(o outcome) bool { return o.answered })}
}
