package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
