package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

func windowOf(first, last string) dates.Window {
	day := func(s string) dates.Day {
		t, err := time.Parse(time.DateOnly, s)
		if err != nil {
			panic(err)
		}
		return dates.DayOf(t)
	}
	w := dates.Window{First: dates.Beginning, Last: dates.End}
	if first != "" {
		w.First = day(first)
	}
	if last != "" {
		w.Last = day(last)
	}
	return w
}

func TestFormatWindow(t *testing.T) {
	tests := []struct{ first, last, ar, en string }{
		{"2025-08-15", "2025-08-15", "15 أغسطس 2025", "15 August 2025"},
		{"2025-05-01", "2025-05-07", "1–7 مايو 2025", "1–7 May 2025"},
		{"2025-05-01", "2025-05-30", "1–30 مايو 2025", "1–30 May 2025"},
		{"2025-05-02", "2025-05-31", "2–31 مايو 2025", "2–31 May 2025"},
		{"2025-05-01", "2025-05-31", "مايو 2025", "May 2025"},
		{"2024-02-01", "2024-02-29", "فبراير 2024", "February 2024"},
		{"2024-02-01", "2024-02-28", "1–28 فبراير 2024", "1–28 February 2024"},
		{"2025-03-01", "2025-05-31", "من مارس إلى مايو 2025", "March to May 2025"},
		{"2024-11-01", "2025-01-31", "من نوفمبر 2024 إلى يناير 2025", "November 2024 to January 2025"},
		{"2025-01-01", "2025-12-31", "2025", "2025"},
		{"2020-01-01", "2022-12-31", "من 2020 إلى 2022", "2020 to 2022"},
		{"2025-04-28", "2025-05-03", "من 28 أبريل إلى 3 مايو 2025", "28 April to 3 May 2025"},
		{"2024-12-28", "2025-01-03", "من 28 ديسمبر 2024 إلى 3 يناير 2025", "28 December 2024 to 3 January 2025"},
		{"2025-03-01", "", "منذ 1 مارس 2025", "since 1 March 2025"},
		{"", "2025-05-05", "حتى 5 مايو 2025", "until 5 May 2025"},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		w := windowOf(tt.first, tt.last)
		if got := FormatWindow(w, text.Arabic); got != tt.ar {
			t.Errorf("%s to %s is %q, want %q", tt.first, tt.last, got, tt.ar)
		}
		if got := FormatWindow(w, text.English); got != tt.en {
			t.Errorf("%s to %s is %q, want %q", tt.first, tt.last, got, tt.en)
		}
	}
	if got := FormatWindow(dates.Window{}, text.English); got != "" {
		t.Errorf("no window is %q", got)
	}
}

// timed is a citation whose quote tells times; each is marked by its words.
func timed(c retrieval.Citation, quote string, told map[string]dates.Window) retrieval.Citation {
	c.Quote = retrieval.Quote{Text: quote, Start: 100, End: 100 + len(quote)}
	for at := range quote {
		for words, w := range told {
			if strings.HasPrefix(quote[at:], words) {
				c.Times = append(c.Times, retrieval.Time{Start: 100 + at, End: 100 + at + len(words), Window: w})
			}
		}
	}
	return c
}

