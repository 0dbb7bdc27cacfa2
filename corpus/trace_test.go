package corpus

import (
	"errors"
	"strings"
	"testing"
)

func TestRemoveLeavesNoTrace(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	// Many articles come and go around it, so that pages are split, merged and used again.
	for i := range 90 {
		mustAdd(t, s, sample(i, 20+23*i%900))
	}
	secret := sample(1000, 2000)
	secret.Title, secret.Source = "The quixotry of titles", "Quixotry Times"
	secret.URL = "https://news.example/quixotry"
	secret.Body += " The quixotry of it."
	a := mustAdd(t, s, secret)
	putAll(t, s, "enc")
	putAllWords(t, s, "enc")
	for i := range 90 {
		if i%3 == 0 {
			removeURL(t, s, sample(i, 0).URL)
		}
	}
	changed := secret
	changed.Body = strings.Repeat("An earlier quixotry was corrected. ", 100)
	mustAdd(t, s, changed)
	if !folderHolds(t, s, "quixotry") {
		t.Fatal("the word is not found before the removal: the search cannot be right")
	}
	if err := s.Purge(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	if folderHolds(t, s, "quixotry") {
		t.Error("the word is still in the files after Remove")
	}
	checkIntegrity(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if folderHolds(t, s, "quixotry") {
		t.Error("the word is in the files after Close")
	}
	s2 := openStore(t, Config{Dir: s.dir})
	if st := mustStats(t, s2); st.Articles != 60 {
		t.Errorf("%d articles left; want 60", st.Articles)
	}
}

// What a correction replaces stays as a version, and goes with the article.
func TestPurgeOfVersionsLeavesNoTrace(t *testing.T) {
	s := testStore(t)
	a := sample(1, 100)
	a.Body = "A word like quixotry. " + a.Body
	id := mustAdd(t, s, a).ID
	a.Body = "A word like sesquipedalian. " + sample(2, 100).Body
	mustAdd(t, s, a)
	if _, _, err := s.Edit(t.Context(), id, func(a *Article) error { a.Body = sample(3, 100).Body; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"quixotry", "sesquipedalian"} {
		if !folderHolds(t, s, word) {
			t.Errorf("%s is in no version", word)
		}
	}
	if err := s.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"quixotry", "sesquipedalian"} {
		if folderHolds(t, s, word) {
			t.Errorf("%s is still in the files after Purge", word)
		}
	}
}

// A reader that stands in the way of a clean log delays the cleaning; it does not prevent it.
func TestRemoveDuringARead(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	secret := sample(1, 100)
	secret.Body = "A word like quixotry. " + secret.Body
	a := mustAdd(t, s, secret)
	mustAdd(t, s, sample(2, 100))
	err := s.Each(ctx, func(Article, []Passage) error {
		if err := s.Purge(ctx, a.ID); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !s.residue.Load() {
		t.Fatal("the log was emptied under a reader: the test tests nothing")
	}
	mustAdd(t, s, sample(3, 100))
	if s.residue.Load() || folderHolds(t, s, "quixotry") {
		t.Error("the next write did not empty the log")
	}
}

// A process that purges beside a reader may end before the log can be emptied: whoever has the store still, or opens it
// next, empties it.
func TestPurgeBesideAReaderOfAnotherProcess(t *testing.T) {
	for name, tidy := range map[string]func(*testing.T, *Store){
		"who has it open": func(t *testing.T, s *Store) { s.Tidy(t.Context()) },
		"who opens it":    func(t *testing.T, s *Store) { openStore(t, Config{Dir: s.dir}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := testStore(t)
			secret := sample(1, 100)
			secret.Body = "A word like quixotry. " + secret.Body
			a := mustAdd(t, s, secret)
			mustAdd(t, s, sample(2, 100))
			other, err := Open(t.Context(), Config{Dir: s.dir})
			do(t)(err)
			do(t)(s.Each(t.Context(), func(got Article, _ []Passage) error {
				if got.ID != a.ID {
					return nil
				}
				if err := other.Purge(t.Context(), a.ID); err != nil {
					return err
				}
				return other.Close()
			}))
			if !folderHolds(t, s, "quixotry") {
				t.Fatal("the log was emptied under a reader: the test tests nothing")
			}
			tidy(t, s)
			if folderHolds(t, s, "quixotry") {
				t.Error("the log still holds what was purged")
			}
		})
	}
	readOnly := openStore(t, Config{Dir: testStore(t).dir, ReadOnly: true})
	readOnly.Tidy(t.Context()) // has nothing to write with
}
