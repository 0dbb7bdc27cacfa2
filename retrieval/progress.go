package retrieval

import (
	"math"
	"time"
)

// Progress is how far the encoding of a data folder is.
type Progress struct {
	Articles int           // articles that still lack something
	Texts    int           // vectors of passages and sentences that are to come
	Done     int           // articles that have got theirs since Run began
	Rate     float64       // vectors a second lately; 0 while it is not known
	Left     time.Duration // until all is done, at the speed of late; 0 while it is not known
	Waiting  bool          // another process holds the encoding lock and encodes
}

// How much work a vector of the strong encoder is, and the new words of an article,
// a vector of the quick encoder being 1: so the time left can be told before the
// first is made.
const (
	strongWork = 13
	wordsWork  = 10
)

// recent is how far back a pace looks.
const recent = 8 * time.Second

// A pace measures how fast something gets less.
type pace struct {
	at    time.Time
	left  float64
	speed float64 // a second; 0 while it is not known
}

// observe takes in how much is left at a moment. What has become more tells
// nothing.
func (p *pace) observe(now time.Time, left float64) {
	elapsed, done := now.Sub(p.at).Seconds(), p.left-left
	switch {
	case p.at.IsZero() || done < 0:
	case done == 0 || elapsed <= 0:
		return // the next step takes the time since into account
	case p.speed == 0:
		p.speed = done / elapsed
	default:
		p.speed += (1 - math.Exp(-elapsed/recent.Seconds())) * (done/elapsed - p.speed)
	}
	p.at, p.left = now, left
}

// pass lets the time until now count for nothing.
func (p *pace) pass(now time.Time) { p.at = now }

// eta is how long the rest will take; 0 while that is not known.
func (p *pace) eta() time.Duration {
	if p.speed == 0 {
		return 0
	}
	return time.Duration(p.left / p.speed * float64(time.Second))
}
