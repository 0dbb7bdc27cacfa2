package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write puts a file of the given size or text into a new folder.
func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpen(t *testing.T) {
	path := write(t, "خبر.txt", []byte("هدأت العاصفة.\n"))
	link := filepath.Join(t.TempDir(), "link.md")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{path, link, write(t, "empty.txt", nil), write(t, "large.jsonl", make([]byte, MaxFile+1))} {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, size, err := Open(path)
		if err != nil || size != int64(len(want)) {
			t.Fatalf("Open(%q) says %d bytes, %v, want %d", path, size, err, len(want))
		}
		got, err := io.ReadAll(f)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q: %d bytes, %v, want %d", path, len(got), err, len(want))
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dangling := filepath.Join(t.TempDir(), "dangling.txt")
	if err := os.Symlink("nowhere.txt", dangling); err != nil {
		t.Skip(err)
	}
	tests := []struct {
		name, path string
		cause      error // nil: none to branch on
		says       string
	}{
		{"missing", filepath.Join(t.TempDir(), "missing.txt"), fs.ErrNotExist, "check the name"},
		{"dangling link", dangling, fs.ErrNotExist, "check the name"},
		{"below a file", filepath.Join(write(t, "file.txt", nil), "x.txt"), nil, "cannot be read"},
		{"folder", t.TempDir(), nil, "is a folder; name the files in it"},
		{"socket", socket(t), nil, "not a regular file"},
		{"no such name possible", "a\x00b", nil, "cannot be read"},
		{"no name", " ", nil, "no file name given"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, size, err := Open(tt.path)
			if err == nil || f != nil || size != 0 {
				t.Fatalf("Open(%q) = %v, %d, %v, want an error", tt.path, f, size, err)
			}
			if tt.cause != nil && !errors.Is(err, tt.cause) {
				t.Errorf("Open(%q) = %v, want it to wrap %v", tt.path, err, tt.cause)
			}
			if !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), strings.TrimSpace(tt.path)) {
				t.Errorf("Open(%q) = %q, want the path and %q in it", tt.path, err, tt.says)
			}
		})
	}
}

func TestOpenUnreadable(t *testing.T) {
	path := write(t, "locked.txt", []byte("words"))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(path); err == nil {
		_ = f.Close()
		t.Skip("this user may read everything")
	}
	_, _, err := Open(path)
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "chmod u+r "+path) {
		t.Errorf("Open(%q) = %v, want permission denied and the remedy", path, err)
	}
}

// TestPathErrorPermission stands in where the tests run as a user to whom
// nothing is closed.
func TestPathErrorPermission(t *testing.T) {
	err := pathError("a.txt", &fs.PathError{Op: "open", Path: "a.txt", Err: fs.ErrPermission})
	const want = "a.txt cannot be read; give yourself permission, for example: chmod u+r a.txt (permission denied)"
	if err.Error() != want || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("pathError = %q, want %q", err, want)
	}
}

// socket makes a file that is neither a folder nor regular.
func socket(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "s") // t.TempDir is too long for a socket's name on some systems
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return path
}
