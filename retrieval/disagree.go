package retrieval

import (
	"context"
	"slices"
	"time"

	"newsbot/retrieval/answertype"
	"newsbot/retrieval/figures"
)

// Reports of one event give a figure differently: one was written before the other, or
// they count differently. Whoever reads one of them wants to know of the others.

const (
	// maxDisagreements is how many things an answer says that reports disagree on, and
	// maxFigures how many reports it lists of each.
	maxDisagreements = 2
	maxFigures       = 6
	// figureArticles is how many articles are read for other figures, updatedCopies how
	// many of them are copies of what is cited in which its sentence was changed, and
	// openedCopies how many copies are opened to find them.
	figureArticles = 8
	updatedCopies  = 3
	openedCopies   = 6
	// tellsAsked is the share of a question that a sentence and the names in its article
	// cover that tells what is asked.
	tellsAsked = 0.75
)

// A Disagreement is a figure of one thing that reports give differently.
type Disagreement struct {
	// Figures are what the reports say, newest first and what has no date last; each of
	// another report, with at least two different numbers among them.
	Figures []Figure
}

// A Figure is a number as a report has it.
type Figure struct {
	// Citation is the sentence; its N is that of the answer's citation that has the same
	// quote, or 0.
	Citation
	Value float64
	// From and To are the bytes of the article's body that hold the number with its unit.
	From, To int
}

// disagreements finds the figures in an answer's citations that other reports of the same
// event give differently.
func (e *Engine) disagreements(ctx context.Context, q *query, r *request, all []candidate, answer *Answer) error {
	if answer.Verdict != Answered {
		return nil
	}
	c := e.newComparison(q)
	anchors := c.anchors(answer.Citations)
	if len(anchors) == 0 {
		return nil
	}
	worth, err := c.candidates(ctx, r, anchors, all, answer)
	if err != nil {
		return err
	}
	counterparts, err := c.counterparts(ctx, worth)
	if err != nil {
		return err
	}
	done := map[figures.Thing]bool{}
	for i := range anchors {
		thing := anchors[i].figure.Thing
		if done[thing] || len(answer.Disagreements) == maxDisagreements {
			continue
		}
		if d, ok := c.disagreement(&anchors[i], counterparts, answer.Citations); ok {
			done[thing] = true
			answer.Disagreements = append(answer.Disagreements, d)
		}
	}
	return nil
}

// A comparison is one of figures, for one question.
type comparison struct {
	e        *Engine
	q        *query
	reader   figures.Reader
	roles    []figures.Role // that the question speaks of
	stems    map[string]bool
	reports  map[printed]*figures.Report
	families map[*article][]*article // the other copies of those asked for
}

func (e *Engine) newComparison(q *query) *comparison {
	return &comparison{
		e: e, q: q, reader: figures.Reader{Analyzer: e.analyzer, Lexicon: e.lexicon.Load()},
		roles: figures.Roles(e.analyzer.Terms(q.text)), reports: map[printed]*figures.Report{}, families: map[*article][]*article{},
	}
}

// A stated is a figure of a sentence.
type stated struct {
	page      *page
	index     int // of the sentence
	statement figures.Statement
	figure    *figures.Figure
	asked     bool // the sentence tells what the question asks for
	citation  *Citation
}

