package corpus

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
)

func TestAddedSince(t *testing.T) {
	s, at := clockStore(t)
	begin := *at
	add := func(a Article) Article {
		t.Helper()
		stored, _, err := s.Add(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		*at = at.Add(time.Hour)
		return stored
	}
	add(Article{Title: "Too early", Body: "The first of all reports.", Language: text.English})
	add(Article{Title: "قمة", Body: "اختتمت القمة أعمالها.", Language: text.Arabic})
	gone := add(Article{Title: "Removed", Body: "Nobody sees this report.", Language: text.English})
	add(Article{Title: "Held", Body: "Nobody sees this one yet.", Language: text.English, Embargo: at.Add(99 * time.Hour)})
	add(Article{Title: "Last", Body: "The last of all reports.", Language: text.English})
	if err := s.Remove(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	want := []Addition{{begin.Add(time.Hour).UTC(), text.Arabic}, {begin.Add(4 * time.Hour).UTC(), text.English}}
	got, err := s.AddedSince(t.Context(), begin.Add(time.Hour))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("AddedSince: %v, -want +got:\n%s", err, diff)
	}
}
