package eval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"newsbot/retrieval"
)

// A Sample is a question with all that ranking chooses from, for fitting.
type Sample struct {
	Set                   string
	QueryLang, CorpusLang string // CorpusLang is that of the relevant documents
	Mixed                 bool   // from an index of two languages
	Relevant              int    // how many articles are relevant, found or not
	Candidates            []SampleCandidate
}

// A SampleCandidate is a passage, as [retrieval.Candidate] has it.
type SampleCandidate struct {
	Document int32 // those of one sample with the same number are of one article
	Relevant bool
	Features []float32
	Level    []float32 // nil in an index of one language
	Other    bool
}

// Gather indexes and asks as [Run] does, and yields each question that has a
// relevant document with the passages that ranking chooses from, before it does and
// before a report that is there in two languages becomes one result;
// of a set's questions in a language at most so many, evenly spread, 0 being all.
// With Mixed it asks over the mixed indexes only. Errors are as for Run, or
// yield's.
func Gather(ctx context.Context, o Options, most int, yield func(*Sample) error) error {
	return gathering(ctx, o, most, func(r *runner) error {
		if r.Mixed {
			return r.gatherMixed(ctx, yield)
		}
		return r.gatherAlone(ctx, func(x *index, c pair) error { return r.gather(ctx, x, c, yield) })
	})
}

// gathering does something with all that [Run] measures by, and so many questions.
func gathering(ctx context.Context, o Options, most int, do func(*runner) error) (err error) {
	r := newRunner(o)
	if r.plan, err = readPlan(ctx, &r.Options); err != nil {
		return err
	}
	for _, s := range r.plan.sets {
		s.thin(most)
	}
	dir, err := os.MkdirTemp("", "newsbot-eval")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := r.openCaches(dir); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.closeCaches()) }()
	r.indexes = r.newMaker(dir)
	return do(r)
}

// thin leaves so many questions of each language.
func (s *Set) thin(most int) {
	for lang, all := range s.Questions {
		if most <= 0 || len(all) <= most {
			continue
		}
		some := make([]Question, most)
		for i := range some {
			some[i] = all[i*len(all)/most]
		}
		s.Questions[lang] = some
	}
}

// gatherAlone asks over indexes of one language.
func (r *runner) gatherAlone(ctx context.Context, gather func(*index, pair) error) error {
	for _, lang := range r.plan.corpora() {
		err := r.over(ctx, lang, r.plan.documents(lang), func(x *index) error {
			for _, c := range r.plan.pairs {
				if c.corpus != lang {
					continue
				}
				if err := gather(x, c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// over makes an index for as long as do takes.
func (r *runner) over(ctx context.Context, name string, documents []placed, do func(*index) error) (err error) {
	x, err := r.indexes.make(ctx, name, documents)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	return do(x)
}

// gather asks the questions of a cell.
func (r *runner) gather(ctx context.Context, x *index, c pair, yield func(*Sample) error) error {
	all := r.plan.judgements(c)
	for n, j := range all {
		r.Progress(Progress{Index: c.corpus, Pair: c.String(), Asked: n, Questions: len(all)})
		if !j.judged() {
			continue
		}
		s := &Sample{Set: r.plan.sets[j.set].Name, QueryLang: c.query, CorpusLang: c.corpus}
		if err := x.sample(ctx, j.Question, s, j.relevant, nil); err != nil {
			return err
		}
		if err := yield(s); err != nil {
			return err
		}
	}
	return nil
}

// gatherMixed asks over both mixed indexes.
func (r *runner) gatherMixed(ctx context.Context, yield func(*Sample) error) error {
	m := &mixedMeasurement{runner: r}
	for swapped := range uint32(2) {
		mix := mixing{r.plan.mixed, swapped}
		err := r.over(ctx, mix.name(), mix.documents(r.plan), func(x *index) error {
			for _, lang := range mix.languages {
				if err := m.gather(ctx, x, mix, lang, yield); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// gather asks the questions of one language, each for the documents of either
// language that answer it.
func (m *mixedMeasurement) gather(ctx context.Context, x *index, mix mixing, lang string, yield func(*Sample) error) error {
	for _, set := range m.plan.sets {
		for n, q := range set.Questions[lang] {
			m.Progress(Progress{Index: mix.name(), Pair: lang + "->" + mix.name(), Asked: n, Questions: len(set.Questions[lang])})
			relevant := m.relevant(set, q, mix)
			for _, corpus := range mix.languages {
				those := relevant[corpus]
				if len(those) == 0 {
					continue
				}
				s := &Sample{Set: set.Name, QueryLang: lang, CorpusLang: corpus, Mixed: true}
				if err := x.sample(ctx, q, s, those, relevant[mix.other(corpus)]); err != nil {
					return err
				}
				if err := yield(s); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// sample fills in what there is to choose from; documents of without are left out.
// Documents of the same content are one.
func (x *index) sample(ctx context.Context, q Question, s *Sample, relevant, without map[string]bool) error {
	all, err := x.engine.Candidates(ctx, retrieval.Question{Text: q.Text})
	if err != nil {
		return fmt.Errorf("question %q: %w", q.ID, err)
	}
	s.Relevant = len(x.holding(relevant))
	numbers := map[string]int32{}
	for _, c := range all {
		if x.among(c.ArticleID, without) {
			continue
		}
		document, ok := numbers[c.ArticleID]
		if !ok {
			document = int32(len(numbers))
			numbers[c.ArticleID] = document
		}
		s.Candidates = append(s.Candidates, SampleCandidate{
			document, x.among(c.ArticleID, relevant), single(c.Features), single(c.Level), c.Other,
		})
	}
	return nil
}

// holding are the articles of some documents, sorted.
func (x *index) holding(some map[string]bool) []string {
	var articles []string
	for article := range x.documents {
		if x.among(article, some) {
			articles = append(articles, article)
		}
	}
	slices.Sort(articles)
	return articles
}

// among reports whether an article is one of some documents.
func (x *index) among(article string, some map[string]bool) bool {
	return slices.ContainsFunc(x.documents[article], func(id string) bool { return some[id] })
}

// single keeps nil nil.
func single(v []float64) []float32 {
	if v == nil {
		return nil
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(x)
	}
	return out
}
