package bot

import (
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/answertype"
)

// longestPhrase is how much of a phrase of a question is repeated to the reader, in
// UTF-16 code units.
const longestPhrase = 60

// missing is the line that says what the coverage lacks; none when that is not known.
func missing(m retrieval.Missing, lang text.Language) []line {
	switch {
	case m.Presumed, len(m.Uncited) > 0:
		return premise(m, lang)
	case len(m.Words) == 1:
		return []line{phrased(lang, keyMissingOne, m.Words...)}
	case len(m.Words) == 2:
		return []line{phrased(lang, keyMissingTwo, m.Words...)}
	case len(m.Words) > 2:
		return []line{phrased(lang, keyMissingThree, m.Words[:3]...)}
	case len(m.Apart) == 2:
		return []line{phrased(lang, keyMissingTogether, m.Apart...)}
	}
	if k, ok := factKeys[m.Fact]; ok {
		return []line{sentence(say(lang, k))}
	}
	return nil
}

// factKeys say that a fact is not told.
var factKeys = map[answertype.Kind]key{
	answertype.Who: keyMissingWho, answertype.When: keyMissingWhen, answertype.Where: keyMissingWhere,
	answertype.HowMany: keyMissingHowMany, answertype.HowMuch: keyMissingHowMuch, answertype.HowLong: keyMissingHowLong,
	answertype.Why: keyMissingWhy, answertype.How: keyMissingHow,
}

// advice is the line that says how to ask differently; none when there is nothing to
// change.
func advice(a retrieval.Answer) []line {
	switch lang := a.Language; {
	case a.Verdict == retrieval.Answered:
	case a.Asked == text.Other, a.Advice.Kind == retrieval.AdviceLanguage:
		return []line{sentence(say(lang, keyLanguages))}
	case a.Advice.Kind == retrieval.AdviceSplit:
		return []line{sentence(say(lang, keyAdviceSplit))}
	case a.Advice.Kind == retrieval.AdviceSpelling:
		return []line{phrased(lang, keyAdviceSpelling, a.Advice.About)}
	case a.Advice.Kind == retrieval.AdviceDetail:
		return []line{sentence(say(lang, keyAdviceDetail))}
	case a.Advice.Kind == retrieval.AdviceBroader:
		return []line{phrased(lang, keyAdviceBroader, a.Advice.About)}
	case a.Advice.Kind == retrieval.AdviceName:
		return []line{sentence(say(lang, keyAdviceName))}
	}
	return nil
}

// near is the report nearest to a question that is declined, under a heading that
// says that it is no answer.
func near(r *retrieval.Report, lang text.Language) []line {
	spans := []span{reference(r.ArticleID, r.Title, r.URL, lang), {role: roleOutside, text: orElse(r.Source, lang, keyOutletUnknown)}}
	return []line{heading(say(lang, keyNearReport)), list(lang, append(spans, dating(r.Published, r.Corrected, lang)...)...)}
}

// phrased is a sentence of the bot's with phrases of the reader's in it.
func phrased(lang text.Language, k key, phrases ...string) line {
	places := make([]any, len(phrases))
	for i := range places {
		places[i] = "\x00"
	}
	var l line
	for i, words := range strings.Split(say(lang, k, places...), "\x00") {
		l.spans = append(l.spans, span{text: words})
		if i < len(phrases) {
			l.spans = append(l.spans, span{role: roleOutside, text: shortPhrase(phrases[i])})
		}
	}
	return l
}

// shortPhrase is the beginning of a phrase.
func shortPhrase(s string) string {
	head, tail := cutText(s, longestPhrase)
	if tail == "" {
		return s
	}
	return strings.TrimSpace(head) + "…"
}
