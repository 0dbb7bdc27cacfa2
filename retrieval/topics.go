package retrieval

import (
	"maps"
	"slices"
)

// A topic, as of a list or a timeline, has less to go by than a question: what an article
// is like does not tell whether it is about Gaza or about somewhere else where there is
// war. So the words of the topic must be there, in either language.

const (
	// coveredLeast is which share of a topic an article about it has at least, and
	// aboutFrom which share one has that comes near it only.
	coveredLeast = 0.5
	aboutFrom    = 0.7
	// absentMost is which share of a topic's names an article may lack.
	absentMost = 0.5
	// topicArticles is how many articles are looked at for a list or a timeline.
	topicArticles = 15
)

// byArticle puts the best candidate of each article before all others, so that the first
// are of as many articles. The candidates are in order, and are otherwise.
func byArticle(ranked []candidate) []candidate {
	seen := map[*article]bool{}
	var out, more []candidate
	for i := range ranked {
		if a := ranked[i].article; seen[a] {
			more = append(more, ranked[i])
		} else {
			seen[a] = true
			out = append(out, ranked[i])
		}
	}
	return append(out, more...)
}

// relevant returns those that answer or, since whoever asks for a list wants all, come
// near and have what is asked about. None lacks its names, and of those there are none
// when a name is in none of them: what happened elsewhere is no part of it.
func (e *Engine) relevant(q *query, all []standing) []standing {
	about := slices.DeleteFunc(slices.Clone(all), func(s standing) bool {
		return s.verdict == Declined || s.verdict == Nearest && e.covered(q, s) < aboutFrom || e.offTopic(q, s)
	})
	if e.lacksName(q, about) {
		return nil
	}
	return about
}

// offTopic reports whether an article lacks most of what is asked about, or of its names,
// whatever it sounds like.
func (e *Engine) offTopic(q *query, s standing) bool {
	return e.covered(q, s) < coveredLeast || q.absent(s.page) > absentMost
}

// covered is which share of the question the article of a sentence has for certain.
func (e *Engine) covered(q *query, s standing) float64 {
	return q.share(s.article.Language, e.certain(q, s.page), nil)
}

// certain is by group of the question how well a page covers it, not counting what a word
// that the lexicon knows is only guessed to mean.
func (e *Engine) certain(q *query, p *page) []float64 {
	if p.certain != nil {
		return p.certain
	}
	words := wordSet(e.analyzer.Terms(p.article.Title))
	for i := range p.sentences {
		maps.Copy(words, wordSet(e.terms(p, i)))
	}
	c := &coverer{singles: map[string][]hit{}, groups: len(q.groups)}
	for i := range q.groups {
		g := &q.groups[i]
		c.add(i, slices.DeleteFunc(slices.Clone(g.alternatives), func(a alternative) bool { return g.known && a.summed }))
	}
	p.certain = c.cover(words)
	return p.certain
}

// lacksName reports whether a name of the question is in none of some articles.
func (e *Engine) lacksName(q *query, about []standing) bool {
	for i := range q.groups {
		if q.groups[i].proper && e.unheard(q, i, about) {
			return true
		}
	}
	return false
}

// unheard reports whether a group of the question, which is a name, is in none of some
// articles that it could be looked for in, not counting what only tells of its country.
func (e *Engine) unheard(q *query, group int, about []standing) bool {
	g, looked := &q.groups[group], false
	for _, s := range about {
		if !g.scripts[s.article.Language] {
			continue
		}
		if e.certain(q, s.page)[group] > 0 || g.year != 0 && g.year == s.page.article.Published.Time.Year() {
			return false
		}
		looked = true
	}
	return looked
}
