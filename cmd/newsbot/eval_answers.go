package main

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/answers"
)

// An answersJSON is what eval -answers prints as JSON: the figures of our own questions, and
// what was measured on benchmark files when there are any.
type answersJSON struct {
	*answers.Report
	Development *developmentJSON `json:"development,omitempty"`
}

// A developmentJSON has of the benchmark files, all of them together, what has the same name
// as of our own questions, and all that is measured on them.
type developmentJSON struct {
	VerbatimRate  float64      `json:"verbatim_rate"`
	CitationRate  float64      `json:"citation_rate"`
	FirstRight    answers.Rate `json:"first_right"`
	AnyRight      answers.Rate `json:"any_right"`
	FalseAnswers  answers.Rate `json:"false_answers"`
	FalseRefusals answers.Rate `json:"false_refusals"`
	Measured      *eval.Report `json:"measured"`
}

// needsDir tells whether a flag means something for benchmark files alone.
func needsDir(o eval.Options) bool {
	return o.QueryLang != "" || o.CorpusLang != "" || o.Mixed || o.Typing || o.RunFile != "" || o.PlotFile != "" ||
		o.Cache != "" || len(o.Every) > 0 || len(o.Drop) > 0 || len(o.Others) > 0
}

// evalAnswers measures what readers rely on.
func (a *app) evalAnswers(ctx context.Context, o eval.Options, asJSON bool) error {
	if err := a.equipEval(&o); err != nil {
		return err
	}
	own, err := a.askOwn(ctx, o)
	if err != nil {
		return err
	}
	out := answersJSON{Report: own}
	if len(o.Dirs) > 0 {
		report, err := a.runEval(ctx, o)
		if err != nil {
			return err
		}
		out.Development = development(report)
	}
	if asJSON {
		return a.printJSON(out)
	}
	a.printAnswers(own)
	if d := out.Development; d != nil {
		a.printf("\n")
		a.printEval(d.Measured)
		a.printDevelopment(d)
	}
	return nil
}

// askOwn asks the questions of our own.
func (a *app) askOwn(ctx context.Context, o eval.Options) (*answers.Report, error) {
	questions, err := answers.Questions()
	if err != nil {
		return nil, fmt.Errorf("the questions inside the program: %w", err)
	}
	collections, err := ownCollections()
	if err != nil {
		return nil, fmt.Errorf("the articles inside the program: %w", err)
	}
	p := a.newProgress()
	defer p.end()
	report, err := answers.Run(ctx, answers.Options{
		Questions: questions, Collections: collections,
		Encoders: o.Encoders, Caution: o.Caution, Logger: o.Logger, Now: o.Now,
		Progress: func(e answers.Progress) { p.line(describeAnswers(e)) },
	})
	return report, withEvalHint(err)
}

func describeAnswers(p answers.Progress) string {
	if p.Questions > 0 {
		return fmt.Sprintf("%s: asking, %d of %d questions", p.Collection, p.Asked, p.Questions)
	}
	return fmt.Sprintf("%s: %s", p.Collection, describe(p.Encoding))
}

// ownCollections are the articles that the questions of our own are asked of.
func ownCollections() (map[string][]answers.Article, error) {
	out := map[string][]answers.Article{}
	for name, files := range map[string]fs.FS{"samples": samples.FS(), "reports": eval.OwnReports()} {
		var err error
		if out[name], err = namedArticles(files); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func namedArticles(files fs.FS) ([]answers.Article, error) {
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		return nil, err
	}
	articles := make([]answers.Article, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		articles[i].Name = strings.TrimSuffix(name, ".md")
		if articles[i].Article, err = source.Parse(name, data); err != nil {
			return nil, err
		}
	}
	return articles, nil
}

// development adds up what was measured on benchmark files.
func development(r *eval.Report) *developmentJSON {
	d := &developmentJSON{VerbatimRate: r.Provenance.VerbatimRate, CitationRate: r.Provenance.CitationRate, Measured: r}
	for _, c := range r.Cells {
		if a := c.Overall.Answers; a != nil {
			add(&d.FirstRight, a.First, a.Questions)
			add(&d.AnyRight, a.Any, a.Questions)
		}
		if u := c.Overall.Unanswerable; u != nil {
			add(&d.FalseAnswers, orZero(u.FalseAnswers), u.Questions)
			add(&d.FalseRefusals, orZero(u.FalseRefusals), u.Answerable)
		}
		if o := c.Others; o != nil {
			add(&d.FalseAnswers, orZero(o.FalseAnswers), o.Questions)
		}
	}
	return d
}

func orZero(f *float64) float64 {
	if f == nil {
		return 0
	}
	return *f
}

// add adds a share of so many to a rate.
func add(r *answers.Rate, share float64, of int) {
	r.Right += int(share*float64(of) + 0.5)
	r.Of += of
}

// printAnswers prints the figures of our own questions: what is counted of all, then what
// matters most of each direction and kind.
func (a *app) printAnswers(r *answers.Report) {
	rows := [][]string{{"of our own questions", "share", "of"}}
	for _, f := range r.Rates() {
		rows = append(rows, []string{f.Name, rate(f.Rate), fmt.Sprint(f.Rate.Of)})
	}
	a.printTable(rows)
	for _, by := range []struct {
		name string
		all  map[string]*answers.Figures
	}{{"question->article", r.ByDirection}, {"kind", r.ByKind}} {
		rows := [][]string{{by.name, "n", "first right", "any right", "window right", "false refusals", "false answers", "premises confirmed"}}
		for _, name := range slices.Sorted(maps.Keys(by.all)) {
			f := by.all[name]
			rows = append(rows, []string{
				name, fmt.Sprint(f.Questions), rate(f.FirstRight), rate(f.AnyRight), rate(f.WindowRight),
				rate(f.FalseRefusals), rate(f.FalseAnswers), rate(f.PremisesConfirmed),
			})
		}
		a.printf("\n")
		a.printTable(rows)
	}
}

// rate writes a share, or a dash where there is none.
func rate(r answers.Rate) string {
	share, ok := r.Share()
	if !ok {
		return "-"
	}
	return decimals(3, share)[0]
}

func (a *app) printDevelopment(d *developmentJSON) {
	p := d.Measured.Provenance
	a.printf("\nquotes: %d, of which %.3f are verbatim; articles cited: %d, of which %.3f are told of as they are\n",
		p.Quotes, p.VerbatimRate, p.Cited, p.CitationRate)
}
