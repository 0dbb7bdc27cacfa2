package retrieval

import (
	"slices"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

var (
	kassalaFlood = corpus.Article{
		Title: "Flood closes schools in Sudan's Kassala", Source: "Nile Wire", Language: text.English, Published: corpus.Day(2026, 11, 24),
		Body: "The river burst its banks in Kassala on Tuesday, and schools in the east of Sudan were closed.\n\nAid workers said that 40 houses were lost.",
	}
	locusts = corpus.Article{
		Title: "أسراب الجراد تصل إلى كسلا", Source: "صحيفة الميناء", Language: text.Arabic, Published: corpus.Day(2026, 11, 28),
		Body: "وصلت أسراب الجراد إلى ولاية كسلا في شرق السودان يوم الجمعة، بحسب وزارة الزراعة.\n\nوقال المزارع حامد عمر إن المحصول ضاع.",
	}
	congress = corpus.Article{
		Title: "Lisbon hosts bakers", Source: "Valley Post", Language: text.English, Published: corpus.Day(2026, 11, 26),
		Body: "Bakers from 12 countries met in Lisbon on Thursday to taste each other's bread.\n\nMiller Ana Castro said the rye was the best.",
	}
	oldTreaty = corpus.Article{
		Title: "Sudan signs a treaty on the river", Source: "Valley Post", Language: text.English, Published: corpus.Day(2023, 3, 10),
		Body: "Sudan signed a treaty on the waters of the river on Friday after talks of three years.",
	}
)

// What happened somewhere on some days is what was published on them or is told of them.
func TestHappenedInWindow(t *testing.T) {
	b := &bench{t: t}
	*b = *newBench(t, kassalaFlood, locusts, congress, oldTreaty)
	b.now = func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }
	b.engine = b.open()
	tests := []struct {
		question string
		titles   []string // that are quoted, in order; nil when the order does not matter
		outside  bool
	}{
		{"What happened in Sudan since March?", []string{kassalaFlood.Title, locusts.Title}, false},
		{"What happened in Sudan since 20 November?", []string{kassalaFlood.Title, locusts.Title}, false},
		{"What happened on Friday in Sudan?", []string{locusts.Title}, false},
		{"ماذا حدث في السودان بين ٢٤ و٢٦ نوفمبر ٢٠٢٦؟", []string{kassalaFlood.Title}, false},
		{"ماذا حدث في تشرين الثاني في السودان؟", []string{kassalaFlood.Title, locusts.Title}, false},
		{"ماذا حدث يوم 14 جمادى الآخرة 1448 في السودان؟", []string{kassalaFlood.Title}, false},
		{"What happened in Sudan in October 2026?", []string{kassalaFlood.Title, locusts.Title, oldTreaty.Title}, true},
		{"ماذا حدث في السودان هذا الأسبوع؟", []string{locusts.Title, kassalaFlood.Title, oldTreaty.Title}, true},
		{"What happened last month?", []string{kassalaFlood.Title, congress.Title, locusts.Title}, true},
		{"What did Ana Castro say on 26/11/2026?", []string{congress.Title}, false},
		{"What did Ana Castro say on 2026-11-26?", []string{congress.Title}, false},
		{"What did Ana Castro say on Nov. 26?", []string{congress.Title}, false},
	}
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			a, err := b.engine.Ask(t.Context(), Question{Text: tt.question})
			if err != nil {
				t.Fatal(err)
			}
			b.verbatim(a)
			verdict := Answered
			if tt.outside {
				verdict = Nearest
			}
			if a.Verdict != verdict || a.Outside != tt.outside || a.Window.IsZero() {
				t.Errorf("%s, outside %v, window %v", a.Verdict, a.Outside, a.Window)
			}
			if got := slices.Compact(titles(a)); !slices.Equal(got, tt.titles) {
				t.Errorf("%q are quoted, want %q", got, tt.titles)
			}
			if len(a.Missing.Words)+len(a.Missing.Apart)+len(a.Missing.Uncited) > 0 {
				t.Errorf("it is missing %+v", a.Missing)
			}
		})
	}
}

