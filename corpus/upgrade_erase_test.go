package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/database"
)

// upgraded opens an older folder at a time, which kept tells of.
func upgraded(t *testing.T, now *time.Time) (s *Store, kept string) {
	t.Helper()
	dir := older(t, 9)
	s = openStore(t, Config{Dir: dir, Now: func() time.Time { return *now }})
	checkKept(t, dir, 9)
	return s, keptPath(dir, 9)
}

func isThere(t *testing.T, path string) bool {
	t.Helper()
	_, err := os.Stat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// Whoever purges an article purges it from what was kept, too.
func TestPurgeErasesWhatIsKept(t *testing.T) {
	for name, purge := range map[string]func(s *Store, now time.Time) error{
		"Purge":    func(s *Store, _ time.Time) error { return s.Purge(t.Context(), imported[0].ID) },
		"PurgeDue": func(s *Store, now time.Time) error { return s.PurgeDue(t.Context(), removedThen, now) },
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC)
			s, kept := upgraded(t, &now)
			f, err := os.Open(kept)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = f.Close() }() // only read from
			if err := s.Purge(t.Context(), "nosucharticle"); !errors.Is(err, ErrNotFound) || !isThere(t, kept) {
				t.Errorf("Purge of nothing: %v; kept %v", err, isThere(t, kept))
			}
			if err := purge(s, now); err != nil {
				t.Fatal(err)
			}
			if found, err := filepath.Glob(filepath.Join(s.dir, FileName+".*")); err != nil || len(found) > 0 {
				t.Errorf("kept %q, %v; want nothing", found, err)
			}
			info, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			bytes := make([]byte, info.Size())
			if _, err := f.ReadAt(bytes, 0); err != nil || strings.Trim(string(bytes), "\x00") != "" {
				t.Errorf("%v; what was kept is not overwritten", err)
			}
		})
	}
}

func TestTidyErasesWhatIsOld(t *testing.T) {
	start := time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC)
	now := start
	s, kept := upgraded(t, &now)
	for _, test := range []struct {
		after time.Duration
		want  bool
	}{{0, true}, {database.KeptTime - time.Second, true}, {database.KeptTime, false}} {
		now = start.Add(test.after)
		s.Tidy(t.Context())
		if got := isThere(t, kept); got != test.want {
			t.Errorf("%v after the upgrade: kept %v, want %v", test.after, got, test.want)
		}
	}
}

// A folder that was copied has younger files, but tells when it was upgraded; what people have named themselves stays.
func TestOpenErasesWhatIsOld(t *testing.T) {
	now := time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC)
	s, kept := upgraded(t, &now)
	now = now.Add(database.KeptTime)
	own := []string{kept + ".mine", kept + "x", filepath.Join(s.dir, FileName+".schema-"), filepath.Join(s.dir, "other.db.schema-9")}
	for _, name := range own {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Chtimes(kept, now, now), os.WriteFile(kept+".part", []byte("half"), 0o600)); err != nil {
		t.Fatal(err)
	}
	openStore(t, Config{Dir: s.dir, Now: func() time.Time { return now }})
	for _, name := range append(own, kept, kept+".part") {
		if want := name != kept && name != kept+".part"; isThere(t, name) != want {
			t.Errorf("%s is there %v; want %v", filepath.Base(name), !want, want)
		}
	}
}
