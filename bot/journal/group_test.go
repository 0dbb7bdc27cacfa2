package journal

import (
	"errors"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

func mustGroup(t *testing.T, j *Journal, id int64) Group {
	t.Helper()
	g, err := j.Group(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// What is chosen for a group outlasts the program; each choice leaves the other.
func TestGroup(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	if got := mustGroup(t, j, -5); got != (Group{}) {
		t.Errorf("an unknown group has chosen %+v", got)
	}
	if err := errors.Join(j.SetGroupLanguage(ctx, -5, text.Arabic), j.SetGroupManagers(ctx, -5, true), j.SetGroupManagers(ctx, -6, true)); err != nil {
		t.Fatal(err)
	}
	j = reopen(t, j)
	if got, want := mustGroup(t, j, -5), (Group{text.Arabic, true}); got != want {
		t.Errorf("Group = %+v, want %+v", got, want)
	}
	if err := errors.Join(j.SetGroupLanguage(ctx, -5, ""), j.SetGroupManagers(ctx, -6, false)); err != nil {
		t.Fatal(err)
	}
	if got, other := mustGroup(t, j, -5), mustGroup(t, j, -6); got != (Group{Managers: true}) || other != (Group{}) {
		t.Errorf("Groups = %+v, %+v", got, other)
	}
	if err := j.SetGroupLanguage(ctx, -5, text.Other); err == nil {
		t.Error("a group speaks a language that the bot does not")
	}
}

// Only the update that has brought the bot into a group was it, until the bot leaves.
func TestJoin(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	join := func(update int64, want bool) {
		t.Helper()
		if got, err := j.Join(ctx, -5, update); err != nil || got != want {
			t.Errorf("Join(%d) = %t, %v; want %t", update, got, err, want)
		}
	}
	if err := j.SetGroupManagers(ctx, -5, true); err != nil {
		t.Fatal(err)
	}
	join(3, true)
	join(4, false)
	j = reopen(t, j)
	join(3, true)
	if !mustGroup(t, j, -5).Managers {
		t.Error("to join has changed what was chosen")
	}
	if err := errors.Join(j.Leave(ctx, -5), j.Leave(ctx, -5)); err != nil {
		t.Fatal(err)
	}
	join(9, true)
	if mustGroup(t, j, -5).Managers {
		t.Error("what was chosen outlasts the stay")
	}
}

// When the bot leaves, a request goes; a decision stays without what the group is called.
func TestLeave(t *testing.T) {
	j, _ := testJournal(t)
	mustRequest(t, j, Access{Person: -5, Name: secret, Language: text.Arabic, Update: 1})
	mustRequest(t, j, Access{Person: -6, Name: secret, Language: text.Arabic, Update: 2})
	mustDecide(t, j, Decision{Person: -6, State: Denied, By: 1, Update: 3})
	mustRequest(t, j, Access{Person: -7, Name: "another", Update: 4})
	for _, id := range []int64{-5, -6} {
		if err := j.Leave(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if got := mustAccess(t, j, -5); got.State != "" {
		t.Errorf("a request is left: %+v", got)
	}
	if got, want := mustAccess(t, j, -6), (Access{Person: -6, State: Denied, At: start, By: 1, Update: 3}); got != want {
		t.Errorf("a decision is left as %+v, want %+v", got, want)
	}
	if got := mustAccess(t, j, -7); got.Name != "another" {
		t.Errorf("another group is %+v", got)
	}
}

// What a group is called is kept with its place on the list, and only there.
func TestCalled(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	mustDecide(t, j, Decision{Person: -5, State: Allowed, Update: 1, Name: "one", Language: text.English})
	if err := errors.Join(j.Called(ctx, -5, "two", text.Arabic), j.Called(ctx, -6, "three", text.Arabic)); err != nil {
		t.Fatal(err)
	}
	if a := mustAccess(t, j, -5); a.Name != "two" || a.Language != text.Arabic || a.State != Allowed || a.Update != 1 {
		t.Errorf("the group is %+v", a)
	}
	if a := mustAccess(t, j, -6); a.State != "" {
		t.Errorf("a group without a place has got one: %+v", a)
	}
	if a := mustDecide(t, j, Decision{Person: -5, State: Denied, Update: 2}); a.Name != "two" || a.Language != text.Arabic {
		t.Errorf("a decision without a name has made it %+v", a)
	}
	long := strings.Repeat("n", maxName+1)
	_, err := j.Decide(ctx, Decision{Person: -7, State: Allowed, Name: long})
	if called := j.Called(ctx, -5, long, ""); !errors.Is(err, ErrTooLarge) || !errors.Is(called, ErrTooLarge) {
		t.Errorf("a title that is too long: %v, %v", err, called)
	}
}

// A group that moves takes along what was chosen and decided; what was decided under its new number stays.
func TestMoveGroup(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	if err := errors.Join(j.SetGroupLanguage(ctx, -5, text.Arabic), j.SetGroupManagers(ctx, -100, true)); err != nil {
		t.Fatal(err)
	}
	mustRequest(t, j, Access{Person: -5, Name: "old", Language: text.Arabic, Update: 1})
	mustRequest(t, j, Access{Person: -100, Name: "new", Update: 2})
	mustDecide(t, j, Decision{Person: -6, State: Allowed, Update: 3})
	mustDecide(t, j, Decision{Person: -200, State: Denied, Update: 4})
	key := mustKeepAnswer(t, j, Answer{Update: 5, Chat: -5, Person: -5})
	for range 2 { // both chats tell it
		if err := errors.Join(j.Move(ctx, -5, -100), j.Move(ctx, -6, -200)); err != nil {
			t.Fatal(err)
		}
	}
	if got, old := mustGroup(t, j, -100), mustGroup(t, j, -5); got != (Group{Language: text.Arabic}) || old != (Group{}) {
		t.Errorf("Groups = %+v, %+v", got, old)
	}
	if a := mustAccess(t, j, -100); a.Name != "old" || a.State != Asked {
		t.Errorf("the request is %+v", a)
	}
	if a, old := mustAccess(t, j, -200), mustAccess(t, j, -6); a.State != Denied || old.State != "" {
		t.Errorf("the decisions are %+v, %+v", a, old)
	}
	if a, err := j.Answer(ctx, key); err != nil || a.Chat != -100 || a.Person != -100 {
		t.Errorf("the answer is %+v, %v", a, err)
	}
	for chat, want := range map[int64]int64{-5: -100, -6: -200, -100: -100, 7: 7} {
		if got, err := j.Now(ctx, chat); err != nil || got != want {
			t.Errorf("Now(%d) = %d, %v; want %d", chat, got, err, want)
		}
	}
	if err := j.Move(ctx, -200, -200); err != nil || mustAccess(t, j, -200).State != Denied {
		t.Errorf("a move to where it is: %v, %+v", err, mustAccess(t, j, -200))
	}
}
