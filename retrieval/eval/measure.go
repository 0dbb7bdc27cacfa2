package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsbot/retrieval"
)

// maxDocuments is how many documents of a ranking are looked at.
const maxDocuments = 100

// maxPassages is how many passages are asked for to have as many documents: more
// than the engine looks at closely.
const maxPassages = 1000

// A ranked document has the score of its best passage.
type ranked struct {
	id    string
	score float64
}

// A judgement is a question with what is to be found.
type judgement struct {
	Question
	set      int             // among those of the plan
	id       string          // among the questions of all sets
	relevant map[string]bool // documents in the index
	lost     bool            // all relevant documents are dropped
	gold     []string        // normalised
}

// judgements are the questions of a cell, set by set.
func (p *plan) judgements(c pair) []judgement {
	var all []judgement
	for i, s := range p.sets {
		if s.Documents[c.corpus] == nil {
			continue
		}
		gold := s.gold(c.corpus)
		for _, q := range s.Questions[c.query] {
			j := judgement{Question: q, set: i, id: p.name(s, q.ID), gold: normalized(gold[q.ID])}
			j.relevant, j.lost = p.relevant(s, q, c.corpus)
			all = append(all, j)
		}
	}
	return all
}

// relevant are the documents in a language that answer a question. lost says that
// there were some, and all are dropped.
func (p *plan) relevant(s *Set, q Question, lang string) (documents map[string]bool, lost bool) {
	leftOut := p.leftOut(s)
	documents = map[string]bool{}
	for _, d := range s.Relevant[q.ID] {
		switch {
		case !s.has(d, lang):
		case leftOut(d):
			lost = true
		default:
			documents[p.name(s, d)] = true
		}
	}
	return documents, lost && len(documents) == 0
}

// judged tells whether the ranking of a question means something.
func (j *judgement) judged() bool { return len(j.relevant) > 0 }

// A ranking is what was found for a question.
type ranking struct {
	documents []ranked // best first, at most maxDocuments
	took      time.Duration
	unaskable bool // the engine refuses the question
}

// ids are the documents in order.
func (r *ranking) ids() []string {
	ids := make([]string, len(r.documents))
	for i, d := range r.documents {
		ids[i] = d.id
	}
	return ids
}

// search asks a question and ranks documents.
func (x *index) search(ctx context.Context, q Question, now func() time.Time) (ranking, error) {
	began := now()
	results, err := x.engine.Search(ctx, retrieval.Question{Text: q.Text}, maxPassages)
	r := ranking{took: now().Sub(began)}
	if unaskable(err) {
		r.unaskable = true
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("question %q: %w", q.ID, err)
	}
	r.documents = x.rank(results)
	return r, nil
}

// unaskable tells whether an error is of the question.
func unaskable(err error) bool {
	return errors.Is(err, retrieval.ErrEmptyQuestion) || errors.Is(err, retrieval.ErrTooLong)
}

// rank makes documents of passages, each with its best score.
func (x *index) rank(results []retrieval.Result) []ranked {
	var documents []ranked
	seen := map[string]bool{}
	for _, r := range results {
		if seen[r.ArticleID] {
			continue
		}
		seen[r.ArticleID] = true
		for _, id := range x.documents[r.ArticleID] {
			documents = append(documents, ranked{id, r.Score})
		}
	}
	return slices.Clip(documents[:min(len(documents), maxDocuments)])
}

// A measurement is of one cell.
type measurement struct {
	sets   []sums    // of the plan
	others []outcome // of questions of other sets
	took   []time.Duration
	cached int
}

// measure asks the questions of a cell one after the other.
func (r *runner) measure(ctx context.Context, x *index, c pair) (*measurement, error) {
	all := r.plan.judgements(c)
	m := &measurement{sets: make([]sums, len(r.plan.sets))}
	for n, j := range all {
		r.Progress(Progress{Index: c.corpus, Pair: c.String(), Asked: n, Questions: len(all)})
		before := r.hits()
		found, err := x.search(ctx, j.Question, r.Now)
		if err != nil {
			return nil, err
		}
		if !found.unaskable {
			m.took = append(m.took, found.took)
		}
		if r.hits() > before {
			m.cached++
		}
		if err := m.score(ctx, x, j, found); err != nil {
			return nil, err
		}
		if err := r.keep(c, j, found); err != nil {
			return nil, err
		}
	}
	var err error
	m.others, err = r.askOthers(ctx, x, c)
	return m, err
}

// score adds what was found to the sums.
func (m *measurement) score(ctx context.Context, x *index, j judgement, found ranking) error {
	s := &m.sets[j.set]
	if found.unaskable {
		s.unaskable++
	}
	switch {
	case j.judged():
		s.ranking.add(found.ids(), j.relevant)
	case !j.lost:
		s.unjudged++
		return nil
	}
	return x.judge(ctx, s, j)
}

// keep writes a ranking to the run, and remembers it to compare it with that of a
// mixed index or of the question typed otherwise. Questions that have lost their documents are not in the run, since their
// judgements say something else.
func (r *runner) keep(c pair, j judgement, found ranking) error {
	if r.Mixed || r.Typing {
		r.alone.add(c, j.id, found.ids())
	}
	if j.lost {
		return nil
	}
	return r.runs.add(c, j.id, found.documents)
}
