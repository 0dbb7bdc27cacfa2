package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/database"
)

// closedFiles are what is in the folder of a store that nobody has open.
const closedFiles = FileName + " " + writeLock

func TestOpenTwice(t *testing.T) {
	for _, name := range []string{"plain", "with space", "100%?#&=", "بيانات"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "deep", name)
			s := openStore(t, Config{Dir: dir})
			a := mustAdd(t, s, sample(1, 100))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if got := listFolder(t, dir); got != closedFiles {
				t.Errorf("the folder holds %s; want %s alone", got, closedFiles)
			}
			again := openStore(t, Config{Dir: dir})
			if got, err := again.Article(t.Context(), a.ID); err != nil || got != a {
				t.Errorf("Article = %v, %v; want %v", got, err, a)
			}
		})
	}
}

// listFolder returns the names in a folder with their sizes left out.
func listFolder(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestOpenForThisUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := openStore(t, Config{Dir: dir})
	mustAdd(t, s, sample(1, 100))
	for name, want := range map[string]fs.FileMode{".": 0o700, FileName: 0o600, FileName + "-wal": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %v; want %v", name, got, want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	steps, err := fs.ReadDir(embedded(), ".")
	if err != nil {
		t.Fatal(err)
	}
	newer := fmt.Sprintf("(schema %d, this program knows %d)", len(steps)+3, len(steps))
	file := func(t *testing.T, data string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	for _, test := range []struct {
		name string
		dir  func(t *testing.T) string
		is   error
		say  string
	}{
		{"no name", func(*testing.T) string { return "" }, nil, "no data folder is named"},
		{"a file in the place of the folder", func(t *testing.T) string {
			return filepath.Join(file(t, "x"), FileName)
		}, nil, "choose a folder"},
		{"a folder in the place of the file", func(t *testing.T) string {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, FileName), 0o700); err != nil {
				t.Fatal(err)
			}
			return dir
		}, nil, "is a directory"},
		{"a text file", func(t *testing.T) string {
			return file(t, strings.Repeat("This is no database. ", 1000))
		}, ErrDamaged, "not a newsbot store"},
		{"another program's database", func(t *testing.T) string {
			dir := t.TempDir()
			alter(t, dir, "CREATE TABLE x (y)", "PRAGMA application_id = 77")
			return dir
		}, ErrDamaged, "another program's"},
		{"a database of nobody", func(t *testing.T) string {
			dir := t.TempDir()
			alter(t, dir, "CREATE TABLE x (y)")
			return dir
		}, ErrDamaged, "another program's"},
		{"a newer schema", func(t *testing.T) string {
			dir := used(t)
			alter(t, dir, fmt.Sprintf("PRAGMA user_version = %d", len(steps)+3))
			return dir
		}, ErrNewer, "written by a newer newsbot " + newer + ": update the program"},
		{"other migrations", func(t *testing.T) string {
			dir := used(t)
			alter(t, dir, "UPDATE migration SET name = '0001_other.sql' WHERE name LIKE '0001%'")
			return dir
		}, ErrDamaged, "0001_other.sql"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := test.dir(t)
			for _, readOnly := range []bool{false, true} {
				if readOnly && test.is == nil {
					continue
				}
				s, err := Open(t.Context(), Config{Dir: dir, ReadOnly: readOnly})
				if err == nil {
					_ = s.Close()
					t.Fatalf("Open(read-only %v) worked; want an error", readOnly)
				}
				if (test.is != nil && !errors.Is(err, test.is)) || !strings.Contains(err.Error(), test.say) || !strings.Contains(err.Error(), dir) {
					t.Errorf("Open(read-only %v): %v; want %v with %q and the folder", readOnly, err, test.is, test.say)
				}
			}
		})
	}
}

func TestOpenUnwritable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := used(t)
	for _, path := range []string{filepath.Join(dir, FileName), dir} {
		if err := os.Chmod(path, 0o500); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	_, err := Open(t.Context(), Config{Dir: dir})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "make the folder") {
		t.Errorf("Open: %v; want fs.ErrPermission and what to do", err)
	}
	s := openStore(t, Config{Dir: dir, ReadOnly: true})
	if st := mustStats(t, s); st.Articles != 2 {
		t.Errorf("%d articles; want 2", st.Articles)
	}
}

// used returns a folder with a store of two articles.
func used(t *testing.T) string {
	t.Helper()
	s := testStore(t)
	mustAdd(t, s, sample(1, 100))
	mustAdd(t, s, sample(2, 100))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.dir
}

