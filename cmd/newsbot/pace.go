package main

import (
	"fmt"
	"io"
	"time"
)

// How often an import says how far it is: a person who watches sees it move, and a
// log stays short.
const (
	paceWatched = 200 * time.Millisecond
	paceLogged  = 10 * time.Second
)

// A pace says how far an import is: on one line of a terminal, and where Stderr is
// none in a line now and then.
type pace struct {
	line  *progress
	plain io.Writer // nil on a terminal
	now   func() time.Time
	every time.Duration

	began, said time.Time
	total       int64 // bytes, 0 when it is not known how many
}

func (a *app) newPace() *pace {
	p := &pace{line: a.newProgress(), now: a.Now, every: paceWatched}
	if p.line.w == nil {
		p.plain, p.every = a.Stderr, paceLogged
	}
	return p
}

// begin starts the clock.
func (p *pace) begin(total int64) {
	p.began, p.total = p.now(), total
	p.said = p.began
}

// show tells how many articles and bytes are done, if it is time to.
func (p *pace) show(n int, read int64) {
	now := p.now()
	if now.Sub(p.said) < p.every {
		return
	}
	p.said = now
	s := p.describe(n, read, now.Sub(p.began))
	if p.plain != nil {
		_, _ = fmt.Fprintln(p.plain, s)
		return
	}
	p.line.line(s)
}

func (p *pace) describe(n int, read int64, took time.Duration) string {
	s := "importing: " + articles(n)
	if took > 0 {
		s += fmt.Sprintf(", %.0f a second", float64(n)/took.Seconds())
	}
	if p.total == 0 || read == 0 {
		return s
	}
	part := min(float64(read)/float64(p.total), 1)
	left := time.Duration(float64(took) * (1 - part) / part)
	return s + fmt.Sprintf(", %d%%, about %s left", int(100*part), roughly(left))
}

// clear makes room on the terminal for a line of another kind.
func (p *pace) clear() { p.line.end() }

// end clears the line for good.
func (p *pace) end() { p.line.end() }
