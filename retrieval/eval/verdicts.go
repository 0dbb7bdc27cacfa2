package eval

import (
	"cmp"
	"slices"
)

// Unanswerable says how well questions that the index answers are told from those
// that it does not. An answer is given when the verdict is retrieval.Answered; what
// is shown as the nearest coverage is a refusal. All shares are from 0 to 1, and
// nil where there are no questions that they could be of.
type Unanswerable struct {
	Questions  int     `json:"questions"`  // those whose relevant documents were all left out
	Refused    float64 `json:"refused"`    // the share of Questions that was not answered; 0 for none
	Answerable int     `json:"answerable"` // questions with a relevant document in the index
	// FalseAnswers is the share of Questions that was answered, FalseRefusals that of
	// Answerable that was not.
	FalseAnswers  *float64 `json:"false_answer_rate"`
	FalseRefusals *float64 `json:"false_refusal_rate"`
	// AUROC is how often an answerable question gets a higher probability than one of
	// Questions, each compared with each; equal ones count half.
	AUROC *float64 `json:"auroc"`
}

// An outcome is what the engine decides of a question.
type outcome struct {
	probability float64
	answered    bool
}

// verdicts are the outcomes of questions with and without a document that answers.
type verdicts struct{ kept, lost []outcome }

func (v *verdicts) merge(o verdicts) {
	v.kept = append(v.kept, o.kept...)
	v.lost = append(v.lost, o.lost...)
}

// figures is nil when nothing was asked.
func (v *verdicts) figures() *Unanswerable {
	if len(v.kept)+len(v.lost) == 0 {
		return nil
	}
	u := &Unanswerable{
		Questions: len(v.lost), Answerable: len(v.kept),
		FalseAnswers:  share(v.lost, func(o outcome) bool { return o.answered }),
		FalseRefusals: share(v.kept, func(o outcome) bool { return !o.answered }),
		AUROC:         auroc(v.kept, v.lost),
	}
	if u.FalseAnswers != nil {
		u.Refused = 1 - *u.FalseAnswers
	}
	return u
}

// share is that of the outcomes of a kind, nil of none.
func share(all []outcome, of func(outcome) bool) *float64 {
	if len(all) == 0 {
		return nil
	}
	n := 0.0
	for _, o := range all {
		n += number(of(o))
	}
	n /= float64(len(all))
	return &n
}

// auroc is the area under the receiver operating characteristic, by ranks (Mann and
// Whitney 1947); nil when a side is empty.
func auroc(kept, lost []outcome) *float64 {
	if len(kept) == 0 || len(lost) == 0 {
		return nil
	}
	below := probabilities(lost)
	var wins float64
	for _, o := range kept {
		lower, _ := slices.BinarySearch(below, o.probability)
		upper, _ := slices.BinarySearchFunc(below, o.probability, func(p, of float64) int {
			return cmp.Or(cmp.Compare(p, of), -1) // behind the last that is equal
		})
		wins += float64(lower+upper) / 2
	}
	area := wins / float64(len(kept)) / float64(len(lost))
	return &area
}

// probabilities are sorted.
func probabilities(all []outcome) []float64 {
	out := make([]float64, len(all))
	for i, o := range all {
		out[i] = o.probability
	}
	slices.Sort(out)
	return out
}
