package main

import (
	"newsbot/retrieval"
	"newsbot/retrieval/claims"
)

// A claimJSON says whose claim a quote is. Start and End are bytes of the article's body.
type claimJSON struct {
	Kind    claims.Kind `json:"kind"`
	Speaker *string     `json:"speaker"` // null when nobody is named
	Start   int         `json:"start"`
	End     int         `json:"end"`
	// Also is another who speaks in the quote.
	Also *claimJSON `json:"also,omitempty"`
}

// A glossJSON is what a quote holds in the language of the frame: text of a name or a
// number, days of a date.
type glossJSON struct {
	Kind  retrieval.GlossKind `json:"kind"`
	Start int                 `json:"start"`
	End   int                 `json:"end"`
	Text  string              `json:"text,omitempty"`
	Days  *windowJSON         `json:"days,omitempty"`
}

func newClaimJSON(c *retrieval.Claim) *claimJSON {
	if c == nil {
		return nil
	}
	return &claimJSON{c.Kind, nullable(claims.Name(c.Speaker)), c.Start, c.End, newClaimJSON(c.Also)}
}

func newGlossesJSON(all []retrieval.Gloss) (out []glossJSON) {
	for _, g := range all {
		j := glossJSON{Kind: g.Kind, Start: g.Start, End: g.End, Text: g.Text}
		if g.Kind == retrieval.GlossDate {
			days := newWindowJSON(g.Window)
			j.Days = &days
		}
		out = append(out, j)
	}
	return out
}
