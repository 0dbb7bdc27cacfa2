package corpus

import (
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

// What is empty in what is given erases nothing, and a missing language is found only in a new text.
func TestAddFillsIn(t *testing.T) {
	s := testStore(t)
	bare := Article{URL: "https://news.example/1", Body: "A text of some words."}
	full := with(bare, func(a *Article) {
		a.Title, a.Source, a.Author, a.Language = "Title", "Outlet", "Author", text.Other
		a.Published, a.Modified = Day(2025, time.May, 1), Day(2025, time.May, 2)
	})
	mustAdd(t, s, bare)
	filled, status, err := s.Add(t.Context(), full)
	if err != nil || status != Updated || filled.Title != "Title" || filled.Author != "Author" || filled.Modified != full.Modified {
		t.Errorf("Add = %+v, %v, %v; want all filled in", filled, status, err)
	}
	if !filled.Corrected.IsZero() {
		t.Errorf("corrected %v; want never: nothing was wrong", filled.Corrected)
	}
	if again, status, err := s.Add(t.Context(), bare); err != nil || status != Unchanged || again != filled {
		t.Errorf("Add = %+v, %v, %v; want nothing erased", again, status, err)
	}
	bare.Body = "نص جديد من بضع كلمات عربية."
	if got, _, err := s.Add(t.Context(), bare); err != nil || got.Language != text.Arabic || got.Author != "Author" {
		t.Errorf("Add = %+v, %v; want the new text's language", got, err)
	}
}

// A page that does not name its outlet has only a host to show, which replaces no name.
func TestAddKeepsTheOutletsName(t *testing.T) {
	for given, want := range map[string]string{
		"news.example": "The Daily Test", "www.News.example": "The Daily Test", "Reuters": "Reuters", "other.example": "other.example",
	} {
		s := testStore(t)
		mustAdd(t, s, blackout())
		a := with(blackout(), func(a *Article) { a.Source = given })
		if o, err := s.AddWith(t.Context(), a, AddOptions{Explicit: true}); err != nil || o.Article.Source != want {
			t.Errorf("AddWith from %q: outlet %q, %v; want %q", given, o.Article.Source, err, want)
		}
	}
	s := testStore(t)
	unnamed := with(blackout(), func(a *Article) { a.Source = "" })
	mustAdd(t, s, unnamed)
	unnamed.Source = "news.example"
	if a, _, err := s.Add(t.Context(), unnamed); err != nil || a.Source != "news.example" {
		t.Errorf("Add: outlet %q, %v; want the host where none is known", a.Source, err)
	}
}

func TestCorrected(t *testing.T) {
	now := time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)
	base := blackout()
	other := func(a *Article) { a.Body += " Nobody was hurt." }
	for _, test := range []struct {
		name   string
		change func(*Article)
		want   string
	}{
		{"the text", other, "2025-08-15"},
		{"the title", func(a *Article) { a.Title = "Lights out" }, "2025-08-15"},
		{"white space", func(a *Article) { a.Body = strings.ReplaceAll(a.Body, " ", "  ") }, ""},
		{"a mark of direction in the title", func(a *Article) { a.Title += "\u200f" }, ""},
		{"the outlet", func(a *Article) { a.Source = "Reuters" }, ""},
		{"the date", func(a *Article) { a.Published = Day(2025, time.April, 29) }, ""},
		{"as the outlet says", func(a *Article) { other(a); a.Modified = Day(2025, time.April, 30) }, "2025-04-30"},
		{"before it was published", func(a *Article) { other(a); a.Modified = Day(2025, time.April, 27) }, "2025-08-15"},
		{"in the future", func(a *Article) { other(a); a.Modified = Day(2025, time.August, 16) }, "2025-08-15"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
			mustAdd(t, s, base)
			got, status, err := s.Add(t.Context(), with(base, test.change))
			if err != nil || status != Updated || got.Corrected.String() != test.want {
				t.Errorf("Add = %v, %v, corrected %v; want %v", status, err, got.Corrected, test.want)
			}
		})
	}
	t.Run("not yet read", func(t *testing.T) {
		s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
		a := with(base, func(a *Article) { a.Embargo = now.Add(time.Hour) })
		mustAdd(t, s, a)
		other(&a)
		if got, status, err := s.Add(t.Context(), a); err != nil || status != Updated || !got.Corrected.IsZero() {
			t.Errorf("Add = %v, %v, corrected %v; want never: nobody could read it", status, err, got.Corrected)
		}
	})
	t.Run("the title by hand", func(t *testing.T) {
		s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
		a := mustAdd(t, s, base)
		got, _, err := s.Edit(t.Context(), a.ID, func(a *Article) error { a.Title = "Lights out"; return nil })
		if err != nil || !got.Corrected.IsZero() {
			t.Errorf("Edit: corrected %v, %v; want never: the text is as it was", got.Corrected, err)
		}
	})
	t.Run("by hand, long after the outlet's own", func(t *testing.T) {
		s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
		a := mustAdd(t, s, with(base, func(a *Article) { a.Modified = Day(2025, time.April, 30) }))
		got, _, err := s.Edit(t.Context(), a.ID, func(a *Article) error { other(a); return nil })
		if err != nil || got.Corrected != Day(2025, time.August, 15) {
			t.Errorf("Edit: corrected %v, %v; want the day of the edit", got.Corrected, err)
		}
	})
}
