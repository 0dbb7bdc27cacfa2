package retrieval

import (
	"context"
	"errors"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/figures"
)

// A counterpart is an article that may give the anchors' figures differently.
type counterpart struct {
	article  *article
	passages []*passage // that may have them
	figures  []stated   // what they have
}

// candidates are the articles worth reading for the anchors' figures, best first: copies of
// what is cited in which its sentence was changed and, without reading them, those that may
// be quoted whose words speak of such figures.
func (c *comparison) candidates(ctx context.Context, r *request, anchors []stated, all []candidate, answer *Answer) ([]counterpart, error) {
	chosen := c.e.selection(r.Question)
	within := func(a *article) bool {
		return r.window.IsZero() || answer.Outside || !a.Published.IsZero() && r.window.Contains(dates.DayOf(a.Published.Time))
	}
	c.stems = roleStems(anchors)
	out, err := c.updated(ctx, anchors)
	if err != nil {
		return nil, err
	}
	c.e.mu.RLock()
	defer c.e.mu.RUnlock()
	looked := map[*article]bool{}
	for i := range all {
		a := all[i].article
		if looked[a] || len(out) == figureArticles {
			continue
		}
		looked[a] = true
		if !chosen.takes(&all[i]) || !within(a) || c.e.articles[a.ID] != a {
			continue
		}
		if passages := c.e.speaking(a, c.stems); len(passages) > 0 {
			out = append(out, counterpart{article: a, passages: passages})
		}
	}
	return out, nil
}

// roleStems are the stems of the words that tell of the anchors' roles; none when some can be
// told of in any words.
func roleStems(anchors []stated) map[string]bool {
	stems := map[string]bool{}
	for _, a := range anchors {
		own := figures.Stems(a.figure.Thing.Role)
		if len(own) == 0 || a.figure.Kind() == figures.OfMoney {
			return nil
		}
		for _, s := range own {
			stems[s] = true
		}
	}
	return stems
}

// speaks reports whether a page's k-th sentence has one of the words that tell of the
// anchors' roles.
func (c *comparison) speaks(p *page, k int) bool {
	return len(c.stems) == 0 || slices.ContainsFunc(c.e.terms(p, k), func(t text.Term) bool { return c.stems[t.Stem] })
}

