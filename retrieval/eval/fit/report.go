package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"newsbot/retrieval"
)

// scale is the slot of the weight that stays: the passage's.
var scale = slot(slices.Index(retrieval.FeatureNames(), "passage"))

// neutral weights are where every climb begins, so that those fitted without a set
// know nothing of it: all ones, and half of what compares two languages.
func neutral() retrieval.Weights {
	w := retrieval.Weights{Levelled: 0.5, OtherBonus: 0.5}
	for range retrieval.FeatureNames() {
		w.Features = append(w.Features, 1)
	}
	return w
}

// report fits and prints.
func report(ctx context.Context, out io.Writer, p *problem, now retrieval.Weights) error {
	fitted, err := p.climb(ctx, neutral(), []slot{scale}, every)
	if err != nil {
		return err
	}
	r := &printer{out: out}
	r.weights("present", now)
	r.weights("fitted", fitted)
	r.cells(p, now, fitted)
	if err := r.leftOut(ctx, p, fitted); err != nil {
		return err
	}
	if err := r.ablations(ctx, p, fitted); err != nil {
		return err
	}
	return r.err
}

func every(cell) bool { return true }

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

func (r *printer) weights(name string, w retrieval.Weights) {
	r.printf("%s:", name)
	for i, feature := range retrieval.FeatureNames() {
		r.printf(" %s %.3g", feature, w.Features[i])
	}
	r.printf("; levelled %.3g, other bonus %.3g\n\n", w.Levelled, w.OtherBonus)
}

// cells prints the figures of each.
func (r *printer) cells(p *problem, now, fitted retrieval.Weights) {
	before, after := p.figures(&now), p.figures(&fitted)
	r.printf("| index | set | question -> article | present | fitted |\n|---|---|---|---|---|\n")
	for i, c := range p.cells {
		r.printf("| %s | %s | %s | %.4f | %.4f |\n", c.kind, c.set, c.pair, before[i], after[i])
	}
	r.printf("| mean | | | %.4f | %.4f |\n\n", p.mean(before, every), p.mean(after, every))
}

// leftOut prints what each set loses by weights that were fitted on the others.
func (r *printer) leftOut(ctx context.Context, p *problem, fitted retrieval.Weights) error {
	r.printf("| set left out | fitted on all | fitted on the others | loss |\n|---|---|---|---|\n")
	with := p.figures(&fitted)
	for _, set := range p.sets() {
		own := func(c cell) bool { return c.set == set }
		others, err := p.climb(ctx, neutral(), []slot{scale}, func(c cell) bool { return !own(c) })
		if err != nil {
			return err
		}
		all, without := p.mean(with, own), p.mean(p.figures(&others), own)
		r.printf("| %s | %.4f | %.4f | %.4f |\n", set, all, without, all-without)
	}
	r.printf("\n")
	return nil
}

// sets are the names of the sets, in order.
func (p *problem) sets() []string {
	var names []string
	for _, c := range p.cells {
		if !slices.Contains(names, c.set) {
			names = append(names, c.set)
		}
	}
	return names
}

// ablations prints what is lost without each feature, the others being fitted
// anew.
func (r *printer) ablations(ctx context.Context, p *problem, fitted retrieval.Weights) error {
	r.printf("| without | alone | joined | mixed | mean |")
	for _, set := range p.sets() {
		r.printf(" %s |", set)
	}
	r.printf("\n|---|---|---|---|---|%s\n", dashes(len(p.sets())))
	full := p.figures(&fitted)
	for i, name := range retrieval.FeatureNames() {
		w, err := p.climb(ctx, with(fitted, slot(i), 0), []slot{scale, slot(i)}, every)
		if err != nil {
			return err
		}
		lost := p.figures(&w)
		for c := range lost {
			lost[c] = full[c] - lost[c]
		}
		r.printf("| %s |", name)
		for _, passes := range groups(p) {
			r.printf(" %.4f |", p.mean(lost, passes))
		}
		r.printf("\n")
	}
	return nil
}

// groups are the kinds of index, all cells, and the sets.
func groups(p *problem) []func(cell) bool {
	var out []func(cell) bool
	for _, kind := range []string{alone, joined, mixed} {
		out = append(out, func(c cell) bool { return c.kind == kind })
	}
	out = append(out, every)
	for _, set := range p.sets() {
		out = append(out, func(c cell) bool { return c.set == set })
	}
	return out
}

func dashes(n int) string {
	var s string
	for range n {
		s += "---|"
	}
	return s
}
