package retrieval

import (
	"os"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// rows reads a table of testdata: lines of fields between tabs, of which so many are
// wanted, without comments.
func rows(t *testing.T, name string, fields int) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != fields {
			t.Fatalf("%s: %q has %d fields, want %d", name, line, len(row), fields)
		}
		out = append(out, row)
	}
	return out
}

func TestAsksPresent(t *testing.T) {
	analyzer := text.NewAnalyzer()
	for _, name := range []string{"present.en.tsv", "present.ar.tsv"} {
		all := rows(t, name, 2)
		if len(all) < 60 {
			t.Errorf("%s has %d questions, want 60 or more", name, len(all))
		}
		for _, row := range all {
			if got := asksPresent(analyzer.Terms(row[0])); got != (row[1] == "yes") {
				t.Errorf("%q: %v, want %s", row[0], got, row[1])
			}
		}
	}
}
