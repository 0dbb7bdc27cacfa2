package pdf

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// inPieces cuts lines, a letter every five points, where cut says so, which is given words.
func inPieces(cut func(i int, word string) bool, texts ...string) (kept, rest []*line) {
	for row, text := range texts {
		at := 0
		for i, word := range strings.SplitAfter(text, " ") {
			l := lineFrom(word, float32(5*at), 700-14*float32(row))
			if at += len(word); cut(i, word) {
				rest = append(rest, l)
				continue
			}
			kept = append(kept, l)
		}
	}
	return kept, rest
}

func readLines(lines []*line) string {
	var b strings.Builder
	for _, l := range lines {
		l.sortEms()
		for _, e := range l.ems {
			b.WriteRune(e.r)
		}
		b.WriteString("\n")
	}
	return b.String()
}

var spoken = []string{
	"The harbour of the town reopened on Monday", "after nine days of rain and of wind, so that", "ships which had waited were let in at noon.",
}

func TestLate(t *testing.T) {
	want := strings.Join(spoken, "\n") + "\n"
	kept, bold := inPieces(func(_ int, word string) bool { return word == "the " || word == "of " || word == "let " }, spoken...)
	if got := readLines(late(append(kept, bold...))); got != want {
		t.Errorf("bold words that are drawn last: %q", got)
	}
	words, _ := inPieces(func(int, string) bool { return false }, spoken...)
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	if got := readLines(late(words)); got != want {
		t.Errorf("words in any order: %q", got)
	}
}

// Columns stay apart, though their lines are at one level.
func TestLateColumns(t *testing.T) {
	left, _ := inPieces(func(int, string) bool { return false }, spoken...)
	right := slices.Clone(left[:0:0])
	for row, text := range spoken {
		right = append(right, lineFrom(text, 300, 700-14*float32(row)))
	}
	for _, l := range late(append(left, right...)) {
		if l.left < 300 && l.right > 300 {
			t.Fatalf("columns are joined: %q", readLines([]*line{l}))
		}
	}
}
