package e5

import (
	"testing"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/encodertest"
)

// FuzzIDs checks that no text makes an id that has no embedding or is a special
// of the model.
func FuzzIDs(f *testing.F) {
	e := newEncoder(f, Options{})
	f.Add("أعلنت وزارة الطاقة")
	for _, text := range encodertest.Hostile() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ids := e.ids("query: " + text)
		if len(ids) == 0 || len(ids) > MaxWindows*windowTokens {
			t.Fatalf("%.60q makes %d ids", text, len(ids))
		}
		for _, id := range ids {
			if id < weights.Unknown || int(id) >= e.model.Vocab()-1 {
				t.Errorf("%.60q makes id %d", text, id)
			}
		}
	})
}
