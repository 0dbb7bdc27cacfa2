package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/database/databasetest"
	"newsbot/retrieval"
)

// oldSchemas is how many earlier schemas the collection has had; the journal has had one less.
const oldSchemas = 10

// oldData makes a data folder as an older program has left it.
func oldData(t *testing.T, schema int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	putOldData(t, dir, schema)
	return dir
}

func putOldData(t *testing.T, dir string, schema int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		filepath.Join("..", "..", "corpus", "testdata", "schema", fmt.Sprintf("%04d.db.gz", schema)):                 corpus.FileName,
		filepath.Join("..", "..", "bot", "journal", "testdata", "schema", fmt.Sprintf("%04d.db.gz", min(schema, 9))): journal.FileName,
	} {
		databasetest.Unpack(t, from, filepath.Join(dir, to))
	}
}

// runThen runs the program soon after the older ones: what was removed then can still be restored.
func runThen(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	m, out, errs := programOn(strings.NewReader(""))
	m.Now = func() time.Time { return time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC) }
	m.NewUSE = func() (retrieval.Encoder, error) { return fakeUSE(), nil }
	code = m.Run(t.Context(), append([]string{"-data", dir}, args...))
	return code, out.String(), errs.String()
}

// asked are questions that the old articles answer, and what is quoted.
var asked = [][2]string{
	{"Which port will be reached by a night ferry?", "The port of Sandhaven will be reached by a night ferry from 2 May"},
	{"متى يصل خط الترام الجديد إلى حي الزيتون؟", "خط الترام الجديد سيصل إلى حي الزيتون في الثالث من يونيو"},
}

// An old data folder can be asked at once, and says once that it was upgraded.
func TestAskOldData(t *testing.T) {
	for schema := 1; schema <= oldSchemas; schema++ {
		if testing.Short() && schema%4 != 1 {
			continue // each takes seconds, most of them to open the indexes
		}
		t.Run(fmt.Sprint(schema), func(t *testing.T) {
			dir := oldData(t, schema)
			for i, q := range asked {
				code, stdout, stderr := runThen(t, dir, "ask", q[0])
				if code != exitDone || !strings.Contains(stdout, q[1]) {
					t.Errorf("ask: exit code %d, %q, want %q quoted", code, stdout, q[1])
				}
				told := fmt.Sprintf("upgraded newsbot.db from schema %d to ", schema)
				if got := strings.Contains(stderr, told); got != (i == 0) {
					t.Errorf("question %d: stderr %q; want it told of the upgrade the first time", i, stderr)
				}
			}
		})
	}
}

// Commands that only read upgrade, too, also one that backs up; what it writes can be restored.
func TestBackupOldData(t *testing.T) {
	for schema := 1; schema <= oldSchemas; schema++ {
		t.Run(fmt.Sprint(schema), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "all.zip")
			if code, _, stderr := runThen(t, oldData(t, schema), "backup", file); code != exitDone {
				t.Fatalf("backup: exit code %d, %s", code, stderr)
			}
			checkRestores(t, file)
		})
	}
}

// Backups that older programs have written are restored.
func TestRestoreOldBackups(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "backups", "schema-*.zip"))
	if err != nil || len(files) == 0 {
		t.Fatal("there are no backups", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { checkRestores(t, file) })
	}
}

// checkRestores restores a backup of the old articles into a new folder, and into an old one.
func checkRestores(t *testing.T, file string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	code, stdout, stderr := runThen(t, dir, "restore", file)
	if code != exitDone || !strings.HasPrefix(stdout, "restored 4 articles") || stderr != "" {
		t.Errorf("restore: exit code %d, %q, %q", code, stdout, stderr)
	}
	code, stdout, _ = runThen(t, dir, "list")
	for _, title := range []string{"Night ferry to Sandhaven starts in May", "متحف الملح يفتح أبوابه"} {
		if code != exitDone || !strings.Contains(stdout, title) {
			t.Errorf("list: exit code %d, %q, want %q in it", code, stdout, title)
		}
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "*.schema-*")); err != nil || len(kept) > 0 {
		t.Errorf("kept %q, %v; want nothing of what is in the backup", kept, err)
	}
	old := oldData(t, oldSchemas)
	if code, stdout, _ := runThen(t, old, "restore", "-force", file); code != exitDone || !strings.HasPrefix(stdout, "restored 4 articles") {
		t.Errorf("restore into an old folder: exit code %d, %q", code, stdout)
	}
}

// A backup of a newer program is refused for what it is, and changes nothing.
func TestRestoreNewerBackup(t *testing.T) {
	const version = 60 // where user_version is in a file of SQLite, in big-endian order
	var sum string
	newer := rewritten(t, filepath.Join("testdata", "backups", "schema-9.zip"), func(name, content string) (string, string) {
		switch name {
		case corpus.FileName:
			content = content[:version] + "\x00\x00\x00\x63" + content[version+4:]
			hash := sha256.Sum256([]byte(content))
			sum = hex.EncodeToString(hash[:])
		case manifestName:
			at := strings.Index(content, `"sha256": "`) + len(`"sha256": "`)
			content = content[:at] + sum + content[at+len(sum):]
		}
		return name, content
	})
	dir := oldData(t, oldSchemas)
	code, _, stderr := runThen(t, dir, "restore", "-force", newer)
	if code != exitFailed || !strings.Contains(stderr, "written by a newer newsbot (schema 99, this program knows ") {
		t.Errorf("exit code %d, stderr %q; want it refused", code, stderr)
	}
	if code, stdout, _ := runThen(t, dir, "list"); code != exitDone || !strings.Contains(stdout, "Night ferry to Sandhaven") {
		t.Errorf("list: exit code %d, %q; want the articles of before", code, stdout)
	}
}

// What was erased by hand, or a day after it was removed, is not in what was kept before the upgrade.
func TestPurgeOldData(t *testing.T) {
	dir := oldData(t, oldSchemas)
	if code, _, stderr := runThen(t, dir, "import", "-wait=false", writeLines(t, 1)); code != exitDone || !strings.Contains(stderr, "upgraded") {
		t.Fatalf("import: exit code %d, %s", code, stderr)
	}
	kept := filepath.Join(dir, corpus.FileName) + fmt.Sprintf(".schema-%d", oldSchemas)
	if !bytes.Contains(readBytes(t, kept), []byte("night ferry")) {
		t.Fatal("the article is not in what was kept: the search cannot be right")
	}
	if code, _, stderr := runThen(t, dir, "purge", "4xkg7qbdre4rudak"); code != exitDone {
		t.Fatalf("purge: exit code %d, %s", code, stderr)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.schema-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left are %q, %v; want nothing that holds the article", left, err)
	}
}
