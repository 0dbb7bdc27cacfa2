package telegram

import (
	"context"
	"slices"
	"sync"
)

const (
	// maxWaiting is how many updates wait in the mailboxes, at 40 bytes each.
	// More than that wait with Telegram, or in the journal. All places share the
	// room, so there is more of it than one that floods the bot can fill.
	maxWaiting = 1_000_000
	// maxQueue is how many of them wait for one place. A person who has more to
	// say is told that it is not taken.
	maxQueue = 256
	// maxForwarded is how many forwarded posts of an administrator wait besides: whoever
	// hands on an archive, a hundred posts with each gesture, cannot see which are missing.
	maxForwarded = 1000
	// unbounded lets an update wait however many others do.
	unbounded = maxWaiting
	// maxTold is how many people of a group are told, while it is busy, that something of
	// theirs is not taken.
	maxTold = 16
	// manyWaiting is how many of them make somebody wonder whether he is heard.
	manyWaiting = 5
)

// A ticket is what is kept in memory of an update that waits: where it waits, and
// what it takes to find it in the journal again.
type ticket struct {
	id    int64
	place place // the mailbox it goes to; the zero one when it is from no chat
	again bool  // left from before a stop, or tried before
	// counted says that this beginning is not to be counted: another one of this run was.
	counted bool
	// silent says that it is nothing that somebody has written: it opens no spell.
	silent bool
	// upload says that it brings a file, or names one. Those of an album are one thing
	// that somebody has sent: they are no crowd.
	upload bool
	// gathered says that it is one of those that are handled together.
	gathered bool
	// person is who has written it, in a group; 0 elsewhere.
	person int64
	// digest says that it has to wait for one of the few places of digests.
	digest bool
	// slow says that it has to wait for one of the few places of those that take long.
	slow bool
	// inline says that it is a question that is typed in some chat, of which only the newest matters.
	inline bool
	// cancels says that it stops a reply to its author that is being written.
	cancels bool
}

// A crowd says what putting an update into a mailbox has come to.
type crowd int

const (
	taken      crowd = iota // it waits
	manyBefore              // it waits; it is the first of a busy spell to do so behind many
	turnedAway              // it does not wait; it is the first of a full spell, in a group the first of its author
	passedOver              // it does not wait, like others before it
)

// Mailboxes keep the updates of each place in order. A place with something to do
// has a box and one goroutine; one without has neither.
type mailboxes struct {
	work func(ticket) // handles one update
	room chan struct{}

	mu      sync.Mutex
	closed  bool
	boxes   map[place]*box // of the places that a goroutine is at work for
	queued  int            // in all of them
	running sync.WaitGroup
}

// A box is what waits for a place, from when it has something to do until it has
// nothing, which is a busy spell.
type box struct {
	queue       []ticket
	begun, done int // how many have been taken out, and are done
	// many says that many have waited, and mark how many have to be done for the
	// first of them to be.
	many bool
	mark int
	more chan struct{} // closed when another one is put in; nil when nobody waits for it
	// asked says that somebody was asked for patience.
	asked bool
	// full says that one was turned away. Others are too, until nothing waits: so
	// it can be told which.
	full bool
	// told are the people of a group who were turned away. There, others take the place
	// that becomes free.
	told map[int64]bool
}

func newMailboxes(work func(ticket)) *mailboxes {
	return &mailboxes{work: work, room: make(chan struct{}, maxWaiting), boxes: map[place]*box{}}
}

