package answers

import (
	"slices"
	"strings"
	"unicode"

	"newsbot/retrieval"
)

// A measure is one thing that is counted.
type measure struct {
	name  string // as in the report's JSON
	fault bool   // what is counted is a fault
	rate  func(*Figures) *Rate
	// judge is of nothing when the measure does not apply.
	judge func(*asking) Rate
}

var measures = []measure{
	{"verbatim_rate", false, func(f *Figures) *Rate { return &f.Verbatim }, func(a *asking) Rate { return Rate{a.shown.Verbatim, a.shown.Quotes} }},
	{"citation_rate", false, func(f *Figures) *Rate { return &f.Citation }, func(a *asking) Rate { return Rate{a.shown.Right, a.shown.Cited} }},
	{"first_right", false, func(f *Figures) *Rate { return &f.FirstRight }, (*asking).firstRight},
	{"any_right", false, func(f *Figures) *Rate { return &f.AnyRight }, (*asking).anyRight},
	{"window_right", false, func(f *Figures) *Rate { return &f.WindowRight }, (*asking).windowRight},
	{"false_windows", true, func(f *Figures) *Rate { return &f.FalseWindows }, (*asking).falseWindow},
	{"false_answers", true, func(f *Figures) *Rate { return &f.FalseAnswers }, (*asking).falseAnswer},
	{"false_refusals", true, func(f *Figures) *Rate { return &f.FalseRefusals }, (*asking).falseRefusal},
	{"premises_confirmed_rate", true, func(f *Figures) *Rate { return &f.PremisesConfirmed }, (*asking).confirmed},
	{"premises_corrected", false, func(f *Figures) *Rate { return &f.PremisesCorrected }, (*asking).corrected},
	{"kind_right", false, func(f *Figures) *Rate { return &f.KindRight }, (*asking).kindRight},
	{"understood", false, func(f *Figures) *Rate { return &f.Understood }, (*asking).understood},
	{"said_by_right", false, func(f *Figures) *Rate { return &f.SaidByRight }, (*asking).saidByRight},
	{"age_told", false, func(f *Figures) *Rate { return &f.AgeTold }, (*asking).ageTold},
	{"figures_listed", false, func(f *Figures) *Rate { return &f.FiguresListed }, (*asking).figuresListed},
	{"copies_named", false, func(f *Figures) *Rate { return &f.CopiesNamed }, (*asking).copiesNamed},
}

// one counts a question, if the measure applies to it.
func one(applies bool, is func() bool) Rate {
	switch {
	case !applies:
		return Rate{}
	case is():
		return Rate{1, 1}
	}
	return Rate{0, 1}
}

// answered tells whether something is shown as the answer.
func (a *asking) answered() bool {
	return a.answer.Verdict == retrieval.Answered && len(a.answer.Citations)+len(a.answer.Reports) > 0
}

// isNamed tells whether an article is one of those that tell.
func (a *asking) isNamed(id string) bool { return slices.Contains(a.Articles, a.names[id]) }

// holds tells whether a citation is the right sentence.
func (a *asking) holds(c *retrieval.Citation) bool {
	has := func(gold string) bool { return strings.Contains(c.Quote.Text, gold) }
	return a.isNamed(c.ArticleID) && (len(a.Gold) == 0 || slices.ContainsFunc(a.Gold, has))
}

// right says of each thing shown, in order, whether it is right; of a refusal nothing.
func (a *asking) right() []bool {
	if !a.answered() {
		return nil
	}
	var all []bool
	if a.Kind == "about" {
		for _, r := range a.answer.Reports {
			all = append(all, a.isNamed(r.ArticleID))
		}
	}
	for i := range a.answer.Citations {
		all = append(all, a.holds(&a.answer.Citations[i]))
	}
	return all
}

// firstRight leaves out timelines, which begin with what is earliest.
func (a *asking) firstRight() Rate {
	return one(a.Expect == Answer && a.Kind != string(retrieval.Timeline), func() bool { r := a.right(); return len(r) > 0 && r[0] })
}

func (a *asking) anyRight() Rate {
	return one(a.Expect == Answer, func() bool { return slices.Contains(a.right(), true) })
}

func (a *asking) falseRefusal() Rate {
	return one(a.Expect == Answer, func() bool { return !a.answered() })
}

