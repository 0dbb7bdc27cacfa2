package dates

import (
	"testing"
	"time"

	"newsbot/corpus/text"
)

func TestDay(t *testing.T) {
	for _, s := range []string{"1970-01-01", "1969-12-31", "2025-08-20", "0622-07-19", "2077-11-16"} {
		want, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		d := DayOf(want)
		if got := d.Time(); !got.Equal(want) {
			t.Errorf("DayOf(%s).Time() = %v", s, got)
		}
		if d != NewDay(want.Year(), want.Month(), want.Day()) {
			t.Errorf("NewDay and DayOf of %s differ", s)
		}
	}
}

func TestToday(t *testing.T) {
	late := time.Date(2025, time.August, 20, 22, 30, 0, 0, time.UTC)
	cairo := time.FixedZone("UTC+3", 3*60*60)
	tests := []struct {
		location *time.Location
		want     Day
	}{
		{nil, NewDay(2025, time.August, 20)},
		{time.UTC, NewDay(2025, time.August, 20)},
		{cairo, NewDay(2025, time.August, 21)},
	}
	for _, tt := range tests {
		if got := (Calendar{Location: tt.location}).Today(late); got != tt.want {
			t.Errorf("Today in %v = %v, want %v", tt.location, got.Time(), tt.want.Time())
		}
	}
}

func TestWindow(t *testing.T) {
	w := Window{First: 10, Last: 20}
	tests := []struct {
		name string
		got  bool
		want bool
	}{
		{"zero", Window{}.IsZero(), true},
		{"not zero", w.IsZero(), false},
		{"first", w.Contains(10), true},
		{"last", w.Contains(20), true},
		{"before", w.Contains(9), false},
		{"after", w.Contains(21), false},
		{"covers itself", w.Covers(w), true},
		{"covers", w.Covers(Window{First: 11, Last: 21}), false},
		{"overlaps an end", w.Overlaps(Window{First: 20, Last: End}), true},
		{"overlaps a beginning", w.Overlaps(Window{First: Beginning, Last: 9}), false},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s = %v", tt.name, tt.got)
		}
	}
}

// TestHijri compares days of the Umm al-Qura calendar with those that the press of Saudi
// Arabia printed.
func TestHijri(t *testing.T) {
	tests := []struct {
		year, month, day int
		want             string
	}{
		{1343, 1, 1, "1924-08-01"},
		{1400, 1, 1, "1979-11-20"}, // the seizure of the Grand Mosque
		{1444, 9, 1, "2023-03-23"},
		{1444, 12, 10, "2023-06-28"},
		{1445, 1, 1, "2023-07-19"},
		{1445, 9, 1, "2024-03-11"},
		{1446, 9, 29, "2025-03-29"},
		{1446, 10, 1, "2025-03-30"},
		{1447, 1, 1, "2025-06-26"},
		{1500, 12, 30, "2077-11-16"},
	}
	for _, tt := range tests {
		w, ok := hijriWindow(tt.year, tt.month, tt.day)
		if got := w.First.Time().Format(time.DateOnly); !ok || got != tt.want || w.First != w.Last || !w.Approximate {
			t.Errorf("%d-%d-%d = %s, %v, want %s", tt.year, tt.month, tt.day, got, ok, tt.want)
		}
	}
}

// TestHijriMonths goes through all months, those out of the printed calendar too.
func TestHijriMonths(t *testing.T) {
	if n := len(hijriStarts()); n != (lastHijriYear-firstHijriYear+1)*12+1 {
		t.Fatalf("the calendar has %d beginnings of months", n)
	}
	for n := range lastTabularYear * 12 {
		first, next := hijriMonth(n), hijriMonth(n+1)
		if length := next - first; length < 28 || length > 31 {
			t.Fatalf("month %d of %d has %d days", n%12+1, n/12+1, length)
		}
		for _, d := range []Day{first, next - 1} {
			if got := hijriOf(d); got != n {
				t.Fatalf("hijriOf(%v) = %d, want %d", d.Time(), got, n)
			}
		}
	}
	for _, d := range []Day{Beginning, End} {
		if got := hijriOf(d); got < 0 || got >= lastTabularYear*12 {
			t.Errorf("hijriOf(%d) = %d", d, got)
		}
	}
}

func TestHijriRefuses(t *testing.T) {
	for _, d := range []date{{year: 0, month: 1}, {year: 1601, month: 1}, {year: 1446, month: 13}, {year: 1446, month: 9, day: 31}} {
		if w, ok := hijriWindow(d.year, d.month, d.day); ok {
			t.Errorf("hijriWindow(%+v) = %v", d, w)
		}
	}
}

// The expressions of a question have their prepositions with them, and say whether they
// count from a day.
func TestExpressions(t *testing.T) {
	tests := []struct {
		question string
		lang     text.Language
		want     string // as in the tables of sentences
	}{
		{"What did Putin say on Friday about the summit?", text.English, "on Friday = 2025-08-15"},
		{"What happened in the last 3 days?", text.English, "in the last 3 days = 2025-08-18..2025-08-20"},
		{"What happened since the beginning of the year?", text.English, "since the beginning of the year = 2025-01-01..2025-08-20"},
		{"What happened between 1 and 7 May 2025?", text.English, "between 1 and 7 May 2025 := 2025-05-01..2025-05-07"},
		{"What happened before 5 May?", text.English, "before 5 May = ..2025-05-04"},
		{"What happened on 15 August 2025, and what yesterday?", text.English, "on 15 August 2025 := 2025-08-15; yesterday = 2025-08-19"},
		{"Who won the 2022 World Cup?", text.English, "-"},
		{"ماذا حدث في الأسبوع الماضي في غزة؟", text.Arabic, "في الأسبوع الماضي = 2025-08-11..2025-08-17"},
		{"ماذا قال بوتين يوم الجمعة عن القمة؟", text.Arabic, "يوم الجمعة = 2025-08-15"},
		{"ماذا حدث بين 1 و7 مايو 2025؟", text.Arabic, "بين 1 و7 مايو 2025 := 2025-05-01..2025-05-07"},
		{"ماذا حدث منذ عام 2011؟", text.Arabic, "منذ عام 2011 := 2011-01-01..2025-08-20"},
		{"ماذا حدث بالأمس؟", text.Arabic, "بالأمس = 2025-08-19"},
		{"من فاز بكأس العالم 2022؟", text.Arabic, "-"},
	}
	for _, tt := range tests {
		a := Calendar{WeekStart: time.Monday}.Asked(tt.question, tt.lang, today, today)
		if got := formatStated(tt.question, a.Expressions); got != tt.want {
			t.Errorf("Asked(%q) has %s, want %s", tt.question, got, tt.want)
		}
	}
}
