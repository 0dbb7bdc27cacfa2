package retrieval

import (
	"cmp"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// A moment is when a passage was published, and the times that its sentences tell.
type moment struct {
	day   dates.Day // undated when nobody knows
	times []tellingOf
	// news are the times that the title and first sentence of the article tell as its
	// news: what a sentence tells that tells no time is of them. None when all tell some.
	news []dates.Window
}

// A tellingOf is a time that a sentence tells, by its number in the passage.
type tellingOf struct {
	sentence int32
	dates.Window
}

// mostTold bounds the times that are remembered of a sentence.
const mostTold = 8

// undated is the day of what has none.
const undated = dates.Beginning

// publishedOn is the day of a publication date, in the date's own time zone as it is shown.
func publishedOn(d corpus.Date) dates.Day {
	if d.IsZero() {
		return undated
	}
	return dates.DayOf(d.Time)
}

// momentOf reads the times of a passage. What counts from the day of publication is
// resolved against it: an article of 16 August that says "yesterday" tells of the 15th. A
// sentence that tells none goes on from the one before it in its paragraph.
func momentOf(c *dates.Calendar, a *corpus.Article, p corpus.Passage, news []dates.Window) moment {
	m := moment{day: publishedOn(a.Published)}
	var before []tellingOf
	timeless := false
	for i, s := range p.Sentences {
		from := len(m.times)
		told := c.Stated(a.Body[s.Start:s.End], a.Language, m.day, m.day != undated)
		for _, x := range told[:min(mostTold, len(told))] {
			m.times = append(m.times, tellingOf{int32(i), x.Window})
		}
		if len(m.times) == from && i > 0 && !strings.ContainsAny(a.Body[p.Sentences[i-1].End:s.Start], lineBreaks) {
			for _, t := range before {
				m.times = append(m.times, tellingOf{int32(i), t.Window})
			}
		}
		before = m.times[from:]
		timeless = timeless || len(before) == 0
	}
	m.times = slices.Clip(m.times)
	if timeless {
		m.news = news
	}
	return m
}

// newsOf are the times that the title and the first sentence of an article tell, of those
// that were no longer ago then than what is news.
func newsOf(c *dates.Calendar, a *corpus.Article, ps []corpus.Passage) []dates.Window {
	day := publishedOn(a.Published)
	if day == undated {
		return nil
	}
	heads := []string{a.Title}
	if len(ps) > 0 && len(ps[0].Sentences) > 0 {
		first := ps[0].Sentences[0]
		heads = append(heads, a.Body[first.Start:first.End])
	}
	var out []dates.Window
	for _, head := range heads {
		told := c.Stated(head, a.Language, day, true)
		for _, x := range told[:min(mostTold, len(told))] {
			if w := x.Window; w.First >= day-shortlyBefore && w.Last <= day {
				out = append(out, w)
			}
		}
	}
	return out
}

// A period is the window of a question as passages are held against it. A sentence lies
// in it
//
//   - when its article was published in it,
//   - or when it tells a time that lies in it, or goes on from one that does,
//   - or, when undated is set, tells no time, and the title or first sentence of its article
//     tells one that lies in it and is the news,
//   - or, of an article without a date, when undated is set and its passage tells no time
//     at all, or one that the window has a day of. That is for windows of dates and
//     months that stand in the question: "in 1998" may be what such a text is all about, while
//     nothing says that it is of last week.
//
// Dates of the Hijri calendar may be off by a day, on either side.
type period struct {
	dates.Window
	undated bool
}

// period is that of a question, nil for none.
func (q *Question) period() *period {
	if q.Window.IsZero() {
		return nil
	}
	p := &period{q.Window, q.undated}
	if p.Approximate {
		p.Window = looser(p.Window)
	}
	return p
}

// looser is a window with a day more at each end that is not open.
func looser(w dates.Window) dates.Window {
	if w.First != dates.Beginning {
		w.First--
	}
	if w.Last != dates.End {
		w.Last++
	}
	return w
}

// takes reports whether some sentence of a passage may lie in the period.
func (p *period) takes(m *moment) bool {
	return p.whole(m) || p.news(m) || slices.ContainsFunc(m.times, func(t tellingOf) bool { return p.covers(t.Window) })
}

// takesSentence reports whether a sentence of a passage does.
func (p *period) takesSentence(m *moment, sentence int) bool {
	if p.whole(m) {
		return true
	}
	tells := func(t tellingOf) bool { return int(t.sentence) == sentence }
	if !slices.ContainsFunc(m.times, tells) {
		return p.news(m)
	}
	return slices.ContainsFunc(m.times, func(t tellingOf) bool { return tells(t) && p.covers(t.Window) })
}

// news reports whether those sentences of a passage do that tell no time.
func (p *period) news(m *moment) bool { return p.undated && slices.ContainsFunc(m.news, p.covers) }

// whole reports whether all of a passage lies in the period.
func (p *period) whole(m *moment) bool {
	if m.day != undated {
		return p.Contains(m.day)
	}
	return p.undated &&
		(len(m.times) == 0 || slices.ContainsFunc(m.times, func(t tellingOf) bool { return p.Overlaps(t.Window) }))
}

// covers reports whether a time that is told lies in the period.
func (p *period) covers(told dates.Window) bool {
	if told.Approximate {
		return looser(p.Window).Covers(told)
	}
	return p.Covers(told)
}

// time finds the words of a question that tell its window, which passages in it need not
// have. Other dates are what it asks about.
func (e *Engine) time(q *query, window dates.Window) {
	q.times, q.timed = nil, nil
	if window.IsZero() {
		return
	}
	for _, x := range e.calendar.Asked(q.text, q.lang, q.today, q.today).Expressions {
		if window.Covers(x.Window) || x.Window.Covers(window) {
			q.times = append(q.times, x)
		}
	}
	terms := e.analyzer.Terms(q.text)
	q.timed = make([]bool, len(q.groups))
	for i, g := range q.groups {
		q.timed[i] = q.inTimes(terms, g.first, g.last)
	}
}

// inTimes reports whether terms of the question are of those that tell its window.
func (q *query) inTimes(terms []text.Term, first, last int) bool {
	return slices.ContainsFunc(q.times, func(x dates.Expression) bool {
		return x.Start <= terms[first].Start && terms[last].End <= x.End
	})
}

// tellsTime reports whether a group tells the question's window.
func (q *query) tellsTime(group int) bool { return q.timed != nil && q.timed[group] }

// tells says by group how far it tells a candidate from others that has them so well, 1
// or 0: what lies in the window need not have the words of it, such as the month, and
// what was published in it is no better evidence for having some, unless it tells of just
// those days. It is nil when all do, as they do of what may lie in the window for having
// no date.
func (q *query) tells(c *candidate, held []float64) []float64 {
	if q.period == nil || c.moment.day == undated {
		return nil
	}
	just := !q.period.Contains(c.moment.day) ||
		slices.ContainsFunc(c.moment.times, func(t tellingOf) bool { return t.Window == q.period.Window })
	out := make([]float64, len(q.timed))
	for i, timed := range q.timed {
		if !timed || just && held[i] > 0 {
			out[i] = 1
		}
	}
	return out
}

// slotsDuring are those of a language's passages that lie in the question's period: all
// when they are few, else the best of them by words, which were counted, and by vectors,
// in no order, some twice. What lies outside is not looked at, so that it takes no place.
// The engine is locked.
func (e *Engine) slotsDuring(q *query, lang text.Language, a *account) []int32 {
	f := e.words[lang]
	q.rivals[lang] = e.rivalOutside(q, a)
	var inside []int32
	for slot := range e.moments {
		if f.stems.has(int32(slot)) && q.period.takes(&e.moments[slot]) {
			inside = append(inside, int32(slot))
		}
	}
	if len(inside) <= candidatesBy {
		return inside
	}
	a.scores.docs = slices.DeleteFunc(a.scores.docs, func(doc int32) bool { return !q.period.takes(&e.moments[doc]) })
	return append(a.scores.best(candidatesBy), e.nearestOf(q, inside, candidatesBy)...)
}

// rivalOutside is what the best passages of a language by words score, whatever the
// window, but for the sentences: what lies in a window with little else in it is no
// better for having no rivals. The engine is locked.
func (e *Engine) rivalOutside(q *query, a *account) float64 {
	best := a.scores.best(rivals + 1)
	sum := 0.0
	for i, slot := range best {
		c := q.candidate(e.passages[slot])
		a.fill(&c)
		c.guess()
		c.best = c.cosine
		if i > 0 { // of the best there is no telling whether it is a rival
			sum += c.raw()
		}
	}
	n := max(len(best)-1, 0)
	return max((sum+usualRival*float64(rivals-n))/rivals, usualRival)
}

// nearestOf returns the n of some slots whose passages' vectors are nearest to the
// question. The engine is locked.
func (e *Engine) nearestOf(q *query, slots []int32, n int) []int32 {
	if q.strong.space == nil {
		return nil
	}
	type near struct {
		slot   int32
		cosine float64
	}
	before := func(a, b near) int {
		return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.slot, b.slot))
	}
	top := make([]near, 0, n+1)
	for _, slot := range slots {
		v, ok := q.strong.space.vectors[e.passages[slot]]
		if !ok {
			continue
		}
		x := near{slot, dot(q.strong.vector, v.floats())}
		if len(top) == n && before(x, top[n-1]) > 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(top, x, before)
		top = slices.Insert(top, i, x)
		top = top[:min(n, len(top))]
	}
	out := make([]int32, len(top))
	for i, x := range top {
		out[i] = x.slot
	}
	return out
}

// during leaves of some slots, in place, those of passages that lie in the question's
// period.
func (q *query) during(slots []int32, moments []moment) []int32 {
	if q.period == nil {
		return slots
	}
	return slices.DeleteFunc(slots, func(slot int32) bool { return !q.period.takes(&moments[slot]) })
}

// tellsOf reports whether a sentence of a passage lies in the question's period.
func (q *query) tellsOf(p *passage, sentence int) bool {
	return q.period == nil || q.period.takesSentence(&p.moment, sentence)
}
