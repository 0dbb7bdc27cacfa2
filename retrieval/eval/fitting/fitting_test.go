package fitting

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestDefine(t *testing.T) {
	var s Settings
	flags := flag.NewFlagSet("fit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	s.Define(flags)
	if err := flags.Parse([]string{"-dir", "a", "-dir", "b", "-every", "b=9", "-cache", "c", "-samples", "d"}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Dirs, []string{"a", "b"}) || s.Every["b"] != 9 || s.Cache != "c" || s.Samples != "d" {
		t.Errorf("%+v", s)
	}
	for _, wrong := range []string{"", "9", "tydiqa=", "tydiqa=nine", "tydiqa=0"} {
		if err := flags.Parse([]string{"-every", wrong}); err == nil {
			t.Errorf("-every %q is no error", wrong)
		}
	}
}

func TestOptionsWithoutFolder(t *testing.T) {
	if _, err := (&Settings{}).Options(); err == nil || !strings.Contains(err.Error(), "-dir") {
		t.Errorf("Options = %v", err)
	}
}

// What was gathered is kept, and read the next time.
func TestRead(t *testing.T) {
	s := &Settings{Samples: filepath.Join(t.TempDir(), "samples")}
	broken := errors.New("broken")
	if _, err := Read(s, func() ([]string, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("Read = %v, want the error of gathering", err)
	}
	for range 2 {
		n := 0
		got, err := Read(s, func() ([]string, error) { n++; return []string{"one", "two"}, nil })
		if err != nil || !slices.Equal(got, []string{"one", "two"}) {
			t.Fatalf("Read = %q, %v", got, err)
		}
		if _, err := Read(s, func() ([]string, error) { t.Error("gathered again"); return nil, nil }); err != nil || n > 1 {
			t.Errorf("Read again = %v after %d gatherings", err, n)
		}
	}
	if err := os.WriteFile(s.Samples, []byte("no samples"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read[string](s, nil); err == nil || !strings.Contains(err.Error(), s.Samples) {
		t.Errorf("Read of a spoilt file = %v", err)
	}
}
