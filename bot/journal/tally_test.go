package journal

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
)

func TestTally(t *testing.T) {
	j, c := testJournal(t)
	day := func() string { return c.now().Format(time.DateOnly) }
	for i := range 8 {
		a := Answer{Update: int64(i + 1), Chat: 7, Person: 7, Question: "q", Tally: Tally{day(), "answered", text.Arabic}}
		switch i {
		case 3:
			a.Tally.Verdict = "none"
		case 4:
			a.Tally = Tally{} // no question
		}
		for range 2 { // the second time it is handled again
			if _, err := j.KeepAnswer(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		if i == 5 {
			c.pass(24 * time.Hour)
		}
	}
	if err := j.Forget(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	first, second := "2026-01-02", "2026-01-03"
	want := []Tallied{
		{Tally{first, "answered", text.Arabic}, 4}, {Tally{first, "none", text.Arabic}, 1}, {Tally{second, "answered", text.Arabic}, 2},
	}
	tallies := func(from string) []Tallied {
		list, err := j.Tallies(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if diff := cmp.Diff(want, tallies(first)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(want[2:], tallies(second)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	c.pass(400 * 24 * time.Hour) // the day before the last one is 401 ago
	if err := j.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want[2:], tallies("")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := j.KeepAnswer(t.Context(), Answer{Update: 99, Tally: Tally{Day: "today"}}); err == nil {
		t.Error("a question of no day was counted")
	}
}

func TestAnsweredSince(t *testing.T) {
	j, c := testJournal(t)
	for i, person := range []int64{7, 8, 7} {
		_, err := j.KeepAnswer(t.Context(), Answer{Update: int64(i + 1), Chat: 7, Person: person, Question: fmt.Sprint(i), Data: []byte("x")})
		if err != nil {
			t.Fatal(err)
		}
		c.pass(time.Hour)
	}
	var asked []string
	var people []int64
	err := j.AnsweredSince(t.Context(), c.now().Add(-2*time.Hour), func(a Answer) error {
		asked, people = append(asked, a.Question), append(people, a.Person)
		if a.Chat != 0 || a.Person == 7 || a.Person == 8 {
			t.Errorf("it tells whose it was: %+v", a)
		}
		return nil
	})
	if err != nil || !slices.Equal(asked, []string{"2", "1"}) || people[0] == people[1] {
		t.Errorf("AnsweredSince = %v of %v, %v", asked, people, err)
	}
	enough := errors.New("enough")
	if err := j.AnsweredSince(t.Context(), start, func(Answer) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("AnsweredSince = %v", err)
	}
}

func TestReports(t *testing.T) {
	j, c := testJournal(t)
	var keys []string
	for i := range 3 {
		key, err := j.KeepAnswer(t.Context(), Answer{Update: int64(i + 1), Chat: 7, Person: 7, Data: []byte{byte(i)}})
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	report := func(key string, person int64, source int) {
		t.Helper()
		c.pass(time.Minute)
		if err := j.Report(t.Context(), Feedback{Answer: key, Person: person, Update: c.ms.Load()}, source); err != nil {
			t.Fatal(err)
		}
	}
	report(keys[0], 7, 2)
	report(keys[1], 7, 1)
	report(keys[0], 8, 2)
	report("goneanswer", 8, 1)
	newest := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	want := []Reports{
		{keys[0], []byte{0}, 2, 2, newest(3)}, {keys[1], []byte{1}, 1, 1, newest(2)},
	}
	got, err := j.Reports(t.Context())
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Reports: %v, -want +got:\n%s", err, diff)
	}
	for person, helpful := range map[int64]bool{7: true, 8: true, 9: false} {
		if err := j.Rate(t.Context(), Feedback{Answer: keys[2], Person: person}, helpful); err != nil {
			t.Fatal(err)
		}
	}
	if helpful, not, err := j.RatedSince(t.Context(), c.now()); helpful != 2 || not != 1 || err != nil {
		t.Errorf("RatedSince = %d, %d, %v", helpful, not, err)
	}
	if helpful, not, err := j.RatedSince(t.Context(), c.now().Add(time.Second)); helpful != 0 || not != 0 || err != nil {
		t.Errorf("RatedSince later = %d, %d, %v", helpful, not, err)
	}
}

func TestUnfinished(t *testing.T) {
	j, c := testJournal(t)
	if n, first, err := j.Unfinished(t.Context(), 0); n != 0 || !first.IsZero() || err != nil {
		t.Errorf("Unfinished = %d, %v, %v", n, first, err)
	}
	for i := range 2 {
		if _, err := j.Receive(t.Context(), []Update{update(int64(i + 1))}); err != nil {
			t.Fatal(err)
		}
		c.pass(time.Minute)
	}
	if n, first, err := j.Unfinished(t.Context(), 0); n != 2 || !first.Equal(start.Truncate(time.Millisecond)) || err != nil {
		t.Errorf("Unfinished = %d, %v, %v", n, first, err)
	}
	if n, first, err := j.Unfinished(t.Context(), 1); n != 1 || !first.Equal(start.Add(time.Minute)) || err != nil {
		t.Errorf("without the first, Unfinished = %d, %v, %v", n, first, err)
	}
	if err := j.Done(t.Context(), 1, 0); err != nil {
		t.Fatal(err)
	}
	if n, first, err := j.Unfinished(t.Context(), 0); n != 1 || !first.Equal(start.Add(time.Minute)) || err != nil {
		t.Errorf("Unfinished = %d, %v, %v", n, first, err)
	}
}

func TestAskers(t *testing.T) {
	j, c := testJournal(t)
	for update, person := range map[int64]int64{1: 7, 2: 7, 3: 8, -129: 9} { // the last is of a digest
		if _, err := j.Count(t.Context(), Question{Update: update, Person: person, At: c.now()}, Limits{}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := j.Askers(t.Context(), c.now().Add(-time.Second)); n != 2 || err != nil {
		t.Errorf("Askers = %d, %v", n, err)
	}
	if n, err := j.Askers(t.Context(), c.now()); n != 0 || err != nil {
		t.Errorf("Askers later = %d, %v", n, err)
	}
}
