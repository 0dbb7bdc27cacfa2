package text

import (
	"slices"
	"strings"
	"testing"
)

// filler returns n words that no cut prefers.
func filler(n int) string { return strings.TrimSpace(strings.Repeat("كلمة ", n)) }

func TestClauses(t *testing.T) {
	tests := []struct {
		name string
		text []string // what it is cut into
	}{
		{"ninety words are whole", []string{filler(90) + "."}},
		{"nothing to choose by", []string{filler(45), filler(46)}},
		{"a semicolon before a comma nearer the middle", []string{filler(30) + "؛", filler(15) + "، " + filler(50)}},
		{"a colon before a comma", []string{filler(40) + ":", filler(5) + "، " + filler(50)}},
		{"a dash before a comma", []string{filler(40) + " –", filler(5) + "، " + filler(50)}},
		{"a comma before a conjunction", []string{filler(30) + "،", "فيما " + filler(14) + "، " + filler(50)}},
		{"a verb of saying without a comma", []string{filler(30), "وقال " + filler(64)}},
		{"a comma that a word is glued to", []string{filler(40) + "،", filler(60)}},
		{"no crumbs", []string{filler(48), filler(45) + "؛ " + filler(3)}},
		{"not inside a quotation", []string{filler(20), "«" + filler(40) + "، " + filler(40) + "»"}},
		{"not inside brackets", []string{filler(20), "(" + filler(40) + "، " + filler(40) + ")"}},
		{"not inside straight marks", []string{filler(20), `"` + filler(40) + "، " + filler(40) + `"`}},
		{"a quotation too long to spare", []string{"«" + filler(50) + "،", filler(50) + "»"}},
		{"after a quotation that was cut", []string{`"` + filler(70) + "،", filler(30) + `"،`, filler(80)}},
		{"english", []string{strings.Repeat("word ", 50) + "word,", "while " + strings.Repeat("word ", 50) + "word."}},
		{"english and", []string{strings.Repeat("word ", 50) + "word,", "and " + strings.Repeat("word ", 50) + "word, word word."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := strings.Join(tt.text, " ")
			var got []string
			for _, sp := range Sentences(s) {
				got = append(got, s[sp.Start:sp.End])
			}
			if !slices.Equal(got, tt.text) {
				t.Errorf("%d words are cut into %q, want %q", len(Words(s)), got, tt.text)
			}
		})
	}
}

// A mark between digits or inside a link is no place to cut.
func TestClausesLeaveWordsWhole(t *testing.T) {
	for _, word := range []string{"1,000", "10:30", "https://example.org/a;b,c:d-e", "كلمة-كلمة"} {
		s := strings.TrimSpace(strings.Repeat(word+" ", 91))
		for _, sp := range Sentences(s) {
			if piece := s[sp.Start:sp.End]; !strings.HasPrefix(piece, word) || !strings.HasSuffix(piece, word) {
				t.Errorf("a piece of %q is %q", word, piece)
			}
		}
	}
}
