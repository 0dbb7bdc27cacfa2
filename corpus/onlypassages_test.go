package corpus

import (
	"database/sql"
	"slices"
	"testing"
)

// twoTexts is an article of a passage and two sentences.
func twoTexts(n string) Article {
	return Article{URL: "https://news.example/" + n, Body: "The harbour opened " + n + ". The bridge closed " + n + "."}
}

func mustOnlyPassages(t *testing.T, s *Store, encoder string) {
	t.Helper()
	if err := s.OnlyPassages(t.Context(), encoder); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyPassages(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, twoTexts("one"))
	mustOnlyPassages(t, s, "quick")
	mustAdd(t, s, twoTexts("two"))
	checkBacklog(t, s, "quick", 2, 2)
	checkBacklog(t, s, "strong", 2, 6)
	all := mustPending(t, s, "strong", 0)
	if list := mustPending(t, s, "quick", 0); len(list) != 2 || !list[0].Passage || !list[1].Passage {
		t.Errorf("Pending = %q; want the two passages", texts1(list))
	}
	if err := s.PutVectors(t.Context(), "quick", vectorsFor(all)); err != nil {
		t.Fatal(err)
	}
	if got := vectorsOf(t, s, "quick"); len(got) != 2 || got[0].Hash[0] != ofPassages || got[1].Hash[0] != ofPassages {
		t.Errorf("%d vectors are stored; want those of the two passages", len(got))
	}
	checkBacklog(t, s, "quick", 0, 0)
	checkIntegrity(t, s)
	seq := mustSeq(t, s)
	mustOnlyPassages(t, s, "quick") // changes nothing
	if got := mustSeq(t, s); got != seq {
		t.Errorf("the log went from %d to %d", seq, got)
	}
	if err := s.OnlyPassages(t.Context(), WordsOf("quick")); err == nil {
		t.Error("words were taken for an encoder")
	}
}

// Of a store of before, articles whose sentences alone lack vectors are complete, and vectors of sentences go.
func TestOnlyPassagesLater(t *testing.T) {
	s := testStore(t)
	s.chunk = 1
	old := mustAdd(t, s, twoTexts("one"))
	half := mustAdd(t, s, twoTexts("two"))
	mustAdd(t, s, twoTexts("three"))
	list := mustPending(t, s, "quick", 0)
	ready := slices.DeleteFunc(slices.Clone(list), func(x Text) bool {
		return x.ArticleID != old.ID && (x.ArticleID != half.ID || !x.Passage)
	})
	if err := s.PutVectors(t.Context(), "quick", vectorsFor(ready)); err != nil {
		t.Fatal(err)
	}
	checkBacklog(t, s, "quick", 2, 5)
	if err := s.DropSentences(t.Context(), "quick"); err != nil { // they are still wanted
		t.Fatal(err)
	}
	checkBacklog(t, s, "quick", 2, 5)
	seq := mustSeq(t, s)
	mustOnlyPassages(t, s, "quick")
	checkBacklog(t, s, "quick", 1, 1)
	changes, err := s.Changes(t.Context(), seq)
	if err != nil || len(changes) != 1 || changes[0].ArticleID != half.ID || changes[0].Encoder != "quick" {
		t.Errorf("Changes = %v, %v; want that %s is complete", changes, err, half.ID)
	}
	checkIntegrity(t, s)
	dropOnce(t, s, "quick") // sentences, as their hashes come first
	checkBacklog(t, s, "quick", 1, 1)
	checkIntegrity(t, s)
	if err := s.DropSentences(t.Context(), "quick"); err != nil {
		t.Fatal(err)
	}
	if got := vectorsOf(t, s, "quick"); len(got) != 2 {
		t.Errorf("%d vectors are left; want those of two passages", len(got))
	}
	checkBacklog(t, s, "quick", 1, 1)
	checkIntegrity(t, s)
	if err := s.DropVectors(t.Context(), "quick"); err != nil {
		t.Fatal(err)
	}
	checkBacklog(t, s, "quick", 3, 9)
}

// dropOnce is a DropVectors that is killed after its first step.
func dropOnce(t *testing.T, s *Store, encoder string) {
	t.Helper()
	err := s.write(t.Context(), func(tx *sql.Tx) error {
		_, err := s.dropSome(t.Context(), tx, encoder)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
