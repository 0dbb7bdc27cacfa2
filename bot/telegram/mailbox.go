package telegram

import (
	"context"
	"sync"
)

// maxWaiting is how many updates wait in memory. More than that wait with
// Telegram, or in the journal.
const maxWaiting = 10_000

// Mailboxes keep the updates of each chat in order. A chat with something to do
// has a queue and one goroutine; one without has neither.
type mailboxes struct {
	work func(incoming) // handles one update
	room chan struct{}

	mu      sync.Mutex
	closed  bool
	queues  map[int64][]incoming // of the chats that a goroutine is at work for
	running sync.WaitGroup
}

func newMailboxes(work func(incoming)) *mailboxes {
	return &mailboxes{work: work, room: make(chan struct{}, maxWaiting), queues: map[int64][]incoming{}}
}

// put adds an update to its chat's queue. It waits while there is no room; the
// error is that of ctx.
func (m *mailboxes) put(ctx context.Context, in incoming) error {
	select {
	case m.room <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	queue, busy := m.queues[in.chat]
	m.queues[in.chat] = append(queue, in)
	if !busy && !m.closed {
		m.running.Go(func() { m.serve(in.chat) })
	}
	return nil
}

// serve works for one chat until nothing is left to do.
func (m *mailboxes) serve(chat int64) {
	for {
		in, ok := m.next(chat)
		if !ok {
			return
		}
		m.work(in)
		<-m.room
	}
}

// next takes the first update of a chat's queue; without one, it removes the queue.
func (m *mailboxes) next(chat int64) (incoming, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	queue := m.queues[chat]
	if len(queue) == 0 || m.closed {
		delete(m.queues, chat)
		return incoming{}, false
	}
	in := queue[0]
	queue[0] = incoming{}
	m.queues[chat] = queue[1:]
	return in, true
}

// close begins nothing more; what waits is in the journal.
func (m *mailboxes) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
}

// wait returns when nothing is at work any more. Nothing may be put then.
func (m *mailboxes) wait() { m.running.Wait() }
