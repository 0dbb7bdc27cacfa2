package retrieval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// A question takes for granted that what it names has to do with each other: "Did Ann Lee
// open the bridge in 1987?" is not answered by a report of somebody else who opened it, or
// of another year, however alike the two are. Its names, years, months and numbers are
// looked for in the articles that are quoted; when none of them has all, nothing of what it
// asks is confirmed. Who did what to whom is beyond this: that all is there does not say
// that it stands together as the question has it.

// A presumed is something that a question takes for granted.
type presumed struct {
	first, last int // the terms of the question that say it
	group       int // of the question; -1 for a month or a number
	held        func(*witness) bool
}

// doubt keeps an answer from confirming what the question takes for granted and the
// evidence does not hold: it turns the verdict to [Nearest] and says what is missing.
//
// Of what is no more than near anyway it says what is missing where that is not known.
func (e *Engine) doubt(q *query, r *request, answer *Answer) {
	known := len(answer.Missing.Words) > 0 || len(answer.Missing.Apart) > 0
	if answer.Verdict == Declined || answer.Verdict == Nearest && (known || answer.Outside) || q.lang == text.Other {
		return
	}
	taken := e.presumedBy(q, e.calendar.Today(r.Now))
	lacking, w := e.lackedBy(q, taken, answer.Citations)
	if len(lacking) == 0 {
		return
	}
	g := e.gapOf(q)
	missing := g.contradicted(lacking, taken, w)
	missing.Presumed = answer.Verdict == Answered
	if answer.Verdict == Nearest {
		answer.Advice = g.advise(missing)
	}
	answer.Verdict, answer.Missing = Nearest, missing
	if word := g.mistyped(answer.Missing); word != "" {
		answer.Advice = Advice{AdviceSpelling, word}
	}
}

// lackedBy returns what the article of the first citation lacks of what is taken for granted,
// and that article; nothing when one of those that are cited has all.
func (e *Engine) lackedBy(q *query, taken []presumed, citations []Citation) (lacking []presumed, first *witness) {
	if len(taken) == 0 {
		return nil, nil
	}
	seen := map[string]bool{}
	for i := range citations {
		id := citations[i].ArticleID
		if seen[id] {
			continue
		}
		seen[id] = true
		w := e.witness(q, id, citations)
		if w == nil {
			return nil, nil
		}
		lacks := slices.DeleteFunc(slices.Clone(taken), func(p presumed) bool { return p.held(w) })
		if len(lacks) == 0 {
			return nil, nil
		}
		if first == nil {
			lacking, first = lacks, w
		}
	}
	return lacking, first
}

// presumedBy returns what a question takes for granted that is asked on a day. What its
// times are made of is nothing by itself, and those that count back from that day are left
// to the window.
func (e *Engine) presumedBy(q *query, today dates.Day) []presumed {
	terms := e.analyzer.Terms(q.text)
	taken := e.presumedNames(q, terms)
	taken = append(taken, e.presumedEvents(q, terms)...)
	taken = append(taken, e.presumedMonths(q, terms)...)
	taken = append(taken, e.presumedNumbers(q, terms)...)
	for _, x := range e.calendar.Asked(q.text, q.lang, today, today).Expressions {
		var of presumed
		of, taken = e.presumedTime(x, taken, terms)
		if of.held != nil {
			taken = append(taken, of)
		}
	}
	return taken
}

// contradicted says what of what is taken for granted is missing: names that are in no
// article, or one that is in none with another that the quoted article has, or what the
// articles that are quoted do not have.
func (g *gap) contradicted(lacking, taken []presumed, w *witness) Missing {
	var nowhere, elsewhere []*told
	for _, p := range lacking {
		if p.group < 0 {
			continue
		}
		t := g.look(p.group)
		if len(t.holders) == 0 {
			nowhere = append(nowhere, t)
		} else {
			elsewhere = append(elsewhere, t)
		}
	}
	if len(nowhere) > 0 {
		return Missing{Words: g.most(nowhere)}
	}
	if pair := g.parted(elsewhere, taken, w); pair != nil {
		return Missing{Apart: pair}
	}
	var out []string
	for _, p := range lacking {
		if s := g.phrase(p); !slices.Contains(out, s) && len(out) < mostMissing {
			out = append(out, s)
		}
	}
	return Missing{Uncited: out}
}

// look returns a group with the articles that have it, telling or not.
func (g *gap) look(group int) *told {
	of := &g.query.groups[group]
	t := &g.told[slices.IndexFunc(g.told, func(x told) bool { return x.group == of })]
	if !t.telling {
		g.engine.mu.RLock()
		defer g.engine.mu.RUnlock()
		t.holders = g.engine.holders(t.group)
	}
	return t
}

// parted finds for one of the names that the quoted article lacks another one that it
// has and that is in no article with it; nil when there is none.
func (g *gap) parted(lacking []*told, taken []presumed, w *witness) []string {
	for _, t := range lacking {
		for _, p := range taken {
			if p.group < 0 || !p.held(w) {
				continue
			}
			other := g.look(p.group)
			if len(other.holders) == 0 || t.meets(other) {
				continue
			}
			if pair := g.phrases([]*told{t, other}); len(pair) == 2 {
				return pair
			}
		}
	}
	return nil
}

// phrase is what the question says of something, but for a preposition written onto it, and
// with the sign of a currency.
func (g *gap) phrase(p presumed) string {
	first := g.terms[p.first]
	from := first.Start + g.engine.proclitic(g.query.text, first)
	if priced(g.query.text, first) {
		_, size := utf8.DecodeLastRuneInString(g.query.text[:first.Start])
		from -= size
	}
	return strings.Clone(g.query.text[from:g.terms[p.last].End])
}
