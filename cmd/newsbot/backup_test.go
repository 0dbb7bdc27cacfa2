package main

import (
	"archive/zip"
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

func newFake() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil }

// backedUp backs a small collection up, and returns the file.
func backedUp(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	article := filepath.Join(dir, "tram.txt")
	if err := os.WriteFile(article, []byte("The tram called Marigold runs again since Monday.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "all.zip")
	for _, args := range [][]string{{"import", article}, {"backup", file}} {
		if code, _, stderr := run(t, filepath.Join(dir, "data"), newFake, args...); code != exitDone {
			t.Fatalf("%s: exit code %d, %s", args[0], code, stderr)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v; want it for this user alone", info, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left over are %q", left)
	}
	return file
}

// rewritten writes a backup again, with every file as change wants it; an empty
// name leaves it out.
func rewritten(t *testing.T, file string, change func(name, content string) (string, string)) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name, content := change(f.Name, string(data))
		if name == "" {
			continue
		}
		into, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(into, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return put(t, b.Bytes())
}

func put(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "changed.zip")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// inFile changes one file of a backup.
func inFile(file, old, new string) func(name, content string) (string, string) {
	return func(name, content string) (string, string) {
		if name == file {
			content = strings.ReplaceAll(content, old, new)
		}
		return name, content
	}
}

// What is not just as it was backed up changes nothing.
func TestRestoreRefuses(t *testing.T) {
	file := backedUp(t)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(data)
	damaged[len(damaged)/3] ^= 0xff
	without := func(gone string) func(name, content string) (string, string) {
		return func(name, content string) (string, string) {
			if name == gone {
				name = ""
			}
			return name, content
		}
	}
	for name, test := range map[string]struct{ file, want string }{
		"empty":          {put(t, nil), "is no backup, or damaged"},
		"truncated":      {put(t, data[:len(data)/2]), "is no backup, or damaged"},
		"damaged":        {put(t, damaged), "is no backup, or damaged"},
		"no manifest":    {rewritten(t, file, without(manifestName)), "there is no manifest.json"},
		"no collection":  {rewritten(t, file, without(corpus.FileName)), "there is no newsbot.db"},
		"no JSON":        {rewritten(t, file, inFile(manifestName, "{", "")), "read manifest.json"},
		"a newer format": {rewritten(t, file, inFile(manifestName, `"format": 1`, `"format": 2`)), "was written by a newer newsbot"},
		"no format":      {rewritten(t, file, inFile(manifestName, `"format": 1`, `"format": 0`)), "its format is 0"},
		"another text":   {rewritten(t, file, inFile(corpus.FileName, "Marigold", "Magnolia")), "newsbot.db is not what was backed up"},
		"longer":         {rewritten(t, file, inFile(corpus.FileName, "Marigold", strings.Repeat("x", 1<<20))), "newsbot.db is not what was backed up"},
		"a way out":      {rewritten(t, file, inFile(manifestName, "newsbot.db", "../newsbot.db")), `it holds a file "../newsbot.db"`},
		"a way out of the lists": {rewritten(t, file, inFile(manifestName, "newsbot.db", "lexicon/../../x.tsv")),
			`it holds a file "lexicon/../../x.tsv"`},
		"a huge size": {rewritten(t, file, inFile(manifestName, `"size": `, `"size": 99999999`)), "would become"},
		"a file more": {rewritten(t, file, func(name, content string) (string, string) {
			if name == corpus.FileName {
				return "bot.db", content
			}
			return name, content
		}), `it holds a file "bot.db"`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			code, stdout, stderr := run(t, dir, newFake, "restore", test.file)
			if code != exitFailed || stdout != "" || !strings.Contains(stderr, test.want) || !strings.Contains(stderr, "hint: ") {
				t.Errorf("exit code %d, %q, %q; want %q with a hint", code, stdout, stderr, test.want)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, unpackedDirs+"*")); len(left) > 0 {
				t.Errorf("left over are %q", left)
			}
		})
	}
	if code, _, stderr := run(t, filepath.Join(t.TempDir(), "data"), newFake, "restore", file); code != exitDone {
		t.Errorf("the backup itself: exit code %d, %s", code, stderr)
	}
}

// A small file that becomes a huge one is no backup.
func TestRestoreRefusesABomb(t *testing.T) {
	file := rewritten(t, backedUp(t), func(name, content string) (string, string) {
		switch name {
		case corpus.FileName:
			content = strings.Repeat("\x00", 64<<20)
		case manifestName:
			content = `{"format": 1, "files": [{"name": "newsbot.db", "size": 67108864, "sha256": ""}]}`
		}
		return name, content
	})
	code, _, stderr := run(t, filepath.Join(t.TempDir(), "data"), newFake, "restore", file)
	if code != exitFailed || !strings.Contains(stderr, "would become 67108864") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}

