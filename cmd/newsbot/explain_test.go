package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// printedExplained is what lexicon prints of some words.
func printedExplained(words ...retrieval.Explained) string {
	var out bytes.Buffer
	(&app{Main: &Main{Stdout: &out}}).printExplained(words)
	return out.String()
}

// The table is aligned, whatever the script, and nothing in it steers a terminal.
func TestPrintExplained(t *testing.T) {
	word := retrieval.Explained{
		Text: "Bad\x1b[31m\nname", Normalized: "bad name", Stems: "bad name", Language: text.English,
		Role: retrieval.RoleSearched, Proper: true, Sure: 0.5, Omitted: 7,
		Ways: []retrieval.Way{
			{Origin: retrieval.OriginText, Text: "Bad\x1b[31m\nname", Stems: []string{"bad name"}, Weight: 1, Passages: map[text.Language]int{text.English: 1234}},
			{Origin: retrieval.OriginMeaning, Text: "هدنة", Stems: []string{"هدن"}, Weight: 0.25, CSLS: 0.31, Passages: map[text.Language]int{text.Arabic: 7}},
			{Origin: retrieval.OriginMeaning, Text: "\u202eميناء", Stems: []string{"\u202eميناء"}, CSLS: -0.001},
			{Origin: retrieval.OriginSound, Text: "بادنيم\u009b", Stems: []string{"بادن"}, Weight: 0.8, Similarity: 0.8, Passages: map[text.Language]int{text.Other: 2}},
		},
		Found: []retrieval.Found{
			{Language: text.Arabic, Passages: 7, Of: 20, IDF: 1.5},
			{Language: text.English, Passages: 1234, Of: 2000, IDF: 0.5},
			{Language: text.Other, Passages: 2, Of: 2, IDF: 0.1},
		},
	}
	stop := retrieval.Explained{Text: "the", Role: retrieval.RoleStop}
	want := strings.NewReplacer("<", "\u2068", ">", "\u2069", "~", "\u202e").Replace(`word      Bad�[31m name
analysis  English, normalised bad name, stem bad name
lexicon   in no list, taken for a name; trust in what is like it: 0.50
found     Arabic in 7 of 20 passages, idf 1.50; English in 1234 of 2000 passages, idf 0.50; other in 2 of 2 passages, idf 0.10

from      weight  alike  ar    en  other  word
as asked    1.00      -   0  1234      0  Bad�[31m name
meaning     0.25   0.31   7     0      0  <هدنة> (stem <هدن>)
meaning        -   0.00   0     0      0  <~ميناء>
sound       0.80   0.80   0     0      2  <بادنيم�> (stem <بادن>)
and 7 more

`)
	if d := cmp.Diff(want, printedExplained(stop, word)); d != "" {
		t.Errorf("printed (-want +got):\n%s", d)
	}
}

func TestListing(t *testing.T) {
	guess := []retrieval.Way{{Origin: retrieval.OriginSound, Similarity: 0.9}}
	tests := []struct {
		name string
		word retrieval.Explained
		want string
	}{
		{"name", retrieval.Explained{Stems: "a", Known: true, Proper: true}, "known, as a name"},
		{"word", retrieval.Explained{Stems: "a", Known: true}, "known, as a word"},
		{"year", retrieval.Explained{Stems: "2018", Proper: true}, "a year"},
		{"number", retrieval.Explained{Stems: "250"}, "a number"},
		{"nothing like it", retrieval.Explained{Stems: "a"}, "in no list, and nothing like it among the words of the articles"},
		{"guessed", retrieval.Explained{Stems: "a", Sure: 0.9, Ways: guess}, "in no list; trust in what is like it: 0.90"},
	}
	for _, tt := range tests {
		tt.word.Role = retrieval.RoleSearched
		if got := listing(tt.word); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What the command prints of hostile words holds no control characters, in either
// form, and is JSON.
func TestLexiconIsPrintable(t *testing.T) {
	fake := func() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil }
	hostile := "World\x1b[31m Cup \u009b2J \x07bell \xff\x7f \x00nul"
	for _, args := range [][]string{{"lexicon", hostile}, {"lexicon", "-json", hostile}} {
		code, stdout, stderr := run(t, t.TempDir(), fake, args...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%q: exit code %d, %q", args, code, stderr)
		}
		if strings.ContainsFunc(stdout, func(r rune) bool { return r != '\n' && (r < ' ' || isLateControl(r)) }) {
			t.Errorf("%q prints control characters: %q", args, stdout)
		}
		if len(args) == 3 && !json.Valid([]byte(stdout)) {
			t.Errorf("no JSON: %q", stdout)
		}
	}
}
