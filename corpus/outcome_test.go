package corpus

import (
	"slices"
	"testing"
	"time"
)

// An outcome says in what an article that was there has become another.
func TestOutcomeChanged(t *testing.T) {
	s := testStore(t)
	given := []Article{blackout(), blackout(), blackout()}
	given[1].ID = NewID("url:" + blackout().URL)
	given[1].URL, given[1].Published = "https://other.example/copy", Day(2025, time.April, 29)
	var changed []Fields
	err := s.AddAllWith(t.Context(), slices.Values(given), AddOptions{KeepIDs: true}, func(o Outcome) error {
		changed = append(changed, o.Changed)
		return o.Err
	})
	if want := []Fields{0, FieldURL | FieldPublished, FieldURL | FieldPublished}; err != nil || !slices.Equal(changed, want) {
		t.Errorf("changed are %v, %v; want %v", changed, err, want)
	}
	o, err := s.AddWith(t.Context(), with(blackout(), func(a *Article) { a.Title = "Lights out in Iberia" }), AddOptions{})
	if err != nil || o.Changed != FieldTitle {
		t.Errorf("changed is %v, %v; want the title", o.Changed, err)
	}
}
