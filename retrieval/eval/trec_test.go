package eval

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTrecRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.trec")
	run, err := newRun(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.add("q1", []ranked{{"d1", 7.25}, {"d2", 0.1}, {"d3", 1e-9}, {"d4", -2}}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before the end the run is there (%v)", err)
	}
	if err := errors.Join(run.commit(), run.commit(), run.discard()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	want := "q1 Q0 d1 1 7.25 newsbot\nq1 Q0 d2 2 0.1 newsbot\nq1 Q0 d3 3 1e-09 newsbot\nq1 Q0 d4 4 -2 newsbot\n"
	if err != nil || string(got) != want {
		t.Errorf("the run is %q (%v), want %q", got, err, want)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("beside the run there are %v", left)
	}
}

// A run that is broken off leaves a file of before alone, and nothing beside it.
func TestTrecRunDiscarded(t *testing.T) {
	path := write(t, "before")
	run, err := newRun(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(run.add("q1", make([]ranked, 10000)), run.discard()); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "before" {
		t.Errorf("the file is %.20q (%v)", got, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("beside the file there are %v", left)
	}
}

// One that cannot be written on, as on a full disk, says so and is gone, and the file
// of before stands.
func TestTrecRunNotWritten(t *testing.T) {
	path := write(t, "before")
	run, err := newRun(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := run.add("q1", make([]ranked, 10000)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("add = %v", err)
	}
	if err := run.commit(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("commit = %v", err)
	}
	if err := run.discard(); err != nil {
		t.Errorf("discard = %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "before" {
		t.Errorf("the file is %.20q (%v)", got, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("beside the file there are %v", left)
	}
}

// A run takes the place of no device, pipe or socket.
func TestTrecRunNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.trec")
	socket(t, path)
	if _, err := newRun(path); err == nil || !strings.HasPrefix(err.Error(), path+" is not a file: ") {
		t.Errorf("newRun = %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 || left[0].Type().IsRegular() {
		t.Errorf("left: %v (%v)", left, err)
	}
}

// One that cannot be put into place says so and is gone.
func TestTrecRunNotPlaced(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.trec")
	run, err := newRun(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := run.commit(); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("commit = %v", err)
	}
	if err := run.discard(); err != nil {
		t.Errorf("discard = %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

func TestTrecRunNames(t *testing.T) {
	two := []pair{{"en", "ar"}, {"ar", "ar"}}
	tests := []struct {
		name, path string
		pairs      []pair
		want       []string
	}{
		{"one", "out.trec", two[:1], []string{"out.trec"}},
		{"several", "out.trec", two, []string{"out.ar-ar.trec", "out.en-ar.trec"}},
		{"several without an extension", "out", two, []string{"out.ar-ar", "out.en-ar"}},
		{"a point in the folder", "runs.d/out", two, []string{"runs.d/out.ar-ar", "runs.d/out.en-ar"}},
		{"none", "", two, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			if err := os.Mkdir("runs.d", 0o700); err != nil {
				t.Fatal(err)
			}
			runs, err := newRuns(tt.path, tt.pairs)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, run := range runs {
				got = append(got, run.path)
			}
			slices.Sort(got)
			if err := runs.commit(); err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("runs %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}
