package check

import (
	"testing"

	"newsbot/corpus/text"
)

// What is less like the sources, and covered less, has less support; and a claim of many
// parts is not removed because one of them is a little less like them.
func TestScore(t *testing.T) {
	u := usuals[direction{text.English, text.English}]
	usual := support{cosine: u.cosine.mean, covered: u.covered.mean, words: 6}
	if got := usual.score(u, 1); got < leastSupport {
		t.Errorf("a usual clause has %.2f, want %.2f or more", got, leastSupport)
	}
	far, bare := usual, usual
	far.cosine -= 2 * u.cosine.deviation
	bare.covered -= 2 * u.covered.deviation
	for name, s := range map[string]support{"far": far, "bare": bare} {
		if s.score(u, 1) >= usual.score(u, 1) {
			t.Errorf("%s: %.2f, want less than %.2f", name, s.score(u, 1), usual.score(u, 1))
		}
	}
	if far.score(u, 1) >= leastSupport {
		t.Errorf("far alone: %.2f, want less than %.2f", far.score(u, 1), leastSupport)
	}
	if far.score(u, 1) >= far.score(u, 3) {
		t.Error("one of three parts is held to be as bad as the only one")
	}
}
