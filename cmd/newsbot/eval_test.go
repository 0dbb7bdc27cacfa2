package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// writeSet writes a set of n documents and one question into a new folder.
func writeSet(t *testing.T, n int) string {
	t.Helper()
	var documents strings.Builder
	for i := range n {
		fmt.Fprintf(&documents, `{"id":"d%d","text":"Ferry %d sails at noon."}`+"\n", i, i)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"corpus.en.jsonl":  documents.String(),
		"queries.en.jsonl": `{"id":"q1","text":"When does ferry 0 sail?"}`,
		"answers.jsonl":    `{"id":"q1","answers":["noon"]}`,
		"qrels.tsv":        "q1\td0\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestEvalTyping looks at the table: the question has a word to mistype, and no
// apostrophe. No other table has these columns.
func TestEvalTyping(t *testing.T) {
	encoder := func() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil }
	dir := writeSet(t, 1)
	code, stdout, stderr := run(t, t.TempDir(), encoder, "eval", "-dir", dir, "-typing")
	if code != exitDone {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	_, table, _ := strings.Cut(stdout, "\ntyped")
	var got []string
	for _, line := range strings.Split(table, "\n") {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	set := filepath.Base(dir)
	want := []string{
		"question->article way n changed plain nDCG@10 loss",
		set + " en->en capitals 1 1 1.000 1.000 0.000",
		set + " en->en no-apostrophes 1 0 1.000 1.000 0.000",
		set + " en->en typo 1 1 1.000 1.000 0.000",
		"", "loss: worst 0.000", "",
	}
	if !slices.Equal(got, want) {
		t.Errorf("typed table %q, want %q", got, want)
	}
}

// Stopped while it works, eval deletes its temporary folder and leaves the file
// that a run was to replace as it was. The encoder comes to a halt with the third
// batch: of documents when there are many, else with the answer to the question.
func TestEvalStopped(t *testing.T) {
	tests := []struct {
		name      string
		documents int
		stop      os.Signal
	}{
		{"interrupted while encoding", 40, os.Interrupt},
		{"terminated while encoding", 40, syscall.SIGTERM},
		{"interrupted while asking", 1, os.Interrupt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, tmp, out := writeSet(t, tt.documents), t.TempDir(), t.TempDir()
			run := filepath.Join(out, "out.trec")
			if err := os.WriteFile(run, []byte("before"), 0o600); err != nil {
				t.Fatal(err)
			}
			p := startWith(t, []string{encoderEnv + "=halting", "TMPDIR=" + tmp}, "eval", "-dir", set, "-run", run)
			p.warned("halted")
			p.signal(tt.stop)
			if code := p.end(); code != exitFailed || p.seen.Len() > 0 {
				t.Errorf("exit code %d, stdout %q", code, p.seen.String())
			}
			p.warned("newsbot: interrupted\n")
			if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
				t.Errorf("left in the temporary folder: %v (%v)", left, err)
			}
			left, err := os.ReadDir(out)
			content, readErr := os.ReadFile(run)
			if err != nil || readErr != nil || len(left) != 1 || string(content) != "before" {
				t.Errorf("beside the run there are %v (%v), and it holds %q (%v)", left, err, content, readErr)
			}
		})
	}
}

// Killed while it asks, eval leaves the file that a run was to replace as it was. What
// lies about then, here among the files of the set, does no harm: the next eval writes
// its run, whole.
func TestEvalKilled(t *testing.T) {
	set, tmp := writeSet(t, 1), t.TempDir()
	run := filepath.Join(set, "out.trec")
	if err := os.WriteFile(run, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	eval := func(encoder string) *process {
		return startWith(t, []string{encoderEnv + "=" + encoder, "TMPDIR=" + tmp}, "eval", "-dir", set, "-run", run)
	}
	killed := eval("halting")
	killed.warned("halted")
	killed.signal(os.Kill)
	if code := killed.end(); code != -1 {
		t.Fatalf("exit code %d, want a killed process; stderr %q", code, killed.stderr.String())
	}
	if content, err := os.ReadFile(run); err != nil || string(content) != "before" {
		t.Errorf("the run holds %q (%v)", content, err)
	}
	left, err := filepath.Glob(filepath.Join(set, ".out.trec.*"))
	if err != nil || len(left) != 1 {
		t.Fatalf("left beside the run: %v (%v): this test kills too late or too early", left, err)
	}
	if err := os.WriteFile(left[0], []byte("q1 Q0 d7 1 0.5 new"), 0o600); err != nil { // half a line
		t.Fatal(err)
	}
	next := eval("fake")
	if code := next.end(); code != exitDone {
		t.Errorf("exit code %d, stderr %q", code, next.stderr.String())
	}
	content, err := os.ReadFile(run)
	if err != nil || !strings.HasPrefix(string(content), "q1 Q0 d0 1 ") || strings.Count(string(content), "\n") != 1 {
		t.Errorf("the run holds %q (%v)", content, err)
	}
}

// The remedies that eval knows.
func TestWithEvalHint(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want string // the hint
	}{
		{"missing", fmt.Errorf("x not found: %w", fs.ErrNotExist), "-dir and -others name a folder with "},
		{"full", fmt.Errorf("open the store: %w", corpus.ErrFull), "free some room on the disk, or have the documents indexed on another one: TMPDIR "},
		{"full while the run is written", &fs.PathError{Op: "write", Path: "out.trec", Err: syscall.ENOSPC}, "free some room on the disk"},
		{"something else", errors.New("damaged"), ""},
	}
	for _, tt := range tests {
		var hint hinted
		if errors.As(withRoomHint(withEvalHint(tt.err)), &hint) != (tt.want != "") || !strings.HasPrefix(hint.hint, tt.want) {
			t.Errorf("%s: hint %q, want %q", tt.name, hint.hint, tt.want)
		}
	}
}
