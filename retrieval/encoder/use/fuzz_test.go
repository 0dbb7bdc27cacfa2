package use

import (
	"math"
	"testing"

	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/use/weights"
)

// FuzzQuestion checks that no text makes an id that has no embedding or is a
// special of the model, and that all have a vector.
func FuzzQuestion(f *testing.F) {
	e := newEncoder(f, Options{})
	f.Add("أعلنت وزارة الطاقة")
	for _, text := range encodertest.Hostile() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ids := e.appendIDs(nil, text)
		last := len(ids) - 1
		if last < 2 || last > MaxTokens+1 || ids[0] != weights.Begin || ids[last] != weights.End {
			t.Fatalf("%.60q makes %d ids, from %d to %d", text, len(ids), ids[0], ids[last])
		}
		for _, id := range ids[1:last] {
			if id < 0 || id == weights.Begin || id == weights.End || int(id) >= e.model.Vocab() {
				t.Errorf("%.60q makes id %d", text, id)
			}
		}
		v := question(t, e, text)
		if length := dot(v, v); !(math.Abs(length-1) < 1e-5) {
			t.Errorf("%.60q has a vector of length %v", text, math.Sqrt(length))
		}
	})
}

func dot(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
