package retrieval

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// days is the window of some days.
func days(from, to corpus.Date) dates.Window {
	return dates.Window{First: publishedOn(from), Last: publishedOn(to)}
}

// A window filters: what is quoted lies in it, in every way of asking.
func TestAskInWindow(t *testing.T) {
	b := newBench(t, ferry, ferryAgain, ferryLater, ferryUndated, ferryArabic, bridge, museum)
	june := days(corpus.Day(2024, 6, 1), corpus.Day(2024, 6, 30))
	tests := []struct {
		name     string
		question Question
		titles   []string // those that may be quoted
		verdict  Verdict
		outside  bool
	}{
		// The later report tells of June, too.
		{"a month", Question{Window: june}, []string{ferry.Title, ferryAgain.Title, ferryArabic.Title, ferryLater.Title}, Answered, false},
		{"a day", Question{Window: days(corpus.Day(2024, 6, 2), corpus.Day(2024, 6, 2))}, []string{ferryAgain.Title}, Answered, false},
		{"newest first", Question{Window: june, Newest: true}, []string{ferry.Title, ferryAgain.Title, ferryArabic.Title, ferryLater.Title}, Answered, false},
		{"one language", Question{Window: june, Only: text.Arabic}, []string{ferryArabic.Title}, Answered, false},
		{"since", Question{Window: dates.Window{First: publishedOn(corpus.Day(2024, 9, 1)), Last: dates.End}}, []string{ferryLater.Title}, Answered, false},
		{"until", Question{Window: dates.Window{First: dates.Beginning + 1, Last: publishedOn(corpus.Day(2024, 6, 1))}}, []string{ferry.Title}, Answered, false},
		{"nothing in it", Question{Window: days(corpus.Day(2023, 1, 1), corpus.Day(2023, 1, 31))},
			[]string{ferry.Title, ferryAgain.Title, ferryLater.Title, ferryArabic.Title, ferryUndated.Title}, Nearest, true},
		{"other news in it", Question{Window: days(corpus.Day(2024, 5, 1), corpus.Day(2024, 5, 2))},
			[]string{ferry.Title, ferryAgain.Title, ferryLater.Title, ferryArabic.Title, ferryUndated.Title}, Nearest, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.question.Text = askFerry
			a, err := b.engine.Ask(t.Context(), tt.question)
			if err != nil {
				t.Fatal(err)
			}
			b.verbatim(a)
			if a.Verdict != tt.verdict || a.Outside != tt.outside || a.Window != tt.question.Window {
				t.Errorf("%s, outside %v, window %v", a.Verdict, a.Outside, a.Window)
			}
			if len(a.Citations) == 0 {
				t.Error("nothing is quoted")
			}
			for _, title := range titles(a) {
				if !slices.Contains(tt.titles, title) {
					t.Errorf("%q is quoted", title)
				}
			}
		})
	}
}

// A window is looked into before the best are taken: what lies in it is found, however
// much lies outside.
func TestAskInWindowAmongMany(t *testing.T) {
	var all []corpus.Article
	for i := range 2*candidatesBy + 50 {
		all = append(all, corpus.Article{
			Title: fmt.Sprintf("Notice %d", i), Source: "Valley Post", Language: text.English, Published: corpus.Day(2024, 7, 1),
			Body: fmt.Sprintf("The ferry line from Port Valen to Sandholm was opened on Saturday again, on pier %d.", i),
		})
	}
	hidden := corpus.Article{
		Title: "Sailing", Source: "Valley Post", Language: text.English, Published: corpus.Day(2024, 6, 1),
		Body: "The ferry line from Port Valen to Sandholm was opened by the mayor, who thanked the council, the crew and the builders of its two green ships.",
	}
	b := newBench(t, all...)
	hiddenID := b.add(hidden)
	b.encode()
	b.refresh()
	first, err := b.engine.Search(t.Context(), Question{Text: askFerry}, len(all))
	if err != nil || slices.ContainsFunc(first, func(r Result) bool { return r.ArticleID == hiddenID }) {
		t.Fatalf("it is found without a window (%v), which this test takes for impossible", err)
	}
	found, err := b.engine.Search(t.Context(), Question{Text: askFerry, Window: days(corpus.Day(2024, 6, 1), corpus.Day(2024, 6, 1))}, len(all))
	if err != nil || len(found) != 1 || found[0].ArticleID != hiddenID {
		t.Errorf("in the window %+v are found (%v), want %q alone", found, err, hidden.Title)
	}
	many, err := b.engine.Search(t.Context(), Question{Text: askFerry, Window: days(corpus.Day(2024, 7, 1), corpus.Day(2024, 7, 31))}, len(all))
	if err != nil || len(many) < candidatesBy || len(many) > 2*candidatesBy {
		t.Errorf("%d passages are found among %d (%v)", len(many), len(all), err)
	}
}

