package journal

import (
	"errors"
	"testing"
	"time"
)

func TestRatings(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	rate := func(person, update int64, helpful bool) {
		t.Helper()
		if err := j.Rate(ctx, Feedback{Answer: "abcdefghij", Update: update, Person: person}, helpful); err != nil {
			t.Fatal(err)
		}
	}
	check := func(wantHelpful, wantNot int) {
		t.Helper()
		helpful, not, err := j.Ratings(ctx, "abcdefghij")
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
	if err := j.Report(ctx, Feedback{Answer: "abcdefghij", Update: 5, Person: 1}, 1); err != nil {
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
	first := Feedback{Answer: "abcdefghij", Update: 5, Person: 1}
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
