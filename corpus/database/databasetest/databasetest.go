// Package databasetest has files of earlier versions of the program for tests, and looks into them. Begin with [EachOlder].
//
// A package that keeps a database has one file for each of its earlier schemas, named by its number, in testdata/schema:
// 0003.db.gz. It was written by the program of that time, or where that had no version of its own by the one before and the
// next step, and never changes.
package databasetest

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"newsbot/corpus/database"
)

// EachOlder calls do, as a test of its own, for each schema before the newest, with a folder as [Older] makes it.
func EachOlder(t *testing.T, newest int, name string, do func(t *testing.T, dir string, schema int)) {
	t.Helper()
	for schema := 1; schema < newest; schema++ {
		t.Run(strconv.Itoa(schema), func(t *testing.T) { do(t, Older(t, name, schema), schema) })
	}
}

// Older makes a folder as an older program has left it: in it is the file of a schema, under a name.
func Older(tb testing.TB, name string, schema int) (dir string) {
	tb.Helper()
	dir = tb.TempDir()
	Unpack(tb, filepath.Join("testdata", "schema", fmt.Sprintf("%04d.db.gz", schema)), filepath.Join(dir, name))
	return dir
}

// Unpack writes the file that is compressed in the file from into the file to.
func Unpack(tb testing.TB, from, to string) {
	tb.Helper()
	if err := unpack(from, to); err != nil {
		tb.Fatal(err)
	}
}

func unpack(from, to string) (err error) {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// Query returns the only value of a query to a file that nobody has open, which stays as it is.
func Query(tb testing.TB, path, query string) (value string) {
	tb.Helper()
	db, err := database.Connect(path, 1, database.Immutable)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read from
	if err := db.QueryRowContext(tb.Context(), query).Scan(&value); err != nil {
		tb.Fatalf("%s: %s: %v", path, query, err)
	}
	return value
}

// Schema returns the number of the schema of a file that nobody has open.
func Schema(tb testing.TB, path string) string {
	tb.Helper()
	return Query(tb, path, "PRAGMA user_version")
}
