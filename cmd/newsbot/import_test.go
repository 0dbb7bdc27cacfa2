package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
)

// programOn returns a program inside the test, what it prints, and what it reports.
func programOn(stdin io.Reader) (m *Main, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return &Main{
		Stdin: stdin, Stdout: stdout, Stderr: stderr,
		LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
		NewEncoder: fakeEncoder, NewUSE: fakeEncoder,
	}, stdout, stderr
}

// An import whose lines do not come is interrupted like any other, and says what
// is stored. The same again goes on.
func TestImportInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	lines := strings.SplitAfter(readFile(t, writeLines(t, 120)), "\n")
	coming, lend := io.Pipe()
	defer lend.Close() //nolint:errcheck // a pipe in memory
	go func() {
		for _, line := range lines[:110] {
			if _, err := io.WriteString(lend, line); err != nil {
				return
			}
		}
		cancel()
	}()
	dir := t.TempDir()
	m, stdout, stderr := programOn(coming)
	if code := m.Run(ctx, []string{"-data", dir, "import", "-wait=false", "-"}); code != exitFailed {
		t.Errorf("exit code %d, stdout %q", code, stdout)
	}
	var n int
	if _, err := fmt.Sscanf(stderr.String(), "newsbot: interrupted: %d articles done and kept; the same command goes on from there", &n); err != nil {
		t.Fatalf("stderr %q: %v", stderr, err)
	}
	m, stdout, _ = programOn(strings.NewReader(strings.Join(lines, "")))
	if code := m.Run(t.Context(), []string{"-data", dir, "import", "-wait=false", "-"}); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	want := counts([]count{{120 - n, "added"}, {n, "unchanged"}})
	if !strings.Contains(stdout.String(), want+"\nsearchable: 120 articles\n") {
		t.Errorf("after %d were stored, the second import says %q, want %q", n, stdout, want)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// However many lines there are, few are remembered.
func TestImportRemembersFew(t *testing.T) {
	m, _, _ := programOn(strings.NewReader(readFile(t, writeLines(t, 600)) + strings.Repeat("bad\n", 600)))
	a := newApp(m)
	store, err := a.openStore(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(store)
	o := importOrder{args: []string{standardInput}}
	in, err := a.newInputs(o)
	if err != nil {
		t.Fatal(err)
	}
	i := &importer{app: a, order: o, in: in, pace: a.newPace()}
	if err := i.add(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	if i.taken() != 600 || i.in.failed.n != 600 || len(i.coming) != 0 {
		t.Errorf("%d taken, %d failed, %d still coming", i.taken(), i.in.failed.n, len(i.coming))
	}
	if cap(i.coming) > 200 || len(i.in.failed.by) != 1 {
		t.Errorf("room for %d articles, %d reasons", cap(i.coming), len(i.in.failed.by))
	}
}

// Addresses are fetched, and one bad one does not stop the rest. No site says which
// article of ours it replaces.
func TestImportPages(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		switch r.URL.Path {
		case "/tram":
			_, _ = io.WriteString(w, "---\ntitle: Tram\nid: abcdefgh234567ab\n---\nThe tram runs again since Monday.\n")
		case "/old":
			_, _ = io.WriteString(w, "---\ntitle: Old\npublished: 1970-01-01\n---\nThe bridge is open.\n")
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	m, stdout, stderr := programOn(nil)
	m.LookupEnv = func(name string) (string, bool) { return "true", name == settingPrivate }
	code := m.Run(t.Context(), []string{
		"-data", t.TempDir(), "import", "-wait=false", site.URL + "/closed", site.URL + "/tram", site.URL + "/old",
	})
	if code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	id := func(path string) string { return corpus.NewID("url:" + site.URL + path) }
	want := site.URL + "/old: the date 1970-01-01 cannot be, and is left out\n" +
		"added " + id("/tram") + " Tram (outlet unknown, date unknown)\n" +
		"added " + id("/old") + " Old (outlet unknown, date unknown)\n" +
		"2 added, 1 failed\nsearchable: 2 articles\n"
	if stdout.String() != want {
		t.Errorf("stdout %q, want %q", stdout, want)
	}
	if !strings.HasPrefix(stderr.String(), "newsbot: "+site.URL+"/closed is not there, or no longer") {
		t.Errorf("stderr %q", stderr)
	}
}

// A setting that is wrong stops an import that needs it, before anything is stored.
func TestImportPagesSettings(t *testing.T) {
	m, stdout, stderr := programOn(strings.NewReader(`{"text":"The tram runs again."}`))
	m.LookupEnv = func(name string) (string, bool) { return "perhaps", name == settingPrivate }
	dir := filepath.Join(t.TempDir(), "data")
	if code := m.Run(t.Context(), []string{"-data", dir, "import", "-", "https://news.example/tram"}); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	if _, err := os.Stat(dir); err == nil || stdout.Len() > 0 || strings.Count(stderr.String(), settingPrivate) != 1 {
		t.Errorf("stdout %q, stderr %q, folder: %v", stdout, stderr, err)
	}
	if code := m.Run(t.Context(), []string{"-data", dir, "import", "-wait=false", "-"}); code != exitDone {
		t.Errorf("without an address: exit code %d, stderr %q", code, stderr)
	}
}

// An import that takes long says how far it is: rarely where nobody watches, and
// on the same line of a terminal where somebody does.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var plain, watched bytes.Buffer
		p := &pace{line: &progress{}, plain: &plain, now: time.Now, every: paceLogged}
		w := &pace{line: &progress{w: &watched}, now: time.Now, every: paceWatched}
		p.begin(1000)
		w.begin(0)
		for n := range 3 {
			time.Sleep(6 * time.Second)
			p.show(600*(n+1), int64(200*(n+1)))
			w.show(600*(n+1), int64(200*(n+1)))
		}
		w.end()
		if want := "importing: 1200 articles, 100 a second, 40%, about 18 s left\n"; plain.String() != want {
			t.Errorf("says %q, want %q", plain.String(), want)
		}
		want := "\r\x1b[Kimporting: 600 articles, 100 a second\r\x1b[Kimporting: 1200 articles, 100 a second" +
			"\r\x1b[Kimporting: 1800 articles, 100 a second\r\x1b[K"
		if watched.String() != want {
			t.Errorf("says %q, want %q", watched.String(), want)
		}
	})
}

// What is known of the size beforehand is the size of what is read.
func TestMeasure(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"a.txt": 10, "b.jsonl": 200, "c.jpg": 3000, ".d.txt": 40000} {
		if err := os.WriteFile(filepath.Join(dir, name), bytes.Repeat([]byte("a"), size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		args []string
		want int64
	}{
		{[]string{dir}, 210},
		{[]string{dir, filepath.Join(dir, "a.txt"), "missing.txt"}, 220},
		{[]string{dir, standardInput}, 0},
		{[]string{dir, "https://news.example"}, 0},
	} {
		if got := measure(t.Context(), tt.args); got != tt.want {
			t.Errorf("measure(%q) = %d, want %d", tt.args, got, tt.want)
		}
	}
}

// Exported articles come back under the same IDs, whatever was edited, and the
// export of what came back is the same, byte for byte.
func TestExportComesBack(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	importLines(t, first, readFile(t, writeLines(t, 40)), "40 added")
	editSome(t, first)
	exported := export(t, first)
	importLines(t, second, exported, "39 added")
	if again := export(t, second); again != exported {
		t.Errorf("the export has changed:\n%s\nwas\n%s", again, exported)
	}
	importLines(t, first, exported, "39 unchanged")
	importLines(t, second, exported, "39 unchanged")
	if ids := strings.Count(exported, `{"id":"`); ids != 39 {
		t.Errorf("%d lines, want 39: all but the one removed", ids)
	}
}

// editSome edits, removes and withholds articles of a folder.
func editSome(t *testing.T, dir string) {
	t.Helper()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(store)
	list, err := store.List(t.Context(), corpus.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for n, change := range []func(*corpus.Article){
		func(a *corpus.Article) { a.Title = "Another “title” <b> \u0085\u2028" },
		func(a *corpus.Article) { a.Title = "" },
		func(a *corpus.Article) { a.URL = "" },
		func(a *corpus.Article) { a.URL = "https://other.example/a?b=c" },
		func(a *corpus.Article) { a.Source, a.Published = "", corpus.Date{} },
		func(a *corpus.Article) { a.Author = "سعاد \"محمد\"" },
		func(a *corpus.Article) { a.Embargo = time.Date(2199, 1, 2, 3, 4, 5, 0, time.UTC) },
		func(a *corpus.Article) {
			a.Body = "LONDON, May 2, 2024 (Reuters) - Rain\tfell.\n\n\u202bهطل المطر\u202c"
		},
		func(a *corpus.Article) {
			a.Published = corpus.Date{Time: time.Date(2025, 8, 15, 1, 2, 3, 0, time.FixedZone("", 3*60*60))}
		},
		func(a *corpus.Article) { a.Language = "other" },
	} {
		_, status, err := store.Edit(t.Context(), list[n].ID, func(a *corpus.Article) error { change(a); return nil })
		if err != nil || status != corpus.Updated {
			t.Fatalf("edit %d: %v, %v", n, status, err)
		}
	}
	if err := store.Remove(t.Context(), list[20].ID); err != nil {
		t.Fatal(err)
	}
}

func importLines(t *testing.T, dir, lines, want string) {
	t.Helper()
	m, stdout, stderr := programOn(strings.NewReader(lines))
	if code := m.Run(t.Context(), []string{"-data", dir, "import", "-wait=false", "-"}); code != exitDone {
		t.Fatalf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	if got, _, _ := strings.Cut(stdout.String(), "\n"); got != want {
		t.Errorf("import says %q, want %q", stdout, want)
	}
}

func export(t *testing.T, dir string) string {
	t.Helper()
	m, stdout, stderr := programOn(nil)
	if code := m.Run(t.Context(), []string{"-data", dir, "export"}); code != exitDone {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	return stdout.String()
}

// An export whose reader goes away ends.
func TestExportBroken(t *testing.T) {
	dir := t.TempDir()
	importLines(t, dir, readFile(t, writeLines(t, 20)), "20 added")
	m, _, stderr := programOn(nil)
	broken := errors.New("the disk is broken")
	m.Stdout = &stubborn{takes: 1, err: broken}
	if code := m.Run(t.Context(), []string{"-data", dir, "export"}); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	if want := "newsbot: writing the output: the disk is broken\n"; stderr.String() != want {
		t.Errorf("stderr %q, want %q", stderr, want)
	}
}

// A purge lists the answers that quoted the article, and erases them.
func TestPurgeErasesAnswers(t *testing.T) {
	dir := t.TempDir()
	importLines(t, dir, `{"text":"The tram runs again.","url":"https://news.example/tram"}`, "1 added")
	const id = "wnwb3moavezggzak"
	day := time.Date(2025, 8, 15, 12, 0, 0, 0, time.UTC)
	keepAnswer(t, dir, day, journal.Answer{Update: 1, Chat: 1, Person: 1, Question: "Which tram\nruns?", Cites: []string{id}, Data: []byte(id)})
	m, stdout, stderr := programOn(nil)
	if code := m.Run(t.Context(), []string{"-data", dir, "purge", id}); code != exitDone {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	want := "purged " + id + "\nit was quoted on 2025-08-15: Which tram runs?\n" +
		"searched for it: 0 left in the index of words, 0 left in the index of vectors\n"
	if stdout.String() != want {
		t.Errorf("stdout %q, want %q", stdout, want)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.db*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("files %q, %v", files, err)
	}
	for _, file := range files {
		if data := readFile(t, file); slices.ContainsFunc([]string{"tram runs", "Which tram"}, func(s string) bool { return strings.Contains(data, s) }) {
			t.Errorf("%s still holds it", file)
		}
	}
}

func keepAnswer(t *testing.T, dir string, at time.Time, answer journal.Answer) {
	t.Helper()
	j, err := journal.Open(t.Context(), journal.Config{Dir: dir, Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.KeepAnswer(t.Context(), answer); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}
