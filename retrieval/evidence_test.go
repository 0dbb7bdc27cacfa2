package retrieval

import "testing"

// Evidence is weighed while the articles that were ranked go, the last ones of their
// language among them, and others take their places: what is gone has no words.
func TestWeighWhatIsGone(t *testing.T) {
	b := newBench(t, ferryArabic)
	gone := b.add(ferry)
	b.encode()
	b.refresh()
	q, all, err := b.engine.prospect(t.Context(), Question{Text: askFerry, Within: []string{gone}})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d candidates (%v)", len(all), err)
	}
	if v := b.engine.weighPassage(q, &all[0], all); v[byHeld] == 0 {
		t.Errorf("what is there holds %v", v[byHeld])
	}
	if err := b.store.Remove(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		if v := b.engine.weighPassage(q, &all[0], all); v[byHeld] != 0 {
			t.Errorf("%s: what is gone holds %v", when, v[byHeld])
		}
		b.engine.lacked(q, all)
	}
	if err := b.engine.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("no article is in its language")
	b.add(ferryElection)
	b.encode()
	b.refresh()
	check("another has its place")
}
