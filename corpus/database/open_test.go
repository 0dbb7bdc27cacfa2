package database

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func mustOpen(t *testing.T, dir string, schema Schema) *sql.DB {
	t.Helper()
	db, err := Open(t.Context(), dir, "test.db", schema)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return db
}

func mustExec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	err := Update(t.Context(), db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), query, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// values returns what is in the table t.
func values(t *testing.T, db *sql.DB) (found []string) {
	t.Helper()
	err := View(t.Context(), db, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(t.Context(), "SELECT x FROM t ORDER BY rowid")
		if err != nil {
			return err
		}
		found, err = Column[string](rows)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOpen(t *testing.T) {
	for _, name := range []string{"plain", "with space", "100%?#&=", "بيانات"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "deep", name)
			db := mustOpen(t, dir, testSchema(tableStep))
			mustExec(t, db, "INSERT INTO t VALUES ('kept')")
			for name, want := range map[string]fs.FileMode{".": 0o700, "test.db": 0o600, "test.db-wal": 0o600} {
				info, err := os.Stat(filepath.Join(dir, name))
				if err != nil || info.Mode().Perm() != want {
					t.Errorf("%s: %v, %v; want mode %v", name, info, err, want)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
				t.Errorf("the folder holds %v, %v; want one file", entries, err)
			}
			if got := values(t, mustOpen(t, dir, testSchema(tableStep))); !slices.Equal(got, []string{"kept"}) {
				t.Errorf("opened again it holds %q; want what was kept", got)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "test.db")
	if err := os.WriteFile(file, []byte(strings.Repeat("This is no database. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name string
		ctx  context.Context
		dir  string
		is   error
		say  string
	}{
		{"no folder", t.Context(), "", nil, "no data folder is named"},
		{"a file in the place of the folder", t.Context(), file, nil, "choose a folder"},
		{"a text file", t.Context(), dir, ErrDamaged, "not a newsbot store"},
		{"no time", cancelled, t.TempDir(), context.Canceled, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			db, err := Open(test.ctx, test.dir, "test.db", testSchema(tableStep))
			if err == nil {
				t.Fatal("Open worked; want an error", db.Close())
			}
			if test.is != nil && !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.say) {
				t.Errorf("Open: %v; want %v with %q", err, test.is, test.say)
			}
		})
	}
}

// What a connection may do, and whether it leaves anything behind.
func TestModes(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "test.db")
	db := mustOpen(t, dir, testSchema(tableStep))
	mustExec(t, db, "INSERT INTO t VALUES ('first')")
	for _, test := range []struct {
		name   string
		mode   Mode
		closed bool // nobody else has the file open
	}{
		{"watch beside a writer", Watch, false},
		{"read beside a writer", ReadOnly, false},
		{"read alone", ReadOnly, true},
		{"immutable", Immutable, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.closed {
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
			r, err := Connect(path, 2, test.mode)
			if err != nil {
				t.Fatal(err)
			}
			if got := values(t, r); !slices.Equal(got, []string{"first"}) {
				t.Errorf("it reads %q", got)
			}
			if _, err := r.ExecContext(t.Context(), "INSERT INTO t VALUES ('second')"); err == nil {
				t.Error("a connection for reading wrote")
			}
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
			if entries, err := os.ReadDir(dir); test.closed && (err != nil || len(entries) != 1) {
				t.Errorf("the folder holds %v, %v; want one file", entries, err)
			}
		})
	}
	memory, err := Connect("", 1, Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = memory.Close() }()
	if err := testSchema(tableStep).Migrate(t.Context(), memory); err != nil {
		t.Errorf("Migrate in memory: %v", err)
	}
}

func TestConnectMakesNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing.db")
	for _, mode := range []Mode{ReadWrite, ReadOnly, Watch, Immutable} {
		db, err := Connect(path, 1, mode)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.PingContext(t.Context()); !CannotCreate(err) {
			t.Errorf("mode %d: %v; want SQLite unable to open the file", mode, err)
		}
		_ = db.Close()
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
}
