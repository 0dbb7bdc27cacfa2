package eval

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/eval/provenance"
)

// Options say what is measured.
type Options struct {
	Dirs []string // folders of sets, whose documents are indexed together; at least one
	// QueryLang and CorpusLang are the languages to ask in and to search in; ""
	// means all that the sets have.
	QueryLang, CorpusLang string
	// Others are folders of sets whose questions, those in the languages to ask in, are
	// asked over the same indexes of one language, where nothing is to answer them.
	Others []string
	// Every thins sets, by name; the value under "" is for those that are not named.
	// Of the documents every so many-th is kept, beginning with the first, and of the
	// questions those that these answer. 1 keeps all; less is an error.
	Every map[string]int
	// Drop are files of the ids of documents that are left out of the index, one
	// a line. With several sets an id may have the name of its set and a slash in
	// front. Ids of documents that thinning leaves out do no harm.
	Drop []string
	// Mixed also measures how much is lost when documents of two languages stand in
	// one index, each document in one of them: all that there are, which must be
	// two, or QueryLang and CorpusLang, which then name the two.
	Mixed bool
	// Typing also asks the questions in Arabic and in English in every way of
	// typing them, over the indexes of one language, and tells what is lost. It
	// looks at rankings alone.
	Typing bool
	// Provenance also holds every quote against the article that it is from.
	Provenance bool
	// RunFile gets the rankings of the questions as they are as a TREC run, at most 100 documents a question; ""
	// means none. With several cells each has a file of its own, with ".en-ar" for
	// English questions to Arabic documents before the extension. A file is
	// replaced at the end, when all is measured.
	RunFile string
	// PlotFile gets a reliability diagram as an SVG image, the Calibration of every cell;
	// "" means none. It is replaced at the end, as a run is.
	PlotFile string
	// Cache is a folder to keep vectors in from one call to the next; "" means
	// none.
	Cache    string
	Encoders retrieval.Encoders
	// Prepare is called with the store of an index when its documents are in, before they are
	// encoded; nil means nothing is done.
	Prepare  func(context.Context, *corpus.Store) error
	Caution  retrieval.Caution // of the answers
	Logger   *slog.Logger      // nil discards
	Now      func() time.Time  // nil is time.Now
	Progress func(Progress)    // called from Run's own goroutine; may be nil
}

// Progress is how far a call of Run is.
type Progress struct {
	Index    string             // what documents: their language, or "mixed 1"
	Encoding retrieval.Progress // while they are encoded
	// While questions are asked: the languages, as in "en->ar", or "en->ar, capitals"
	// for a way of typing them and "en->ar, of other sets" for those, and how many of
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
	runs    trecRuns
	plot    *replacement // nil for none
	alone   rankings     // over indexes of one language, for Mixed and Typing
	typing  *Typing      // nil unless asked for
	shown   provenance.Count
}

// Run measures. It makes its indexes in a temporary folder, which it deletes,
// also when ctx ends. An error names the file and line that is at fault; it wraps
// fs.ErrNotExist for a folder or file that is missing.
func Run(ctx context.Context, o Options) (_ *Report, err error) {
	r := newRunner(o)
	if r.plan, err = readPlan(ctx, &r.Options); err != nil {
		return nil, err
	}
	if r.runs, err = newRuns(r.RunFile, r.plan.pairs); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.runs.discard(), r.plot.discard()) }()
	if r.PlotFile != "" {
		if r.plot, err = newReplacement("plot", r.PlotFile); err != nil {
			return nil, err
		}
	}
	dir, err := os.MkdirTemp("", "newsbot-eval")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := r.openCaches(dir); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.closeCaches()) }()
	r.indexes = r.newMaker(dir)
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
	r := &runner{Options: o, alone: rankings{}}
	if o.Typing {
		r.typing = &Typing{Cells: []TypingCell{}}
	}
	return r
}

// hits counts the questions whose vectors came from a cache so far.
func (r *runner) hits() int {
	n := 0
	for _, c := range r.caches {
		n += c.Hits()
	}
	return n
}

// openCaches puts caches in front of the encoders. Without a folder to keep them
// in, mixed indexes get the vectors of texts that were encoded before from a
// temporary one; questions are encoded anew, as they would be.
func (r *runner) openCaches(temporary string) error {
	if r.Cache == "" && !r.Mixed {
		return nil
	}
	for _, enc := range []*retrieval.Encoder{&r.Encoders.Strong, &r.Encoders.Quick} {
		if *enc == nil {
			continue
		}
		c, err := OpenCache(cmp.Or(r.Cache, filepath.Join(temporary, "vectors")), *enc, r.Logger)
		if err != nil {
			return errors.Join(err, r.closeCaches())
		}
		c.passagesOnly = r.Cache == ""
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
