package retrieval_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/retrieval"
)

// asked asks a question and checks what holds for every answer: quotes are the bytes of
// their articles, are numbered, and stand in order of their times if they have some.
func (x *sampleIndex) asked(t *testing.T, q retrieval.Question) retrieval.Answer {
	t.Helper()
	a, err := x.engine.Ask(t.Context(), q)
	if err != nil {
		t.Fatalf("Ask(%q) = %v", q.Text, err)
	}
	for i, c := range a.Citations {
		article, err := x.store.Article(t.Context(), c.ArticleID)
		if err != nil {
			t.Fatal(err)
		}
		if article.Body[c.Quote.Start:c.Quote.End] != c.Quote.Text || c.N != i+1 || c.PassageID == "" {
			t.Errorf("Ask(%q): [%d] of passage %q is %q, the article has %q", q.Text, c.N, c.PassageID, c.Quote.Text, article.Body[c.Quote.Start:c.Quote.End])
		}
		if i > 0 && c.When.First < a.Citations[i-1].When.First {
			t.Errorf("Ask(%q): %v stands after %v", q.Text, c.When, a.Citations[i-1].When)
		}
	}
	return a
}

// holds reports whether the answer has all that is wanted, in that order. An article that
// is named goes on with its quotes.
func (x *sampleIndex) holds(a retrieval.Answer, wanted []string) bool {
	var have []string
	for _, r := range a.Reports {
		have = append(have, "file:"+x.files[r.ArticleID])
	}
	for _, c := range a.Citations {
		have = append(have, "file:"+x.files[c.ArticleID], c.Quote.Text)
	}
	for _, w := range wanted {
		i := slices.IndexFunc(have, func(s string) bool { return strings.Contains(s, w) })
		if i < 0 {
			return false
		}
		have = have[i+1:]
	}
	return true
}

func TestKinds(t *testing.T) {
	x := openSamples(t)
	for _, row := range tsv(t, "testdata/kinds.tsv") {
		a := x.asked(t, retrieval.Question{Text: row[0]})
		kind := string(a.Kind)
		if kind == "" {
			kind = "best"
		}
		var wanted []string
		if row[3] != "" {
			wanted = strings.Split(row[3], "|")
		}
		if a.Verdict == retrieval.Answered && a.AsOf.IsZero() {
			t.Errorf("Ask(%q) does not say how new it is", row[0])
		}
		if kind != row[1] || string(a.Verdict) != row[2] || !x.holds(a, wanted) {
			t.Errorf("Ask(%q) = %s, %s, want %s, %s with %q; it has:", row[0], kind, a.Verdict, row[1], row[2], wanted)
			for _, r := range a.Reports {
				t.Errorf("  %s", x.files[r.ArticleID])
			}
			for _, c := range a.Citations {
				t.Errorf("  %s: %s", x.files[c.ArticleID], c.Quote.Text)
			}
		}
	}
}

// The samples' questions ask for no other kind of answer.
func TestKindsOfOrdinaryQuestions(t *testing.T) {
	x := openSamples(t)
	for _, q := range sampleQuestions(t) {
		if a := x.asked(t, retrieval.Question{Text: q.text}); a.Kind != retrieval.Best || a.Outlet != "" {
			t.Errorf("Ask(%q) is a %s of %q", q.text, a.Kind, a.Outlet)
		}
	}
}

// A command says which kind is wanted, whatever the words are.
func TestKindsByCommand(t *testing.T) {
	x := openSamples(t)
	tests := []struct {
		kind           retrieval.Kind
		text           string
		want           retrieval.Kind
		verdict        retrieval.Verdict
		fewest, atMost int
	}{
		{retrieval.Timeline, "Syria", retrieval.Timeline, retrieval.Answered, 4, 12},
		{retrieval.Timeline, "سوريا", retrieval.Timeline, retrieval.Answered, 4, 12},
		{retrieval.Timeline, "of the collapse of Silicon Valley Bank", retrieval.Timeline, retrieval.Answered, 3, 12},
		{retrieval.Timeline, "the Baltimore bridge collapse", retrieval.Timeline, retrieval.Answered, 1, 12},
		{retrieval.Timeline, "chess", retrieval.Best, retrieval.Declined, 0, 0},
		{retrieval.Latest, "latest news", retrieval.Latest, retrieval.Answered, 5, 5},
		{retrieval.Latest, "earthquakes", retrieval.Latest, retrieval.Answered, 2, 3},
		{retrieval.Latest, "الزلازل", retrieval.Latest, retrieval.Answered, 2, 3},
		{retrieval.Summary, "the Alaska summit", retrieval.Summary, retrieval.Answered, 3, 5},
		{retrieval.About, "قمة ألاسكا", retrieval.About, retrieval.Answered, 0, 0},
		{retrieval.Source, "There's no deal until there's a deal", retrieval.Source, retrieval.Answered, 1, 1},
	}
	for _, tt := range tests {
		a := x.asked(t, retrieval.Question{Text: tt.text, Kind: tt.kind})
		if a.Kind != tt.want || a.Verdict != tt.verdict || len(a.Citations) < tt.fewest || len(a.Citations) > tt.atMost {
			t.Errorf("%s %q: %s, %s with %d quotes, want %s, %s with %d to %d", tt.kind, tt.text,
				a.Kind, a.Verdict, len(a.Citations), tt.want, tt.verdict, tt.fewest, tt.atMost)
		}
		if tt.kind == retrieval.Latest && tt.text != "latest news" && !slices.IsSortedFunc(a.Citations, func(a, b retrieval.Citation) int {
			return b.Published.Time.Compare(a.Published.Time)
		}) {
			t.Errorf("%q is not sorted", tt.text)
		}
	}
}

