package main

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
)

// writeFiles writes files of several kinds into a folder, each with an article or more
// about a tram, or none that can be read.
func writeFiles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("title,text\n")
	for n := range 100 {
		fmt.Fprintf(&rows, "Row %d,The tram called Row %d runs again.\n", n, n)
	}
	for name, content := range map[string]string{
		"a.txt": "The tram runs again.", "b.csv": rows.String(), "d.md": "---\ndate: soon\n---\nThe tram runs again.", "e.txt": "",
		"f.txt": "\x89PNG\r\n", "g.jsonl": `{"text":"The tram runs."}` + "\nno\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Create(filepath.Join(dir, "c.zip"))
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	if err := w.AddFS(os.DirFS(dir)); err != nil { // and the archive itself, which is empty as yet
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func inputsOf(t *testing.T, args ...string) *inputs {
	t.Helper()
	m, _, _ := programOn(nil)
	in, err := newApp(m).newInputs(importOrder{args: args})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(in.close)
	in.report, in.note = func(error) {}, func(string, string) {}
	return in
}

// Whatever the files are, what is counted of them ends at their size, and never goes
// back.
func TestInputsCountBytes(t *testing.T) {
	dir := writeFiles(t)
	in := inputsOf(t, dir)
	var places []string
	last := int64(0)
	for i := range in.each(t.Context()) {
		places = append(places, i.place)
		if n := in.read.n.Load(); n < last {
			t.Errorf("at %s %d bytes are read, fewer than the %d before", i.place, n, last)
		}
		last = in.read.n.Load()
	}
	if got, want := in.read.n.Load(), measure(t.Context(), []string{dir}); got != want {
		t.Errorf("%d bytes are read of %d", got, want)
	}
	if want := 2 * (1 + 100 + 1); len(places) != want || in.failed.n != 2*4+1 {
		t.Errorf("%d articles, %d refused, want %d and 9", len(places), in.failed.n, want)
	}
	for _, want := range []string{"a.txt", "b.csv:2", "c.zip/a.txt", "c.zip/b.csv:101", "c.zip/g.jsonl:1", "g.jsonl:1"} {
		if !slices.Contains(places, filepath.Join(dir, want)) {
			t.Errorf("no article stands at %s", want)
		}
	}
}

// An interruption ends the reading in the middle of a file, and is no refusal.
func TestInputsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := inputsOf(t, filepath.Join(writeFiles(t), "c.zip"))
	n := 0
	for range in.each(ctx) {
		if n++; n == 10 {
			cancel()
		}
	}
	if n != 10 || in.failed.n != 0 {
		t.Errorf("%d articles, %d refused", n, in.failed.n)
	}
}

// A file whose content tells that it holds many is refused whole, with flags that
// describe one article, and one that holds one takes them.
func TestInputsOfOne(t *testing.T) {
	dir := writeFiles(t)
	tests := []struct{ from, to, says string }{
		{"a.txt", "a.md", ""},
		{"c.zip", "c.txt", "c.txt is an archive, but -source describes one article"},
		{"c.zip", "noname", "noname is an archive, but -source"},
		{"g.jsonl", "g.txt", "g.txt holds lines of JSON or a table, but -source"},
	}
	for _, tt := range tests {
		path := filepath.Join(dir, tt.to)
		if err := os.WriteFile(path, []byte(readFile(t, filepath.Join(dir, tt.from))), 0o600); err != nil {
			t.Fatal(err)
		}
		in := inputsOf(t, path)
		in.order.meta.Source = "Desk"
		var errs []string
		in.report = func(err error) { errs = append(errs, err.Error()) }
		var read []corpus.Article
		for i := range in.each(t.Context()) {
			read = append(read, i.article)
		}
		switch {
		case tt.says == "" && (len(errs) > 0 || len(read) != 1 || read[0].Source != "Desk"):
			t.Errorf("%s: %+v, %q", tt.to, read, errs)
		case tt.says != "" && (len(read) > 0 || len(errs) != 1 || !strings.Contains(errs[0], tt.says)):
			t.Errorf("%s: %+v, %q, want none and %q", tt.to, read, errs, tt.says)
		}
	}
}