// Asking for more stays in the window, and outside when nothing lay in it.
func TestMoreInWindow(t *testing.T) {
	reports := ferryReports()
	for i := range reports {
		reports[i].Published = corpus.Day(2024, 6, 1)
	}
	late := ferryLater
	late.Body = strings.Replace(late.Body, ", opened in June,", "", 1)
	b := newBench(t, append(reports, late)...)
	window := days(corpus.Day(2024, 6, 1), corpus.Day(2024, 6, 30))
	question := Question{Text: askFerry, Window: window}
	for round := range 10 {
		a, err := b.engine.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Outside || slices.Contains(titles(a), late.Title) {
			t.Fatalf("round %d quotes %q, outside %v", round, titles(a), a.Outside)
		}
		if len(a.Citations) == 0 {
			if round == 0 {
				t.Error("nothing is quoted")
			}
			break
		}
		question.Except = append(question.Except, cited(a)...)
	}
	question = Question{Text: askFerry, Window: days(corpus.Day(2023, 1, 1), corpus.Day(2023, 1, 1))}
	a, err := b.engine.Ask(t.Context(), question)
	if err != nil || !a.Outside {
		t.Fatalf("outside %v, %v", a.Outside, err)
	}
	question.Except = cited(a)
	if a, err = b.engine.Ask(t.Context(), question); err != nil || !a.Outside || len(a.Citations) == 0 {
		t.Errorf("more of what lies outside: %q, outside %v, %v", titles(a), a.Outside, err)
	}
}

func TestPeriod(t *testing.T) {
	day := func(n int) dates.Day { return publishedOn(corpus.Day(2024, 6, n)) }
	on := func(sentence int32, n int) tellingOf {
		return tellingOf{sentence, dates.Window{First: day(n), Last: day(n)}}
	}
	month := dates.Window{First: day(1), Last: day(30)}
	tenth := period{Window: dates.Window{First: day(10), Last: day(12)}}
	lenient := period{tenth.Window, true}
	news := []dates.Window{{First: day(12), Last: day(12)}}
	tests := []struct {
		name   string
		period period
		moment moment
		want   []bool // by sentence
	}{
		{"published in it", tenth, moment{day: day(11)}, []bool{true, true}},
		{"published in it, tells of another day", tenth, moment{day: day(11), times: []tellingOf{on(0, 3)}}, []bool{true, true}},
		{"published before", tenth, moment{day: day(9)}, []bool{false, false}},
		{"published after", tenth, moment{day: day(13)}, []bool{false, false}},
		{"tells of a day in it", tenth, moment{day: day(13), times: []tellingOf{on(1, 12)}}, []bool{false, true}},
		{"does not go on from what tells", tenth, moment{day: day(13), times: []tellingOf{on(0, 12)}}, []bool{true, false}},
		{"tells of another day", tenth, moment{day: day(13), times: []tellingOf{on(0, 12), on(1, 13)}}, []bool{true, false, false}},
		{"tells of two days", tenth, moment{day: day(13), times: []tellingOf{on(0, 13), on(0, 11)}}, []bool{true, false}},
		{"announces a day in it", tenth, moment{day: day(2), times: []tellingOf{on(0, 10)}}, []bool{true}},
		{"tells of the month around it", tenth, moment{day: day(13), times: []tellingOf{{0, month}}}, []bool{false}},
		{"without a date", tenth, moment{day: undated}, []bool{false}},
		{"without a date, tells of a day in it", tenth, moment{day: undated, times: []tellingOf{on(0, 10)}}, []bool{true}},
		{"may be without a date", lenient, moment{day: undated}, []bool{true, true}},
		{"may be without a date, tells of another day", lenient, moment{day: undated, times: []tellingOf{on(0, 3)}}, []bool{false, false}},
		{"may be without a date, tells of the month around it", lenient, moment{day: undated, times: []tellingOf{{0, month}}}, []bool{true}},
		{"may be without a date, but has one", lenient, moment{day: day(13)}, []bool{false}},
		{"news of a day in it", lenient, moment{day: day(13), times: []tellingOf{on(1, 3)}, news: news}, []bool{true, false}},
		{"news of a day that the question counts", tenth, moment{day: day(13), news: news}, []bool{false}},
	}
	for _, tt := range tests {
		any := false
		for i, want := range tt.want {
			if got := tt.period.takesSentence(&tt.moment, i); got != want {
				t.Errorf("%s: sentence %d: %v", tt.name, i, got)
			}
			any = any || want
		}
		if got := tt.period.takes(&tt.moment); got != any {
			t.Errorf("%s: the passage: %v", tt.name, got)
		}
	}
	hijri := Question{Window: dates.Window{First: day(10), Last: day(10), Approximate: true}}
	for n, want := range map[int]bool{8: false, 9: true, 10: true, 11: true, 12: false} {
		if got := hijri.period().takes(&moment{day: day(n)}); got != want {
			t.Errorf("a window of the 10th, give or take a day, takes the %dth: %v", n, got)
		}
	}
}

