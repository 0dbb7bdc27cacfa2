package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

const (
	// maxLatest is how many reports are quoted of the latest.
	maxLatest = 5
	// maxReports is how many articles a list of articles has.
	maxReports = 10
)

// latestReports quotes how the newest reports begin. About a topic it leaves that to the
// newest of the quotes that bear on it.
func (e *Engine) latestReports(ctx context.Context, r *request, answer *Answer) (bool, error) {
	if e.hasTopic(r) {
		return false, nil
	}
	all := e.newestArticles(r)
	pages, err := e.leads(ctx, all, maxLatest, answer)
	if err != nil {
		return false, err
	}
	answer.More = len(all) > pages
	answer.Languages = nil
	for _, a := range all {
		answer.Languages = append(answer.Languages, a.Language)
	}
	answer.Languages = sorted(answer.Languages)
	return true, nil
}

// leads quotes how the first of some articles begin, up to a limit, and returns how many
// articles it took for that.
func (e *Engine) leads(ctx context.Context, all []*article, limit int, answer *Answer) (taken int, err error) {
	for _, a := range all {
		if len(answer.Citations) == limit {
			break
		}
		taken++
		p, err := e.open(ctx, a.ID)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // removed since
		}
		if err != nil {
			return 0, err
		}
		if len(p.sentences) == 0 {
			continue
		}
		c := e.sentenceAt(p, 0).citation()
		if repeats(answer.Citations, c) {
			continue
		}
		c.N = len(answer.Citations) + 1
		answer.Citations = append(answer.Citations, c)
	}
	answer.AsOf, answer.Languages = latest(answer.Citations), languagesOf(answer.Citations)
	answer.Verdict, answer.Probability = Declined, 0
	if len(answer.Citations) > 0 {
		answer.Verdict, answer.Probability = Answered, 1
	}
	return taken, nil
}

// languagesOf are those of the citations, in the order of their codes.
func languagesOf(citations []Citation) (languages []text.Language) {
	for _, c := range citations {
		languages = append(languages, c.Language)
	}
	return sorted(languages)
}

// sorted are languages in the order of their codes, each once.
func sorted(languages []text.Language) []text.Language {
	slices.Sort(languages)
	return slices.Compact(languages)
}

// newestArticles are those that the question lets be quoted, of copies one, newest first
// and what has no date last. What is dated in the future is not new, it is misdated.
func (e *Engine) newestArticles(r *request) []*article {
	chosen := e.selection(r.Question)
	tomorrow := e.today(r.Now) + 1 // where it is that already
	e.mu.RLock()
	defer e.mu.RUnlock()
	var all []*article
	for _, a := range e.articles {
		c := candidate{passage: &passage{article: a, Passage: corpus.Passage{ArticleID: a.ID}}, family: e.families[a.ID]}
		if len(a.passages) > 0 && r.form.takes(a) && chosen.takes(&c) && r.inWindow(a) && publishedOn(a.Published) <= tomorrow {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b *article) int {
		return cmp.Or(b.Published.Time.Compare(a.Published.Time), strings.Compare(a.ID, b.ID))
	})
	seen := map[int64]bool{}
	return slices.DeleteFunc(all, func(a *article) bool {
		family := e.families[a.ID]
		again := family != 0 && seen[family]
		seen[family] = true
		return again
	})
}

// inWindow reports whether an article was published when the question asks for, if it
// asks for a time at all.
func (r *request) inWindow(a *article) bool {
	day := publishedOn(a.Published)
	return r.window.IsZero() || day != undated && r.window.Contains(day)
}

// hasTopic reports whether anything is asked for but a time.
func (e *Engine) hasTopic(r *request) bool {
	if !asks(r.Text) {
		return false
	}
	if r.window.IsZero() {
		return true
	}
	today := e.calendar.Today(r.Now)
	left := []byte(r.Text)
	for _, x := range e.calendar.Asked(r.Text, text.Detect(r.Text), today, today).Expressions {
		for i := x.Start; i < x.End; i++ {
			left[i] = ' '
		}
	}
	for _, t := range e.analyzer.Terms(string(left)) {
		if !t.Stop {
			return true
		}
	}
	return false
}

// reportsAbout lists the articles about something, newest first.
func (e *Engine) reportsAbout(ctx context.Context, r *request, answer *Answer) (bool, error) {
	if !e.hasTopic(r) {
		return false, nil
	}
	q, all, err := e.prospect(ctx, r.Question)
	if err != nil {
		return false, err
	}
	chosen := e.selection(r.Question)
	ranked := chosen.sift(r.form.sift(all))
	answer.Evidence = results(ranked, maxEvidence)
	sentences, err := e.sentences(ctx, q, byArticle(ranked), topicArticles)
	if err != nil {
		return false, err
	}
	found := e.standings(q, sentences, ranked)
	about := byDate(e.story(q, found, leadsOf(sentences)), e.today(r.Now))
	answer.Probability = likeliest(found)
	for _, s := range about {
		if a := &s.page.article; len(answer.Reports) < maxReports && r.inWindow(s.article) {
			answer.Reports = append(answer.Reports, ReportOf(a))
		}
	}
	if len(answer.Reports) == 0 {
		return false, nil
	}
	answer.Verdict = Answered
	for _, x := range answer.Reports {
		if x.Published.Time.After(answer.AsOf.Time) && publishedOn(x.Published) <= e.today(r.Now)+1 {
			answer.AsOf = x.Published
		}
		answer.Languages = append(answer.Languages, x.Language)
	}
	answer.Languages = sorted(answer.Languages)
	answer.More = len(about) > len(answer.Reports)
	return true, nil
}
