package check

import (
	"strings"

	"newsbot/corpus/text"
)

// claimNames reports whether the claim has a name of a source.
func (h *held) claimNames(in *reading, theirs stretch) bool {
	for i := range h.claim.words {
		if h.claim.words[i].name && theirs.end > 0 && h.names(i, in, stretch{first: theirs.end - 1, end: theirs.end}) {
			return true
		}
	}
	return false
}

// coordinated reports whether another name is joined to a name.
func (r *reading) coordinated(run stretch) bool {
	if run.end == 0 || run.end >= len(r.words) {
		return false
	}
	next := r.words[run.end]
	after := run.end+1 < len(r.words) && r.words[run.end+1].name
	return next.Norm == "and" || next.name && strings.Contains(r.gap(run.end), ",") || isArabic(next.Norm) && strings.HasPrefix(next.Norm, "و") && (next.name || after)
}

// goesOn reports whether «و» joins a clause to what stands before it in its sentence.
func (r *reading) goesOn(k stretch) bool {
	return k.first > r.sentences[k.sentence].first && strings.HasPrefix(r.words[k.first].Norm, "و")
}

// subjectOf is the name that a clause begins with, that which its pronoun means, or that
// which it goes on from; empty when it cannot be told.
func (r *reading) subjectOf(k stretch) stretch {
	const most, back = 4, 3
	s := r.sentences[k.sentence]
	from := k.first
	if speaker := r.speaker(k.sentence); speaker.end > 0 && speaker.first >= k.first && speaker.end < k.end && said[r.words[speaker.end].Norm] {
		from = speaker.end
	}
	for i := from; i < k.end && i <= from+most; i++ {
		norm := r.words[i].Norm
		switch {
		case relative[norm] && i > k.first:
			return stretch{}
		case relative[norm] && k.first > s.first:
			if runs := r.runs(stretch{first: s.first, end: k.first, sentence: k.sentence}); len(runs) > 0 {
				return runs[len(runs)-1]
			}
			return stretch{}
		case pronouns[norm]:
			for n := k.sentence - 1; n >= 0 && n >= k.sentence-back; n-- {
				if t := r.subjectOf(r.sentences[n]); t.end > 0 {
					return t
				}
			}
			return stretch{}
		case governing[norm]:
			return stretch{}
		case r.words[i].name && r.adjectival(stretch{first: i, end: i + 1}):
		case r.words[i].name && !r.placed(i):
			run := r.runs(stretch{first: i, end: k.end, sentence: k.sentence})[0]
			if run.end < len(r.words) && strings.HasSuffix(r.words[run.end-1].Norm, "'s") {
				return stretch{}
			}
			return run
		}
	}
	return stretch{}
}

var (
	relative  = text.WordSet("who", "الذي التي الذين")
	pronouns  = text.WordSet("he she")
	said      = text.WordSet("said says that added told", "إن أن بأن إنه أنه إنها أنها إنهم أنهم بأنه بأنها")
	governing = text.WordSet("of to by with for from after before because since at as than in against during despite", "من إلى على مع بعد قبل بسبب خلال منذ عند وفق بحسب ضد")
)
