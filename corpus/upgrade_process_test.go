package corpus

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"newsbot/corpus/database"
	"newsbot/corpus/database/databasetest"
)

// upgradeOnce opens a store, printing what that logs.
func upgradeOnce(dir string) error {
	s, err := Open(context.Background(), Config{Dir: dir, Logger: slog.New(slog.NewTextHandler(os.Stdout, nil))})
	if err != nil {
		return err
	}
	return s.Close()
}

// Several processes open an older folder at once: one upgrades it, and the others wait.
func TestUpgradeByProcesses(t *testing.T) {
	const schema = 8
	dir := older(t, schema)
	said := make([]string, 5)
	var wg sync.WaitGroup
	for i := range said {
		wg.Go(func() {
			out, err := child(t, "upgrade", dir).Output()
			if err != nil {
				t.Errorf("process: %v", err)
			}
			said[i] = string(out)
		})
	}
	wg.Wait()
	if all := strings.Join(said, ""); strings.Count(all, "upgraded newsbot.db") != 1 {
		t.Errorf("the processes say %q; want one upgrade", all)
	}
	checkKept(t, dir, schema)
	checkImported(t, openStore(t, Config{Dir: dir}), schema)
}

// What a killed older program has left in its log is in the store and in what is kept of it.
func TestUpgradeWithALog(t *testing.T) {
	olderSchemas(t, func(t *testing.T, dir string, schema int) {
		killed := t.TempDir()
		leaveLog(t, dir, killed, "UPDATE article SET source = 'Told in the log' WHERE id = '4xkg7qbdre4rudak'")
		if got := databasetest.Query(t, filepath.Join(killed, FileName), "SELECT count(*) FROM article WHERE source = 'Told in the log'"); got != "0" {
			t.Fatal("the change is in the file already")
		}
		s := openStore(t, Config{Dir: killed})
		a, err := s.Article(t.Context(), "4xkg7qbdre4rudak")
		if err != nil || a.Source != "Told in the log" {
			t.Errorf("Article = %q, %v; want what was in the log", a.Source, err)
		}
		checkKept(t, killed, schema)
		got := databasetest.Query(t, keptPath(killed, schema), "SELECT source FROM article WHERE id = '4xkg7qbdre4rudak'")
		if got != "Told in the log" {
			t.Errorf("kept %q; want what was in the log", got)
		}
	})
}

// leaveLog runs a statement on the file of a folder, and copies the file with its log to another one as they are then.
func leaveLog(t *testing.T, dir, to, query string) {
	t.Helper()
	db, err := database.Connect(filepath.Join(dir, FileName), 1, database.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nobody needs it any more
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{FileName, FileName + "-wal"} {
		if err := os.WriteFile(filepath.Join(to, name), readBytes(t, filepath.Join(dir, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A process that is killed while it copies, or once it has, leaves the older file as it was, or the upgraded one. The next
// goes on.
func TestUpgradeKilled(t *testing.T) {
	const schema = 9
	full := older(t, schema)
	path := filepath.Join(full, FileName)
	alter(t, full, "CREATE TABLE filling (x)", "INSERT INTO filling WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "+
		"SELECT randomblob(100000) FROM n")
	for _, at := range []string{keptPath(full, schema) + ".part", keptPath(full, schema)} {
		killWhen(t, full, at)
		switch got := schemaOf(t, path); got {
		case schema, newest(t):
		default:
			t.Fatalf("the file of a killed process has schema %d", got)
		}
	}
	if err := openStore(t, Config{Dir: full}).Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, full, "DROP TABLE filling")
	checkImported(t, openStore(t, Config{Dir: full}), schema)
	if got := databasetest.Query(t, keptPath(full, schema), "SELECT count(*) FROM filling"); got != "300" {
		t.Errorf("kept %s rows; want all", got)
	}
	if found, err := filepath.Glob(path + ".*"); err != nil || len(found) != 1 {
		t.Errorf("kept %q, %v; want one file", found, err)
	}
}

// killWhen starts a process that opens the store of a folder and kills it when a file is there.
func killWhen(t *testing.T, dir, file string) {
	t.Helper()
	cmd := child(t, "upgrade", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // killed, or too fast
		close(ended)
	}()
	for {
		if _, err := os.Stat(file); err == nil {
			_ = cmd.Process.Kill() // it may have ended
			<-ended
			return
		}
		select {
		case <-ended:
			return
		default:
			runtime.Gosched()
		}
	}
}

// schemaOf is the number of the schema of a file, with what is in its log.
func schemaOf(t *testing.T, path string) (n int) {
	t.Helper()
	db, err := database.Connect(path, 1, database.ReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // only read from
	if err := db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// What killed processes have left of copies is cleared away, and a copy of an upgrade that was not completed replaced by one
// of what the file is now.
func TestUpgradeAfterAnother(t *testing.T) {
	const schema = 9
	dir := older(t, schema)
	kept := keptPath(dir, schema)
	for _, name := range []string{kept, kept + "-wal", kept + ".part", kept + ".part-journal"} {
		if err := os.WriteFile(name, []byte(strings.Repeat("half a copy ", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := openStore(t, Config{Dir: dir})
	checkKept(t, dir, schema)
	checkImported(t, s, schema)
}

// A folder in which nothing can be kept is not upgraded.
func TestUpgradeRefused(t *testing.T) {
	const schema = 9
	dir := older(t, schema)
	path := filepath.Join(dir, FileName)
	before := readBytes(t, path)
	if err := os.Mkdir(keptPath(dir, schema)+".part", 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Config{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "newsbot.db is not upgraded: keep a copy of it first: ") {
		t.Errorf("Open: %v; want it refused", err)
	}
	if string(readBytes(t, path)) != string(before) {
		t.Error("the file has changed")
	}
	if got := strconv.Itoa(schemaOf(t, path)); got != databasetest.Schema(t, path) || got != strconv.Itoa(schema) {
		t.Errorf("the file has schema %s; want %d", got, schema)
	}
}

// A copy that was made anew from articles needs none of itself.
func TestUpgradeRemade(t *testing.T) {
	dir := older(t, 9)
	s := openStore(t, Config{Dir: dir, Remade: true})
	checkImported(t, s, 9)
	if found, err := filepath.Glob(filepath.Join(dir, FileName+".*")); err != nil || len(found) > 0 {
		t.Errorf("kept %q, %v; want nothing", found, err)
	}
}
