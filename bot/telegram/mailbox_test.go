package telegram

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

// In each chat one update is handled at a time, in order.
func TestMailboxesKeepOrder(t *testing.T) {
	const chats, each = 20, 50
	var mu sync.Mutex
	got, busy := map[place][]int64{}, map[place]bool{}
	m := newMailboxes(func(in ticket) {
		mu.Lock()
		if busy[in.place] {
			t.Errorf("two updates of chat %d at once", in.place.chat)
		}
		busy[in.place] = true
		mu.Unlock()
		mu.Lock()
		got[in.place] = append(got[in.place], in.id)
		busy[in.place] = false
		mu.Unlock()
	})
	for i := range int64(chats * each) {
		if _, err := m.put(t.Context(), ticket{id: i, place: place{chat: i % chats}}, maxQueue); err != nil {
			t.Fatal(err)
		}
	}
	m.wait()
	for chat, ids := range got {
		if len(ids) != each || !slices.IsSorted(ids) {
			t.Errorf("chat %d: %v", chat, ids)
		}
	}
	if len(got) != chats || len(m.boxes) != 0 || len(m.room) != 0 {
		t.Errorf("%d chats were served, %d queues and %d places are left in use", len(got), len(m.boxes), len(m.room))
	}
}

// When the memory is full, what is put waits; a chat that is stuck holds up
// nobody else until then.
func TestMailboxesAreBounded(t *testing.T) {
	stuck := make(chan struct{})
	m := newMailboxes(func(in ticket) {
		if in.place.chat == 1 {
			<-stuck
		}
	})
	m.room = make(chan struct{}, 100)
	for i := range int64(cap(m.room)) {
		if _, err := m.put(t.Context(), ticket{id: i, place: place{chat: 1}}, unbounded); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.put(ctx, ticket{place: place{chat: 1}}, unbounded); !errors.Is(err, context.Canceled) {
		t.Errorf("put into full mailboxes = %v, want that it waits for ctx to end", err)
	}
	close(stuck)
	if _, err := m.put(t.Context(), ticket{place: place{chat: 2}}, unbounded); err != nil {
		t.Error(err)
	}
	m.wait()
}

// After close nothing more is begun.
func TestMailboxesClose(t *testing.T) {
	begun, free := make(chan struct{}), make(chan struct{})
	var done []int64
	m := newMailboxes(func(in ticket) {
		begun <- struct{}{}
		<-free
		done = append(done, in.id)
	})
	for id := range int64(3) {
		if _, err := m.put(t.Context(), ticket{id: id, place: place{chat: 1}}, maxQueue); err != nil {
			t.Fatal(err)
		}
	}
	<-begun
	m.close()
	close(free)
	m.wait()
	if _, err := m.put(t.Context(), ticket{id: 9, place: place{chat: 2}}, maxQueue); err != nil {
		t.Error(err)
	}
	m.wait()
	if !slices.Equal(done, []int64{0}) {
		t.Errorf("handled %v after close, want only the one that was begun", done)
	}
}

// held returns mailboxes with an update at work, so that what is put waits. step
// ends it and begins the next one.
func held(t *testing.T) (m *mailboxes, step func()) {
	free := make(chan struct{})
	begun := make(chan struct{}, 1000)
	m = newMailboxes(func(ticket) {
		begun <- struct{}{}
		<-free
	})
	put(t, m, ticket{}, 1)
	<-begun
	return m, func() {
		more := m.waiting() > 0
		free <- struct{}{}
		if more {
			<-begun
		}
	}
}

func put(t *testing.T, m *mailboxes, in ticket, most int) crowd {
	t.Helper()
	c, err := m.put(t.Context(), in, most)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is more than may wait is turned away, and so is what follows until nothing
// waits. What is left from before waits all the same.
func TestMailboxFull(t *testing.T) {
	m, step := held(t)
	var got []crowd
	for _, in := range []ticket{{}, {silent: true}, {}, {silent: true}, {}, {}} {
		got = append(got, put(t, m, in, 3))
	}
	if want := []crowd{taken, taken, taken, passedOver, turnedAway, passedOver}; !slices.Equal(got, want) {
		t.Errorf("put = %v, want %v", got, want)
	}
	if c := put(t, m, ticket{}, unbounded); c != taken || m.waiting() != 4 {
		t.Errorf("what was there before: %v, %d are waiting", c, m.waiting())
	}
	for range 3 {
		step()
		if c := put(t, m, ticket{}, 3); c != passedOver {
			t.Errorf("with %d waiting, put = %v, want it to be passed over", m.waiting(), c)
		}
	}
	step() // nothing waits
	if c := put(t, m, ticket{}, 3); c != taken || m.waiting() != 1 {
		t.Errorf("put = %v, and %d are waiting", c, m.waiting())
	}
	step()
	step()
	m.wait()
	if len(m.boxes) != 0 || len(m.room) != 0 || m.waiting() != 0 {
		t.Errorf("%d boxes, %d places and %d waiting are left", len(m.boxes), len(m.room), m.waiting())
	}
}

// In a group each of some people is told once that something is not taken, and who asks when there is room again is heard.
func TestMailboxFullGroup(t *testing.T) {
	m, step := held(t)
	by := func(person int64) ticket { return ticket{person: person} }
	var got []crowd
	for _, in := range []ticket{by(1), by(2), by(3), by(1), by(1), by(2), {person: 2, silent: true}} {
		got = append(got, put(t, m, in, 3))
	}
	want := []crowd{taken, taken, taken, turnedAway, passedOver, turnedAway, passedOver}
	if !slices.Equal(got, want) {
		t.Errorf("put = %v, want %v", got, want)
	}
	step()
	if c := put(t, m, by(1), 3); c != taken {
		t.Errorf("with room again, put = %v", c)
	}
	told := 0
	for person := range int64(100) {
		if put(t, m, by(100+person), 3) == turnedAway {
			told++
		}
	}
	if told != maxTold-2 {
		t.Errorf("%d more people are told, want %d in all", told, maxTold)
	}
	for m.waiting() > 0 {
		step()
	}
	step()
	m.wait()
}

// Of the topics of a chat, one at a time is asked for patience.
func TestMailboxAsks(t *testing.T) {
	m, step := held(t)
	put(t, m, ticket{}, maxQueue)
	for i, want := range []bool{true, false} {
		if got := m.asks(place{}); got != want {
			t.Errorf("asked %d times before: %v", i, got)
		}
	}
	if m.asks(place{thread: 5}) || !m.asks(place{chat: 9}) {
		t.Error("another topic is asked, or another chat is not")
	}
	step()
	step()
	m.wait()
	if !m.asks(place{thread: 5}) {
		t.Error("after the spell nobody is asked")
	}
}

// Many that wait are noticed once, and are no longer stuck when the first of them
// is done.
func TestMailboxMany(t *testing.T) {
	m, step := held(t)
	var got []crowd
	for _, in := range []ticket{{}, {}, {}, {}, {silent: true}, {}, {}} {
		got = append(got, put(t, m, in, maxQueue))
	}
	if want := []crowd{taken, taken, taken, taken, taken, manyBefore, taken}; !slices.Equal(got, want) {
		t.Errorf("put = %v, want %v", got, want)
	}
	for i, want := range []bool{true, true, false} { // the first is behind the one at work
		if got := m.stuck(place{}); got != want {
			t.Errorf("with %d done, stuck = %v", i, got)
		}
		step()
	}
	for m.waiting() > 0 {
		step()
	}
	step()
	m.wait()
	if m.stuck(place{}) {
		t.Error("stuck with nothing to do")
	}
}

// Topics of a chat do not wait for each other.
func TestMailboxesOfTopics(t *testing.T) {
	stuck, done := make(chan struct{}), make(chan place, 1)
	m := newMailboxes(func(in ticket) {
		if in.place.thread == 1 {
			<-stuck
			return
		}
		done <- in.place
	})
	put(t, m, ticket{place: place{7, 1}}, 1)
	put(t, m, ticket{place: place{7, 2}}, 1)
	if got := <-done; got != (place{7, 2}) {
		t.Errorf("done in %v", got)
	}
	close(stuck)
	m.wait()
}
