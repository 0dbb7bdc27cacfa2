package corpus

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The folders of replaceForever: a store, and two copies that take turns in it.
const replacedStore = "store"

var replacements = []string{"one", "two"}

// replaceForever replaces a store until it is killed, and prints a line each time.
func replaceForever(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: filepath.Join(dir, replacedStore), Alone: true})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		if _, err := s.Replace(ctx, filepath.Join(dir, replacements[i%2])); err != nil {
			return err
		}
		fmt.Println("replaced")
	}
}

// A store that is killed while it is replaced is what it was or what it is to be.
func TestReplaceKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	dir := t.TempDir()
	var want [][]string
	for i, name := range replacements {
		s := testStore(t)
		for n := range 5 + 35*i {
			mustAdd(t, s, sample(100*i+n, 300))
		}
		if _, err := s.Backup(t.Context(), mkdir(t, dir, name)); err != nil {
			t.Fatal(err)
		}
		want = append(want, idsOf(t, s))
	}
	seed := uint64(time.Now().UnixNano()) // any point in time will do
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for round := range 6 {
		killAfter(t, child(t, "replace", dir), 1+r.IntN(6))
		s := openStore(t, Config{Dir: filepath.Join(dir, replacedStore)})
		checkIntegrity(t, s)
		got := idsOf(t, s)
		if !slices.ContainsFunc(want, func(ids []string) bool { return slices.Equal(ids, got) }) {
			t.Errorf("round %d: the store holds %d articles: neither the old nor the new ones", round, len(got))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A copy is of one moment, though another process writes, and holds all that had been stored before.
func TestBackupBesideAWriter(t *testing.T) {
	dir := t.TempDir()
	cmd := child(t, "add", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var stored []string
	for range 3 {
		for range 10 {
			if !lines.Scan() {
				t.Fatal("the other process has ended")
			}
			stored = append(stored, lines.Text())
		}
		s := openStore(t, Config{Dir: dir, ReadOnly: true})
		copied, c := copyOf(t, s)
		held := openStore(t, Config{Dir: copied})
		checkIntegrity(t, held)
		ids := idsOf(t, held)
		if len(ids) != c.Articles {
			t.Errorf("the copy holds %d articles; %d are said", len(ids), c.Articles)
		}
		for _, id := range stored {
			if !slices.Contains(ids, id) {
				t.Errorf("article %s had been stored, and is not in the copy", id)
			}
		}
	}
	_ = cmd.Process.Kill()
	for lines.Scan() { // the rest
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the process ended by itself")
	}
}

func mkdir(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}
