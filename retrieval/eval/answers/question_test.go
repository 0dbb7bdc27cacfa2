package answers

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/eval"
)

// articlesOf reads the files of a collection.
func articlesOf(t *testing.T, files fs.FS) []Article {
	t.Helper()
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []Article
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := source.Parse(name, data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Article{strings.TrimSuffix(name, ".md"), a})
	}
	return all
}

func ownCollections(t *testing.T) map[string][]Article {
	t.Helper()
	return map[string][]Article{"samples": articlesOf(t, samples.FS()), "reports": articlesOf(t, eval.OwnReports())}
}

func ownQuestions(t *testing.T) []Question {
	t.Helper()
	all, err := Questions()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// There are enough questions of everything that is to be measured.
func TestQuestionsEnough(t *testing.T) {
	count := map[string]int{}
	for _, q := range ownQuestions(t) {
		count[string(q.Expect)]++
		count[q.Kind]++
		count[string(q.Language)]++
		from, to, _ := strings.Cut(q.direction(), "->")
		if q.Expect == Answer && from != to {
			count["across"]++
		}
		if len(q.SaidBy) > 0 {
			count["said by"]++
		}
	}
	for name, least := range map[string]int{
		"answer": 200, "decline": 40, "premise": 40, "ar": 150, "en": 150, "across": 60,
		"who": 10, "when": 10, "where": 10, "how many": 10, "how much": 10, "why": 10, "which": 10, "yes/no": 10,
		"window": 25, "empty window": 6, "latest": 8, "present": 8, "follow-up": 20, "timeline": 8, "summary": 6,
		"outlet": 6, "source": 10, "about": 6, "disagreement": 6, "copies": 3, "attribution": 12, "said by": 12,
		"name": 10, "place": 8, "number": 5, "date": 5, "near miss": 20, "other": 10,
	} {
		if count[name] < least {
			t.Errorf("%d questions of %q, want %d", count[name], name, least)
		}
	}
}

// What is right stands in every article that is said to tell, and nothing that is said to
// be right stands in none of them.
func TestQuestionsGold(t *testing.T) {
	body := map[string]string{}
	for name, all := range ownCollections(t) {
		for _, a := range all {
			body[name+"/"+a.Name] = a.Body
		}
	}
	for _, q := range ownQuestions(t) {
		stands := map[string]bool{}
		for _, name := range q.Articles {
			b, ok := body[q.Collection+"/"+name]
			if !ok {
				t.Errorf("%s: no article %q", q.ID, name)
			}
			has := func(gold string) bool { return strings.Contains(b, gold) }
			if len(q.Gold) > 0 && !slices.ContainsFunc(q.Gold, has) {
				t.Errorf("%s: %s holds none of %q", q.ID, name, q.Gold)
			}
			for _, gold := range q.Gold {
				stands[gold] = stands[gold] || has(gold)
			}
		}
		for _, gold := range q.Gold {
			if !stands[gold] {
				t.Errorf("%s: %q stands in none of %q", q.ID, gold, q.Articles)
			}
		}
	}
}

// No question is there twice, or among those that the program is developed with, and each is
// in the language that it is said to be in.
func TestQuestionsDiffer(t *testing.T) {
	seen := map[string]string{}
	for line := range strings.Lines(string(samples.Questions())) {
		question, _, _ := strings.Cut(line, "\t")
		seen[text.Normalize(question)] = "the samples"
	}
	ids := map[string]bool{}
	for _, q := range ownQuestions(t) {
		key := text.Normalize(q.Text)
		if q.Previous != "" {
			key = text.Normalize(q.Previous) + "\n" + key
		}
		if before := seen[key]; before != "" {
			t.Errorf("%s: %q is a question of %s", q.ID, q.Text, before)
		}
		seen[key] = q.ID
		if ids[q.ID] {
			t.Errorf("%s is there twice", q.ID)
		}
		ids[q.ID] = true
		if isArabic := strings.ContainsFunc(q.Text, func(r rune) bool { return 0x600 <= r && r < 0x700 }); isArabic != (q.Language == text.Arabic) {
			t.Errorf("%s: %q is said to be in %q", q.ID, q.Text, q.Language)
		}
		if (q.Kind == "follow-up") != (q.Previous != "") {
			t.Errorf("%s: a %s after %q", q.ID, q.Kind, q.Previous)
		}
	}
}

// What is to be found in a window was published in it or tells of a day in it: at least one
// of the articles is not older.
func TestQuestionsWindows(t *testing.T) {
	published := map[string]corpus.Date{}
	for _, all := range ownCollections(t) {
		for _, a := range all {
			published[a.Name] = a.Published
		}
	}
	for _, q := range ownQuestions(t) {
		if q.Window.IsZero() {
			continue
		}
		if today := dates.DayOf(q.Now); q.Window.First > today {
			t.Errorf("%s: a window that begins after %s", q.ID, q.Now.Format(time.DateOnly))
		}
		isIn := func(name string) bool { return dates.DayOf(published[name].Time) >= q.Window.First }
		if q.Expect == Answer && !slices.ContainsFunc(q.Articles, isIn) {
			t.Errorf("%s: every article is older than its window", q.ID)
		}
	}
}

const header = "id\tcollection\tkind\tlanguage\tquestion\tprevious\tnow\twindow\tarticles\tgold\tsaid_by\texpect\n"

func TestRead(t *testing.T) {
	table := "# a comment\n" + header +
		"1\tports\twindow\ten\tWhat sank yesterday?\t\t2025-05-10\t~2025-05-09..\tferry.ar|ferry.en\tsank|غرقت\tmayor\tanswer\n\n" +
		"2\tports\tother\tar\tما اسم السفينة؟\t\t\t\t\t\t\tdecline\n"
	all, err := read(table)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].direction() != "en->en" || all[1].direction() != "ar->none" {
		t.Fatalf("questions %+v", all)
	}
	q := all[0]
	want := Span{dates.Window{First: dates.NewDay(2025, time.May, 9), Last: dates.End}, true}
	if q.Window != want || q.Now.Format(time.DateTime) != "2025-05-10 12:00:00" || !slices.Equal(q.Gold, []string{"sank", "غرقت"}) {
		t.Errorf("window %+v, asked at %s, gold %q", q.Window, q.Now, q.Gold)
	}
	if q := all[1]; !q.Window.IsZero() || !q.Now.Equal(asked) || q.Gold != nil || q.Expect != Decline {
		t.Errorf("question %+v", q)
	}
}

