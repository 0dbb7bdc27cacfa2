package answers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"newsbot/retrieval"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/eval/provenance"
)

// Options say what is measured.
type Options struct {
	Questions []Question // at least one
	// Collections are the articles by the name that questions have for them.
	Collections map[string][]Article
	Encoders    retrieval.Encoders
	Caution     retrieval.Caution // of the answers
	Logger      *slog.Logger      // nil discards
	Now         func() time.Time  // of the machine, not of the questions; nil is time.Now
	Progress    func(Progress)    // called from Run's own goroutine; may be nil
}

// Progress is how far a call of Run is.
type Progress struct {
	Collection string
	Encoding   retrieval.Progress // while articles are encoded
	// While questions are asked: how many of how many are answered.
	Asked, Questions int
}

// An asking is a question with its answer.
type asking struct {
	*Question
	answer retrieval.Answer
	shown  provenance.Count
	names  map[string]string // of articles, by ID
	today  dates.Day
}

// Run asks the questions, each collection's after the other, in temporary folders that it
// deletes, also when ctx ends.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	by := map[string][]*Question{}
	for i := range o.Questions {
		q := &o.Questions[i]
		if o.Collections[q.Collection] == nil {
			return nil, fmt.Errorf("question %s: there is no collection %q", q.ID, q.Collection)
		}
		by[q.Collection] = append(by[q.Collection], q)
	}
	report := newReport(o.Encoders)
	for _, name := range slices.Sorted(maps.Keys(by)) {
		if err := o.measure(ctx, name, by[name], report); err != nil {
			return nil, err
		}
	}
	return report, nil
}

// measure asks the questions of one collection.
func (o *Options) measure(ctx context.Context, name string, questions []*Question, report *Report) (err error) {
	c, err := open(ctx, o, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	for n, q := range questions {
		o.Progress(Progress{Collection: name, Asked: n, Questions: len(questions)})
		a, err := c.ask(ctx, q)
		if err != nil {
			return fmt.Errorf("question %s: %w", q.ID, err)
		}
		report.add(a)
	}
	return nil
}

// ask has a question answered, after the one that it goes on from.
func (c *collection) ask(ctx context.Context, q *Question) (*asking, error) {
	question := retrieval.Question{Text: q.Text, Now: q.Now}
	if q.Previous != "" {
		before, err := c.engine.Ask(ctx, retrieval.Question{Text: q.Previous, Now: q.Now})
		if err != nil {
			return nil, err
		}
		question.Previous = turn(&before)
	}
	answer, err := c.engine.Ask(ctx, question)
	if err != nil {
		return nil, err
	}
	shown, err := provenance.Check(ctx, c.store, &answer)
	return &asking{q, answer, shown, c.names, calendar.Today(q.Now)}, err
}

// turn is what a conversation keeps of an answer.
func turn(a *retrieval.Answer) *retrieval.Turn {
	t := &retrieval.Turn{Question: cmp.Or(a.Understood, a.Question)}
	for _, c := range a.Citations {
		if !slices.Contains(t.Articles, c.ArticleID) {
			t.Articles = append(t.Articles, c.ArticleID)
		}
	}
	return t
}
