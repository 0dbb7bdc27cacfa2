package retrieval

import (
	"slices"
	"time"
)

// What is newest of a topic is looked for by article: a report that a shipowner was
// arrested is the latest on the ship, though no sentence of it would answer anything that
// is asked of the ship.

const (
	// storyWithin is how far apart two reports of one story may be published, and storyNear
	// how near the beginning of one comes to a sentence of the other, in deviations. Of
	// reports of the samples within that time none of another story is nearer than 4.
	storyWithin = 30 * 24 * time.Hour
	storyNear   = 5
)

// newestOn quotes the newest articles about a topic, a sentence of each, newest first.
func (e *Engine) newestOn(q *query, sentences []sentence, ranked []candidate) quotes {
	all := e.standings(q, sentences, ranked)
	if len(e.relevant(q, all)) == 0 {
		return newestOf(q, bearing(all), likeliest(all))
	}
	leads := leadsOf(sentences)
	about := e.story(q, all, leads)
	for i := range about {
		s := &about[i]
		s.sentence = e.telling(q, s, leads[s.page])
		s.judgement = judgement{max(s.probability, likeliest(about)), Answered}
	}
	return newestOf(q, about, likeliest(all))
}

// leadsOf are the first sentences of articles, where there are any among some.
func leadsOf(sentences []sentence) map[*page]*sentence {
	leads := map[*page]*sentence{}
	for i := range sentences {
		if s := &sentences[i]; s.index == 0 {
			leads[s.page] = s
		}
	}
	return leads
}

// telling is what to quote of an article about a topic: what answers, or has more of the
// topic than the beginning has, else the beginning. What was long before the report is no
// news.
func (e *Engine) telling(q *query, s *standing, lead *sentence) *sentence {
	lang := s.article.Language
	if lead != nil && e.isBackground(s.sentence) {
		return lead
	}
	if lead == nil || s.verdict == Answered || q.share(lang, s.own, nil) > q.share(lang, lead.own, nil) {
		return s.sentence
	}
	return lead
}

// story returns the articles about a topic: those that are relevant, those that begin with
// it, whatever a sentence of them would answer, and those that go on with one of these.
func (e *Engine) story(q *query, all []standing, leads map[*page]*sentence) []standing {
	about := e.relevant(q, all)
	if len(about) == 0 {
		return nil
	}
	in := map[*page]bool{}
	for _, s := range about {
		in[s.page] = true
	}
	core := slices.Clone(about)
	for _, s := range all {
		lead := leads[s.page]
		if in[s.page] || lead == nil || !e.beginsWith(q, s, lead) && !goesOnWith(q, lead, core) {
			continue
		}
		in[s.page] = true
		about = append(about, s)
	}
	return about
}

// beginsWith reports whether an article begins with the topic.
func (e *Engine) beginsWith(q *query, s standing, lead *sentence) bool {
	return q.share(s.article.Language, lead.own, nil) >= aboutFrom && !e.offTopic(q, s)
}

// goesOnWith reports whether an article that begins so is part of the story of others.
func goesOnWith(q *query, lead *sentence, others []standing) bool {
	own := q.thoughtOf(lead.page, lead.index)
	return slices.ContainsFunc(others, func(o standing) bool {
		if !lead.near(o) {
			return false
		}
		for i := range o.page.sentences {
			if o.page.terms[i] == nil {
				continue // not looked at
			}
			if near, known := q.nearness(q.thoughtOf(o.page, i), own); known && near >= storyNear {
				return true
			}
		}
		return false
	})
}

// near reports whether two articles may be of one story by when they were published.
func (s *sentence) near(o standing) bool {
	a, b := s.page.article.Published.Time, o.page.article.Published.Time
	return !a.IsZero() && !b.IsZero() && a.Sub(b).Abs() <= storyWithin
}

// upToDate sees to it that an answer about the present quotes the newest article that has
// what is asked, in whatever language: it may say that what the best of them says is over.
func (e *Engine) upToDate(q *query, found *quotes, sentences []sentence, ranked []candidate) {
	if found.verdict != Answered {
		return
	}
	about := byDate(e.relevant(q, e.standings(q, sentences, ranked)), q.today)
	if len(about) == 0 || !about[0].page.article.Published.Time.After(newestBy(found.citations, q.today).Time) {
		return
	}
	before := *found
	if len(found.citations) == maxCitations {
		found.citations, found.said = slices.Clone(found.citations[:maxCitations-1]), found.said[:maxCitations-1]
	}
	if !found.cite(q, about[0].sentence) {
		*found = before
	}
}

// backgroundFrom is how many days before its report something happened that is background.
const backgroundFrom = 31

// isBackground reports whether a sentence tells of what was long before its report.
func (e *Engine) isBackground(s *sentence) bool {
	d, known := e.dated(s)
	return known && d.stated && d.when.Last < publishedOn(s.page.article.Published)-backgroundFrom
}
