package e5

import (
	"slices"
	"testing"

	"newsbot/retrieval/encoder/encodertest"
)

// BenchmarkQuestionDuringBulk times a question of 18 tokens while many passages of
// 200 tokens are encoded, as while an import runs.
func BenchmarkQuestionDuringBulk(b *testing.B) {
	e := newEncoder(b, Options{})
	batch := slices.Repeat([]string{textOf(b, e, 200)}, 8)
	encodertest.BenchmarkQuestionDuringBulk(b, e, textOf(b, e, 18), batch)
}
