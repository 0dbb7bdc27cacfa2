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
		synopsis: "-dir DIR [-dir DIR...] [-query-lang L] [-corpus-lang L] [-mixed] [-typing] [-drop FILE] [-run FILE] [-cache DIR] [-json]",
		summary:  "measure retrieval on benchmark files",
		example:  `newsbot eval -dir xquad -query-lang en -corpus-lang ar -cache vectors`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			var o eval.Options
			asJSON := evalFlags(flags, &o)
			return func(ctx context.Context, args []string) error {
				if err := checkEval(o, args); err != nil {
					return err
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
	flags.StringVar(&o.Drop, "drop", "", "leave out the documents whose ids are in this `file`, one a line")
	flags.StringVar(&o.RunFile, "run", "", "write the rankings, of the questions as they are, to this `file` as a TREC run, at most 100 documents a question; with several pairs of languages to one for each, out.en-ar.trec for out.trec")
	flags.StringVar(&o.Cache, "cache", "", "keep vectors in this `folder`, so that the next run takes seconds")
	return flags.Bool("json", false, "print the figures as JSON")
}

// checkEval refuses wrong flags before any file is touched.
func checkEval(o eval.Options, args []string) error {
	switch {
	case len(args) > 0:
		return misuse("eval takes no arguments, but there is %q: -dir names a folder", args[0])
	case len(o.Dirs) == 0:
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
	encoders, err := a.encoders()
	if err != nil {
		return err
	}
	p := a.newProgress()
	o.Encoders, o.Logger, o.Now = encoders, a.logger, a.Now
	o.Progress = func(e eval.Progress) { p.line(describeEval(e)) }
	report, err := eval.Run(ctx, o)
	p.end()
	if err != nil {
		return withEvalHint(err)
	}
	if asJSON {
		return a.printJSON(report)
	}
	a.printEval(report)
	return nil
}

// withEvalHint gives the remedy that the flags of eval or its environment are.
func withEvalHint(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return withHint(err, "-dir names a folder with corpus.L.jsonl, queries.L.jsonl and qrels.tsv, L being a language such as ar or en")
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

// printEval prints the figures as a table and what is to be said of them.
func (a *app) printEval(r *eval.Report) {
	rows := [][]string{{
		"set", "question->article", "n", "hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10",
		"first", "any", "passage", "refused", "p50 ms", "p95 ms", "p99 ms",
	}}
	var notes []string
	for _, c := range r.Cells {
		for _, s := range c.Sets {
			rows = append(rows, evalRow(s.Set, c, s.Figures))
			notes = append(notes, evalNotes(s.Set, c, s.Figures)...)
		}
		if len(c.Sets) > 1 {
			rows = append(rows, evalRow("all", c, c.Overall))
		}
		if c.Latency.Cached > 0 {
			notes = append(notes, fmt.Sprintf("%s->%s: questions timed without their encoding: %d", c.QueryLang, c.CorpusLang, c.Latency.Cached))
		}
	}
	a.printTable(rows)
	if len(notes) > 0 {
		a.printf("\n%s\n", strings.Join(notes, "\n"))
	}
	if r.Mixed != nil {
		a.printMixed(r.Mixed)
	}
	if r.Typing != nil {
		a.printTyping(r.Typing)
	}
}

// printMixed prints what is lost when languages share an index.
func (a *app) printMixed(m *eval.Mixed) {
	rows := [][]string{{"mixed", "question->article", "n", "hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10", "alone", "loss"}}
	for _, c := range m.Cells {
		for _, s := range c.Sets {
			rows = append(rows, mixedRow(s.Set, c, s.MixedFigures))
		}
		if len(c.Sets) > 1 {
			rows = append(rows, mixedRow("all", c, c.MixedFigures))
		}
	}
	a.printf("\n")
	a.printTable(rows)
	a.printf("\nloss: mean %.3f, worst %.3f; hit@10: mean %.3f, lowest %.3f; a search: p50 %.1f ms, p95 %.1f, p99 %.1f\n",
		m.MeanLoss, m.WorstLoss, m.Hit10, m.LowestHit10, m.Latency.P50, m.Latency.P95, m.Latency.P99)
	if m.Latency.Cached > 0 {
		a.printf("questions timed without their encoding: %d\n", m.Latency.Cached)
	}
}

func mixedRow(name string, c eval.MixedCell, f eval.MixedFigures) []string {
	row := []string{name, c.QueryLang + "->" + c.CorpusLang, fmt.Sprint(f.Questions)}
	return append(row, decimals(3, f.Hit1, f.Hit5, f.Hit10, f.MRR10, f.NDCG10, f.Alone, f.Loss)...)
}

// printTyping prints what is lost when questions are typed as people type them.
func (a *app) printTyping(t *eval.Typing) {
	rows := [][]string{{"typed", "question->article", "way", "n", "changed", "plain", "nDCG@10", "loss"}}
	for _, c := range t.Cells {
		for _, s := range c.Sets {
			rows = append(rows, typingRow(s.Set, c, s.TypingFigures))
		}
		if len(c.Sets) > 1 {
			rows = append(rows, typingRow("all", c, c.TypingFigures))
		}
	}
	a.printf("\n")
	a.printTable(rows)
	a.printf("\nloss: worst %.3f\n", t.WorstLoss)
}

func typingRow(name string, c eval.TypingCell, f eval.TypingFigures) []string {
	row := []string{name, c.QueryLang + "->" + c.CorpusLang, c.Way, fmt.Sprint(f.Questions), fmt.Sprint(f.Changed)}
	return append(row, decimals(3, f.Plain, f.NDCG10, f.Loss)...)
}

func decimals(places int, figures ...float64) []string {
	var out []string
	for _, f := range figures {
		out = append(out, strconv.FormatFloat(f, 'f', places, 64))
	}
	return out
}

func evalRow(name string, c eval.Cell, f eval.Figures) []string {
	row := []string{name, c.QueryLang + "->" + c.CorpusLang, fmt.Sprint(f.Questions)}
	row = append(row, decimals(3, f.Hit1, f.Hit5, f.Hit10, f.MRR10, f.NDCG10)...)
	if a := f.Answers; a != nil {
		row = append(row, decimals(3, a.First, a.Any, a.Passage, a.Refused)...)
	} else {
		row = append(row, "-", "-", "-", "-")
	}
	return append(row, decimals(1, c.Latency.P50, c.Latency.P95, c.Latency.P99)...)
}

// evalNotes says of which questions the figures are not.
func evalNotes(name string, c eval.Cell, f eval.Figures) []string {
	where := fmt.Sprintf("%s, %s->%s: ", name, c.QueryLang, c.CorpusLang)
	var notes []string
	if u := f.Unanswerable; u != nil {
		notes = append(notes, where+fmt.Sprintf("questions whose documents are left out: %d, of which %.3f are refused", u.Questions, u.Refused))
	}
	if f.Unjudged > 0 {
		notes = append(notes, where+fmt.Sprintf("questions without a relevant document in %s: %d", c.CorpusLang, f.Unjudged))
	}
	if f.Unaskable > 0 {
		notes = append(notes, where+fmt.Sprintf("questions that are empty or too long, and find nothing: %d", f.Unaskable))
	}
	return notes
}
