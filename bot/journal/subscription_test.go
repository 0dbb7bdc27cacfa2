package journal

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsbot/corpus/text"
)

func mustFollow(t *testing.T, j *Journal, person int64, topic string) Subscription {
	t.Helper()
	s, err := j.Follow(t.Context(), Follower{Person: person, Language: text.Arabic, Hour: 8},
		Subscription{Words: topic, Folded: strings.ToLower(topic), Since: j.now(), Update: 1}, 3)
	if err != nil {
		t.Fatalf("Follow(%q): %v", topic, err)
	}
	return s
}

// What is followed has the smallest number that is free, and an ID of its own.
func TestFollow(t *testing.T) {
	j, _ := testJournal(t)
	for i, topic := range []string{"A", "B", "C"} {
		if s := mustFollow(t, j, 7, topic); s.N != i+1 || s.Words != topic || !s.Asked.Equal(s.Since) || !s.Since.Equal(j.now()) {
			t.Errorf("Follow(%s) = %+v", topic, s)
		}
	}
	_, list, err := j.Following(t.Context(), 7)
	if err != nil || len(list) != 3 {
		t.Fatalf("Following = %v, %v", list, err)
	}
	if s := mustFollow(t, j, 7, "b"); s != list[1] {
		t.Errorf("followed twice: %+v, want %+v", s, list[1])
	}
	if _, err := j.Follow(t.Context(), Follower{Person: 7}, Subscription{Folded: "d"}, 3); !errors.Is(err, ErrMany) {
		t.Errorf("the fourth of three: %v", err)
	}
	if _, err := j.Follow(t.Context(), Follower{Person: 9}, Subscription{Folded: "d"}, 0); !errors.Is(err, ErrMany) {
		t.Errorf("the first of none: %v", err)
	}
	if _, err := j.Follow(t.Context(), Follower{Person: 9}, Subscription{Words: strings.Repeat("x", MaxTopic+1)}, 3); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too long: %v", err)
	}
	if _, err := j.Unfollow(t.Context(), 8, list[1].ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("somebody else's can be ended: %v", err)
	}
	if s, err := j.Unfollow(t.Context(), 7, list[1].ID); err != nil || s != list[1] {
		t.Errorf("Unfollow = %+v, %v", s, err)
	}
	if s := mustFollow(t, j, 7, "E"); s.N != 2 || s.ID <= list[2].ID {
		t.Errorf("Follow = %+v, want the number 2 and a new ID", s)
	}
	if n, err := j.CountFollowers(t.Context()); err != nil || n != 1 {
		t.Errorf("CountFollowers = %d, %v; want 1", n, err)
	}
}

// always is everybody's digest that is not settled.
func always(today string) func(Follower) string {
	return func(Follower) string { return today }
}

// A digest is due once; its update is in the inbox and has a number like no other one.
func TestDueDigests(t *testing.T) {
	j, _ := testJournal(t)
	for person := range int64(5) {
		mustFollow(t, j, 100+person, "A")
	}
	if err := j.Block(t.Context(), 102); err != nil {
		t.Fatal(err)
	}
	seen := map[int64]bool{}
	total := 0
	for _, day := range []string{"2026-11-29", "2026-11-30"} {
		for range 4 {
			due, err := j.DueDigests(t.Context(), day, 2, always(day))
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range due {
				if u.ID >= 0 || seen[u.ID] || !strings.Contains(string(u.Raw), fmt.Sprintf(`"day":%q,"language":"ar"`, day)) {
					t.Errorf("update %d: %s", u.ID, u.Raw)
				}
				for i := range int64(MaxDigest + 1) {
					seen[u.ID-i] = true // its answers' are its own
				}
			}
			total += len(due)
		}
	}
	if n, err := j.Backlog(t.Context()); err != nil || n != 8 || total != 8 {
		t.Errorf("%d digests were due, %d, %v are in the inbox; want those of 4 people on 2 days", total, n, err)
	}
	if due, err := j.DueDigests(t.Context(), "2026-12-01", 9, func(Follower) string { return "" }); err != nil || len(due) > 0 {
		t.Errorf("DueDigests = %v, %v; want none", due, err)
	}
}

