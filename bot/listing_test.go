package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
)

func TestListFilters(t *testing.T) {
	w := newWorld(t)
	shelve(w, 20)
	stories(w)
	tests := []struct {
		filter, want string
		n            int
	}{
		{"daily", "Articles 1 to 8 of 20", 8},
		{"شينخوا", "Articles 1 to 1 of 1", 1},
		{"anchorage summit", "Articles 1 to 1 of 1", 1},
		{"15 August 2025", "ختام القمة", 1},
		{"2025-08-16", "Summit ends in Anchorage", 1},
		{"١٦ آب ٢٠٢٥", "Summit ends in Anchorage", 1},
		{"August 2025", "Articles 1 to 2 of 2", 2},
		{"أغسطس ٢٠٢٥", "Articles 1 to 2 of 2", 2},
		{"2025-07", "Articles 1 to 8 of 20", 8},
		{"2025", "Articles 1 to 8 of 22", 8},
		{"2024", "There are no such articles.", 0},
		{"removed", "There are no such articles.", 0},
		{"nothing of the kind", "There are no such articles.", 0},
	}
	for _, tt := range tests {
		t.Run(tt.filter, func(t *testing.T) {
			r := w.send(admin, "/list "+tt.filter)
			saysAll(t, r, tt.want)
			if n := len(articleID.FindAllString(said(r), -1)); n != tt.n {
				t.Errorf("%d articles are listed, want %d:\n%s", n, tt.n, said(r))
			}
		})
	}
}

// The pages of a list are those of its filter.
func TestListFilterPages(t *testing.T) {
	w := newWorld(t)
	outlet := strings.Repeat("وكالة الأنباء ", 7)
	for i := range 10 {
		w.put(corpus.Article{Title: fmt.Sprint("Grain report ", i), Source: outlet, Body: fmt.Sprint("Report ", i), Published: corpus.Day(2025, time.May, 1)})
	}
	w.put(englishStory())
	for _, filter := range []string{"grain", outlet, "May 2025", "أيار 2025"} {
		next := w.press(admin, button(t, w.send(admin, "/list "+filter), "Next"))
		saysAll(t, next, "Articles 9 to 10 of 10", "Grain report 9")
		saysAll(t, w.press(admin, button(t, next, "Previous")), "Articles 1 to 8 of 10")
	}
}

func TestPeriod(t *testing.T) {
	tests := []struct{ in, from, to string }{
		{"2025-08-15", "2025-08-15", "2025-08-15"},
		{"15 August 2025", "2025-08-15", "2025-08-15"},
		{"١٥ أغسطس ٢٠٢٥", "2025-08-15", "2025-08-15"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"February 2023", "2023-02-01", "2023-02-28"},
		{"كانون الأول 2024", "2024-12-01", "2024-12-31"},
		{"2024", "2024-01-01", "2024-12-31"},
		{"٢٠٢٤", "2024-01-01", "2024-12-31"},
		{"1799", "", ""}, {"2201", "", ""}, {"-2024", "", ""}, {"august", "", ""}, {"Augst 2025", "", ""},
		{"2025 August", "", ""}, {"", "", ""}, {"2025-13", "", ""},
	}
	for _, tt := range tests {
		from, to, ok := period(tt.in)
		if from.String() != tt.from || to.String() != tt.to || ok != (tt.from != "") {
			t.Errorf("period(%q) = %s, %s, %t; want %s, %s", tt.in, from, to, ok, tt.from, tt.to)
		}
	}
}

func FuzzPeriod(f *testing.F) {
	for _, s := range []string{"2025", "August 2025", "15 أغسطس 2025", "2025-08", "كانون الثاني/يناير 2024", "", "٢٠٢٤"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		from, to, ok := period(s)
		switch {
		case !ok && (!from.IsZero() || !to.IsZero()):
			t.Errorf("period(%q) is none, and is %s to %s", s, from, to)
		case ok && (from.Time.After(to.Time) || !from.DayOnly || !to.DayOnly || to.Time.Sub(from.Time) > 366*24*time.Hour):
			t.Errorf("period(%q) = %s to %s", s, from, to)
		}
	})
}
