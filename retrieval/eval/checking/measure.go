package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/check"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/eval/fitting"
	"newsbot/retrieval/lexicon"
)

// A measure has the checker and the articles.
type measure struct {
	articles map[string]*article
	checker  *check.Checker
}

func newMeasure(dir string) (*measure, error) {
	articles, err := readArticles(dir)
	if err != nil {
		return nil, err
	}
	settings := fitting.Settings{Dirs: []string{dir}}
	o, err := settings.Options()
	if err != nil {
		return nil, err
	}
	analyzer := text.NewAnalyzer()
	words, err := lexicon.Default(analyzer)
	if err != nil {
		return nil, err
	}
	calendar := dates.Calendar{Location: time.UTC, WeekStart: time.Monday}
	return &measure{
		articles: articles,
		checker: check.New(check.Config{
			Encoder: o.Encoders.Strong, Quick: o.Encoders.Quick, Analyzer: analyzer,
			Lexicon: func() *lexicon.Lexicon { return words }, Calendar: &calendar,
		}),
	}, nil
}

// A judgement is what the checker has found in a sentence.
type judgement struct {
	sentence
	from  text.Language // of the article
	fault check.Fault
	took  time.Duration
}

// wrong reports whether a true sentence was removed or an altered one survived.
func (j *judgement) wrong() bool { return (j.Kind == "") != (j.fault.Kind == check.Fine) }

// direction is as in "en about ar".
func (j *judgement) direction() string { return fmt.Sprintf("%s about %s", j.Language, j.from) }

func (m *measure) check(ctx context.Context, all []sentence) (*report, error) {
	r := &report{}
	for _, s := range all {
		a := m.articles[s.Article]
		if a == nil {
			a = m.articles[s.Article+".md"]
		}
		if a == nil {
			return nil, fmt.Errorf("there is no article %q", s.Article)
		}
		start := time.Now()
		fault, err := m.checker.Check(ctx, check.Claim{Text: s.Text, Language: s.Language, Sources: a.sourcesOf(&s)})
		if err != nil {
			return nil, fmt.Errorf("checking %q: %w", s.Text, err)
		}
		r.judged = append(r.judged, judgement{s, a.Language, fault, time.Since(start)})
	}
	return r, nil
}

// sourcesOf are the passages that a sentence cites: that which it names, else all of the article.
func (a *article) sourcesOf(s *sentence) []check.Source {
	if s.Passage != nil && *s.Passage > 0 && *s.Passage <= len(a.passages) {
		return a.sources(*s.Passage-1, *s.Passage-1)
	}
	return a.sources(0, len(a.passages)-1)
}

// sources are the passages first to last, as far as there are such.
func (a *article) sources(first, last int) []check.Source {
	var out []check.Source
	for i := max(first, 0); i <= min(last, len(a.passages)-1); i++ {
		out = append(out, a.source(len(out)+1, a.passages[i]))
	}
	return out
}

func (a *article) source(n int, p corpus.Passage) check.Source {
	return check.Source{
		N: n, Text: strings.TrimSpace(a.Body[p.Start:p.End]), Title: a.Title, Outlet: a.Source,
		Published: a.Published, Language: a.Language,
	}
}
