package corpus

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestVersions(t *testing.T) {
	now := time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)
	s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
	first := mustAdd(t, s, with(blackout(), func(a *Article) { a.Modified = Day(2025, time.April, 28) }))
	if list, n, err := s.Versions(t.Context(), first.ID, 0); err != nil || len(list) != 0 || n != 0 {
		t.Errorf("Versions = %v, %d, %v; want none", list, n, err)
	}
	now = now.Add(time.Hour)
	fed, _, err := s.Add(WithActor(t.Context(), "feed:x"), with(blackout(), func(a *Article) { a.Body += " More." }))
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	_, _, err = s.Edit(WithActor(t.Context(), "cli:alice"), first.ID, func(a *Article) error { a.Title = "By hand"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	first.Changed, fed.Changed = time.Time{}, time.Time{}
	want := []Version{{2, fed, now, "cli:alice"}, {1, first, now.Add(-time.Hour), "feed:x"}}
	for _, v := range want {
		if got, err := s.Version(t.Context(), first.ID, v.N); err != nil || got != v {
			t.Errorf("Version %d = %+v, %v\nwant %+v", v.N, got, err, v)
		}
	}
	want[0].Article.Body, want[1].Article.Body = "", ""
	for limit, want := range map[int][]Version{0: want, 1: want[:1], 2: want, 9: want} {
		if list, n, err := s.Versions(t.Context(), first.ID, limit); err != nil || n != 2 || !slices.Equal(list, want) {
			t.Errorf("Versions of at most %d = %+v, %d, %v\nwant %+v, of 2", limit, list, n, err, want)
		}
	}
	if err := s.Remove(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	if _, n, err := s.Versions(t.Context(), first.ID, 1); err != nil || n != 2 {
		t.Errorf("Versions of a removed article: %d, %v; want two", n, err)
	}
	if _, _, err := s.Versions(t.Context(), "nope", 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("Versions of none: %v; want ErrNotFound", err)
	}
	for id, n := range map[string]int{"nope": 1, first.ID: 3} {
		if _, err := s.Version(t.Context(), id, n); !errors.Is(err, ErrNotFound) {
			t.Errorf("Version %d of %s: %v; want ErrNotFound", n, id, err)
		}
	}
}

// However often an article changes, the first version and the newest ones stay, under their numbers.
func TestVersionsAreBounded(t *testing.T) {
	s := testStore(t)
	id := mustAdd(t, s, blackout()).ID
	const changes = keptVersions + 7
	for i := range changes {
		retitle(t, s, id, fmt.Sprintf("Title %d", i))
	}
	list, n, err := s.Versions(t.Context(), id, 0)
	if err != nil || n != keptVersions+1 || len(list) != n {
		t.Fatalf("%d versions, %d returned, %v; want %d", n, len(list), err, keptVersions+1)
	}
	if list[0].N != changes || list[n-2].N != changes-keptVersions+1 || list[n-1].N != 1 || list[n-1].Article.Title != blackout().Title {
		t.Errorf("kept are %d to %d, and %d %q; want the newest and the first",
			list[0].N, list[n-2].N, list[n-1].N, list[n-1].Article.Title)
	}
}

func retitle(t *testing.T, s *Store, id, title string) {
	t.Helper()
	if _, _, err := s.Edit(t.Context(), id, func(a *Article) error { a.Title = title; return nil }); err != nil {
		t.Fatal(err)
	}
}
