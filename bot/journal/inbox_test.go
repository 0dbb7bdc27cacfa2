package journal

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReceive(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	early := start.Add(-time.Hour + 999*time.Microsecond)
	fresh := mustReceive(t, j, Update{ID: 7, Raw: []byte("seven"), Received: early, Sent: 3, Tries: 3}, Update{ID: 5, Raw: []byte("five")})
	want := []Update{
		{ID: 7, Raw: []byte("seven"), Received: start.Add(-time.Hour)},
		{ID: 5, Raw: []byte("five"), Received: start},
	}
	if diff := cmp.Diff(want, fresh); diff != "" {
		t.Errorf("Receive (-want +got):\n%s", diff)
	}
	c.pass(time.Second)
	// Delivered again, with one that is new; and twice in one delivery.
	if got := ids(mustReceive(t, j, update(5), update(2), update(7), update(2))); !slices.Equal(got, []int64{2}) {
		t.Errorf("fresh are %d; want 2 alone", got)
	}
	if err := j.Done(ctx, 7, 0); err != nil {
		t.Fatal(err)
	}
	j = reopen(t, j)
	if got := mustReceive(t, j, update(7)); len(got) != 0 {
		t.Errorf("one that is done is fresh again: %v", got)
	}
	later := update(2)
	later.Received = start.Add(time.Second)
	if diff := cmp.Diff([]Update{want[1], later}, mustUnfinished(t, j)); diff != "" {
		t.Errorf("EachUnfinished (-want +got):\n%s", diff)
	}
	if n, err := j.Backlog(ctx); err != nil || n != 2 {
		t.Errorf("Backlog = %d, %v; want 2", n, err)
	}
	if got := mustReceive(t, j); got != nil {
		t.Errorf("Receive of nothing = %v", got)
	}
}

func TestReceiveBounds(t *testing.T) {
	j, _ := testJournal(t)
	largest := Update{ID: 1, Raw: make([]byte, MaxRaw)}
	_, err := j.Receive(t.Context(), []Update{update(2), {ID: 3, Raw: make([]byte, MaxRaw+1)}})
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "update 3") {
		t.Errorf("Receive: %v; want ErrTooLarge with the number", err)
	}
	if n, err := j.Backlog(t.Context()); err != nil || n != 0 {
		t.Errorf("Backlog = %d, %v; want nothing stored", n, err)
	}
	if got := ids(mustReceive(t, j, largest, Update{ID: 4})); !slices.Equal(got, []int64{1, 4}) {
		t.Errorf("fresh are %d; want the largest and the empty one", got)
	}
	if got := mustUnfinished(t, j); len(got) != 2 || len(got[0].Raw) != MaxRaw || len(got[1].Raw) != 0 {
		t.Errorf("%d unfinished; want both whole", len(got))
	}
}

func TestProgress(t *testing.T) {
	j, c := testJournal(t)
	ctx := t.Context()
	mustReceive(t, j, update(1), update(2))
	for _, n := range []int{1, 3, 2} { // the last comes late
		if err := j.Sent(ctx, 1, n, 0); err != nil {
			t.Fatal(err)
		}
	}
	for want := 1; want <= 3; want++ {
		j = reopen(t, j)
		if tries, err := j.Retry(ctx, 1); err != nil || tries != want {
			t.Errorf("Retry = %d, %v; want %d", tries, err, want)
		}
	}
	list := mustUnfinished(t, j)
	if len(list) != 2 || list[0].Sent != 3 || list[0].Tries != 3 || list[1].Sent != 0 || list[1].Tries != 0 {
		t.Errorf("EachUnfinished = %v; want three sent and three tries for the first", list)
	}
	for range 2 {
		if err := j.Done(ctx, 1, 0); err != nil {
			t.Fatal(err)
		}
		c.pass(doneKept / 2) // the second time does not count
	}
	if got := ids(mustUnfinished(t, j)); !slices.Equal(got, []int64{2}) {
		t.Errorf("EachUnfinished = %d; want 2", got)
	}
	c.pass(time.Millisecond)
	mustPrune(t, j)
	if got := ids(mustReceive(t, j, update(1), update(2))); !slices.Equal(got, []int64{1}) {
		t.Errorf("fresh are %d; want the one that was done 48 hours ago", got)
	}
}

func TestProgressOfNothing(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	mustReceive(t, j, update(2))
	if err := j.Done(ctx, 2, 0); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{1, 2} { // unknown, done
		_, retryErr := j.Retry(ctx, id)
		_, readErr := j.Update(ctx, id)
		for name, err := range map[string]error{"Retry": retryErr, "Sent": j.Sent(ctx, id, 1, 0), "Update": readErr} {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s(%d): %v; want ErrNotFound", name, id, err)
			}
		}
		if err := j.Done(ctx, id, 0); err != nil {
			t.Errorf("Done(%d): %v", id, err)
		}
	}
}