// put adds an update to the box of its place, unless most are waiting there. It
// waits while there is no room; the error is that of ctx.
func (m *mailboxes) put(ctx context.Context, t ticket, most int) (crowd, error) {
	select {
	case m.room <- struct{}{}:
	case <-ctx.Done():
		return passedOver, ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	b, busy := m.boxes[t.place]
	if !busy {
		b = &box{}
		m.boxes[t.place] = b
	}
	c := b.put(t, most)
	if c == turnedAway || c == passedOver {
		<-m.room
		return c, nil
	}
	m.queued++
	if b.more != nil {
		close(b.more)
		b.more = nil
	}
	if !busy && !m.closed {
		m.running.Go(func() { m.serve(t.place) })
	}
	return c, nil
}

// put adds an update, unless most are waiting.
func (b *box) put(t ticket, most int) crowd {
	if most < unbounded && (b.full || b.like(t) >= most) {
		return b.turnAway(t)
	}
	b.queue = append(b.queue, t)
	if b.many || t.silent || t.upload || t.gathered || len(b.queue) < manyWaiting {
		return taken
	}
	b.many, b.mark = true, b.begun+1
	return manyBefore
}

// turnAway says who is told that his update does not wait: in a private chat the person, once, in a group each of a few
// people. More of them would have the group wait for refusals instead of answers.
func (b *box) turnAway(t ticket) crowd {
	switch {
	case t.silent, b.full, b.told[t.person], len(b.told) >= maxTold:
		return passedOver
	case t.person == 0:
		b.full = true
		return turnedAway
	case b.told == nil:
		b.told = map[int64]bool{}
	}
	b.told[t.person] = true
	return turnedAway
}

// putLast adds an update in place of all that wait at its place, where only the newest matters, and returns those. It waits
// while there is no room; the error is that of ctx.
func (m *mailboxes) putLast(ctx context.Context, t ticket) (instead []ticket, err error) {
	m.mu.Lock()
	if b := m.boxes[t.place]; b != nil {
		instead, b.queue = b.queue, nil
		m.queued -= len(instead)
	}
	m.mu.Unlock()
	for range instead {
		<-m.room
	}
	_, err = m.put(ctx, t, unbounded)
	return instead, err
}

// like returns how many wait that are gathered as an update is, or are not as it is not.
func (b *box) like(t ticket) (n int) {
	for _, other := range b.queue {
		if other.gathered == t.gathered {
			n++
		}
	}
	return n
}

// serve works for one place until nothing is left to do.
func (m *mailboxes) serve(to place) {
	for {
		t, ok := m.next(to)
		if !ok {
			return
		}
		m.work(t)
		<-m.room
	}
}

// next takes the first update out of a place's box, when the one before it is
// done; without one, it removes the box.
func (m *mailboxes) next(to place) (ticket, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[to]
	b.done = b.begun
	if len(b.queue) == 0 || m.closed {
		m.queued -= len(b.queue)
		delete(m.boxes, to)
		return ticket{}, false
	}
	t := b.queue[0]
	b.queue = b.queue[1:]
	b.begun++
	b.full = b.full && len(b.queue) > 0
	m.queued--
	return t, true
}

// coming returns the first of the updates that wait at a place that is being worked
// for, in order, and what is closed when there is another one.
func (m *mailboxes) coming(at place, most int) (waiting []ticket, more <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[at]
	if b.more == nil {
		b.more = make(chan struct{})
	}
	return slices.Clone(b.queue[:min(len(b.queue), most)]), b.more
}

// cancels returns the updates that wait at a place and stop what is written for a person there. That they have come before it
// was begun is no matter to him.
func (m *mailboxes) cancels(at place, person int64) (updates []int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[at]
	if b == nil {
		return nil
	}
	for _, t := range b.queue {
		if t.cancels && (t.person == 0 || t.person == person) {
			updates = append(updates, t.id)
		}
	}
	return updates
}

// crowded tells whether people wait at a place of a group, other than one.
func (m *mailboxes) crowded(at place, person int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[at]
	return b != nil && slices.ContainsFunc(b.queue, func(t ticket) bool { return t.person != 0 && t.person != person && !t.cancels })
}

// stuck tells whether, of the updates of a place that were many, the first is not
// done yet.
func (m *mailboxes) stuck(at place) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[at]
	return b != nil && b.many && b.done < b.mark
}

// asks notes that somebody at a place is asked for patience. It returns false when that was done already, there or in
// another topic of the chat, and is true still.
func (m *mailboxes) asks(at place) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for other, b := range m.boxes {
		if b.asked && other.chat == at.chat {
			return false
		}
	}
	if b := m.boxes[at]; b != nil {
		b.asked = true
	}
	return true
}

// waiting returns how many updates wait.
func (m *mailboxes) waiting() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.queued
}

// close begins nothing more; what waits is in the journal.
func (m *mailboxes) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
}

// wait returns when nothing is at work any more. Nothing may be put then.
func (m *mailboxes) wait() { m.running.Wait() }
