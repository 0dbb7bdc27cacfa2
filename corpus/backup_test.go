package corpus

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// copyOf backs a store up into a new folder.
func copyOf(t *testing.T, s *Store) (string, Copied) {
	t.Helper()
	dir := t.TempDir()
	c, err := s.Backup(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, c
}

// idsOf lists what a store has, hidden or not, in order.
func idsOf(t *testing.T, s *Store) []string {
	t.Helper()
	ids, err := s.ids(t.Context(), "SELECT id FROM article ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func sortedIDs(list ...Article) (ids []string) {
	for _, a := range list {
		ids = append(ids, a.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestBackupAndReplace(t *testing.T) {
	ctx := t.Context()
	s := testStore(t)
	kept, removed, withdrawn, later := mustAdd(t, s, sample(1, 300)), mustAdd(t, s, sample(2, 300)), mustAdd(t, s, sample(3, 300)), mustAdd(t, s, sample(4, 300))
	if err := errors.Join(s.Remove(ctx, removed.ID), s.Withdraw(ctx, withdrawn.ID)); err != nil {
		t.Fatal(err)
	}
	dir, c := copyOf(t, s)
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil || info.Mode().Perm() != 0o600 || c.Articles != 3 || c.Schema < 5 {
		t.Errorf("the copy: %+v, %v, %v", c, info, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want one file", entries, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	for a, want := range map[string]bool{"district 1 said": true, "district 2 said": false, "district 3 said": true} {
		if bytes.Contains(data, []byte(a)) != want {
			t.Errorf("the copy holds %q: %v; want %v", a, !want, want)
		}
	}

	// In the store goes on what the copy does not know.
	mustAdd(t, s, sample(5, 300))
	if err := s.Purge(ctx, later.ID); err != nil {
		t.Fatal(err)
	}
	c, away, err := s.Replace(ctx, dir)
	if err != nil || c.Articles != 2 || away != 1 {
		t.Errorf("Replace: %+v, %d away, %v; want 2 articles and 1 away", c, away, err)
	}
	if diff := cmp.Diff(sortedIDs(kept, withdrawn), idsOf(t, s)); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	a, err := s.Article(ctx, kept.ID)
	if err != nil || a.Body != kept.Body {
		t.Errorf("the article that was kept: %+v, %v", a, err)
	}
	if _, err := s.Article(ctx, withdrawn.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("what was withdrawn is shown: %v", err)
	}
	for _, n := range []int{2, 4} {
		if _, status, err := s.Add(ctx, sample(n, 300)); err != nil || status != RemovedBefore {
			t.Errorf("what was removed comes back: %v, %v", status, err)
		}
	}
	if _, status, err := s.Add(ctx, sample(5, 300)); err != nil || status != Added {
		t.Errorf("what was added later: %v, %v", status, err)
	}
	checkIntegrity(t, s)
}

// A new folder becomes what the old one was, with what has been encoded.
func TestReplaceInNewFolder(t *testing.T) {
	ctx := t.Context()
	s := testStore(t)
	a := mustAdd(t, s, sample(1, 300))
	dir, _ := copyOf(t, s)
	fresh := testStore(t)
	c, away, err := fresh.Replace(ctx, dir)
	if err != nil || c.Articles != 1 || away != 0 {
		t.Fatalf("Replace: %+v, %d, %v", c, away, err)
	}
	got, passages, err := fresh.Full(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, want, err := s.Full(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, passages); diff != "" || got.Body != a.Body {
		t.Error(diff)
	}
	before, err := s.Seq(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := fresh.Seq(ctx); err != nil || after != before {
		t.Errorf("the change log is at %d, %v; want %d", after, err, before)
	}
	checkIntegrity(t, fresh)
}

// A copy that is none, or damaged, leaves the store alone.
func TestReplaceRefuses(t *testing.T) {
	ctx := t.Context()
	s := testStore(t)
	a := mustAdd(t, s, sample(1, 2000))
	for name, test := range map[string]struct {
		spoil func(path string) error
		is    error
	}{
		"a text":    {func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("no store "), 1000), 0o600) }, ErrDamaged},
		"cut off":   {func(path string) error { return os.Truncate(path, 40_000) }, ErrDamaged},
		"a hole":    {hole, ErrDamaged},
		"a newer":   {newer, ErrNewer},
		"not there": {os.Remove, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := copyOf(t, s)
			if err := test.spoil(filepath.Join(dir, FileName)); err != nil {
				t.Fatal(err)
			}
			if _, _, err := s.Replace(ctx, dir); err == nil || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("Replace: %v; want %v", err, test.is)
			}
			if got, err := s.Article(ctx, a.ID); err != nil || got.Body != a.Body {
				t.Errorf("the store has changed: %v", err)
			}
		})
	}
	checkIntegrity(t, s)
}

// hole overwrites a part in the middle of a file.
func hole(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	middle := data[len(data)/4 : len(data)*3/4]
	clear(middle)
	return os.WriteFile(path, data, 0o600)
}

// newer makes a store one of a program to come.
func newer(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte{0, 0, 3, 0}, 60) // user_version
	return errors.Join(err, f.Close())
}
