package corpus

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

// Words stay with an article whose text stays.
func TestEditKeepsWords(t *testing.T) {
	s := openStore(t, Config{Dir: t.TempDir()})
	a := mustAdd(t, s, Article{Source: "Test", Language: text.English, Body: "The harbour opened."})
	if err := s.PutWords(t.Context(), "enc", []ArticleWords{articleWords(a, "harbour")}, words(text.English, "harbour")); err != nil {
		t.Fatal(err)
	}
	before, err := s.WordKeys(t.Context(), "enc")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		change  func(*Article)
		backlog int
	}{
		{func(a *Article) { a.Title = "Another title" }, 0},
		{func(a *Article) { a.Body += " And closed." }, 1},
	} {
		if _, _, err := s.Edit(t.Context(), a.ID, func(a *Article) error { step.change(a); return nil }); err != nil {
			t.Fatal(err)
		}
		n, _, err := s.Backlog(t.Context(), WordsOf("enc"))
		if err != nil || n != step.backlog {
			t.Errorf("backlog = %d, %v; want %d", n, err, step.backlog)
		}
		keys, err := s.WordKeys(t.Context(), "enc")
		if err != nil || slices.Equal(keys, before) != (step.backlog == 0) {
			t.Errorf("keys = %v, %v; before %v", keys, err, before)
		}
		checkIntegrity(t, s)
	}
}

func TestUnused(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
	a := mustAdd(t, s, Article{Source: "Test", Language: text.English, Body: "The harbour opened."})
	put := func(name string) {
		t.Helper()
		if err := s.PutVectors(t.Context(), name, nil); err != nil {
			t.Fatal(err)
		}
	}
	put("old")
	put("both")
	put("used again")
	now = now.AddDate(0, 0, 2)
	put("used again")
	err := s.PutWords(t.Context(), "both", []ArticleWords{articleWords(a, "harbour")}, words(text.English, "harbour"))
	if err != nil {
		t.Fatal(err)
	}
	for days, want := range []string{"", "old", "old", "both,old,used again"} {
		got, err := s.Unused(t.Context(), now.AddDate(0, 0, days-2))
		if err != nil || strings.Join(got, ",") != want {
			t.Errorf("unused since the day %d: %q, %v; want %q", days, got, err, want)
		}
	}
}
