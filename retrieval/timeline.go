package retrieval

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

const (
	// maxDevelopments is how many developments a timeline has at most.
	maxDevelopments = 12
	// timelineWithin is how far below the best sentence's score another may lie that tells
	// when something happened.
	timelineWithin = 12
	// longPast is how many days before the report something is its background, and
	// backgroundCovers which share of the question such a sentence has itself.
	longPast         = 200
	backgroundCovers = 0.75
)

// A development is what happened at a time.
type development struct {
	*sentence
	when   dates.Window
	stated bool // the sentence says when; else it is as old as the report
}

// timeline quotes what happened, one sentence for each development, oldest first. One
// development makes no timeline: that is an ordinary question then.
func (e *Engine) timeline(ctx context.Context, r *request, answer *Answer) (bool, error) {
	if !e.hasTopic(r) {
		return e.daysOf(ctx, r, answer)
	}
	q, all, err := e.prospect(ctx, r.Question)
	if err != nil {
		return false, err
	}
	if !r.window.IsZero() {
		r.form.subject = e.subjectOf(q)
	}
	all = r.form.sift(all)
	chosen := e.selection(r.Question)
	ranked := e.joinTwins(q, slices.Clone(chosen.sift(all)))
	evidence := results(ranked, maxEvidence)
	sentences, err := e.sentences(ctx, q, byArticle(ranked), topicArticles)
	if err != nil {
		return false, err
	}
	sentences, err = e.unseen(ctx, &chosen, sentences)
	if err != nil {
		return false, err
	}
	if sentences, err = e.firstPrinted(ctx, q, sentences); err != nil {
		return false, err
	}
	found := e.standings(q, sentences, ranked)
	steps := q.apart(e.developments(q, r, sentences, e.story(q, found, leadsOf(sentences))))
	if len(steps) < 2 {
		if done, err := e.happened(ctx, r, answer); done || err != nil {
			return done, err
		}
	}
	if len(steps) < 2 && !r.form.command || len(steps) == 0 {
		return false, nil
	}
	answer.Evidence, answer.Probability, answer.Verdict = evidence, likeliest(found), Answered
	for _, d := range steps {
		answer.step(d)
	}
	if e.doubt(q, r, answer); answer.Verdict != Answered {
		answer.Citations, answer.Missing = nil, Missing{}
		return e.happened(ctx, r, answer)
	}
	answer.AsOf, answer.Languages = latest(answer.Citations), languagesOf(answer.Citations)
	return true, e.disagreements(ctx, q, r, all, answer)
}

// step adds a development to the citations of an answer.
func (a *Answer) step(d development) {
	c := d.citation()
	if repeats(a.Citations, c) {
		return
	}
	c.N, c.When, c.Reported = len(a.Citations)+1, d.when, !d.stated
	a.Citations = append(a.Citations, c)
}

// ofNames reports whether a sentence, the title of its article or its lead has the names
// of a question: what a report of something else says beside is no part of a timeline.
func (e *Engine) ofNames(q *query, s *sentence) bool {
	if !q.named(s.article.Language) {
		return true
	}
	words := wordSet(e.analyzer.Terms(s.page.article.Title))
	maps.Copy(words, wordSet(e.terms(s.page, 0)))
	maps.Copy(words, wordSet(e.terms(s.page, s.index)))
	held, kin := q.coverer.cover(words), kinCoverer(q.groups).cover(words)
	for i := range q.groups {
		g := &q.groups[i]
		if g.proper && g.year == 0 && g.scripts[s.article.Language] && held[i] == 0 && kin[i] == 0 {
			return false
		}
	}
	return true
}

