package corpus

import (
	"database/sql"
	"slices"
	"testing"
)

func TestDropWords(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	s.chunk = 40 // two articles in a step
	if err := s.AddAll(ctx, slices.Values(samples(9, 100)), nil); err != nil {
		t.Fatal(err)
	}
	for _, encoder := range []string{"old", "new"} {
		putAll(t, s, encoder)
		putAllWords(t, s, encoder)
	}
	kept := len(allWords(t, s, "new"))
	last := allWords(t, s, "old")
	err := s.write(ctx, func(tx *sql.Tx) error { // a drop that is interrupted
		left, err := s.dropSomeWords(ctx, tx, "old")
		if !left {
			t.Error("one step has dropped all words; want more of them")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	checkBacklog(t, s, WordsOf("old"), 2, 0)
	checkIntegrity(t, s)
	for range 2 { // the second time it is unknown
		if err := s.DropVectors(ctx, "old"); err != nil {
			t.Fatal(err)
		}
		checkIntegrity(t, s)
	}
	var encoders int
	if err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM encoder").Scan(&encoders); err != nil || encoders != 2 {
		t.Errorf("%d rows of encoders, %v; want new and its words", encoders, err)
	}
	if left := allWords(t, s, "old"); len(left) != 0 || len(allWords(t, s, "new")) != kept {
		t.Errorf("%d words left; want none, and all %d of the other encoder", len(left), kept)
	}
	checkBacklog(t, s, WordsOf("old"), 9, 0)
	checkBacklog(t, s, WordsOf("new"), 0, 0)
	putAllWords(t, s, "old")
	again := allWords(t, s, "old")
	if len(again) != len(last) || again[0].Key <= last[len(last)-1].Key {
		t.Errorf("%d words, the first with key %d, after %d words", len(again), again[0].Key, len(last))
	}
}
