package database

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const (
	testID    = 0x74657374
	tableStep = "CREATE TABLE migration (name TEXT PRIMARY KEY, applied INTEGER NOT NULL) STRICT; CREATE TABLE t (x)"
)

// testSchema has as many of the scripts as steps.
func testSchema(scripts ...string) Schema {
	steps := fstest.MapFS{}
	for i, script := range scripts {
		steps[fmt.Sprintf("%04d_step.sql", i+1)] = &fstest.MapFile{Data: []byte(script)}
	}
	return Schema{AppID: testID, Steps: steps}
}

func TestMigrate(t *testing.T) {
	ctx := t.Context()
	one := testSchema(tableStep)
	db := mustOpen(t, t.TempDir(), one)
	for range 2 { // there is nothing to do
		if err := one.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	broken := testSchema(tableStep, "CREATE TABLE more (x); INSERT INTO nowhere VALUES (1)")
	if err := broken.Migrate(ctx, db); err == nil || !strings.Contains(err.Error(), "migration 0002_step.sql") {
		t.Errorf("Migrate: %v; want an error naming the step", err)
	}
	checkMigrated(t, db, "1 1 0")
	if err := one.Check(ctx, db); err != nil {
		t.Errorf("Check after a step that was undone: %v", err)
	}
	two := testSchema(tableStep, "CREATE TABLE more (x); INSERT INTO more VALUES (1)")
	if err := two.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	checkMigrated(t, db, "2 2 1")
	if err := one.Check(ctx, db); !errors.Is(err, ErrNewer) {
		t.Errorf("Check with fewer steps: %v; want ErrNewer", err)
	}
	three := testSchema(tableStep, "", "SELECT 1")
	if err := three.Check(ctx, db); !errors.Is(err, ErrOlder) || !strings.Contains(err.Error(), "older newsbot (schema 2, this program needs 3)") {
		t.Errorf("Check with more steps: %v; want ErrOlder", err)
	}
}

// checkMigrated compares the number of the schema, how many names are recorded, and whether the second step's table is
// there.
func checkMigrated(t *testing.T, db *sql.DB, want string) {
	t.Helper()
	var got string
	err := db.QueryRowContext(t.Context(), `SELECT user_version || ' ' || (SELECT count(*) FROM migration) || ' ' ||
		(SELECT count(*) FROM sqlite_schema WHERE name = 'more') FROM pragma_user_version`).Scan(&got)
	if err != nil || got != want {
		t.Errorf("version, names, table = %q, %v; want %q", got, err, want)
	}
}

func TestSchemaRefuses(t *testing.T) {
	for _, test := range []struct {
		name  string
		alter string
		is    error
	}{
		{"another program's file", "PRAGMA application_id = 77", ErrDamaged},
		{"a number below zero", "PRAGMA user_version = -1", ErrDamaged},
		{"a newer program's file", "PRAGMA user_version = 2", ErrNewer},
		{"other steps", "UPDATE migration SET name = '0001_other.sql'", ErrDamaged},
		{"steps forgotten", "DELETE FROM migration", ErrDamaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			schema := testSchema(tableStep)
			dir := t.TempDir()
			db := mustOpen(t, dir, schema)
			if _, err := db.ExecContext(t.Context(), test.alter); err != nil {
				t.Fatal(err)
			}
			if err := schema.Check(t.Context(), db); !errors.Is(err, test.is) {
				t.Errorf("Check: %v; want %v", err, test.is)
			}
			if again, err := Open(t.Context(), dir, "test.db", schema); !errors.Is(err, test.is) {
				t.Errorf("Open: %v, %v; want %v", again, err, test.is)
			}
		})
	}
}

// What a file was is kept before it is upgraded, and not when that fails.
func TestKeep(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "test.db.schema-1")
	one := testSchema(tableStep)
	mustExec(t, mustOpen(t, dir, one), "INSERT INTO t VALUES ('old')") // and it stays open
	for _, test := range []struct {
		name    string
		scripts []string
		keep    bool
		want    string // the names of what is kept
	}{
		{"nothing to do", []string{tableStep}, true, ""},
		{"a step that fails", []string{tableStep, "CREATE TABLE more (x)", "INSERT INTO nowhere VALUES (1)"}, true, ""},
		{"an upgrade", []string{tableStep, "CREATE TABLE more (x)", "INSERT INTO more VALUES (1); DELETE FROM t"}, true, kept},
		{"done", []string{tableStep, "CREATE TABLE more (x)", "INSERT INTO more VALUES (1); DELETE FROM t"}, true, kept},
		{"an upgrade of what is not kept", []string{tableStep, "", "", "CREATE TABLE most (x)"}, false, kept},
	} {
		schema := testSchema(test.scripts...)
		schema.Keep = test.keep
		db, err := Open(t.Context(), dir, "test.db", schema)
		if err == nil {
			err = db.Close()
		}
		if failing := strings.Contains(test.name, "fails"); (err != nil) != failing {
			t.Errorf("%s: %v", test.name, err)
		}
		found, err := filepath.Glob(filepath.Join(dir, "test.db.*"))
		if err != nil || strings.Join(found, " ") != test.want {
			t.Errorf("%s: kept %q, %v; want %q", test.name, found, err, test.want)
		}
	}
	db, err := Connect(kept, 1, Immutable)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read from
	if err := one.Equal(t.Context(), db); err != nil {
		t.Errorf("what is kept: %v", err)
	}
	if got := values(t, db); !slices.Equal(got, []string{"old"}) {
		t.Errorf("kept %q; want what was there", got)
	}
}

// What comes before a step that fails is undone, too.
func TestMigrateAllOrNothing(t *testing.T) {
	one := testSchema(tableStep)
	db := mustOpen(t, t.TempDir(), one)
	if err := testSchema(tableStep, "CREATE TABLE more (x)", "INSERT INTO nowhere VALUES (1)").Migrate(t.Context(), db); err == nil {
		t.Error("a broken step works")
	}
	checkMigrated(t, db, "1 1 0")
}
