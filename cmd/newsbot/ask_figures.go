package main

import "newsbot/retrieval"

// A figureJSON is a figure that reports give differently, as one of them has it. N is 0
// when its quote is not among the citations.
type figureJSON struct {
	citationJSON
	Value float64 `json:"value"`
	From  int     `json:"from"` // bytes of the body, as start and end are
	To    int     `json:"to"`
}

// newFiguresJSON has a list for each thing that reports disagree on, newest first.
func newFiguresJSON(all []retrieval.Disagreement) [][]figureJSON {
	var out [][]figureJSON
	for _, d := range all {
		var one []figureJSON
		for _, f := range d.Figures {
			one = append(one, figureJSON{newCitationJSON(f.Citation), f.Value, f.From, f.To})
		}
		out = append(out, one)
	}
	return out
}

// newAlsoJSON names the articles that have a quote, too.
func newAlsoJSON(all []retrieval.Report) []*reportJSON {
	var out []*reportJSON
	for i := range all {
		out = append(out, newReportJSON(&all[i]))
	}
	return out
}
