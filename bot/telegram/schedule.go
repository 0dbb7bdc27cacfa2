package telegram

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// A priority is the order in which calls are made when not all can be.
type priority int

const (
	urgent    priority = iota // a message of a reply, and the answer to a press
	editing                   // what a press changes, and what is offered to somebody who types
	notifying                 // what belongs to no reply
	showing                   // that the bot is at work; it never waits
)

// A schedule says when calls may be made: within Telegram's limits, the urgent
// ones first and else in the order in which they were asked for. A chat that has
// to wait holds up no other one.
//
// It has no goroutine. Of those who wait, one is on watch: it sleeps until the
// next of them may go.
type schedule struct {
	now   func() time.Time
	pause func(context.Context, time.Duration) error

	mu sync.Mutex
	// slots is how many more messages may be out and not committed yet.
	slots int
	// ahead is by how much this clock is ahead of now, since pause need not wait
	// for as long as it is told to; last is the latest time it has shown.
	ahead time.Duration
	last  time.Time

	closed   time.Time          // nothing goes before
	calls    ledger             // all of them
	chats    map[int64]*account // of which something is known that matters
	sweepAt  int                // how many chats there are when the idle ones are dropped
	waiting  []*turn            // in the order in which they are to go
	joined   uint64             // how many turns have been taken
	next     time.Time          // when the next of those waiting may go; zero when that is not known
	watching *watch             // nil: nobody is on watch
}

// A turn is one call's place in the schedule. It keeps it when the call is made
// again.
type turn struct {
	priority priority
	chat     int64     // 0: the call is about no chat
	doubtful bool      // the call is a message that is to be committed
	after    time.Time // the call is not to be made before

	number  uint64
	granted bool
	wake    chan struct{} // holds one
	mark    *mark
	release func() // gives the slot back; nil without one
}

// A watch is the sleep of the one who is on watch.
type watch struct {
	turn  *turn
	until time.Time
	end   context.CancelFunc
}

// minSweep is how many chats are known at least before idle ones are dropped.
const minSweep = 64

func newSchedule(now func() time.Time, pause func(context.Context, time.Duration) error, slots int) *schedule {
	return &schedule{now: now, pause: pause, slots: slots, chats: map[int64]*account{}, sweepAt: minSweep}
}

// rest lets no call be made until what a program before this one has sent counts
// no longer: in all, or in a private chat. A group's minute begins anew.
func (s *schedule) rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = s.clock().Add(max(overallLimits[0].in, privateLimits[0].in) + slack)
}

// enter waits until a call may be made; the error is that of ctx. When it is nil,
// call finish when the call has come to its end, and then leave.
func (s *schedule) enter(ctx context.Context, t *turn) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.join(t)
	s.dispatch()
	for !t.granted {
		if ended(ctx) {
			s.waiting = slices.DeleteFunc(s.waiting, func(w *turn) bool { return w == t })
			s.dispatch()
			return ctx.Err()
		}
		s.stand(ctx, t)
	}
	return nil
}

// try is enter for a call that is not worth waiting for: it may be made when less
// than half of what Telegram takes is used.
func (s *schedule) try(t *turn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, a := s.clock(), s.chats[t.chat]
	if s.closed.After(now) || !s.calls.roomy(now, overallLimits) || a.wait(now, nil) > 0 {
		return false
	}
	if a != nil && !a.calls.roomy(now, limitsOf(t.chat)) {
		return false
	}
	s.grant(now, t)
	return true
}

// length returns how many calls wait for their turn.
func (s *schedule) length() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

// finish says that a call has come to its end, and how long its chat is to be
// left alone; when it is about no chat, the call itself.
func (s *schedule) finish(t *turn, rest time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	t.mark.until = now
	switch {
	case rest <= 0:
	case t.chat == 0:
		t.after = now.Add(rest)
	default:
		a := s.account(now, t.chat)
		if held := now.Add(rest); held.After(a.held) {
			a.held = held
		}
	}
	s.dispatch()
}

// leave says that the message of a call is committed, if it was to be.
func (s *schedule) leave(t *turn) {
	if t.release != nil {
		t.release()
	}
}

