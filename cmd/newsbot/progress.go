package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"golang.org/x/term"

	"newsbot/retrieval"
)

// A progress shows how far the encoding is, on one line of a terminal that it
// writes over and over. Where Stderr is no terminal it shows nothing.
type progress struct {
	w     io.Writer // nil for no terminal
	shown bool
}

func (a *app) newProgress() *progress {
	if !isTerminal(a.Stderr) {
		return &progress{}
	}
	return &progress{w: a.Stderr}
}

// isTerminal tells whether somebody watches what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// show is called by the indexer.
func (p *progress) show(r retrieval.Progress) { p.line(describe(r)) }

// line shows one line instead of that before.
func (p *progress) line(s string) {
	if p.w == nil {
		return
	}
	p.shown = true
	_, _ = fmt.Fprintf(p.w, "\r\x1b[K%s", s)
}

// end clears the line.
func (p *progress) end() {
	if p.shown {
		_, _ = io.WriteString(p.w, "\r\x1b[K")
	}
}

func describe(r retrieval.Progress) string {
	kind := "encoding"
	if r.Waiting {
		kind = "another process is encoding"
	}
	s := fmt.Sprintf("%s: %s left (%d vectors)", kind, articles(r.Articles), r.Texts)
	if r.Rate > 0 {
		s += fmt.Sprintf(", %.0f a second", r.Rate)
	}
	if r.Left > 0 {
		s += ", about " + roughly(r.Left)
	}
	return s
}

// roughly is a time as somebody who waits wants to know it.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(math.Ceil(d.Seconds())))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(math.Ceil(d.Minutes())))
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}

// articles counts articles in words.
func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