// speaking are the passages of an article that have one of some words; without any, all of
// them are. The engine is locked.
func (e *Engine) speaking(a *article, stems map[string]bool) []*passage {
	if len(stems) == 0 {
		return a.passages
	}
	index := e.words[a.Language].stems
	var out []*passage
	for _, p := range a.passages {
		for s := range stems {
			if _, ok := slices.BinarySearchFunc(index.lookup(s), p.slot, byDocument); ok {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// counterparts opens candidates and reads the figures of their passages. What has gone since is
// left out.
func (c *comparison) counterparts(ctx context.Context, all []counterpart) ([]counterpart, error) {
	opened := make([]*page, len(all))
	var tasks []func(context.Context) error
	for i := range all {
		if opened[i] = c.q.pages[all[i].article.ID]; opened[i] != nil {
			continue
		}
		tasks = append(tasks, func(ctx context.Context) (err error) {
			opened[i], err = c.e.open(ctx, all[i].article.ID)
			if errors.Is(err, corpus.ErrNotFound) {
				return nil
			}
			return err
		})
	}
	if err := together(ctx, tasks...); err != nil {
		return nil, err
	}
	var out []counterpart
	for i, p := range opened {
		if p == nil {
			continue
		}
		for k, s := range p.sentences[:min(figures.Telling, len(p.sentences))] {
			in := func(in *passage) bool { return in.Start <= s.Start && s.End <= in.End }
			if slices.ContainsFunc(all[i].passages, in) && c.speaks(p, k) {
				all[i].figures = append(all[i].figures, c.read(p, k)...)
			}
		}
		out = append(out, all[i])
	}
	return out, nil
}

// disagreement lists who else tells of an anchor's figure, if one of them does differently.
func (c *comparison) disagreement(a *stated, counterparts []counterpart, citations []Citation) (d Disagreement, ok bool) {
	own := []*stated{a}
	for i := range counterparts {
		if counterparts[i].article.ID == a.page.article.ID {
			for k := range counterparts[i].figures {
				own = append(own, &counterparts[i].figures[k])
			}
		}
	}
	var differ, agree []Figure
	for i := range counterparts {
		if counterparts[i].article.ID == a.page.article.ID {
			continue
		}
		own[0] = c.printedNear(a, counterparts[i].article)
		s, relation := c.relation(own, &counterparts[i])
		switch relation {
		case figures.Differ:
			differ = append(differ, c.figure(s, citations))
		case figures.Agree:
			agree = append(agree, c.figure(s, citations))
		}
	}
	if len(differ) == 0 {
		return Disagreement{}, false
	}
	all := append([]Figure{c.figure(a, citations)}, differ...)
	all = c.e.onceEach(append(all, agree...))
	all = all[:min(maxFigures, len(all))]
	slices.SortStableFunc(all, func(a, b Figure) int { return b.Published.Time.Compare(a.Published.Time) })
	return Disagreement{Figures: all}, true
}

// relation is how an article's figure stands to that of the first of own, with the figure's
// sentence: what agrees with any of own, which are all that one article says, does not differ.
func (c *comparison) relation(own []*stated, r *counterpart) (which *stated, relation figures.Relation) {
	a := own[0]
	for i := range r.figures {
		s := &r.figures[i]
		if !a.statement.Report.SameEvent(s.statement.Report) {
			return nil, figures.Unrelated
		}
		switch figures.Compare(&a.statement, &s.statement, a.figure, s.figure, a.asked && s.asked) {
		case figures.Agree:
			return s, figures.Agree
		case figures.Differ:
			if which == nil {
				which, relation = s, figures.Differ
			}
		}
	}
	if which == nil {
		return nil, figures.Unrelated
	}
	for _, o := range own[1:] {
		if figures.Compare(&o.statement, &which.statement, o.figure, which.figure, o.asked && which.asked) == figures.Agree {
			return nil, figures.Unrelated // the article has both
		}
	}
	return which, relation
}

// figure cites a figure: by the citation that has its sentence already, or by one of its own.
func (c *comparison) figure(s *stated, citations []Citation) Figure {
	at := s.page.sentences[s.index]
	f := Figure{Value: s.figure.Value, From: at.Start + s.figure.Start, To: at.Start + s.figure.End}
	for _, cited := range citations {
		if cited.ArticleID == s.page.article.ID && cited.Quote.Start <= at.Start && at.End <= cited.Quote.End {
			f.Citation = cited
			return f
		}
	}
	x := sentence{candidate: &candidate{passage: c.passage(s.page, at)}, Span: at, index: s.index, from: c.e.naming(s.page, s.index), page: s.page}
	f.Citation = x.citation()
	return f
}

// passage is the one of a page's article that has a sentence.
func (c *comparison) passage(p *page, at text.Span) *passage {
	c.e.mu.RLock()
	defer c.e.mu.RUnlock()
	if a := c.e.articles[p.article.ID]; a != nil {
		for _, in := range a.passages {
			if in.Start <= at.Start && at.End <= in.End {
				return in
			}
		}
	}
	return &passage{}
}

// indexed are the words of a page's article by which it is found, with those of its title.
func (e *Engine) indexed(p *page) map[string]bool {
	words := wordSet(e.analyzer.Terms(p.article.Title))
	e.mu.RLock()
	defer e.mu.RUnlock()
	if a := e.articles[p.article.ID]; a != nil {
		for _, in := range a.passages {
			e.collect(in, words)
		}
	}
	return words
}

// keep remembers a page that was opened.
func (q *query) keep(p *page) {
	if q.pages == nil {
		q.pages = map[string]*page{}
	}
	q.pages[p.article.ID] = p
}
