package lexicon

import (
	"math/rand/v2"
	"testing"
)

// TestOutline compares outlines of made-up words, which must not be unlike where
// the words themselves are alike enough.
func TestOutline(t *testing.T) {
	words := randomWords(rand.New(rand.NewPCG(3, 4)), 1500)
	spokenWords := make([]spoken, len(words))
	outlines := make([]outline, len(words))
	for i, w := range words {
		spokenWords[i] = speak(w)
		outlines[i] = outlineOf(spokenWords[i].all())
	}
	const least = .6
	spared := 0
	for i := range words {
		for j := range i {
			if !outlines[i].unlike(&outlines[j], least) {
				continue
			}
			spared++
			a, b := &spokenWords[i], &spokenWords[j]
			if got := swapsOf(a, b).alikeness(a.all(), b.all(), least); got != 0 {
				t.Fatalf("%s and %s have a similarity of %.3f, but outlines say less than %v", words[i], words[j], got, least)
			}
		}
	}
	if spared == 0 {
		t.Error("no pair is told apart by its outlines")
	}
}
