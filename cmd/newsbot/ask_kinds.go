package main

import "newsbot/retrieval"

// A kindJSON is what -json prints of an answer that is no best quotes.
type kindJSON struct {
	Kind      retrieval.Kind `json:"kind,omitempty"`
	Outlet    string         `json:"outlet,omitempty"`
	Elsewhere bool           `json:"elsewhere,omitempty"` // the outlet has nothing, others are quoted
	Verbatim  *bool          `json:"verbatim,omitempty"`  // of a source
	Reports   []reportJSON   `json:"reports,omitempty"`
}

func newKindJSON(a retrieval.Answer) kindJSON {
	out := kindJSON{Kind: a.Kind, Outlet: a.Outlet, Elsewhere: a.Elsewhere}
	if a.Kind == retrieval.Source && a.Verdict == retrieval.Answered {
		out.Verbatim = &a.Verbatim
	}
	for i := range a.Reports {
		out.Reports = append(out.Reports, *newReportJSON(&a.Reports[i]))
	}
	return out
}

// A whenJSON is the time that a timeline has a quote at: the days, and whether they are
// those of the report.
type whenJSON struct {
	windowJSON
	Reported bool `json:"reported,omitempty"`
}

func newWhenJSON(c retrieval.Citation) *whenJSON {
	if c.When.IsZero() {
		return nil
	}
	return &whenJSON{newWindowJSON(c.When), c.Reported}
}
