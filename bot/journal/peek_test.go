package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"newsbot/corpus/database"
)

func wantPeeked(t *testing.T, dir string, want int) {
	t.Helper()
	if n, err := PeekBacklog(t.Context(), dir); err != nil || n != want {
		t.Errorf("PeekBacklog = %d, %v, want %d", n, err, want)
	}
}

// files are the names in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Looking works beside the process that has the journal open, and without one.
func TestPeekBacklog(t *testing.T) {
	j, _ := testJournal(t)
	dir := j.dir(t)
	wantPeeked(t, dir, 0)
	mustReceive(t, j, update(1), update(2), update(3))
	wantPeeked(t, dir, 3)
	if err := j.Done(t.Context(), 2, 0); err != nil {
		t.Fatal(err)
	}
	wantPeeked(t, dir, 2)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	wantPeeked(t, dir, 2)
	if names := files(t, dir); len(names) != 1 || names[0] != FileName {
		t.Errorf("looking left %v", names)
	}
}

// Where there is no journal, looking makes none.
func TestPeekAtNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	wantPeeked(t, dir, 0)
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking has made the folder")
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantPeeked(t, dir, 0)
}

// What a process that was killed has committed counts, though it is in no more
// than the log.
func TestPeekAfterKill(t *testing.T) {
	j, _ := testJournal(t)
	mustReceive(t, j, update(1), update(2))
	for _, names := range [][]string{{FileName, FileName + "-wal"}, {FileName, FileName + "-wal", FileName + "-shm"}} {
		dir := t.TempDir()
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(j.dir(t), name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		wantPeeked(t, dir, 2)
	}
}

// A journal of an older program is read as it is.
func TestPeekAtOlder(t *testing.T) {
	j, _ := testJournal(t)
	mustReceive(t, j, update(1))
	if _, err := j.db.ExecContext(t.Context(), "DELETE FROM migration; PRAGMA user_version = 0"); err != nil {
		t.Fatal(err)
	}
	wantPeeked(t, j.dir(t), 1)
}

func TestPeekAtDamaged(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("no database, but long enough for a header of one, which has a hundred bytes and says how long a page is"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := PeekBacklog(t.Context(), dir); !errors.Is(err, database.ErrDamaged) {
		t.Errorf("PeekBacklog = %v, want %v", err, database.ErrDamaged)
	}
	j, _ := testJournal(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := PeekBacklog(ctx, j.dir(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("PeekBacklog = %v, want that it was stopped", err)
	}
}
