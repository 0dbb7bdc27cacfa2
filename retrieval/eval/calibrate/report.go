package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"newsbot/retrieval"
)

// directions are those that are fitted.
var directions = []string{"ar->ar", "en->en", "en->ar", "ar->en"}

func (s *sample) direction() string { return s.QueryLang + "->" + s.CorpusLang }

// given are weights that are not fitted: the sets hardly ask about the wrong person, place
// or year, as readers of news do.
var given = map[string]float64{"absent": -2.5}

// counts says how much a sample counts: headlines little, which are no questions.
func (s *sample) counts() float64 {
	switch {
	case !s.Gold:
		return 0.15
	case s.Collection == "few":
		return 0.5
	}
	return 1
}

// rowsOf makes the samples ready. Every kind of collection, set and direction counts as
// the root of how many it has, and answerable questions of a direction as much as others.
func rowsOf(all []sample) []row {
	type cell struct {
		collection, kind, set, direction string
		answerable                       bool
	}
	type side struct {
		direction  string
		answerable bool
	}
	sizes, sums := map[cell]float64{}, map[side]float64{}
	of := func(s *sample) cell { return cell{s.Collection, s.Kind, s.Set, s.direction(), s.Answerable} }
	var rows []row
	for i := range all {
		s := &all[i]
		if slices.Contains(directions, s.direction()) {
			sizes[of(s)]++
			rows = append(rows, row{sample: s})
		}
	}
	for i := range rows {
		r := &rows[i]
		r.x = slices.Clone(r.Evidence)
		for k, name := range retrieval.EvidenceNames() {
			if w, ok := given[name]; ok && k < len(r.x) {
				r.given += w * r.x[k]
				r.x[k] = 0
			}
		}
		for _, d := range directions {
			r.x = append(r.x, number(d == r.direction()))
		}
		r.weight = r.counts() / math.Sqrt(sizes[of(r.sample)])
		sums[side{r.direction(), r.Answerable}] += r.weight
	}
	const whole = 2000 // of the weights of a side
	for i := range rows {
		r := &rows[i]
		r.weight *= whole / sums[side{r.direction(), r.Answerable}]
	}
	return rows
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// report fits and prints.
func report(out io.Writer, all []sample) error {
	rows := rowsOf(all)
	if len(rows) == 0 {
		return fmt.Errorf("no question in %s", strings.Join(directions, ", "))
	}
	signals := len(retrieval.EvidenceNames())
	if n := len(rows[0].Evidence); n != signals {
		return fmt.Errorf("samples have %d signals, the decision has %d: gather them anew", n, signals)
	}
	for part := range folds {
		w, err := fit(rows, signals, func(r *row) bool { return r.fold() != part })
		if err != nil {
			return err
		}
		for i := range rows {
			if rows[i].fold() == part {
				rows[i].logit = rows[i].logitBy(w)
			}
		}
	}
	w, err := fit(rows, signals, func(*row) bool { return true })
	if err != nil {
		return err
	}
	p := printer{out: out}
	p.constants(w, signals)
	thresholds := p.thresholds(rows)
	p.table(rows, thresholds)
	return p.err
}

// A printer remembers the first error of writing.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}

func (p *printer) constants(w []float64, signals int) {
	p.printf("weights:")
	for i, name := range retrieval.EvidenceNames() {
		if g, ok := given[name]; ok {
			w[i] = g
		}
		p.printf(" %s %.3g", name, w[i])
	}
	p.printf("\nbiases:")
	for i, d := range directions {
		p.printf(" %s %.3g", d, w[signals+i])
	}
	p.printf("\n")
}

// refusals are the shares of questions with an answer that thresholds refuse: cautions
// low, normal and high, and nearest.
var refusals = [...]float64{0.03, 0.07, 0.15, 0.015}

// thresholds prints the probabilities of each direction, and returns the logits.
func (p *printer) thresholds(rows []row) map[string][len(refusals)]float64 {
	out := map[string][len(refusals)]float64{}
	for _, d := range directions {
		var logits []float64
		for i := range rows {
			if r := &rows[i]; r.direction() == d && r.Answerable && r.Gold && r.Collection != "few" {
				logits = append(logits, r.logit)
			}
		}
		if len(logits) == 0 {
			continue
		}
		slices.Sort(logits)
		var at [len(refusals)]float64
		for i, share := range refusals {
			at[i] = logits[int(share*float64(len(logits)))]
		}
		out[d] = at
		p.printf("thresholds %s: low %.3f, normal %.3f, high %.3f, nearest %.3f\n", d, sigmoid(at[0]), sigmoid(at[1]), sigmoid(at[2]), sigmoid(at[3]))
	}
	return out
}

// table prints what the thresholds do, cross-validated.
func (p *printer) table(rows []row, thresholds map[string][len(refusals)]float64) {
	p.printf("\n| collection | left out | set | question -> article | questions | with an answer | AUROC | refused, normal | answered, low | normal | high |\n|%s\n", strings.Repeat("---|", 11))
	type cell struct{ collection, kind, set, direction string }
	var cells []cell
	by := map[cell][]*row{}
	for i := range rows {
		r := &rows[i]
		c := cell{r.Collection, r.Kind, r.Set, r.direction()}
		if by[c] == nil {
			cells = append(cells, c)
		}
		by[c] = append(by[c], r)
	}
	for _, c := range cells {
		var kept, lost []float64
		for _, r := range by[c] {
			if r.Answerable {
				kept = append(kept, r.logit)
			} else {
				lost = append(lost, r.logit)
			}
		}
		at := thresholds[c.direction]
		p.printf("| %s | %s | %s | %s | %d | %d | %.3f | %.3f | %.3f | %.3f | %.3f |\n", c.collection, c.kind, c.set, c.direction,
			len(kept)+len(lost), len(kept), auroc(kept, lost), 1-from(kept, at[1]), from(lost, at[0]), from(lost, at[1]), from(lost, at[2]))
	}
}

// from is the share of values that reach at; NaN of none.
func from(values []float64, at float64) float64 {
	var n float64
	for _, v := range values {
		n += number(v >= at)
	}
	return n / float64(len(values))
}

// auroc is how often one of a is above one of b, ties being half; NaN without a pair.
func auroc(a, b []float64) float64 {
	var sum float64
	slices.Sort(b)
	for _, x := range a {
		low, _ := slices.BinarySearch(b, x)
		high := low
		for high < len(b) && b[high] == x {
			high++
		}
		sum += float64(low) + float64(high-low)/2
	}
	return sum / float64(len(a)*len(b))
}
