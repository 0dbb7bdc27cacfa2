package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// shortPassage is how much of a passage tells what it is about, in UTF-16 code
// units.
const shortPassage = 300

// why tells administrators how an answer came about: the one with a key, or the
// last one in the chat.
func (t turn) why(ctx context.Context) (Reply, error) {
	kept, err := t.whichAnswer(ctx)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keyWhyGone), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return t.explain(ctx, kept)
}

func (t turn) whichAnswer(ctx context.Context) (journal.Answer, error) {
	if t.Argument == "" {
		return t.Journal.LastAnswer(ctx, t.Chat, t.Thread)
	}
	return t.Journal.Answer(ctx, strings.ToLower(t.Argument))
}

// whyPressed is the button of why, which is under a report: the answer is in
// somebody else's chat.
func (t turn) whyPressed(ctx context.Context, key string) (Reply, error) {
	kept, err := t.Journal.Answer(ctx, key)
	if errors.Is(err, journal.ErrNotFound) {
		return t.notice(keyWhyGone), nil
	}
	if err != nil {
		return Reply{}, err
	}
	r, err := t.explain(ctx, kept)
	if err == nil && !t.Fixed {
		r.Messages[0].ReplyTo = t.Message
	}
	return r, err
}

// explain shows the question, the verdict and what it was made of.
func (t turn) explain(ctx context.Context, a journal.Answer) (Reply, error) {
	kept, err := decodeAnswer(a.Data)
	if err != nil {
		return Reply{}, err
	}
	helpful, not, err := t.Journal.Ratings(ctx, a.Key)
	if err != nil {
		return Reply{}, err
	}
	reported, err := t.Journal.Reported(ctx, a.Key)
	if err != nil {
		return Reply{}, err
	}
	found, err := t.findings(ctx, kept)
	if err != nil {
		return Reply{}, err
	}
	sources, err := t.sourcesOf(ctx, kept)
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if a.Question != "" { // an earlier version did not keep it
		d.add(append(asked(a.Question, t.lang), meaning(kept.Understood, t.lang)...)...)
	}
	lines := append(t.outcome(a, kept), missing(kept.Missing, t.lang)...)
	lines = append(lines, sentence(say(t.lang, keyWhyRatings, helpful, not)))
	if len(reported) > 0 {
		lines = append(lines, reportedLine(reported, t.lang))
	}
	if len(kept.Except) > 0 {
		lines = append(lines, sentence(say(t.lang, keyWhyExcept, len(kept.Except))))
	}
	d.add(lines...)
	d.whyWritten(kept.Written.standing(sources))
	if len(found) == 0 {
		d.say(keyWhyNothing)
		return send(d), nil
	}
	d.add(heading(say(t.lang, keyWhyFound)))
	for _, f := range found {
		d.add(f.lines(t.lang)...)
	}
	return send(d), nil
}

// outcome are the lines that say what the answer was, and when.
func (t turn) outcome(a journal.Answer, kept keptAnswer) []line {
	when := list(t.lang, date(corpus.Date{Time: a.At}, t.lang), span{role: roleMark, text: a.At.Format("15:04 UTC")})
	when.spans = append([]span{{text: say(t.lang, keyWhyAsked)}}, when.spans...)
	return []line{
		keyLine(a.Key, t.lang),
		when,
		sentence(say(t.lang, keyWhyVerdict) + say(t.lang, verdictKey(kept.Verdict))),
		{spans: []span{
			{text: say(t.lang, keyWhyProbability)}, {role: roleMark, text: fmt.Sprintf("%.2f", kept.Probability)},
		}},
		kept.view().line(t.lang),
	}
}

// reportedLine says which sources of an answer are said to be wrong: who is told
// of a report later than it came has nothing else that says so.
func reportedLine(sources []int, lang text.Language) line {
	var spans []span
	for _, n := range sources {
		spans = append(spans, span{role: roleMark, text: fmt.Sprintf("[%d]", n)})
	}
	l := list(lang, spans...)
	l.spans = append([]span{{text: say(lang, keyWhyReported)}}, l.spans...)
	return l
}

func verdictKey(v retrieval.Verdict) key {
	switch v {
	case retrieval.Answered:
		return keyVerdictAnswered
	case retrieval.Nearest:
		return keyVerdictNearest
	case retrieval.Declined:
	}
	return keyVerdictDeclined
}

// A finding is a passage that was found for a question, as the collection has it
// now.
type finding struct {
	keptEvidence
	rank    int // 0 for a source that is not among the evidence
	cited   int // number of the citation; 0 when it is not cited
	article corpus.Article
	text    string // "" when the article is gone
}

// findings are the evidence of an answer, best first, and what else it cites.
func (d *Dialogue) findings(ctx context.Context, kept keptAnswer) ([]finding, error) {
	cited := map[string]int{}
	for _, c := range kept.Citations {
		cited[c.Passage] = c.N
	}
	var all []finding
	for i, e := range kept.Evidence {
		all = append(all, finding{keptEvidence: e, rank: i + 1, cited: cited[e.Passage]})
		delete(cited, e.Passage)
	}
	for _, c := range kept.Citations {
		if _, left := cited[c.Passage]; left {
			all = append(all, finding{keptEvidence: keptEvidence{Article: c.Article, Passage: c.Passage}, cited: c.N})
		}
	}
	for i := range all {
		if err := d.lookUp(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// lookUp reads what a finding says, if it is still there.
func (d *Dialogue) lookUp(ctx context.Context, f *finding) error {
	a, passages, err := d.Library.Full(ctx, f.Article)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, p := range passages {
		if p.ID == f.Passage {
			f.article, f.text = a, a.Body[p.Start:p.End]
		}
	}
	return nil
}

// lines say how a passage was found, where it is from and how it begins.
func (f finding) lines(lang text.Language) []line {
	var facts []line
	if f.rank > 0 {
		facts = append(facts,
			fact(keyWhyRank, strconv.Itoa(f.rank), lang), fact(keyWhyScore, fmt.Sprintf("%.2f", f.Score), lang))
	}
	if f.cited > 0 {
		facts = append(facts, fact(keyWhyCited, fmt.Sprintf("[%d]", f.cited), lang))
	}
	lines := []line{joined(facts, lang)}
	if f.text == "" {
		return append(lines, sentence(say(lang, keySourceGone)))
	}
	lines = append(lines, articleHead(f.article, lang)...)
	return append(lines, quotation(shortened(f.text), f.article.Language))
}

// fact is a value with what it is.
func fact(k key, value string, lang text.Language) line {
	return line{spans: []span{{text: say(lang, k)}, {role: roleMark, text: value}}}
}

// joined puts short lines into one.
func joined(lines []line, lang text.Language) line {
	var all line
	for i, l := range lines {
		if i > 0 {
			all.spans = append(all.spans, span{text: say(lang, keyListSeparator)})
		}
		all.spans = append(all.spans, l.spans...)
	}
	return all
}

// shortened is the beginning of a passage.
func shortened(passage string) string {
	head, tail := cutText(passage, shortPassage)
	if tail == "" {
		return passage
	}
	return strings.TrimSpace(head) + " …"
}
