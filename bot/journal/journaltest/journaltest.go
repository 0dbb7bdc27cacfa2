// Package journaltest is for tests that look at what is left of a conversation in
// the files of its journal.
package journaltest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Holds tells whether a text is in a file of a folder, in the files of a journal
// as in those that SQLite keeps beside them.
func Holds(t testing.TB, dir, s string) bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatalf("the folder holds %v, %v", entries, err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(s)) {
			return true
		}
	}
	return false
}