func TestReadErrors(t *testing.T) {
	row := func(now, window, articles, expect string) string {
		return header + "1\tports\twho\ten\tWho?\t\t" + now + "\t" + window + "\t" + articles + "\t\t\t" + expect + "\n"
	}
	for name, table := range map[string]string{
		"nothing":           header,
		"other columns":     "id\tkind\n1\twho\n",
		"too few cells":     header + "1\tports\twho\n",
		"no text":           header + "1\tports\twho\ten\t \t\t\t\t\t\t\tdecline\n",
		"expectation":       row("", "", "ferry.en", "guess"),
		"articles missing":  row("", "", "", "answer"),
		"articles too many": row("", "", "ferry.en", "decline"),
		"no day":            row("10 May", "", "ferry.en", "answer"),
		"half a window":     row("", "2025-05-09", "ferry.en", "answer"),
		"no window":         row("", "May..June", "ferry.en", "answer"),
		"upside down":       row("", "2025-05-09..2025-05-08", "ferry.en", "answer"),
	} {
		if _, err := read(table); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSpanIs(t *testing.T) {
	day := func(d int) dates.Day { return dates.NewDay(2025, time.May, d) }
	window := func(first, last int) dates.Window { return dates.Window{First: day(first), Last: day(last)} }
	since := Span{Window: dates.Window{First: day(5), Last: dates.End}}
	tests := []struct {
		name string
		span Span
		got  dates.Window
		want bool
	}{
		{"the same", Span{Window: window(1, 7)}, window(1, 7), true},
		{"none", Span{Window: window(1, 7)}, dates.Window{}, false},
		{"begins later", Span{Window: window(1, 7)}, window(2, 7), false},
		{"ends earlier", Span{Window: window(1, 7)}, window(1, 6), false},
		{"a day off, which is right", Span{window(1, 7), true}, window(2, 8), true},
		{"two days off", Span{window(1, 7), true}, window(3, 7), false},
		{"days to come", Span{Window: window(1, 31)}, window(1, 20), true},
		{"open", since, dates.Window{First: day(5), Last: dates.End}, true},
		{"open, until today", since, window(5, 20), true},
		{"open, until yesterday", since, window(5, 19), false},
		{"until", Span{Window: dates.Window{First: dates.Beginning, Last: day(5)}}, dates.Window{First: dates.Beginning, Last: day(5)}, true},
		{"from the beginning", Span{window(1, 7), true}, dates.Window{First: dates.Beginning, Last: day(7)}, false},
	}
	for _, tt := range tests {
		if got := tt.span.is(tt.got, day(20)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