// What a digest holds is kept in one piece, once.
func TestKeepDigest(t *testing.T) {
	j, c := testJournal(t)
	s := mustFollow(t, j, 7, "A")
	until := j.now().Add(time.Hour)
	d := Digest{
		Update: -128, Person: 7, Told: []string{article, article}, Asked: []int64{s.ID}, Until: until,
		Answers: []Answer{{Chat: 7, Person: 7, Question: "A"}, {Chat: 7, Person: 7, Question: "B"}},
	}
	keys, err := j.KeepDigest(t.Context(), d)
	if err != nil || len(keys) != 2 {
		t.Fatalf("KeepDigest = %v, %v", keys, err)
	}
	if _, err := j.KeepDigest(t.Context(), d); !errors.Is(err, ErrTaken) {
		t.Errorf("kept twice: %v", err)
	}
	j = reopen(t, j)
	if n, err := j.DigestAnswers(t.Context(), -128); err != nil || n != 2 {
		t.Errorf("DigestAnswers = %d, %v", n, err)
	}
	if _, err := j.DigestAnswers(t.Context(), -256); !errors.Is(err, ErrNotFound) {
		t.Errorf("another one: %v", err)
	}
	for i, question := range []string{"A", "B"} {
		if a, err := j.AnswerOf(t.Context(), -129-int64(i)); err != nil || a.Key != keys[i] || a.Question != question {
			t.Errorf("AnswerOf = %+v, %v", a, err)
		}
	}
	if a, err := j.Before(t.Context(), Talk{Chat: 7, Person: 7}, 5, j.now()); !errors.Is(err, ErrNotFound) {
		t.Errorf("the next question goes on from %+v, %v", a, err)
	}
	told, err := j.Told(t.Context(), 7)
	if err != nil || len(told) != 1 || told[0] != article {
		t.Errorf("Told = %v, %v", told, err)
	}
	if _, list, err := j.Following(t.Context(), 7); err != nil || !list[0].Asked.Equal(until) {
		t.Errorf("asked until %v, %v; want %v", list, err, until)
	}
	if _, err := j.EraseArticle(t.Context(), article); err != nil {
		t.Fatal(err)
	}
	if told, err := j.Told(t.Context(), 7); err != nil || len(told) > 0 {
		t.Errorf("Told = %v, %v after the article was erased", told, err)
	}
	c.pass(3 * 24 * time.Hour)
	if err := j.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.DigestAnswers(t.Context(), -128); !errors.Is(err, ErrNotFound) {
		t.Errorf("it is kept for ever: %v", err)
	}
}

// A digest that is not sent yet stays, however old it is.
func TestPruneDigest(t *testing.T) {
	j, c := testJournal(t)
	mustFollow(t, j, 7, "A")
	due, err := j.DueDigests(t.Context(), "2026-11-30", 9, always("2026-11-30"))
	if err != nil || len(due) != 1 {
		t.Fatalf("DueDigests = %v, %v", due, err)
	}
	if _, err := j.KeepDigest(t.Context(), Digest{Update: due[0].ID, Person: 7, Told: []string{article}}); err != nil {
		t.Fatal(err)
	}
	c.pass(5 * 24 * time.Hour)
	if err := j.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.DigestAnswers(t.Context(), due[0].ID); err != nil {
		t.Errorf("DigestAnswers: %v", err)
	}
	c.pass(90 * 24 * time.Hour)
	if err := j.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if told, err := j.Told(t.Context(), 7); err != nil || len(told) > 0 {
		t.Errorf("Told = %v, %v after 95 days", told, err)
	}
}