func TestRestoreBesideOthers(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	file := backedUp(t)
	for name, want := range map[string]string{corpus.ServeLock: "serves", corpus.EncodeLock: "is encoding articles"} {
		dir := t.TempDir()
		lock, err := corpus.TryLock(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		code, _, stderr := run(t, dir, newFake, "restore", file)
		if code != exitFailed || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit code %d, %q", name, code, stderr)
		}
		unlock(lock)
		if code, _, stderr := run(t, dir, newFake, "restore", file); code != exitDone {
			t.Errorf("%s, given up: exit code %d, %q", name, code, stderr)
		}
	}
}

func TestIsPacked(t *testing.T) {
	for name, want := range map[string]bool{
		"newsbot.db": true, "lexicon/a.tsv": true, "lexicon/أسماء.tsv": true,
		"": false, "bot.db": false, "lexicon/a.txt": false, "lexicon/.a.tsv": false, "lexicon/b/a.tsv": false, `lexicon/b\a.tsv`: false,
		"lexicon/../a.tsv": false, "/newsbot.db": false, "a.tsv": false, "lexicon/c:a.tsv": false,
	} {
		if got := isPacked(name); got != want {
			t.Errorf("isPacked(%q) = %v", name, got)
		}
	}
}

// What a killed backup has left, in which there is what was removed, is taken away by the next process that opens the
// collection for writing; that of one that goes on is not.
func TestKilledBackup(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and longer with the race detector")
	}
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	article := filepath.Join(dir, "tram.txt")
	if err := os.WriteFile(article, []byte("The tram called Marigold runs again since Monday.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) {
		t.Helper()
		if code, _, stderr := run(t, data, newFake, args...); code != exitDone {
			t.Fatalf("%s: exit code %d, %s", args[0], code, stderr)
		}
	}
	command("import", article)
	a := &app{Main: &Main{Now: time.Now}, dataDir: data, logger: slog.New(slog.DiscardHandler)}
	killed, err := a.newWorkDir(filepath.Join(dir, "all.zip"))
	if err != nil {
		t.Fatal(err)
	}
	going, err := a.newWorkDir(filepath.Join(dir, "other.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(killed.path, corpus.FileName), []byte("removed"), 0o600); err != nil {
		t.Fatal(err)
	}
	unlock(killed.lock) // as the kernel does
	command("import", article)
	left := func(path string) bool { _, err := os.Lstat(path); return err == nil }
	if left(killed.path) || left(killed.note) {
		t.Error("what the killed backup has left is there")
	}
	if !left(going.path) || !left(going.note) {
		t.Error("the folder of a backup that goes on is gone")
	}
	going.remove()
	if left(going.path) || left(going.note) {
		t.Error("a backup leaves something")
	}
}

// A note that names something else removes nothing.
func TestFalseNote(t *testing.T) {
	data, other := t.TempDir(), t.TempDir()
	a := &app{Main: &Main{}, dataDir: data, logger: slog.New(slog.DiscardHandler)}
	for _, text := range []string{other, "", ".", workDirs + "x"} {
		if _, err := writeNote(data, text); err != nil {
			t.Fatal(err)
		}
	}
	a.removeWorkDirs()
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

// A collection that somebody writes is not replaced under them.
func TestRestoreBesideAWriter(t *testing.T) {
	file, dir := backedUp(t), t.TempDir()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	code, _, stderr := run(t, dir, newFake, "restore", "-force", file)
	if code != exitFailed || !strings.Contains(stderr, "is writing the collection") || !strings.Contains(stderr, "hint: ") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	closeStore(store)
	if code, _, stderr := run(t, dir, newFake, "restore", file); code != exitDone {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}

// So many files that comparing their names takes long are refused by their number.
func TestRestoreRefusesManyFiles(t *testing.T) {
	one := `{"name": "newsbot.db", "size": 0, "sha256": ""},`
	file := rewritten(t, backedUp(t), func(name, content string) (string, string) {
		if name == manifestName {
			content = `{"format": 1, "files": [` + strings.TrimSuffix(strings.Repeat(one, maxLists+2), ",") + `]}`
		}
		return name, content
	})
	code, _, stderr := run(t, filepath.Join(t.TempDir(), "data"), newFake, "restore", file)
	if code != exitFailed || !strings.Contains(stderr, "it holds 1002 files") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}
