package retrieval

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// How much of an article is read for what a question takes for granted: of a longer one
// the sentences next to the quote, and of as many passages the words that are indexed.
const (
	mostRead     = 240
	mostPassages = 400
)

// A witness is an article that is quoted, held against what the question takes for granted.
type witness struct {
	engine      *Engine
	query       *query
	page        *page
	language    text.Language
	published   corpus.Date
	sentences   []spokenSentence // its title, then those of its body that are read
	words       map[string]bool  // stems of these, of its outlet and its passages
	around      map[string]bool  // of those among them that stand near what is quoted
	covers, kin []float64        // by group of the question, as [page] has them, of all words
	numbers     []figure         // nil until they are asked for
	spelled     map[string]bool  // its words and their stems; nil until they are asked for
	whole       string           // its text without spaces and signs; "" until it is asked for
	long        bool             // there is more of it than is read
	first, last int              // the sentences of the body that are read: last is the first that is not
	quoted      map[int]bool     // those that are quoted of sentences
	best        map[int]bool     // those of them that its first citation has
}

// A spokenSentence is a sentence with its words.
type spokenSentence struct {
	text   string
	terms  []text.Term
	breaks bool // a paragraph begins with it
}

// witness reads an article that some citations are of; nil when it was not opened for this
// question.
func (e *Engine) witness(q *query, id string, citations []Citation) *witness {
	p := q.pages[id]
	if p == nil {
		return nil
	}
	w := &witness{engine: e, query: q, page: p, language: p.article.Language, published: p.article.Published, quoted: map[int]bool{}, best: map[int]bool{}}
	for i := range citations {
		c := &citations[i]
		if c.ArticleID != id {
			continue
		}
		first := w.sentences == nil
		if first {
			w.open(c)
		}
		for k, s := range p.sentences[w.first:w.last] {
			if c.quotes(s) {
				w.quoted[k+1] = true
				w.best[k+1] = w.best[k+1] || first
			}
		}
	}
	w.around = w.wordsAround(w.quoted)
	return w
}

// wordsAround returns the stems of its title, its first paragraph, its outlet, and of
// some sentences that are quoted with those next to them: what a report is about stands there, and what
// else it names is elsewhere. Of an undated one, which may be anything, it has all.
func (w *witness) wordsAround(quoted map[int]bool) map[string]bool {
	words := wordSet(w.engine.analyzer.Terms(w.page.article.Source))
	lead := true
	for n, s := range w.sentences {
		lead = lead && (n < 2 || !s.breaks)
		if lead || w.nearTo(quoted, n) {
			maps.Copy(words, wordSet(s.terms))
		}
	}
	return words
}

// open reads the title of an article and its sentences, of a long one those around the
// citation.
func (w *witness) open(c *Citation) {
	p, e := w.page, w.engine
	w.long = len(p.sentences) > mostRead
	for w.first < len(p.sentences)-mostRead && p.sentences[w.first+mostRead/2].Start < c.Quote.Start {
		w.first++
	}
	w.last = min(w.first+mostRead, len(p.sentences))
	w.read(p.article.Title, e.analyzer.Terms(p.article.Title), true)
	for i := w.first; i < w.last; i++ {
		begins := i == 0 || strings.ContainsAny(p.article.Body[p.sentences[i-1].End:p.sentences[i].Start], lineBreaks)
		w.read(p.text(i), e.terms(p, i), begins)
	}
	w.collect()
}

// quotes reports whether a citation has some of a sentence in its quote or its context.
func (c *Citation) quotes(s text.Span) bool {
	in := func(q Quote) bool { return s.Start < q.End && q.Start < s.End }
	return in(c.Quote) || c.Context != nil && in(*c.Context)
}

func (w *witness) read(s string, terms []text.Term, breaks bool) {
	w.sentences = append(w.sentences, spokenSentence{s, terms, breaks})
}

// collect gathers the words of an article.
func (w *witness) collect() {
	w.words = wordSet(w.engine.analyzer.Terms(w.page.article.Source))
	for _, s := range w.sentences {
		maps.Copy(w.words, wordSet(s.terms))
	}
	if w.long {
		w.collectIndexed()
	}
	w.covers, w.kin = w.query.coverer.cover(w.words), kinCoverer(w.query.groups).cover(w.words)
}

