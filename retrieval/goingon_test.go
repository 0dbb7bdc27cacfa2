package retrieval_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval"
)

// TestFollowUps asks about the samples in two questions, with the real encoders: the
// second is answered first of all from an article that the two together are about, which
// it is not by itself in many cases.
func TestFollowUps(t *testing.T) {
	x := openSamples(t)
	for _, lang := range []string{"en", "ar"} {
		raw, err := os.ReadFile("testdata/turns." + lang + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		asked, alone := 0, 0
		for line := range strings.Lines(string(raw)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(fields) != 3 {
				t.Fatalf("%q has %d fields, want 3", line, len(fields))
			}
			asked++
			q := retrieval.Question{Text: fields[1]}
			if _, right := x.followUp(t, q, fields[2]); right {
				alone++
			}
			q.Previous = &retrieval.Turn{Question: fields[0]}
			if a, right := x.followUp(t, q, fields[2]); !right {
				t.Errorf("%q after %q, understood as %q: %s, %s", q.Text, fields[0], a.Understood, a.Verdict, x.cited(a))
			}
		}
		if asked < 20 || alone > asked*2/3 {
			t.Errorf("%s: %d cases, want 20; %d are right by themselves", lang, asked, alone)
		}
	}
}

// followUp asks a question and reports whether the first quote is from one of the files.
func (x *sampleIndex) followUp(t *testing.T, q retrieval.Question, files string) (a retrieval.Answer, right bool) {
	t.Helper()
	a, err := x.engine.Ask(t.Context(), q)
	if err != nil {
		t.Fatalf("Ask(%q) = %v", q.Text, err)
	}
	if (q.Previous == nil) != (a.Understood == "") {
		t.Errorf("%q with previous %v is understood as %q", q.Text, q.Previous, a.Understood)
	}
	cited := x.cited(a)
	return a, len(cited) > 0 && slices.Contains(strings.Split(files, "|"), cited[0])
}

// cited are the files that an answer quotes, in order.
func (x *sampleIndex) cited(a retrieval.Answer) (files []string) {
	for _, c := range a.Citations {
		files = append(files, x.files[c.ArticleID])
	}
	return files
}
