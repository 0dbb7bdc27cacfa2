package text

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSentencesOfCases reads what sentences there are from a file: see its first line.
func TestSentencesOfCases(t *testing.T) {
	raw, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[bool]int{} // by whether they are Arabic
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, marked, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("%q has no tab", line)
		}
		cases[Detect(marked) == Arabic]++
		t.Run(name, func(t *testing.T) {
			marked = strings.ReplaceAll(marked, `\n`, "\n")
			checkMarked(t, marked)
		})
	}
	if cases[true] < 100 || cases[false] < 100 {
		t.Errorf("%d cases are Arabic and %d are not, want 100 of each", cases[true], cases[false])
	}
}

// checkMarked compares the sentences of a text with the bars that mark their ends.
func checkMarked(t *testing.T, marked string) {
	t.Helper()
	text := strings.ReplaceAll(marked, "|", "")
	var want, got []string
	for _, s := range strings.Split(marked, "|") {
		if s = strings.TrimSpace(s); s != "" {
			want = append(want, s)
		}
	}
	for _, sp := range Sentences(text) {
		got = append(got, text[sp.Start:sp.End])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Sentences(%q): -want +got\n%s", text, diff)
	}
}
