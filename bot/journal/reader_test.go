package journal

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsbot/corpus/text"
)

func TestLanguage(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	for _, lang := range []text.Language{"", text.Arabic, text.English, "", ""} {
		if err := j.SetLanguage(ctx, 1, lang); err != nil {
			t.Fatal(err)
		}
		j = reopen(t, j)
		if got, err := j.Language(ctx, 1); err != nil || got != lang {
			t.Errorf("Language = %q, %v; want %q", got, err, lang)
		}
		if got, err := j.Language(ctx, 2); err != nil || got != "" {
			t.Errorf("the language of another = %q, %v; want none", got, err)
		}
	}
	for _, lang := range []text.Language{text.Other, "tlh"} {
		if err := j.SetLanguage(ctx, 1, lang); err == nil || !strings.Contains(err.Error(), "set the language") {
			t.Errorf("SetLanguage(%q): %v; want an error", lang, err)
		}
	}
}

func TestCount(t *testing.T) {
	type ask struct {
		update, person int64
		after          time.Duration // since the start
		over           Window
		free           time.Duration // since the start
	}
	limits := Limits{Minute: 2, Day: 4}
	const s, h = time.Second, time.Hour
	for _, test := range []struct {
		name   string
		limits Limits
		asks   []ask
	}{
		{"two a minute", limits, []ask{
			{1, 7, 0, 0, 0}, {2, 7, 10 * s, 0, 0}, {3, 7, 20 * s, Minute, 60 * s}, {4, 8, 20 * s, 0, 0},
			{5, 7, 59999 * time.Millisecond, Minute, 60 * s}, {6, 7, 60 * s, 0, 0}, {7, 7, 61 * s, Minute, 70 * s},
		}},
		{"four a day", limits, []ask{
			{1, 7, 0, 0, 0}, {2, 7, h, 0, 0}, {3, 7, 2 * h, 0, 0}, {4, 7, 3 * h, 0, 0},
			{5, 7, 4 * h, Day, 24 * h}, {6, 7, 23 * h, Day, 24 * h}, {7, 7, 24 * h, 0, 0}, {8, 7, 24 * h, Day, 25 * h},
		}},
		{"over both: the longer one", Limits{Minute: 1, Day: 1}, []ask{{1, 7, 0, 0, 0}, {2, 7, s, Day, 24 * h}}},
		{"handled again", limits, []ask{
			{1, 7, 0, 0, 0}, {2, 7, 0, 0, 0}, {2, 7, 0, 0, 0}, {1, 7, s, 0, 0}, {3, 7, s, Minute, 60 * s}, {3, 7, s, Minute, 60 * s},
			{3, 7, 60 * s, 0, 0}, {3, 7, 60 * s, 0, 0},
		}},
		{"no limits", Limits{}, []ask{{1, 7, 0, 0, 0}, {2, 7, 0, 0, 0}, {3, 7, 0, 0, 0}, {4, 7, 0, 0, 0}, {5, 7, 0, 0, 0}}},
		{"one limit alone", Limits{Day: 3}, []ask{{1, 7, 0, 0, 0}, {2, 7, 0, 0, 0}, {3, 7, 0, 0, 0}, {4, 7, 0, Day, 24 * h}}},
		{"a clock put back by less than a window", limits, []ask{{1, 7, 30 * s, 0, 0}, {2, 7, 30 * s, 0, 0}, {3, 7, 0, Minute, 90 * s}}},
		{"a clock put back by much", limits, []ask{{1, 7, 1000 * h, 0, 0}, {2, 7, 1000 * h, 0, 0}, {3, 7, 0, 0, 0}, {4, 7, 0, 0, 0}, {5, 7, 0, Minute, 60 * s}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			j, _ := testJournal(t)
			for i, a := range test.asks {
				want := Count{Over: a.over}
				if a.over != 0 {
					want.Free = start.Add(a.free)
				}
				got, err := j.Count(t.Context(), Question{Update: a.update, Person: a.person, At: start.Add(a.after)}, test.limits)
				if err != nil || got != want {
					t.Errorf("question %d: Count = %+v, %v; want %+v", i, got, err, want)
				}
			}
		})
	}
}

// However many ask at once, the limit is kept.
func TestCountAtOnce(t *testing.T) {
	j, _ := testJournal(t)
	var within atomic.Int64
	var wg sync.WaitGroup
	for g := range int64(8) {
		wg.Go(func() {
			for i := range int64(10) {
				c, err := j.Count(t.Context(), Question{Update: 10*g + i, Person: 1, At: start}, Limits{Minute: 13, Day: 300})
				if err != nil {
					t.Error(err)
				}
				if c.Over == 0 {
					within.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if n := within.Load(); n != 13 {
		t.Errorf("%d questions within the limits; want 13", n)
	}
}

// What is pruned can matter to no question that is asked then.
func TestCountAfterPrune(t *testing.T) {
	j, c := testJournal(t)
	ask := func(update int64, want Window) {
		t.Helper()
		got, err := j.Count(t.Context(), Question{Update: update, Person: 1, At: c.now()}, Limits{Day: 1})
		if err != nil || got.Over != want {
			t.Errorf("question %d: Count = %+v, %v; want %v", update, got, err, want)
		}
	}
	ask(1, 0)
	c.pass(24*time.Hour - time.Millisecond)
	mustPrune(t, j)
	ask(2, Day)
	c.pass(time.Millisecond)
	mustPrune(t, j)
	ask(3, 0)
}