// An article is summed up that was cited before, or whose ID is given.
func TestSummaryOfWhatIsMeant(t *testing.T) {
	x := openSamples(t)
	var id string
	for i, file := range x.files {
		if file == "derna-floods.ar" {
			id = i
		}
	}
	previous := &retrieval.Turn{Question: "Why were neighbourhoods of Derna swept into the sea?", Articles: []string{id}}
	for _, q := range []retrieval.Question{
		{Text: "summarise it", Previous: previous}, {Text: "ملخص", Previous: previous},
		{Text: "summarise " + id}, {Text: "لخص " + id[:8] + "…"}, {Text: "لخص", Within: []string{id}},
	} {
		a := x.asked(t, q)
		if a.Kind != retrieval.Summary || a.Verdict != retrieval.Answered || len(a.Citations) < 3 || len(a.Citations) > 5 || a.Citations[0].ArticleID != id {
			t.Errorf("Ask(%q) = %s, %s with %d quotes", q.Text, a.Kind, a.Verdict, len(a.Citations))
		}
		for i, c := range a.Citations[1:] {
			if c.ArticleID != id || c.Quote.Start < a.Citations[i].Quote.End {
				t.Errorf("Ask(%q): the quotes overlap or stand in another order", q.Text)
			}
		}
	}
}

// What happened on days that are named by how long ago they are.
func TestTimelineOfDays(t *testing.T) {
	x := openSamples(t)
	now := time.Date(2025, time.August, 17, 12, 0, 0, 0, time.UTC)
	for question, wanted := range map[string]string{
		"What happened the day before yesterday?": "15 August 2025",
		"ماذا حدث أول أمس؟":                       "15 أغسطس 2025",
		"What happened yesterday?":                "ended their summit in Alaska",
	} {
		a := x.asked(t, retrieval.Question{Text: question, Now: now})
		if a.Kind != retrieval.Timeline || !x.holds(a, []string{wanted}) {
			t.Errorf("Ask(%q) = %s, %s, %+v", question, a.Kind, a.Verdict, a.Citations)
		}
	}
	if a := x.asked(t, retrieval.Question{Text: "What happened last week?", Now: now.AddDate(0, 6, 0)}); a.Kind == retrieval.Timeline {
		t.Errorf("a week without reports has the timeline %+v", a.Citations)
	}
}

// Dates in words that are looked for are part of them, and no window. Those of a statement
// that nobody has made are one, as in any question.
func TestWhoSaidWithDates(t *testing.T) {
	x := openSamples(t)
	for _, s := range []string{
		"He said on Saturday that he would travel to Washington on Monday to meet Trump.",
		"وأعلن يوم السبت أنه سيتوجه إلى واشنطن يوم الاثنين للقاء ترامب.",
	} {
		a := x.asked(t, retrieval.Question{Text: s})
		if a.Kind != retrieval.Source || !a.Verbatim || !a.Window.IsZero() || len(a.Citations) != 1 || !strings.Contains(a.Citations[0].Quote.Text, strings.TrimSuffix(s, ".")) {
			t.Errorf("Ask(%q) = %s, verbatim %t, window %v", s, a.Kind, a.Verbatim, a.Window)
		}
	}
	a := x.asked(t, retrieval.Question{Text: "the talks of the mayors of small towns about rents in May 2025"})
	if a.Kind != retrieval.Best || a.Window.IsZero() {
		t.Errorf("a topic of many words is a %s with the window %v", a.Kind, a.Window)
	}
}