// An answer that is kept remembers the first of its messages that has a number.
func TestReply(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	mustReceive(t, j, update(1), update(2), update(3))
	for id := range int64(3) {
		if _, err := j.KeepAnswer(ctx, Answer{Update: id + 1, Chat: 7}); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(
		j.Sent(ctx, 1, 1, 0), j.Sent(ctx, 1, 2, 51), j.Sent(ctx, 1, 3, 52), j.Done(ctx, 1, 53), j.Done(ctx, 1, 54),
		j.Done(ctx, 2, 61), j.Done(ctx, 2, 62),
		j.Done(ctx, 3, 0), j.Done(ctx, 3, 71), // the second is none of its messages
	)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[int64]int{1: 51, 2: 61, 3: 0} {
		var got int
		if err := j.db.QueryRowContext(ctx, "SELECT reply FROM answer WHERE id = ?", id).Scan(&got); err != nil || got != want {
			t.Errorf("the answer to update %d begins with message %d, %v; want %d", id, got, err, want)
		}
	}
}

func TestPass(t *testing.T) {
	j, _ := testJournal(t)
	mustReceive(t, j, update(1), update(2), update(3))
	if err := errors.Join(j.Pass(t.Context()), j.Pass(t.Context(), 1, 3, 9), j.Pass(t.Context(), 1)); err != nil {
		t.Fatal(err)
	}
	if got := ids(mustUnfinished(t, j)); !slices.Equal(got, []int64{2}) {
		t.Errorf("EachUnfinished = %d; want 2", got)
	}
	if got := mustReceive(t, j, update(1)); len(got) != 0 {
		t.Errorf("what was passed over is fresh when it comes again: %v", got)
	}
}

// An update is read again by its number, with what has become of it.
func TestUpdate(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	mustReceive(t, j, update(1), update(2))
	_, err := j.Retry(ctx, 2)
	if err := errors.Join(err, j.Sent(ctx, 2, 3, 0)); err != nil {
		t.Fatal(err)
	}
	got, err := j.Update(ctx, 2)
	want := Update{ID: 2, Raw: update(2).Raw, Received: start, Sent: 3, Tries: 1}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Update: %v (-want +got):\n%s", err, diff)
	}
}

func TestEachUnfinished(t *testing.T) {
	j, _ := testJournal(t)
	mustReceive(t, j, update(3), update(1), update(2))
	enough := errors.New("enough")
	var got []int64
	err := j.EachUnfinished(t.Context(), func(u Update) error {
		got = append(got, u.ID)
		if u.ID == 1 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("EachUnfinished = %v after %d; want the error of the second call", err, got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := unfinished(ctx, j); !errors.Is(err, context.Canceled) || got != nil {
		t.Errorf("EachUnfinished = %d, %v; want the error of ctx alone", ids(got), err)
	}
	if got := ids(mustUnfinished(t, j)); !slices.Equal(got, []int64{3, 1, 2}) { // the journal is free again
		t.Errorf("EachUnfinished = %d", got)
	}
}

// Deliveries overlap, and several ask at once: each update is fresh for one of them.
func TestReceiveAtOnce(t *testing.T) {
	j, _ := testJournal(t)
	const workers, updates = 8, 60
	var mu sync.Mutex
	seen := map[int64]int{}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for id := int64(1); id <= updates; id += 3 {
				fresh, err := j.Receive(t.Context(), []Update{update(id), update(id + 1), update(id + 2)})
				if err != nil {
					t.Error(err)
				}
				for _, u := range fresh {
					mu.Lock()
					seen[u.ID]++
					mu.Unlock()
					if err := errors.Join(j.Sent(t.Context(), u.ID, 1, 0), j.Done(t.Context(), u.ID, 0)); err != nil {
						t.Error(err)
					}
				}
				if _, err := unfinished(t.Context(), j); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for id := int64(1); id <= updates; id++ {
		if seen[id] != 1 {
			t.Errorf("update %d was fresh %d times", id, seen[id])
		}
	}
	if n, err := j.Backlog(t.Context()); err != nil || n != 0 {
		t.Errorf("Backlog = %d, %v; want 0", n, err)
	}
	checkIntegrity(t, j)
}

// An answer that is for several updates makes all of them done, at once.
func TestDoneWithOthers(t *testing.T) {
	j, _ := testJournal(t)
	mustReceive(t, j, update(1), update(2), update(3), update(4))
	for range 2 {
		if err := j.Done(t.Context(), 1, 0, 2, 3, 99); err != nil {
			t.Fatal(err)
		}
	}
	for id := range int64(4) {
		_, err := j.Update(t.Context(), id+1)
		if id == 3 && err != nil || id < 3 && !errors.Is(err, ErrNotFound) {
			t.Errorf("update %d: %v", id+1, err)
		}
	}
}
