package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"newsbot/retrieval"
)

// parts is how many times weights are fitted to tell how they do on unseen articles.
const parts = 5

func every(cell) bool { return true }

// report fits and prints.
func report(ctx context.Context, out io.Writer, all []question, now []float64) error {
	r := &printer{out: out}
	free := make([]bool, len(now))
	for i := range free {
		free[i] = true
	}
	fitted := fit(all, free)
	r.weights("present", now)
	r.weights("fitted", fitted)
	r.cells(all, now, fitted, free)
	if err := r.leftOut(ctx, all, fitted, free); err != nil {
		return err
	}
	if err := r.ablations(ctx, all, fitted, free); err != nil {
		return err
	}
	return r.err
}

// A printer remembers the first error of writing.
type printer struct {
	out io.Writer
	err error
}

func (r *printer) printf(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.out, format, args...)
	}
}

// weights prints weights in units of that of behind, which is the ranking's own score.
func (r *printer) weights(name string, w []float64) {
	unit := w[slices.Index(retrieval.SignNames(), "behind")]
	if unit <= 0 {
		unit = 1
	}
	r.printf("%s, times %.3g:", name, unit)
	for i, sign := range retrieval.SignNames() {
		r.printf(" %s %.3g", sign, w[i]/unit)
	}
	r.printf("\n\n")
}

func (r *printer) figures(f figures) {
	r.printf(" %.3f / %.3f | %.3f / %.3f |", f.givenFirst, f.givenAny, f.foundFirst, f.foundAny)
}

// by returns the same weights for all questions.
func by(w []float64) func(*question) []float64 { return func(*question) []float64 { return w } }

// cells prints the figures of each.
func (r *printer) cells(all []question, now, fitted []float64, free []bool) {
	before, after, unseen := measure(all, by(now)), measure(all, by(fitted)), measure(all, crossed(all, free))
	r.printf("| set | question -> article | present: given | found | fitted: given | found | fitted on other articles: given | found |\n")
	r.printf("|---|---|---|---|---|---|---|---|\n")
	for _, c := range cellsOf(before) {
		r.row(c.set+" | "+c.pair, before[c], after[c], unseen[c])
	}
	r.row("mean |", mean(before, every), mean(after, every), mean(unseen, every))
	r.printf("\n")
}

func (r *printer) row(name string, all ...figures) {
	r.printf("| %s |", name)
	for _, f := range all {
		r.figures(f)
	}
	r.printf("\n")
}

// crossed returns for each question weights that were fitted on other articles.
func crossed(all []question, free []bool) func(*question) []float64 {
	fitted := make([][]float64, parts)
	for i := range fitted {
		fitted[i] = fit(without(all, func(q *question) bool { return q.part(parts) == i }), free)
	}
	return func(q *question) []float64 { return fitted[q.part(parts)] }
}

// without are the questions that are not to be left out.
func without(all []question, out func(*question) bool) []question {
	var some []question
	for i := range all {
		if !out(&all[i]) {
			some = append(some, all[i])
		}
	}
	return some
}

// leftOut prints what each set reaches by weights that were fitted on the others.
func (r *printer) leftOut(ctx context.Context, all []question, fitted []float64, free []bool) error {
	r.printf("| set left out | fitted on all: given | found | fitted on the others: given | found |\n|---|---|---|---|---|\n")
	with := measure(all, by(fitted))
	for _, set := range sets(all) {
		if err := ctx.Err(); err != nil {
			return err
		}
		own := func(c cell) bool { return c.set == set }
		others := without(all, func(q *question) bool { return own(q.cell) })
		if len(others) > 0 {
			r.row(set, mean(with, own), mean(measure(all, by(fit(others, free))), own))
		}
	}
	r.printf("\n")
	return nil
}

// sets are the names of the sets, in order.
func sets(all []question) []string {
	var names []string
	for i := range all {
		if !slices.Contains(names, all[i].cell.set) {
			names = append(names, all[i].cell.set)
		}
	}
	return names
}

// ablations prints what is reached without each sign, the others being fitted anew.
func (r *printer) ablations(ctx context.Context, all []question, fitted []float64, free []bool) error {
	r.printf("| without | given | found |\n|---|---|---|\n")
	r.row("nothing", mean(measure(all, by(fitted)), every))
	for i, name := range retrieval.SignNames() {
		if err := ctx.Err(); err != nil {
			return err
		}
		some := slices.Clone(free)
		some[i] = false
		r.row(name, mean(measure(all, by(fit(all, some))), every))
	}
	return nil
}
