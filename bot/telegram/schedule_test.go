package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A counter notes when calls reach Telegram, and counts as it does.
type counter struct {
	mu  sync.Mutex
	all []time.Time
	per map[int64][]time.Time
}

func (j *counter) note(chat int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := time.Now()
	j.all = append(j.all, now)
	j.per[chat] = append(j.per[chat], now)
}

// most returns how many of some moments are at most within a stretch of time.
func most(at []time.Time, in time.Duration) (n int) {
	slices.SortFunc(at, time.Time.Compare)
	first := 0
	for i, t := range at {
		for t.Sub(at[first]) >= in {
			first++
		}
		n = max(n, i-first+1)
	}
	return n
}

// However calls are mixed, and however long they are on their way, Telegram never
// counts more of them than it takes.
func TestScheduleKeepsLimits(t *testing.T) {
	const chats, each = 200, 50
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		j := counter{per: map[int64][]time.Time{}}
		begun := time.Now()
		var all sync.WaitGroup
		for i := range int64(chats) {
			chat := i + 1
			if i%10 == 0 {
				chat = -chat
			}
			all.Go(func() {
				random := rand.New(rand.NewPCG(1, uint64(i)))
				for range each {
					turn := &turn{priority: priority(random.IntN(3)), chat: chat, doubtful: random.IntN(3) == 0}
					if err := s.enter(t.Context(), turn); err != nil {
						t.Error(err)
						return
					}
					way := 50 * time.Millisecond
					if random.IntN(10) == 0 {
						way = time.Second
					}
					time.Sleep(time.Duration(random.IntN(int(way))))
					j.note(chat)
					time.Sleep(time.Duration(random.IntN(int(50 * time.Millisecond))))
					s.finish(turn, 0)
					s.leave(turn)
				}
			})
		}
		all.Wait()
		if len(j.all) != chats*each || most(j.all, time.Second) > 30 {
			t.Errorf("%d calls, up to %d a second", len(j.all), most(j.all, time.Second))
		}
		for chat, at := range j.per {
			if n := most(at, 3*time.Second); n > 3 {
				t.Errorf("chat %d: up to %d calls in 3 s", chat, n)
			}
			if n := most(at, time.Minute); chat < 0 && n > 20 {
				t.Errorf("chat %d: up to %d calls a minute", chat, n)
			}
		}
		if took := time.Since(begun); took > 9*time.Minute {
			t.Errorf("it took %v, and need not take 7 minutes", took)
		}
		if len(s.waiting) > 0 || s.watching != nil || s.slots != maxDoubtful {
			t.Errorf("%d wait, %v is on watch, %d slots are free", len(s.waiting), s.watching, s.slots)
		}
	})
}

// made makes a call that takes no time.
func made(t *testing.T, s *schedule, turn *turn) {
	t.Helper()
	if err := s.enter(t.Context(), turn); err != nil {
		t.Errorf("enter = %v", err)
		return
	}
	s.finish(turn, 0)
	s.leave(turn)
}

// When not all calls can be made, the urgent ones are, in the order in which they
// were asked for.
func TestSchedulePriorities(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		for i := range int64(30) { // one place gets free at a time
			made(t, s, &turn{chat: 1000 + i})
			time.Sleep(10 * time.Millisecond)
		}
		var mu sync.Mutex
		var order []int64
		var all sync.WaitGroup
		for chat, p := range []priority{notifying, editing, urgent, notifying, editing, urgent} {
			all.Go(func() {
				turn := &turn{priority: p, chat: int64(chat + 1)}
				if err := s.enter(t.Context(), turn); err != nil {
					t.Error(err)
				}
				mu.Lock()
				order = append(order, turn.chat)
				mu.Unlock()
				s.finish(turn, 0)
			})
			synctest.Wait()
		}
		if s.try(&turn{priority: showing, chat: 9}) {
			t.Error("typing is shown although there is no room")
		}
		all.Wait()
		if !slices.Equal(order, []int64{3, 6, 2, 5, 1, 4}) {
			t.Errorf("order %v", order)
		}
	})
}

// In one chat, and with one priority, the order stays.
func TestScheduleKeepsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, 1)
		var order []int // one call of a chat is on its way at a time, or the race detector says so
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				turn := &turn{chat: 7, doubtful: true}
				for range 2 { // the first attempt fails
					if err := s.enter(t.Context(), turn); err != nil {
						t.Error(err)
					}
					order = append(order, i)
					s.finish(turn, time.Second)
					s.leave(turn)
				}
			})
			synctest.Wait()
		}
		all.Wait()
		if len(order) != 40 || !slices.IsSorted(order) {
			t.Errorf("order %v", order)
		}
	})
}

// A chat that is to be left alone is, and no other one.
func TestScheduleRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		begun := time.Now()
		flooded := &turn{chat: 7, doubtful: true}
		if err := s.enter(t.Context(), flooded); err != nil {
			t.Fatal(err)
		}
		s.finish(flooded, 33*time.Second)
		s.leave(flooded)
		var all sync.WaitGroup
		for _, p := range []priority{urgent, editing, notifying} {
			all.Go(func() {
				made(t, s, &turn{chat: 7, priority: p})
				if waited := time.Since(begun); waited < 33*time.Second || waited > 34*time.Second {
					t.Errorf("the chat was called again after %v", waited)
				}
			})
		}
		synctest.Wait()
		if s.try(&turn{chat: 7, priority: showing}) {
			t.Error("typing is shown in a chat that is to be left alone")
		}
		press := &turn{}
		for i := range int64(20) {
			made(t, s, &turn{chat: 100 + i, doubtful: true})
		}
		made(t, s, press)
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("others have waited for %v", waited)
		}
		if err := s.enter(t.Context(), press); err != nil {
			t.Fatal(err)
		}
		s.finish(press, 2*time.Second) // a call about no chat waits by itself
		made(t, s, &turn{})
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("others have waited for %v", waited)
		}
		made(t, s, press)
		if waited := time.Since(begun); waited != 2*time.Second {
			t.Errorf("the call was made again after %v", waited)
		}
		all.Wait()
	})
}