// join lets a turn wait.
func (s *schedule) join(t *turn) {
	if t.number == 0 {
		s.joined++
		t.number, t.wake = s.joined, make(chan struct{}, 1)
	}
	t.granted, t.release = false, nil
	i, _ := slices.BinarySearchFunc(s.waiting, t, func(a, b *turn) int {
		return cmp.Or(cmp.Compare(a.priority, b.priority), cmp.Compare(a.number, b.number))
	})
	s.waiting = slices.Insert(s.waiting, i, t)
}

// dispatch grants what may be granted now, and has somebody on watch for the next.
func (s *schedule) dispatch() {
	now := s.clock()
	s.next = time.Time{}
	s.calls = s.calls.forget(now, overallLimits)
	all := s.wait(now)
	if all == 0 {
		s.waiting = slices.DeleteFunc(s.waiting, func(t *turn) bool {
			if all > 0 || t.doubtful && s.slots == 0 {
				return false // whoever leaves a slot dispatches
			}
			if wait := max(t.after.Sub(now), s.chats[t.chat].wait(now, limitsOf(t.chat))); wait > 0 {
				s.expect(now.Add(wait))
				return false
			}
			s.grant(now, t)
			all = s.wait(now)
			return true
		})
	}
	if all > 0 && len(s.waiting) > 0 {
		s.next = now.Add(all) // before that nobody may go
	}
	s.alert()
}

// wait returns how long it takes until any call may be made.
func (s *schedule) wait(now time.Time) time.Duration {
	return max(s.closed.Sub(now), s.calls.longestWait(now, overallLimits), 0)
}

// expect notes that a turn may go at some time.
func (s *schedule) expect(at time.Time) {
	if s.next.IsZero() || at.Before(s.next) {
		s.next = at
	}
}

// alert wakes whoever is on watch when it sleeps for too long, and puts somebody
// on watch when nobody is.
func (s *schedule) alert() {
	w, known := s.watching, !s.next.IsZero()
	switch {
	case w == nil && known:
		s.waiting[0].nudge()
	case w != nil && (w.turn.granted || known && s.next.Before(w.until)):
		w.end()
	}
}

// grant lets a turn go.
func (s *schedule) grant(now time.Time, t *turn) {
	t.granted, t.mark = true, &mark{until: now.Add(doubtTime)}
	s.calls = append(s.calls, t.mark)
	if t.chat != 0 {
		a := s.account(now, t.chat)
		a.calls = append(a.calls.forget(now, limitsOf(t.chat)), t.mark)
	}
	if t.doubtful {
		s.lend(t)
	}
	t.nudge()
}

// lend gives a slot to a turn, for no longer than doubtTime.
func (s *schedule) lend(t *turn) {
	s.slots--
	back := sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.slots++
		s.dispatch()
	})
	hangs := time.AfterFunc(doubtTime, back)
	t.release = func() {
		hangs.Stop()
		back()
	}
}

// account returns what is known of a chat, to add to it.
func (s *schedule) account(now time.Time, chat int64) *account {
	if a := s.chats[chat]; a != nil {
		return a
	}
	if len(s.chats) >= s.sweepAt {
		for id, a := range s.chats {
			if a.idle(now, limitsOf(id)) {
				delete(s.chats, id)
			}
		}
		s.sweepAt = max(minSweep, 2*len(s.chats))
	}
	a := new(account)
	s.chats[chat] = a
	return a
}

// stand waits, on watch if nobody else is, until there may be something new.
func (s *schedule) stand(ctx context.Context, t *turn) {
	if s.watching == nil && !s.next.IsZero() {
		s.keepWatch(ctx, t)
		return
	}
	s.mu.Unlock()
	defer s.mu.Lock()
	select {
	case <-t.wake:
	case <-ctx.Done():
	}
}

// keepWatch sleeps until the next turn may go, unless it is woken before.
func (s *schedule) keepWatch(ctx context.Context, t *turn) {
	until := s.next
	sleep, end := context.WithCancel(ctx)
	defer end()
	s.watching = &watch{t, until, end}
	length := until.Sub(s.clock())
	s.mu.Unlock()
	err := s.pause(sleep, length)
	s.mu.Lock()
	s.watching = nil
	if now := s.clock(); err == nil && now.Before(until) {
		s.ahead += until.Sub(now)
	}
	s.dispatch()
}

// clock returns the time, which never goes back.
func (s *schedule) clock() time.Time {
	if now := s.now().Add(s.ahead); now.After(s.last) {
		s.last = now
	}
	return s.last
}

// nudge wakes whoever waits for a turn.
func (t *turn) nudge() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}
