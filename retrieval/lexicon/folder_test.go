package lexicon

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
)

// put writes a file of a folder, which it creates.
func put(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// told returns what errors say, without the name of the folder.
func told(errs []error, dir string) []string {
	var all []string
	for _, err := range errs {
		all = append(all, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return all
}

func TestReadDir(t *testing.T) {
	many := strings.Repeat("# x\n", maxLines-1)
	tests := []struct {
		name     string
		files    map[string]string
		entries  []string // the first name of each
		problems []string
	}{
		{"no folder", nil, nil, nil},
		{"order of names", map[string]string{"b.tsv": "B\tباء\n", "a.tsv": "Alef\tألف\nC\tجيم"}, []string{"Alef", "C", "B"}, nil},
		{"bad lines between good ones", map[string]string{"a.tsv": "Alef\tألف\nno tab\nC\tجيم\nD\tDal\n"}, []string{"Alef", "C"},
			[]string{"a.tsv:2: 0 tabs, want 1", `a.tsv:4: arabic side: variant "Dal": letter 'D' is of the wrong script`}},
		{"line numbers in every file", map[string]string{"a.tsv": "# x\n\nbad\n", "b.tsv": "bad\n"}, nil,
			[]string{"a.tsv:3: 0 tabs, want 1", "b.tsv:1: 0 tabs, want 1"}},
		{"byte order mark and CRLF", map[string]string{"a.tsv": "\uFEFFAlef\tألف\r\nC\tجيم\r\n"}, []string{"Alef", "C"}, nil},
		{"invalid UTF-8", map[string]string{"a.tsv": "Alef\tألف\nB\xff\tباء\n"}, []string{"Alef"}, []string{"a.tsv:2: invalid UTF-8"}},
		{"UTF-16", map[string]string{"a.tsv": "\xff\xfeA\x00\t\x00"}, nil, []string{"a.tsv: text in UTF-16, want UTF-8"}},
		{"no text", map[string]string{"a.tsv": "Alef\tألف\n\x00\n"}, nil, []string{"a.tsv: not a text"}},
		{"empty", map[string]string{"a.tsv": ""}, nil, nil},
		{"other files", map[string]string{".a.tsv": "bad", "a.tsv~": "bad", "a.txt": "bad", ".tsv": "bad", "d.tsv/x.tsv": "bad"}, nil, nil},
		{"a line too long", map[string]string{"a.tsv": strings.Repeat("a", maxLine+1) + "\tألف\nB\tباء"}, []string{"B"}, []string{"a.tsv:1: line of 4104 bytes, want at most 4096"}},
		{"a file too large", map[string]string{"a.tsv": strings.Repeat("# comment\n", maxFile/10+1), "b.tsv": "B\tباء"}, []string{"B"}, []string{"a.tsv: larger than 4 MB and not read"}},
		{"too many lines", map[string]string{"a.tsv": many, "b.tsv": "Alef\tألف\nB\tباء\nbad\n", "c.tsv": "bad\n"}, []string{"Alef"},
			[]string{"b.tsv:2: more than 50000 lines in all lists, and none is read from here", "c.tsv:1: more than 50000 lines in all lists, and none is read from here"}},
		{"what contradicts the program's own", map[string]string{"a.tsv": "strike\tضربة\nstrike\tإضراب"}, []string{"strike", "strike"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "lexicon")
			for name, content := range tt.files {
				put(t, dir, name, content)
			}
			entries, problems := ReadDir(text.NewAnalyzer(), dir)
			var first []string
			for _, e := range entries {
				first = append(first, e.English[0].Text)
			}
			if diff := cmp.Diff(tt.entries, first); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.problems, told(problems, dir)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadDirOddFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	outside := t.TempDir()
	put(t, outside, "secret.tsv", "Secret\tسر\n")
	dir := t.TempDir()
	put(t, dir, "inner/real", "Alef\tألف\n")
	put(t, dir, "closed.tsv", "B\tباء\n")
	for name, target := range map[string]string{
		"a.tsv": "inner/real", "outside.tsv": filepath.Join(outside, "secret.tsv"), "nowhere.tsv": "gone", "loop.tsv": "loop.tsv",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "closed.tsv"), 0); err != nil {
		t.Fatal(err)
	}
	entries, problems := ReadDir(text.NewAnalyzer(), dir)
	if len(entries) == 0 || entries[0].English[0].Text != "Alef" || slices.ContainsFunc(entries, func(e Entry) bool { return e.English[0].Text == "Secret" }) {
		t.Errorf("entries = %v, want that of the link inside the folder and not that outside", entries)
	}
	got := strings.Join(told(problems, dir), "\n")
	for _, want := range []string{"outside.tsv: path escapes", "nowhere.tsv: ", "loop.tsv: "} {
		if !strings.Contains(got, want) {
			t.Errorf("problems:\n%s\nwant %q among them", got, want)
		}
	}
	if os.Getuid() != 0 && !strings.Contains(got, "closed.tsv: permission denied") { // root may read anything
		t.Errorf("problems:\n%s\nwant the file that cannot be read", got)
	}
}

func TestReadDirIsAFile(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "lexicon", "")
	path := filepath.Join(dir, "lexicon")
	if entries, problems := ReadDir(text.NewAnalyzer(), path); len(entries) > 0 || len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), path+": ") {
		t.Errorf("ReadDir of a file = %v, %v; want one problem", entries, problems)
	}
}

func TestReadDirTooManyFiles(t *testing.T) {
	dir := t.TempDir()
	for i := range maxFiles + 1 {
		put(t, dir, string(rune('a'+i/26))+string(rune('a'+i%26))+".tsv", "B\tباء\n")
	}
	entries, problems := ReadDir(text.NewAnalyzer(), dir)
	if len(entries) != maxFiles || len(problems) != 1 || !strings.Contains(problems[0].Error(), "101 lists, of which the first 100 are read") {
		t.Errorf("ReadDir = %d entries, %v; want %d and one problem", len(entries), problems, maxFiles)
	}
}

// Every kind of change is seen, and no change is none.
func TestFolderRefresh(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lexicon")
	a, base := newFrom(t, layerBase)
	f := NewFolder(a, base, dir)
	old := time.Now().Add(-time.Hour)
	age := func(name string) { // lets the next change of the same length show by its time
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct {
		name    string
		do      func()
		changed bool
		finds   string // an alternative of "Zagarbut", "" for none
	}{
		{"no folder", func() {}, false, ""},
		{"a file", func() { put(t, dir, "a.tsv", "Zagarbut\tزغربوط\n") }, true, "زغربوط"},
		{"nothing", func() {}, false, "زغربوط"},
		{"the same length at the same time", func() { // which is recent: two writes may well share it
			info, err := os.Stat(filepath.Join(dir, "a.tsv"))
			if err != nil {
				t.Fatal(err)
			}
			put(t, dir, "a.tsv", "Zagarbut\tزغربود\n")
			if err := os.Chtimes(filepath.Join(dir, "a.tsv"), info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		}, true, "زغربود"},
		{"touched", func() { age("a.tsv") }, false, "زغربود"},
		{"nothing, long after", func() {}, false, "زغربود"},
		{"another time", func() { put(t, dir, "a.tsv", "Zagarbut\tزغربوز\n") }, true, "زغربوز"},
		{"a bad line", func() { put(t, dir, "b.tsv", "bad\n") }, true, "زغربوز"},
		{"aliases", func() { put(t, dir, aliasName, "# proper\nZagarbut\tزغزغ\n") }, true, "زغزغ"},
		{"aliases gone", func() { _ = os.Remove(filepath.Join(dir, aliasName)) }, true, "زغربوز"},
		{"a directory in its place", func() {
			_ = os.Remove(filepath.Join(dir, "a.tsv"))
			put(t, dir, "a.tsv/x", "")
		}, true, ""},
		{"no folder again", func() { _ = os.RemoveAll(dir) }, true, ""},
	}
	for _, s := range steps {
		s.do()
		if got := f.Refresh(); got != s.changed {
			t.Errorf("%s: Refresh = %v, want %v", s.name, got, s.changed)
		}
		groups := f.Lexicon().Groups(a.Terms("Zagarbut"))
		if s.finds == "" {
			if groups != nil {
				t.Errorf("%s: found %v, want nothing", s.name, groups)
			}
			continue
		}
		if !offers(groups, stems(a.Terms(s.finds))) {
			t.Errorf("%s: found %v, want %q among it", s.name, groups, s.finds)
		}
	}
}

// An alias does not make the other lists be read or built again.
func TestFolderKeepsBelow(t *testing.T) {
	dir := t.TempDir()
	a, base := newFrom(t, layerBase)
	put(t, dir, "a.tsv", "Zagarbut\tزغربوط\n")
	f := NewFolder(a, base, dir)
	f.Refresh()
	below := f.Lexicon()
	put(t, dir, aliasName, "# proper\nKyiv\tكييفا\n")
	f.Refresh()
	if got := f.Lexicon(); got == below || got.base != below {
		t.Error("the lists below the aliases are built again")
	}
}

func BenchmarkFolderRefresh(b *testing.B) {
	dir := b.TempDir()
	a, base := newFrom(b, layerBase)
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"a.tsv", "b.tsv", aliasName} {
		put(b, dir, name, operatorList(1000))
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			b.Fatal(err)
		}
	}
	f := NewFolder(a, base, dir)
	f.Refresh()
	for b.Loop() {
		if f.Refresh() {
			b.Fatal("nothing has changed")
		}
	}
}
