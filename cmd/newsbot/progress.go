package main

import (
	"fmt"
	"io"
	"os"

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
func (p *progress) show(r retrieval.Progress) {
	if p.w == nil {
		return
	}
	p.shown = true
	_, _ = fmt.Fprintf(p.w, "\r\x1b[K%s", describe(r))
}

// end clears the line.
func (p *progress) end() {
	if p.shown {
		_, _ = io.WriteString(p.w, "\r\x1b[K")
	}
}

func describe(r retrieval.Progress) string {
	if r.Waiting {
		return fmt.Sprintf("another process is encoding: %s left", articles(r.Articles))
	}
	return fmt.Sprintf("encoding: %s left (%d passages and sentences)", articles(r.Articles), r.Texts)
}

// articles counts articles in words.
func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
