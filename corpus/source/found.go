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
// an embargo ends no earlier, and the beginning of computers' time, 1970-01-01, which stands for no date at all. That of
// the dateline comes in its place, unless the article has an ID: then it has been looked at before. The zero Date says that
// there was nothing to take out.
func CheckDate(a *corpus.Article, now time.Time) (rejected corpus.Date) {
	if canBe(a.Published, a.Embargo, now) {
		return corpus.Date{}
	}
	rejected, a.Published = a.Published, corpus.Date{}
	if a.ID != "" {
		return rejected
	}
	if _, date, _, _ := Dateline(a.Body); canBe(date, a.Embargo, now) {
		a.Published = date
	}
	return rejected
}

// canBe tells whether an article can have been published at a date, if it has one.
func canBe(published corpus.Date, embargo, now time.Time) bool {
	epoch := published.Time.Unix() == 0
	future := published.Time.After(now.Add(dateSlack)) && published.Time.After(embargo)
	return published.IsZero() || !epoch && !future
}
