package telegram

import (
	"runtime"
	"slices"
	"sync"
	"testing"

	"newsbot/bot/journal"
)

// learnt waits until a reach knows whether a chat is blocked.
func learnt(r *reach, chat int64, blocked bool) {
	for r.isBlocked(chat) != blocked {
		runtime.Gosched()
	}
}

// While the journal cannot be told of one chat, the messages to another are sent.
func TestSendBesideWrite(t *testing.T) {
	dir := t.TempDir()
	j := openJournalIn(t, dir)
	g := gatewayTo(t, new(exchange), j)
	send := func() {
		t.Helper()
		if _, err := g.send(t.Context(), 1, place{chat: 8}, message{html: "x"}, committed); err != nil {
			t.Error(err)
		}
	}
	send() // what the journal knows is read
	tx := sabotage(t, dir).lock()
	written := make(chan struct{})
	go func() {
		defer close(written)
		g.gone(t.Context(), 7)
	}()
	learnt(g.reach, 7, true)
	send()
	if isClosed(written) {
		t.Error("the message was sent when the journal had given up waiting")
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	<-written
	if chats, err := j.Chats(t.Context(), 9); err != nil || !slices.Equal(chats, []journal.Chat{{ID: 7}}) {
		t.Errorf("the journal knows %+v, %v; want that 7 is blocked", chats, err)
	}
	if len(g.reach.writing) != 0 {
		t.Error("a write is noted that is at its end")
	}
}

// The journal is told in the order in which things were learnt, however many
// tell it at once.
func TestReachWritesInOrder(t *testing.T) {
	const people, times = 6, 9
	dir := t.TempDir()
	j := openJournalIn(t, dir)
	r := newReach(j, func(what, why string) { t.Errorf("%s: %s", what, why) })
	r.at(t.Context(), 1) // what the journal knows is read
	tx := sabotage(t, dir).lock()
	var telling sync.WaitGroup
	want := []journal.Chat{}
	for i := range int64(times) {
		telling.Go(func() { r.move(t.Context(), -1-i, -2-i) })
		for r.at(t.Context(), -1-i) != -2-i {
			runtime.Gosched()
		}
		want = append(want, journal.Chat{ID: -1 - i, MovedTo: -1 - times})
	}
	for person := int64(1); person <= people; person++ {
		for i := range times {
			if i%2 == 0 {
				telling.Go(func() { r.block(t.Context(), person) })
			} else {
				telling.Go(func() { r.unblock(t.Context(), person) })
			}
			learnt(r, person, i%2 == 0)
		}
		want = append(want, journal.Chat{ID: person})
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	telling.Wait()
	got, err := j.Chats(t.Context(), 99)
	byID := func(a, b journal.Chat) int { return int(a.ID - b.ID) }
	slices.SortFunc(got, byID)
	slices.SortFunc(want, byID)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the journal knows %+v, %v; want %+v", got, err, want)
	}
}