// What is dated in the future is not the newest, nor evidence that is fresh.
func TestFutureIsNotNewest(t *testing.T) {
	future, past := ferryLater, ferry
	future.Published = corpus.Day(2034, 1, 1)
	b := &bench{t: t}
	*b = *newBench(t, future, past)
	b.now = func() time.Time { return time.Date(2024, 6, 5, 12, 0, 0, 0, time.UTC) }
	b.engine = b.open()
	a, err := b.engine.Ask(t.Context(), Question{Text: askFerry, Newest: true})
	if err != nil || len(a.Citations) == 0 || a.Citations[0].Title != past.Title {
		t.Errorf("the newest are %q (%v), want %q first", titles(a), err, past.Title)
	}
	if !a.AsOf.Time.Equal(past.Published.Time) {
		t.Errorf("the newest evidence is of %v", a.AsOf)
	}
}

func TestStale(t *testing.T) {
	b := newBench(t, harbour, bridge)
	now := func(after int) time.Time { return bridge.Published.Time.AddDate(0, 0, after).Add(12 * time.Hour) }
	const present, past = "Is the railway bridge over the Orla river still closed?", "Why was the railway bridge over the Orla river closed?"
	tests := []struct {
		name     string
		question string
		after    int // days
		window   dates.Window
		want     bool
	}{
		{"fresh", present, 3, dates.Window{}, false},
		{"just not old", present, 90, dates.Window{}, false},
		{"old", present, 91, dates.Window{}, true},
		{"old, not about the present", past, 400, dates.Window{}, false},
		{"old, about a window of the past", present, 400, days(bridge.Published, bridge.Published), false},
	}
	for _, tt := range tests {
		a, err := b.engine.Ask(t.Context(), Question{Text: tt.question, Now: now(tt.after), Window: tt.window})
		if err != nil || len(a.Citations) == 0 {
			t.Fatalf("%s: %+v, %v", tt.name, a, err)
		}
		if a.Stale != tt.want || !a.AsOf.Time.Equal(bridge.Published.Time) {
			t.Errorf("%s: stale %v, as of %v", tt.name, a.Stale, a.AsOf)
		}
	}
}

func TestWithoutTimes(t *testing.T) {
	e := &Engine{analyzer: text.NewAnalyzer()}
	tests := []struct{ question, time, want string }{
		{"What happened in Gaza yesterday?", "yesterday", "What happened in Gaza ?"},
		{"What did Putin say during the last week about Ukraine?", "the last week", "What did Putin say  about Ukraine?"},
		{"What did Putin say in the last week?", "in the last week", "What did Putin say ?"},
		{"Who won yesterday's match?", "yesterday", "Who won  match?"},
		{"What happened in Gaza in March?", "in March", "What happened in Gaza in March?"},
		{"What happened on 15 May in Gaza?", "on 15 May", "What happened on 15 May in Gaza?"},
		{"And yesterday?", "yesterday", "And yesterday?"},
		{"ماذا قال بوتين في الأسبوع الماضي عن أوكرانيا؟", "الأسبوع الماضي", "ماذا قال بوتين  عن أوكرانيا؟"},
		{"ماذا جرى في درنة أمس؟", "أمس", "ماذا جرى في درنة ؟"},
		{"ماذا جرى في درنة يوم الجمعة؟", "الجمعة", "ماذا جرى في درنة ؟"},
		{"ماذا جرى في درنة في أيلول؟", "في أيلول", "ماذا جرى في درنة في أيلول؟"},
	}
	for _, tt := range tests {
		at := strings.Index(tt.question, tt.time)
		got := e.withoutTimes(tt.question, []dates.Expression{{Start: at, End: at + len(tt.time), Relative: true}}, false)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(tt.want), " ") {
			t.Errorf("%q without %q is %q, want %q", tt.question, tt.time, got, tt.want)
		}
	}
}
