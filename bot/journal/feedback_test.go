package journal

import (
	"errors"
	"slices"
	"testing"
	"time"

	"newsbot/corpus/database"
)

func TestRatings(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	key := mustKeepAnswer(t, j, Answer{Update: 100, Chat: 1})
	rate := func(person, update int64, helpful bool) {
		t.Helper()
		if err := j.Rate(ctx, Feedback{Answer: key, Update: update, Person: person}, helpful); err != nil {
			t.Fatal(err)
		}
	}
	check := func(wantHelpful, wantNot int) {
		t.Helper()
		helpful, not, err := j.Ratings(ctx, key)
		if err != nil || helpful != wantHelpful || not != wantNot {
			t.Fatalf("Ratings = %d, %d, %v; want %d, %d", helpful, not, err, wantHelpful, wantNot)
		}
	}
	check(0, 0)
	rate(1, 1, true)
	rate(2, 2, true)
	rate(3, 3, false)
	check(2, 1)
	rate(1, 4, false)
	rate(1, 4, false)
	check(1, 2)
	if err := j.Report(ctx, Feedback{Answer: key, Update: 5, Person: 1}, 1); err != nil {
		t.Fatal(err)
	}
	check(1, 2)
	c.pass(answerKept)
	mustPrune(t, j)
	check(1, 2)
	c.pass(time.Millisecond)
	mustPrune(t, j)
	check(0, 0)
}

// A source is reported once by a person, by one update however often it is
// handled.
func TestReport(t *testing.T) {
	j, c := testJournal(t)
	key := mustKeepAnswer(t, j, Answer{Update: 100, Chat: 1})
	first := Feedback{Answer: key, Update: 5, Person: 1}
	for _, test := range []struct {
		name   string
		f      Feedback
		source int
		want   error
	}{
		{"first", first, 1, nil},
		{"the same update", first, 1, nil},
		{"again", Feedback{Answer: first.Answer, Update: 6, Person: 1}, 1, ErrTaken},
		{"another source", Feedback{Answer: first.Answer, Update: 7, Person: 1}, 2, nil},
		{"another person", Feedback{Answer: first.Answer, Update: 8, Person: 2}, 1, nil},
		{"another answer", Feedback{Answer: "abcdefghik", Update: 9, Person: 1}, 1, nil},
	} {
		if err := j.Report(t.Context(), test.f, test.source); !errors.Is(err, test.want) {
			t.Errorf("%s: %v; want %v", test.name, err, test.want)
		}
	}
	c.pass(answerKept + time.Millisecond)
	mustPrune(t, j)
	if err := j.Report(t.Context(), Feedback{Answer: first.Answer, Update: 10, Person: 1}, 1); err != nil {
		t.Errorf("after the report is pruned: %v", err)
	}
}

// What was said of an answer late does not outlive it, and what was said early
// is kept as long as it.
func TestFeedbackGoesWithItsAnswer(t *testing.T) {
	const day = 24 * time.Hour
	j, c := testJournal(t)
	said := func() (people []int64) {
		t.Helper()
		rows, err := j.db.QueryContext(t.Context(), "SELECT person FROM feedback ORDER BY person")
		if err == nil {
			people, err = database.Column[int64](rows)
		}
		if err != nil {
			t.Fatal(err)
		}
		return people
	}
	key := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 1})
	c.pass(29 * day)
	late := mustKeepAnswer(t, j, Answer{Update: 2, Chat: 1})
	for person, answer := range map[int64]string{770077: key, 880088: late} {
		if err := j.Rate(t.Context(), Feedback{Answer: answer, Update: person, Person: person}, true); err != nil {
			t.Fatal(err)
		}
	}
	c.pass(day)
	mustPrune(t, j)
	if got := said(); !slices.Equal(got, []int64{770077, 880088}) {
		t.Errorf("on day 30 what these have said is kept: %d; want both", got)
	}
	c.pass(24 * day)
	mustPrune(t, j)
	if got := said(); !slices.Equal(got, []int64{880088}) {
		t.Errorf("on day 54 what these have said is kept: %d; want 880088 alone", got)
	}
}

