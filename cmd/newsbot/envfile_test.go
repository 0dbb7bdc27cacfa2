package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/joho/godotenv"
)

func TestEnvLine(t *testing.T) {
	tests := []struct {
		value, want string // "" for a value that no line can hold
	}{
		{"data", "X=data\n"},
		{testToken, "X=" + testToken + "\n"},
		{"my folder", "X='my folder'\n"},
		{"a#b #c", "X='a#b #c'\n"},
		{`say "so"`, `X='say "so"'` + "\n"},
		{"it's", `X="it's"` + "\n"},
		{"$HOME and ${HOME}", "X='$HOME and ${HOME}'\n"},
		{`it's $5`, `X="it's \$5"` + "\n"},
		{`C:\news`, `X='C:\news'` + "\n"},
		{"أخبار", "X='أخبار'\n"},
		{`it's a "b"`, `X=it's a "b"` + "\n"},
		{`'$A"` + `\`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.value, func(t *testing.T) {
			got, err := envLine("X", tt.value)
			if got != tt.want || (err != nil) != (tt.want == "") {
				t.Errorf("envLine(X, %q) = %q, %v; want %q", tt.value, got, err, tt.want)
			}
		})
	}
}

func FuzzEnvLine(f *testing.F) {
	for _, s := range []string{"data", "a b", "#", `"`, "'", "$A", `\`, "\n", "\r\n", "ا", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		line, err := envLine("X", value)
		if err != nil {
			return
		}
		back, err := godotenv.Unmarshal("# before\nW=1\n" + line + "Y=2\n")
		if err != nil || back["X"] != value || back["W"] != "1" || back["Y"] != "2" {
			t.Errorf("%q is written %q, which reads back as %q (%v)", value, line, back, err)
		}
	})
}

func TestCreateFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.env")
	if err := checkNew(name); err != nil {
		t.Fatal(err)
	}
	if err := createFile(name, "A=1\n"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v), want 0600", info.Mode(), err)
	}
	for _, err := range []error{checkNew(name), createFile(name, "A=2\n")} {
		if err == nil || !strings.Contains(err.Error(), "is there already") || !errors.As(err, new(hinted)) {
			t.Errorf("a second file: %v, want that it is there already, and what to do", err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil || string(data) != "A=1\n" {
		t.Errorf("the file holds %q (%v)", data, err)
	}
	// A link to nowhere is somebody's too.
	dangling := filepath.Join(dir, "dangling.env")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), dangling); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{checkNew(dangling), createFile(dangling, "A=2\n")} {
		if err == nil || !strings.Contains(err.Error(), "is there already") {
			t.Errorf("a link to nowhere: %v", err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v (%v), want the two files only", left, err)
	}
}

func TestNewCode(t *testing.T) {
	seen := map[rune]bool{}
	for range 1000 {
		code := newCode()
		if len(code) != codeLength || strings.Trim(code, codeLetters) != "" {
			t.Fatalf("code %q", code)
		}
		for _, r := range code {
			seen[r] = true
		}
	}
	if len(seen) != len(codeLetters) {
		t.Errorf("%d of %d letters are used", len(seen), len(codeLetters))
	}
}
