package retrieval

import (
	"cmp"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A report that many outlets print is quoted once, and the others are named: those whose
// copy has the quote, and articles of other reports that have it word for word.

const (
	// maxAlso is how many articles are named that have a quote too, each of another outlet;
	// the rest is counted.
	maxAlso = 5
	// copiedWords is the share of a quote's words that a copy's passage has that says the
	// same; its numbers it has all.
	copiedWords = 0.8
	// fewestRepeated is how many words a sentence has that nobody writes again by chance.
	fewestRepeated = 7
)

// also finds the other articles that have what is cited nearly word for word. A copy in
// which a number differs is none.
func (e *Engine) also(_ *request, answer *Answer) {
	for i := range answer.Citations {
		c := &answer.Citations[i]
		if len(c.Also) == 0 {
			c.Also, c.AlsoMore = e.alsoIn(c)
		}
	}
}

// alsoIn returns the first few articles that have a citation's quote, and counts the rest.
func (e *Engine) alsoIn(c *Citation) (reports []Report, more int) {
	terms := e.analyzer.Terms(c.Quote.Text)
	e.mu.RLock()
	defer e.mu.RUnlock()
	own := e.articles[c.ArticleID]
	if own == nil {
		return nil, 0
	}
	found := map[*article]bool{}
	quoted := own.quoted(c.Quote)
	e.printing(found, own, quoted, terms)
	if len(terms) >= fewestRepeated {
		e.repeating(found, own, quoted, terms)
	}
	var all []*article
	for a := range found {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *article) int {
		return cmp.Or(foreign(a, own)-foreign(b, own), byAge(a, b), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range oneOfEach(all, own.Source) {
		reports = append(reports, ReportOf(&a.Article))
	}
	return reports, len(all) - len(reports)
}

// oneOfEach returns the first articles of the first few outlets, among which the one that
// is quoted comes last.
func oneOfEach(all []*article, quoted string) []*article {
	var out, own []*article
	named := map[string]bool{}
	for _, a := range all {
		switch {
		case named[a.Source]:
		case a.Source == quoted:
			own = append(own, a)
		default:
			out = append(out, a)
		}
		named[a.Source] = true
	}
	out = append(out, own...)
	return out[:min(maxAlso, len(out))]
}

// foreign is 1 for an article in another language than another.
func foreign(a, o *article) int {
	if a.Language != o.Language {
		return 1
	}
	return 0
}

// byAge sorts the oldest first, and what has no date last.
func byAge(a, b *article) int {
	switch {
	case older(a, b):
		return -1
	case older(b, a):
		return 1
	}
	return 0
}

// quoted are the hashes of the sentences of a quote.
func (a *article) quoted(q Quote) []corpus.Hash {
	var out []corpus.Hash
	for _, p := range a.passages {
		for i, s := range p.Sentences {
			if q.Start <= s.Start && s.End <= q.End {
				out = append(out, p.sentences[i])
			}
		}
	}
	return out
}

// family returns the other articles that are copies of one. The engine is locked.
func (e *Engine) family(own *article) []*article {
	number := e.families[own.ID]
	if number == 0 {
		return nil
	}
	var out []*article
	for id, n := range e.families {
		if n == number && id != own.ID && e.articles[id] != nil { // else it is hidden
			out = append(out, e.articles[id])
		}
	}
	return out
}

// printing finds the copies of an article that have the quote. The engine is locked.
func (e *Engine) printing(found map[*article]bool, own *article, quoted []corpus.Hash, terms []text.Term) {
	like := newPrinting(terms)
	for _, a := range e.family(own) {
		if a.holds(quoted) || a.Language == own.Language && slices.ContainsFunc(a.passages, func(p *passage) bool {
			return like.in(e.words[a.Language].stems, p.slot)
		}) {
			found[a] = true
		}
	}
}

// holds reports whether an article has all of some sentences.
func (a *article) holds(sentences []corpus.Hash) bool {
	for _, h := range sentences {
		if !slices.ContainsFunc(a.passages, func(p *passage) bool { return slices.Contains(p.sentences, h) }) {
			return false
		}
	}
	return len(sentences) > 0
}

// A printing is the words of a quote, as its copies are told by them.
type printing struct {
	stems, numbers []string
}

func newPrinting(terms []text.Term) printing {
	var w printing
	for _, t := range terms {
		switch {
		case t.Stop:
		case text.NumberWord(t.Norm):
			w.numbers = append(w.numbers, t.Stem)
		default:
			w.stems = append(w.stems, t.Stem)
		}
	}
	return w
}

// in reports whether a document has a quote's numbers and nearly all of its words.
func (w *printing) in(index *wordIndex, doc int32) bool {
	has := func(stem string) bool {
		_, ok := slices.BinarySearchFunc(index.lookup(stem), doc, byDocument)
		return ok
	}
	for _, n := range w.numbers {
		if !has(n) {
			return false
		}
	}
	lacking := int((1 - copiedWords) * float64(len(w.stems)))
	for _, s := range w.stems {
		if !has(s) {
			if lacking--; lacking < 0 {
				return false
			}
		}
	}
	return len(w.stems) > 0
}

// rarest is by how many words of a sentence the passages are found that may have it.
const rarest = 5

// repeating finds the articles that have all sentences of a quote word for word, whatever
// else they say. The engine is locked.
func (e *Engine) repeating(found map[*article]bool, own *article, quoted []corpus.Hash, terms []text.Term) {
	index := e.words[own.Language].stems
	words := stems(terms)
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(index.lookup(a)), len(index.lookup(b))), strings.Compare(a, b))
	})
	words = slices.Compact(words)
	docs, _ := index.phrase(words[:min(rarest, len(words))], nil)
	for _, p := range docs {
		a := e.passages[p.doc].article
		if a != own && !found[a] && a.holds(quoted) {
			found[a] = true
		}
	}
}
