package telegram

import (
	"context"
	"sync"
)

// maxWaiting is how many updates wait in the mailboxes, at 24 bytes each.
// More than that wait with Telegram, or in the journal. All chats share the room,
// so there is more of it than one that floods the bot can fill.
const maxWaiting = 1_000_000

// A ticket is what is kept in memory of an update that waits: where it waits, and
// what it takes to find it in the journal again.
type ticket struct {
	id    int64
	chat  int64 // the mailbox it goes to; 0 when it is from no chat
	again bool  // left from before a stop
}

// Mailboxes keep the updates of each chat in order. A chat with something to do
// has a queue and one goroutine; one without has neither.
type mailboxes struct {
	work func(ticket) // handles one update
	room chan struct{}

	mu      sync.Mutex
	closed  bool
	queues  map[int64][]ticket // of the chats that a goroutine is at work for
	running sync.WaitGroup
}

func newMailboxes(work func(ticket)) *mailboxes {
	return &mailboxes{work: work, room: make(chan struct{}, maxWaiting), queues: map[int64][]ticket{}}
}

// put adds an update to its chat's queue. It waits while there is no room; the
// error is that of ctx.
func (m *mailboxes) put(ctx context.Context, t ticket) error {
	select {
	case m.room <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	queue, busy := m.queues[t.chat]
	m.queues[t.chat] = append(queue, t)
	if !busy && !m.closed {
		m.running.Go(func() { m.serve(t.chat) })
	}
	return nil
}

// serve works for one chat until nothing is left to do.
func (m *mailboxes) serve(chat int64) {
	for {
		t, ok := m.next(chat)
		if !ok {
			return
		}
		m.work(t)
		<-m.room
	}
}

// next takes the first update of a chat's queue; without one, it removes the queue.
func (m *mailboxes) next(chat int64) (ticket, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	queue := m.queues[chat]
	if len(queue) == 0 || m.closed {
		delete(m.queues, chat)
		return ticket{}, false
	}
	m.queues[chat] = queue[1:]
	return queue[0], true
}

// close begins nothing more; what waits is in the journal.
func (m *mailboxes) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
}

// wait returns when nothing is at work any more. Nothing may be put then.
func (m *mailboxes) wait() { m.running.Wait() }
