package followup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// TestChains reads whole conversations: what a question is understood as is what the next
// one goes on from, and the subject is still there.
func TestChains(t *testing.T) {
	analyzer := text.NewAnalyzer()
	for _, lang := range []string{"en", "ar"} {
		raw, err := os.ReadFile(filepath.Join("testdata", "chains."+lang+".tsv"))
		if err != nil {
			t.Fatal(err)
		}
		chains := 0
		for line := range strings.Lines(string(raw)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(fields) < 5 || len(fields)%2 == 0 {
				t.Fatalf("%q has %d fields, want an odd number from 5 on", line, len(fields))
			}
			chains++
			goThrough(t, analyzer, fields)
		}
		if chains < 40 {
			t.Errorf("%s: %d conversations, want 40", lang, chains)
		}
	}
}

func goThrough(t *testing.T, analyzer *text.Analyzer, fields []string) {
	t.Helper()
	before := fields[0]
	for i := 1; i < len(fields); i += 2 {
		question, want := fields[i], fields[i+1]
		got, ok := Complete(analyzer, question, before)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q after %q is %q, want %q", question, before, got, want)
		}
		before = got
		if !ok {
			before = question
		}
	}
}
