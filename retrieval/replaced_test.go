package retrieval

import (
	"testing"

	"newsbot/corpus"
)

// An engine follows a store that is replaced under it, be the change log that it has followed shorter or longer than
// that of the copy.
func TestFollowReplacedStore(t *testing.T) {
	tram := corpus.Article{Title: "Tram", Body: "The tram called Marigold runs again since Monday."}
	bridge := corpus.Article{Title: "Bridge", Body: "The bridge called Wisteria is nine hundred metres long."}
	museum := corpus.Article{Title: "Museum", Body: "The museum called Magnolia has opened a new wing."}
	for name, own := range map[string][]corpus.Article{"shorter": {tram}, "longer": {tram, museum}} {
		copied := t.TempDir()
		if _, err := newBench(t, bridge).store.Backup(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
		b := newBench(t, own...)
		if err := b.store.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		if b.store, err = corpus.Open(t.Context(), corpus.Config{Dir: b.dir, ReadOnly: true}); err != nil {
			t.Fatal(err)
		}
		b.engine = b.open()
		alone, err := corpus.Open(t.Context(), corpus.Config{Dir: b.dir, Alone: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := alone.Replace(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
		b.refresh()
		if got := b.ask("Wisteria bridge").Citations; len(got) != 1 {
			t.Errorf("%s: what was restored is not found: %v", name, got)
		}
		if got := b.ask("Marigold tram").Citations; len(got) != 0 {
			t.Errorf("%s: what was replaced is found: %v", name, got)
		}
		for _, store := range []*corpus.Store{alone, b.store} {
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
