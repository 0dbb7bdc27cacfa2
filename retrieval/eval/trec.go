package eval

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// runTag names the system in a TREC run.
const runTag = "newsbot"

// A trecRun is written beside its file and takes the file's place in commit.
type trecRun struct{ *replacement }

// newRun begins a run. Call commit or discard.
func newRun(path string) (*trecRun, error) {
	r, err := newReplacement("run", path)
	if err != nil {
		return nil, err
	}
	return &trecRun{r}, nil
}

// add writes the ranking of a question.
func (t *trecRun) add(question string, documents []ranked) error {
	for i, d := range documents {
		if _, err := fmt.Fprintf(t.w, "%s Q0 %s %d %v %s\n", question, d.id, i+1, d.score, runTag); err != nil {
			return t.failed(err)
		}
	}
	return nil
}

// trecRuns are those of all cells.
type trecRuns map[pair]*trecRun

// newRuns begins the runs of a plan: the file itself for one cell, one for each
// when there are several.
func newRuns(path string, pairs []pair) (trecRuns, error) {
	runs := trecRuns{}
	if path == "" {
		return runs, nil
	}
	for _, c := range pairs {
		run, err := newRun(runName(path, c, pairs))
		if err != nil {
			return nil, errors.Join(err, runs.discard())
		}
		runs[c] = run
	}
	return runs, nil
}

// runName is the file of a pair's run, one of several.
func runName(path string, c pair, pairs []pair) string {
	if len(pairs) == 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s.%s-%s%s", strings.TrimSuffix(path, ext), c.query, c.corpus, ext)
}

func (t trecRuns) commit() error {
	for _, run := range t {
		if err := run.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (t trecRuns) discard() error {
	var errs []error
	for _, run := range t {
		errs = append(errs, run.discard())
	}
	return errors.Join(errs...)
}

// add writes the ranking of a question of a cell, when there is a run.
func (t trecRuns) add(c pair, question string, documents []ranked) error {
	if run := t[c]; run != nil {
		return run.add(question, documents)
	}
	return nil
}

// path is the file of a cell's run, "" for none.
func (t trecRuns) path(c pair) string {
	if run := t[c]; run != nil {
		return run.path
	}
	return ""
}

// checkRunFile refuses to put a run in the place of a file that is read.
func (p *plan) checkRunFile(o *Options) error {
	for _, c := range p.pairs {
		if err := p.checkOutput("run", runName(o.RunFile, c, p.pairs), o); err != nil {
			return err
		}
	}
	return nil
}

// checkOutput refuses to write in the place of a file that is read, or where the next
// reader of a set would take it for one.
func (p *plan) checkOutput(what, name string, o *Options) error {
	if slices.ContainsFunc(o.Drop, func(drop string) bool { return sameFile(name, drop) }) {
		return fmt.Errorf("%s names the documents to leave out: give the %s another name", name, what)
	}
	for _, s := range slices.Concat(p.sets, p.others) {
		if s.owns(name) {
			return fmt.Errorf("%s is a file of a set: give the %s another name", name, what)
		}
	}
	return nil
}

// checkPlot refuses a plot for the same reasons, and one in the place of a run.
func (p *plan) checkPlot(o *Options) error {
	if o.PlotFile == "" {
		return nil
	}
	for _, c := range p.pairs {
		if o.RunFile != "" && filepath.Clean(runName(o.RunFile, c, p.pairs)) == filepath.Clean(o.PlotFile) {
			return fmt.Errorf("%s is to be a run: give the plot another name", o.PlotFile)
		}
	}
	return p.checkOutput("plot", o.PlotFile, o)
}

// sameFile reports whether two paths lead to one file or folder.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// checkTREC refuses ids and names that a line of a run cannot hold.
func (p *plan) checkTREC() error {
	for _, s := range p.sets {
		if len(p.sets) > 1 && spaced(s.Name) {
			return fmt.Errorf("the folder %q has a space in its name, which is part of the ids in a TREC run: rename it", s.Dir)
		}
		for lang, all := range s.Documents {
			for _, d := range all {
				if spaced(d.ID) {
					return fmt.Errorf("%s:%d: id %q has a space in it, which a TREC run cannot hold", s.corpusFile(lang), d.line, d.ID)
				}
			}
		}
		for lang, all := range s.Questions {
			for _, q := range all {
				if spaced(q.ID) {
					return fmt.Errorf("%s:%d: id %q has a space in it, which a TREC run cannot hold", s.queriesFile(lang), q.line, q.ID)
				}
			}
		}
	}
	return nil
}

func spaced(id string) bool { return strings.ContainsFunc(id, unicode.IsSpace) }