// anchors are the figures of the citations that others may give differently, each thing
// once for each article.
func (c *comparison) anchors(citations []Citation) []stated {
	var out []stated
	for i := range citations {
		p := c.q.pages[citations[i].ArticleID]
		if p == nil {
			continue
		}
		for k := range p.sentences {
			if quote := citations[i].Quote; p.sentences[k].Start < quote.Start || p.sentences[k].End > quote.End {
				continue
			}
			for _, s := range c.read(p, k) {
				s.citation = &citations[i]
				same := func(o stated) bool { return o.page == p && o.figure.Thing == s.figure.Thing }
				if c.wants(&s) && !slices.ContainsFunc(out, same) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// read reads the figures of a page's k-th sentence.
func (c *comparison) read(p *page, k int) []stated {
	return c.readAs(p, k, p.article.Published.Time)
}

// readAs reads them as if the article had been published at another time.
func (c *comparison) readAs(p *page, k int, published time.Time) []stated {
	key := printed{p, published}
	report := c.reports[key]
	if report == nil {
		report = c.report(p, published)
		c.reports[key] = report
	}
	statement := c.reader.Sentence(report, c.lines(p, max(k-figures.LooksBack, 0), k), c.lines(p, k, k+1)[0], k)
	if len(statement.Figures) == 0 {
		return nil
	}
	asked := (c.asks() || c.ofMoney()) && c.tells(p, k)
	out := make([]stated, len(statement.Figures))
	for i := range statement.Figures {
		out[i] = stated{page: p, index: k, statement: statement, figure: &statement.Figures[i], asked: asked}
	}
	return out
}

// report reads what an article is about.
func (c *comparison) report(p *page, published time.Time) *figures.Report {
	lead := c.lines(p, 0, min(figures.LeadSentences, len(p.sentences)))
	return c.reader.Report(p.article.Language, p.article.Title, published, lead)
}

// lines are a page's sentences from one to before another, with their words.
func (c *comparison) lines(p *page, from, to int) []figures.Line {
	var out []figures.Line
	for k := from; k < to; k++ {
		out = append(out, figures.Line{Text: p.text(k), Terms: c.e.terms(p, k)})
	}
	return out
}

// asks reports whether the question asks for a figure.
func (c *comparison) asks() bool {
	switch c.q.wanted.Evidence {
	case answertype.Count, answertype.Amount, answertype.Duration:
		return true
	}
	return false
}

// ofMoney reports whether the question speaks of what has a price and does not ask for
// something else about it, such as who signed it.
func (c *comparison) ofMoney() bool {
	return (c.asks() || c.open()) && slices.ContainsFunc(c.roles, figures.Role.Priced)
}

// wants reports whether a figure is one that the question lets compare: of what it speaks of
// or, when it speaks of nothing that has figures, of what their words tell.
func (c *comparison) wants(s *stated) bool {
	if len(c.roles) > 0 {
		return slices.Contains(c.roles, s.figure.Thing.Role) ||
			s.asked && c.ofMoney() && s.figure.Thing.Role == figures.Measured && s.figure.Kind() == figures.OfMoney
	}
	if !c.asks() {
		return s.figure.Stated && c.open()
	}
	return s.asked && !s.figure.Stated && c.sort(s.figure) // "how many were on board" asks for no toll
}

// open reports whether the question asks for nothing in particular, so that any figure is a
// part of the answer: not who, when or where.
func (c *comparison) open() bool {
	switch c.q.wanted.Kind {
	case answertype.Other, answertype.YesNo, answertype.Which:
		return c.q.wanted.Evidence == answertype.None
	}
	return false
}

// sort reports whether a figure is of the sort that the question asks for.
func (c *comparison) sort(f *figures.Figure) bool {
	kind := f.Kind()
	switch c.q.wanted.Evidence {
	case answertype.Duration:
		return kind == figures.OfTime
	case answertype.Count:
		return kind == figures.OfCount
	}
	switch c.q.wanted.Sort {
	case answertype.Money:
		return kind == figures.OfMoney
	case answertype.Percentage:
		return kind == figures.OfShare
	}
	return kind != figures.OfCount
}

// tells reports whether a page's k-th sentence, with the names of its article, covers what
// is asked.
func (c *comparison) tells(p *page, k int) bool {
	covers := c.q.coverer.cover(wordSet(c.e.terms(p, k)))
	if p.covers == nil {
		p.covers = c.q.coverer.cover(c.e.indexed(p))
	}
	for i, g := range c.q.groups {
		if g.proper {
			covers[i] = max(covers[i], p.covers[i])
		}
	}
	return c.q.share(p.article.Language, covers, nil) >= tellsAsked
}
