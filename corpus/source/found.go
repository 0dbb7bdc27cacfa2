package source

import (
	"time"

	"newsbot/corpus"
)

// A Found is an article from the web, with what whoever wanted it should know.
type Found struct {
	corpus.Article
	// Rejected is a publication date that cannot be, and was left out; see [CheckDate].
	Rejected corpus.Date
}

// dateSlack is how far a publication date may lie ahead: clocks go wrong, and a day begins 14 hours earlier in the east
// than in UTC.
const dateSlack = 14 * time.Hour

// CheckDate takes a publication date that cannot be out of an article and returns it: one that lies in the future, unless
// an embargo ends no earlier, and the beginning of computers' time, 1970-01-01, which stands for no date at all. The zero
// Date says that there was nothing to take out.
func CheckDate(a *corpus.Article, now time.Time) (rejected corpus.Date) {
	p := a.Published
	epoch := p.Time.Unix() == 0
	future := p.Time.After(now.Add(dateSlack)) && p.Time.After(a.Embargo)
	if p.IsZero() || !epoch && !future {
		return corpus.Date{}
	}
	a.Published = corpus.Date{}
	return p
}
