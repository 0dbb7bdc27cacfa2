package bot

import (
	"context"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// kindOpening says what an answer of another kind than the best quotes is, and reports
// whether it did.
func (d *Document) kindOpening(a retrieval.Answer) bool {
	if a.Elsewhere && len(a.Citations) > 0 {
		d.add(phrased(d.language, keyOutletNothing, a.Outlet))
		d.add(heading(say(d.language, keyOutletOthers)))
		return true
	}
	if k, ok := answeredAs[a.Kind]; ok && a.Verdict == retrieval.Answered {
		d.add(append([]line{heading(say(d.language, k))}, summed(a)...)...)
		return true
	}
	switch {
	case a.Verdict == retrieval.Answered && a.Kind == retrieval.Source && a.Verbatim:
		d.add(heading(say(d.language, keySourceVerbatim)))
	case a.Verdict == retrieval.Answered && a.Kind == retrieval.Source:
		d.add(sentence(say(d.language, keySourceNotVerbatim)))
		d.add(heading(say(d.language, keySourceNearest)))
	case a.Kind == retrieval.Source:
		d.say(keySourceUnknown)
	case a.Kind == retrieval.Summary && a.Near == nil && len(a.Evidence) == 0:
		d.say(keySummaryWhat)
	case a.Kind == retrieval.Latest && len(a.Citations) == 0 && len(a.Evidence) == 0:
		d.say(keyLatestNone)
	default:
		return false
	}
	return true
}

// answeredAs is what stands above answers of a kind.
var answeredAs = map[retrieval.Kind]key{
	retrieval.Timeline: keyTimelineHeading, retrieval.Summary: keySummaryHeading,
	retrieval.About: keyAboutHeading, retrieval.Latest: keyLatestHeading,
}

// summed is the article that an answer sums up; none when it does not.
func summed(a retrieval.Answer) []line {
	if a.Kind != retrieval.Summary {
		return nil
	}
	for _, c := range a.Citations {
		if c.ArticleID != "" {
			return []line{{spans: []span{reference(c.ArticleID, c.Title, c.URL, a.Language)}}}
		}
	}
	return nil
}

// reports lists the articles of an answer that is a list.
func (d *Document) reports(a retrieval.Answer) {
	var lines []line
	for _, r := range a.Reports {
		spans := []span{reference(r.ArticleID, r.Title, r.URL, a.Language), {role: roleOutside, text: orElse(r.Source, a.Language, keyOutletUnknown)}}
		l := list(a.Language, append(spans, dating(r.Published, r.Corrected, a.Language)...)...)
		l.spans = append([]span{{text: "• "}}, l.spans...)
		lines = append(lines, l)
	}
	if len(lines) > 0 {
		d.add(lines...)
	}
}

// when says above a quote of a timeline when that was: on the day that it tells, or that
// it was reported on.
func when(c retrieval.Citation, lang text.Language) []line {
	switch {
	case c.When.IsZero():
		return nil
	case c.Reported:
		return []line{{spans: []span{{text: say(lang, keyReportedOn)}, {role: roleMark, text: FormatWindow(c.When, lang)}}}}
	}
	return []line{{spans: []span{{role: roleMark, text: FormatWindow(c.When, lang)}}}}
}

// timeline answers with what happened, in order.
func (t turn) timeline(ctx context.Context) (Reply, error) {
	if t.Argument == "" {
		return t.says(keyTimelineWhat), nil
	}
	t.Text = t.Argument
	return t.answerUnder(ctx, asking{kind: retrieval.Timeline})
}

// latest answers with the newest reports: of all, of an outlet or on a topic.
func (t turn) latest(ctx context.Context) (Reply, error) {
	if t.Text = t.Argument; t.Text == "" {
		t.Text = say(t.lang, keyLatestQuestion)
	}
	return t.answerUnder(ctx, asking{kind: retrieval.Latest})
}
