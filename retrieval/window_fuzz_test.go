package retrieval

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// Whatever a question is, its window has days in it, and what is left to search for is
// made of the question and has a word if that had one beside a date that there is not.
func FuzzReadWindow(f *testing.F) {
	for _, q := range []string{
		"What happened in Gaza yesterday?", "yesterday's latest news on last week's today", "what's the latest",
		"ما آخر أخبار غزة أمس وأول أمس؟", "من هو رئيس سوريا الآن", "most recent", "31 February to 30 شباط", "in in in on Friday's",
		"آخر", "latest news about", "today", "who", "هل لا يزال", "\xff أمس \u202e", "من إلى منذ حتى 2025-2024",
	} {
		f.Add(q)
	}
	e := &Engine{analyzer: text.NewAnalyzer(), calendar: dates.Default()}
	now := time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, question string) {
		if utf8.RuneCountInString(question) > MaxQuestion {
			return
		}
		r := request{Question: Question{Text: question, Now: now}}
		e.readWindow(&r)
		if r.window.First > r.window.Last {
			t.Errorf("%q: the window ends before it begins: %v", question, r.window)
		}
		if len(r.Text) > len(question) {
			t.Errorf("%q: %q is left", question, r.Text)
		}
		if r.badDate == "" && searched(e.analyzer.Terms(question)) && !searched(e.analyzer.Terms(r.Text)) {
			t.Errorf("%q: nothing is left to search for: %q", question, r.Text)
		}
	})
}

func searched(terms []text.Term) bool {
	return slices.ContainsFunc(terms, func(t text.Term) bool { return !t.Stop })
}
