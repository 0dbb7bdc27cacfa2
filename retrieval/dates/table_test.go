package dates

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

// today is when the questions of the tables are asked, a Wednesday.
var today = NewDay(2025, time.August, 20)

// A row is a line of a table of testdata.
type row struct {
	line    int
	columns []string
	// setting holds the last column: today, about, start and weekend.
	setting map[string]string
}

// table reads a file of testdata, whose first lines say what its columns are.
func table(t testing.TB, name string, columns int) []row {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for i, line := range strings.Split(string(raw), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		r := row{i + 1, strings.Split(line, "\t"), map[string]string{}}
		if len(r.columns) == columns+1 {
			for _, s := range strings.Fields(r.columns[columns]) {
				name, value, _ := strings.Cut(s, "=")
				r.setting[name] = value
			}
			r.columns = r.columns[:columns]
		}
		if len(r.columns) != columns {
			t.Fatalf("%s:%d: %d columns", name, r.line, len(r.columns))
		}
		rows = append(rows, r)
	}
	return rows
}

// day reads a setting that is a day.
func (r row) day(t *testing.T, name string, otherwise Day) Day {
	t.Helper()
	if v := r.setting[name]; v == "" || v == "unknown" {
		return otherwise
	}
	d, err := time.Parse(time.DateOnly, r.setting[name])
	if err != nil {
		t.Fatal(err)
	}
	return DayOf(d)
}

// calendar is the calendar of a row's settings.
func (r row) calendar(t *testing.T) Calendar {
	t.Helper()
	c := Calendar{WeekStart: time.Monday}
	named := func(name string) time.Weekday {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(d.String(), name) {
				return d
			}
		}
		t.Fatalf("line %d: no day %q", r.line, name)
		return 0
	}
	if s := r.setting["start"]; s != "" {
		c.WeekStart = named(s)
	}
	if s := r.setting["weekend"]; s != "" {
		for name := range strings.SplitSeq(s, "-") {
			c.Weekend = append(c.Weekend, named(name))
		}
	}
	return c
}

// format writes a window as the tables have it: "2025-05-01..2025-05-07", "2025-05-01",
// "2025-05-01..", "~2025-03-03", and "-" for none.
func (w Window) format() string {
	day := func(d Day) string {
		if d == Beginning || d == End {
			return ""
		}
		return d.Time().Format(time.DateOnly)
	}
	var s string
	switch {
	case w.IsZero():
		return "-"
	case w.First == w.Last:
		s = day(w.First)
	default:
		s = day(w.First) + ".." + day(w.Last)
	}
	if w.Approximate {
		return "~" + s
	}
	return s
}

// TestAsked reads questions with their windows from files: see their first lines.
func TestAsked(t *testing.T) {
	for lang, name := range map[text.Language]string{text.English: "asked_en.tsv", text.Arabic: "asked_ar.tsv"} {
		rows := table(t, name, 2)
		if len(rows) < 150 {
			t.Errorf("%s has %d rows, want 150", name, len(rows))
		}
		for _, r := range rows {
			t.Run(fmt.Sprintf("%s:%d", name, r.line), func(t *testing.T) {
				today := r.day(t, "today", today)
				a := r.calendar(t).Asked(r.columns[0], lang, today, r.day(t, "about", today))
				got := a.Window.format()
				if a.Problem != "" {
					got += "!" + a.Problem
				}
				want := r.columns[1]
				if strings.HasPrefix(want, "!") {
					want = "-" + want
				}
				if got != want {
					t.Errorf("Asked(%q) = %s, want %s", r.columns[0], got, want)
				}
				checkExpressions(t, r.columns[0], a.Expressions)
			})
		}
	}
}

// checkExpressions checks that expressions lie in their text, in order.
func checkExpressions(t *testing.T, s string, expressions []Expression) {
	t.Helper()
	end := 0
	for _, e := range expressions {
		if e.Start < end || e.End <= e.Start || e.End > len(s) || e.Window.IsZero() || e.Window.First > e.Window.Last {
			t.Errorf("%q has the expression %+v", s, e)
			return
		}
		end = e.End
	}
}

// TestStated reads sentences with the times they tell from files: see their first lines.
func TestStated(t *testing.T) {
	for lang, name := range map[text.Language]string{text.English: "stated_en.tsv", text.Arabic: "stated_ar.tsv"} {
		rows := table(t, name, 2)
		if len(rows) < 60 {
			t.Errorf("%s has %d rows, want 60", name, len(rows))
		}
		for _, r := range rows {
			t.Run(fmt.Sprintf("%s:%d", name, r.line), func(t *testing.T) {
				published := r.day(t, "published", today)
				expressions := r.calendar(t).Stated(r.columns[0], lang, published, r.setting["published"] != "unknown")
				if got := formatStated(r.columns[0], expressions); got != r.columns[1] {
					t.Errorf("Stated(%q)\n got %s\nwant %s", r.columns[0], got, r.columns[1])
				}
				checkExpressions(t, r.columns[0], expressions)
			})
		}
	}
}

// formatStated writes expressions as the tables have them: "Friday = 2025-08-15; 2024 :=
// 2024-01-01..2024-12-31", with "=" for relative ones, ":=" for absolute and "of" for
// those of a name.
func formatStated(s string, expressions []Expression) string {
	var parts []string
	for _, e := range expressions {
		sign := ":="
		switch {
		case e.Named:
			sign = "of"
		case e.Relative:
			sign = "="
		}
		parts = append(parts, s[e.Start:e.End]+" "+sign+" "+e.Window.format())
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, "; ")
}
