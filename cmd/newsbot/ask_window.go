package main

import (
	"time"

	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// A timeJSON is what an answer says of when, as -json prints it.
type timeJSON struct {
	Window  *windowJSON `json:"window,omitempty"`
	Outside bool        `json:"outside,omitempty"` // nothing lies in the window: what is cited is from outside
	Ahead   bool        `json:"ahead,omitempty"`   // all of the window is still to come
	BadDate string      `json:"bad_date,omitempty"`
	Stale   bool        `json:"stale,omitempty"`
}

// A windowJSON is a stretch of days, both of which belong to it.
type windowJSON struct {
	First       *string `json:"first"` // "2025-05-01"; null when it has no beginning
	Last        *string `json:"last"`
	Approximate bool    `json:"approximate,omitempty"` // by a day either way
}

// A toldJSON is a time that a quote tells, with the days that it means.
type toldJSON struct {
	Start int    `json:"start"` // bytes of the article
	End   int    `json:"end"`
	Text  string `json:"text"`
	windowJSON
}

func newTimeJSON(a retrieval.Answer) timeJSON {
	out := timeJSON{Outside: a.Outside, Ahead: a.Ahead, BadDate: a.BadDate, Stale: a.Stale}
	if !a.Window.IsZero() {
		w := newWindowJSON(a.Window)
		out.Window = &w
	}
	return out
}

func newWindowJSON(w dates.Window) windowJSON {
	return windowJSON{First: dayJSON(w.First), Last: dayJSON(w.Last), Approximate: w.Approximate}
}

// dayJSON makes null of an open end.
func dayJSON(d dates.Day) *string {
	if d == dates.Beginning || d == dates.End {
		return nil
	}
	s := d.Time().Format(time.DateOnly)
	return &s
}

func newToldJSON(c retrieval.Citation) (out []toldJSON) {
	for _, t := range c.Times {
		said := c.Quote.Text[t.Start-c.Quote.Start : t.End-c.Quote.Start]
		out = append(out, toldJSON{t.Start, t.End, said, newWindowJSON(t.Window)})
	}
	return out
}
