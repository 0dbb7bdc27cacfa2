package e5

import (
	"testing"

	"newsbot/retrieval/encoder/e5/weights"
)

// FuzzIDs checks that no text makes an id that has no embedding or is a special
// of the model.
func FuzzIDs(f *testing.F) {
	e := newEncoder(f, Options{})
	for _, seed := range []string{"", "أعلنت وزارة الطاقة", "<s></s><unk><mask>", "\xff\xfe", "\ufdfa\ufdfa", "a\u0301\u200d😀", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ids := e.ids("query: " + text)
		if len(ids) == 0 || len(ids) > MaxWindows*windowTokens {
			t.Fatalf("%q makes %d ids", text, len(ids))
		}
		for _, id := range ids {
			if id < weights.Unknown || int(id) >= e.model.Vocab()-1 {
				t.Errorf("%q makes id %d", text, id)
			}
		}
	})
}
