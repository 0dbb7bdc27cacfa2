package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// A report is of all judgements.
type report struct{ judged []judgement }

// A share is how many of so many.
type share struct{ n, of int }

func (s share) rate() float64 { return float64(s.n) / float64(max(s.of, 1)) }

func (s share) String() string { return fmt.Sprintf("%d of %d, %.1f %%", s.n, s.of, 100*s.rate()) }

// survived is how many altered sentences were found in order, of those that are taken.
func (r *report) survived(takes func(*judgement) bool) share {
	return r.count(func(j *judgement) bool { return j.Kind != "" && takes(j) })
}

// removed is how many true sentences were not.
func (r *report) removed(takes func(*judgement) bool) share {
	return r.count(func(j *judgement) bool { return j.Kind == "" && takes(j) })
}

func (r *report) count(takes func(*judgement) bool) (s share) {
	for i := range r.judged {
		if j := &r.judged[i]; takes(j) {
			s.of++
			if j.wrong() {
				s.n++
			}
		}
	}
	return s
}

func every(*judgement) bool { return true }

// print writes the report in Markdown.
func (r *report) print(out io.Writer, verbose bool) error {
	p := &printer{out: out}
	p.line("| | altered that survive | true that are removed |\n|---|---|---|")
	p.line("| all | %v | %v |", r.survived(every), r.removed(every))
	for _, d := range r.keys((*judgement).direction) {
		in := func(j *judgement) bool { return j.direction() == d }
		p.line("| %s | %v | %v |", d, r.survived(in), r.removed(in))
	}
	p.line("\n| altered | survive |\n|---|---|")
	for _, k := range r.keys(func(j *judgement) string { return j.Kind }) {
		p.line("| %s | %v |", k, r.survived(func(j *judgement) bool { return j.Kind == k }))
	}
	p.line("\n| true ones removed for | |\n|---|---|")
	for _, k := range r.keys(func(j *judgement) string { return string(j.fault.Kind) }) {
		n := r.count(func(j *judgement) bool { return j.Kind == "" && string(j.fault.Kind) == k })
		p.line("| %s | %d |", k, n.n)
	}
	p.line("\nA check took %v, at most %v.", r.took(0.5), r.took(1))
	for i := range r.judged {
		if j := &r.judged[i]; verbose && j.wrong() {
			p.line("- %s, %s: %q is %q, found %q in %q", j.Article, j.direction(), j.Text, j.Kind, j.fault.Kind, j.fault.What)
		}
	}
	return p.err
}

// keys are the values of something, sorted, without the empty one.
func (r *report) keys(of func(*judgement) string) []string {
	all := map[string]bool{}
	for i := range r.judged {
		if k := of(&r.judged[i]); k != "" {
			all[k] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// took is how long the given part of the checks took at most.
func (r *report) took(part float64) time.Duration {
	if len(r.judged) == 0 {
		return 0
	}
	sorted := slices.SortedFunc(slices.Values(r.judged), func(a, b judgement) int { return cmp.Compare(a.took, b.took) })
	return sorted[int(part*float64(len(sorted)-1))].took.Round(100 * time.Microsecond)
}

// A printer writes lines until one fails.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}
