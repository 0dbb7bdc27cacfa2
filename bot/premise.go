package bot

import (
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// premiseOpening says what of a question the coverage does not bear out, which else it
// would answer; it reports whether it said so.
func (d *Document) premiseOpening(a retrieval.Answer) bool {
	if !a.Missing.Presumed || a.Verdict == retrieval.Answered {
		return false
	}
	d.add(append([]line{sentence(say(d.language, keyPremise))}, premise(a.Missing, d.language)...)...)
	if len(a.Citations) > 0 {
		d.add(heading(say(d.language, keyPremiseHeading)))
	}
	return true
}

// premise is the line that says what of what a question takes for granted is missing; none
// when that is not known.
func premise(m retrieval.Missing, lang text.Language) []line {
	nowhere := []key{keyPremiseOne, keyPremiseTwo, keyPremiseThree}
	uncited := []key{keyPremiseCitedOne, keyPremiseCitedTwo, keyPremiseCitedThree}
	switch {
	case len(m.Words) > 0:
		return naming(lang, nowhere, m.Words)
	case len(m.Apart) == 2:
		return []line{phrased(lang, keyPremiseTogether, m.Apart...)}
	case len(m.Uncited) > 0:
		return naming(lang, uncited, m.Uncited)
	}
	return nil
}

// naming is the sentence for so many phrases, of which there are a key each for one and more.
func naming(lang text.Language, keys []key, phrases []string) []line {
	phrases = phrases[:min(len(keys), len(phrases))]
	return []line{phrased(lang, keys[len(phrases)-1], phrases...)}
}