func TestWindowGolden(t *testing.T) {
	english := timed(englishCitation(1), "The talks on Friday ended late, and those of next week are to last two days.",
		map[string]dates.Window{"on Friday": windowOf("2025-08-15", "2025-08-15"), "next week": windowOf("2025-08-18", "2025-08-24")})
	arabic := timed(arabicCitation(2), "انتهت المحادثات مساء أمس، وتُستأنف الأسبوع المقبل.",
		map[string]dates.Window{"أمس": windowOf("2025-08-14", "2025-08-14"), "الأسبوع المقبل": windowOf("2025-08-18", "2025-08-24")})
	both := []retrieval.Citation{english, arabic}
	hijri := windowOf("2025-03-01", "2025-03-29")
	hijri.Approximate = true
	newest := corpus.Day(2025, time.August, 16)
	answers := map[string]retrieval.Answer{
		"within":  {Verdict: retrieval.Answered, Citations: both, AsOf: newest, Window: windowOf("2025-08-11", "2025-08-17")},
		"outside": {Verdict: retrieval.Nearest, Outside: true, Citations: both[:1], AsOf: newest, Window: windowOf("2025-05-01", "2025-05-07")},
		"outside-near": {Verdict: retrieval.Declined, Outside: true, Window: windowOf("2025-05-01", "2025-05-07"), Missing: retrieval.Missing{Words: []string{"Kassala"}},
			Near: &retrieval.Report{ArticleID: "b1946ac92492d234", Title: "Storm closes the port", Source: "Valley Post", Published: newest, Language: text.English}},
		"outside-name": {
			Verdict: retrieval.Nearest, Outside: true, Citations: both[:1], AsOf: newest, Window: windowOf("2025-05-01", "2025-05-07"),
			Missing: retrieval.Missing{Words: []string{"Jim Kolenko"}},
		},
		"hijri":          {Verdict: retrieval.Declined, Window: hijri},
		"since":          {Verdict: retrieval.Declined, Window: windowOf("2025-03-01", "")},
		"bad-date":       {Verdict: retrieval.Answered, Citations: both[:1], AsOf: newest, BadDate: "31 February\n<b>"},
		"bad-date-alone": {Verdict: retrieval.Declined, BadDate: "31 February"},
		"ahead":          {Verdict: retrieval.Declined, Ahead: true, Window: windowOf("2025-12-13", "2025-12-13")},
		"ahead-outside": {
			Verdict: retrieval.Nearest, Outside: true, Ahead: true, Citations: both[:1], AsOf: newest, Window: windowOf("3026-01-01", "3026-12-31"),
		},
		"ahead-told": {Verdict: retrieval.Answered, Ahead: true, Citations: both[:1], AsOf: newest, Window: windowOf("2025-12-13", "2025-12-13")},
		"stale":      {Verdict: retrieval.Answered, Stale: true, Citations: both[:1], AsOf: newest},
	}
	for name, a := range answers {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				a.Articles, a.Language = 28, lang
				plain := PlainText(a)
				checkTame(t, plain)
				golden(t, "window/"+name+"."+string(lang)+".txt", plain)
				golden(t, "window/"+name+"."+string(lang)+".html", compose(a, nil).HTML(anyPages))
			})
		}
	}
}

// What is kept of times may not fit the quote any more; no more than what is there is
// shown.
func TestTimesThatDoNotFit(t *testing.T) {
	c := englishCitation(1)
	end := c.Quote.End
	for _, at := range [][2]int{{-1, 3}, {0, 0}, {5, 4}, {end - 1, end + 1}, {end + 5, end + 9}} {
		c.Times = []retrieval.Time{{Start: at[0], End: at[1], Window: windowOf("2025-08-15", "2025-08-15")}}
		if got := times(c, text.English); got != nil {
			t.Errorf("bytes %d to %d of a quote of %d are shown: %+v", at[0], at[1], end, got)
		}
	}
}

// The window and the times are there again when a button is pressed, and the days are
// those that they were when the question was asked.
func TestWindowIsKept(t *testing.T) {
	a := answering{Answer: retrieval.Answer{
		Language: text.English, Verdict: retrieval.Nearest, Outside: true, Ahead: true, Window: windowOf("2025-05-01", "2025-05-07"), Stale: true, BadDate: "32 May",
	}}
	data, err := keepAnswer(a, 1)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := decodeAnswer(data)
	if err != nil {
		t.Fatal(err)
	}
	got := recalled{kept: kept}.answering(nil)
	if got.Window != a.Window || !got.Outside || !got.Ahead || !got.Stale || got.BadDate != a.BadDate {
		t.Errorf("kept is %+v", got.Answer)
	}
}

// Asked again by a button, a question is about the days that it was about at first, and
// it is asked at the time of the bot's clock.
func TestWindowIsAskedAgain(t *testing.T) {
	w := newWorld(t)
	window := windowOf("2025-05-01", "2025-05-07")
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		a, err := w.Ask(ctx, q)
		a.Window = window
		return a, err
	})
	first := crowded(w)
	if !w.last.Window.IsZero() || !w.last.Now.Equal(w.now) {
		t.Errorf("asked: %+v, at %v", w.last, w.now)
	}
	saysAll(t, first, "Window: 1–7 May 2025")
	w.now = w.now.Add(48 * time.Hour)
	w.pressKey(first, keyOnlyArabicButton)
	if w.last.Window != window || !w.last.Now.Equal(w.now) {
		t.Errorf("asked in another view: %+v, at %v", w.last, w.now)
	}
}

// The months of an answer, and of what its buttons show, are named as they are set.
func TestMonthNamesOfReplies(t *testing.T) {
	w := newWorld(t)
	w.Months, w.lang = LevantMonths, "ar"
	first := crowded(w)
	newest := w.pressKey(first, keyNewestButton)
	open := w.pressKey(newest, keyPassageButton, 1)
	for _, r := range []Reply{first, newest, open} {
		if got := show(r); strings.Contains(got, "أغسطس") || !strings.Contains(got, "آب") {
			t.Errorf("a month has its other name: %s", got)
		}
	}
}
