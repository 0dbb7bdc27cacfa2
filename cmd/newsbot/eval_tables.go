package main

import (
	"fmt"
	"strconv"
	"strings"

	"newsbot/retrieval/eval"
)

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
		notes = append(notes, cellNotes(c)...)
	}
	a.printTable(rows)
	a.printVerdicts(r.Cells)
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

// printVerdicts prints how well it is told what can be answered.
func (a *app) printVerdicts(cells []eval.Cell) {
	rows := [][]string{{"answering", "question->article", "answerable", "false refusals", "unanswerable", "false answers", "AUROC", "found first", "found any", "given first", "given any"}}
	for _, c := range cells {
		for _, s := range c.Sets {
			rows = append(rows, verdictRow(s.Set, c, s.Figures)...)
		}
		if len(c.Sets) > 1 {
			rows = append(rows, verdictRow("all", c, c.Overall)...)
		}
	}
	a.printf("\n")
	a.printTable(rows)
}

// verdictRow is none when nothing was asked.
func verdictRow(name string, c eval.Cell, f eval.Figures) [][]string {
	u := f.Unanswerable
	if u == nil {
		return nil
	}
	row := []string{
		name, c.QueryLang + "->" + c.CorpusLang, fmt.Sprint(u.Answerable), optional(u.FalseRefusals),
		fmt.Sprint(u.Questions), optional(u.FalseAnswers), optional(u.AUROC),
	}
	for _, q := range []*eval.Quotes{f.Found, f.Given} {
		if q == nil {
			row = append(row, "-", "-")
			continue
		}
		row = append(row, decimals(3, q.First, q.Any)...)
	}
	return [][]string{row}
}

// cellNotes says what is told of a cell and of none of its sets.
func cellNotes(c eval.Cell) []string {
	where := fmt.Sprintf("%s->%s: ", c.QueryLang, c.CorpusLang)
	var notes []string
	if o := c.Others; o != nil {
		notes = append(notes, where+fmt.Sprintf("questions of other sets: %d, of which %s are answered", o.Questions, optional(o.FalseAnswers)))
	}
	if k := c.Calibration; k != nil {
		notes = append(notes, where+fmt.Sprintf("calibration of %d questions: ECE %.3f, Brier %.3f", k.Questions, k.ECE, k.Brier))
	}
	if c.Latency.Cached > 0 {
		notes = append(notes, where+fmt.Sprintf("questions timed without their encoding: %d", c.Latency.Cached))
	}
	return notes
}

// optional writes a figure, or a dash where there is none.
func optional(f *float64) string {
	if f == nil {
		return "-"
	}
	return decimals(3, *f)[0]
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
	if u := f.Unanswerable; u != nil && u.Questions > 0 {
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
