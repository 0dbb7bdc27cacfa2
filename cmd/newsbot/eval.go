package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"newsbot/retrieval/eval"
)

func evalCommand() command {
	return command{
		name:     "eval",
		synopsis: "[-answers] [-dir DIR...] [-query-lang L] [-corpus-lang L] [-every N] [-drop FILE] [-others DIR] [-mixed] [-typing] [-run FILE] [-plot FILE] [-cache DIR] [-json]",
		summary:  "measure retrieval on benchmark files",
		example:  `newsbot eval -dir xquad -query-lang en -corpus-lang ar -cache vectors`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			var o eval.Options
			asJSON := evalFlags(flags, &o)
			flags.BoolVar(&o.Provenance, "answers", false, "ask questions of our own over articles of our own, and tell whether quotes are verbatim, cited and right, windows understood and false premises noticed; with -dir also whether what is quoted of its documents is verbatim and cited right")
			return func(ctx context.Context, args []string) error {
				if err := checkEval(o, args); err != nil {
					return err
				}
				if o.Provenance {
					return a.evalAnswers(ctx, o, *asJSON)
				}
				return a.eval(ctx, o, *asJSON)
			}
		},
	}
}

// evalFlags defines the flags of eval; it returns that of -json.
func evalFlags(flags *flag.FlagSet, o *eval.Options) *bool {
	flags.Func("dir", "`folder` with corpus.L.jsonl, queries.L.jsonl and qrels.tsv, L being a language such as ar or en; several are indexed together", func(dir string) error {
		o.Dirs = append(o.Dirs, dir)
		return nil
	})
	flags.StringVar(&o.QueryLang, "query-lang", "", "`language` to ask in (default each that there are questions in)")
	flags.StringVar(&o.CorpusLang, "corpus-lang", "", "`language` to search in (default each that there are documents in, in an index of its own)")
	flags.BoolVar(&o.Mixed, "mixed", false, "also index two languages at once, each document in one of them, and tell what is lost; -query-lang and -corpus-lang name the two when there are more")
	flags.BoolVar(&o.Typing, "typing", false, "also ask the questions in Arabic and English as people type them, without hamza, in capitals or with a slip of the finger, and tell what is lost")
	flags.Func("every", "keep only each `N`-th document and the questions that these answer; SET=N does so with one set alone, several may be named", func(s string) error {
		return addEvery(o, s)
	})
	flags.Func("drop", "leave out the documents whose ids are in this `file`, one a line, and tell how well the questions that lose all of theirs are declined; several may be named", func(file string) error {
		o.Drop = append(o.Drop, file)
		return nil
	})
	flags.Func("others", "also ask the questions in this `folder`, which is as those of -dir, about something else than the documents, and tell how many are answered; several may be named", func(dir string) error {
		o.Others = append(o.Others, dir)
		return nil
	})
	flags.StringVar(&o.RunFile, "run", "", "write the rankings, of the questions as they are, to this `file` as a TREC run, at most 100 documents a question; with several pairs of languages to one for each, out.en-ar.trec for out.trec")
	flags.StringVar(&o.PlotFile, "plot", "", "draw to this `file`, as an SVG image, how often questions are answerable by the probability that is given to their answers")
	flags.StringVar(&o.Cache, "cache", "", "keep vectors in this `folder`, so that the next run takes seconds")
	return flags.Bool("json", false, "print the figures as JSON")
}

// addEvery reads N or SET=N.
func addEvery(o *eval.Options, s string) error {
	set, number, named := strings.Cut(s, "=")
	if !named {
		set, number = "", s
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || named && set == "" {
		return errors.New("want a whole number from 1 on, or the name of a set, = and such a number")
	}
	if o.Every == nil {
		o.Every = map[string]int{}
	}
	o.Every[set] = n
	return nil
}

// checkEval refuses wrong flags before any file is touched.
func checkEval(o eval.Options, args []string) error {
	switch {
	case len(args) > 0:
		return misuse("eval takes no arguments, but there is %q: -dir names a folder", args[0])
	case len(o.Dirs) == 0 && (!o.Provenance || needsDir(o)):
		return misuse("there is no -dir")
	}
	for name, lang := range map[string]string{"-query-lang": o.QueryLang, "-corpus-lang": o.CorpusLang} {
		if lang != "" && !eval.ValidLanguage(lang) {
			return misuse("%s is %q, but it must be two to eight letters a to z", name, lang)
		}
	}
	return nil
}

func (a *app) eval(ctx context.Context, o eval.Options, asJSON bool) error {
	if err := a.equipEval(&o); err != nil {
		return err
	}
	report, err := a.runEval(ctx, o)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(report)
	}
	a.printEval(report)
	return nil
}

// equipEval fills in what is measured with, which are the encoders inside the program.
func (a *app) equipEval(o *eval.Options) error {
	m, err := a.models()
	if err != nil {
		return err
	}
	c, err := a.settings.answering()
	o.Encoders, o.Caution, o.Logger, o.Now = m.own, c.caution, a.logger, a.Now
	return err
}

// runEval measures on benchmark files.
func (a *app) runEval(ctx context.Context, o eval.Options) (*eval.Report, error) {
	p := a.newProgress()
	o.Progress = func(e eval.Progress) { p.line(describeEval(e)) }
	report, err := eval.Run(ctx, o)
	p.end()
	if err != nil {
		return nil, withEvalHint(err)
	}
	return report, nil
}

// withEvalHint gives the remedy that the flags of eval or its environment are.
func withEvalHint(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return withHint(err, "-dir and -others name a folder with corpus.L.jsonl, queries.L.jsonl and qrels.tsv, L being a language such as ar or en")
	case diskFull(err):
		return withHint(err, "free some room on the disk, or have the documents indexed on another one: TMPDIR names the folder")
	}
	return err
}

func describeEval(p eval.Progress) string {
	if p.Questions > 0 {
		return fmt.Sprintf("%s: asking, %d of %d questions", p.Pair, p.Asked, p.Questions)
	}
	return fmt.Sprintf("documents in %s: %s", p.Index, describe(p.Encoding))
}
