package main

import (
	"slices"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/corpus"
)

// Outlets come with their newest dates, those with the most articles first.
func TestOutlets(t *testing.T) {
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, a := range []corpus.Article{
		{Title: "One", Source: "Daily", Published: corpus.Day(2025, time.May, 3), Body: "One thing."},
		{Title: "Two", Source: "Weekly", Published: corpus.Day(2025, time.June, 3), Body: "Two things."},
		{Title: "Three", Source: "Weekly", Published: corpus.Day(2025, time.May, 30), Body: "Three things."},
		{Title: "Four", Body: "Four things."},
	} {
		if _, _, err := store.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	want := []bot.Outlet{
		{Name: "Weekly", Articles: 2, Newest: corpus.Day(2025, time.June, 3)}, {Articles: 1},
		{Name: "Daily", Articles: 1, Newest: corpus.Day(2025, time.May, 3)},
	}
	same := func(a, b bot.Outlet) bool {
		return a.Name == b.Name && a.Articles == b.Articles && a.Newest.Time.Equal(b.Newest.Time)
	}
	if got, err := outlets(t.Context(), store); err != nil || !slices.EqualFunc(got, want, same) {
		t.Errorf("outlets = %v, %v; want %v", got, err, want)
	}
}
