package corpus

import (
	"fmt"
	"slices"
	"testing"
)

// Of several articles those that are there are removed, however many they are.
func TestRemoveAll(t *testing.T) {
	s := testStore(t)
	var ids []string
	for i := range 2*batchArticles + 10 {
		a, _, err := s.Add(t.Context(), Article{Body: fmt.Sprintf("Tram line %d opened on Monday.", i)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	if err := s.Remove(t.Context(), ids[3]); err != nil {
		t.Fatal(err)
	}
	kept := ids[7]
	if err := s.RemoveAll(t.Context(), append([]string{"none"}, slices.Concat(ids[:7], ids[8:])...)); err != nil {
		t.Fatal(err)
	}
	if list, err := s.List(t.Context(), ListOptions{}); err != nil || len(list) != 1 || list[0].ID != kept {
		t.Errorf("left are %+v, %v; want %s alone", list, err, kept)
	}
	if err := s.Restore(t.Context(), ids[0]); err != nil {
		t.Errorf("one cannot be restored: %v", err)
	}
}
