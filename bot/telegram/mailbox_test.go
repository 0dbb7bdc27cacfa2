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
	got, busy := map[int64][]int64{}, map[int64]bool{}
	m := newMailboxes(func(in ticket) {
		mu.Lock()
		if busy[in.chat] {
			t.Errorf("two updates of chat %d at once", in.chat)
		}
		busy[in.chat] = true
		mu.Unlock()
		mu.Lock()
		got[in.chat] = append(got[in.chat], in.id)
		busy[in.chat] = false
		mu.Unlock()
	})
	for i := range int64(chats * each) {
		if err := m.put(t.Context(), ticket{id: i, chat: i % chats}); err != nil {
			t.Fatal(err)
		}
	}
	m.wait()
	for chat, ids := range got {
		if len(ids) != each || !slices.IsSorted(ids) {
			t.Errorf("chat %d: %v", chat, ids)
		}
	}
	if len(got) != chats || len(m.queues) != 0 || len(m.room) != 0 {
		t.Errorf("%d chats were served, %d queues and %d places are left in use", len(got), len(m.queues), len(m.room))
	}
}

// When the memory is full, what is put waits; a chat that is stuck holds up
// nobody else until then.
func TestMailboxesAreBounded(t *testing.T) {
	stuck := make(chan struct{})
	m := newMailboxes(func(in ticket) {
		if in.chat == 1 {
			<-stuck
		}
	})
	m.room = make(chan struct{}, 100)
	for i := range int64(cap(m.room)) {
		if err := m.put(t.Context(), ticket{id: i, chat: 1}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.put(ctx, ticket{chat: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("put into full mailboxes = %v, want that it waits for ctx to end", err)
	}
	close(stuck)
	if err := m.put(t.Context(), ticket{chat: 2}); err != nil {
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
		if err := m.put(t.Context(), ticket{id: id, chat: 1}); err != nil {
			t.Fatal(err)
		}
	}
	<-begun
	m.close()
	close(free)
	m.wait()
	if err := m.put(t.Context(), ticket{id: 9, chat: 2}); err != nil {
		t.Error(err)
	}
	m.wait()
	if !slices.Equal(done, []int64{0}) {
		t.Errorf("handled %v after close, want only the one that was begun", done)
	}
}