// One call of a chat is on its way at a time, unless it hangs.
func TestScheduleOneCallOfAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		for i, took := range []time.Duration{time.Second, time.Hour} {
			begun := time.Now()
			first := &turn{chat: int64(i + 1)}
			if err := s.enter(t.Context(), first); err != nil {
				t.Fatal(err)
			}
			hangs := time.AfterFunc(took, func() { s.finish(first, 0) })
			made(t, s, &turn{chat: first.chat})
			if waited := time.Since(begun); waited != min(took, doubtTime) {
				t.Errorf("the second call waited %v for one that takes %v", waited, took)
			}
			hangs.Stop()
		}
	})
}

// Few messages of all chats are between being sent and being committed, so that a
// kill doubles few. One that hangs keeps others waiting for a while only.
func TestScheduleDoubtful(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		begun := time.Now()
		var out []*turn
		for i := range int64(maxDoubtful) {
			turn := &turn{chat: i + 1, doubtful: true}
			if err := s.enter(t.Context(), turn); err != nil {
				t.Fatal(err)
			}
			s.finish(turn, 0) // out, and not committed
			out = append(out, turn)
		}
		full, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.enter(full, &turn{chat: 90, doubtful: true}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("enter with %d messages in doubt = %v, want it to wait", maxDoubtful, err)
		}
		made(t, s, &turn{chat: 91}) // an edit is in no doubt
		s.leave(out[0])
		made(t, s, &turn{chat: 92, doubtful: true})
		if waited := time.Since(begun); waited != time.Second {
			t.Errorf("enter after a commit: after %v", waited)
		}
		next := &turn{chat: 93, doubtful: true}
		if err := s.enter(t.Context(), next); err != nil {
			t.Fatal(err)
		}
		s.finish(next, 0)
		made(t, s, &turn{chat: 94, doubtful: true})
		if waited := time.Since(begun); waited != doubtTime {
			t.Errorf("enter while a message hangs: after %v, want %v", waited, doubtTime)
		}
		s.leave(next)
		s.leave(out[1]) // which frees nothing twice
		synctest.Wait()
		if s.slots != maxDoubtful {
			t.Errorf("%d slots are free in the end, want %d", s.slots, maxDoubtful)
		}
	})
}

// Nobody waits longer than he wants to, and whoever goes on watch for the others
// and leaves is replaced.
func TestScheduleLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		held := &turn{chat: 7}
		if err := s.enter(t.Context(), held); err != nil {
			t.Fatal(err)
		}
		s.finish(held, time.Minute)
		begun := time.Now()
		var all sync.WaitGroup
		for i := range 10 {
			limit := time.Duration(i+1) * time.Second
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				defer cancel()
				if err := s.enter(ctx, &turn{chat: 7}); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != limit {
					t.Errorf("enter = %v after %v, want that it gives up after %v", err, time.Since(begun), limit)
				}
			})
		}
		all.Go(func() {
			made(t, s, &turn{chat: 7})
			if waited := time.Since(begun); waited != time.Minute {
				t.Errorf("waited for %v", waited)
			}
		})
		all.Wait()
	})
}

// Another clock than the real one decides, if it moves or not.
func TestScheduleWithAnotherClock(t *testing.T) {
	var waited time.Duration
	s := newSchedule(func() time.Time { return time.Unix(1, 0) }, func(_ context.Context, d time.Duration) error {
		waited += d
		return nil
	}, maxDoubtful)
	for range 30 {
		made(t, s, &turn{chat: 7})
	}
	if want := 9 * (3*time.Second + slack); waited != want {
		t.Errorf("30 messages to one chat waited for %v, want %v", waited, want)
	}
}

// Of chats that nothing is sent to any more nothing is kept.
func TestScheduleForgetsIdleChats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		before := heap()
		for i := range int64(10_000) {
			made(t, s, &turn{chat: i + 1})
		}
		t.Logf("%d chats are kept, in %d bytes", len(s.chats), heap()-before)
		if len(s.chats) > 500 || len(s.calls) > 60 {
			t.Errorf("%d chats and %d calls are kept", len(s.chats), len(s.calls))
		}
	})
}

// What a program before this one has sent counts, too.
func TestScheduleAfterAStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(time.Now, pause, maxDoubtful)
		s.rest()
		begun := time.Now()
		if s.try(&turn{priority: showing, chat: 7}) {
			t.Error("typing is shown at once")
		}
		shown := &turn{chat: 7}
		if err := s.enter(t.Context(), shown); err != nil {
			t.Fatal(err)
		}
		s.finish(shown, 0)
		s.leave(shown)
		if waited := time.Since(begun); waited < 3*time.Second || waited > 4*time.Second {
			t.Errorf("waited %v, want a little over three seconds", waited)
		}
	})
}
