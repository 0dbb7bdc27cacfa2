package journal

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
)

func mustRequest(t *testing.T, j *Journal, a Access) Access {
	t.Helper()
	kept, err := j.RequestAccess(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func mustDecide(t *testing.T, j *Journal, d Decision) Access {
	t.Helper()
	a, err := j.Decide(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustAccess(t *testing.T, j *Journal, person int64) Access {
	t.Helper()
	a, err := j.Access(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAccess(t *testing.T) {
	j, c := testJournal(t)
	check := func(what string, got, want Access) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	check("nobody", mustAccess(t, j, 7), Access{Person: 7})
	request := Access{Person: 7, Name: "سلمى", Username: "salma", Language: text.Arabic, Update: 1}
	want := request
	want.State, want.At, want.AskedAt = Asked, start, start
	check("a request", mustRequest(t, j, request), want)
	c.pass(time.Second)
	later := request
	later.Update, later.Name = 2, "another"
	check("a second one", mustRequest(t, j, later), want)
	j = reopen(t, j)
	check("the first one again", mustRequest(t, j, request), want)

	want.State, want.By, want.Update, want.At = Allowed, 1, 3, start.Add(time.Second)
	allow := Decision{Person: 7, State: Allowed, By: 1, Update: 3, Request: true}
	check("allowed", mustDecide(t, j, allow), want)
	c.pass(time.Second)
	check("allowed again", mustDecide(t, j, allow), want)
	check("too late", mustDecide(t, j, Decision{Person: 7, State: Denied, By: 2, Update: 4, Request: true}), want)
	check("the same by another", mustDecide(t, j, Decision{Person: 7, State: Allowed, By: 2, Update: 5}), want)
	check("asks although allowed", mustRequest(t, j, later), want)
	j = reopen(t, j)
	check("read", mustAccess(t, j, 7), want)

	want.State, want.By, want.Update, want.At = Denied, 2, 6, start.Add(2*time.Second)
	check("denied by command", mustDecide(t, j, Decision{Person: 7, State: Denied, By: 2, Update: 6}), want)
	check("somebody who never wrote", mustDecide(t, j, Decision{Person: 9, State: Denied, By: 2, Update: 7}),
		Access{Person: 9, State: Denied, At: start.Add(2 * time.Second), By: 2, Update: 7})
	if _, err := j.Decide(t.Context(), Decision{Person: 10, State: Allowed, Request: true}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a decision about no request: %v; want ErrNotFound", err)
	}
	if got := mustAccess(t, j, 10); got.State != "" {
		t.Errorf("a decision about no request has made %+v", got)
	}
}

// The long list stays in order, whatever page is asked for.
func TestAccesses(t *testing.T) {
	j, c := testJournal(t)
	for i := range int64(4) {
		mustDecide(t, j, Decision{Person: 30 + i, State: Denied, Update: 30 + i})
		mustDecide(t, j, Decision{Person: 20 + i, State: Allowed, Update: 20 + i})
		c.pass(time.Second)
		mustRequest(t, j, Access{Person: 13 - i, Update: 10 + i})
	}
	want := []int64{13, 12, 11, 10, 20, 21, 22, 23, 30, 31, 32, 33}
	for from := range 14 {
		list, all, err := j.Accesses(t.Context(), from, 5, c.now())
		var got []int64
		for _, a := range list {
			got = append(got, a.Person)
		}
		page := want[min(from, 12):min(from+5, 12)]
		if err != nil || all != 12 || !slices.Equal(got, page) {
			t.Errorf("Accesses(%d, 5) = %d of %d, %v; want %d of 12", from, got, all, err, page)
		}
	}
	if n, err := j.Requests(t.Context()); err != nil || n != 4 {
		t.Errorf("Requests = %d, %v; want 4", n, err)
	}
}

// Who is decided about keeps his place in a list that was open before.
func TestAccessesOfAnOpenList(t *testing.T) {
	j, c := testJournal(t)
	for i := range int64(4) {
		mustRequest(t, j, Access{Person: 10 + i, Update: 10 + i})
		c.pass(time.Second)
	}
	mustDecide(t, j, Decision{Person: 20, State: Allowed, Update: 20})
	open := c.now()
	c.pass(time.Millisecond)
	mustDecide(t, j, Decision{Person: 11, State: Denied, Update: 21, Request: true})
	mustDecide(t, j, Decision{Person: 12, State: Allowed, Update: 22})
	mustDecide(t, j, Decision{Person: 21, State: Denied, Update: 23}) // who never asked
	mustRequest(t, j, Access{Person: 9, Update: 24})
	check := func(since time.Time, want ...int64) {
		t.Helper()
		list, all, err := j.Accesses(t.Context(), 0, 10, since)
		var got []int64
		for _, a := range list {
			got = append(got, a.Person)
		}
		if err != nil || all != len(want) || !slices.Equal(got, want) {
			t.Errorf("Accesses = %d of %d, %v; want %d", got, all, err, want)
		}
	}
	check(open, 10, 11, 12, 13, 9, 20, 21)
	check(c.now(), 10, 13, 9, 20, 12, 11, 21)
	if err := j.Forget(t.Context(), 11); err != nil {
		t.Fatal(err)
	}
	check(open, 10, 12, 13, 9, 20, 11, 21)
}

func TestAccessBounds(t *testing.T) {
	j, _ := testJournal(t)
	long := strings.Repeat("n", maxName+1)
	for _, a := range []Access{{Person: 1, Name: long}, {Person: 1, Username: long}} {
		if _, err := j.RequestAccess(t.Context(), a); !errors.Is(err, ErrTooLarge) || strings.Contains(err.Error(), "nnn") {
			t.Errorf("RequestAccess: %v; want ErrTooLarge without the name", err)
		}
	}
	mustRequest(t, j, Access{Person: 1, Name: long[1:], Username: long[1:]})
	if _, err := j.Decide(t.Context(), Decision{Person: 1, State: "king", Update: 9}); err == nil {
		t.Error("a state that is none is kept")
	}
}

// Two admins who press at the same time: one decides.
func TestDecideAtOnce(t *testing.T) {
	j, _ := testJournal(t)
	mustRequest(t, j, Access{Person: 7, Update: 1})
	var first atomic.Int64
	var wg sync.WaitGroup
	for i := range int64(8) {
		wg.Go(func() {
			d := Decision{Person: 7, State: []State{Allowed, Denied}[i%2], By: i, Update: 10 + i, Request: true}
			a, err := j.Decide(t.Context(), d)
			if err != nil {
				t.Error(err)
			}
			if a.Update == d.Update {
				first.Add(1)
			}
		})
	}
	wg.Wait()
	if n := first.Load(); n != 1 {
		t.Errorf("%d presses have decided; want one", n)
	}
}

func TestPresent(t *testing.T) {
	j, c := testJournal(t)
	for _, note := range []struct {
		person, update int64
		lang           text.Language
		first          bool
	}{
		{2, 10, text.Arabic, true}, {2, 10, text.Arabic, true}, {2, 11, text.Arabic, false},
		{1, 12, text.English, true}, {2, 13, text.English, false}, {2, 10, text.English, true},
	} {
		first, err := j.NotePresent(t.Context(), note.person, note.lang, note.update)
		if err != nil || first != note.first {
			t.Errorf("NotePresent(%+v) = %t, %v", note, first, err)
		}
		if lang, err := j.Speaks(t.Context(), note.person); err != nil || lang != note.lang {
			t.Errorf("after %+v Speaks = %q, %v", note, lang, err)
		}
		c.pass(time.Second)
	}
	j = reopen(t, j)
	if people, err := j.Present(t.Context()); err != nil || !slices.Equal(people, []int64{2, 1}) {
		t.Errorf("Present = %d, %v; want the first one first", people, err)
	}
}

func TestSpeaks(t *testing.T) {
	j, _ := testJournal(t)
	speaks := func(want text.Language) {
		t.Helper()
		if got, err := j.Speaks(t.Context(), 7); err != nil || got != want {
			t.Errorf("Speaks = %q, %v; want %q", got, err, want)
		}
	}
	speaks("")
	mustDecide(t, j, Decision{Person: 7, State: Denied, Update: 1})
	speaks("")
	j, _ = testJournal(t)
	mustRequest(t, j, Access{Person: 7, Language: text.Arabic, Update: 1})
	speaks(text.Arabic)
	if err := j.SetLanguage(t.Context(), 7, text.English); err != nil {
		t.Fatal(err)
	}
	speaks(text.English)
}

// Who has blocked the bot is not there until he comes back.
func TestPresentUnlessBlocked(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	present := func(want ...int64) {
		t.Helper()
		if got, err := j.Present(ctx); err != nil || !slices.Equal(got, want) {
			t.Errorf("Present = %d, %v; want %d", got, err, want)
		}
	}
	for _, person := range []int64{1, 2} {
		if _, err := j.NotePresent(ctx, person, text.English, person); err != nil {
			t.Fatal(err)
		}
	}
	present(1, 2)
	if err := j.Block(ctx, 1); err != nil {
		t.Fatal(err)
	}
	present(2)
	if err := j.Unblock(ctx, 1); err != nil {
		t.Fatal(err)
	}
	present(1, 2)
}