// developments are the sentences of articles that bear on the question which say when
// something happened. An article without any has its first one, which is as old as the
// article. What happened long before a report is its background: that counts when the
// sentence itself is about what is asked.
func (e *Engine) developments(q *query, r *request, sentences []sentence, about []standing) []development {
	leads, tells := map[*page]*sentence{}, map[*page]bool{}
	for _, s := range about {
		leads[s.page] = s.sentence
	}
	var out []development
	for i := range sentences {
		s := &sentences[i]
		if leads[s.page] == nil {
			continue
		}
		if s.index == 0 {
			leads[s.page] = s
		}
		d, known := e.dated(s)
		if known && d.stated && s.score >= sentences[0].score-timelineWithin && e.belongs(q, r, &d) {
			out, tells[s.page] = append(out, d), true
		}
	}
	for _, s := range about {
		d, known := e.dated(leads[s.page])
		if known && !tells[s.page] && e.belongs(q, r, &d) {
			out = append(out, d)
		}
	}
	return slices.DeleteFunc(out, func(d development) bool { return !e.ofNames(q, d.sentence) })
}

// belongs reports whether a development is part of what is asked for.
func (e *Engine) belongs(q *query, r *request, d *development) bool {
	switch {
	case d.when.First > e.today(r.Now), !r.window.IsZero() && !r.window.Overlaps(d.when):
		return false
	case d.background():
		return q.share(d.article.Language, d.own, nil) >= backgroundCovers
	}
	return true
}

// background reports whether a development is long past when it is told.
func (d *development) background() bool {
	day := publishedOn(d.page.article.Published)
	return day != undated && d.when.Last < day-longPast
}

// dated says when what a sentence tells happened; false when nobody knows.
func (e *Engine) dated(s *sentence) (development, bool) {
	published := publishedOn(s.page.article.Published)
	known := published != undated
	content, words := s.page.text(s.index), e.terms(s.page, s.index)
	for _, x := range e.calendar.Stated(content, s.page.article.Language, published, known) {
		if tellsWhen(x, published) && !bounded(words, x) {
			return development{s, x.Window, true}, true
		}
	}
	return development{s, dates.Window{First: published, Last: published}, false}, known
}

// tellsWhen reports whether a time in a sentence may be when what it tells happened: it has
// both ends and is not too long, is not still to come, since what is told then is a plan, and
// is no count of years, as in "the first in ten years".
func tellsWhen(x dates.Expression, published dates.Day) bool {
	const year, month = 366, 31
	w := x.Window
	if x.Named || w.First == dates.Beginning || w.Last == dates.End || w.Last-w.First > year {
		return false
	}
	if published == undated {
		return true
	}
	return w.First <= published && (!x.Relative || w.Last >= published-month || w.Last-w.First <= month)
}

// bounding are words before a time that something goes on from, or until: what it tells is
// of another time.
var bounding = set(text.Normalize("since until till منذ حتى لغاية"))

// bounded reports whether one of them stands before a time in a sentence, or begins it.
func bounded(words []text.Term, x dates.Expression) bool {
	for _, w := range words {
		if w.Start > x.Start {
			break
		}
		if bounding[w.Norm] {
			return true
		}
	}
	return false
}

// apart leaves of the developments, the best first, those that are told for the first
// time, up to a limit, and sorts them by when they happened.
func (q *query) apart(all []development) []development {
	var out []development
	var said []thought
	for _, d := range all {
		t := q.thoughtOf(d.page, d.index)
		again := false
		for i := range out {
			again = again || q.same(said[i], t) || q.sameEvent(&out[i], &d, said[i], t)
		}
		if again {
			continue
		}
		if out, said = append(out, d), append(said, t); len(out) == maxDevelopments {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b development) int {
		return cmp.Or(cmp.Compare(a.when.First, b.when.First), cmp.Compare(a.when.Last, b.when.Last),
			a.page.article.Published.Time.Compare(b.page.article.Published.Time), cmp.Compare(a.Start, b.Start))
	})
	return out
}

// Two sentences that tell of the same day tell of the same development when they are half
// as much alike as those that say the same.
const (
	eventAcross = 5
	eventWithin = 5
	eventWords  = 0.35
)

// sameEvent reports whether two sentences tell of one development.
func (q *query) sameEvent(a, b *development, s, t thought) bool {
	if !a.when.Overlaps(b.when) || s.denies != t.denies || len(t.words) == 0 {
		return false
	}
	near, known := q.nearness(s, t)
	if s.language != t.language {
		return known && near >= eventAcross
	}
	return known && near >= eventWithin && max(shared(t.words, s.words), shared(s.words, t.words)) >= eventWords
}
