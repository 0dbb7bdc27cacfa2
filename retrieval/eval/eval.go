package eval

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"newsbot/retrieval"
)

// Options say what is measured.
type Options struct {
	Dirs []string // folders of sets, whose documents are indexed together; at least one
	// QueryLang and CorpusLang are the languages to ask in and to search in; ""
	// means all that the sets have.
	QueryLang, CorpusLang string
	// Drop is a file of the ids of documents that are left out of the index, one
	// a line; "" means none. With several sets an id may have the name of its set
	// and a slash in front.
	Drop string
	// Cache is a folder to keep vectors in from one call to the next; "" means
	// none.
	Cache    string
	Encoders retrieval.Encoders
	Logger   *slog.Logger     // nil discards
	Now      func() time.Time // nil is time.Now
	Progress func(Progress)   // called from Run's own goroutine; may be nil
}

// Progress is how far a call of Run is.
type Progress struct {
	Index    string             // the language of the documents
	Encoding retrieval.Progress // while they are encoded
	// While questions are asked: the languages, as in "en->ar", and how many of
	// how many are answered.
	Pair             string
	Asked, Questions int
}

// String is as in "en->ar".
func (p pair) String() string { return p.query + "->" + p.corpus }

// A runner is one call of Run.
type runner struct {
	Options
	plan    *plan
	indexes *maker
	caches  []*Cache
}

// Run measures. It makes its indexes in a temporary folder, which it deletes,
// also when ctx ends. An error names the file and line that is at fault; it wraps
// fs.ErrNotExist for a folder or file that is missing.
func Run(ctx context.Context, o Options) (_ *Report, err error) {
	r := newRunner(o)
	if r.plan, err = readPlan(ctx, &r.Options); err != nil {
		return nil, err
	}
	if err := r.openCaches(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.closeCaches()) }()
	dir, err := os.MkdirTemp("", "newsbot-eval")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r.indexes = &maker{dir, r.Encoders, r.Logger, r.Now, r.progress}
	report, err := r.report(ctx)
	if ctx.Err() != nil { // whatever it was that ctx broke off
		return nil, ctx.Err()
	}
	return report, err
}

func newRunner(o Options) *runner {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	return &runner{Options: o}
}

func (r *runner) progress(p Progress) { r.Progress(p) }

func (r *runner) now() time.Time { return r.Now() }

// hits counts the questions whose vectors came from a cache so far.
func (r *runner) hits() int {
	n := 0
	for _, c := range r.caches {
		n += c.Hits()
	}
	return n
}

// openCaches puts caches in front of the encoders.
func (r *runner) openCaches() error {
	if r.Cache == "" {
		return nil
	}
	for _, enc := range []*retrieval.Encoder{&r.Encoders.Strong, &r.Encoders.Quick} {
		if *enc == nil {
			continue
		}
		c, err := OpenCache(r.Cache, *enc, r.Logger)
		if err != nil {
			return errors.Join(err, r.closeCaches())
		}
		r.caches = append(r.caches, c)
		*enc = c
	}
	return nil
}

func (r *runner) closeCaches() error {
	var errs []error
	for _, c := range r.caches {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// readPlan reads the files and decides what is measured.
func readPlan(ctx context.Context, o *Options) (*plan, error) {
	p := &plan{}
	for _, dir := range o.Dirs {
		s, err := ReadSet(ctx, dir)
		if err != nil {
			return nil, err
		}
		p.sets = append(p.sets, s)
	}
	if err := sameName(p.sets); err != nil {
		return nil, err
	}
	if err := p.drop(ctx, o.Drop); err != nil {
		return nil, err
	}
	return p, p.choose(o.QueryLang, o.CorpusLang)
}

// drop reads the ids of documents to leave out.
func (p *plan) drop(ctx context.Context, path string) error {
	if path == "" {
		return nil
	}
	ids, err := readIDs(ctx, path)
	if err != nil {
		return missing(path, err)
	}
	known := map[string]bool{}
	for _, s := range p.sets {
		for lang := range s.Documents {
			for id := range s.documentIDs(lang) {
				known[id], known[s.Name+"/"+id] = true, true
			}
		}
	}
	p.dropped = map[string]bool{}
	for id, line := range ids {
		if !known[id] {
			return fmt.Errorf("%s:%d: unknown document %q", path, line, id)
		}
		p.dropped[id] = true
	}
	return nil
}

// report measures every cell, an index for each language of documents.
func (r *runner) report(ctx context.Context) (*Report, error) {
	out := &Report{Cells: []Cell{}}
	for _, enc := range []retrieval.Encoder{r.Encoders.Strong, r.Encoders.Quick} {
		if enc != nil {
			out.Encoders = append(out.Encoders, enc.ID())
		}
	}
	for _, lang := range r.plan.corpora() {
		cells, err := r.cells(ctx, lang)
		if err != nil {
			return nil, err
		}
		out.Cells = append(out.Cells, cells...)
	}
	return out, nil
}

// cells measures those of one language of documents.
func (r *runner) cells(ctx context.Context, lang string) (_ []Cell, err error) {
	documents := r.plan.documents(lang)
	if len(documents) == 0 {
		return nil, errNothingLeft
	}
	x, err := r.indexes.make(ctx, lang, documents)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	var cells []Cell
	for _, c := range r.plan.pairs {
		if c.corpus != lang {
			continue
		}
		m, err := r.measure(ctx, x, c, func(judgement, ranking) error { return nil })
		if err != nil {
			return nil, err
		}
		cells = append(cells, r.cell(x, c, m))
	}
	return cells, nil
}

// cell makes figures of what was measured.
func (r *runner) cell(x *index, c pair, m *measurement) Cell {
	out := Cell{QueryLang: c.query, CorpusLang: c.corpus, Documents: x.size, Latency: latency(m.took, m.cached)}
	var all sums
	for i, s := range r.plan.sets {
		if s.Questions[c.query] != nil && s.Documents[c.corpus] != nil {
			out.Sets = append(out.Sets, SetFigures{s.Name, m.sets[i].figures()})
			all.merge(m.sets[i])
		}
	}
	out.Overall = all.figures()
	return out
}
