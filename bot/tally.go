package bot

import (
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// tally is what an answer counts as: one question, on the day that it is where the bot's people are. Another view of it, or
// more, is no question.
func (t turn) tally(a answering) journal.Tally {
	if a.again {
		return journal.Tally{}
	}
	return journal.Tally{Day: t.Now().In(t.zone()).Format(time.DateOnly), Verdict: string(tallied(a.Verdict)), Language: language(a.Asked)}
}

// A tallyVerdict is what became of a question, as the journal counts it.
type tallyVerdict string

const (
	tallyAnswered tallyVerdict = "answered"
	tallyNearest  tallyVerdict = "nearest"
	tallyNone     tallyVerdict = "none"
)

func tallied(v retrieval.Verdict) tallyVerdict {
	switch v {
	case retrieval.Answered:
		return tallyAnswered
	case retrieval.Nearest:
		return tallyNearest
	case retrieval.Declined:
	}
	return tallyNone
}

// language is Arabic, English, or other.
func language(l text.Language) text.Language {
	if l == text.Arabic || l == text.English {
		return l
	}
	return text.Other
}
