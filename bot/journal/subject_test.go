package journal

import (
	"errors"
	"testing"
	"time"
)

func TestBefore(t *testing.T) {
	dir := t.TempDir()
	c := new(clock)
	j := openJournal(t, Config{Dir: dir, Now: c.now})
	ctx := t.Context()
	talk := Talk{Chat: -5, Person: 7, Thread: 3}
	keep := func(update, chat, person int64, thread int) string {
		return mustKeepAnswer(t, j, Answer{Update: update, Chat: chat, Person: person, Thread: thread})
	}
	first := keep(10, -5, 7, 3)
	second := keep(11, -5, 7, 3)
	keep(12, -5, 8, 3) // another person
	keep(13, -5, 7, 4) // another topic
	keep(14, -6, 7, 3) // another chat
	check := func(name string, update int64, since time.Time, want string) {
		t.Helper()
		got, err := j.Before(ctx, talk, update, since)
		if got.Key != want || (want == "") != errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %q, %v; want %q", name, got.Key, err, want)
		}
	}
	check("the last one", 20, start, second)
	check("before the last one", 11, start, first)
	check("before the first one", 10, start, "")
	check("too old", 20, start.Add(time.Millisecond), "")
	for range 2 { // the same update may come twice
		if err := j.NewSubject(ctx, talk, 15); err != nil {
			t.Fatal(err)
		}
	}
	check("a new subject", 20, start, "")
	if got, err := j.Before(ctx, Talk{Chat: -5, Person: 8, Thread: 3}, 20, start); err != nil || got.Update != 12 {
		t.Errorf("somebody else's subject is %d, %v; want 12", got.Update, err)
	}
	third := keep(16, -5, 7, 3)
	check("behind it", 20, start, third)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = openJournal(t, Config{Dir: dir, Now: c.now})
	check("after a restart", 20, start, third)
	check("after a restart, before the new subject", 16, start, "")
	if err := j.Forget(ctx, 7); err != nil {
		t.Fatal(err)
	}
	check("forgotten", 20, start, "")
}

func TestAnswerAround(t *testing.T) {
	j, _ := testJournal(t)
	first := mustKeepAnswer(t, j, Answer{Update: 1, Chat: 7, Reply: 20})
	second := mustKeepAnswer(t, j, Answer{Update: 2, Chat: 7, Reply: 30})
	mustKeepAnswer(t, j, Answer{Update: 3, Chat: 8, Reply: 31})
	mustKeepAnswer(t, j, Answer{Update: 4, Chat: 7})
	for message, want := range map[int]string{19: "", 20: first, 21: first, 29: first, 30: second, 99: second} {
		got, err := j.AnswerAround(t.Context(), 7, message)
		if got.Key != want || (want == "") != errors.Is(err, ErrNotFound) {
			t.Errorf("around %d: %q, %v; want %q", message, got.Key, err, want)
		}
	}
}
