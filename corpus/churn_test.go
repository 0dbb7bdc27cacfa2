package corpus

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// churnForever adds, encodes, replaces and removes articles until it is killed. It prints "change" and an ID before an
// article is replaced or removed, and "added", "words", "vectors" or "removed" when that is stored.
func churnForever(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		n := os.Getpid()*1000 + i
		a, _, err := s.Add(ctx, sample(n, 60))
		if err != nil {
			return err
		}
		fmt.Println("added", a.ID)
		if err := encodeAloud(ctx, s); err != nil {
			return err
		}
		fmt.Println("change", a.ID)
		switch i % 3 {
		case 0:
			if _, _, err := s.Add(ctx, sample(n, 90)); err != nil {
				return err
			}
			fmt.Println("added", a.ID)
		case 1:
			if err := s.Purge(ctx, a.ID); err != nil {
				return err
			}
			fmt.Println("removed", a.ID)
		}
	}
}

// encodeAloud stores the words of a few articles and the vectors of some others.
func encodeAloud(ctx context.Context, s *Store) error {
	list, err := putWordsOf(ctx, s, "enc", 2)
	if err != nil {
		return err
	}
	for _, a := range list {
		fmt.Println("words", a.ArticleID)
	}
	pending, err := s.Pending(ctx, "enc", 1)
	if err != nil {
		return err
	}
	if err := s.PutVectors(ctx, "enc", vectorsFor(pending)); err != nil {
		return err
	}
	for _, t := range pending[:min(len(pending), 1)] {
		fmt.Println("vectors", t.ArticleID)
	}
	return nil
}

// TestKillWhileEncoding kills a process at any point of its work: what it has reported is stored, and all counts are right.
func TestKillWhileEncoding(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0)) // any point in time will do
	facts := map[string]map[string]bool{}
	for range 5 {
		for _, line := range killAfter(t, child(t, "churn", dir), 1+r.IntN(40)) {
			fact, id, _ := strings.Cut(line, " ")
			if facts[id] == nil || fact == "change" {
				facts[id] = map[string]bool{}
			}
			facts[id][fact] = true
		}
		s := openStore(t, Config{Dir: dir})
		checkIntegrity(t, s)
		checkFacts(t, s, facts)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func checkFacts(t *testing.T, s *Store, facts map[string]map[string]bool) {
	t.Helper()
	wordless, err := s.PendingWords(t.Context(), "enc", 1000)
	if err != nil {
		t.Fatal(err)
	}
	pending := mustPending(t, s, "enc", 1000)
	for id, is := range facts {
		_, err := s.Article(t.Context(), id)
		if is["added"] && err != nil {
			t.Errorf("article %s was added: %v", id, err)
		}
		if is["removed"] && !errors.Is(err, ErrNotFound) {
			t.Errorf("article %s was removed: %v", id, err)
		}
		if is["words"] && slices.ContainsFunc(wordless, func(w WordSource) bool { return w.ArticleID == id }) {
			t.Errorf("article %s was given its words and has none", id)
		}
		if is["vectors"] && slices.ContainsFunc(pending, func(p Text) bool { return p.ArticleID == id }) {
			t.Errorf("article %s was given its vectors and lacks one", id)
		}
	}
}
