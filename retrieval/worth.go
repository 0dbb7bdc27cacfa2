package retrieval

import (
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// An answer tells what else could be shown: whether asking again for one language
// only, or for other articles, would bring something. Doing so would mean opening
// articles for nobody, so it is foretold from the indexes: of the candidates that
// would be left the best is taken, and of its evidence all but what the sentence says:
// its passage's words stand in for its own, and it is taken to have what is asked for.
// README.md says how often that is right.

// prospects are the best candidates of each language, best first, in which a report
// that is there in two languages still is two: asked for one language only, that
// which goes without saying now is shown.
type prospects []candidate

// prospectsOf takes as many as were compared sentence by sentence.
func prospectsOf(ordered []candidate) prospects {
	out := make(prospects, 0, min(2*compared, len(ordered)))
	taken := map[text.Language]int{}
	for i := range ordered {
		lang := ordered[i].article.Language
		if taken[lang]++; taken[lang] <= compared {
			out = append(out, ordered[i])
		}
	}
	return out
}

// beside tells of what is worth showing beside an answer's citations: the languages
// of it all, whatever was selected, and whether some of what the selection takes
// answers, too, in articles that are not cited: what only comes near is nothing more.
func (e *Engine) beside(q *query, all prospects, chosen *selection, citations []Citation) (languages []text.Language, more bool) {
	cited := map[string]bool{}
	for i := range citations {
		cited[citations[i].ArticleID] = true
		languages = append(languages, citations[i].Language)
	}
	for _, lang := range [...]text.Language{text.Arabic, text.English} {
		if !slices.Contains(languages, lang) && e.foretold(q, all.in(lang)) != Declined {
			languages = append(languages, lang)
		}
	}
	slices.Sort(languages)
	return slices.Compact(languages), e.foretold(q, all.fresh(q, chosen, cited)) == Answered
}

// in returns those of a language.
func (p prospects) in(lang text.Language) []candidate {
	only := selection{only: lang}
	return only.sift(p)
}

// fresh returns those that asking for more would choose from: in articles that may
// be quoted and are not cited. The first of them is none whose best sentence stands
// in an article that was read already, word for word.
func (p prospects) fresh(q *query, chosen *selection, cited map[string]bool) []candidate {
	read := map[corpus.Hash]bool{}
	for i := range p {
		if cited[p[i].ArticleID] || chosen.seen(&p[i]) {
			for _, h := range p[i].sentences {
				read[h] = true
			}
		}
	}
	var out []candidate
	for i := range p {
		if !chosen.takes(&p[i]) || cited[p[i].ArticleID] {
			continue
		}
		if len(out) == 0 && read[q.strong.bestSentence(p[i].passage)] {
			continue
		}
		out = append(out, p[i])
	}
	return out
}

// foretold is the verdict that the best of some candidates, which are ordered, would
// bring.
func (e *Engine) foretold(q *query, left []candidate) Verdict {
	if len(left) == 0 {
		return Declined
	}
	c := &left[0]
	v := e.weighPassage(q, c, left)
	v[byAbsent] = e.lacked(q, left)
	d := q.direction(c.article.Language)
	return e.cautionFor(d).decide(v.probability(d), d)
}

// lacked is which share of the question's names the article of the first candidate
// lacks, by the words that are indexed of the passages that [Engine.passagesOf] would read.
func (e *Engine) lacked(q *query, left []candidate) float64 {
	a := left[0].article
	if !q.named(a.Language) {
		return 0
	}
	words := wordSet(e.analyzer.Terms(a.Title))
	e.mu.RLock()
	defer e.mu.RUnlock()
	if len(a.passages) <= shortArticle {
		for _, p := range a.passages {
			e.collect(p, words)
		}
	}
	for i := range left {
		if left[i].article == a {
			e.collect(left[i].passage, words)
		}
	}
	p := &page{article: a.Article, covers: q.coverer.cover(words), kin: kinCoverer(q.groups).cover(words)}
	return q.absent(p)
}

// named reports whether the question has names that can be looked for in a language.
func (q *query) named(lang text.Language) bool {
	return slices.ContainsFunc(q.groups, func(g group) bool { return g.proper && g.scripts[lang] })
}

// collect adds the words of a passage to a set; of one that is gone since it was ranked,
// or says something else, there are none. The caller holds the lock.
func (e *Engine) collect(p *passage, words map[string]bool) {
	if now := e.byID[p.ID]; now != nil && now.hash == p.hash {
		e.words[now.article.Language].stems.collect(now.slot, words)
	}
}

// collect adds the words of a document to a set; of one that is gone there are none.
func (w *wordIndex) collect(doc int32, words map[string]bool) {
	if !w.has(doc) {
		return
	}
	for _, id := range w.held[doc] {
		words[w.names[id]] = true
	}
}
