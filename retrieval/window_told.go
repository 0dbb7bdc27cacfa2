package retrieval

import (
	"cmp"
	"context"
	"slices"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// "What happened in Egypt last week?" has no fact to be found: what was published in the
// window, or is told of it, answers it when it is about Egypt.

// A subject is what such a question is about, with the articles that may be.
type subject struct {
	query    *query
	kin      *coverer
	articles map[*article]bool
}

// subjectOf looks for the articles that have all that a question names but its times; nil
// when it names nothing else.
func (e *Engine) subjectOf(q *query) *subject {
	s := &subject{query: q, kin: kinCoverer(q.groups)}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for i := range q.groups {
		if q.tellsTime(i) {
			continue
		}
		having := e.holders(&q.groups[i])
		if s.articles == nil {
			s.articles = make(map[*article]bool, len(having))
			for a := range having {
				s.articles[a] = true
			}
			continue
		}
		for a := range s.articles {
			if _, ok := having[a]; !ok {
				delete(s.articles, a)
			}
		}
	}
	if s.articles == nil {
		return nil
	}
	return s
}

// holds reports whether a sentence of an article, its title with it, has all of a subject.
func (s *subject) holds(e *Engine, p *page, sentence int) bool {
	words := wordSet(e.analyzer.Terms(p.article.Title))
	for w := range wordSet(e.terms(p, sentence)) {
		words[w] = true
	}
	covers, kin := s.query.coverer.cover(words), s.kin.cover(words)
	for i := range covers {
		if covers[i] == 0 && kin[i] == 0 && !s.query.tellsTime(i) {
			return false
		}
	}
	return true
}

// happened quotes what was published on the days that a question is about, or is told of
// them, about its subject, oldest first.
func (e *Engine) happened(ctx context.Context, r *request, answer *Answer) (bool, error) {
	if r.window.IsZero() || r.form.subject == nil {
		return false, nil
	}
	return e.told(ctx, r, e.tellings(r), answer)
}

// nearestDays quotes how those reports begin that are nearest to the window in which there
// is nothing, of the question's subject if it has one, and reports whether there are any.
func (e *Engine) nearestDays(ctx context.Context, r *request, answer *Answer) (bool, error) {
	all := *r
	all.window = dates.Window{}
	var reports []telling
	for _, a := range e.newestArticles(&all) {
		day := publishedOn(a.Published)
		if day != undated && !r.window.Contains(day) && (r.form.subject == nil || r.form.subject.articles[a]) {
			reports = append(reports, telling{article: a, when: dates.Window{First: day, Last: day}, reported: true})
		}
	}
	slices.SortStableFunc(reports, func(a, b telling) int {
		return cmp.Compare(daysOff(r.window, a.when.First), daysOff(r.window, b.when.First))
	})
	near := Answer{}
	for _, t := range reports[:min(maxOpened, len(reports))] {
		if len(near.Citations) == maxCitations {
			break
		}
		if err := e.tell(ctx, r.form.subject, t, &near); err != nil {
			return false, err
		}
	}
	if len(near.Citations) == 0 {
		return false, nil
	}
	for i := range near.Citations { // they are no timeline
		near.Citations[i].When, near.Citations[i].Reported = dates.Window{}, false
	}
	answer.Citations, answer.Verdict, answer.Outside = near.Citations, Nearest, true
	answer.Missing, answer.Advice, answer.Near = Missing{}, Advice{}, nil
	answer.AsOf, answer.Languages = latest(answer.Citations), languagesOf(answer.Citations)
	return true, nil
}

// outsideDays is [Engine.nearestDays] for a question of what happened to a subject.
func (e *Engine) outsideDays(ctx context.Context, r *request, answer *Answer) (bool, error) {
	if r.form.subject == nil {
		return false, nil
	}
	return e.nearestDays(ctx, r, answer)
}

// daysOff is how many days a day lies before or after a window.
func daysOff(w dates.Window, d dates.Day) int64 {
	return max(int64(w.First)-int64(d), int64(d)-int64(w.Last), 0)
}

// toldAbout are the words before what a question asks the reports of: «ماذا قيل عن».
var toldAbout = [...][]map[string]bool{
	{set("what"), set("was is were has"), set("said reported published written told"), set("about on of")},
	{set("what"), set("has"), set("been"), set("said reported published written told"), set("about on of")},
	{set(text.Normalize("ماذا")), set(text.Normalize("قيل نشر كتب ذكر ورد يقال")), set(text.Normalize("عن حول بشأن"))},
	{set(text.Normalize("ما")), set(text.Normalize("الذي")), set(text.Normalize("قيل نشر كتب ذكر ورد يقال")), set(text.Normalize("عن حول بشأن"))},
}

// readToldAbout makes a question of what was said about something in a window one of what
// happened to it.
func (e *Engine) readToldAbout(r *request) {
	if r.Kind != Best || r.window.IsZero() || r.outlet != "" || r.form.toldAbout {
		return
	}
	words := text.Words(r.Text)
	for _, form := range toldAbout {
		if len(words) <= len(form) {
			continue
		}
		i := 0
		for i < len(form) && form[i][words[i].Norm] {
			i++
		}
		if topic := r.Text[words[i].Start:]; i == len(form) && asks(topic) {
			r.Kind, r.Text, r.form.toldAbout = Timeline, topic, true
			return
		}
	}
}
