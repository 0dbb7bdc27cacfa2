package database

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

func TestUpdate(t *testing.T) {
	db := mustOpen(t, t.TempDir(), testSchema(tableStep))
	stop := errors.New("stop")
	err := Update(t.Context(), db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO t VALUES ('undone')")
		return errors.Join(err, stop)
	})
	if !errors.Is(err, stop) {
		t.Errorf("Update: %v; want the error of the function", err)
	}
	mustExec(t, db, "INSERT INTO t VALUES ('kept')")
	ctx, cancel := context.WithCancel(t.Context())
	err = Update(ctx, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO t VALUES ('cancelled')")
		cancel()
		for !errors.Is(tx.QueryRowContext(t.Context(), "SELECT 1").Err(), sql.ErrTxDone) {
			runtime.Gosched() // until the transaction is undone
		}
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Update: %v; want context.Canceled", err)
	}
	err = View(t.Context(), db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO t VALUES ('viewed')")
		return err
	})
	if err != nil {
		t.Errorf("View: %v", err)
	}
	if got := values(t, db); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("the table holds %q; want what was committed alone", got)
	}
}

func TestExplain(t *testing.T) {
	dir := t.TempDir()
	db := mustOpen(t, dir, testSchema(tableStep))
	other, err := Connect(filepath.Join(dir, "test.db"), 1, ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	if _, err := other.ExecContext(t.Context(), "PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	err = Update(t.Context(), db, func(*sql.Tx) error {
		if err := Update(t.Context(), other, func(*sql.Tx) error { return nil }); !errors.Is(err, ErrBusy) {
			t.Errorf("a second writer: %v; want ErrBusy", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	err = Update(t.Context(), db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO t VALUES (zeroblob(100000))")
		return err
	})
	if !errors.Is(err, ErrFull) {
		t.Errorf("writing without room: %v; want ErrFull", err)
	}
	if err := Explain(nil); err != nil {
		t.Errorf("Explain(nil) = %v", err)
	}
	if err := Explain(errors.New("own")); err.Error() != "own" {
		t.Errorf("Explain of what is not SQLite's = %v", err)
	}
}

func TestTruncateLog(t *testing.T) {
	dir := t.TempDir()
	db := mustOpen(t, dir, testSchema(tableStep))
	mustExec(t, db, "INSERT INTO t VALUES ('a word like quixotry')")
	mustExec(t, db, "DELETE FROM t")
	if !holds(t, dir, "quixotry") {
		t.Fatal("the word is not found before: the search cannot be right")
	}
	// A reader in the middle of its work stands in the way.
	r, err := Connect(filepath.Join(dir, "test.db"), 1, ReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	err = View(t.Context(), r, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM t").Scan(&n); err != nil {
			return err
		}
		mustExec(t, db, "INSERT INTO t VALUES ('more')")
		if err := TruncateLog(t.Context(), db); err == nil {
			t.Error("TruncateLog worked under a reader")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := TruncateLog(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if holds(t, dir, "quixotry") {
		t.Error("the word is still in the files")
	}
	var patient int64
	if err := db.QueryRowContext(t.Context(), "PRAGMA busy_timeout").Scan(&patient); err != nil || patient != patience.Milliseconds() {
		t.Errorf("the connection waits %d ms, %v; want %v", patient, err, patience)
	}
}

// holds searches every file of a folder.
func holds(t *testing.T, dir, word string) bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte(word))
	})
}

// Several open a new folder at once; all wait for one another.
func TestOpenAtOnce(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	errs := make(chan error)
	for range 8 {
		go func() {
			db, err := Open(ctx, dir, "test.db", testSchema(tableStep))
			if err == nil {
				_, err = db.ExecContext(ctx, "INSERT INTO t VALUES ('x')")
				err = errors.Join(err, db.Close())
			}
			errs <- err
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if got := values(t, mustOpen(t, dir, testSchema(tableStep))); len(got) != 8 {
		t.Errorf("%d values; want 8", len(got))
	}
}