// The words of a date are not what a question takes for granted, in whatever calendar.
func TestDatesAreNotMissing(t *testing.T) {
	b := newBench(t, kassalaFlood, congress)
	for question, want := range map[string]Verdict{
		"Where did the bakers meet on 26 november 2026?":       Answered,
		"أين التقى الخبازون في 16 جمادى الآخرة 1448؟":          Answered,
		"Where did the bakers meet on 16 Jumada II 1448?":      Answered,
		"Did the river burst its banks on 24 november 2026?":   Answered,
		"Did the river burst its banks on 24 November 2025?":   Nearest,
		"Where did bakers from 12 countries meet in May 2026?": Nearest,
	} {
		a, err := b.engine.Ask(t.Context(), Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Verdict != want || a.Outside != (want == Nearest) || len(a.Missing.Uncited)+len(a.Missing.Words) > 0 {
			t.Errorf("Ask(%q) = %s, outside %v, missing %+v", question, a.Verdict, a.Outside, a.Missing)
		}
	}
}

func TestReadToldAbout(t *testing.T) {
	week := days(corpus.Day(2026, 11, 25), corpus.Day(2026, 11, 30))
	for question, want := range map[string]string{
		"What was said about the ferry":     "the ferry",
		"What has been reported on Kassala": "Kassala",
		"ماذا قيل عن العبارة":               "العبارة",
		"ما الذي نشر حول كسلا":              "كسلا",
		"What was said":                     "",
		"What was said about":               "",
		"Who said what about the ferry":     "",
		"ماذا قيل":                          "",
	} {
		r := request{Question: Question{Text: question}, window: week}
		(&Engine{}).readToldAbout(&r)
		if told := r.Kind == Timeline; told != (want != "") || told && r.Text != want {
			t.Errorf("readToldAbout(%q) = %q %q, want %q", question, r.Kind, r.Text, want)
		}
	}
}

// A question is looked up without a date that there is not, and not at all when it has
// nothing else.
func TestLookedUpWithoutBadDate(t *testing.T) {
	b := newBench(t, kassalaFlood, congress)
	tests := []struct {
		question, bad string
		kind          Kind
		verdict       Verdict
	}{
		{"Where did bakers from 12 countries meet on 31 November 2026?", "31 November 2026", Best, Answered},
		{"Where did bakers from 12 countries meet between 29 November 2026 and 25 November 2026?", "between 29 November 2026 and 25 November 2026", Best, Answered},
		{"Where did bakers from 12 countries meet on 28 November 20266?", "28 November 20266", Best, Answered},
		{"What happened on 31 February?", "31 February", Best, Declined},
		{"ماذا حدث في 30 شباط؟", "30 شباط", Best, Declined},
		{"What happened since the year -5?", "year -5", Best, Declined},
		{"ماذا حدث قبل مليار مليار سنة؟", "قبل مليار مليار سنة", Best, Declined},
		{"31 February", "31 February", Best, Declined},
		{"31 February", "31 February", Timeline, Declined},
	}
	for _, tt := range tests {
		a, err := b.engine.Ask(t.Context(), Question{Text: tt.question, Kind: tt.kind})
		if err != nil {
			t.Fatal(err)
		}
		if a.BadDate != tt.bad || a.Verdict != tt.verdict || !a.Window.IsZero() || (len(a.Citations) > 0) != (tt.verdict == Answered) {
			t.Errorf("Ask(%q) = %s, bad is %q, window %v, %d quotes", tt.question, a.Verdict, a.BadDate, a.Window, len(a.Citations))
		}
		if m := a.Missing; len(m.Words)+len(m.Apart)+len(m.Uncited) > 0 {
			t.Errorf("Ask(%q) is missing %+v", tt.question, m)
		}
	}
}

// Days that are still to come are told as such, those that have begun are not.
func TestWindowAhead(t *testing.T) {
	b := newBench(t, kassalaFlood, congress)
	now := time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)
	for question, want := range map[string]bool{
		"What will happen in Lisbon tomorrow?":                  true,
		"Where did the bakers meet on 12/13/2026?":              true,
		"Where did the bakers meet in 3026?":                    true,
		"أين التقى الخبازون في 31/12/9999؟":                     true,
		"Where did the bakers meet today?":                      false,
		"Where did the bakers meet this week?":                  false,
		"Where did the bakers meet on 26 November 2026?":        false,
		"Where did bakers from 12 countries meet in Lisbon now": false,
	} {
		a, err := b.engine.Ask(t.Context(), Question{Text: question, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		if a.Ahead != want || want && a.Verdict == Answered {
			t.Errorf("Ask(%q): ahead is %v, want %v; %s", question, a.Ahead, want, a.Verdict)
		}
	}
}

// What a report of the window tells of shortly before counts when there is nothing else,
// and what tells no time is of the day that its article is the news of.
func TestToldOfTheWindow(t *testing.T) {
	late, fire := congress, corpus.Article{
		Title: "Fire in a Lisbon mill", Source: "Valley Post", Language: text.English, Published: corpus.Day(2026, 11, 29),
		Body: "A fire destroyed a mill in Lisbon on Saturday.\n\nTwo cats were saved from the roof by Rui Melo.",
	}
	late.Published = corpus.Day(2026, 11, 28)
	rain := corpus.Article{
		Title: "Rain in Lisbon", Source: "Valley Post", Language: text.English, Published: corpus.Day(2026, 11, 29),
		Body: "Rain fell in Lisbon on Sunday for six hours.",
	}
	b := newBench(t, late, fire, rain)
	b.now = func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }
	b.engine = b.open()
	for question, want := range map[string][]string{
		"What happened in Lisbon yesterday?":                    {rain.Title},
		"What happened yesterday?":                              {rain.Title},
		"What happened on Saturday in Lisbon?":                  {fire.Title},
		"Who saved two cats on 28 November 2026?":               {fire.Title},
		"How many cats were saved on the roof on 28 Nov. 2026?": {fire.Title},
	} {
		a, err := b.engine.Ask(t.Context(), Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		b.verbatim(a)
		if got := slices.Compact(titles(a)); a.Verdict != Answered || a.Outside || !slices.Equal(got, want) {
			t.Errorf("Ask(%q) = %s, outside %v, quotes %q, want %q", question, a.Verdict, a.Outside, got, want)
		}
	}
	b = newBench(t, fire)
	a, err := b.engine.Ask(t.Context(), Question{Text: "What happened on 29 November 2026?"})
	if err != nil || a.Outside || !slices.Equal(titles(a), []string{fire.Title}) {
		t.Errorf("with nothing else, %q are quoted, outside %v, %v", titles(a), a.Outside, err)
	}
}
