package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// reportedLength is how many sources a page of their list shows.
const reportedLength = 10

// A reportedSource is an article that readers have reported.
type reportedSource struct {
	article string // its ID
	key     string // of the answer reported last
	newest  time.Time
	reports int // of one person about one answer
	answers map[string]bool
}

// reportList lists the sources that readers have reported.
func (t turn) reportList(ctx context.Context) (Reply, error) { return t.reportedFrom(ctx, 0) }

// turnReported shows a page of them, in place of another page or below another message.
func (t turn) turnReported(ctx context.Context, argument string) (Reply, error) {
	return t.turnFrom(ctx, argument, turn.reportedFrom)
}

func (t turn) reportedFrom(ctx context.Context, from int) (Reply, error) {
	all, err := t.reportedSources(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(all) == 0 {
		return t.replace(t.sentenceOf(keyReportedNone)), nil
	}
	from, page := pageFrom(all, from, reportedLength)
	d := Document{language: t.lang}
	d.say(keyReportedHeading, from+1, from+len(page), len(all))
	var keys []string
	for i, s := range page {
		lines, err := t.reportedLines(ctx, i+1, s)
		if err != nil {
			return Reply{}, err
		}
		d.add(lines...)
		keys = append(keys, s.key)
	}
	turns, _ := pageButtons(t.lang, buttonReports, "", from, len(page), len(all), reportedLength)
	return t.replace(d, append(whyButtons(keys, t.lang), turns...)...), nil
}

// reportedSources are the articles that were reported as sources of answers that are kept, the last reported first.
func (d *Dialogue) reportedSources(ctx context.Context) ([]*reportedSource, error) {
	reports, err := d.Journal.Reports(ctx)
	if err != nil {
		return nil, err
	}
	var all []*reportedSource
	known := map[string]*reportedSource{}
	for _, r := range reports {
		kept, err := decodeAnswer(r.Data)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(kept.Citations, func(c keptCitation) bool { return c.N == r.Source })
		if i < 0 {
			continue
		}
		id := kept.Citations[i].Article
		s := known[id]
		if s == nil {
			s = &reportedSource{article: id, key: r.Answer, newest: r.Newest, answers: map[string]bool{}}
			known[id], all = s, append(all, s)
		}
		s.reports += r.Count
		s.answers[r.Answer] = true
	}
	return all, nil
}

// reportedLines are the source n of a page. One that is gone has its ID in place of a title.
func (t turn) reportedLines(ctx context.Context, n int, s *reportedSource) ([]line, error) {
	a, err := t.Library.Article(ctx, s.article)
	var lines []line
	switch {
	case errors.Is(err, fs.ErrNotExist):
		lines = []line{{spans: []span{{role: roleCode, text: s.article}}}, sentence(say(t.lang, keySourceGone))}
	case err != nil:
		return nil, err
	default:
		lines = articleHead(a, t.lang)
	}
	mark := []span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " "}}
	lines[0].spans = append(mark, lines[0].spans...)
	counts := sentence(say(t.lang, keyReportedCounts, s.reports, len(s.answers)))
	return append(lines, counts, labelledDay(keyReportedNewest, s.newest.In(t.zone()), t.lang)), nil
}

// labelledDay is a day with what is said of it before it.
func labelledDay(k key, at time.Time, lang text.Language) line {
	return line{spans: []span{{text: say(lang, k)}, date(corpus.Date{Time: at}, lang)}}
}
