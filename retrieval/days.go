package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// "What happened last week?" is about all that is told of some days.

// A telling is a sentence of an article that tells of a day.
type telling struct {
	article  *article
	at       text.Span // of the sentence; empty for the first one
	when     dates.Window
	reported bool // it is as old as the report
}

// daysOf quotes what happened on the days that the question is about, oldest first: how
// the reports of these days begin, and what others tell of them.
func (e *Engine) daysOf(ctx context.Context, r *request, answer *Answer) (bool, error) {
	if r.window.IsZero() {
		return r.form.command || r.badDate != "", nil
	}
	done, err := e.told(ctx, r, e.tellings(r), answer)
	if done || err != nil || e.shownInside(r) {
		return done, err
	}
	if done, err = e.nearestDays(ctx, r, answer); done {
		r.Kind, answer.Kind = Best, Best
	}
	return done, err
}

// maxOpened is how many articles are opened at most for what is told of some days.
const maxOpened = 60

// told quotes tellings about the question's subject, oldest first; false when there is
// none. Those of another day, reports of the window that tell of shortly before, count
// when there are no others.
func (e *Engine) told(ctx context.Context, r *request, all []telling, answer *Answer) (bool, error) {
	inside := (&Question{Window: r.window}).period()
	outside := func(t telling) bool { return !t.reported && !inside.Overlaps(t.when) }
	within := slices.DeleteFunc(slices.Clone(all), outside)
	if err := e.tellFirst(ctx, r, within, answer); err != nil {
		return false, err
	}
	if len(answer.Citations) == 0 && len(within) < len(all) {
		if err := e.tellFirst(ctx, r, all, answer); err != nil {
			return false, err
		}
	}
	if len(answer.Citations) == 0 {
		return false, nil
	}
	answer.Verdict, answer.Probability = Answered, 1
	answer.AsOf, answer.Languages = latest(answer.Citations), languagesOf(answer.Citations)
	slices.SortStableFunc(answer.Citations, func(a, b Citation) int {
		return cmp.Or(cmp.Compare(a.When.First, b.When.First), cmp.Compare(a.When.Last, b.When.Last))
	})
	for i := range answer.Citations {
		answer.Citations[i].N = i + 1
	}
	return true, nil
}

// tellFirst cites the first of tellings that are about the question's subject.
func (e *Engine) tellFirst(ctx context.Context, r *request, all []telling, answer *Answer) error {
	steps := firstOf(all)
	for _, s := range steps[:min(maxOpened, len(steps))] {
		if len(answer.Citations) == maxDevelopments {
			break
		}
		if err := e.tell(ctx, r.form.subject, s, answer); err != nil {
			return err
		}
	}
	return nil
}

// tellings are the sentences that tell of the days, those of the newest reports first.
func (e *Engine) tellings(r *request) []telling {
	all := *r
	all.window = dates.Window{}
	articles := e.newestArticles(&all)
	inside := (&Question{Window: r.window}).period()
	e.mu.RLock()
	defer e.mu.RUnlock()
	var out []telling
	for _, a := range articles {
		if r.form.subject != nil && !r.form.subject.articles[a] {
			continue
		}
		if day := publishedOn(a.Published); day != undated && inside.Contains(day) {
			out = append(out, leadOf(a, day, inside))
		}
		for _, p := range a.passages {
			for _, t := range p.moment.times {
				if int(t.sentence) < len(p.Sentences) && inside.covers(t.Window) && !a.foretells(t.Window) {
					out = append(out, telling{a, p.Sentences[t.sentence], t.Window, false})
				}
			}
		}
	}
	return out
}

// shortlyBefore is how many days before its report at most something happened that the
// report is the news of.
const shortlyBefore = 7

// leadOf is the first sentence of an article of a day: of the time that it tells, if that
// is one of those asked for or shortly before, else of that day.
func leadOf(a *article, day dates.Day, inside *period) telling {
	t := telling{article: a, when: dates.Window{First: day, Last: day}, reported: true}
	if len(a.passages) == 0 {
		return t
	}
	for _, told := range a.passages[0].moment.times {
		if told.sentence != 0 || a.foretells(told.Window) {
			continue
		}
		if inside.covers(told.Window) {
			t.when, t.reported = told.Window, false
			return t
		}
		if t.reported && told.First >= day-shortlyBefore && told.Last < day {
			t.when, t.reported = told.Window, false
		}
	}
	return t
}

// foretells reports whether a time that an article tells is still to come then.
func (a *article) foretells(w dates.Window) bool {
	day := publishedOn(a.Published)
	return day != undated && w.First > day
}

// firstOf leaves of the tellings one for each article and day, those first that no other
// of their article comes before.
func firstOf(all []telling) []telling {
	type day struct {
		article *article
		first   dates.Day
	}
	seen, articles := map[day]bool{}, map[*article]bool{}
	var first, more []telling
	for _, t := range all {
		d := day{t.article, t.when.First}
		switch {
		case seen[d]:
		case articles[t.article]:
			more = append(more, t)
		default:
			first = append(first, t)
		}
		seen[d], articles[t.article] = true, true
	}
	return append(first, more...)
}

// tell cites a telling, unless its article is gone, another quote has its sentence or it
// is about something else than the subject, nil for any.
func (e *Engine) tell(ctx context.Context, about *subject, t telling, answer *Answer) error {
	p, err := e.open(ctx, t.article.ID)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil || len(p.sentences) == 0 {
		return err
	}
	i := max(slices.IndexFunc(p.sentences, func(s text.Span) bool { return s == t.at }), 0)
	if about != nil && !about.holds(e, p, i) {
		return nil
	}
	c := e.sentenceAt(p, i).citation()
	if repeats(answer.Citations, c) {
		return nil
	}
	c.N, c.When, c.Reported = len(answer.Citations)+1, t.when, t.reported
	answer.Citations = append(answer.Citations, c)
	return nil
}
