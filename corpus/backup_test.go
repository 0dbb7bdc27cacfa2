package corpus

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/database"
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
	s := openStore(t, Config{Dir: t.TempDir(), Alone: true})
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
	r, err := s.Replace(ctx, dir)
	if err != nil || r.Articles != 2 || r.Erased != 1 || r.Hidden != 0 {
		t.Errorf("Replace: %+v, %v; want 2 articles, and 1 erased", r, err)
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
	fresh := openStore(t, Config{Dir: t.TempDir(), Alone: true})
	r, err := fresh.Replace(ctx, dir)
	if err != nil || r.Articles != 1 || r.Erased+r.Hidden != 0 {
		t.Fatalf("Replace: %+v, %v", r, err)
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
	if after, err := fresh.Seq(ctx); err != nil || after != before+1 {
		t.Errorf("the change log is at %d, %v; want %d", after, err, before+1)
	}
	checkIntegrity(t, fresh)
}

// A copy that is none, or damaged, leaves the store alone.
func TestReplaceRefuses(t *testing.T) {
	ctx := t.Context()
	s := openStore(t, Config{Dir: t.TempDir(), Alone: true})
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
		"empty":     {func(path string) error { return os.Truncate(path, 0) }, ErrDamaged},
		"a trigger": {hostile("CREATE TRIGGER evil AFTER UPDATE ON article BEGIN DELETE FROM tombstone; END"), ErrDamaged},
		"a view":    {hostile("CREATE VIEW evil AS SELECT * FROM tombstone"), ErrDamaged},
		"no index":  {hostile("DROP INDEX article_removed"), ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := copyOf(t, s)
			if err := test.spoil(filepath.Join(dir, FileName)); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Replace(ctx, dir); err == nil || test.is != nil && !errors.Is(err, test.is) {
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

// hostile changes a store as no program does.
func hostile(statement string) func(path string) error {
	return func(path string) error {
		db, err := database.Connect(path, 1, database.ReadWrite)
		if err != nil {
			return err
		}
		_, err = db.Exec(statement)
		return errors.Join(err, db.Close())
	}
}

// What was decided in a store since the copy holds: what was removed can be restored, and the audit goes on.
func TestReplaceFollowsDecisions(t *testing.T) {
	ctx := WithActor(t.Context(), "cli:alice")
	s := openStore(t, Config{Dir: t.TempDir(), Alone: true})
	removed, purged := mustAdd(t, s, sample(1, 300)), mustAdd(t, s, sample(2, 300))
	dir, _ := copyOf(t, s)
	if err := errors.Join(s.Remove(ctx, removed.ID), s.Purge(ctx, purged.ID)); err != nil {
		t.Fatal(err)
	}
	want, err := s.Lookup(ctx, removed.ID)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := s.Replace(ctx, dir); err != nil || r.Hidden != 1 || r.Erased != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	got, err := s.Lookup(ctx, removed.ID)
	if err != nil || !got.Removed.Equal(want.Removed) {
		t.Errorf("removed %v, %v; want %v", got.Removed, err, want.Removed)
	}
	if _, status, err := s.Add(ctx, sample(1, 300)); err != nil || status != RemovedBefore {
		t.Errorf("what was removed comes back: %v, %v", status, err)
	}
	if err := s.Restore(ctx, removed.ID); err != nil {
		t.Error(err)
	}
	if _, err := s.Article(ctx, removed.ID); err != nil {
		t.Error(err)
	}
	entries, err := s.Audit(ctx, AuditOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range slices.Backward(entries) {
		lines = append(lines, e.Actor+" "+e.Action+" "+e.Article+e.Detail)
	}
	if diff := cmp.Diff([]string{
		"unknown add " + removed.ID, "unknown add " + purged.ID, "cli:alice remove " + removed.ID, "cli:alice purge " + purged.ID,
		"newsbot purge " + purged.ID, "cli:alice restore backup articles: 1", "cli:alice restore " + removed.ID,
	}, lines); diff != "" {
		t.Errorf("the audit (-want +got):\n%s", diff)
	}
	checkIntegrity(t, s)
}

// Who reads the store is told to read everything again, whichever log is longer.
func TestReplaceIsNoticed(t *testing.T) {
	ctx := t.Context()
	for name, more := range map[string]int{"the copy's": 5, "the store's": 1} {
		long := testStore(t)
		for n := range more {
			mustAdd(t, long, sample(n, 300))
		}
		dir, _ := copyOf(t, long)
		s := openStore(t, Config{Dir: t.TempDir(), Alone: true})
		for n := range 3 {
			mustAdd(t, s, sample(10+n, 300))
		}
		reader := openStore(t, Config{Dir: s.dir, ReadOnly: true})
		seq, err := reader.Seq(ctx)
		if err != nil {
			t.Fatal(err)
		}
		version, err := reader.DataVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Replace(ctx, dir); err != nil {
			t.Fatal(err)
		}
		if v, err := reader.DataVersion(ctx); err != nil || v == version {
			t.Errorf("%s: the data version is %d as before, %v", name, v, err)
		}
		if c, err := reader.Changes(ctx, seq); !errors.Is(err, ErrTooOld) {
			t.Errorf("%s: the changes are %v, %v; want ErrTooOld", name, c, err)
		}
		if got := idsOf(t, reader); len(got) != more {
			t.Errorf("%s: the reader sees %d articles; want %d", name, len(got), more)
		}
	}
}

// One who has the store alone keeps writers away, and they keep it away; readers come and go.
func TestAlone(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	writers := []*Store{openStore(t, Config{Dir: dir}), openStore(t, Config{Dir: dir})}
	if _, err := Open(ctx, Config{Dir: dir, Alone: true}); !errors.Is(err, ErrLocked) {
		t.Errorf("alone beside writers: %v", err)
	}
	for _, s := range writers {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	alone := openStore(t, Config{Dir: dir, Alone: true})
	mustAdd(t, alone, sample(1, 300))
	if got := idsOf(t, openStore(t, Config{Dir: dir, ReadOnly: true})); len(got) != 1 {
		t.Errorf("a reader sees %d articles", len(got))
	}
	ended, cancel := context.WithTimeout(ctx, 3*lockPoll)
	defer cancel()
	if _, err := Open(ended, Config{Dir: dir}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a writer beside one who is alone: %v", err)
	}
	opened := make(chan error)
	go func() {
		s, err := Open(ctx, Config{Dir: dir})
		if err == nil {
			err = s.Close()
		}
		opened <- err
	}()
	if err := alone.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Errorf("a writer that waited: %v", err)
	}
	if _, err := testStore(t).Replace(ctx, dir); err == nil {
		t.Error("a store that was not opened alone was replaced")
	}
}
