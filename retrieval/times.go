package retrieval

import (
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// A Time is a time that a quote tells, with what it means. Start and End are bytes of the
// article's body.
type Time struct {
	Start, End int
	Window     dates.Window
}

// mostTimes is how many times are told of a quote.
const mostTimes = 4

// resolveTimes finds the times in quotes that need the publication date.
func (e *Engine) resolveTimes(answer *Answer) {
	for i := range answer.Citations {
		c := &answer.Citations[i]
		c.Times = e.timesOf(c)
	}
}

// timesOf are the first few of a citation; none when nobody knows when it was published.
func (e *Engine) timesOf(c *Citation) (times []Time) {
	if c.Published.IsZero() {
		return nil
	}
	said := c.Quote.Text
	for _, s := range text.Sentences(said) {
		all := e.calendar.Stated(said[s.Start:s.End], c.Language, publishedOn(c.Published), true)
		for _, x := range all {
			if !x.Relative || x.Named || saidOtherwise(all, x) {
				continue
			}
			if len(times) == mostTimes {
				return times
			}
			at := c.Quote.Start + s.Start
			times = append(times, Time{at + x.Start, at + x.End, x.Window})
		}
	}
	return times
}

// saidOtherwise reports whether a sentence gives the date of a relative time itself:
// "on Friday, 15 August 2025".
func saidOtherwise(all []dates.Expression, x dates.Expression) bool {
	return slices.ContainsFunc(all, func(o dates.Expression) bool { return !o.Relative && o.Window == x.Window })
}

// readFreshness says whether an answer about the present rests on old evidence, and marks
// with its date what is newest. What bears a date that is still to come is not news.
func (e *Engine) readFreshness(r *request, answer *Answer) {
	today := e.calendar.Today(r.Now)
	if len(answer.Reports) == 0 { // a list has the newest of them
		answer.AsOf = newestBy(answer.evidence(), today)
	}
	if answer.AsOf.IsZero() || answer.Verdict == Declined || !r.present {
		return
	}
	past := !r.window.IsZero() && r.window.Last < today
	answer.Stale = !past && publishedOn(answer.AsOf).Time().Add(e.stale).Before(today.Time())
}

// evidence are all sentences that an answer shows.
func (a *Answer) evidence() []Citation {
	all := slices.Clone(a.Citations)
	for _, d := range a.Disagreements {
		for _, f := range d.Figures {
			all = append(all, f.Citation)
		}
	}
	return all
}

// newestBy is the latest publication date cited that is not to come yet; zero when none
// is known. A day more is granted, since it is tomorrow already in other time zones.
func newestBy(citations []Citation, today dates.Day) corpus.Date {
	var d corpus.Date
	for _, c := range citations {
		if c.Published.Time.After(d.Time) && publishedOn(c.Published) <= today+1 {
			d = c.Published
		}
	}
	return d
}