func (w *witness) collectIndexed() {
	w.engine.mu.RLock()
	defer w.engine.mu.RUnlock()
	if a := w.engine.articles[w.page.article.ID]; a != nil {
		for _, passage := range a.passages[:min(mostPassages, len(a.passages))] {
			w.engine.collect(passage, w.words)
		}
	}
}

// has reports whether the article has one of the ways to say a group, or its kin.
func (w *witness) has(group int) bool { return w.covers[group] > 0 || w.kin[group] > 0 }

// says reports whether the article has a group's own words, a translation that is listed, or
// its kin: what only means something alike is another name, and another event.
func (w *witness) says(group int) bool { return w.query.groups[group].saidIn(w.words) }

func (g *group) saidIn(words map[string]bool) bool {
	said := func(a alternative) bool { return !a.summed && all(words, a.stems) }
	return slices.ContainsFunc(g.alternatives, said) || slices.ContainsFunc(g.kin, said)
}

// saysTogether reports whether the article has a country where it says what it is about, or
// in a sentence with something else that the question asks about: reports name many more,
// which sent aid or had a view.
func (w *witness) saysTogether(group int) bool {
	return w.query.groups[group].saidIn(w.around) || w.saysWith(group, 1)
}

// saysJoined is saysTogether for a name that the question joins to another: what is quoted
// beside the best does not count, and a sentence must have two other things.
func (w *witness) saysJoined(group int) bool {
	return w.query.groups[group].saidIn(w.wordsAround(w.best)) || w.saysWith(group, 2)
}

// saysThere is saysTogether for the name of a place where something happened. It only counts
// against a report whose best quote tells of another place: most tell where they are once.
func (w *witness) saysThere(group int) bool {
	return w.query.groups[group].saidIn(w.wordsAround(w.best)) || w.saysWith(group, 1) || !w.tellsPlace()
}

// saysWith reports whether the article has a group in a sentence with so many others that
// tell what the question asks about. Undated and long ones may be of anything.
func (w *witness) saysWith(group, least int) bool {
	if w.published.IsZero() || w.long {
		return true
	}
	others := w.others(group)
	least = min(least, len(others))
	return slices.ContainsFunc(w.sentences, func(s spokenSentence) bool {
		words := wordSet(s.terms)
		if !w.query.groups[group].saidIn(words) {
			return false
		}
		said := 0
		for _, i := range others {
			if w.query.groups[i].saidIn(words) {
				said++
			}
		}
		return said >= least
	})
}

// tellsPlace reports whether the best quote names a place: "off the port of Safaga".
func (w *witness) tellsPlace() bool {
	for n := range w.best {
		s := &w.sentences[n]
		for i := range s.terms {
			if placing[s.terms[i].Norm] && s.namesBehind(i) {
				return true
			}
		}
	}
	return false
}

// namesBehind reports whether a name stands behind a word, with no more than function words
// between: one with a capital, or an Arabic one behind a word that introduces it.
func (s *spokenSentence) namesBehind(i int) bool {
	for i++; i < len(s.terms) && s.terms[i].Stop; i++ {
	}
	if i == len(s.terms) || dayNames[s.terms[i].Norm] || monthAt(s.text, s.terms, i) != 0 {
		return false
	}
	return introducing[s.terms[i].Norm] || capitalAt(s.text, s.terms[i].Start)
}

// others are the groups of the question but one that tell what it asks about.
func (w *witness) others(group int) (others []int) {
	for i := range w.query.groups {
		if i != group && w.engine.general.share(w.query.groups[i].alternatives) < tooCommon {
			others = append(others, i)
		}
	}
	return others
}

// forms returns the words of the article as they are written, normalised, and their stems: a
// name may end as if it had an ending.
func (w *witness) forms() map[string]bool {
	if w.spelled == nil {
		w.spelled = maps.Clone(w.words)
		for _, s := range w.sentences {
			for _, t := range s.terms {
				if !t.Stop {
					w.spelled[t.Norm] = true
				}
			}
		}
	}
	return w.spelled
}

// runs reports whether the letters of a word stand in the article one after the other,
// whatever is between them: "Game Boy" for "Gameboy".
func (w *witness) runs(norm string) bool {
	const least = 5
	word := squeezed(norm)
	if len([]rune(word)) < least {
		return false
	}
	if w.whole == "" {
		var b strings.Builder
		for _, s := range w.sentences {
			b.WriteString(squeezed(text.Normalize(s.text)))
		}
		w.whole = b.String()
	}
	return strings.Contains(w.whole, word)
}

// squeezed is a normalised text's letters and digits.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