func (a *asking) falseAnswer() Rate { return one(a.Expect == Decline, a.answered) }

func (a *asking) windowRight() Rate {
	return one(!a.Window.IsZero(), func() bool { return a.Window.is(a.answer.Window, a.today) })
}

// falseWindow counts questions that are taken to say when and do not. A number may be part of
// a date, and so may what somebody else has written.
func (a *asking) falseWindow() Rate {
	says := !a.Window.IsZero() || strings.ContainsFunc(a.Previous+a.Text, unicode.IsDigit) || a.Kind == string(retrieval.Source)
	return one(a.Expect == Answer && !says, func() bool { return !a.answer.Window.IsZero() })
}

// isConfirmed tells whether an answer takes for granted what the question does: it is
// shown as one, and nothing is said to be missing.
func (a *asking) isConfirmed() bool {
	m := a.answer.Missing
	return a.answered() && !a.answer.Outside && len(m.Words)+len(m.Apart) == 0 && m.Fact == ""
}

func (a *asking) confirmed() Rate { return one(a.Expect == Premise, a.isConfirmed) }

// corrected counts premises that are not confirmed, while what is so is quoted from the
// right article.
func (a *asking) corrected() Rate {
	return one(a.Expect == Premise, func() bool {
		isThere := func(c retrieval.Citation) bool { return a.isNamed(c.ArticleID) }
		return !a.isConfirmed() && slices.ContainsFunc(a.answer.Citations, isThere)
	})
}

// kindRight looks at what asks for another kind of answer and at what does not. What is
// newest may be quoted as the best or as a list.
func (a *asking) kindRight() Rate {
	kind := a.answer.Kind
	return one(a.Expect == Answer, func() bool {
		switch retrieval.Kind(a.Kind) {
		case retrieval.Timeline, retrieval.Summary, retrieval.Source, retrieval.About:
			return kind == retrieval.Kind(a.Kind)
		case retrieval.Latest:
			return kind == retrieval.Latest || kind == retrieval.Best
		}
		return kind == retrieval.Best
	})
}

// understood counts follow-ups that are completed, which the reader is told, and answered
// right.
func (a *asking) understood() Rate {
	return one(a.Previous != "", func() bool { return a.answer.Understood != "" && slices.Contains(a.right(), true) })
}

// saidByRight counts the right sentences that are marked as said by who says them.
func (a *asking) saidByRight() Rate {
	return one(len(a.SaidBy) > 0, func() bool {
		return a.answered() && slices.ContainsFunc(a.answer.Citations, func(c retrieval.Citation) bool {
			isNamed := func(name string) bool { return strings.Contains(c.Claim.Speaker, name) }
			return c.Claim != nil && a.holds(&c) && slices.ContainsFunc(a.SaidBy, isNamed)
		})
	})
}

// ageTold counts answers about the present that say that they are old when they are, and
// do not when they are not.
func (a *asking) ageTold() Rate {
	asOf := a.answer.AsOf.Time
	return one(a.Kind == "present" && a.answered() && !asOf.IsZero(), func() bool {
		return a.answer.Stale == (a.Now.Sub(asOf) > retrieval.DefaultStaleAfter)
	})
}

// figuresListed counts answers that list at least two of the figures that differ.
func (a *asking) figuresListed() Rate {
	return one(a.Kind == "disagreement", func() bool {
		seen := map[string]bool{}
		for _, d := range a.answer.Disagreements {
			for _, f := range d.Figures {
				for _, gold := range a.Gold {
					seen[gold] = seen[gold] || a.isNamed(f.ArticleID) && strings.Contains(f.Quote.Text, gold)
				}
			}
		}
		listed := 0
		for _, is := range seen {
			if is {
				listed++
			}
		}
		return listed >= 2
	})
}

// copiesNamed counts answers that quote one of the copies, and tell of another.
func (a *asking) copiesNamed() Rate {
	return one(a.Kind == "copies", func() bool {
		return a.answered() && slices.ContainsFunc(a.answer.Citations, func(c retrieval.Citation) bool {
			isCopy := func(r retrieval.Report) bool { return a.isNamed(r.ArticleID) && r.ArticleID != c.ArticleID }
			return a.isNamed(c.ArticleID) && slices.ContainsFunc(c.Also, isCopy)
		})
	})
}