// alter runs statements on a folder's file behind the store's back.
func alter(t *testing.T, dir string, queries ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, q := range queries {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

func TestReadOnlyMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "missing")
	s := openStore(t, Config{Dir: dir, ReadOnly: true})
	ctx := t.Context()
	if st := mustStats(t, s); st.Articles != 0 || st.Bytes != 0 {
		t.Errorf("Stats = %+v; want nothing", st)
	}
	if _, err := s.Article(ctx, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Article: %v; want ErrNotFound", err)
	}
	list, err := s.List(ctx, ListOptions{})
	if err != nil || len(list) != 0 {
		t.Errorf("List = %v, %v; want nothing", list, err)
	}
	pending, err := s.Pending(ctx, "enc", 0)
	if err != nil || len(pending) != 0 {
		t.Errorf("Pending = %v, %v; want nothing", pending, err)
	}
	sources, err := s.PendingWords(ctx, "enc", 0)
	if err != nil || len(sources) != 0 {
		t.Errorf("PendingWords = %v, %v; want nothing", sources, err)
	}
	changes, err := s.Changes(ctx, 0)
	if err != nil || len(changes) != 0 {
		t.Errorf("Changes = %v, %v; want nothing", changes, err)
	}
	if v, err := s.DataVersion(ctx); err != nil {
		t.Errorf("DataVersion = %v, %v", v, err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder has been made: %v", err)
	}
}

func TestReadOnlyLeavesTheFolderAlone(t *testing.T) {
	dir := used(t)
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	s := openStore(t, Config{Dir: dir, ReadOnly: true})
	if st := mustStats(t, s); st.Articles != 2 || st.Bytes == 0 {
		t.Errorf("Stats = %+v; want two articles", st)
	}
	_, _, addErr := s.Add(t.Context(), sample(3, 100))
	for name, err := range map[string]error{
		"Add": addErr, "Remove": s.Purge(t.Context(), "x"),
		"PutVectors": s.PutVectors(t.Context(), "enc", nil), "DropVectors": s.DropVectors(t.Context(), "enc"),
		"PutWords": s.PutWords(t.Context(), "enc", nil, nil),
	} {
		if !errors.Is(err, ErrReadOnly) || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v; want ErrReadOnly", name, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || string(after) != string(before) {
		t.Errorf("the file has changed, %v", err)
	}
	if got := listFolder(t, dir); got != closedFiles {
		t.Errorf("the folder holds %s; want %s alone", got, closedFiles)
	}
}

func TestReadOnlyBesideAWriter(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, sample(1, 100))
	r := openStore(t, Config{Dir: s.dir, ReadOnly: true})
	for n := 2; n < 5; n++ {
		mustAdd(t, s, sample(n, 100))
		if st := mustStats(t, r); st.Articles != n {
			t.Errorf("the reader sees %d articles; want %d", st.Articles, n)
		}
	}
}

func TestImmutable(t *testing.T) {
	dir := used(t)
	s := &Store{dir: dir, now: time.Now}
	if err := s.openReaders(t.Context(), database.Immutable); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.closeAll() }()
	if st := mustStats(t, s); st.Articles != 2 {
		t.Errorf("%d articles; want 2", st.Articles)
	}
	if got := listFolder(t, dir); got != closedFiles {
		t.Errorf("the folder holds %s; want %s alone", got, closedFiles)
	}
}

// TestDamaged overwrites pages: whatever happens, it must be an error that says so, not a panic or silence.
func TestDamaged(t *testing.T) {
	dir := used(t)
	path := filepath.Join(dir, FileName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(data); i++ {
		data[i] = byte(i * 31)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	s, err := Open(ctx, Config{Dir: dir})
	if err == nil {
		err = s.Each(ctx, func(Article, []Passage) error { return nil })
		_ = s.Close()
	}
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("reading a damaged store: %v; want ErrDamaged", err)
	}
}

// TestDamagedRows holds values the program would never have written.
func TestDamagedRows(t *testing.T) {
	for _, test := range []struct{ name, query string }{
		{"date", "UPDATE article SET published = 'soon'"},
		{"sentences cut short", "UPDATE passage SET sentences = x'80'"},
		{"sentences beyond the passage", "UPDATE passage SET sentences = x'ff7fff7f'"},
		{"sentences without end", "UPDATE passage SET sentences = x'ffffffffffffffffff01ffffffffffffffffff01'"},
		{"passage turned round", "UPDATE passage SET start = 10, stop = 5"},
		{"passage before the body", "UPDATE passage SET start = -10"},
		{"passage beyond the body", "UPDATE passage SET stop = 1000000"},
		{"passage missing", "DELETE FROM passage"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := used(t)
			alter(t, dir, test.query)
			s := openStore(t, Config{Dir: dir})
			err := s.Each(t.Context(), func(Article, []Passage) error { return nil })
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("Each: %v; want ErrDamaged", err)
			}
		})
	}
}
