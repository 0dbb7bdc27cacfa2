package answers

import (
	"slices"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/answertype"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/eval/provenance"
)

// cite is a citation of an article, whose name is its ID.
func cite(id, quote string) retrieval.Citation {
	return retrieval.Citation{ArticleID: id, Quote: retrieval.Quote{Text: quote}}
}

func answered(cited ...retrieval.Citation) retrieval.Answer {
	return retrieval.Answer{Verdict: retrieval.Answered, Citations: cited}
}

// judged are the shares of one answer, by name, in which it counts.
func judged(q Question, answer retrieval.Answer) map[string]Rate {
	names := map[string]string{"a": "a", "b": "b", "c": "c"}
	a := &asking{Question: &q, answer: answer, names: names, today: dates.DayOf(q.Now)}
	out := map[string]Rate{}
	for _, m := range measures {
		if r := m.judge(a); r != (Rate{}) {
			out[m.name] = r
		}
	}
	return out
}

func TestJudge(t *testing.T) {
	yes, no := Rate{1, 1}, Rate{0, 1}
	day := func(d int) dates.Day { return dates.NewDay(2025, time.May, d) }
	asks := func(kind string, expect Expectation) Question {
		return Question{Kind: kind, Expect: expect, Articles: []string{"a", "b"}, Gold: []string{"noon", "12"}, Now: asked}
	}
	with := func(q Question, change func(*Question)) Question { change(&q); return q }
	but := func(a retrieval.Answer, change func(*retrieval.Answer)) retrieval.Answer { change(&a); return a }
	right, wrong, elsewhere := cite("a", "It sails at noon."), cite("a", "It is a ferry."), cite("c", "It ends at noon.")
	said := right
	said.Claim = &retrieval.Claim{Speaker: "Captain Berg"}
	copied := right
	copied.Also = []retrieval.Report{{ArticleID: "b"}}
	figures := func(quotes ...string) retrieval.Answer {
		var all []retrieval.Figure
		for _, q := range quotes {
			all = append(all, retrieval.Figure{Citation: cite("b", q)})
		}
		return but(answered(right), func(a *retrieval.Answer) { a.Disagreements = []retrieval.Disagreement{{Figures: all}} })
	}
	old := func(stale bool, age int) retrieval.Answer {
		return but(answered(right), func(a *retrieval.Answer) {
			a.Stale, a.AsOf = stale, corpus.Date{Time: asked.AddDate(0, 0, -age)}
		})
	}
	list := func(ids ...string) retrieval.Answer {
		a := retrieval.Answer{Verdict: retrieval.Answered, Kind: retrieval.About}
		for _, id := range ids {
			a.Reports = append(a.Reports, retrieval.Report{ArticleID: id})
		}
		return a
	}
	about := with(asks("about", Answer), func(q *Question) { q.Gold = nil })
	windowed := with(asks("window", Answer), func(q *Question) { q.Window.Window = dates.Window{First: day(1), Last: day(7)} })
	follow := with(asks("follow-up", Answer), func(q *Question) { q.Previous = "Where?" })
	ascribed := with(asks("attribution", Answer), func(q *Question) { q.SaidBy = []string{"Berg"} })
	tests := []struct {
		name   string
		q      Question
		answer retrieval.Answer
		want   map[string]Rate // those looked at; the zero Rate is none
	}{
		{"first", asks("when", Answer), answered(right, wrong), map[string]Rate{"first_right": yes, "any_right": yes, "false_refusals": no, "kind_right": yes, "false_answers": {}}},
		{"second", asks("when", Answer), answered(wrong, right), map[string]Rate{"first_right": no, "any_right": yes}},
		{"another article", asks("when", Answer), answered(elsewhere), map[string]Rate{"first_right": no, "any_right": no}},
		{"any sentence", with(asks("latest", Answer), func(q *Question) { q.Gold = nil }), answered(wrong), map[string]Rate{"first_right": yes}},
		{"nearest", asks("when", Answer), but(answered(right), func(a *retrieval.Answer) { a.Verdict = retrieval.Nearest }), map[string]Rate{"first_right": no, "any_right": no, "false_refusals": yes}},
		{"nothing shown", asks("when", Answer), answered(), map[string]Rate{"any_right": no, "false_refusals": yes}},
		{"false answer", with(asks("other", Decline), func(q *Question) { q.Articles = nil }), answered(wrong), map[string]Rate{"false_answers": yes, "first_right": {}, "kind_right": {}}},
		{"declined", asks("other", Decline), retrieval.Answer{Verdict: retrieval.Declined}, map[string]Rate{"false_answers": no}},
		{"confirmed", asks("name", Premise), answered(right), map[string]Rate{"premises_confirmed_rate": yes, "premises_corrected": no}},
		{"missing told", asks("name", Premise), but(answered(right), func(a *retrieval.Answer) { a.Missing.Words = []string{"Ostland"} }), map[string]Rate{"premises_confirmed_rate": no, "premises_corrected": yes}},
		{"apart told", asks("name", Premise), but(answered(right), func(a *retrieval.Answer) { a.Missing.Apart = []string{"a", "b"} }), map[string]Rate{"premises_confirmed_rate": no}},
		{"fact told", asks("name", Premise), but(answered(right), func(a *retrieval.Answer) { a.Missing.Fact = answertype.When }), map[string]Rate{"premises_confirmed_rate": no}},
		{"outside", asks("date", Premise), but(answered(elsewhere), func(a *retrieval.Answer) { a.Outside = true }), map[string]Rate{"premises_confirmed_rate": no, "premises_corrected": no}},
		{"window", windowed, but(answered(right), func(a *retrieval.Answer) { a.Window = windowed.Window.Window }), map[string]Rate{"window_right": yes}},
		{"no window", windowed, answered(right), map[string]Rate{"window_right": no}},
		{"another window", windowed, but(answered(right), func(a *retrieval.Answer) { a.Window = dates.Window{First: day(1), Last: day(8)} }), map[string]Rate{"window_right": no}},
		{"invented window", asks("when", Answer), but(answered(right), func(a *retrieval.Answer) { a.Window = windowed.Window.Window }), map[string]Rate{"false_windows": yes, "window_right": {}}},
		{"no window, rightly", asks("when", Answer), answered(right), map[string]Rate{"false_windows": no}},
		{"perhaps a date", with(asks("when", Answer), func(q *Question) { q.Text = "What sank in 2025?" }), answered(right), map[string]Rate{"false_windows": {}}},
		{"timeline", asks("timeline", Answer), but(answered(right), func(a *retrieval.Answer) { a.Kind = retrieval.Timeline }), map[string]Rate{"kind_right": yes, "any_right": yes, "first_right": {}}},
		{"no timeline", asks("timeline", Answer), answered(right), map[string]Rate{"kind_right": no}},
		{"timeline unasked", asks("when", Answer), but(answered(right), func(a *retrieval.Answer) { a.Kind = retrieval.Timeline }), map[string]Rate{"kind_right": no}},
		{"latest", asks("latest", Answer), but(answered(right), func(a *retrieval.Answer) { a.Kind = retrieval.Latest }), map[string]Rate{"kind_right": yes}},
		{"list", about, list("c", "b"), map[string]Rate{"first_right": no, "any_right": yes, "kind_right": yes, "false_refusals": no}},
		{"list of others", about, list("c"), map[string]Rate{"any_right": no}},
		{"understood", follow, but(answered(right), func(a *retrieval.Answer) { a.Understood = "When?" }), map[string]Rate{"understood": yes}},
		{"understood wrong", follow, but(answered(wrong), func(a *retrieval.Answer) { a.Understood = "Who?" }), map[string]Rate{"understood": no}},
		{"not told how understood", follow, answered(right), map[string]Rate{"understood": no, "any_right": yes}},
		{"said by", ascribed, answered(wrong, said), map[string]Rate{"said_by_right": yes}},
		{"said by nobody", ascribed, answered(right), map[string]Rate{"said_by_right": no}},
		{"said by another", with(ascribed, func(q *Question) { q.SaidBy = []string{"Holm"} }), answered(said), map[string]Rate{"said_by_right": no}},
		{"old, and told", asks("present", Answer), old(true, 100), map[string]Rate{"age_told": yes}},
		{"old", asks("present", Answer), old(false, 100), map[string]Rate{"age_told": no}},
		{"new", asks("present", Answer), old(false, 80), map[string]Rate{"age_told": yes}},
		{"new, and said to be old", asks("present", Answer), old(true, 80), map[string]Rate{"age_told": no}},
		{"figures", asks("disagreement", Answer), figures("It sails at noon.", "12 people"), map[string]Rate{"figures_listed": yes}},
		{"one figure twice", asks("disagreement", Answer), figures("12 people", "12 people"), map[string]Rate{"figures_listed": no}},
		{"copies", asks("copies", Answer), answered(copied), map[string]Rate{"copies_named": yes}},
		{"copies unnamed", asks("copies", Answer), answered(right), map[string]Rate{"copies_named": no}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := judged(tt.q, tt.answer)
			for name, want := range tt.want {
				if got[name] != want {
					t.Errorf("%s: %v, want %v", name, got[name], want)
				}
			}
		})
	}
}

// A fault of any measure is told, whether it counts what is right or what is wrong.
func TestMissed(t *testing.T) {
	q := Question{ID: "7", Kind: "other", Text: "Who?", Expect: Decline}
	answer := answered(cite("a", "It is a ferry."))
	r := newReport(retrieval.Encoders{})
	r.add(&asking{Question: &q, answer: answer, shown: provenance.Count{Quotes: 2, Verbatim: 1, Cited: 1, Right: 1}})
	want := []string{"verbatim_rate", "false_answers"}
	if len(r.Missed) != 1 || r.Missed[0].ID != "7" || !slices.Equal(r.Missed[0].Faults, want) {
		t.Errorf("missed %+v, want question 7 with %q", r.Missed, want)
	}
	if r.Verbatim != (Rate{1, 2}) || r.ByKind["other"].FalseAnswers != (Rate{1, 1}) {
		t.Errorf("report %+v", r)
	}
	if share, ok := r.Verbatim.Share(); share != .5 || !ok {
		t.Errorf("share %v, %v", share, ok)
	}
}
