package retrieval_test

import (
	"strings"
	"testing"
	"time"

	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// Questions about the samples that say when, asked at some moment: the window that they
// are understood to have, and what is quoted first.
func TestAskedWhen(t *testing.T) {
	x := openSamples(t)
	tests := []struct {
		question, now string
		first, last   string // of the window; "" for none
		verdict       retrieval.Verdict
		outside       bool
		file, quote   string // of the first quote
	}{
		{"What happened in Anchorage on 15 August 2025?", "2025-09-01", "2025-08-15", "2025-08-15",
			retrieval.Answered, false, "anchorage-summit.en", "15 August 2025"},
		{"Where did Trump and Putin meet yesterday?", "2025-08-16", "2025-08-15", "2025-08-15",
			retrieval.Answered, false, "anchorage-summit.en", "Anchorage"},
		{"Where did Trump and Putin meet last week?", "2025-08-20", "2025-08-11", "2025-08-17",
			retrieval.Answered, false, "anchorage-summit.en", "Alaska"},
		{"أين التقى ترامب وبوتين الأسبوع الماضي؟", "2025-08-20", "2025-08-11", "2025-08-17",
			retrieval.Answered, false, "anchorage-summit.ar", "ألاسكا"},
		{"Where did Trump and Putin meet last week?", "2026-08-20", "2026-08-10", "2026-08-16",
			retrieval.Nearest, true, "anchorage-summit.en", "Alaska"},
		{"أين التقى ترامب وبوتين أمس؟", "2026-08-20", "2026-08-19", "2026-08-19",
			retrieval.Nearest, true, "anchorage-summit.ar", "ألاسكا"},
		{"What happened on 6 February 1952?", "2025-09-01", "1952-02-06", "1952-02-06",
			retrieval.Answered, false, "queen-elizabeth-death.en", "came to the throne"},
		{"ما قوة زلزال المغرب في أيلول 2023؟", "2025-09-01", "2023-09-01", "2023-09-30",
			retrieval.Answered, false, "morocco-earthquake.ar", ""},
		{"كم استثمرت مايكروسوفت في شركة أوبن إيه آي عام 2019؟", "2025-09-01", "2019-01-01", "2019-12-31",
			retrieval.Answered, false, "chatgpt-release.en", "2019"},
		{"How long did the talks between Trump and Putin in Alaska last?", "2025-09-01", "", "",
			retrieval.Answered, false, "anchorage-summit.en", ""},
	}
	for _, tt := range tests {
		now, err := time.Parse(time.DateOnly, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		a, err := x.engine.Ask(t.Context(), retrieval.Question{Text: tt.question, Now: now.Add(12 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if first, last := dayOf(a.Window.First, a.Window), dayOf(a.Window.Last, a.Window); first != tt.first || last != tt.last {
			t.Errorf("%q: the window is %q to %q, want %q to %q", tt.question, first, last, tt.first, tt.last)
		}
		if a.Verdict != tt.verdict || a.Outside != tt.outside || len(a.Citations) == 0 {
			t.Errorf("%q: %s, outside %v, %d quotes; want %s, %v", tt.question, a.Verdict, a.Outside, len(a.Citations), tt.verdict, tt.outside)
			continue
		}
		c := a.Citations[0]
		if x.files[c.ArticleID] != tt.file || !strings.Contains(c.Quote.Text, tt.quote) {
			t.Errorf("%q: first is %q of %s, want %q of %s", tt.question, c.Quote.Text, x.files[c.ArticleID], tt.quote, tt.file)
		}
	}
}

func dayOf(d dates.Day, w dates.Window) string {
	if w.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Days that there are not make no window, and are told; the rest is answered.
func TestAskedBadDates(t *testing.T) {
	x := openSamples(t)
	for question, bad := range map[string]string{
		"Where did Trump and Putin meet on 31 February 2025?":             "31 February",
		"أين التقى ترامب وبوتين في 30 شباط 2025؟":                         "30 شباط",
		"Where did Trump and Putin meet between 7 May and 1 May 2025?":    "7 May",
		"Where did Trump and Putin meet from 20 August to 1 August 2025?": "20 August",
	} {
		a, err := x.engine.Ask(t.Context(), retrieval.Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.BadDate, bad) || !strings.Contains(question, a.BadDate) || !a.Window.IsZero() || a.Outside {
			t.Errorf("%q: bad is %q, the window %v", question, a.BadDate, a.Window)
		}
		if len(a.Citations) == 0 {
			t.Errorf("%q: nothing is quoted", question)
		}
	}
}
