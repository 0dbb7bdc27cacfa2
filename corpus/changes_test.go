package corpus

import (
	"errors"
	"slices"
	"testing"
)

func TestChanges(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	if changes, err := s.Changes(ctx, 0); err != nil || len(changes) != 0 {
		t.Fatalf("Changes of a new store = %v, %v; want none", changes, err)
	}
	a := mustAdd(t, s, sample(1, 50))
	b := mustAdd(t, s, sample(2, 50))
	mustAdd(t, s, sample(1, 50)) // unchanged: no entry
	mustAdd(t, s, sample(1, 80))
	if err := s.Purge(ctx, b.ID); err != nil {
		t.Fatal(err)
	}
	c := mustAdd(t, s, sample(3, 50))
	for _, test := range []struct {
		name  string
		after int64
		want  []Change
	}{
		{"from the start", 0, []Change{{3, a.ID, false, ""}, {4, b.ID, true, ""}, {5, c.ID, false, ""}}},
		{"from the middle", 3, []Change{{4, b.ID, true, ""}, {5, c.ID, false, ""}}},
		{"from the end", 5, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := s.Changes(ctx, test.after)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("Changes(%d) = %v, %v; want %v", test.after, got, err, test.want)
			}
		})
	}
	if seq, err := s.Seq(ctx); err != nil || seq != 5 {
		t.Errorf("Seq = %d, %v; want 5", seq, err)
	}
	for _, after := range []int64{6, -1} {
		if got, err := s.Changes(ctx, after); !errors.Is(err, ErrTooOld) {
			t.Errorf("Changes(%d) = %v, %v; want ErrTooOld", after, got, err)
		}
	}
}

func TestChangesArePruned(t *testing.T) {
	s := testStore(t)
	s.keep = 3
	ctx := t.Context()
	for i := range 10 {
		mustAdd(t, s, sample(i, 30))
	}
	for after := range int64(11) {
		got, err := s.Changes(ctx, after)
		if after < 7 {
			if !errors.Is(err, ErrTooOld) {
				t.Errorf("Changes(%d) = %v, %v; want ErrTooOld", after, got, err)
			}
			continue
		}
		if err != nil || len(got) != int(10-after) {
			t.Errorf("Changes(%d) = %v, %v; want %d", after, got, err, 10-after)
		}
	}
}

func TestDataVersion(t *testing.T) {
	s := testStore(t)
	other := openStore(t, Config{Dir: s.dir})
	ctx := t.Context()
	last := int64(-1)
	changed := func(when string, want bool) {
		t.Helper()
		v, err := s.DataVersion(ctx)
		if err != nil || (v != last) != want {
			t.Errorf("%s: DataVersion = %d, %v after %d; want a change: %v", when, v, err, last, want)
		}
		last = v
	}
	changed("at first", true)
	changed("nothing happened", false)
	mustAdd(t, other, sample(1, 50))
	changed("another store added", true)
	mustAdd(t, s, sample(2, 50))
	changed("this store added", true)
	if _, err := other.List(ctx, ListOptions{}); err != nil {
		t.Fatal(err)
	}
	changed("another store read", false)
}