// Who is told of a report is told once, by one update however often it is handled.
func TestTellReport(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	f := Feedback{Answer: "abcdefghij", Update: 5, Person: 1}
	if _, err := j.TellReport(ctx, f, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("TellReport of no report: %v; want ErrNotFound", err)
	}
	if err := j.Report(ctx, f, 1); err != nil {
		t.Fatal(err)
	}
	later := f
	later.Update = 6
	for _, test := range []struct {
		f    Feedback
		want bool
	}{{f, true}, {later, false}, {f, true}} {
		if tells, err := j.TellReport(ctx, test.f, 1); err != nil || tells != test.want {
			t.Errorf("TellReport by %d = %t, %v; want %t", test.f.Update, tells, err, test.want)
		}
	}
}

// The sources that were reported are listed once each, whoever has said so and whoever was told.
func TestReported(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	const key = "abcdefghij"
	said := func(answer string, update, person int64) Feedback {
		return Feedback{Answer: answer, Update: update, Person: person}
	}
	if err := j.Rate(ctx, said(key, 1, 1), false); err != nil {
		t.Fatal(err)
	}
	if got, err := j.Reported(ctx, key); err != nil || len(got) != 0 {
		t.Errorf("Reported before any report = %d, %v", got, err)
	}
	if err := errors.Join(
		j.Report(ctx, said(key, 2, 1), 12), j.Report(ctx, said(key, 3, 2), 2), j.Report(ctx, said(key, 4, 1), 2),
		j.Report(ctx, said("abcdefghik", 5, 1), 1),
	); err != nil {
		t.Fatal(err)
	}
	if _, err := j.TellReport(ctx, said(key, 3, 2), 2); err != nil {
		t.Fatal(err)
	}
	if got, err := j.Reported(ctx, key); err != nil || !slices.Equal(got, []int{2, 12}) {
		t.Errorf("Reported = %d, %v; want 2 and 12", got, err)
	}
}

// An answer is handed out once, with all its reports that wait, in the place of the first.
func TestTellWaitingOfOneAnswer(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	first, second := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 1}), mustKeepAnswer(t, j, Answer{Update: 2, Chat: 1})
	third := mustKeepAnswer(t, j, Answer{Update: 3, Chat: 1})
	report := func(answer string, update, person int64, source int) {
		t.Helper()
		if err := j.Report(ctx, Feedback{Answer: answer, Update: update, Person: person}, source); err != nil {
			t.Fatal(err)
		}
		c.pass(time.Second)
	}
	report(first, 10, 7, 2)
	report(second, 11, 7, 1)
	report(first, 12, 7, 1)
	report(third, 13, 7, 1)
	report(first, 14, 8, 1)
	check := func(update int64, waiting int, want ...string) {
		t.Helper()
		got, n, err := j.TellWaiting(ctx, update, 2)
		if err != nil || !slices.Equal(got, want) || n != waiting {
			t.Errorf("TellWaiting(%d) = %q, %d, %v; want %q, %d", update, got, n, err, want, waiting)
		}
	}
	check(30, 5, first, second)
	check(30, 5, first, second)
	check(31, 1, third)
	report(first, 15, 9, 3) // after it was told of
	check(32, 1, first)
	check(33, 0)
}

func TestTellWaiting(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	var keys []string
	for i := range int64(4) {
		key, err := j.KeepAnswer(ctx, Answer{Update: i + 1, Chat: 1, Person: 1})
		if err == nil {
			err = j.Report(ctx, Feedback{Answer: key, Update: 10 + i, Person: 1}, 1)
		}
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
		c.pass(time.Second)
	}
	rated := Feedback{Answer: keys[0], Update: 20, Person: 1}
	if err := errors.Join(j.Rate(ctx, rated, false), j.Report(ctx, Feedback{Answer: "abcdefghij", Update: 21, Person: 1}, 1)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		update  int64
		want    []string
		waiting int
	}{{30, keys[:3], 4}, {30, keys[:3], 4}, {31, keys[3:], 1}, {30, keys[:3], 3}, {31, keys[3:], 1}, {32, nil, 0}} {
		got, waiting, err := j.TellWaiting(ctx, test.update, 3)
		if err != nil || !slices.Equal(got, test.want) || waiting != test.waiting {
			t.Errorf("TellWaiting(%d) = %q, %d, %v; want %q, %d", test.update, got, waiting, err, test.want, test.waiting)
		}
		j = reopen(t, j)
	}
	if err := j.Forget(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if got, waiting, err := j.TellWaiting(ctx, 30, 3); err != nil || len(got) != 0 || waiting != 0 {
		t.Errorf("TellWaiting of what is forgotten = %q, %d, %v", got, waiting, err)
	}
}
